"""How a PLC asks for a result and gets the one that it asked for. Pure: no clock, no network."""

import uuid
from dataclasses import replace

from inspector.inspection.verdict import Verdict
from inspector.plant.signals import BEATS, SAFE, Acknowledge, Phase, Signals, Trigger

AT_WORK = (Phase.READY, Phase.RUNNING)
MOST_LETTERS = 80
"""Of a serial number, and of a recipe's name."""


class Handshake:
    """Triggers and the results that answer them, one after the other.

        waiting ── Trigger rises while Ready ──▶ asked ── the result of this trigger ──▶ answered
           ▲ └──── Trigger rises while not ────▶ refused ◀── a fault ── asked, answered     │
           │                                        ▲──── the station refuses ── asked       │
           └─────────────────────── Trigger falls (that is the acknowledgement) ◀────────────┘

    Asked: Busy and not Ready. Answered: the result, held until Trigger falls, whatever the station says meanwhile but a
    fault. Refused: no result will come; the plant has to drop Trigger and begin anew. A fault takes a result back also
    after it was shown, for good: who comes to read it late must not find a pass that may no longer be one.

    The first edge counts only after Trigger was seen low: a PLC that still holds it from before this program's start
    waits for a result that is lost. Ready is said of what was heard since the last trigger ended, so that a PLC that
    only flips its bit starts no more inspections than the station takes.

    name: begins the triggers' ids, which no other handshake gives. free: while nothing was asked, what the station
    decided by itself is shown as well; else a result is shown to who asked for it, and never otherwise. results: how
    many were shown, modulo BEATS.
    """

    def __init__(self, name: str, free: bool = False) -> None:
        self.refused = False
        self.results = 0
        self._shown_last = ""
        self._name = f"{name}-{uuid.uuid4().hex[:8]}"
        self._free = free
        self._level: bool | None = None
        self._count = 0
        self._now = SAFE
        self._heard = False
        self._asked: Trigger | None = None
        self._answer: Signals | None = None

    def hear(self, signals: Signals) -> None:
        """What the station says now: every one of them, in order."""
        self._now, self._heard = signals, True
        asked = self._asked
        refused = asked is not None and signals.refused == asked.id and self._answer is None
        if asked is not None and (signals.fault or signals.phase not in AT_WORK or refused):
            self._asked, self._answer, self.refused = None, None, True
        elif asked is not None and self._answer is None and signals.result_valid and signals.trigger == asked.id:
            self._answer = signals
        shown = self.shown()
        if shown.result_valid and shown.inspection != self._shown_last:
            self._shown_last = shown.inspection
            self.results = (self.results + 1) % BEATS

    def distrust(self) -> None:
        """What the plant asks next may be old: nothing is taken until the station has said anew how it stands."""
        self._heard = False

    def level(self, high: bool, serial: str = "") -> Trigger | Acknowledge | None:
        """What the plant has written to Trigger; what to ask of the station where that was an edge that counts."""
        before, self._level = self._level, high
        if high and not before:
            self.refused = self.refused or before is None
            return self.begin(serial)
        return self.end() if before and not high else None

    def begin(self, serial: str = "") -> Trigger | None:
        """The plant asks for a result; what to ask of the station, None where it is refused."""
        if not self.shown().ready:
            self.refused = self._asked is None
            return None
        self._count += 1
        self._asked = Trigger(readable(serial), f"{self._name}-{self._count}")
        return self._asked

    def end(self) -> Acknowledge | None:
        """The plant has read the result, or no longer wants it."""
        ended = self._asked
        self._asked, self._answer, self.refused, self._heard = None, None, False, False
        return None if ended is None else Acknowledge()

    def shown(self) -> Signals:
        """What the plant may see now."""
        now = self._now
        if self._answer is not None:
            held = replace(self._answer, phase=now.phase, message=now.message, heartbeat=now.heartbeat)
            return replace(held, ready=False, busy=False)
        if self._asked is not None:
            return replace(without_result(now), ready=False, busy=True)
        shown = now if self._free and not now.trigger else without_result(now)
        return replace(shown, ready=now.ready and not now.fault and not self.refused and self._heard)


def without_result(signals: Signals) -> Signals:
    """The same with no result in it."""
    nothing = replace(signals, result_valid=False, passed=False, code=Verdict.UNDEFINED.value)
    return replace(nothing, serial="", inspection="", reasons=(), trigger="")


def readable(text: str) -> str:
    """A text from the plant as it may be kept and shown: on one line, not endless."""
    return "".join(letter if letter.isprintable() else "?" for letter in text.strip())[:MOST_LETTERS]

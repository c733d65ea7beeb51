"""What may be said of a station, from what it reports and from how long ago that was. Pure: no clock, no process."""

from collections import deque
from dataclasses import replace

from inspector.inspection.verdict import Verdict
from inspector.plant.signals import BEATS, SAFE, Acknowledge, Phase, Prove, Signals, Trigger, safe
from inspector.supervisor.life import JUDGING, KNOWN, Life
from inspector.supervisor.reports import STARTS, Decided, Garbled, Report


class Watch:
    """Turns what a station reports into what the plant is told, and believes it only as long as there is reason to.

        no child ── begin ──▶ starting ── progress ──▶ ready, running ◀── progress ──▶ fault (silence, a bad picture)
           ▲                      │                         │                            │
           └── end: it ended, broke off, or was garbled ◀───┴────────────────────────────┘

    Each caller says what time it is, in monotonic seconds.
    """

    def __init__(self) -> None:
        self._life: Life | None = None
        self._why = ""
        self._last = SAFE
        self._beats = 0
        self._known: deque[str] = deque(maxlen=KNOWN)
        self._halted: tuple[Phase, str] | None = None

    def begin(self, generation: str, now_s: float) -> None:
        """A child of that name was started; it has something to say from now on, and nobody else."""
        self.end("")
        self._life, self._halted = Life(generation, now_s, self._known), None

    def end(self, why: str) -> None:
        """The child is gone, or is not believed any more: nothing that it said is true any longer."""
        if self._life is not None:
            self._beats += self._life.beats
        self._life, self._why = None, why

    def halt(self, phase: Phase, why: str) -> None:
        """The child is to end, as somebody asked for: what it still decides is told, but nothing of it is shown."""
        self._halted = phase, why

    def hear(self, report: Report, now_s: float) -> bool:
        """Take a report in; whether it is an inspection that nobody was told of yet.

        Raises: Garbled where it is not the next one of the child that lives; nothing of that child is true then.
        """
        if self._life is None:
            return False
        try:
            return self._life.hear(report, now_s)
        except Garbled as fault:
            self.end(str(fault))
            raise

    def ask(self, request: Trigger | Acknowledge | Prove, now_s: float) -> bool:
        """Whether what the plant asks for is to be handed on to the station; what is not is refused, or done."""
        ready, life = self.look(now_s).ready, self._life
        if life is not None and isinstance(request, Acknowledge):
            life.take_back()
        if life is not None and not ready and isinstance(request, Trigger):
            life.turn_away(request.id, "The station was not ready for this trigger.")
        if life is None or not ready or isinstance(request, Acknowledge):
            return False
        life.take_back()
        if isinstance(request, Trigger):
            life.ask(request, now_s)
        return True

    def look(self, now_s: float) -> Signals:
        """What the plant is told at this moment."""
        self._last = self._signals(now_s)
        return self._last

    def note_shown(self, signals: Signals) -> None:
        """Every way to the plant has these signals."""
        if self._life is not None and signals.result_valid:
            self._life.note_shown(signals.inspection)

    def hopeless(self, now_s: float) -> str:
        """Why the child is to be killed and started anew, in a sentence; "" while there is hope."""
        return "" if self._life is None else self._life.hopeless(now_s)

    @property
    def _heartbeat(self) -> int:
        return (self._beats + (self._life.beats if self._life else 0)) % BEATS

    def _signals(self, now_s: float) -> Signals:
        if self._halted is not None:
            return self._calm(*self._halted)
        if self._life is None:
            return self._safe(self._why) if self._why else self._calm(Phase.STARTING, STARTS)
        lost = self._life.lost(now_s)
        if lost:
            self._life.forget()
            return self._safe(lost)
        return self._levels(self._life, self._life.result(now_s))

    def _safe(self, why: str) -> Signals:
        return replace(safe(self._last, why), heartbeat=self._heartbeat)

    def _calm(self, phase: Phase, why: str) -> Signals:
        """Safe, and nothing is wrong."""
        return replace(self._safe(why), phase=phase, fault=False)

    def _levels(self, life: Life, result: Decided | None) -> Signals:
        """Those of a child that is not lost: it starts, proves itself, judges, or was stopped."""
        seen, phase = life.seen, life.phase
        message, refused = seen.message if seen is not None else "", life.refused
        fault = seen is not None and seen.phase in JUDGING and bool(message)
        return Signals(
            phase=Phase.FAULT if fault else phase,
            ready=phase in JUDGING and not fault and life.asked is None,
            busy=life.asked is not None,
            result_valid=result is not None,
            passed=result is not None and result.verdict == Verdict.OK,
            code=result.verdict if result else Verdict.UNDEFINED.value,
            fault=fault,
            message=message or (STARTS if phase is Phase.STARTING else refused.why if refused else ""),
            heartbeat=self._heartbeat,
            recipe=seen.recipe if seen else self._last.recipe,
            bundle=seen.bundle if seen else self._last.bundle,
            serial=result.serial if result else "",
            inspection=result.id if result else "",
            reasons=result.reasons if result else (),
            trigger=result.trigger if result else "",
            refused=refused.trigger if refused else "",
        )

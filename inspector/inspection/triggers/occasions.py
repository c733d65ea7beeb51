"""What is inspected, and when: from frames, triggers and scans to decisions that bear a serial number."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from inspector.frame import Image
from inspector.inspection.triggers.asked import NO_FRAME, Ask, Asked
from inspector.inspection.triggers.codes import read_codes
from inspector.inspection.triggers.serials import Receipt, Serials
from inspector.inspection.triggers.workpieces import Workpieces
from inspector.inspection.verdict import Verdict
from inspector.inspection.vote import EVERY_FRAME, Decision, Look, Votes
from inspector.recipe import Recipe, Trigger
from inspector.serial import Serial
from inspector.triggers import Triggers

Read = Callable[[Image, Serial], tuple[str, ...]]


@dataclass
class Held:
    """A decision that waits for its serial number until then: monotonic seconds."""

    decision: Decision
    until_s: float


class Occasions:
    """One decision for each occasion to inspect, as the recipe's trigger says. Any thread may ask and scan.

    A decision whose serial number is needed and not known yet waits for it, as long as it is true of what lies there
    and `decide_within_s` is not over; meanwhile no verdict is shown.

    empty: the place with no workpiece in it. read: reads codes from a picture.
    """

    def __init__(self, recipe: Recipe, triggers: Triggers, empty: Image | None = None, read: Read = read_codes) -> None:
        self._recipe = recipe
        self._read = read
        self._lock = threading.Lock()
        self._serials = Serials(recipe.serial, triggers.holds_s)
        self._asked = Asked(recipe, triggers.delay_s)
        self._asks = recipe.vote.trigger is Trigger.ASKED
        self._alone = False
        self._voting: Votes | Workpieces = Votes(recipe, recipe.vote)
        if recipe.vote.trigger is Trigger.WORKPIECE:
            self._voting = Workpieces(recipe, empty)
        self._held: Held | None = None
        self._doubted = False
        self._over = ""

    def alone(self) -> None:
        """Each frame is judged by itself, with no vote; nobody need ask, and nobody can."""
        with self._lock:
            self._alone, self._asks = True, False
            self._voting = Votes(self._recipe, EVERY_FRAME)

    def ask(self, ask: Ask) -> str:
        """Accept a trigger, which then comes to exactly one decision: "", or why it is refused."""
        with self._lock:
            if self._over:
                return self._over
            if not self._asks:
                return f"The recipe '{self._recipe.name}' waits for no trigger. Set 'trigger: asked' in its vote."
            if self._held is not None:
                return "Busy: the last inspection waits for its serial number. Scan it, then trigger again."
            return (self._serials.fault(ask.serial) if ask.serial else "") or self._asked.ask(ask)

    def scan(self, serial: str, now_s: float) -> Receipt:
        """Take what a scanner read, or refuse it."""
        with self._lock:
            return self._serials.scan(serial, now_s, self._under_way)

    def add(self, images: Mapping[str, Image], look: Look, taken_s: float) -> Decision | None:
        """Add each camera's picture and the look at all of them; the decision if this one brings it.

        taken_s: monotonic, when the first of them was taken.
        """
        with self._lock:
            if self._asks:
                decision, cast = self._asked.add(look, taken_s), self._asked.cast
            else:
                decision, cast = self._voting.add(images, look), self._voting.cast
            if not cast and not self._under_way:
                self._drop_what_was_there()
            elif (cast or self._held is not None) and self._serials.wants_picture:
                self._serials.see(self._read(images[self._recipe.first_view], self._recipe.serial))
            if decision is not None:
                return self._decided(decision, taken_s)
            return None if self._held is None else self._released(self._held, look, taken_s)

    def watch(self, images: Mapping[str, Image], look: Look) -> None:
        """Frames that must not vote, in doubt or while a proof is under way: a workpiece may be exchanged in them."""
        with self._lock:
            if self._voting.watch(images, look.time_s):
                self._drop_what_was_there()

    def clear(self, fault: str) -> None:
        """A fault lies before the next frame: nothing seen before it counts."""
        with self._lock:
            self._asked.clear(fault)
            self._voting.clear()
            self._drop_what_was_there()

    def tick(self, now_s: float) -> Decision | None:
        """Time passes, monotonic; the decision on what is out of time."""
        with self._lock:
            if self._held is not None and now_s > self._held.until_s:
                return self._too_late(self._held, now_s)
            decision = self._asked.tick(now_s)
            return None if decision is None else self._settled(decision, now_s)

    def end(self, reason: str, now_s: float) -> Decision | None:
        """Nothing is accepted from now on, for that reason; the decision on what was pending."""
        with self._lock:
            self._over = reason
            if self._held is not None:
                return self._too_late(self._held, now_s)
            decision = self._asked.end(reason)
            return None if decision is None else self._settled(decision, now_s)

    @property
    def busy(self) -> bool:
        """Whether a trigger is pending, or a decision waits for its serial number."""
        return self._asked.pending is not None or self._held is not None

    @property
    def counted(self) -> int:
        """The number of the frame that a decision to come would bear as its last; NO_FRAME where none counted yet."""
        last = self._asked.last if self._held is None else self._held.decision.last
        return NO_FRAME if last is None else last.number

    def scanned(self, now_s: float) -> str:
        """The serial number that was scanned for the workpiece whose decision comes next; "" for none."""
        return self._serials.scanned(now_s)

    @property
    def verdict(self) -> Verdict:
        """What may be shown now: no OK of a workpiece whose serial number was not in order."""
        if self._held is not None:
            return Verdict.UNDEFINED
        return Verdict.NOT_DECIDABLE if self._doubted and self._current is Verdict.OK else self._current

    @property
    def _under_way(self) -> bool:
        """Whether something is inspected: a trigger is pending, a vote is on, or a decision waits for its number."""
        return self._held is not None or (self._asked.pending is not None if self._asks else self._voting.cast)

    def _drop_what_was_there(self) -> None:
        """Its code, and its decision that waits for a number: another workpiece may lie there by now."""
        self._serials.look_away(asked_for=self._asked.pending is not None)
        if self._held is not None:
            self._held.until_s = float("-inf")

    @property
    def _current(self) -> Verdict:
        """The last verdict while it is true of what lies there, told or not."""
        return self._asked.verdict if self._asks else self._voting.verdict

    def _decided(self, decision: Decision, now_s: float) -> Decision | None:
        if self._held is not None:
            decision = replace(decision, first=self._held.decision.first)
        decision = replace(decision, trigger=decision.trigger or self._recipe.vote.trigger.value)
        doubtful = decision.verdict is Verdict.NOT_DECIDABLE
        if doubtful or self._alone or not self._serials.waits(decision.serial, now_s):
            self._held = None
            return self._settled(decision, now_s)
        left_s = self._recipe.vote.decide_within_s - (decision.last.time_s - decision.first.time_s)
        self._held = Held(decision, self._held.until_s if self._held is not None else now_s + left_s)
        return None

    def _released(self, held: Held, look: Look, now_s: float) -> Decision | None:
        """The decision that waits, once a look agrees and its serial number is there, or once it is too late."""
        if now_s > held.until_s or self._current is Verdict.UNDEFINED:
            return self._too_late(held, now_s)
        if look.signature != held.decision.last.signature or self._serials.waits(held.decision.serial, now_s):
            return None
        self._held = None
        return self._settled(replace(held.decision, last=look), now_s)

    def _too_late(self, held: Held, now_s: float) -> Decision:
        self._held, self._doubted = None, True
        return self._serials.give_up(held.decision, now_s)

    def _settled(self, decision: Decision, now_s: float) -> Decision:
        settled = self._serials.settle(decision, now_s)
        self._doubted = settled.verdict is not decision.verdict
        return settled

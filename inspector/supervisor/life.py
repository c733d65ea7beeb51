"""What is known of one child of the supervisor, from its first report to its last. Pure: no clock, no process."""

import math
from collections import deque

from inspector.inspection.verdict import Verdict
from inspector.plant.signals import Phase, Trigger
from inspector.supervisor.reports import Decided, Garbled, Refused, Report, Seen

SILENCE_S = 0.8
"""For longer than this nothing is believed of a station that shows no progress from camera to verdict: with the way to
the output that is a second at the most."""
ANSWER_STANDS_S = 0.5
"""So long after it was decided the answer to a trigger stands also where a later picture shows something else: a part
that flies past, or a disk that is slow, leave no picture to confirm it, and the plant waits for it."""
START_S = 60.0
DEAF_S = 5.0
ANSWER_S = 60.0
"""After which a child is given up: that has not spoken yet, that fell silent, that does not answer a trigger."""
STUCK_S = {Phase.STARTING: 60.0, Phase.PROVING: 60.0, Phase.READY: 30.0, Phase.RUNNING: 30.0, Phase.FAULT: 120.0}
"""After which a child is given up that looks at no picture and does not leave its phase. To open a camera may take
20 s; one that is gone is looked for in FAULT, and a new child looks for it just as well."""
KNOWN = 256
"""How many of the last inspections, and of the triggers that will not be answered, are kept in mind."""
UNDEFINED = Verdict.UNDEFINED.value
JUDGING = (Phase.READY, Phase.RUNNING)
SILENT = f"The station has said nothing for {SILENCE_S:g} s."
IDLE = f"The station has judged nothing for {SILENCE_S:g} s."


class Life:
    """One child: what it said, and since when. All times are monotonic seconds, and `now_s` never goes back.

    beats: reports of progress from camera to verdict. asked: the trigger that it has still to answer. refused: the one
    that it refused last, until it is asked again.
    known: the inspections told of last, also by children before, so that none counts twice.
    """

    def __init__(self, generation: str, now_s: float, known: deque[str]) -> None:
        self.beats = 0
        self.seen: Seen | None = None
        self.asked: Trigger | None = None
        self.refused: Refused | None = None
        self._generation = generation
        self._result: Decided | None = None
        self._waiting: Decided | None = None
        self._waits_since_s = now_s
        self._reports = 0
        self._shown = ""
        self._sent_s = now_s
        self._progress_s = -math.inf
        self._heard_s = self._looked_s = self._asked_s = now_s
        self._dropped: deque[str] = deque(maxlen=KNOWN)
        self._known = known

    def hear(self, report: Report, now_s: float) -> bool:
        """Take the next report in; whether it is an inspection that nobody was told of yet.

        Raises: Garbled where it is not this child's next one.
        """
        self._check(report, now_s)
        self._reports, self._sent_s, self._heard_s = self._reports + 1, report.sent_s, now_s
        if isinstance(report, Decided):
            return self._decide(report, now_s)
        if isinstance(report, Refused):
            self._refuse(report)
        else:
            self._see(report, now_s)
        return False

    def ask(self, trigger: Trigger, now_s: float) -> None:
        """The trigger is on its way to the child."""
        self.asked, self._asked_s, self.refused = trigger, now_s, None

    def result(self, now_s: float) -> Decided | None:
        """The inspection whose verdict is valid; None where none is.

        It is so while the newest report confirms it: a picture of the last SILENCE_S shows that the verdict of this
        very inspection is still true of what lies there. Who asked is answered also where that has gone meanwhile: for
        ANSWER_STANDS_S. What was taken back once never becomes valid again.
        """
        result = self._result
        if result is not None and not self._confirmed(result, now_s):
            self._result = None
            self._leave_unanswered(result)
        return self._result

    def note_shown(self, inspection: str) -> None:
        """Everybody was shown the result of that inspection."""
        self._shown = inspection

    def turn_away(self, trigger: str, why: str) -> None:
        """The trigger comes to no result, and who waits for one has to know."""
        self.refused = Refused(
            generation=self._generation, number=self._reports, sent_s=self._sent_s, trigger=trigger, why=why
        )

    def _leave_unanswered(self, decided: Decided) -> None:
        if decided.trigger and decided.id != self._shown:
            self.turn_away(decided.trigger, "What was judged was gone before its result could be shown.")

    def take_back(self) -> None:
        """The result was read, or is asked for anew."""
        self._result = self._waiting = None

    def forget(self) -> None:
        """No result, and no trigger that would be answered: what comes of it is told, and never shown."""
        self.take_back()
        if self.asked is not None:
            self._dropped.append(self.asked.id)
            self.asked = None

    @property
    def phase(self) -> Phase:
        """STARTING until a picture was judged: so long nothing has gone the way from the camera to a verdict."""
        if self.seen is None or (self.seen.phase in JUDGING and not self.beats):
            return Phase.STARTING
        return self.seen.phase

    def lost(self, now_s: float) -> str:
        """Why nothing that it said may be true any more, in a sentence; "" where it may."""
        seen = self.seen
        if seen is None:
            return ""
        if now_s - self._sent_s > SILENCE_S:
            return SILENT
        if seen.phase is Phase.FAULT:
            return seen.message or "The station failed."
        idle = seen.phase in JUDGING and self.beats and now_s - self._progress_s > SILENCE_S
        # Pictures that are looked at but cannot be judged have their own sentence, which says what to do.
        return (seen.message or IDLE) if idle else ""

    def hopeless(self, now_s: float) -> str:
        """Why it is to be killed, in a sentence; "" while there is hope."""
        seen = self.seen
        if seen is None:
            return f"The station did not start within {START_S:g} s." if now_s - self._heard_s > START_S else ""
        if now_s - self._heard_s > DEAF_S:
            return f"The station has said nothing for {DEAF_S:g} s."
        patience_s = STUCK_S.get(seen.phase, math.inf)
        if now_s - self._looked_s > patience_s:
            return f"The station has looked at no picture for {patience_s:g} s."
        if self.asked is not None and now_s - self._asked_s > ANSWER_S:
            return f"The station has not answered a trigger for {ANSWER_S:g} s."
        return ""

    def _check(self, report: Report, now_s: float) -> None:
        if report.generation != self._generation:
            raise Garbled("Somebody else speaks in the station's place.")
        if report.number != self._reports:
            raise Garbled(f"The station's report {report.number} came where {self._reports} was due.")
        if not self._sent_s <= report.sent_s <= now_s:
            raise Garbled("The station's report is of another time than the clock's.")
        before = self.seen
        if isinstance(report, Seen) and before and (report.progress < before.progress or report.looked < before.looked):
            raise Garbled("The station counts backwards.")

    def _see(self, seen: Seen, now_s: float) -> None:
        before, self.seen = self.seen, seen
        if before is None or _steps(seen) != _steps(before):
            self._looked_s = now_s
        # What lay in the line while this process was held up is progress of then, not of now.
        if seen.progress > (before.progress if before else 0) and now_s - seen.sent_s <= SILENCE_S:
            self._progress_s = seen.sent_s
            self.beats += 1
        self.result(now_s)
        self._settle(now_s)

    def _decide(self, decided: Decided, now_s: float) -> bool:
        """Whether it is news; it may become the result if it answers what was asked."""
        if decided.id in self._known:
            return False
        self._known.append(decided.id)
        if decided.trigger in self._dropped or (self.asked is not None and decided.trigger != self.asked.id):
            return True
        self.asked = self._result = None
        self._waiting, self._waits_since_s = decided, now_s
        self._settle(now_s)
        return True

    def _refuse(self, refused: Refused) -> None:
        if self.asked is not None and self.asked.id == refused.trigger:
            self.forget()
            self.refused = refused

    def _settle(self, now_s: float) -> None:
        """What was decided becomes the result with the picture that confirms it; it has not long to wait for that.

        A station shows an OK with the first picture after it was recorded: until then the picture says nothing yet.
        """
        decided, seen = self._waiting, self.seen
        if decided is None or seen is None:
            return
        if self._confirmed(decided, now_s):
            self._result, self._waiting = decided, None
        elif seen.inspection != decided.id or seen.verdict != UNDEFINED or now_s - self._waits_since_s > SILENCE_S:
            self._waiting = None
            self._leave_unanswered(decided)

    def _confirmed(self, decided: Decided, now_s: float) -> bool:
        seen = self.seen
        if seen is None or seen.phase not in JUDGING or seen.message:
            return False
        if decided.trigger and now_s - decided.sent_s <= ANSWER_STANDS_S:
            return True
        fresh = now_s - min(seen.sent_s, seen.taken_s) <= SILENCE_S
        return fresh and seen.inspection == decided.id and seen.verdict == decided.verdict


def _steps(seen: Seen) -> tuple[Phase, int, int]:
    """What changes where something goes on."""
    return seen.phase, seen.looked, seen.progress

"""One proof of a station, step by step."""

import math
from collections import deque
from datetime import datetime

from inspector.bundle import Golden
from inspector.inspection.proving.proof import Proof, Showing
from inspector.inspection.proving.schedule import Why
from inspector.inspection.verdict import Verdict
from inspector.inspection.vote import Ballot, Decision, Look
from inspector.recipe import Recipe
from inspector.sample import Sample

AGAIN_S = 1.0
"""Nobody exchanges a workpiece in less: whoever says so soon that the next one lies there has pressed twice."""
REMEDY = "See that it is the right one and lies well, and prove the station again; do not use it until it passes."


class Proving:
    """Golden frames first, then the recipe's samples in their order. Pure: no thread, no network.

        golden frame ──▶ … ──▶ sample ──▶ … ──▶ passed
             └──────────────────┴──▶ failed

    A sample counts from when somebody says that it lies there: until then the one before may, or a hand. Then the
    recipe's vote decides, and what it says first stands.

    sample: what is to be put under the camera, None while nothing is. message: a sentence for the person: what to put
    there, or why it failed. over: it has passed or failed.

    Args: golden: those to be judged; samples: none for a source where nobody can put anything under.
    """

    def __init__(
        self,
        recipe: Recipe,
        golden: tuple[Golden, ...],
        samples: tuple[Sample, ...],
        why: Why,
        by: str,
        started_at: datetime,
    ) -> None:
        self.golden = deque(golden)
        self.fault = ""
        self._recipe = recipe
        self._samples = deque(samples)
        self._why, self._by, self._started_at = why, by, started_at
        self._showings: list[Showing] = []
        self._ballot: Ballot | None = None
        self._from_s = 0.0
        self._decided_s = -math.inf
        self._mistaken = ""

    @property
    def over(self) -> bool:
        return bool(self.fault) or not (self.golden or self._samples)

    @property
    def sample(self) -> Sample | None:
        return self._samples[0] if self._samples and not (self.golden or self.fault) else None

    @property
    def message(self) -> str:
        if self.fault or self.sample is None:
            return self.fault
        return " ".join(filter(None, (self._mistaken, _wanted(self.sample))))

    def saw_golden(self, fault: str = "") -> None:
        """The first of `golden` was judged. fault: why it was not judged right."""
        self._showings.append(Showing(self.golden.popleft().file, "", Verdict.UNDEFINED, not fault, fault))
        self.fault = fault

    def present(self, name: str, time_s: float) -> None:
        """Somebody says that the sample lies there now.

        Args: name: what is written on it, where it was read; time_s: frames taken before show what lay there before.
        """
        sample = self.sample
        if sample is None or time_s - self._decided_s < AGAIN_S:
            return
        if name and sample.name and name != sample.name:
            self._mistaken, self._ballot = f"This is {name}.", None
            return
        self._mistaken = ""
        self._ballot, self._from_s = Ballot(self._recipe, self._recipe.vote), time_s

    def interrupt(self) -> None:
        """A fault lies before the next frame: nothing seen before it counts."""
        if self._ballot is not None:
            self._ballot.clear()

    def see(self, look: Look) -> None:
        """A frame was judged while the sample lies there, or before."""
        if self._ballot is None or look.time_s < self._from_s:
            return
        decision = self._ballot.cast(look)
        if decision is not None:
            self._ballot, self._decided_s = None, look.time_s
            self._decide(self._samples.popleft(), decision)

    def drop_samples(self) -> None:
        """Nobody can put any under the camera."""
        self._samples.clear()

    def proof(self, bundle: str, ended_at: datetime) -> Proof:
        """What came of it. bundle: its id."""
        return Proof(
            self._started_at,
            ended_at,
            self._why,
            self._by,
            self._recipe.name,
            bundle,
            tuple(self._showings),
            self.fault,
        )

    def _decide(self, sample: Sample, decision: Decision) -> None:
        reason = "; ".join(f.reason for f in decision.findings if f.reason)
        right = _is_right(sample, decision)
        kind = "good" if sample.good else "bad"
        self._showings.append(Showing(kind, sample.name, decision.verdict, right, reason))
        if not right:
            self.fault = f"{_wrong(sample, decision.verdict.word, reason)} {REMEDY}"


def _is_right(sample: Sample, decision: Decision) -> bool:
    if sample.good:
        return decision.verdict is Verdict.OK
    if sample.lacks is None:
        return decision.verdict is Verdict.NOT_OK
    # Alone: an empty place lacks everything, and proves nothing of this component.
    wanted = {f.component: Verdict.NOT_OK if f.component == sample.lacks else Verdict.OK for f in decision.findings}
    return decision.verdict is Verdict.NOT_OK and all(f.verdict is wanted[f.component] for f in decision.findings)


def _wanted(sample: Sample) -> str:
    match sample:
        case Sample(good=True, name=""):
            return "Put a known good workpiece under the camera."
        case Sample(good=True):
            return f"Put the known good workpiece {sample.name} under the camera."
        case Sample(lacks=None, name=""):
            return "Put a known bad workpiece under the camera."
        case Sample(lacks=None):
            return f"Put the known bad workpiece {sample.name} under the camera."
        case Sample(name=""):
            return f"Put a known bad workpiece under the camera, one whose '{sample.lacks}' alone is wrong."
        case _:
            return f"Put the known bad workpiece {sample.name} under the camera: its '{sample.lacks}' alone is wrong."


def _wrong(sample: Sample, word: str, reason: str) -> str:
    because = reason or "nothing was wrong with it"
    if sample.good:
        return f"The known good workpiece was judged {word}: {because}."
    if sample.lacks is None:
        return f"The known bad workpiece was judged {word}: {because}."
    return f"The known bad workpiece should FAIL for its '{sample.lacks}' alone, and was judged {word}: {because}."

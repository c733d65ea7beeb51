"""Proves a station: at its start, when its time has come, and when somebody asks."""

import time
from collections.abc import Callable
from functools import partial
from itertools import cycle
from queue import SimpleQueue

from inspector.bundle import Bundle, Golden
from inspector.detector import Detector
from inspector.errors import InputError
from inspector.inspection.guard.clock import Clock
from inspector.inspection.proving.proof import Hear
from inspector.inspection.proving.proving import Proving
from inspector.inspection.proving.schedule import Schedule, Why
from inspector.inspection.view import State
from inspector.inspection.vote import Look
from inspector.recipe import Recipe
from inspector.sample import Sample
from inspector.settings import ProofTimes

GOLDEN_S = 10.0
"""How often a golden frame is judged while the station runs, so that a detector that drifts is found between proofs."""


class Prover:
    """Lives on the thread `detect`, but for `prove`, `present` and `judge_golden`, which any thread may call.

    recipe: its samples are asked for. clock, hear: for the proof, once it is over.
    right: golden frames judged right since the start; it grows by what went from the disk to a verdict, by no timer.
    """

    def __init__(self, recipe: Recipe, bundle: Bundle, when: ProofTimes, clock: Clock, hear: Hear) -> None:
        self.right = 0
        self._recipe, self._bundle = recipe, bundle
        self._samples = recipe.samples
        self._clock, self._hear = clock, hear
        self._schedule = Schedule(when, clock.now().astimezone(), time.monotonic())
        self._asked: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._proving: Proving | None = None
        self._golden = cycle(bundle.manifest.golden)
        self._golden_due_s = 0.0

    def prove(self, by: str) -> None:
        """Ask for a proof, between two frames; one that is under way goes on."""
        self._asked.put(partial(self._begin, Why.DEMAND, by))

    def present(self, name: str) -> None:
        """Say that the sample lies under the camera. name: what is written on it, "" where nobody read it."""
        self._asked.put(partial(self._present, name, time.monotonic()))

    def judge_golden(self) -> None:
        """Ask that a golden frame is judged, between two frames: `right` grows, or the run ends."""
        self._asked.put(self._hurry)

    @property
    def holds(self) -> bool:
        """Whether a proof is under way or has failed: no verdict is given then."""
        return self._proving is not None

    @property
    def state(self) -> State:
        """What a station that is held is in."""
        return State.ERROR if self._proving is not None and self._proving.fault else State.PROVING

    @property
    def message(self) -> str:
        return "" if self._proving is None else self._proving.message

    @property
    def sample(self) -> Sample | None:
        """What is to be put under the camera now."""
        return None if self._proving is None else self._proving.sample

    def start(self, detector: Detector) -> None:
        """Begin the first proof, and judge every golden frame. Raises: InputError on the first that is wrong."""
        self._begin(Why.START, "")
        while self._proving is not None and self._proving.golden:
            self._prove_golden(self._proving, detector)

    def attend(self, detector: Detector) -> None:
        """Between two frames: what is due, a golden frame at most.

        Raises: InputError where a golden frame is not judged right; MachineError where a proof cannot be kept.
        """
        while not self._asked.empty():
            self._asked.get()()
        if self._proving is None:
            why = self._schedule.due(self._clock.now().astimezone(), time.monotonic())
            if why is not None:
                self._begin(why, "")
        if self._proving is not None and self._proving.golden:
            self._prove_golden(self._proving, detector)
        elif time.monotonic() >= self._golden_due_s:
            self._judge_golden(detector)

    def see(self, look: Look) -> None:
        """A frame was judged while a proof is under way."""
        if self._proving is not None and not self._proving.over:
            self._proving.see(look)
            self._close(self._proving)

    def interrupt(self) -> None:
        """A fault lies before the next frame."""
        if self._proving is not None:
            self._proving.interrupt()

    def without_samples(self) -> None:
        """Nobody can put anything under this source: it is a file."""
        self._samples = ()
        if self._proving is not None and not self._proving.over:
            self._proving.drop_samples()
            self._close(self._proving)

    def _begin(self, why: Why, by: str) -> None:
        if self._proving is not None and not self._proving.over:
            return
        now = self._clock.now()
        self._schedule.begun(now.astimezone(), time.monotonic())
        self._proving = Proving(self._recipe, self._bundle.manifest.golden, self._samples, why, by, now)
        self._close(self._proving)

    def _present(self, name: str, at_s: float) -> None:
        if self._proving is not None:
            self._proving.present(name, at_s)

    def _hurry(self) -> None:
        self._golden_due_s = 0.0

    def _prove_golden(self, proving: Proving, detector: Detector) -> None:
        try:
            self._judge_golden(detector, proving.golden[0])
        except InputError as error:
            proving.saw_golden(str(error))
            self._close(proving)
            raise
        proving.saw_golden()
        self._close(proving)

    def _judge_golden(self, detector: Detector, golden: Golden | None = None) -> None:
        """That one, or the next in turn."""
        self._golden_due_s = time.monotonic() + GOLDEN_S
        golden = golden or next(self._golden, None)
        if golden is not None:
            self._bundle.prove_on(golden, self._bundle.picture(golden), detector)
            self.right += 1

    def _close(self, proving: Proving) -> None:
        """Tell of a proof that is over; one that passed lets the station go."""
        if proving.over:
            self._proving = proving if proving.fault else None
            self._hear(proving.proof(self._bundle.manifest.id, self._clock.now()))

"""Rounds of hard negatives: what the detector finds where nothing is becomes what it learns next.

After a training the negative recordings are looked at, also the frames that nobody extracted. Everything found there is
an error by definition. The worst of it is trained on, and frames that no round has seen say whether it helped. A round
that costs the detector what it knew is taken back.
Source: Sung and Poggio 1998, section 2.3 (bootstrapping); Felzenszwalb et al. 2010, section 4.4 (hard negatives).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from math import nan

import numpy as np
from numpy.typing import NDArray

from inspector.boxes import iou
from inspector.bundle import Round, Search
from inspector.detections import Detections
from inspector.labeling.dataset import Dataset
from inspector.labeling.negatives import Negative, block
from inspector.learning.checkpoint import Checkpoint, put_back, values_of
from inspector.learning.exam import Exam
from inspector.learning.keras_detector import KerasDetector
from inspector.learning.network import COUNTS
from inspector.learning.pace import Clock, Progress
from inspector.learning.run import Lost, Unbegun
from inspector.learning.second_look.first_look import as_seen_first
from inspector.learning.training import Further, Trained, train
from inspector.preprocess import letterbox
from inspector.recipe import Label, Recipe
from inspector.tiles import Tiling, name_of, regions

SAME_PLACE = 0.3
"""IoU from which two errors of one recording, whose camera stands still, are one thing seen twice."""

FORGOTTEN = 0.02
"""Of the components in held-out frames, and one at least: a round that costs more of them is taken back."""


@dataclass(frozen=True, eq=False)
class Looked:
    """Negative frames that were looked at, or their tiles, in step: names, letterboxed pictures `(n, H, W, 3)` uint8
    RGB, which labels are known to be absent `(n, C)`, and what of those was found.
    """

    names: tuple[str, ...]
    pictures: NDArray[np.uint8]
    absent: NDArray[np.bool_]
    found: tuple[Detections, ...]

    @property
    def search(self) -> Search:
        """What was found, in numbers."""
        highest = max((float(seen.scores.max()) for seen in self.found if len(seen)), default=0.0)
        frames = len({name.partition("@")[0] for name in self.names})
        return Search(frames=frames, found=sum(map(len, self.found)), highest=round(highest, 4))

    def errors(self) -> list["Error"]:
        """Each detection."""
        return [
            Error(frame, _view(name), seen.label(i), float(seen.scores[i]), seen.boxes[i])
            for frame, (name, seen) in enumerate(zip(self.names, self.found, strict=True))
            for i in range(len(seen))
        ]

    def only(self, frames: Sequence[int]) -> "Looked":
        """Some of the frames."""
        names, found = zip(*((self.names[frame], self.found[frame]) for frame in frames), strict=True)
        return Looked(names, self.pictures[list(frames)], self.absent[list(frames)], found)

    def __add__(self, other: "Looked") -> "Looked":
        pictures = np.concatenate([self.pictures, other.pictures])
        absent = np.concatenate([self.absent, other.absent])
        return Looked(self.names + other.names, pictures, absent, self.found + other.found)


@dataclass(frozen=True, eq=False)
class Error:
    """One detection where nothing is. frame: index of the frame; view: the recording that it is from, and which tile;
    box `(4,)` xyxy in pixels of the input.
    """

    frame: int
    view: str
    label: Label
    score: float
    box: NDArray[np.float32]


def _view(name: str) -> str:
    """What stands still in a name `recording/000123@640x640+1280+440`: all but the frame."""
    recording, frame = name.rsplit("/", 1)
    return f"{recording}{frame.partition('@')[2]}"


def _nobody(_: object) -> None:
    """Hears nothing and keeps nothing."""


def harden(
    dataset: Dataset,
    recipe: Recipe,
    trained: Trained,
    negatives: Sequence[Negative],
    progress: Callable[[Progress], None] = _nobody,
    kept: Callable[[int], Checkpoint | None] = _nobody,
    say: Callable[[str], None] = _nobody,
) -> Trained:
    """The detector after as many rounds as it takes until frames that no round has seen are silent.

    Args: kept: where the round of that number, from 1, keeps its state; say: hears a sentence for a person now and
    then.
    Returns: the same network, taught further, and its ledger with every round; as it was after the last that was done,
    where somebody stops it. Raises: FileProblems where a recording cannot be read.
    """
    if not (trained.settings.rounds.most and negatives) or trained.stopped:
        return trained
    return Hardening(as_seen_first(dataset, trained.settings), recipe, trained, negatives, say).run(progress, kept)


class Hardening:
    """The rounds of one training, one after the other."""

    def __init__(
        self,
        dataset: Dataset,
        recipe: Recipe,
        trained: Trained,
        negatives: Sequence[Negative],
        say: Callable[[str], None],
        clock: Clock = time.monotonic,
    ) -> None:
        self._clock, self._start, self._judging_s = clock, clock() - trained.seconds, 0.0
        wanted = trained.settings.rounds
        self._dataset, self._recipe, self._trained, self._say = dataset, recipe, trained, say
        detector = KerasDetector(trained.network, dataset.labels)
        self._eye = Eye(detector, dataset.input_size, wanted.found, dataset.tiles)
        # All their pictures are in memory at once: of frames in tiles there may be fewer.
        frames = -(-wanted.frames // dataset.most_tiles)
        self._blocks = [block(negatives, number, wanted.most + 1, frames) for number in range(wanted.most + 1)]
        self._exam, self._hard = Exam(dataset, trained.network), list[Looked]()
        self._weights = values_of(trained.network.variables)

    def run(self, progress: Callable[[Progress], None], kept: Callable[[int], Checkpoint | None]) -> Trained:
        """As `harden` does."""
        if self._minutes_left == 0:
            return self._trained
        try:
            began, known = self._clock(), nan
            before = self._first_search()
            self._trained = _with(self._trained, first=before.search)
            for number, unseen in enumerate(self._blocks, 1):
                picked = worst(before.errors(), self._trained.settings.rounds.taken)
                if not picked or self._trained.stopped:
                    break
                if not self._hard:
                    known = self._recall()  # of the detector as it was; where nothing fools it, nobody asks
                    self._judging_s = 2 * (self._clock() - began)  # other frames, the same again, and the exam
                minutes = self._minutes_left
                if minutes == 0:
                    break
                self._hard.append(before.only(picked))
                further = self._train_on(number, minutes, progress, kept(number))
                if further is None:
                    break
                fresh = self._eye.look(unseen)
                if not self._note(before, fresh, further, known):
                    break
                before = fresh
        except (KeyboardInterrupt, Unbegun):
            put_back(self._weights, self._trained.network.variables)
            self._trained = replace(self._trained, stopped=True)
        return self._trained

    def _first_search(self) -> Looked:
        """Block after block until anything is found, but for the last one, which is to say whether a round helped."""
        before = self._eye.look(self._blocks.pop(0))
        while not before.errors() and len(self._blocks) > 1:
            before += self._eye.look(self._blocks.pop(0))
        return before

    def _note(self, before: Looked, fresh: Looked, further: Trained, known: float) -> bool:
        """Write down what came of a round, and take it back where it cost what was known; whether it stays.

        Args: known: the share of the held-out components that were found before any round.
        """
        forgotten = (known - self._recall()) * self._exam.boxes
        told = Round(
            before=before.search,
            after=self._eye.look_again(before).search,
            fresh=fresh.search,
            taken=self._hard[-1].names,
            steps=further.steps,
            kept=not forgotten > max(1.0, FORGOTTEN * self._exam.boxes),
        )
        if told.kept:
            self._weights = values_of(self._trained.network.variables)
            self._trained = _joined(self._trained, further)
        else:
            put_back(self._weights, self._trained.network.variables)
        seconds = self._trained.seconds + further.seconds
        rounds = (*self._trained.ledger.rounds, told)
        self._trained = _with(replace(self._trained, seconds=seconds, stopped=further.stopped), rounds=rounds)
        return told.kept

    def _recall(self) -> float:
        return self._exam.sit().recall if self._exam else nan

    @property
    def _minutes_left(self) -> float | None:
        """Of those that the whole may take, less what it takes to judge a round; None where it may take any."""
        most, taken = self._trained.settings.minutes, self._clock() - self._start
        return None if most is None else max(0.0, most - (taken + self._judging_s) / 60)

    def _train_on(
        self, number: int, minutes: float | None, progress: Callable[[Progress], None], checkpoint: Checkpoint | None
    ) -> Trained | None:
        """One round's training, with all that fooled the detector until now; None where it taught what is no number."""
        dataset, settings = self._dataset, self._trained.settings
        part = dataset.train
        for looked in self._hard:
            part = part.with_empty(looked.pictures, looked.absent, looked.names)
        # Another seed draws other batches; the rate is that of a network that is nearly there.
        again = {
            "steps": max(1, round(self._trained.steps * settings.rounds.share)),
            "batch": self._trained.batch,  # that of these steps: the memory may not have sufficed for more
            "seed": settings.seed + number,
            "rate": 0.3 * settings.highest_rate,
            "minutes": minutes,
        }
        further = Further(self._trained.network, part, tuple(range(len(dataset.train), len(part))))
        wanted, began = settings.model_copy(update=again), self._clock()
        try:
            taught = train(dataset, self._recipe, wanted, progress, further, checkpoint=checkpoint, say=self._say)
        except Lost as lost:
            put_back(self._weights, self._trained.network.variables)
            self._say(f"In round {number} of hard negatives: {lost} What was known before that round is kept.")
            return None
        # One that was gone on with has taken time before, too.
        self._start -= max(0.0, taught.seconds - (self._clock() - began))
        return taught


class Eye:
    """The detector on negative frames. least: the score from which something counts as found; tiles: how the frames are
    cut, None where they are seen whole.
    """

    def __init__(
        self, detector: KerasDetector, input_size: tuple[int, int], least: float, tiles: Tiling | None = None
    ) -> None:
        self._detector, self._input_size, self._least, self._tiles = detector, input_size, least, tiles

    def look(self, negatives: Sequence[Negative]) -> Looked:
        """Raises: FileProblems where a recording cannot be read."""
        names, pictures, absent = [], [], []
        for negative in negatives:
            columns = [label in negative.absent for label in self._detector.taught]
            for frame in negative.frames():
                for region in regions(self._tiles, frame.size):
                    xmin, ymin, xmax, ymax = region.tolist()
                    names.append(name_of(negative.name_of(frame), frame.size, region))
                    pictures.append(letterbox(frame.image[ymin:ymax, xmin:xmax], self._input_size)[0])
                    absent.append(columns)
        width, height = self._input_size
        packed = np.array(pictures, np.uint8).reshape(-1, height, width, 3)
        known = np.array(absent, bool).reshape(-1, len(self._detector.taught))
        return self.look_again(Looked(tuple(names), packed, known, ()))

    def look_again(self, looked: Looked) -> Looked:
        """The same frames with what is found now."""
        seen = zip(self._detector.see(looked.pictures), looked.absent, strict=True)
        found = (one.where((one.scores >= self._least) & absent[one.classes]) for one, absent in seen)
        return replace(looked, found=tuple(found))


def worst(errors: Sequence[Error], most: int) -> list[int]:
    """The frames to train on, at most so many: of every thing that fools the detector first its worst frame, then of
    each its second, and so on, the worst thing first.
    """
    things: list[list[Error]] = []
    for error in sorted(errors, key=lambda error: (-error.score, error.frame)):
        same = next((thing for thing in things if _same_thing(error, thing[0])), None)
        if same is None:
            things.append([error])
        else:
            same.append(error)
    turns = chain.from_iterable(zip_longest(*things))
    return list(dict.fromkeys(error.frame for error in turns if error is not None))[:most]


def _same_thing(error: Error, other: Error) -> bool:
    alike = (error.view, error.label) == (other.view, other.label)
    return alike and bool(iou(error.box[None], other.box[None])[0, 0] >= SAME_PLACE)


def _joined(trained: Trained, further: Trained) -> Trained:
    """Both trainings as one: what each drew and taught is added up."""
    before, since = trained.ledger, further.ledger
    sums = {name: getattr(before, name) + getattr(since, name) for name in COUNTS}
    return _with(replace(trained, loss=further.loss), **sums)


def _with(trained: Trained, **news: object) -> Trained:
    return replace(trained, ledger=trained.ledger.model_copy(update=news))

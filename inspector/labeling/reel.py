"""A recording as a person goes through it: how each frame stands, what waits there, and which one is next."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.boxes import as_boxes, iou
from inspector.errors import InspectorError
from inspector.labeling.annotation import TRACKING, Annotation, Annotations, Box, State, read_annotations
from inspector.labeling.moments import Moment, Searched, answered, in_doubt, is_answered, read_review
from inspector.labeling.suggestions import Origin, Suggested, confirmed_frames, waiting
from inspector.recipe import LOOKALIKE, Label, Recipe
from inspector.settings import Workspace

if TYPE_CHECKING:  # with OpenCV behind them, which the window starts without
    from inspector.capture.recording import Recording
    from inspector.labeling.extraction import ExtractedFrame

SURE = 0.8
"""Boxes that nobody looked at and that are less sure than this are doubtful."""
ONE_THING = 0.5
"""IoU from which two boxes of one label lie round the same thing."""


class Standing(StrEnum):
    """How a frame stands with the person who goes through them."""

    BOXES = "boxes"
    EMPTY = "verified empty"
    IGNORED = "ignored"
    UNLABELED = "unlabeled"
    WAITING = "waiting"
    DOUBTFUL = "doubtful"
    CONTRADICTING = "contradicting"

    @property
    def done(self) -> bool:
        """Whether nobody needs to look at it any more."""
        return self in (Standing.BOXES, Standing.EMPTY, Standing.IGNORED)


@dataclass(frozen=True, eq=False)
class Reel:
    """A recording's extracted frames in playing order, with what is known of each and what was proposed for it.

    proposed: by the name of the frame; also what does not wait any more, since a change that is taken back lets it
    wait again. moments: by the name of the frame that a person is asked about; answered ones too, for the same reason.
    searched: the newest search for these, None where nobody knows of one.
    """

    folder: Path
    recording: "Recording"
    frames: "tuple[ExtractedFrame, ...]"
    annotations: Annotations
    proposed: Mapping[str, Suggested]
    moments: Mapping[str, Moment] = field(default_factory=dict)
    searched: Searched | None = None

    def known(self, index: int) -> Annotation:
        """What is known of the frame."""
        return self.annotations.of(self.frames[index].name)

    def suggested(self, index: int) -> Suggested | None:
        """What waits for a person there."""
        one = self.proposed.get(self.frames[index].name)
        return one if one is not None and one.waits(self.known(index)) else None

    def moment(self, index: int) -> Moment | None:
        """What the frame shows that contradicts the recording, until a person has said what it does show."""
        one = self.moments.get(self.frames[index].name)
        return one if one is not None and not is_answered(one, self.annotations) else None

    def answered(self, index: int, there: bool, by: str) -> dict[str, Annotation]:
        """What is known once a person says whether the component is in the frame; {} where nobody asks.

        Raises: InputError where there is no box to stand by.
        """
        moment, waits = self.moment(index), self.suggested(index)
        proposed = {self.frames[index].name: waits} if waits else {}
        return answered(moment, self.annotations, proposed, there, by) if moment else {}

    def boxes(self, index: int) -> tuple[Box, ...]:
        """What a person is shown: the boxes that wait, else those that are known."""
        waits = self.suggested(index)
        return waits.boxes if waits else self.known(index).boxes

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """How each frame stands."""
        return tuple(self._standing(index) for index in range(len(self.frames)))

    def _standing(self, index: int) -> Standing:
        known, waits = self.known(index), self.suggested(index)
        if self.moment(index):
            return Standing.CONTRADICTING
        if waits:
            return Standing.WAITING if waits.sure >= SURE else Standing.DOUBTFUL
        doubt = known.confidence is not None and known.confidence < SURE and not known.by_person
        return Standing.DOUBTFUL if known.boxes and doubt else Standing(known.state)

    @property
    def done(self) -> int:
        """How many frames nobody needs to look at any more."""
        return sum(standing.done for standing in self.standings)

    def beside(self, index: int, step: int, wanted: Standing | None = None) -> int | None:
        """The nearest frame before (step -1) or after (1) that stands so, any where None; None where there is none."""
        end = len(self.frames) if step > 0 else -1
        return next((i for i in range(index + step, end, step) if wanted in (None, self.standings[i])), None)

    def to_do(self, index: int) -> int | None:
        """The next frame to look at: after this one, else from the start on; None where all others are done."""
        order = [*range(index + 1, len(self.frames)), *range(index)]
        return next((i for i in order if not self.standings[i].done), None)

    def stated(self, frames: Mapping[str, Annotation]) -> "Reel":
        """This, with some frames stated anew."""
        return replace(self, annotations=self.annotations.with_frames(frames))

    def confirmed(self, index: int, by: str) -> Annotation | None:
        """What is known once a person says that the boxes shown are right; None where that is known, or none is."""
        waits, known = self.suggested(index), self.known(index)
        if waits:
            return waits.as_annotation(by)
        return known.model_copy(update={"by": by}) if known.boxes and not known.by_person else None

    def drawn(self, index: int, boxes: tuple[Box, ...], by: str, before: Annotation) -> Annotation:
        """What is known of a frame once a person drew these boxes, and left no other.

        Without one, what was suggested is refused; else it is as before, or, where there were boxes then, nobody knows:
        who takes boxes away has not said that nothing is there. Args: before: what was known last without boxes.
        """
        if boxes:
            return Annotation(state=State.BOXES, boxes=boxes, by=by)
        if waits := self.suggested(index):
            return waits.rejected(self.known(index))
        return Annotation() if before.boxes else before

    def copied(self, index: int, onto: int, by: str) -> Annotation:
        """What is known of a frame once the boxes of another are copied onto it: round each thing is one box."""
        there = self.known(onto).boxes
        new = tuple(box for box in self.boxes(index) if not any(_same(box, other) for other in there))
        return Annotation(state=State.BOXES, boxes=(*there, *new), by=by)

    @property
    def learnable(self) -> Counter[str]:
        """Of each component, how many frames a detector can learn it from."""
        doubted = in_doubt(self.moments.values(), self.annotations)
        names = [frame.name for frame in self.frames if frame.name not in doubted]
        return confirmed_frames(map(self.annotations.of, names))

    @property
    def untouched(self) -> bool:
        """Whether nothing is known of any frame, and nothing proposed."""
        return set(self.standings) == {Standing.UNLABELED}

    @property
    def origin(self) -> Origin | None:
        """What boxes can be proposed from: annotated frames where there are any, else contrast; nothing in pictures."""
        if self.recording.kind != "video":
            return None
        annotated = any(one.boxes and one.by != TRACKING for one in self.annotations.frames.values())
        return Origin.TRACKING if annotated and not self.recording.verified_empty else Origin.CONTRAST


def read_reel(folder: Path, recording: "Recording") -> Reel:
    """Raises: InputError where the recording was not extracted yet; FileProblems where a file of it has faults."""
    from inspector.labeling.extraction import read_frames

    frames = read_frames(folder).frames
    review = read_review(folder)
    moments = {moment.frame: moment for moment in review.moments}
    proposed = waiting(folder, Annotations())
    return Reel(folder, recording, frames, read_annotations(folder), proposed, moments, review.searched)


@dataclass(frozen=True)
class Extent:
    """How far a person is with a recording.

    frames: how many were extracted, 0 before. contradicting: how many of them seem to contradict it. learnable: of each
    component, how many a detector can learn it from. searched: the newest search for what contradicts it,
    None where nobody knows of one. fault: why it cannot be read, in a sentence; "" where it can.
    """

    folder: Path
    recording: "Recording"
    done: int = 0
    frames: int = 0
    contradicting: int = 0
    learnable: Counter[str] = field(default_factory=Counter)
    searched: Searched | None = None
    fault: str = ""

    @classmethod
    def of(cls, reel: Reel) -> "Extent":
        """Of a recording as it stands."""
        contradicting = reel.standings.count(Standing.CONTRADICTING)
        far = (reel.done, len(reel.frames), contradicting)
        return cls(reel.folder, reel.recording, *far, reel.learnable, reel.searched)


def extents_of(workspace: Workspace, recipe: Recipe) -> tuple[Extent, ...]:
    """Of each recording of the recipe, oldest first. Raises: FileProblems where one is not even told to be one."""
    from inspector.capture.recording import recordings_of

    return tuple(_extent(folder, recording) for folder, recording in recordings_of(workspace.recordings, recipe.name))


def _extent(folder: Path, recording: "Recording") -> Extent:
    from inspector.labeling import extraction

    if not (folder / extraction.FILE).exists():
        return Extent(folder, recording)
    try:
        return Extent.of(read_reel(folder, recording))
    except InspectorError as error:
        return Extent(folder, recording, fault=str(error))


def labels_in(recipe: Recipe, recording: "Recording") -> tuple[Label, ...]:
    """What a person may draw in a recording, what it was made to show first; in one that is attested to show the
    component nowhere, only what could be taken for it.
    """
    mine = [component for component in recipe.components if component.name in recording.components]
    shown = [label for component in mine for label in component.labels]
    first = sorted(shown, key=lambda label: label.pattern != recording.pattern)
    lookalikes = [Label(component.name, LOOKALIKE) for component in mine]
    return tuple(lookalikes if recording.verified_empty else [*first, *lookalikes])


def _same(one: Box, other: Box) -> bool:
    return one.label == other.label and float(iou(as_boxes([one.xyxy]), as_boxes([other.xyxy]))[0, 0]) >= ONE_THING

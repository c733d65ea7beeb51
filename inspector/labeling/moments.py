"""Moments in which a recording seems to contradict what was said of it, until a person answers each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from pydantic import AwareDatetime, Field

from inspector.errors import InputError
from inspector.files import MOST_BYTES_OF_FRAMES, Document, Section, read_document, write_document
from inspector.labeling.annotation import XYXY, Annotation, Annotations, State, read_annotations, write_annotations
from inspector.labeling.suggestions import Suggested, waiting
from inspector.labeling.suspicion import Searcher, Seems
from inspector.recipe import Label

FILE = "review.yaml"


class Moment(Section):
    """Frames in a row that contradict in the same way.

    frame: the one that does so most; time_s: its moment in the recording; xyxy: where in it, in pixels, None where no
    place is known; score: how strongly, in [0, 1]; by: who says so; frames: all of them.
    """

    frame: str
    time_s: float
    seems: Seems
    component: str
    pattern: str | None = None
    xyxy: XYXY | None = None
    score: float = Field(ge=0, le=1)
    by: tuple[Searcher, ...] = Field(min_length=1)
    frames: tuple[str, ...] = Field(min_length=1)

    @property
    def label(self) -> Label:
        return Label(self.component, self.pattern)


class Searched(Section):
    """That a recording was looked through. at: when; by: who looked; components: that were looked for; found: how many
    moments.
    """

    at: AwareDatetime
    by: tuple[Searcher, ...] = Field(min_length=1)
    components: tuple[str, ...] = Field(min_length=1)
    found: int = Field(ge=0)


class Moments(Document):
    """`review.yaml` of a recording: the moments that a person was asked about, those of the newest review last.

    searched: the newest review, None where nobody knows of one.
    """

    most_bytes: ClassVar[int] = MOST_BYTES_OF_FRAMES
    searched: Searched | None = None
    moments: tuple[Moment, ...] = ()


def read_review(folder: Path) -> Moments:
    """What came of a recording's reviews, each moment at a frame of its own; nothing where there was none.

    Raises: FileProblems where the file has faults.
    """
    path = folder / FILE
    if not path.exists():
        return Moments()
    remedy = "move this file away, and what contradicts the recording is found again with: inspector review"
    read = read_document(path, Moments, remedy)
    return read.model_copy(update={"moments": tuple(_with_own_frames(read.moments))})


def read_moments(folder: Path) -> tuple[Moment, ...]:
    """All that a person was asked about and has answered, or should. Raises: as `read_review`."""
    return read_review(folder).moments


def _with_own_frames(moments: Sequence[Moment]) -> Iterator[Moment]:
    """Files of old may ask two things about one frame, and whoever answered one would answer both unseen: the later one
    is asked about another of its frames. Where all of these are asked about, nothing of it is left to ask.
    """
    taken: set[str] = set()
    for one in moments:
        own = [name for name in (one.frame, *one.frames) if name not in taken]
        if own:
            taken.add(own[0])
            yield one if own[0] == one.frame else one.model_copy(update={"frame": own[0]})


def is_answered(moment: Moment, annotations: Annotations) -> bool:
    """Whether a person has said what its frame shows; whoever takes that back is asked again."""
    return annotations.of(moment.frame).by_person


def is_dismissed(moment: Moment, annotations: Annotations) -> bool:
    """Whether a person has said that its frame shows what it should, so that the others need no look."""
    known = annotations.of(moment.frame)
    if not is_answered(moment, annotations) or known.state in (State.IGNORED, State.UNLABELED):
        return False
    return (moment.label in [box.label for box in known.boxes]) != (moment.seems is Seems.THERE)


def unanswered(folder: Path, annotations: Annotations) -> list[Moment]:
    """The moments that a person should look at. Raises: FileProblems where the file has faults."""
    return [moment for moment in read_moments(folder) if not is_answered(moment, annotations)]


def in_doubt(moments: Iterable[Moment], annotations: Annotations) -> set[str]:
    """The frames that teach nothing until somebody answers, but for those that a person has looked at."""
    names = {name for one in moments if not is_answered(one, annotations) for name in one.frames}
    return {name for name in names if not annotations.of(name).by_person}


def keep(folder: Path, annotations: Annotations, found: Sequence[Moment], searched: Searched) -> None:
    """Ask about these, and no more about others that were not answered; that nothing was found is kept too.

    Raises: FileProblems; MachineError.
    """
    answered = tuple(moment for moment in read_moments(folder) if is_answered(moment, annotations))
    write_document(folder / FILE, Moments(searched=searched, moments=(*answered, *found)))


def answer(folder: Path, moment: Moment, there: bool, by: str) -> State:
    """Take down what a person saw: the component is there, or it is not. Returns: what the frame is from now on.

    Raises: as `answered`; FileProblems.
    """
    annotations = read_annotations(folder)
    said = answered(moment, annotations, waiting(folder, annotations), there, by)
    write_annotations(folder, annotations.with_frames(said))
    return said[moment.frame].state


def answered(
    moment: Moment, annotations: Annotations, proposed: Mapping[str, Suggested], there: bool, by: str
) -> dict[str, Annotation]:
    """What is known of frames once a person saw that the component is there, or that it is not.

    Where that contradicts the recording, the moment's frames are ignored: never taken for empty, nor for showing what
    they do not, until somebody says more of them. Else what was said of the frame stands, as that person's word; where
    that is boxes, only if it is the one in question, since nobody was asked about others.

    Args: proposed: what waits, by frame. Raises: InputError where it holds other boxes, or nothing is known of it.
    """
    if there == (moment.seems is Seems.THERE):
        ignored = Annotation(state=State.IGNORED, by=by)
        return {name: ignored for name in moment.frames if not annotations.of(name).by_person}
    known = annotations.of(moment.frame)
    if known.state is State.UNLABELED and moment.frame in proposed and proposed[moment.frame].sure:
        known = proposed[moment.frame].as_annotation(by)
    in_question = [moment.label] if there else []
    if known.state is State.UNLABELED or [box.label for box in known.boxes] != in_question:
        raise InputError(f"Look at all of {moment.frame}, and draw or accept the boxes of all that it shows.")
    return {moment.frame: known.model_copy(update={"by": by})}

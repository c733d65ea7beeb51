"""How many frames there are of what, in which state, and on which side of the split: a table for people and reports."""

from collections.abc import Mapping, Sequence

from inspector.files import Section
from inspector.labeling.annotation import State
from inspector.labeling.split import Side
from inspector.labeling.takes import Take
from inspector.recipe import Label


class Count(Section):
    """Frames that say something about one label: a component, one pattern of it, or its lookalikes.

    recordings: that teach it; with_boxes: frames that hold it; verified_empty: those that show no component, lookalikes
    or not; ignored, unlabeled: of its recordings; contradicting: of these too, left out until a person has looked since
    they seem to contradict what was said. train, held_out: of the frames with it and those without, how many on which
    side; the rest lies in gaps.
    """

    component: str
    pattern: str | None = None
    recordings: int = 0
    with_boxes: int = 0
    verified_empty: int = 0
    ignored: int = 0
    unlabeled: int = 0
    contradicting: int = 0
    train: int = 0
    held_out: int = 0


def count(labels: Sequence[Label], takes: Sequence[Take], sides: Mapping[str, Side]) -> tuple[Count, ...]:
    """One row for each label, in order. sides: of each used frame, by `recording/frame`."""
    return tuple(_count(label, takes, sides) for label in labels)


def _count(label: Label, takes: Sequence[Take], sides: Mapping[str, Side]) -> Count:
    mine = [take for take in takes if take.about(label)]
    told = [(take, shot) for take in mine for shot in take.shots if take.tells(shot, label)]
    holding = sum(label in take.labels_in(shot) for take, shot in told)
    contradicting = sum(len(take.contradicting) for take in mine)
    placed = [sides.get(take.name_of(shot)) for take, shot in told]
    return Count(
        component=label.component,
        pattern=label.pattern,
        recordings=len(mine),
        with_boxes=holding,
        verified_empty=len(told) - holding,
        ignored=sum(len(take.in_state(State.IGNORED)) for take in mine),
        unlabeled=sum(len(take.in_state(State.UNLABELED)) for take in mine) - contradicting,
        contradicting=contradicting,
        train=placed.count(Side.TRAIN),
        held_out=placed.count(Side.HELD_OUT),
    )

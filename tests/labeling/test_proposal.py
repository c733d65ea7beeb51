"""What becomes of what is proposed for frames of which something waits already."""

import pytest

from inspector.labeling.annotation import Box, State, read_annotations
from inspector.labeling.proposal import Proposal, settled
from inspector.labeling.suggestions import Origin, Suggested, put, waiting
from inspector.labeling.takes import takes_of
from inspector.settings import Workspace
from tests.labeling.recorded import STRIP, TAPE, recipe, recorded

FOLLOWED, SEEN = Box.of(STRIP, (8, 6, 40, 30)), Box.of(STRIP, (9, 7, 41, 31))


@pytest.mark.parametrize(
    ("there", "sure", "stays"),
    [
        (Origin.TRACKING, 0.3, True),
        (Origin.TRACKING, 0.97, False),
        (Origin.DETECTOR, 0.3, False),  # what the same says now, it knows better
    ],
)
def test_the_surer_one_of_two_waits(workspace: Workspace, there: Origin, sure: float, stays: bool) -> None:
    wanted = recipe(TAPE)
    folder, _ = recorded(workspace, wanted, "tape", frames=1)
    (take,) = takes_of(workspace, wanted)
    before = Suggested(boxes=(FOLLOWED,), sure=0.95, origin=there)
    put(folder, take.annotations, {"0.png": before})
    new = Suggested(boxes=(SEEN,), sure=sure, origin=Origin.DETECTOR)
    made, accepted = settled([Proposal(take, take.shots[0], new)], accept=None)
    assert (len(made), accepted) == (0 if stays else 1, [])
    assert waiting(folder, read_annotations(folder)) == {"0.png": before if stays else new}
    made, accepted = settled([Proposal(take, take.shots[0], new)], accept=0.1)
    assert len(accepted) == (0 if stays else 1)
    assert read_annotations(folder).of("0.png").state is (State.UNLABELED if stays else State.BOXES)

"""Two detectors that judge each other's frames: who judges which, and what counts as seen steadily."""

import numpy as np
import pytest

from inspector.boxes import as_boxes
from inspector.detections import Detections
from inspector.errors import InputError
from inspector.frame import Image, freeze
from inspector.labeling.crossfit import cross_fitted, fold_of, steady
from inspector.labeling.takes import takes_of
from inspector.recipe import Label
from inspector.settings import Workspace
from tests.labeling.recorded import STRIP, TAPE, recipe, recorded


def test_six_stretches_teach_one_and_the_other_in_turn() -> None:
    assert fold_of(12).tolist() == [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1]
    assert fold_of(3).tolist() == [0, 0, 0]  # the stretches 0, 2 and 4
    assert fold_of(0).tolist() == []


class SeesBright:
    """Sees a 20 x 20 thing where the brightest pixel is, scored by how bright that is."""

    labels = (Label("lamp"),)

    def __init__(self, least: int = 0) -> None:
        self._least = least

    def detect(self, image: Image) -> Detections:
        grey = image[..., 0]
        y, x = divmod(int(grey.argmax()), grey.shape[1])
        if grey.max() <= self._least:
            return Detections.none(self.labels)
        score = np.array([grey.max() / 255], np.float32)
        return Detections(as_boxes([[x - 10, y - 10, x + 10, y + 10]]), score, np.zeros(1, np.int32), self.labels)


def lamp(value: int) -> Image:
    image = np.full((100, 200, 3), 10, np.uint8)
    image[40, 80] = value
    return freeze(image)


def test_the_lower_of_two_scores_counts_where_both_looks_agree() -> None:
    found = steady(SeesBright(), lamp(200))
    # A little aside and in 0.85 of the light it is seen at the same place again, once that is taken back.
    assert found.boxes.tolist() == [[70, 30, 90, 50]]
    assert found.scores[0] == np.float32(170 / 255)


def test_what_is_seen_once_only_was_not_seen() -> None:
    assert len(steady(SeesBright(least=180), lamp(200))) == 0
    assert len(steady(SeesBright(least=250), lamp(200))) == 0


def test_with_too_few_boxes_for_two_nobody_is_taught(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP, frames=9)
    with pytest.raises(InputError, match="each learns from 5 frames with boxes at least"):
        cross_fitted(workspace, wanted, takes_of(workspace, wanted), ["tape"], lambda take, shot: take.of(shot), 1.0)
    assert not workspace.datasets.exists()

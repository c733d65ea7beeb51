"""Boxes followed through drawn pictures, whose truth is known."""

import cv2
import numpy as np
import pytest

from inspector.boxes import as_boxes, iou
from inspector.labeling.flow import follow, like_it

SIZE = (160, 120)


def noise(seed: int, width: int, height: int) -> np.ndarray:
    rough = np.random.default_rng(seed).integers(0, 255, (height, width)).astype(np.uint8)
    return cv2.GaussianBlur(rough, (0, 0), 1.5)


BEHIND, THING = noise(0, *SIZE), noise(1, 40, 30)


def picture(left: float, top: float, side: float = 1.0) -> np.ndarray:
    """The thing over what is behind it, at `side` times its size."""
    place = np.array([[side, 0, left], [0, side, top]], np.float32)
    thing = cv2.warpAffine(THING, place, SIZE)
    where = cv2.warpAffine(np.full_like(THING, 255), place, SIZE)
    return np.where(where > 127, thing, BEHIND)


def box(left: float, top: float, side: float = 1.0) -> tuple[float, float, float, float]:
    return left, top, left + 40 * side, top + 30 * side


def test_a_thing_that_moves_is_followed_and_one_that_stands_stays() -> None:
    steps = [(20 + 3 * i, 30 + i) for i in range(20)]
    found = follow([picture(*step) for step in steps], as_boxes([box(*steps[0]), (100, 60, 130, 100)]))
    assert found.shape == (20, 2, 4)
    for i, step in enumerate(steps):
        assert iou(found[i, :1], as_boxes([box(*step)]))[0, 0] > 0.85
    # The second box holds what is behind, until the thing comes by.
    assert np.abs(found[10, 1] - [100, 60, 130, 100]).max() < 1


def test_a_thing_that_comes_nearer_has_a_larger_box() -> None:
    sides = np.linspace(1, 1.4, 20)
    pictures = [picture(50 - 20 * (side - 1), 40 - 15 * (side - 1), side) for side in sides]
    found = follow(pictures, as_boxes([box(50, 40)]))
    assert found[-1, 0] == pytest.approx(box(42, 34, 1.4), abs=4)


def test_a_thing_that_is_taken_away_is_lost_for_good() -> None:
    pictures = [picture(50, 40)] * 3 + [BEHIND] * 2 + [picture(50, 40)] * 2
    found = follow(pictures, as_boxes([box(50, 40)]))
    assert np.isfinite(found[:3]).all()
    assert np.isnan(found[3:]).all()


def test_a_thing_that_is_covered_is_lost() -> None:
    covered = picture(50, 40)
    covered[30:80, 40:100] = 128
    found = follow([picture(50, 40), covered], as_boxes([box(50, 40)]))
    assert np.isnan(found[1]).all()


def test_nothing_is_followed_where_there_is_nothing_to_hold_on_to() -> None:
    flat = np.full((120, 160), 90, np.uint8)
    assert np.isnan(follow([flat, flat], as_boxes([box(50, 40)]))[1]).all()


def test_without_boxes_there_is_nothing_to_follow() -> None:
    assert follow([BEHIND, BEHIND], as_boxes([])).shape == (2, 0, 4)


def test_a_box_that_reaches_out_of_the_picture_is_followed_as_far_as_it_goes() -> None:
    found = follow([picture(-10 - i, 40) for i in range(12)], as_boxes([box(-10, 40)]))
    assert iou(found[5], as_boxes([box(-15, 40)]))[0, 0] > 0.7


def test_what_looks_like_a_template_is_found_beside_the_boxes_alone() -> None:
    template = picture(50, 40)[40:70, 50:90]
    assert like_it(picture(20, 10), template, as_boxes([])) > 0.99
    assert like_it(picture(20, 10), template, as_boxes([box(20, 10)])) < 0.5
    assert like_it(BEHIND, template, as_boxes([])) < 0.5


@pytest.mark.parametrize("shape", [(0, 0), (30, 40), (200, 40)], ids=["nothing", "flat", "larger than the picture"])
def test_nothing_looks_like_a_template_that_shows_nothing(shape: tuple[int, int]) -> None:
    assert like_it(BEHIND, np.full(shape, 90, np.uint8), as_boxes([])) == 0

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.boxes import EMPTY, as_boxes, iou
from inspector.learning.augmentation import Change, change_boxes, change_picture, draw, move

SIZE = (96, 64)
IDENTITY = np.array([[1.0, 0, 0], [0, 1, 0]])
STRAIGHT = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)


def change(**parts):
    given = {
        "affine": IDENTITY,
        "curve": STRAIGHT,
        "blur": 0.0,
        "noise": 0.0,
        "quality": 100,
        "patches": EMPTY,
        "greys": np.zeros((0, 3), np.uint8),
        "seed": 0,
    }
    return Change(**{**given, **parts})


def picture(seed=0):
    return np.random.default_rng(seed).integers(0, 256, (64, 96, 3)).astype(np.uint8)


def test_no_change_changes_nothing():
    assert (change_picture(change(), picture()) == picture()).all()


def test_the_picture_and_its_boxes_move_together():
    marked = np.zeros((64, 96, 3), np.uint8)
    marked[20:30, 40:56] = 255
    affine = draw(np.random.default_rng(5), SIZE, turns=True).affine
    changed = change_picture(change(affine=affine), marked)
    ys, xs = np.nonzero(changed.max(axis=2) > 180)
    seen = as_boxes([[xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]])
    # Round the ellipse inside, the box is a little tighter than round the turned corners.
    assert iou(seen, move(affine, as_boxes([[40, 20, 56, 30]])))[0, 0] > 0.65


@pytest.mark.parametrize("linear", [[[-1, 0], [0, 1]], [[-1, 0], [0, -1]], [[1, 0], [0, 1]]])
def test_a_mirrored_picture_lies_exactly_on_its_boxes(linear):
    marked = np.zeros((64, 96, 3), np.uint8)
    marked[20:30, 0:16] = 255
    middle = np.array([48, 32])
    affine = np.column_stack([linear, middle - np.array(linear) @ middle]).astype(float)
    ys, xs = np.nonzero(change_picture(change(affine=affine), marked)[..., 0] == 255)
    assert move(affine, as_boxes([[0, 20, 16, 30]])).tolist() == [[xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]]


def test_a_round_thing_keeps_its_size_at_any_angle():
    turn = np.deg2rad(40)
    affine = np.array([[np.cos(turn), -np.sin(turn), 5], [np.sin(turn), np.cos(turn), 7]])
    moved = move(affine, as_boxes([[10, 10, 30, 30]]))
    assert (moved[:, 2:] - moved[:, :2]) == pytest.approx(np.array([[20, 20]]), abs=1e-4)


def test_a_quarter_turn_swaps_the_sides():
    assert move(np.array([[0.0, -1, 50], [1, 0, 0]]), as_boxes([[10, 20, 16, 40]])).tolist() == [[10, 10, 30, 16]]


def test_a_box_pushed_out_or_covered_is_no_longer_called_there():
    away = np.array([[1.0, 0, -20], [0, 1, 0]])
    boxes = as_boxes([[10, 10, 22, 22], [26, 10, 46, 30], [60, 10, 80, 30]])
    cut, seen = change_boxes(change(affine=away, patches=as_boxes([[40, 10, 60, 24]])), boxes, SIZE)
    assert seen.tolist() == [False, True, False]
    assert cut[0].tolist() == [0, 10, 2, 22]


@settings(deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_what_is_drawn_stays_moderate(seed, turns):
    drawn = draw(np.random.default_rng(seed), SIZE, turns)
    zoom = abs(np.linalg.det(drawn.affine[:, :2])) ** 0.5
    assert 0.6 < zoom < 1.25
    middle = drawn.affine @ [48, 32, 1]
    assert np.abs(middle - [48, 32]).max() <= 9.7
    assert (np.diff(drawn.curve.astype(int), axis=0) >= 0).all()


def test_upright_components_are_never_mirrored_or_turned():
    for seed in range(200):
        linear = draw(np.random.default_rng(seed), SIZE, turns=False).affine[:, :2]
        assert np.linalg.det(linear) > 0
        assert linear[0, 0] > 0.75


def test_turning_components_come_in_all_eight_ways():
    ways = set()
    for seed in range(200):
        linear = draw(np.random.default_rng(seed), SIZE, turns=True).affine[:, :2]
        quarter = round(np.arctan2(linear[1, 1], linear[0, 1]) / (np.pi / 2)) % 4
        ways.add((quarter, np.linalg.det(linear) > 0))
    assert len(ways) == 8

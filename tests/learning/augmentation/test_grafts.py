import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import ops

from inspector.learning.augmentation.grafts import exchange, fitting, follow
from inspector.learning.augmentation.visible import judged

GROUND = 100


def changes(place, partner=(1, 0), seam=1.0):
    count = len(partner)
    return {
        "partner": np.array(partner, np.int32),
        "place": np.tile(np.array(place, np.float32), (count, 1)),
        "seam": np.full(count, seam, np.float32),
        "lift": np.zeros((count, 3), np.float32),
    }


def scene(*things, light=0, side=32):
    picture = np.full((side, side, 3), GROUND + light, np.uint8)
    for xmin, ymin, xmax, ymax in things:
        picture[ymin:ymax, xmin:xmax] = 220
    return picture


def exchanged(pictures, place, **more):
    given = fitting(np.stack(pictures), changes(place, **more))
    return ops.convert_to_numpy(exchange(np.stack(pictures).astype(np.float32), given)), given


def told(boxes, classes, given):
    """Per picture the (box, class) that hold something."""
    boxes, classes, seen = follow(np.array(boxes, np.float32), np.array(classes, np.int32), given)
    boxes, classes = ops.convert_to_numpy(boxes), ops.convert_to_numpy(judged(classes, seen))
    return [
        [(b.tolist(), int(c)) for b, c in zip(*row, strict=True) if c != -1] for row in zip(boxes, classes, strict=True)
    ]


def test_the_component_comes_and_the_empty_place_goes_there():
    full, empty = scene((10, 8, 20, 16)), scene()
    pictures, given = exchanged([full, empty], [6, 4, 24, 20])
    assert (pictures[0] == empty).all()
    assert (pictures[1] == full).all()
    assert told([[[10, 8, 20, 16]], [[0, 0, 0, 0]]], [[3], [-1]], given) == [[], [([10, 8, 20, 16], 3)]]


def test_a_seam_fades():
    pictures = np.stack([scene(), scene(light=120)]).astype(np.float32)
    faded = ops.convert_to_numpy(exchange(pictures, changes([15, 0, 32, 32], seam=4.0)))
    # The centres of the pixels lie at 12.5, 13.5 and so on: the seam fades from 13 to 17.
    assert faded[0, 10, 12:18, 0] == pytest.approx(100 + 120 * np.array([0, 1 / 8, 3 / 8, 5 / 8, 7 / 8, 1]))
    assert faded[0] + faded[1] == pytest.approx(pictures[0] + pictures[1])


def test_one_pattern_takes_the_place_of_the_other():
    boxes = [[[10, 8, 20, 16]], [[11, 9, 19, 17]]]
    given = changes([6, 4, 24, 20])
    assert told(boxes, [[0], [1]], given) == [[([11, 9, 19, 17], 1)], [([10, 8, 20, 16], 0)]]


@pytest.mark.parametrize(
    ("place", "own", "theirs"),
    [
        ([13, 0, 32, 32], [([10, 8, 13, 16], -2)], [([13, 8, 20, 16], 3)]),  # 3 of 10 stay, 7 of 10 come
        ([17, 0, 32, 32], [([10, 8, 17, 16], 3)], [([17, 8, 20, 16], -2)]),
        ([15, 0, 32, 32], [([10, 8, 15, 16], -2)], [([15, 8, 20, 16], -2)]),
        ([15, 12, 32, 32], [([10, 8, 20, 16], 3)], [([15, 12, 20, 16], -2)]),  # a corner
        ([19.6, 0, 32, 32], [([10, 8, 19.6, 16], 3)], []),  # a trace of it comes
        ([25, 0, 32, 32], [([10, 8, 20, 16], 3)], []),
    ],
)
def test_what_is_cut_is_judged_by_what_is_seen_of_it(place, own, theirs):
    left, came = told([[[10, 8, 20, 16]], [[0, 0, 0, 0]]], [[3], [-1]], changes(place))
    for got, wanted in ((left, own), (came, theirs)):
        assert [c for _, c in got] == [c for _, c in wanted]
        assert np.array([b for b, _ in got]) == pytest.approx(np.array([b for b, _ in wanted]), abs=1e-4)


def test_two_things_cut_by_one_seam_may_look_like_one():
    # 7 of 10 are left of each and 3 came of the other: together a whole thing, or two halves, nobody knows.
    left = [([10, 8, 17, 16], -2), ([17, 8, 20, 16], -2)]
    assert told([[[10, 8, 20, 16]], [[10, 8, 20, 16]]], [[3], [3]], changes([17, 0, 32, 32])) == [left, left]
    # One that is cut beside one that comes whole stays what it is.
    left, came = told([[[10, 8, 20, 16]], [[20, 20, 28, 28]]], [[3], [3]], changes([17, 0, 32, 32]))
    assert left == [([10, 8, 17, 16], 3), ([20, 20, 28, 28], 3)]
    assert came == [([17, 8, 20, 16], -2)]


def test_what_was_doubtful_stays_so_wherever_it_goes():
    assert told([[[10, 8, 20, 16]], [[0, 0, 0, 0]]], [[-2], [-1]], changes([6, 4, 24, 20])) == [
        [],
        [([10, 8, 20, 16], -2)],
    ]


def test_pictures_without_a_partner_keep_everything():
    pictures = [scene((10, 8, 20, 16)), scene(), scene((2, 2, 9, 9))]
    given = changes([6, 4, 24, 20], partner=(0, 1, 2))
    assert (ops.convert_to_numpy(exchange(np.stack(pictures).astype(np.float32), given)) == np.stack(pictures)).all()
    boxes, classes = [[[10, 8, 20, 16]], [[0, 0, 0, 0]], [[2, 2, 9, 9]]], [[0], [-1], [1]]
    assert told(boxes, classes, given) == [[([10, 8, 20, 16], 0)], [], [([2, 2, 9, 9], 1)]]


@settings(max_examples=20)
@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=4, max_size=4),
    st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(6, 12), st.integers(6, 12)),
)
def test_what_one_picture_loses_the_other_gains(corners, place):
    boxes = np.array([[*corner, corner[0] + 8, corner[1] + 8] for corner in corners], np.float32).reshape(2, 2, 4)
    x, y, width, height = place
    _, _, seen = follow(boxes, np.zeros((2, 2), np.int32), changes([x, y, x + width, y + height]))
    seen = ops.convert_to_numpy(seen)
    assert seen[0, :2] + seen[1, 2:] == pytest.approx(np.ones(2), abs=1e-5)
    assert seen[1, :2] + seen[0, 2:] == pytest.approx(np.ones(2), abs=1e-5)


def test_a_place_is_made_as_light_as_what_is_round_it():
    full, empty = scene((10, 8, 20, 16)), scene(light=30)
    pictures, given = exchanged([full, empty], [6, 4, 24, 20])
    assert ops.convert_to_numpy(given["lift"]).tolist() == [[-30] * 3, [30] * 3]
    assert (pictures[0] == scene()).all()
    assert pictures[1, 12, 15].tolist() == [250] * 3
    assert pictures[1, 6, 8].tolist() == [130] * 3


def test_a_place_that_does_not_fit_stays_where_it_is():
    # A track on one side only: a seam across it would break it, and no truth tells of that.
    tracked = scene((0, 11, 32, 14))
    pictures, given = exchanged([tracked, scene((10, 8, 20, 16))], [6, 4, 24, 20])
    assert ops.convert_to_numpy(given["partner"]).tolist() == [0, 1]
    assert (pictures[0] == tracked).all()
    assert told([[[0, 0, 0, 0]], [[10, 8, 20, 16]]], [[-1], [0]], given) == [[], [([10, 8, 20, 16], 0)]]


def test_a_place_that_reaches_out_of_the_picture_is_exchanged_as_far_as_there_is_one():
    full, empty = scene((0, 0, 10, 10)), scene()
    pictures, given = exchanged([full, empty], [-6, -6, 14, 14])
    assert (pictures[1] == full).all()
    assert told([[[0, 0, 10, 10]], [[0, 0, 0, 0]]], [[0], [-1]], given) == [[], [([0, 0, 10, 10], 0)]]

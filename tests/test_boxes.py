"""Geometry with the answers written out, and what must hold for any boxes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from inspector.boxes import EMPTY, Boxes, area, as_boxes, at_one_place, center, clip, inside, intersection, iou


@st.composite
def boxes(draw: st.DrawFn) -> Boxes:
    """Up to five boxes in whole pixels of a picture of 100x100."""
    edges = st.integers(0, 99)
    sizes = st.integers(1, 50)
    corners = draw(st.lists(st.tuples(edges, edges, sizes, sizes), max_size=5))
    return as_boxes([(x, y, x + width, y + height) for x, y, width, height in corners])


def test_nothing_is_no_box() -> None:
    for empty in ([], np.zeros((0, 4))):
        assert as_boxes(empty).shape == (0, 4)
    assert not EMPTY.flags.writeable
    assert as_boxes([]).flags.writeable


def test_boxes_are_float32_and_a_copy() -> None:
    mine = np.array([[0, 0, 2, 3]], np.float32)
    made = as_boxes(mine)
    made[0, 0] = 1
    assert (made.dtype, mine[0, 0]) == (np.float32, 0)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ([0, 0, 1, 1], r"shape \(n, 4\), these have \(4,\)"),
        ([[0, 0, 1]], r"shape \(n, 4\), these have \(1, 3\)"),
        ([[], []], r"shape \(n, 4\), these have \(2, 0\)"),
        (7, r"shape \(n, 4\), these have \(\)"),
        ([[0, 0, 1, float("nan")]], "not finite"),
        ([[0, 0, float("inf"), 1]], "not finite"),
        ([[0, 0, 1, 1], [5, 5, 5, 6]], r"this one is \[5\.0, 5\.0, 5\.0, 6\.0\]"),
        ([[0, 9, 1, 1]], "ymin < ymax"),
    ],
)
def test_what_is_no_box(values: object, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        as_boxes(values)  # type: ignore[arg-type]


def test_area_center_and_clip() -> None:
    some = as_boxes([[0, 0, 2, 3], [-10, 5, 30, 6]])
    np.testing.assert_array_equal(area(some), [6, 40])
    np.testing.assert_array_equal(center(some), [[1, 1.5], [10, 5.5]])
    np.testing.assert_array_equal(clip(some, 20, 4), [[0, 0, 2, 3], [0, 4, 20, 4]])
    np.testing.assert_array_equal(area(clip(some, 20, 4)), [6, 0])


def test_intersection_over_union() -> None:
    a = as_boxes([[0, 0, 4, 4], [10, 10, 12, 12]])
    b = as_boxes([[2, 2, 6, 6], [0, 0, 4, 4], [4, 0, 8, 4]])
    np.testing.assert_array_equal(intersection(a, b), [[4, 16, 0], [0, 0, 0]])
    np.testing.assert_allclose(iou(a, b), [[4 / 28, 1, 0], [0, 0, 0]], rtol=1e-6)


def test_boxes_without_area_overlap_nothing() -> None:
    flat: Boxes = np.array([[3, 3, 3, 3]], np.float32)
    assert iou(flat, flat).tolist() == [[0]]


def test_a_region_holds_its_left_and_top_edge_only() -> None:
    centers = [(10, 10), (20, 15), (15, 20), (19, 19)]
    some = as_boxes([(x - 1, y - 1, x + 1, y + 1) for x, y in centers])
    assert inside(some, (10, 10, 20, 20)).tolist() == [True, False, False, True]


def test_two_boxes_are_at_one_place_where_each_holds_the_other_s_centre() -> None:
    place, bar, beside, around = [0, 0, 40, 40], [0, 15, 40, 25], [25, 15, 65, 25], [-60, 0, 50, 40]
    told = at_one_place(as_boxes([place]), as_boxes([bar, beside, around]))
    # The middle of what lies beside is at x = 45; that of what lies around at x = -5, outside of the place.
    assert told.tolist() == [[True, False, False]]
    assert at_one_place(as_boxes([]), as_boxes([place])).shape == (0, 1)


@given(boxes(), boxes())
def test_more_than_half_in_common_is_one_place(a: Boxes, b: Boxes) -> None:
    told = at_one_place(a, b)
    assert told[iou(a, b) > 0.5].all()
    assert not told[intersection(a, b) == 0].any()
    assert np.array_equal(told.T, at_one_place(b, a))


@given(boxes(), boxes())
def test_overlap_is_mutual_and_at_most_one(a: Boxes, b: Boxes) -> None:
    overlaps = iou(a, b)
    assert overlaps.shape == (len(a), len(b))
    assert overlaps.dtype == np.float32
    assert ((overlaps >= 0) & (overlaps <= 1)).all()
    np.testing.assert_array_equal(overlaps, iou(b, a).T)
    np.testing.assert_array_equal(np.diag(iou(a, a)), np.ones(len(a)))


@given(boxes(), st.integers(-20, 20), st.integers(-20, 20))
def test_overlap_does_not_depend_on_where_the_origin_is(a: Boxes, dx: int, dy: int) -> None:
    shift = np.array([dx, dy, dx, dy], np.float32)
    np.testing.assert_array_equal(iou(a, a), iou(a + shift, a + shift))


@given(boxes())
def test_no_function_writes_into_its_argument(a: Boxes) -> None:
    before: NDArray[np.float32] = a.copy()
    a.flags.writeable = False
    for made in (area(a), center(a), clip(a, 50, 50), iou(a, a), inside(a, (0, 0, 50, 50))):
        assert not np.shares_memory(made, a)
    np.testing.assert_array_equal(a, before)

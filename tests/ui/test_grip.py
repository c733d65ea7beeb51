"""Where a box is grabbed, and what it becomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt5.QtCore import QPointF, QRectF

from ui.widgets.grip import HANDLES, LEAST, WHOLE, XYXY, Grip, grip_at, handle, pulled, spanned

BOX = QRectF(100, 100, 90, 60)
SIZE = (200, 100)


@pytest.mark.parametrize("grip", HANDLES)
def test_each_handle_is_grabbed_where_it_is_drawn(grip: Grip) -> None:
    assert grip_at(BOX, handle(BOX, grip), 10) == grip
    outside = handle(BOX, grip) + QPointF(grip.x * 9, grip.y * 9)
    assert grip_at(BOX, outside, 10) == grip
    assert grip_at(BOX, outside + QPointF(grip.x * 2, grip.y * 2), 10) is None


def test_the_middle_of_a_small_box_moves_it() -> None:
    assert grip_at(BOX, BOX.center(), 100) == WHOLE
    tiny = QRectF(0, 0, 6, 6)
    assert grip_at(tiny, QPointF(3, 3), 20) == WHOLE
    assert grip_at(tiny, QPointF(1, 5), 20) == Grip(-1, 1)


def test_a_box_is_moved_whole_and_stays_in_the_picture() -> None:
    box = (10.5, 20.0, 50.5, 40.0)
    assert pulled(box, WHOLE, (5.4, -3.0), SIZE) == (15.5, 17.0, 55.5, 37.0)
    assert pulled(box, WHOLE, (-99, 99), SIZE) == (0.0, 80.0, 40.0, 100.0)


def test_an_edge_is_pulled_to_a_whole_pixel() -> None:
    box = (10.5, 20.0, 50.5, 40.0)
    assert pulled(box, Grip(1, 0), (3.2, 50), SIZE) == (10.5, 20.0, 54.0, 40.0)
    assert pulled(box, Grip(-1, -1), (-99, 99), SIZE) == (0.0, 38.0, 50.5, 40.0)


@given(
    st.tuples(st.floats(0, 90), st.floats(0, 40), st.floats(95, 200), st.floats(45, 100)),
    st.sampled_from((WHOLE, *HANDLES)),
    st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
    st.sampled_from((LEAST, 5.0)),
)
def test_however_it_is_pulled_it_is_a_box_in_the_picture(
    box: XYXY, grip: Grip, by: tuple[float, float], least: float
) -> None:
    xmin, ymin, xmax, ymax = pulled(box, grip, by, SIZE, least)
    assert -1e-9 <= xmin <= xmax - least + 1e-9
    assert -1e-9 <= ymin <= ymax - least + 1e-9
    assert xmax <= SIZE[0] + 1e-9
    assert ymax <= SIZE[1] + 1e-9


def test_a_box_is_drawn_from_any_corner_and_cut_off_at_the_edge() -> None:
    assert spanned(QPointF(30.4, 50), QPointF(10, 20), SIZE) == (10, 20, 30, 50)
    assert spanned(QPointF(-9, -9), QPointF(999, 999), SIZE) == (0, 0, 200, 100)
    assert spanned(QPointF(10, 20), QPointF(11, 60), SIZE) is None
    assert spanned(QPointF(-50, 20), QPointF(-10, 60), SIZE) is None

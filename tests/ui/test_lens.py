"""Which part of a picture is seen: what lies under the pointer stays there, and no border opens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt5.QtCore import QPointF, QRectF

from ui.widgets.lens import LARGEST, Lens

PLACE = QRectF(0, 0, 400, 300)
WIDE = (800, 200)
sides, factors = st.integers(1, 4000), st.floats(0.1, 10)
points = st.tuples(st.floats(0, 400), st.floats(0, 300))


def test_a_picture_is_first_seen_whole_and_in_the_middle() -> None:
    lens = Lens.fitted(WIDE, PLACE)
    assert lens.to_screen((0, 0, 800, 200)) == QRectF(0, 100, 400, 100)
    assert lens.to_picture(QPointF(200, 150)) == QPointF(400, 100)


def test_what_is_pointed_at_stays_under_the_pointer() -> None:
    lens, at = Lens.fitted(WIDE, PLACE), QPointF(100, 150)
    there = lens.to_picture(at)
    for _ in range(5):
        lens = lens.zoomed(1.5, at, WIDE, PLACE)
    assert lens.scale == pytest.approx(0.5 * 1.5**5)
    assert lens.to_picture(at).x() == pytest.approx(there.x())


def test_a_picture_that_is_pushed_stops_at_its_edge() -> None:
    lens = Lens.fitted(WIDE, PLACE).zoomed(4, QPointF(200, 150), WIDE, PLACE)
    pushed = lens.moved(QPointF(1e6, -1e6), WIDE, PLACE)
    assert (pushed.left, pushed.top) == (0, 300 - 400)
    assert lens.moved(QPointF(), WIDE, PLACE) == lens


@given(st.tuples(sides, sides), factors, points, st.tuples(st.floats(-999, 999), st.floats(-999, 999)))
def test_no_border_opens(
    size: tuple[int, int], factor: float, at: tuple[float, float], by: tuple[float, float]
) -> None:
    lens = Lens.fitted(size, PLACE).zoomed(factor, QPointF(*at), size, PLACE).moved(QPointF(*by), size, PLACE)
    seen = lens.to_screen((0, 0, *size))
    assert seen.width() >= 400 - 1e-6 or seen.height() >= 300 - 1e-6
    for low, high, room in ((seen.left(), seen.right(), 400), (seen.top(), seen.bottom(), 300)):
        if high - low >= room:
            assert low <= 1e-6
            assert high >= room - 1e-6
        else:
            assert low + high == pytest.approx(room)


def test_there_is_a_nearest_and_a_farthest() -> None:
    whole = Lens.fitted(WIDE, PLACE)
    assert whole.zoomed(0.1, QPointF(), WIDE, PLACE) == whole
    assert whole.zoomed(1e9, QPointF(), WIDE, PLACE).scale == LARGEST

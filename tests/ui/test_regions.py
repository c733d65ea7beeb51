"""How a region is taken hold of, moved and resized."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.sketch import LEAST_SIDE, Box
from ui.regions import HANDLES, Grip, dragged, grip_at, handle, middle, moved, spanned

SIZE = (640, 360)
BOX = (100.0, 100.0, 300.0, 200.0)


@pytest.mark.parametrize(
    ("x", "y", "grip"),
    [
        (100, 100, Grip.TOP_LEFT),
        (205, 95, Grip.TOP),
        (310, 210, Grip.BOTTOM_RIGHT),
        (92, 150, Grip.LEFT),
        (200, 150, Grip.INSIDE),
        (50, 50, None),
        (330, 150, None),
    ],
)
def test_what_a_finger_takes_hold_of(x: float, y: float, grip: Grip | None) -> None:
    assert grip_at(BOX, x, y, reach=20) is grip


def test_a_small_region_can_still_be_moved_and_resized() -> None:
    small = (100.0, 100.0, 112.0, 112.0)
    assert grip_at(small, 106, 106, reach=24) is Grip.INSIDE
    assert grip_at(small, 114, 114, reach=24) is Grip.BOTTOM_RIGHT


@pytest.mark.parametrize("grip", HANDLES)
def test_each_handle_moves_its_own_sides(grip: Grip) -> None:
    result = dragged(BOX, grip, 10, 10, SIZE)
    across, down = grip.value
    assert [b - a for a, b in zip(BOX, result, strict=True)] == [
        10 * (across < 0),
        10 * (down < 0),
        10 * (across > 0),
        10 * (down > 0),
    ]
    assert handle(result, grip) == (handle(BOX, grip)[0] + 10 * abs(across), handle(BOX, grip)[1] + 10 * abs(down))


boxes = st.tuples(st.floats(0, 600), st.floats(0, 300), st.floats(8, 40), st.floats(8, 60)).map(
    lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
)
far = st.floats(-2000, 2000)


@given(boxes, st.sampled_from(list(Grip)), far, far)
def test_a_region_never_leaves_the_frame_nor_turns_over(box: Box, grip: Grip, dx: float, dy: float) -> None:
    left, top, right, bottom = dragged(box, grip, dx, dy, SIZE)
    assert left >= 0
    assert top >= 0
    assert right <= SIZE[0] + 1e-6
    assert bottom <= SIZE[1] + 1e-6
    assert min(right - left, bottom - top) >= LEAST_SIDE - 1e-6


def test_a_region_keeps_its_size_where_the_frame_ends() -> None:
    assert moved(BOX, -500, 30, SIZE) == (0, 130, 200, 230)
    assert moved(BOX, 500, 500, SIZE) == (440, 260, 640, 360)


def test_a_region_spans_two_points_whichever_comes_first() -> None:
    assert spanned(300, 20, -50, 400, SIZE) == (0, 20, 300, 360)
    assert middle(SIZE) == (160, 90, 480, 270)

"""How a region is taken hold of, moved and resized. Pure; boxes are xyxy in pixels of the frame."""

from enum import Enum

from inspector.sketch import LEAST_SIDE, Box

Size = tuple[int, int]
"""(width, height) in pixels of the frame."""


class Grip(Enum):
    """Where a region is held: which of its sides move along, left and top -1, right and bottom 1."""

    INSIDE = (0, 0)
    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)


HANDLES = tuple(grip for grip in Grip if grip is not Grip.INSIDE)


def handle(box: Box, grip: Grip) -> tuple[float, float]:
    """Where a handle stands on a box."""
    across, down = grip.value
    return (
        (box[0] + box[2]) / 2 + across * (box[2] - box[0]) / 2,
        (box[1] + box[3]) / 2 + down * (box[3] - box[1]) / 2,
    )


def grip_at(box: Box, x: float, y: float, reach: float) -> Grip | None:
    """What of a box a finger takes hold of: the nearest handle within reach, else the inside; None beside it.

    The reach is less on a small box, or nobody could move it.
    """
    near = min(reach, max(reach / 6, min(box[2] - box[0], box[3] - box[1]) / 3))
    inside = box[0] <= x <= box[2] and box[1] <= y <= box[3]
    reached = {grip: max(abs(x - handle(box, grip)[0]), abs(y - handle(box, grip)[1])) for grip in HANDLES}
    nearest = min(HANDLES, key=lambda grip: reached[grip])
    if reached[nearest] <= (near if inside else reach):
        return nearest
    return Grip.INSIDE if inside else None


def dragged(box: Box, grip: Grip, dx: float, dy: float, size: Size) -> Box:
    """The box with what is held moved so far; it stays inside the frame and no side passes the other."""
    if grip is Grip.INSIDE:
        return moved(box, dx, dy, size)
    across, down = grip.value
    left, right = _pulled(box[0], box[2], across, dx, size[0])
    top, bottom = _pulled(box[1], box[3], down, dy, size[1])
    return left, top, right, bottom


def moved(box: Box, dx: float, dy: float, size: Size) -> Box:
    """The whole box so far away, or as far as the frame goes."""
    dx = min(max(dx, -box[0]), size[0] - box[2])
    dy = min(max(dy, -box[1]), size[1] - box[3])
    return box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy


def spanned(x: float, y: float, to_x: float, to_y: float, size: Size) -> Box:
    """The box between two points, inside the frame."""
    xs = sorted(min(max(value, 0), size[0]) for value in (x, to_x))
    ys = sorted(min(max(value, 0), size[1]) for value in (y, to_y))
    return xs[0], ys[0], xs[1], ys[1]


def middle(size: Size) -> Box:
    """A first region: the middle of the frame, half of either side."""
    return size[0] // 4, size[1] // 4, size[0] * 3 // 4, size[1] * 3 // 4


def _pulled(low: float, high: float, side: int, by: float, limit: int) -> tuple[float, float]:
    if side < 0:
        low = min(max(low + by, 0), high - LEAST_SIDE)
    elif side > 0:
        high = max(min(high + by, limit), low + LEAST_SIDE)
    return low, high

"""A part of a camera's picture."""

from typing import Annotated

from pydantic import AfterValidator


def _in_order(value: tuple[float, float, float, float] | None) -> tuple[float, float, float, float] | None:
    if value is not None and not (0 <= value[0] < value[2] and 0 <= value[1] < value[3]):
        raise ValueError("a region is [xmin, ymin, xmax, ymax] with xmin < xmax and ymin < ymax, none below 0")
    return value


Region = Annotated[tuple[float, float, float, float] | None, AfterValidator(_in_order)]
"""(xmin, ymin, xmax, ymax) in pixels of the frame; None is all of it."""

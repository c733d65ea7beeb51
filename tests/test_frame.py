"""A picture and its moment."""

from datetime import UTC, timedelta

import numpy as np
import pytest

from inspector.frame import Frame, freeze, utc_now


def test_a_frozen_image_cannot_be_drawn_on() -> None:
    image = freeze(np.zeros((4, 6, 3), np.uint8))
    with pytest.raises(ValueError, match="read-only"):
        image[0, 0] = 255


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((4, 6), np.uint8),
        np.zeros((4, 6, 4), np.uint8),
        np.zeros((0, 6, 3), np.uint8),
        np.zeros((4, 6, 3), np.float32),
    ],
)
def test_what_is_no_image(array: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"\(H, W, 3\) uint8 BGR"):
        freeze(array)


def test_size_is_width_and_height() -> None:
    assert Frame(freeze(np.zeros((4, 6, 3), np.uint8)), 0, 0.0, utc_now(), "a").size == (6, 4)


def test_the_wall_clock_knows_its_zone() -> None:
    now = utc_now()
    assert (now.tzinfo, now.utcoffset()) == (UTC, timedelta(0))

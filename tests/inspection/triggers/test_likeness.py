"""Whether the same thing lies there: noise and light make no difference, a screw, a shift and other marks do."""

from typing import Any

import numpy as np
import pytest

from inspector.frame import freeze
from inspector.inspection.triggers.likeness import Lying, blocks_of, cut, differs
from tests.inspection.triggers.bench import LIES_AT, scene

PLACE = (90.0, 70.0, 210.0, 170.0)


def lying(first: int, count: int = 5, place: tuple[float, float, float, float] | None = None, **shown: Any) -> Lying:
    return Lying(*(blocks_of(cut(scene(seed=first + i, **shown), place)) for i in range(count)))


@pytest.mark.parametrize("place", [None, PLACE])
@pytest.mark.parametrize("noise", [0.0, 2.0, 8.0])
def test_the_same_picture_with_other_noise_is_the_same(
    place: tuple[float, float, float, float] | None, noise: float
) -> None:
    first = lying(0, place=place, noise=noise)
    assert not any(differs(first, lying(100 * i, place=place, noise=noise)) for i in range(1, 9))


@pytest.mark.parametrize("light", [0.5, 0.8, 0.95, 1.02])
def test_another_light_is_no_difference(light: float) -> None:
    assert not differs(lying(0), lying(100, light=light))


@pytest.mark.parametrize("place", [None, PLACE])
@pytest.mark.parametrize(
    "other",
    [{"screw": False}, {"marks": 1}, {"x": LIES_AT + 2}, {"x": LIES_AT - 1}, {"x": None}, {"hand": 120}],
    ids=["no screw", "other marks", "moved by two pixels", "moved by one", "gone", "a hand on it"],
)
def test_something_else_is_another_look(place: tuple[float, float, float, float] | None, other: dict[str, Any]) -> None:
    assert all(differs(lying(0, place=place), lying(100 * i, place=place, **other)) for i in range(1, 5))


def test_the_same_look_to_the_pixel_cannot_be_told_from_another_thing() -> None:
    """An exchange for an identical one is not seen here, and nothing pretends that it is."""
    assert not differs(lying(0), lying(500))


def test_what_happens_outside_the_place_does_not_matter() -> None:
    assert not differs(lying(0, place=PLACE), lying(100, place=PLACE, hand=60))
    assert differs(lying(0), lying(100, hand=60))


def test_a_light_that_creeps_is_followed() -> None:
    here = Lying(*(blocks_of(scene(light=0.6 + i / 1000, seed=i)) for i in range(300)))
    assert here.mean is not None
    now = blocks_of(scene(light=0.9, seed=1000))
    assert abs(float(np.mean(here.mean)) / float(np.mean(now)) - 1) < 0.05


def test_pictures_of_another_size_are_another_look() -> None:
    small = freeze(np.full((48, 48, 3), 90, np.uint8))
    assert differs(lying(0), Lying(blocks_of(small)))


def test_nothing_seen_is_like_nothing() -> None:
    assert differs(Lying(), Lying())


def test_a_place_that_the_picture_does_not_have_is_all_of_it() -> None:
    small = freeze(np.full((48, 64, 3), 90, np.uint8))
    assert cut(small, (100, 100, 200, 200)).shape == small.shape
    assert cut(small, (10, 20, 30, 50)).shape == (28, 20, 3)

"""When the picture rests: noise, drift and flicker are rest; a moving part, however small, is not."""

import numpy as np
import pytest

from inspector.frame import Image, freeze
from inspector.inspection.rest import SETTLED, Rest

GRAIN = np.random.default_rng(0).normal(0, 1, (8, 240, 320)).astype(np.float32)


def scene(x: float, noise: float = 0.0, light: float = 1.0, shadow: float | None = None, seed: int = 0) -> Image:
    """A bright plate of 60x60 pixels at x on a shaded ground, 320x240; a soft shadow 80 pixels wide around `shadow`."""
    ground = np.linspace(70, 130, 320, dtype=np.float32)[None, :].repeat(240, axis=0)
    columns = np.clip(np.arange(320) - x, -0.5, 0.5) - np.clip(np.arange(320) - x - 60, -0.5, 0.5)
    ground[90:150] += (90 * columns).astype(np.float32)
    if shadow is not None:
        ground *= 1 - 0.2 * np.exp(-(((np.arange(320) - shadow) / 40) ** 2)).astype(np.float32)
    image = light * ground + noise * np.roll(GRAIN[seed % 8], seed, axis=1)
    return freeze(np.clip(image, 0, 255).astype(np.uint8)[..., None].repeat(3, axis=2))


def said(pictures: list[Image]) -> list[bool]:
    rest = Rest()
    return [rest.add(picture) for picture in pictures]


@pytest.mark.parametrize("noise", [0.0, 3.0, 12.0])
def test_a_still_picture_rests_after_it_settled_in_spite_of_noise(noise: float) -> None:
    answers = said([scene(100, noise, seed=i) for i in range(30)])
    assert answers == [False] * SETTLED + [True] * (30 - SETTLED)


@pytest.mark.parametrize("speed", [0.5, 2.0, 20.0])
@pytest.mark.parametrize("noise", [0.0, 3.0])
def test_a_moving_part_is_no_rest(speed: float, noise: float) -> None:
    assert not any(said([scene(25 + speed * i, noise, seed=i) for i in range(12)]))


def test_motion_ends_the_rest_and_the_rest_comes_back() -> None:
    places = [50.0] * 10 + [50 + 10.0 * i for i in range(10)] + [140.0] * 10
    answers = said([scene(x, 3.0, seed=i) for i, x in enumerate(places)])
    assert answers[9]
    assert not any(answers[11:21])
    assert answers[-1]


def test_a_part_that_is_swapped_between_two_pictures_is_motion() -> None:
    answers = said([scene(x, 3.0, seed=i) for i, x in enumerate([50] * 10 + [54] * 10)])
    assert answers[9]
    assert not answers[10]


def test_light_that_rises_everywhere_is_no_motion() -> None:
    answers = said([scene(100, 3.0, light=0.7 + 0.01 * i, seed=i) for i in range(40)])
    assert all(answers[SETTLED:])


def test_a_lamp_that_flickers_is_no_motion() -> None:
    answers = said([scene(100, 3.0, light=0.95 + 0.05 * (i % 2), seed=i) for i in range(40)])
    assert all(answers[SETTLED:])


def test_a_shadow_that_passes_is_no_motion() -> None:
    answers = said([scene(100, 3.0, shadow=-100 + 10.0 * i, seed=i) for i in range(50)])
    assert all(answers[SETTLED:])


def test_a_creeping_part_is_noticed() -> None:
    answers = said([scene(50 + 0.125 * i, 0.0) for i in range(60)])
    assert not all(answers[SETTLED:])

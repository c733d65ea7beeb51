"""When the picture rests: noise, drift and flicker are rest; a moving part, however small, is not."""

import numpy as np
import pytest

from inspector.frame import Image, freeze
from inspector.inspection.rest import SETTLED, Rest


def scene(x: float, noise: float = 0.0, light: float = 0.0, seed: int = 0) -> Image:
    """A bright plate of 120x120 pixels at x on a shaded ground, 640x480."""
    ground = np.linspace(70, 130, 640, dtype=np.float32)[None, :].repeat(480, axis=0)
    columns = np.clip(np.arange(640) - x, -0.5, 0.5) - np.clip(np.arange(640) - x - 120, -0.5, 0.5)
    ground[180:300] += 90 * columns[None, :]
    image = ground + light + np.random.default_rng(seed).normal(0, noise, ground.shape)
    return freeze(np.clip(image, 0, 255).astype(np.uint8)[..., None].repeat(3, axis=2))


def said(pictures: list[Image]) -> list[bool]:
    rest = Rest()
    return [rest.add(picture) for picture in pictures]


@pytest.mark.parametrize("noise", [0.0, 3.0, 12.0])
def test_a_still_picture_rests_after_it_settled_in_spite_of_noise(noise: float) -> None:
    answers = said([scene(200, noise, seed=i) for i in range(30)])
    assert answers == [False] * SETTLED + [True] * (30 - SETTLED)


@pytest.mark.parametrize("speed", [1.0, 4.0, 40.0])
@pytest.mark.parametrize("noise", [0.0, 3.0])
def test_a_moving_part_is_no_rest(speed: float, noise: float) -> None:
    assert not any(said([scene(50 + speed * i, noise, seed=i) for i in range(12)]))


def test_motion_ends_the_rest_and_the_rest_comes_back() -> None:
    places = [100.0] * 10 + [100 + 20.0 * i for i in range(10)] + [280.0] * 10
    answers = said([scene(x, 3.0, seed=i) for i, x in enumerate(places)])
    assert answers[9]
    assert not any(answers[11:21])
    assert answers[-1]


def test_a_part_that_is_swapped_between_two_pictures_is_motion() -> None:
    answers = said([scene(x, 3.0, seed=i) for i, x in enumerate([100] * 10 + [108] * 10)])
    assert answers[9]
    assert not answers[10]


def test_light_that_rises_everywhere_is_no_motion() -> None:
    answers = said([scene(200, 3.0, light=0.8 * i, seed=i) for i in range(40)])
    assert all(answers[SETTLED:])


def test_a_creeping_part_is_noticed() -> None:
    answers = said([scene(100 + 0.25 * i, 0.0) for i in range(60)])
    assert not all(answers[SETTLED:])

import cv2
import numpy as np
import pytest

from inspector.frame import Image, freeze
from inspector.inspection.guard.lighting import Lighting, glare
from tests.labeling.test_flow import noise

VIEW = freeze(cv2.merge([noise(seed, 640, 480) // 2 + 40 for seed in (1, 2, 3)]))


def times(blue: float, green: float, red: float) -> Image:
    return freeze(np.clip(VIEW * np.array([blue, green, red]), 0, 255).astype(np.uint8))


def test_the_same_picture_is_as_it_was() -> None:
    light = Lighting(VIEW).of(VIEW)
    assert light is not None
    assert (light.bright, light.red, light.blue) == (1, 1, 1)


@pytest.mark.parametrize(
    ("gains", "bright", "red", "blue"),
    [
        ((1.5, 1.5, 1.5), 1.5, 1, 1),
        ((0.5, 0.5, 0.5), 0.5, 1, 1),
        ((1, 1, 1.2), 1.07, 1.2, 1),
        ((1.3, 1, 1), 1.1, 1, 1.3),
    ],
)
def test_light_and_colour_are_measured(
    gains: tuple[float, float, float], bright: float, red: float, blue: float
) -> None:
    light = Lighting(VIEW).of(times(*gains))
    assert light is not None
    assert light.bright == pytest.approx(bright, abs=0.03)
    assert light.red == pytest.approx(red, abs=0.02)
    assert light.blue == pytest.approx(blue, abs=0.02)


def test_a_workpiece_of_another_colour_over_two_thirds_is_no_change_of_the_light() -> None:
    picture = VIEW.copy()
    picture[:, :420] = (20, 200, 240)
    light = Lighting(VIEW).of(freeze(picture))
    assert light is not None
    assert (light.bright, light.red, light.blue) == (1, 1, 1)


def test_a_black_view_tells_nothing() -> None:
    black = freeze(np.zeros_like(VIEW))
    assert Lighting(black).of(VIEW) is None


def test_glare_is_the_share_where_all_colours_are_at_their_end() -> None:
    picture = np.full((40, 40, 3), 100, np.uint8)
    picture[:10, :20] = 255
    picture[20:, :] = (255, 255, 10)  # a yellow thing
    assert glare(freeze(picture), (slice(None), slice(None))) == 200 / 1600
    assert glare(freeze(picture), (slice(0, 20), slice(0, 20))) == 0.5

from datetime import UTC, datetime

import numpy as np
import pytest

from inspector.capture.checks import Repeats, light, same_picture, stale
from inspector.frame import Frame, Image, freeze


def grey(level: int, height: int = 80, width: int = 160) -> Image:
    return freeze(np.full((height, width, 3), level, np.uint8))


def frame(image: Image, number: int, time_s: float, stream_s: float | None = None) -> Frame:
    return Frame(image, number, time_s, datetime.now(UTC), "camera", stream_s=stream_s)


@pytest.mark.parametrize(("age_s", "faulty"), [(0.0, False), (1.0, False), (1.01, True), (60.0, True)])
def test_a_picture_is_stale_after_a_second(age_s: float, faulty: bool) -> None:
    assert (stale(age_s) is not None) is faulty


@pytest.mark.parametrize(("level", "word"), [(0, "dark"), (20, "dark"), (250, "blown out"), (255, "blown out")])
def test_black_and_white_are_told(level: int, word: str) -> None:
    assert word in (light(grey(level)) or "")


@pytest.mark.parametrize("level", [21, 128, 249])
def test_grey_is_fine(level: int) -> None:
    assert light(grey(level)) is None


def test_one_lit_corner_in_the_dark_is_a_picture() -> None:
    image = np.zeros((80, 160, 3), np.uint8)
    image[:16, :16] = 200  # 4 of the 200 pixels that are looked at
    assert light(freeze(image)) is None


def test_one_colour_channel_is_enough_to_see_by() -> None:
    image = np.zeros((80, 160, 3), np.uint8)
    image[..., 2] = 180
    assert light(freeze(image)) is None


def test_a_picture_smaller_than_the_grid_is_judged_too() -> None:
    assert light(grey(0, 1, 1)) is not None


def test_one_changed_bit_between_the_grid_points_makes_another_picture() -> None:
    image = np.full((80, 160, 3), 100, np.uint8)
    other = image.copy()
    other[3, 5, 1] ^= 1
    assert same_picture(image, image.copy())
    assert not same_picture(image, other)
    assert not same_picture(image, image[:40])


def test_frozen_after_ten_repeats_and_half_a_second() -> None:
    repeats = Repeats()
    found = []
    for number in range(20):
        repeats.see(frame(grey(100), number, number / 30))
        found.append(repeats.frozen is not None)
    # 15/30 s is the first moment that is both 10 repeats and half a second on.
    assert found == [False] * 15 + [True] * 5
    assert "sends nothing new" in (repeats.frozen or "")


def test_a_still_scene_in_a_stream_whose_time_goes_on_is_not_frozen() -> None:
    repeats = Repeats()
    for number in range(60):
        repeats.see(frame(grey(100), number, number / 30, stream_s=number / 25))
        assert (repeats.count, repeats.frozen) == (0, None)


@pytest.mark.parametrize("stream_s", [None, 7.0])
def test_a_still_scene_in_a_stream_whose_time_stands_still_is_frozen(stream_s: float | None) -> None:
    repeats = Repeats()
    for number in range(20):
        repeats.see(frame(grey(100), number, number / 30, stream_s))
    assert repeats.frozen is not None


def test_a_stream_that_begins_anew_goes_on_from_there() -> None:
    repeats = Repeats()
    counts = []
    for number, stream_s in enumerate((8.0, 8.1, 0.0, 0.1, 0.2)):
        repeats.see(frame(grey(100), number, number / 30, stream_s))
        counts.append(repeats.count)
    assert counts == [0, 0, 1, 0, 0]


def test_a_few_old_pictures_handed_out_in_turn_are_frozen_too() -> None:
    repeats = Repeats()
    for number in range(30):
        repeats.see(frame(grey(100 + number % 4), number, number / 30))
    assert repeats.count == 26
    assert repeats.frozen is not None


def test_a_picture_that_comes_again_after_many_others_is_new() -> None:
    repeats = Repeats()
    for number in range(60):
        repeats.see(frame(grey(100 + number % 20), number, number / 30))
    assert repeats.count == 0


def test_a_slow_camera_needs_ten_repeats_as_well() -> None:
    repeats = Repeats()
    for number in range(10):
        repeats.see(frame(grey(100), number, number * 1.0))
    assert repeats.count == 9
    assert repeats.frozen is None
    repeats.see(frame(grey(100), 10, 10.0))
    assert repeats.frozen is not None


def test_a_new_picture_thaws_it() -> None:
    repeats = Repeats()
    for number in range(30):
        repeats.see(frame(grey(100), number, number / 30))
    repeats.see(frame(grey(101), 30, 1.0))
    assert repeats.frozen is None
    assert (repeats.count, repeats.lasts_s) == (0, 0.0)

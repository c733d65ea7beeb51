"""What two recordings of one place differ in, beside what they show."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from inspector.capture.video import decode
from inspector.errors import FileProblems, InputError
from inspector.frame import Image, freeze
from inspector.labeling.fingerprint import FILE, SAMPLE, VIEW, Seen, differences, read_fingerprint, seen_in
from tests.labeling.test_flow import noise

WIDTH, HEIGHT = 320, 240
RNG = np.random.default_rng(5)
GROUND = cv2.merge([noise(seed, WIDTH, HEIGHT) // 2 + 50 for seed in (7, 8, 9)])
THING = cv2.merge([noise(seed, 60, 50) // 3 + 20 for seed in (4, 5, 6)])
Change = Callable[[Image], Image]


def same(image: Image) -> Image:
    return image


def film(change: Change = same, thing: bool = True, slides: int = 0) -> Seen:
    """Ten frames of the ground with a sensor's noise, and a thing on it that may slide."""
    frames = []
    for number in range(10):
        picture = np.roll(GROUND, slides * number, axis=1).copy()
        if thing:
            picture[90:140, 120:180] = THING
        noisy = picture.astype(np.int16) + RNG.integers(-3, 4, picture.shape)
        frames.append(freeze(change(np.clip(noisy, 0, 255).astype(np.uint8))))
    return seen_in(frames)


def moved(x: float, y: float, degrees: float = 0, scale: float = 1) -> Change:
    place = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), degrees, scale)
    place[:, 2] += (x, y)
    return lambda image: np.asarray(
        cv2.warpAffine(image, place, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT), np.uint8
    )


def times(blue: float, green: float, red: float) -> Change:
    return lambda image: np.clip(image * np.array([blue, green, red]), 0, 255).astype(np.uint8)


def test_the_same_place_with_the_thing_and_without_does_not_differ() -> None:
    with_it, without = film(), film(thing=False)
    assert with_it.numbers.steady
    assert with_it.view.shape == (HEIGHT, WIDTH, 3)
    assert differences(with_it, without) == []
    assert differences(without, with_it) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (times(1.5, 1.5, 1.5), "it is 1.5 times as bright: keep the light and the exposure as they are"),
        (times(0.5, 0.5, 0.5), "it is only 50 % as bright"),
        (times(1, 1, 1.1), "it has 10 % more red: switch the white balance to manual"),
        (times(0.9, 1, 1), "it has 10 % less blue"),
        (lambda image: cv2.GaussianBlur(image, (0, 0), 2), "it is less sharp: look after the focus"),
        (moved(6, 0), "its view has moved by 1.9 % of the picture: fix the camera and the fixture"),
        (moved(0, 0, degrees=3), "its view has moved by"),
        (moved(0, 0, scale=1.05), "its view has moved by"),
    ],
    ids=["brighter", "darker", "redder", "less blue", "blurred", "shifted", "turned", "nearer"],
)
def test_what_differs_is_told_alone(change: Change, told: str) -> None:
    (found,) = differences(film(), film(change, thing=False))
    assert found.startswith(told)


def test_where_all_moves_the_view_tells_nothing() -> None:
    sliding = film(slides=4)
    assert not sliding.numbers.steady
    assert differences(film(), film(moved(6, 0), slides=4)) == []


def test_pictures_of_another_shape_are_told(tmp_path: Path) -> None:
    wide = film(lambda image: image[:120])
    assert differences(film(), wide) == ["its pictures have another shape: use the same camera with the same settings"]


def test_a_black_picture_is_dark_and_has_no_colour() -> None:
    black = seen_in([np.zeros((HEIGHT, WIDTH, 3), np.uint8)] * 3)
    assert (black.numbers.red, black.numbers.blue) == (1, 1)
    assert differences(film(), black)[0].startswith("it is only 1 % as bright")


def test_a_recording_without_one_has_none_and_a_damaged_one_is_told(tmp_path: Path) -> None:
    assert read_fingerprint(tmp_path) is None
    (tmp_path / FILE).write_text("format: 1\nlight: 3\n")
    with pytest.raises(FileProblems, match="'red' is missing"):
        read_fingerprint(tmp_path)
    (tmp_path / FILE).write_text("format: 1\nlight: 3\nred: 1\nblue: 1\nsharpness: 1\nsteady: true\n")
    (tmp_path / VIEW).write_bytes(b"no picture")
    with pytest.raises(InputError):
        read_fingerprint(tmp_path)


def filmed(path: Path, change: Change = same) -> Seen:
    frames = [freeze(change(picture.image())) for picture in decode(path)]
    return seen_in(frames[:: max(1, len(frames) // SAMPLE)][:SAMPLE])


def test_a_real_place_differs_by_its_bottle_alone_and_not_once_it_is_changed(shared_data: Path) -> None:
    with_it, without = (shared_data / "bottles" / f"left_{sign}.mp4" for sign in ("positive", "negative"))
    first = filmed(with_it)
    assert differences(first, filmed(without)) == []
    for change in (times(1.4, 1.4, 1.4), times(1, 1, 1.1), lambda image: cv2.GaussianBlur(image, (0, 0), 1)):
        assert differences(first, filmed(without, change))

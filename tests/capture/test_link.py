"""Worked numbers of what a USB link carries."""

import cv2
import pytest

from inspector.capture.link import Trial, best, carried_bytes_per_s, formats, raw_bytes_per_s

MJPG, RAW = ("MJPG", "YUYV"), ("YUYV", "MJPG")


@pytest.mark.parametrize(
    ("size", "megabytes"),
    [((640, 480, 30), 18.4), ((1280, 720, 30), 55.3), ((1920, 1080, 30), 124.4), ((3840, 2160, 30), 497.7)],
)
def test_raw_pictures_take_two_bytes_a_pixel(size: tuple[int, int, int], megabytes: float) -> None:
    assert raw_bytes_per_s(*size) / 1e6 == pytest.approx(megabytes, abs=0.05)


@pytest.mark.parametrize(
    ("speed", "megabytes"),
    [(12, 1.0), (480, 24.6), (5000, 393.2), (10000, 393.2), (None, 24.6), (1.5, 0)],
)
def test_a_link_carries_what_its_standard_grants_one_camera(speed: float | None, megabytes: float) -> None:
    assert carried_bytes_per_s(speed) / 1e6 == pytest.approx(megabytes, abs=0.05)


@pytest.mark.parametrize(
    ("size", "speed", "asked"),
    [
        ((640, 480, 30), 480, RAW),
        ((1280, 720, 30), 480, MJPG),
        ((1280, 720, 10), 480, RAW),
        ((1920, 1080, 30), 480, MJPG),
        ((1920, 1080, 30), 5000, RAW),
        ((1920, 1080, 90), 5000, RAW),
        ((3840, 2160, 30), 5000, MJPG),
        ((1920, 1080, 30), None, MJPG),
    ],
)
def test_raw_is_asked_for_where_it_fits(
    size: tuple[int, int, int], speed: float | None, asked: tuple[str, str]
) -> None:
    assert formats(*size, speed) == asked


def of(*rates: float, refused: tuple[int, ...] = (0, 0)) -> list[Trial]:
    return [Trial(cv2.CAP_ANY, form, no, rate) for form, no, rate in zip(RAW, refused, rates, strict=False)]


@pytest.mark.parametrize(
    ("trials", "form"),
    [
        (of(5.0, 29.9), "MJPG"),  # raw on a USB 2 hub that said it was USB 3
        (of(10.0, 10.2), "YUYV"),  # an exposure of a tenth of a second slows both
        (of(25.0, 60.0), "MJPG"),
        (of(30.0, 120.0), "YUYV"),
        (of(30.0, 30.0, refused=(1, 0)), "MJPG"),  # that size is there compressed only
        (of(30.0, 2.0, refused=(1, 0)), "YUYV"),
        (of(5.0, 30.0, refused=(0, 1)), "YUYV"),
        (of(4.0), "YUYV"),
    ],
)
def test_of_several_ways_the_one_that_keeps_and_gives_most_is_taken(trials: list[Trial], form: str) -> None:
    assert best(trials, 30).form == form


def test_a_rate_a_little_under_the_wanted_one_is_enough() -> None:
    assert Trial(0, "MJPG", 0, 29.97).does(30)
    assert not Trial(0, "MJPG", 0, 24.0).does(30)
    assert not Trial(0, "MJPG", 1, 30.0).does(30)

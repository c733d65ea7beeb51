"""What a person hears while recording, in drawn pictures at five a second."""

from collections.abc import Callable, Iterable
from itertools import count

import cv2
import numpy as np
import pytest

from inspector.frame import Frame, Image, freeze, utc_now
from inspector.labeling.coach import ENOUGH, EVERY_S, LATELY, MOST_VIEWS, TIRED, Advice, Coach, Grade
from tests.labeling.test_flow import noise

WIDTH, HEIGHT = 320, 240
GROUND = np.dstack([noise(3, WIDTH, HEIGHT) // 2 + 60] * 3)
THING = np.dstack([noise(4, 60, 50) // 3 + 20] * 3)
STILL = "Nothing new: move and turn"
REACHES = Advice.REACHES_IN


def shown(place: int, seed: int = 0, change: Callable[[Image], Image] = lambda image: image) -> Image:
    """The thing at one of many places, with a sensor's noise."""
    picture = GROUND.copy()
    x, y = 4 + place * 37 % (WIDTH - 70), 4 + place * 53 % (HEIGHT - 60)
    picture[y : y + 50, x : x + 60] = THING
    grain = np.random.default_rng(seed).integers(-2, 3, picture.shape)
    return change(np.clip(picture.astype(int) + grain, 0, 255).astype(np.uint8))


def watched(coach: Coach, images: Iterable[Image], start: int = 0) -> list[str]:
    """What is advised after each picture."""
    said = []
    for number, image in zip(count(start), images, strict=False):
        coach.see(Frame(freeze(image), number, number * EVERY_S * 1.01, utc_now(), "drawn"))
        said.append(coach.advice)
    return said


def test_where_nothing_moves_it_asks_to_move() -> None:
    coach = Coach()
    said = watched(coach, (shown(0, seed) for seed in range(15)))
    assert said[: LATELY - 1] == [""] * (LATELY - 1)
    assert said[-1].startswith(STILL)
    assert (coach.views, coach.enough) == (1, False)


def test_once_there_are_many_views_and_no_new_ones_it_is_enough() -> None:
    coach = Coach()
    # Each place twice: it comes, and it rests.
    said = watched(coach, (shown(i // 2, i) for i in range(2 * ENOUGH)))
    assert (coach.views, set(said)) == (ENOUGH, {""})
    more = watched(coach, (shown(i % ENOUGH, i) for i in range(TIRED)), 100)
    assert coach.enough
    assert more[-1] == "Enough: nothing new comes any more."
    assert coach.views == ENOUGH


def test_with_all_the_views_that_it_keeps_it_is_enough_at_once() -> None:
    coach = Coach()
    watched(coach, (shown(i, i) for i in range(2 * MOST_VIEWS)))
    assert (coach.views, coach.enough) == (MOST_VIEWS, True)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda image: image // 20, "The picture is dark"),
        (lambda image: image // 6, "The picture is dim"),
        (lambda image: cv2.rectangle(image.copy(), (0, 0), (100, 100), (255, 255, 255), -1), "tilt the lamp"),
        (lambda image: cv2.GaussianBlur(image, (0, 0), 3), "The picture is blurred"),
    ],
    ids=["dark", "dim", "glare", "blurred"],
)
def test_what_is_wrong_with_the_picture_comes_first(change: Callable[[Image], Image], told: str) -> None:
    coach = Coach()
    assert set(watched(coach, (shown(i // 2, i) for i in range(20)))) == {""}
    said = watched(coach, (shown(i // 2, i, change) for i in range(20, 28)), 20)
    assert told in said[-1]
    assert "" in watched(coach, (shown(i // 2, i) for i in range(28, 40)), 28)


def test_what_never_rests_is_told() -> None:
    coach = Coach()
    # What is on the conveyor never stops; a little of it has been at rest before.
    watched(coach, (shown(0, i) for i in range(8)))
    said = watched(coach, (shown(i, i) for i in range(8, 8 + TIRED)), 8)
    assert said[-1] == "Let it rest now and then: the station judges what rests."


def arm(image: Image) -> Image:
    """Something bright that reaches in from below, a fifth of the picture wide."""
    image[HEIGHT // 3 :, 130:190] = 235
    return image


def test_what_reaches_over_the_edge_is_told_while_it_does_for_more_than_a_moment() -> None:
    coach = Coach()
    assert REACHES not in watched(coach, (shown(i // 2, i) for i in range(3 * LATELY)))
    moment = LATELY // 2
    assert REACHES not in watched(coach, (shown(i // 2, i, arm) for i in range(moment)), 100)
    assert REACHES not in watched(coach, (shown(i // 2, i) for i in range(LATELY)), 200)
    assert watched(coach, (shown(i // 2, i, arm) for i in range(LATELY)), 300)[-1] == REACHES
    assert watched(coach, (shown(i // 2, i) for i in range(LATELY)), 400)[-1] != REACHES


def test_it_looks_five_times_a_second_only() -> None:
    coach = Coach()
    for number in range(30):
        coach.see(Frame(freeze(shown(number)), number, number / 30, utc_now(), "drawn"))
    assert coach.views == 5


@pytest.mark.parametrize(
    ("change", "light", "sharpness"),
    [
        (lambda image: image, Grade.GOOD, Grade.GOOD),
        (lambda image: image // 20, Grade.DARK, Grade.BLURRED),
        (lambda image: image // 6, Grade.DARK, Grade.BLURRED),
        (lambda image: cv2.rectangle(image.copy(), (0, 0), (100, 100), (255, 255, 255), -1), Grade.BLOWN_OUT, None),
        (lambda image: cv2.GaussianBlur(image, (0, 0), 3), Grade.GOOD, Grade.BLURRED),
    ],
    ids=["good", "dark", "dim", "glare", "blurred"],
)
def test_the_meters_say_what_the_coach_says(
    change: Callable[[Image], Image], light: Grade, sharpness: Grade | None
) -> None:
    coach = Coach()
    assert (coach.light.grade, coach.sharpness.grade) == (Grade.UNKNOWN, Grade.UNKNOWN)
    watched(coach, (shown(i // 2, i) for i in range(20)))
    assert (coach.light.grade, coach.sharpness.grade, coach.fault) == (Grade.GOOD, Grade.GOOD, Advice.NONE)
    watched(coach, (shown(i // 2, i, change) for i in range(20, 28)), 20)
    assert coach.light.grade is light
    assert sharpness in (None, coach.sharpness.grade)
    for level in (coach.light, coach.sharpness):
        assert (level.least <= level.value <= level.most) or level.grade is not Grade.GOOD
        assert level.grade is Grade.GOOD or level.value <= level.least or level.value >= level.most
        assert 0 <= level.value <= 1


def test_a_recording_counts_its_own_views_and_knows_what_is_usually_sharp() -> None:
    coach = Coach()
    watched(coach, (shown(i // 2, i) for i in range(20)))
    coach.begin()
    assert (coach.views, coach.enough) == (0, False)
    said = watched(coach, (shown(i // 2, i, lambda image: cv2.GaussianBlur(image, (0, 0), 3)) for i in range(8)), 20)
    assert said[-1] is Advice.BLURRED

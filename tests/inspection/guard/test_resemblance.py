"""Pictures held against two views of a drawn place: what is told, when, and what is not."""

from datetime import UTC, datetime

import cv2
import numpy as np
import pytest

from inspector.frame import Frame, Image, freeze
from inspector.inspection.guard.resemblance import Resemblance
from inspector.labeling.fingerprint import Seen, seen_in
from inspector.recipe import Component, Recipe
from tests.inspection.guard.test_standpoint import THING, scene

RECIPE = Recipe(name="box", frame_size=(640, 480), components=(Component(name="screw", region=(240, 170, 480, 350)),))
WITHOUT = 255 - THING
PER_S = 10


def brighter(image: Image, times: float) -> Image:
    return freeze(np.clip(image * times, 0, 255).astype(np.uint8))


def redder(image: Image, times: float) -> Image:
    return freeze(np.clip(image * np.array([1, 1, times]), 0, 255).astype(np.uint8))


def blurred(image: Image, sigma: float) -> Image:
    return freeze(np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8))


def shining(image: Image) -> Image:
    picture = image.copy()
    cv2.circle(picture, (360, 260), 50, (255, 255, 255), -1)
    return freeze(picture)


def elsewhere(seed: int) -> Image:
    """As bright and as sharp as the place, with other things in it: the same in pieces, in another order."""
    image, size = scene(), 40
    pieces = [image[y : y + size, x : x + size] for y in range(0, 480, size) for x in range(0, 640, size)]
    order = np.random.default_rng(seed).permutation(len(pieces)).reshape(12, 16)
    return freeze(np.vstack([np.hstack([pieces[i] for i in row]) for row in order]))


@pytest.fixture(scope="module")
def seen() -> list[Seen]:
    return [seen_in([scene(thing) for _ in range(5)]) for thing in (THING, WITHOUT)]


def told(resemblance: Resemblance, pictures: list[Image], from_s: float = 0) -> list[str | None]:
    """What is said after each, PER_S of them a second."""
    frames = [Frame(picture, i, from_s + i / PER_S, datetime.now(UTC), "camera") for i, picture in enumerate(pictures)]
    return [resemblance.see(frame) for frame in frames]


def test_what_was_taught_is_fine(seen: list[Seen]) -> None:
    resemblance = Resemblance(seen, [scene()], RECIPE)
    assert resemblance.unchecked == ""
    assert not any(told(resemblance, [scene(), scene(WITHOUT), scene(None), scene(at=(252, 176))] * 3))
    assert resemblance.doubt is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (brighter(scene(), 1.6), "The picture is 1.6 times as bright as taught"),
        (brighter(scene(), 0.5), "The picture is only 50 % as bright as taught"),
        (redder(scene(), 1.25), "The picture has 24 % more red than taught"),
        (blurred(scene(), 4), "The picture is blurred"),
        (shining(scene()), "Light glares on 18 % of where 'screw' is looked for"),
        (scene(shift=(13, 0)), "The camera or the fixture has moved by 2."),
    ],
    ids=["brighter", "darker", "redder", "blurred", "glare", "moved"],
)
def test_what_is_wrong_is_told_within_a_second_and_taken_back(seen: list[Seen], wrong: Image, sentence: str) -> None:
    resemblance = Resemblance(seen, [], RECIPE)
    assert not any(told(resemblance, [scene()] * 5))
    said = told(resemblance, [wrong] * 30, from_s=0.5)
    first = next(i for i, one in enumerate(said) if one)
    assert first < 0.8 * PER_S
    assert len(set(said[first:])) == 1
    assert (said[-1] or "").startswith(sentence)
    assert told(resemblance, [scene()] * 20, from_s=3.5)[-1] is None


def test_what_seems_wrong_is_in_doubt_before_it_is_told(seen: list[Seen]) -> None:
    resemblance = Resemblance(seen, [], RECIPE)
    assert told(resemblance, [brighter(scene(), 0.5)]) == [None]
    assert (resemblance.doubt or "").startswith("The picture is only 50 %")


ELSEWHERE = [elsewhere(seed) for seed in range(4)]
LOST = (
    "What was taught is not in the picture: turn the camera back to where it looked, or clear what covers the ground."
)


def test_a_camera_that_looks_elsewhere_is_doubted_at_once_told_after_a_while_and_taken_back(seen: list[Seen]) -> None:
    resemblance = Resemblance(seen, [scene()], RECIPE)
    assert not any(told(resemblance, [scene()] * 5))
    # The first is unlike the one before: something moves.
    assert not any(told(resemblance, [ELSEWHERE[0]] * 3, from_s=0.5))
    assert resemblance.doubt == LOST
    said = told(resemblance, ELSEWHERE[:1] * 40, from_s=0.8)
    first = next(i for i, one in enumerate(said) if one)
    assert 2.5 * PER_S <= first < 3.2 * PER_S
    assert set(said[first:]) == {LOST}
    assert told(resemblance, [scene()] * 20, from_s=4.8)[-1] is None


def test_what_moves_all_the_time_may_cover_the_ground(seen: list[Seen]) -> None:
    resemblance = Resemblance(seen, [scene()], RECIPE)
    assert not any(told(resemblance, ELSEWHERE * 20))
    assert resemblance.doubt is None


@pytest.mark.parametrize("open_to", [250, 640])
def test_ground_of_which_a_part_is_seen_is_covered_and_not_lost(seen: list[Seen], open_to: int) -> None:
    covered = ELSEWHERE[0].copy()
    covered[:150, :open_to] = scene()[:150, :open_to]
    assert not any(told(Resemblance(seen, [scene()], RECIPE), [freeze(covered)] * 60))


def test_where_a_workpiece_was_taught_that_covers_the_ground_it_is_not_told(seen: list[Seen]) -> None:
    assert not any(told(Resemblance(seen, [scene(), ELSEWHERE[0]], RECIPE), [ELSEWHERE[0]] * 60))


@pytest.mark.parametrize("golden", [[scene()], [scene(), ELSEWHERE[1]]], ids=["without ground", "with ground"])
def test_where_one_view_is_alone_it_is_not_told(seen: list[Seen], golden: list[Image]) -> None:
    alone = seen_in([ELSEWHERE[1] for _ in range(5)])
    assert not any(told(Resemblance([*seen, alone], golden, RECIPE), [ELSEWHERE[0]] * 60))


def test_a_hand_that_passes_is_not_told(seen: list[Seen]) -> None:
    hand = scene().copy()
    hand[:, 100:560] = 200
    assert not any(
        told(Resemblance(seen, [], RECIPE), [scene(), freeze(hand), freeze(hand), freeze(hand), scene()] * 5)
    )


def test_a_blurred_picture_is_not_said_to_have_moved_as_well(seen: list[Seen]) -> None:
    resemblance = Resemblance(seen, [], RECIPE)
    assert "blurred" in (told(resemblance, [blurred(scene(shift=(13, 0)), 4)] * 10)[-1] or "")


def test_what_moves_is_blurred_by_that_and_not_told(seen: list[Seen]) -> None:
    """As workpieces on a line, that come and go for longer than a hand passes."""
    resemblance = Resemblance(seen, [], RECIPE)
    coming = [blurred(scene(at=(100 + 15 * i, 176)), 4) for i in range(12)]
    for number, picture in enumerate(coming):
        assert told(resemblance, [picture], from_s=number / PER_S) == [None]
        assert resemblance.doubt is None
    assert "blurred" in (told(resemblance, [coming[-1]] * 10, from_s=1.2)[-1] or "")


def test_what_golden_frames_show_is_fine(seen: list[Seen]) -> None:
    """Taught in that light too, as held-out frames of a recording whose view is another show."""
    bright = brighter(scene(), 1.6)
    assert told(Resemblance(seen, [], RECIPE), [bright] * 10)[-1] is not None
    assert told(Resemblance(seen, [bright], RECIPE), [bright] * 10)[-1] is None


def test_a_second_light_that_was_taught_is_fine(seen: list[Seen]) -> None:
    bright = seen_in([brighter(scene(), 1.8) for _ in range(5)])
    resemblance = Resemblance([*seen, bright], [], RECIPE)
    assert not any(told(resemblance, [brighter(scene(), 1.8), scene()] * 10))
    assert told(resemblance, [brighter(scene(), 0.5)] * 10, from_s=3)[-1] is not None


def test_without_views_nothing_is_said() -> None:
    resemblance = Resemblance([], [scene()], RECIPE)
    assert resemblance.unchecked.startswith("Light, sharpness and place are not checked")
    assert not any(told(resemblance, [brighter(scene(), 2)] * 10))


def test_a_picture_of_another_shape_is_somebody_elses_matter(seen: list[Seen]) -> None:
    assert not any(told(Resemblance(seen, [], RECIPE), [freeze(np.zeros((360, 640, 3), np.uint8))] * 10))


def test_without_ground_that_stays_it_says_that_it_cannot_tell_a_moved_camera(seen: list[Seen]) -> None:
    assert Resemblance(seen[:1], [], RECIPE).unchecked.startswith("Whether the camera was moved cannot be told")

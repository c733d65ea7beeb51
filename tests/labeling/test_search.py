"""A negative recording that holds the component after all."""

import cv2
import numpy as np
import pytest

from inspector.boxes import EMPTY, as_boxes
from inspector.frame import Image
from inspector.labeling.search import HIDES, SHOWS, Search, _Look, search_negative


def shelf(number: int, *places: int) -> Image:
    """A shelf with bottles at those x."""
    image = np.full((120, 240, 3), (160, 165, 170), np.float32)
    image[90:] = (200, 205, 210)
    for x in places:
        cv2.rectangle(image, (x, 40), (x + 24, 95), (150, 110, 70), -1)
        cv2.rectangle(image, (x + 8, 26), (x + 16, 40), (190, 40, 20), -1)
    noise = np.random.default_rng(number).normal(0, 2, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


BOX = as_boxes([[30, 26, 55, 96]])
POSITIVE = [(shelf(number, 30), BOX) for number in range(6)]


def test_a_neighbouring_place_and_a_forgotten_part_are_found_where_they_are() -> None:
    negative = [shelf(20), shelf(21, 160), shelf(22), shelf(23, 31)]
    found = search_negative(POSITIVE, negative)
    assert list(found) == [1, 3]
    assert np.allclose(found[1].box, [160, 26, 185, 96], atol=2)
    assert all(0.8 < trace.alike < 1.2 for trace in found.values())


def test_what_is_always_in_the_scene_is_found_too() -> None:
    """Only the left bottle was taken away: the whole picture is not empty of bottles."""
    positive = [(shelf(number, 30, 160), BOX) for number in range(6)]
    negative = [shelf(number, 160) for number in range(20, 24)]
    assert list(search_negative(positive, negative)) == [0, 1, 2, 3]


def test_empty_pictures_and_nothing_to_look_for_give_nothing() -> None:
    assert search_negative(POSITIVE, [shelf(number) for number in range(20, 26)]) == {}
    assert search_negative(POSITIVE, []) == {}
    assert search_negative([], [shelf(1, 30)]) == {}
    assert search_negative([(shelf(1, 30), EMPTY)], [shelf(2, 30)]) == {}


def test_a_strip_among_large_pictures_holds_nothing() -> None:
    large = [(cv2.resize(image, None, fx=8, fy=8), 8 * box) for image, box in POSITIVE]
    strip = np.full((1, 500, 3), 160, np.uint8)
    assert search_negative(large, [strip, *(cv2.resize(shelf(n), None, fx=8, fy=8) for n in (20, 21))]) == {}


def test_a_negative_that_mostly_shows_the_component_tells_by_the_rest_of_it() -> None:
    negative = [shelf(number, *([30] if number % 10 else [])) for number in range(20, 40)]
    assert list(search_negative(POSITIVE, negative)) == [number for number in range(20) if number % 10]


def test_where_every_picture_shows_the_component_nothing_is_told_and_that_is_known() -> None:
    search = Search(POSITIVE, [shelf(number, 30) for number in range(20, 26)])
    assert (bool(search), search.is_indistinct) == (False, True)
    assert not Search(POSITIVE, []).is_indistinct
    assert not Search(POSITIVE, [shelf(20)]).is_indistinct


def test_each_place_that_shows_it_is_found_once() -> None:
    search = Search(POSITIVE, [shelf(number) for number in range(20, 26)])
    found = search.traces(shelf(30, 32, 110, 180))
    assert sorted(round(trace.box[0] / 10) for trace in found) == [3, 11, 18]
    assert found[0] == search.best(shelf(30, 32, 110, 180))
    assert len(search.traces(shelf(31))) == 1


def test_without_an_empty_place_to_hold_it_against_nothing_can_be_told() -> None:
    search = Search(POSITIVE, [])
    assert not search
    assert search.best(shelf(1, 30)) is None


def test_a_box_is_held_against_its_own_place() -> None:
    search = Search(POSITIVE, [shelf(number) for number in range(20, 26)])
    right, wrong = np.array([30, 26, 55, 96], np.float32), np.array([150, 26, 175, 96], np.float32)
    assert search.alike(shelf(7, 32), right) > SHOWS
    assert search.alike(shelf(7, 32), wrong) < HIDES
    assert search.alike(shelf(8), right) < HIDES


def bench(number: int, *bars: tuple[int, int, int, int]) -> Image:
    """A bench with a disc that is always there, and bars, each dark at the right or the lower end."""
    image = np.full((160, 240, 3), (160, 165, 170), np.float32)
    cv2.circle(image, (200, 30), 16, (60, 60, 190), -1)
    for xmin, ymin, xmax, ymax in bars:
        cv2.rectangle(image, (xmin, ymin), (xmax, ymax), (60, 60, 190), -1)
        cv2.circle(image, (xmax - 6, ymax - 6), 5, (20, 20, 20), -1)
    noise = np.random.default_rng(number).normal(0, 2, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def likeness(search: Search, image: Image) -> float:
    trace = search.best(image)
    assert trace is not None
    return trace.alike


def test_what_turns_is_found_the_other_way_round() -> None:
    positive = [(bench(number, (30, 80, 90, 92)), as_boxes([[28, 78, 92, 94]])) for number in range(4)]
    negative = [bench(number) for number in range(10, 14)]
    upright, any_way = Search(positive, negative), Search(positive, negative, turns=True)
    other = bench(20, (150, 70, 162, 130))
    assert likeness(upright, other) < SHOWS < likeness(any_way, other)
    assert all(likeness(any_way, image) < HIDES for image in negative)


def test_what_is_seen_lying_and_standing_turns_whatever_was_said_of_it() -> None:
    lying, standing = (30, 80, 90, 92), (40, 50, 52, 110)
    positive = [(bench(number, bar), as_boxes([bar])) for number, bar in enumerate((lying, standing) * 2)]
    negative = [bench(number) for number in range(10, 14)]
    # Upside down: the dark end is at the other side of neither look.
    upside_down = cv2.rotate(bench(20, (150, 30, 162, 90)), cv2.ROTATE_180)
    box = np.array([240 - 162, 160 - 90, 240 - 150, 160 - 30], np.float32)
    assert Search(positive, negative).alike(upside_down, box) > 0.8
    assert Search(positive[::2], negative).alike(upside_down, box) < HIDES


def test_a_small_thing_in_a_large_picture_is_looked_for_where_it_is_large_enough() -> None:
    def large(number: int, *places: int) -> Image:
        image = np.full((600, 1200, 3), 150, np.uint8)
        for x in places:
            cv2.circle(image, (x, 300), 14, (40, 40, 200), -1)
            cv2.line(image, (x - 10, 300), (x + 10, 300), (230, 230, 230), 3)
        return np.clip(image + np.random.default_rng(number).normal(0, 2, image.shape), 0, 255).astype(np.uint8)

    box = as_boxes([[386, 286, 414, 314]])
    positive = [(large(number, 400), box) for number in range(3)]
    found = search_negative(positive, [large(10), large(11, 900), large(12)])
    assert list(found) == [1]
    assert np.allclose(found[1].box, [886, 286, 914, 314], atol=4)


def test_away_from_its_place_only_a_clear_match_is_told() -> None:
    look = _Look((np.zeros((2, 2, 3), np.float32),), place=(0, 0), own=0.5, empty=0.2, reach=1)
    scores = np.array([[0.35, 0.2, 0.1, 0.45], [0.1, 0.5, 0.8, 0.59]], np.float32)
    # Two columns lie about its place. Beyond them 0.45 and 0.59 are what other things score, 0.8 is not.
    assert look.alike(scores) == pytest.approx(np.array([[0.5, 0.0, 0.0, 0.0], [-1 / 3, 1.0, 2.0, 0.0]]), abs=1e-6)

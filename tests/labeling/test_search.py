"""A negative recording that holds the component after all."""

import cv2
import numpy as np

from inspector.boxes import EMPTY, as_boxes
from inspector.frame import Image
from inspector.labeling.search import search_negative


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
    assert [one.picture for one in found] == [1, 3]
    assert np.allclose(found[0].box, [160, 26, 185, 96], atol=2)
    assert all(one.score > 0.8 for one in found)


def test_what_is_always_in_the_scene_is_found_too() -> None:
    """Only the left bottle was taken away: the whole picture is not empty of bottles."""
    positive = [(shelf(number, 30, 160), BOX) for number in range(6)]
    negative = [shelf(number, 160) for number in range(20, 24)]
    assert [one.picture for one in search_negative(positive, negative)] == [0, 1, 2, 3]


def test_empty_pictures_and_nothing_to_look_for_give_nothing() -> None:
    assert search_negative(POSITIVE, [shelf(number) for number in range(20, 26)]) == []
    assert search_negative(POSITIVE, []) == []
    assert search_negative([], [shelf(1, 30)]) == []
    assert search_negative([(shelf(1, 30), EMPTY)], [shelf(2, 30)]) == []

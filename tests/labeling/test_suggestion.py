"""Boxes found with no click: on drawn scenes, on the simulator's, and on real bottles."""

import json
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from inspector.boxes import Boxes, as_boxes, iou
from inspector.capture.simulator import Simulator, read_scene
from inspector.errors import InputError
from inspector.frame import Image
from inspector.labeling.suggestion import Suggestion, suggest

WIDTH, HEIGHT = 200, 150


def bench(number: int, light: float = 1.0) -> Image:
    """A bench with a wall edge, a table edge and marks, in noise of its own and a light that drifts."""
    image = np.full((HEIGHT, WIDTH, 3), (150, 160, 165), np.float32)
    image[100:] = (190, 200, 205)
    image[:, :14] = 30
    for x in range(30, WIDTH, 34):
        cv2.line(image, (x, 108), (x + 12, 140), (120, 120, 120), 1)
        cv2.rectangle(image, (x, 12), (x + 8, 20), (100, 110, 140), 1)
    noise = np.random.default_rng(number).normal(0, 2, image.shape)
    return np.clip(image * light + noise, 0, 255).astype(np.uint8)


def with_block(number: int, x: int = 90, y: int = 50, light: float = 1.0) -> Image:
    """The bench with a blue block of 40x50 that throws a soft shadow."""
    image = bench(number, light).astype(np.float32)
    shadow = np.zeros((HEIGHT, WIDTH), np.float32)
    cv2.rectangle(shadow, (x + 10, y + 30), (x + 60, y + 60), 1, -1)
    image *= 1 - 0.15 * cv2.GaussianBlur(shadow, (0, 0), 8)[..., None]
    cv2.rectangle(image, (x, y), (x + 39, y + 49), (170 * light, 100 * light, 60 * light), -1)
    return np.clip(image, 0, 255).astype(np.uint8)


def overlaps(found: Sequence[Suggestion], truth: Sequence[Boxes]) -> list[float]:
    """The best overlap with each true box."""
    return [
        float(best)
        for one, boxes in zip(found, truth, strict=True)
        for best in (iou(boxes, one.boxes).max(axis=1) if len(one.boxes) else np.zeros(len(boxes)))
    ]


EMPTY_BENCH = [bench(number) for number in range(100, 112)]
BLOCK = as_boxes([[90, 50, 130, 100]])


def test_a_block_that_comes_and_goes_gets_its_box_in_any_light() -> None:
    lights = [0.8, 0.9, 1.0, 1.1, 1.2, 0.85, 0.95, 1.05]
    found = suggest([with_block(n, light=light) for n, light in enumerate(lights)], EMPTY_BENCH)
    assert min(overlaps(found, [BLOCK] * 8)) > 0.8
    assert all(len(one.boxes) == 1 for one in found)
    assert min(one.sure for one in found) > 0.8


def test_a_block_that_lies_elsewhere_each_time_gets_its_box() -> None:
    places = [(30, 40), (60, 70), (90, 30), (120, 80), (150, 50), (45, 20), (110, 45), (75, 90)]
    found = suggest([with_block(n, *place) for n, place in enumerate(places)], EMPTY_BENCH)
    truth = [as_boxes([[x, y, x + 40, y + 50]]) for x, y in places]
    assert min(overlaps(found, truth)) > 0.75
    assert min(one.sure for one in found) > 0.8


def test_two_of_a_component_get_two_boxes_and_a_known_count_drops_the_third_thing() -> None:
    def pair(number: int) -> Image:
        image = with_block(number, 40, 50)
        image[50:100, 130:170] = with_block(number, 130, 50)[50:100, 130:170]
        return image

    truth = [as_boxes([[40, 50, 80, 100], [130, 50, 170, 100]])] * 8
    found = suggest([pair(number) for number in range(8)], EMPTY_BENCH)
    assert min(overlaps(found, truth)) > 0.75
    assert [len(one.boxes) for one in found] == [2] * 8
    with_speck = [pair(number) for number in range(8)]
    cv2.rectangle(with_speck[3], (92, 110), (118, 136), (40, 40, 200), -1)
    assert [len(one.boxes) for one in suggest(with_speck, EMPTY_BENCH, count=2)] == [2] * 8


def test_fragments_of_a_see_through_part_are_one_box() -> None:
    """Only a cap and a foot are seen, 14 pixels apart: one component, as the recipe's count says."""

    def seen(number: int) -> Image:
        image = bench(number)
        cv2.rectangle(image, (90, 40), (119, 58), (160, 60, 20), -1)
        cv2.rectangle(image, (90, 73), (119, 92), (160, 60, 20), -1)
        return image

    found = suggest([seen(number) for number in range(8)], EMPTY_BENCH, count=1)
    assert min(overlaps(found, [as_boxes([[90, 40, 120, 93]])] * 8)) > 0.8


def test_a_region_leaves_out_what_changes_elsewhere() -> None:
    def with_lamp(number: int) -> Image:
        image = with_block(number)
        cv2.circle(image, (40, 70), 15, (60, 200, 240), -1)
        return image

    found = suggest([with_lamp(number) for number in range(8)], EMPTY_BENCH, region=(80, 0, 200, 150))
    assert [len(one.boxes) for one in found] == [1] * 8
    assert min(overlaps(found, [BLOCK] * 8)) > 0.8


def test_a_hand_on_the_part_makes_that_frame_unsure() -> None:
    positive = [with_block(number) for number in range(8)]
    cv2.ellipse(positive[5], (112, 30), (22, 40), 0, 0, 360, (110, 140, 200), -1)
    found = suggest(positive, EMPTY_BENCH, count=1)
    assert found[5].sure < 0.8
    assert min(one.sure for number, one in enumerate(found) if number != 5) > 0.8


def test_recordings_that_do_not_differ_are_told() -> None:
    with pytest.raises(InputError, match=r"look alike: only 0 of 8 show something"):
        suggest([bench(number) for number in range(8)], EMPTY_BENCH)


def test_a_camera_that_moved_is_told() -> None:
    moved = [np.roll(with_block(number), (30, 25), (0, 1)) for number in range(8)]
    other = [np.ascontiguousarray(image[::-1, ::-1]) for image in moved]
    with pytest.raises(InputError, match=r"differ everywhere, not in one place: .*Did the camera or the fixture move"):
        suggest(other, EMPTY_BENCH)


def test_pictures_of_several_sizes_are_told() -> None:
    with pytest.raises(InputError, match=r"different sizes \(100x75, 200x150\)"):
        suggest([with_block(0)[::2, ::2]], EMPTY_BENCH)


@pytest.mark.parametrize(("positive", "negative"), [([], EMPTY_BENCH), (EMPTY_BENCH, [])])
def test_one_kind_of_picture_is_not_enough(positive: list[Image], negative: list[Image]) -> None:
    with pytest.raises(InputError, match=r"pictures with the component and pictures without it"):
        suggest(positive, negative)


def simulated(scene: str, label: str) -> tuple[list[Image], list[Boxes]]:
    """Sixteen poses at rest with nobody's hand in them, and where the label truly is."""
    camera = Simulator(read_scene(f"simulator:{scene},pace=0,hand=0,frames=600"), scene)
    images: list[Image] = []
    truths: list[Boxes] = []
    number = 0
    while len(images) < 16 and (frame := camera.read()) is not None:
        truth = camera.truth(frame.number)
        if not truth.moving and number >= 12:
            mask = [one.name == label for one in truth.labels]
            images.append(frame.image)
            truths.append(truth.boxes[np.array(mask, bool)])
            number = 0
        number += 1
    return images, truths


@pytest.fixture(scope="module")
def screws() -> tuple[tuple[list[Image], list[Boxes]], tuple[list[Image], list[Boxes]]]:
    return simulated("screw=on,seed=21", "on"), simulated("screw=off,seed=22", "off")


@pytest.mark.parametrize("which", [0, 1])
def test_screws_on_a_workpiece_that_moves_and_turns_get_their_boxes_on_and_off(
    screws: Sequence[tuple[list[Image], list[Boxes]]], which: int
) -> None:
    (positive, truth), (negative, _) = screws[which], screws[1 - which]
    found = suggest(positive, negative, count=4, own_look=True)
    assert np.mean(np.array(overlaps(found, truth)) >= 0.5) >= 0.98
    assert all(len(one.boxes) == 4 for one in found if one.sure >= 0.8)
    assert sum(one.sure >= 0.8 for one in found) >= 12


def test_tape_anywhere_gets_its_box() -> None:
    (positive, truth), (negative, _) = simulated("tape=on,seed=23", "tape"), simulated("tape=off,seed=24", "tape")
    found = suggest(positive, negative, count=1)
    sure = [number for number, one in enumerate(found) if one.sure >= 0.8]
    assert len(sure) >= 12
    assert min(overlaps([found[i] for i in sure], [truth[i] for i in sure])) >= 0.5


@pytest.mark.data
def test_a_bottle_is_found_in_each_frame(shared_data: Path) -> None:
    bottles = shared_data / "bottles"
    stated = json.loads((bottles / "bench_1.truth.json").read_text())["frames"]
    positive = _every_fifth(bottles / "left_positive.mp4")
    negative = _every_fifth(bottles / "left_negative.mp4")
    left = [min(stated[5 * number]["boxes"]) for number in range(len(positive))]
    truth = [as_boxes([[x, y, x + width, y + height]]) for x, y, width, height in left]
    found = suggest(positive, negative, count=1)
    assert min(overlaps(found, truth)) >= 0.5
    assert min(one.sure for one in found) >= 0.8


def _every_fifth(video: Path) -> list[Image]:
    reader = cv2.VideoCapture(str(video))
    pictures = []
    while (read := reader.read())[0]:
        pictures.append(np.asarray(read[1], np.uint8))
    reader.release()
    return pictures[::5]

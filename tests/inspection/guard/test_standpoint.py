"""A drawn ground with a workpiece on it, under a camera that is moved, or not."""

import cv2
import numpy as np
import pytest

from inspector.frame import Image, freeze
from inspector.inspection.guard.standpoint import Standpoint, standpoints
from tests.labeling.test_flow import noise

WIDTH, HEIGHT = 640, 480
GROUND = noise(7, WIDTH // 3, HEIGHT // 3)
THING = noise(4, 60, 45)
RNG = np.random.default_rng(3)


def scene(
    thing: np.ndarray | None = THING,
    at: tuple[int, int] = (240, 170),
    shift: tuple[float, float] = (0, 0),
    degrees: float = 0,
    scale: float = 1,
    ground: bool = True,
) -> Image:
    """What the camera sees, with a sensor's noise. at: of the thing; shift: of the camera, in pixels."""
    behind = cv2.resize(GROUND, (WIDTH, HEIGHT)) if ground else np.full((HEIGHT, WIDTH), 120, np.uint8)
    picture = behind // 4 * 3 + 30
    if thing is not None:
        x, y = at
        picture[y : y + 180, x : x + 240] = cv2.resize(thing, (240, 180))
    place = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), degrees, scale)
    place[:, 2] += shift
    moved = cv2.warpAffine(picture, place, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT).astype(np.int16)
    noisy = np.clip(moved + RNG.integers(-4, 5, moved.shape), 0, 255).astype(np.uint8)
    return freeze(cv2.merge([noisy] * 3))


@pytest.fixture(scope="module")
def place() -> Standpoint:
    """Taught with the workpiece, and without what it should have."""
    other = THING.copy()
    other[10:30, 10:40] = 30
    (found,) = standpoints([scene(), scene(other)])
    return found


def test_a_camera_that_stands_still_has_not_moved(place: Standpoint) -> None:
    assert place.known
    assert place.moved(scene()) == 0


@pytest.mark.parametrize(
    "workpiece",
    [{"thing": None}, {"thing": 255 - THING}, {"thing": noise(99, 60, 45)}, {"at": (262, 180)}, {"at": (100, 250)}],
    ids=["missing", "another colour", "another", "lies a little elsewhere", "lies far away"],
)
def test_another_workpiece_is_no_moved_camera(place: Standpoint, workpiece: dict[str, object]) -> None:
    assert place.moved(scene(**workpiece)) == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("camera", "by"),
    [
        ({"shift": (13, 0)}, 0.02),
        ({"shift": (0, -13)}, 0.02),
        ({"shift": (-9, 9)}, 0.02),
        ({"shift": (26, 0)}, 0.04),
        ({"shift": (90, 40)}, 0.154),
        ({"degrees": 3}, 0.033),
        ({"degrees": 20}, 0.22),
        ({"scale": 1.05}, 0.031),
        ({"scale": 0.85}, 0.094),
    ],
    ids=str,
)
def test_a_moved_camera_is_found_and_by_how_much(place: Standpoint, camera: dict[str, object], by: float) -> None:
    for thing in (THING, None):
        moved = place.moved(scene(thing=thing, **camera))  # type: ignore[arg-type]
        assert moved == pytest.approx(by, abs=0.006)


def test_light_does_not_matter(place: Standpoint) -> None:
    darker = freeze((scene() * 0.6).astype(np.uint8))
    assert place.moved(darker) == 0


def test_where_nothing_is_found_again_nothing_is_said(place: Standpoint) -> None:
    assert place.moved(scene(thing=None, ground=False)) is None
    assert place.moved(freeze(np.zeros((HEIGHT, WIDTH, 3), np.uint8))) is None


def test_a_plain_ground_gives_no_place_to_stand() -> None:
    other = THING.copy()
    other[10:30, 10:40] = 30
    assert not any(found.known for found in standpoints([scene(ground=False), scene(other, (150, 110), ground=False)]))


def test_two_places_are_told_apart_and_one_view_alone_knows_no_ground() -> None:
    there = {"shift": (60, 0)}
    found = standpoints([scene(), scene(None, **there), scene(None), scene(**there)])  # type: ignore[arg-type]
    assert [one.known for one in found] == [True, True]
    assert [one.moved(scene()) for one in found] == [0, pytest.approx(60 / 640, abs=0.006)]
    assert [one.known for one in standpoints([scene()])] == [False]

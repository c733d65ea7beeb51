"""One picture of any source, and out of a recipe's recordings."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from inspector.capture.claim import draft_of
from inspector.capture.recording import Media, finish
from inspector.capture.simulator import SIMULATOR_RECIPE
from inspector.capture.snapshot import recorded_picture, snapshot
from inspector.errors import InputError, MachineError
from inspector.files import sha256
from inspector.frame import utc_now


def picture(path: Path, value: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.full((30, 40, 3), value, np.uint8))
    return path


def test_a_picture_file_is_taken_as_it_is(tmp_path: Path) -> None:
    assert snapshot(str(picture(tmp_path / "a.png", 90))).image[0, 0].tolist() == [90, 90, 90]


def test_of_a_live_camera_the_exposure_has_settled() -> None:
    frame = snapshot("simulator:pace=200")
    assert frame.number >= 10
    assert frame.size == SIMULATOR_RECIPE.frame_size


def test_what_gives_no_picture_says_so_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no source"):
        snapshot(str(tmp_path / "absent.png"))
    with pytest.raises((InputError, MachineError)):
        snapshot("usb:77")


def record(folder: Path, name: str, value: int, positive: bool) -> None:
    media = []
    for number in range(3):
        path = picture(folder / name / f"{number}.png", value + number)
        media.append(Media(file=path.name, sha256=sha256(path), frames=1))
    draft = draft_of(
        SIMULATOR_RECIPE, ["tape"], positive, None, by="me", source="x", recorded_at=utc_now(), kind="pictures"
    )
    finish(folder / name, draft.model_copy(update={"id": name}), media, (40, 30))


def test_the_newest_recording_that_shows_the_component_is_drawn_on(tmp_path: Path) -> None:
    assert recorded_picture(tmp_path, "simulator") is None
    record(tmp_path, "a", 10, positive=False)
    frame = recorded_picture(tmp_path, "simulator")
    assert frame is not None
    assert frame.image[0, 0, 0] == 11
    record(tmp_path, "b", 50, positive=True)
    record(tmp_path, "c", 90, positive=False)
    frame = recorded_picture(tmp_path, "simulator")
    assert frame is not None
    assert frame.image[0, 0, 0] == 51
    assert recorded_picture(tmp_path, "another") is None


def test_of_one_of_several_cameras_only_its_own_recordings_are_drawn_on(tmp_path: Path) -> None:
    record(tmp_path, "a", 10, positive=True)
    assert recorded_picture(tmp_path, "simulator", ["screw"]) is None
    assert recorded_picture(tmp_path, "simulator", ["screw", "tape"]) is not None

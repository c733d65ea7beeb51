"""A station whose camera, machine or bundle is not as it should be: told, and never a PASS."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import inspector.inspection.guard.footing
import inspector.inspection.guard.resemblance
import inspector.inspection.guard.room
import inspector.inspection.run
from inspector.bundle import Bundle
from inspector.errors import InputError, MachineError
from inspector.files import sha256, write_document
from inspector.frame import Image, freeze, utc_now
from inspector.inspection.records import Records
from inspector.inspection.station import State
from inspector.inspection.verdict import Inspection
from inspector.labeling.dataset import RECORDINGS
from inspector.labeling.fingerprint import FILE, VIEW, seen_in
from tests.inspection.guard.test_resemblance import elsewhere
from tests.inspection.guard.test_standpoint import THING, scene
from tests.inspection.scripted import (
    GOOD,
    NOT_DECIDABLE,
    OK,
    PATIENCE_S,
    UNDEFINED,
    Place,
    ScriptedCamera,
    a_bundle,
    a_recipe,
    endless,
    picture,
    seen_until,
)

LARGE = (640, 480)


@pytest.fixture(scope="module")
def pictures() -> dict[str, list[Image]]:
    """A few of each, which play in turn; the detector sees one part in each."""

    def marked(image: Image) -> Image:
        one = image.copy()
        one[0, 0] = GOOD
        return freeze(one)

    return {
        "fine": [marked(scene()) for _ in range(12)],
        "moved": [marked(scene(shift=(20, 0))) for _ in range(12)],
        "elsewhere": [marked(elsewhere(5))] * 12,
        "bright": [marked(freeze(np.clip(scene() * 1.7, 0, 255).astype(np.uint8))) for _ in range(12)],
    }


def taught(folder: Path) -> Bundle:
    """A bundle that keeps two views of the place."""
    recipe = a_recipe(frames=3, agree=2)
    plain = a_bundle(folder, recipe)
    for name, thing in (("with", THING), ("without", 255 - THING)):
        seen = seen_in([scene(thing) for _ in range(5)])
        (folder / RECORDINGS / name).mkdir(parents=True)
        write_document(folder / RECORDINGS / name / FILE, seen.numbers)
        cv2.imwrite(str(folder / RECORDINGS / name / VIEW), seen.view)
    return Bundle(folder, plain.manifest.model_copy(update={"recordings": ("with", "without"), "frame_size": LARGE}))


def numbered(image: Image, mark: int) -> Image:
    """A copy to draw on, that differs from its neighbours: bit-identical ones would be a frozen camera."""
    one = image.copy()
    one[0, 1] = mark % 256, mark // 256 % 256, 0
    return one


class Scene:
    """Plays pictures of a kind, until another is named."""

    def __init__(self, pictures: dict[str, list[Image]]) -> None:
        self.kind = "fine"
        self._pictures = pictures

    def __iter__(self) -> Iterator[Image]:
        mark = 0
        while True:
            mark += 1
            yield freeze(numbered(self._pictures[self.kind][mark % 12], mark))


@pytest.mark.parametrize(
    ("kind", "told"),
    [("moved", "has moved by 3."), ("bright", "1.7 times as bright"), ("elsewhere", "is not in the picture")],
)
def test_a_picture_unlike_those_taught_is_no_pass_until_it_is_again(
    place: Place, pictures: dict[str, list[Image]], kind: str, told: str
) -> None:
    shown = Scene(pictures)
    station = place.station(
        [ScriptedCamera(iter(shown), live=True, pace_s=0.02)], a_recipe(frames=3, agree=2), bundle=taught(place.folder)
    )
    station.start()
    seen_until(station, lambda view: view.verdict is OK)
    assert station.view().unchecked == ""
    shown.kind = kind
    views = seen_until(station, lambda view: told in view.message)
    assert (views[-1].state, views[-1].verdict) == (State.RUNNING, NOT_DECIDABLE)
    passed = len(place.told)
    seen_until(station, lambda view: view.frame is not views[-1].frame)
    assert len(place.told) == passed
    shown.kind = "fine"
    seen_until(station, lambda view: view.verdict is OK)


def test_no_pass_is_decided_on_what_is_in_doubt(place: Place, pictures: dict[str, list[Image]]) -> None:
    """Not one frame of a camera that was moved counts, though it is told a little later only."""
    shown = [*pictures["fine"][:1], *pictures["moved"] * 2]
    unlike = [freeze(numbered(image, mark)) for mark, image in enumerate(shown)]
    station = place.station([ScriptedCamera(unlike)], a_recipe(frames=2, agree=2), bundle=taught(place.folder))
    station.start()
    assert station.wait(PATIENCE_S)
    # Of a file, with ten frames a second: looked at in each second one.
    assert [i.last_frame for i in place.told if i.verdict is OK] in ([], [1])
    assert "has moved" in station.view().message


def test_a_workpiece_exchanged_while_the_picture_is_in_doubt_is_inspected(
    place: Place, pictures: dict[str, list[Image]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An arm passes in a light that is wrong, for too short a time to be told."""
    monkeypatch.setattr(inspector.inspection.guard.resemblance, "LOOK_S", 0.0)
    arm = [numbered(pictures["bright"][0], 100 + k) for k in range(3)]
    for k, image in enumerate(arm):
        image[:, 150 + 40 * k : 350 + 40 * k] = 60
    fine = [numbered(image, mark) for mark, image in enumerate(pictures["fine"] * 2)]
    shown = [freeze(image) for image in (*fine[:10], *arm, *fine[10:])]
    recipe = a_recipe(frames=3, agree=2, trigger="rest")
    station = place.station([ScriptedCamera(shown)], recipe, bundle=taught(place.folder))
    station.start()
    assert station.wait(PATIENCE_S)
    assert [i.verdict for i in place.told] == [OK, OK]


def records_of(place: Place) -> Records:
    return Records(place.folder / "records")


def test_without_room_for_records_it_is_not_ready_and_comes_back_by_itself(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = {"free": 10**8}
    monkeypatch.setattr(shutil, "disk_usage", lambda _: (10**12, 0, disk["free"]))
    monkeypatch.setattr(inspector.inspection.guard.room.Room.__init__, "__defaults__", (shutil.disk_usage,))
    monkeypatch.setattr(inspector.inspection.guard.footing, "LOOK_S", 0.02)
    records = records_of(place)
    station = place.station([ScriptedCamera(endless(GOOD), live=True)], records=records)
    station.start()
    views = seen_until(station, lambda view: view.state is State.ERROR)
    assert "has 0.10 GB left" in views[-1].message
    assert views[-1].frame is None
    disk["free"] = 10**11
    seen_until(station, lambda view: view.verdict is OK)
    disk["free"] = 10**8
    views = seen_until(station, lambda view: "GB left" in view.message)
    assert views[-1].verdict is NOT_DECIDABLE
    disk["free"] = 10**11
    seen_until(station, lambda view: view.verdict is OK)
    station.stop()
    assert station.wait(PATIENCE_S)
    records.close()


def test_a_bundle_that_is_changed_while_it_runs_ends_the_run(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspector.inspection.guard.footing, "LOOK_S", 0.02)
    network = place.folder / "network.tflite"
    network.write_bytes(b"as it was made")
    recipe = a_recipe(frames=3, agree=2)
    plain = a_bundle(place.folder, recipe)
    bundle = Bundle(place.folder, plain.manifest.model_copy(update={"files": {"network.tflite": sha256(network)}}))
    station = place.station([ScriptedCamera(endless(GOOD), live=True)], recipe, bundle=bundle)
    station.start()
    seen_until(station, lambda view: view.verdict is OK)
    network.write_bytes(b"another one")
    with pytest.raises(InputError, match=r"box-1 was changed: network\.tflite"):
        station.wait(PATIENCE_S)
    assert (station.view().state, station.view().verdict) == (State.ERROR, UNDEFINED)


def test_a_clock_before_the_bundles_making_keeps_it_from_being_ready(place: Place) -> None:
    recipe = a_recipe()
    plain = a_bundle(place.folder, recipe)
    late = plain.manifest.model_copy(update={"created_at": utc_now() + timedelta(days=1)})
    station = place.station([ScriptedCamera(endless(GOOD))], recipe, bundle=Bundle(place.folder, late))
    station.start()
    views = seen_until(station, lambda view: view.state is State.ERROR)
    assert "set the clock" in views[-1].message
    station.stop()
    assert station.wait(PATIENCE_S)
    assert place.told == []
    assert station.view().frame is None


def test_an_ok_is_shown_once_it_is_in_the_records(place: Place) -> None:
    def slowly(inspection: Inspection) -> None:
        place.block()
        place.told.append(inspection)

    station = place.station([ScriptedCamera(endless(GOOD), live=True, pace_s=0.05)], on_inspection=slowly)
    station.start()
    views = seen_until(station, lambda view: view.message.startswith("An inspection waits to be kept"))
    assert views[-1].inspection is not None
    assert all(view.verdict is UNDEFINED for view in views)
    place.release.set()
    seen_until(station, lambda view: view.verdict is OK)
    assert place.told


def test_a_file_ends_with_the_verdict_that_was_kept(place: Place) -> None:
    station = place.station([ScriptedCamera([picture(GOOD, 0)], still=True)])
    station.start()
    assert station.wait(PATIENCE_S)
    assert station.view().verdict is OK


@pytest.mark.parametrize("error", [MemoryError("no room"), SystemExit(1), KeyboardInterrupt()])
def test_whatever_the_detector_raises_is_an_error(place: Place, error: BaseException) -> None:
    def fail(image: Image) -> None:
        raise error

    station = place.station([ScriptedCamera(endless(GOOD), live=True)], before=fail)
    station.start()
    with pytest.raises(MachineError, match="The station failed"):
        station.wait(PATIENCE_S)
    assert station.view().state is State.ERROR


@pytest.mark.parametrize("error", [MemoryError("no room"), SystemExit(1)])
def test_whatever_the_camera_raises_is_no_end_of_it(place: Place, error: BaseException) -> None:
    def fail() -> None:
        raise error

    first = ScriptedCamera(chain([picture(GOOD, i) for i in range(12)], [fail]), live=True)
    station = place.station([first, ScriptedCamera(endless(GOOD), live=True)])
    station.start()
    seen_until(station, lambda view: view.frame is not None and view.frame.number > 20)


@pytest.mark.parametrize("thread", ["detect", "deliver", "watch camera", "grab"])
def test_a_system_that_gives_no_thread_is_an_error(place: Place, monkeypatch: pytest.MonkeyPatch, thread: str) -> None:
    start: Callable[[threading.Thread], None] = threading.Thread.start

    def refuse(self: Any) -> None:
        if self.name == thread:
            raise RuntimeError("can't start new thread")
        start(self)

    station = place.station([ScriptedCamera(endless(GOOD), live=True)])
    monkeypatch.setattr(threading.Thread, "start", refuse)
    station.start()
    with pytest.raises(MachineError, match="can't start new thread"):
        station.wait(PATIENCE_S)
    assert station.view().state is State.ERROR


def test_records_and_verdicts_go_on_in_order_when_the_clock_is_set_back(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = {"by": timedelta(0)}

    def wall() -> datetime:
        return utc_now() + moved["by"]

    defaults = (wall, time.monotonic)
    monkeypatch.setattr(inspector.inspection.guard.clock.Clock.__init__, "__defaults__", defaults)
    monkeypatch.setattr(inspector.inspection.guard.footing, "LOOK_S", 0.02)
    station = place.station([ScriptedCamera(endless(GOOD), live=True), ScriptedCamera(endless(GOOD), live=True)])
    station.start()
    seen_until(station, lambda view: view.counts[OK] >= 2)
    moved["by"] = -timedelta(hours=2)
    views = seen_until(station, lambda view: "set back by 7200 s" in view.remark)
    views += seen_until(station, lambda view: view.counts[OK] >= views[-1].counts[OK] + 2)
    assert {(view.verdict, view.message) for view in views} == {(OK, "")}
    moved["by"] = timedelta(0)
    station.stop()
    station.start()
    count = len(place.told)
    seen_until(station, lambda view: len(place.told) > count)
    ids = [i.id[:21] for i in place.told]
    assert ids == sorted(ids)

"""A station on scripted cameras and detectors: what it says, and that a fault never says PASS."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import inspector.inspection.database
import inspector.inspection.run
from inspector.boxes import as_boxes
from inspector.bundle import Bundle, Golden, Ledger, Manifest, Sighting
from inspector.detections import Detections
from inspector.errors import InputError, MachineError
from inspector.frame import Frame, Image, freeze, utc_now
from inspector.inspection.records import Records
from inspector.inspection.station import State, Station, View
from inspector.inspection.verdict import Inspection, Verdict
from inspector.recipe import Component, Label, Mode, Pattern, Recipe, Trigger, Vote

OK, NOT_OK, NOT_DECIDABLE, UNDEFINED = Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE, Verdict.UNDEFINED
GOOD, BAD = 1, 0
SIZE = (64, 48)
OUR_THREADS = {"grab", "watch camera", "detect", "deliver"}
PATIENCE_S = 10.0


def picture(parts: int, mark: int, size: tuple[int, int] = SIZE) -> Image:
    """A picture on which the fake detector sees so many parts; the mark makes it differ from its neighbours."""
    image = np.full((size[1], size[0], 3), 100, np.uint8)
    image[0, 0] = parts
    image[0, 1] = mark % 256, mark // 256, 0
    return freeze(image)


def dark() -> Image:
    return freeze(np.zeros((SIZE[1], SIZE[0], 3), np.uint8))


class ScriptedCamera:
    """Plays a script: pictures are given, exceptions raised, functions called (to wait, say)."""

    def __init__(
        self, script: Sequence[Any] | Iterator[Any], live: bool = False, still: bool = False, pace_s: float = 0.003
    ) -> None:
        self.name, self.live, self.still = "scripted", live, still
        self.settings: dict[str, Any] = {}
        self.closed = False
        self._script = iter(script)
        self._pace_s = pace_s
        self._number = 0

    def read(self) -> Frame | None:
        for step in self._script:
            if isinstance(step, Exception):
                raise step
            if callable(step):
                step()
                continue
            if self.live:
                time.sleep(self._pace_s)
            time_s = time.monotonic() if self.live else self._number / 10
            self._number += 1
            return Frame(step, self._number - 1, time_s, utc_now(), self.name)
        return None

    def close(self) -> None:
        self.closed = True


def endless(parts: int, until_set: threading.Event | None = None) -> Iterator[Image]:
    """Pictures of so many parts, each a little different; for ever, or until the event."""
    mark = 0
    while until_set is None or not until_set.is_set():
        yield picture(parts, mark)
        mark += 1


class ScriptedDetector:
    """Sees as many parts as the picture's first pixel says; `before` is called with each picture first."""

    def __init__(self, labels: tuple[Label, ...], before: Callable[[Image], None] | None = None) -> None:
        self.labels = labels
        self._before = before

    def detect(self, image: Image) -> Detections:
        if self._before:
            self._before(image)
        n = int(image[0, 0, 0]) if image[0, 0, 0] < 10 else 1
        boxes = as_boxes([(10 * i, 0, 10 * i + 8, 8) for i in range(n)])
        return Detections(boxes, np.full(n, 0.9, np.float32), np.zeros(n, np.int32), self.labels)


def a_recipe(**vote: Any) -> Recipe:
    return Recipe(name="box", components=(Component(name="part"),), vote=Vote(**vote))


def a_bundle(folder: Path, recipe: Recipe, golden: tuple[Golden, ...] = ()) -> Bundle:
    manifest = Manifest(
        id="box-1",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        recipe=recipe,
        dataset="d",
        recordings=("r",),
        input_size=(32, 32),
        frame_size=SIZE,
        thresholds={c.name: 0.5 for c in recipe.components},
        ledger=Ledger(
            images_with_boxes=1,
            empty_images=1,
            empty_images_drawn=1,
            negatives_in_loss=1,
            negatives_in_loss_from_empty=1,
        ),
        packages={},
        golden=golden,
        files=dict.fromkeys(("network.tflite", *(g.file for g in golden)), "0"),
    )
    return Bundle(folder, manifest)


class Place:
    """Opens stations, keeps what they say, and ends them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: list[Inspection] = []
        self.stations: list[Station] = []
        self.release = threading.Event()

    def block(self) -> None:
        self.release.wait(PATIENCE_S)

    def station(
        self,
        cameras: Sequence[Any],
        recipe: Recipe | None = None,
        before: Callable[[Image], None] | None = None,
        **options: Any,
    ) -> Station:
        """A station whose source opens one of the cameras after the other; an exception among them is raised."""
        recipe = recipe or a_recipe(frames=3, agree=2)
        line = iter(cameras)

        def open_next() -> ScriptedCamera:
            camera = next(line, MachineError("The camera is gone."))
            if isinstance(camera, Exception):
                raise camera
            return camera

        options.setdefault("on_inspection", self.told.append)
        options.setdefault("bundle", a_bundle(self.folder, recipe))
        options.setdefault("detector", ScriptedDetector(options["bundle"].manifest.labels, before))
        station = Station(recipe, source=open_next, **options)
        self.stations.append(station)
        return station


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    here = Place(tmp_path)
    yield here
    here.release.set()
    for station in here.stations:
        station.stop()
    until(lambda: not [t for t in threading.enumerate() if t.name in OUR_THREADS])


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.005)


def seen_until(station: Station, condition: Callable[[View], bool]) -> list[View]:
    """Every view that a screen would have pulled, up to the one that meets the condition."""
    views: list[View] = []

    def pulled() -> bool:
        views.append(station.view())
        return condition(views[-1])

    until(pulled)
    return views


def test_every_frame_of_a_file_is_judged_and_told_in_order(place: Place) -> None:
    parts = [GOOD, GOOD, BAD, 2, GOOD] * 20
    station = place.station([ScriptedCamera([picture(p, i) for i, p in enumerate(parts)])], every_frame=True)
    station.start()
    assert station.wait(PATIENCE_S)
    assert [(i.first_frame, i.last_frame) for i in place.told] == [(n, n) for n in range(100)]
    assert [i.verdict for i in place.told] == [OK if p == GOOD else NOT_OK for p in parts]
    assert [i.id for i in place.told] == sorted({i.id for i in place.told})
    view = station.view()
    assert (view.state, view.skipped) == (State.STOPPED, 0)
    assert dict(view.counts) == {UNDEFINED: 0, OK: 60, NOT_OK: 40, NOT_DECIDABLE: 0}
    assert view.inspection == place.told[-1]


def test_frames_vote(place: Place) -> None:
    parts = [GOOD, BAD, GOOD, BAD, BAD, GOOD, GOOD]
    station = place.station([ScriptedCamera([picture(p, i) for i, p in enumerate(parts)])])
    station.start()
    station.wait(PATIENCE_S)
    assert [(i.first_frame, i.last_frame, i.verdict) for i in place.told] == [(0, 2, OK), (3, 4, NOT_OK), (5, 6, OK)]
    assert place.told[1].findings[0].reason == "part missing"
    assert (place.told[0].recipe, place.told[0].bundle) == ("box", "box-1")


def test_pictures_that_stand_alone_do_not_vote(place: Place) -> None:
    camera = ScriptedCamera([picture(GOOD, 0), picture(BAD, 1)], still=True)
    station = place.station([camera])
    station.start()
    station.wait(PATIENCE_S)
    assert [i.verdict for i in place.told] == [OK, NOT_OK]
    assert station.view().verdict is NOT_OK  # the verdict on the last picture, which is still shown


def test_each_workpiece_that_comes_to_rest_is_inspected_once(place: Place) -> None:
    def workpiece(x: int, parts: int) -> Image:
        image = np.full((SIZE[1], SIZE[0], 3), 100, np.uint8)
        image[20:40, x : x + 20] = 220
        image[0, 0] = parts
        return freeze(image)

    said = [GOOD, BAD, GOOD]
    script = [workpiece(x, p) for p in said for x in [*range(0, 40, 5), *[40] * 20]]
    station = place.station([ScriptedCamera(script)], a_recipe(frames=3, agree=3, trigger=Trigger.REST))
    station.start()
    station.wait(PATIENCE_S)
    assert [i.verdict for i in place.told] == [OK, NOT_OK, OK]


def test_a_dark_picture_among_pictures_is_not_decidable(place: Place) -> None:
    station = place.station([ScriptedCamera([picture(GOOD, 0), dark()])], every_frame=True)
    station.start()
    station.wait(PATIENCE_S)
    assert [i.verdict for i in place.told] == [OK, NOT_DECIDABLE]
    assert "dark" in place.told[1].reason
    assert station.view().verdict is NOT_DECIDABLE


def test_a_picture_of_another_size_is_not_decidable(place: Place) -> None:
    station = place.station([ScriptedCamera([picture(GOOD, 0, (128, 96))], still=True)])
    station.start()
    station.wait(PATIENCE_S)
    assert place.told[0].verdict is NOT_DECIDABLE
    assert "128x96" in place.told[0].reason


def test_patterns_reach_the_finding(place: Place) -> None:
    patterns = (Pattern(name="off", passes=False), Pattern(name="on", passes=True))
    recipe = Recipe(name="box", components=(Component(name="screw", mode=Mode.CLASSIFICATION, patterns=patterns),))
    station = place.station([ScriptedCamera([picture(1, 0)], still=True)], recipe)
    station.start()
    station.wait(PATIENCE_S)
    assert place.told[0].reason == "screw: 1 is off"


def test_a_camera_that_vanishes_takes_the_pass_along_until_fresh_frames_agree(place: Place) -> None:
    gone, back = threading.Event(), threading.Event()
    first = ScriptedCamera(chain(endless(GOOD, gone), [MachineError("The camera is gone.")]), live=True)
    second = ScriptedCamera(chain([lambda: back.wait(PATIENCE_S)], endless(BAD)), live=True)
    station = place.station([first, MachineError("The camera is still gone."), second])
    station.start()
    seen_until(station, lambda view: view.verdict is OK)
    gone.set()
    views = seen_until(station, lambda view: view.state is State.ERROR)
    assert views[-1].message.endswith("gone.")
    assert views[-1].verdict is UNDEFINED
    assert views[-1].findings == ()
    told = len(place.told)
    time.sleep(0.2)
    assert station.view().verdict is UNDEFINED
    back.set()
    views = seen_until(station, lambda view: view.verdict is NOT_OK)
    assert all(view.verdict is not OK for view in views)
    assert views[-1].state is State.RUNNING
    assert all(i.verdict is NOT_OK for i in place.told[told:])


def test_no_vote_reaches_over_a_gap(place: Place) -> None:
    seen = threading.Event()
    first = ScriptedCamera(
        [picture(GOOD, 0), lambda: seen.wait(PATIENCE_S), MachineError("The camera is gone.")], live=True
    )
    second = ScriptedCamera([picture(GOOD, 2), place.block], live=True)
    station = place.station([first, second], a_recipe(frames=2, agree=2))
    station.start()
    seen_until(station, lambda view: view.frame is not None)
    seen.set()
    seen_until(station, lambda view: view.frame is not None and view.frame.number == 1)
    assert place.told == []
    assert station.view().verdict is UNDEFINED


def test_a_frozen_picture_is_no_pass(place: Place) -> None:
    frozen = threading.Event()
    station = place.station([ScriptedCamera(chain(endless(GOOD, frozen), repeat(picture(GOOD, 0))), live=True)])
    station.start()
    seen_until(station, lambda view: view.verdict is OK)
    frozen.set()
    views = seen_until(station, lambda view: "frozen" in view.message)
    assert views[-1].verdict is not OK
    told = len(place.told)
    views = seen_until(station, lambda view: view.state is State.ERROR)
    assert all(view.verdict is not OK for view in views)
    assert len(place.told) == told


def test_a_dark_picture_is_no_pass(place: Place) -> None:
    night = threading.Event()
    station = place.station([ScriptedCamera(chain(endless(GOOD, night), repeat(dark())), live=True)])
    station.start()
    seen_until(station, lambda view: view.verdict is OK)
    night.set()
    views = seen_until(station, lambda view: "dark" in view.message)
    assert (views[-1].state, views[-1].verdict) == (State.RUNNING, NOT_DECIDABLE)


def test_a_camera_that_falls_silent_takes_the_pass_along(place: Place) -> None:
    silent = threading.Event()
    station = place.station([ScriptedCamera(chain(endless(GOOD, silent), [place.block]), live=True)])
    station.start()
    seen_until(station, lambda view: view.verdict is OK)
    silent.set()
    views = seen_until(station, lambda view: view.state is State.ERROR)
    assert views[-1].verdict is UNDEFINED
    assert views[-1].message


def test_a_detector_that_hangs_takes_the_pass_along(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspector.inspection.run, "FRESH_S", 0.3)
    judged = []

    def hang(image: Image) -> None:
        judged.append(image)
        if len(judged) > 5:
            place.block()

    station = place.station([ScriptedCamera(endless(GOOD), live=True)], before=hang)
    station.start()
    seen_until(station, lambda view: view.verdict is OK)
    views = seen_until(station, lambda view: view.verdict is UNDEFINED)
    assert views[-1].message == "No picture was judged for 0.3 s."
    assert station.view() is views[-1]


def test_a_detector_that_raises_ends_in_error_with_a_sentence(place: Place) -> None:
    judged = []

    def fail(image: Image) -> None:
        judged.append(image)
        if len(judged) > 5:
            raise RuntimeError("bad tensor")

    station = place.station([ScriptedCamera(endless(GOOD), live=True)], before=fail)
    station.start()
    with pytest.raises(MachineError, match="bad tensor"):
        station.wait(PATIENCE_S)
    view = station.view()
    assert (view.state, view.verdict) == (State.ERROR, UNDEFINED)
    assert "bad tensor" in view.message


def test_a_slow_detector_gets_the_newest_and_the_skipped_are_counted(place: Place) -> None:
    camera = ScriptedCamera(endless(GOOD), live=True)
    station = place.station([camera], before=lambda _: time.sleep(0.05), every_frame=True)
    station.start()
    seen_until(station, lambda view: view.counts[OK] >= 5)
    station.stop()
    assert station.wait(PATIENCE_S)
    numbers = [i.first_frame for i in place.told]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] - numbers[0] > len(numbers) - 1
    assert station.view().skipped > 0
    assert all(i.latency_ms >= 50 for i in place.told)


def test_stop_returns_while_the_camera_blocks(place: Place) -> None:
    camera = ScriptedCamera([picture(GOOD, 0), place.block], live=True)
    station = place.station([camera])
    station.start()
    seen_until(station, lambda view: view.state is State.RUNNING)
    station.stop()
    assert (station.view().state, station.view().verdict) == (State.STOPPED, UNDEFINED)
    assert station.wait(PATIENCE_S)
    assert not place.release.is_set()
    assert not camera.closed


def test_start_returns_while_the_detector_loads(place: Place) -> None:
    class SlowToProve(Bundle):
        def prove(self, detector: object) -> int:
            place.block()
            return 0

    recipe = a_recipe()
    plain = a_bundle(place.folder, recipe)
    station = place.station([ScriptedCamera([])], recipe, bundle=SlowToProve(plain.folder, plain.manifest))
    station.start()
    assert station.view().state is State.STARTING
    place.release.set()
    assert station.wait(PATIENCE_S)


def test_a_bundle_that_this_machine_does_not_reproduce_never_starts(place: Place) -> None:
    cv2.imwrite(str(place.folder / "golden.png"), picture(BAD, 0))
    golden = Golden(file="golden.png", sightings=(Sighting(component="part", score=0.9, xyxy=(0, 0, 8, 8)),))
    recipe = a_recipe()
    station = place.station(
        [ScriptedCamera(endless(GOOD), live=True)], recipe, bundle=a_bundle(place.folder, recipe, (golden,))
    )
    station.start()
    with pytest.raises(InputError, match="sees other things"):
        station.wait(PATIENCE_S)
    assert station.view().frame is None


@pytest.mark.parametrize("error", [InputError("There is no source 'x'."), MachineError("The camera does not answer.")])
def test_a_source_that_is_not_there_at_the_start_is_the_end(place: Place, error: Exception) -> None:
    station = place.station([error])
    station.start()
    with pytest.raises(type(error), match=str(error)):
        station.wait(PATIENCE_S)
    assert (station.view().state, station.view().message) == (State.ERROR, str(error))


def test_a_station_may_wait_for_its_camera(place: Place) -> None:
    camera = ScriptedCamera(endless(GOOD), live=True)
    station = place.station([MachineError("The camera does not answer."), camera], wait_for_camera=True)
    station.start()
    views = seen_until(station, lambda view: view.verdict is OK)
    assert State.ERROR in {view.state for view in views}


def test_a_file_that_is_damaged_in_the_middle_ends_in_its_sentence(place: Place) -> None:
    camera = ScriptedCamera([picture(GOOD, 0), picture(GOOD, 1), InputError("The video is cut short.")])
    station = place.station([camera])
    station.start()
    with pytest.raises(InputError, match="cut short"):
        station.wait(PATIENCE_S)
    assert [i.verdict for i in place.told] == [OK]
    assert station.view().verdict is UNDEFINED


def test_whoever_hears_and_fails_ends_the_run_and_is_told_again(place: Place) -> None:
    told: list[int] = []

    def hear(inspection: Inspection) -> None:
        told.append(inspection.first_frame)
        if told == [0, 1]:
            raise OSError("the pipe is closed")

    cameras = [ScriptedCamera([picture(GOOD, i) for i in range(4)]), ScriptedCamera([])]
    station = place.station(cameras, every_frame=True, on_inspection=hear)
    station.start()
    with pytest.raises(MachineError, match="the pipe is closed"):
        station.wait(PATIENCE_S)
    assert (station.view().state, station.view().verdict) == (State.ERROR, UNDEFINED)
    station.start()
    assert station.wait(PATIENCE_S)
    assert told[:3] == [0, 1, 1]
    assert told[2:] == list(range(1, told[-1] + 1))


def test_records_that_are_locked_are_an_error_and_nothing_decided_is_lost(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspector.inspection.database, "BUSY_S", 0.05)
    records = Records(place.folder / "records")
    thief = sqlite3.connect(place.folder / "records" / "records.db", isolation_level=None)
    thief.execute("BEGIN EXCLUSIVE")
    cameras = [ScriptedCamera([picture(GOOD, 0)]), ScriptedCamera([])]
    station = place.station(cameras, every_frame=True, records=records)
    station.start()
    with pytest.raises(MachineError, match="locked by another program"):
        station.wait(PATIENCE_S)
    assert (station.view().state, station.view().verdict) == (State.ERROR, UNDEFINED)
    assert place.told == []
    thief.execute("ROLLBACK")
    thief.close()
    station.start()
    assert station.wait(PATIENCE_S)
    assert [i.first_frame for i in place.told] == [0]
    assert list(records.list()) == place.told
    records.close()


def test_what_was_decided_before_stop_is_still_delivered(place: Place) -> None:
    heard = threading.Event()

    def slowly(inspection: Inspection) -> None:
        heard.wait(PATIENCE_S)
        place.told.append(inspection)

    station = place.station([ScriptedCamera(endless(GOOD), live=True)], every_frame=True, on_inspection=slowly)
    station.start()
    seen_until(station, lambda view: sum(view.counts.values()) >= 5)
    station.stop()
    heard.set()
    assert station.wait(PATIENCE_S)
    assert len(place.told) == sum(station.view().counts.values())


def test_a_station_starts_again(place: Place) -> None:
    cameras = [ScriptedCamera(endless(GOOD), live=True), ScriptedCamera(endless(BAD), live=True)]
    station = place.station(cameras)
    station.stop()
    assert station.wait()
    station.start()
    station.start()
    seen_until(station, lambda view: view.verdict is OK)
    station.stop()
    station.start()
    views = seen_until(station, lambda view: view.verdict is NOT_OK)
    assert all(view.verdict is not OK for view in views)
    until(lambda: cameras[0].closed)


def test_a_bundle_for_other_components_is_refused(place: Place) -> None:
    bundle = a_bundle(place.folder, a_recipe())
    other = Recipe(name="box", components=(Component(name="part"), Component(name="tape")))
    with pytest.raises(InputError, match="asks for part, tape, the bundle box-1 was taught part"):
        place.station([], other, bundle=bundle)


def test_a_score_in_the_recipe_outweighs_the_bundles(place: Place) -> None:
    recipe = Recipe(name="box", components=(Component(name="part", threshold=0.95),))
    station = place.station([ScriptedCamera([picture(GOOD, 0)], still=True)], recipe)
    station.start()
    station.wait(PATIENCE_S)
    assert place.told[0].verdict is NOT_OK

"""A station on scripted cameras and detectors: what it says, and when it starts and stops."""

import threading
import time

import numpy as np
import pytest

from inspector.bundle import Bundle
from inspector.detector import Detector
from inspector.errors import InputError, MachineError
from inspector.frame import Image, freeze
from inspector.inspection.station import State
from inspector.inspection.verdict import Inspection
from inspector.recipe import Component, Mode, Pattern, Recipe, Trigger
from tests.inspection.scripted import (
    BAD,
    GOOD,
    NOT_DECIDABLE,
    NOT_OK,
    OK,
    PATIENCE_S,
    SIZE,
    UNDEFINED,
    Place,
    ScriptedCamera,
    ScriptedDetector,
    a_bundle,
    a_recipe,
    dark,
    endless,
    picture,
    seen_until,
    until,
)


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


def test_when_it_has_ended_no_camera_is_being_read(place: Place) -> None:
    """Else a program that ends then is aborted, with a thread of it in OpenCV."""
    camera = ScriptedCamera(endless(GOOD), live=True, pace_s=0.3)
    station = place.station([camera])
    station.start()
    seen_until(station, lambda view: view.state is State.RUNNING)
    station.stop()
    assert station.wait(PATIENCE_S)
    assert camera.closed


def test_start_returns_while_the_detector_loads(place: Place) -> None:
    class SlowToLoad(Bundle):
        def detector(self, threads: int = 2) -> Detector:
            place.block()
            return ScriptedDetector(self.manifest.labels)

    recipe = a_recipe()
    plain = a_bundle(place.folder, recipe)
    slow = SlowToLoad(plain.folder, plain.manifest)
    station = place.station([ScriptedCamera([])], recipe, bundle=slow, detector=None)
    station.start()
    assert station.view().state is State.STARTING
    place.release.set()
    assert station.wait(PATIENCE_S)


def test_a_station_may_wait_for_its_camera(place: Place) -> None:
    camera = ScriptedCamera(endless(GOOD), live=True)
    station = place.station([MachineError("The camera does not answer."), camera], wait_for_camera=True)
    station.start()
    views = seen_until(station, lambda view: view.verdict is OK)
    assert State.ERROR in {view.state for view in views}


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


def test_a_bundle_that_was_taught_on_pictures_of_another_size_is_refused(place: Place) -> None:
    bundle = a_bundle(place.folder, a_recipe())
    larger = a_recipe().model_copy(update={"frame_size": (1280, 720)})
    with pytest.raises(InputError, match="for pictures of 1280x720, the bundle box-1 was taught on 64x48"):
        place.station([], larger, bundle=bundle)


def test_a_score_in_the_recipe_outweighs_the_bundles(place: Place) -> None:
    recipe = Recipe(name="box", components=(Component(name="part", threshold=0.95),))
    station = place.station([ScriptedCamera([picture(GOOD, 0)], still=True)], recipe)
    station.start()
    station.wait(PATIENCE_S)
    assert place.told[0].verdict is NOT_OK

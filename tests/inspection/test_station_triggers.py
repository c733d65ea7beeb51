"""A station that is asked: on scripted cameras, each accepted trigger is one inspection, whatever the camera does."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import cv2
import numpy as np
import pytest

from inspector.errors import MachineError
from inspector.frame import Image
from inspector.inspection.records import Records
from inspector.inspection.station import State, Station
from inspector.inspection.triggers.serials import Receipt
from inspector.inspection.verdict import Inspection, Verdict
from inspector.inspection.view import View
from inspector.recipe import Recipe
from inspector.serial import Serial
from inspector.triggers import Triggers
from tests.inspection.scripted import (
    BAD,
    GOOD,
    NOT_DECIDABLE,
    NOT_OK,
    OK,
    PATIENCE_S,
    UNDEFINED,
    Place,
    ScriptedCamera,
    a_recipe,
    endless,
    picture,
    seen_until,
    until,
)

AT_ONCE = Triggers(delay_s=0.0)


def asked_recipe(serial: dict[str, Any] | None = None, **vote: Any) -> Recipe:
    recipe = a_recipe(**{"frames": 3, "agree": 2, "trigger": "asked", **vote})
    return recipe.model_copy(update={"serial": Serial.model_validate(serial or {})})


def running(place: Place, *cameras: Any, recipe: Recipe | None = None, **options: Any) -> Station:
    options.setdefault("triggers", AT_ONCE)
    station = place.station(cameras, recipe or asked_recipe(), **options)
    station.start()
    seen_until(station, lambda view: view.state is State.RUNNING)
    return station


def test_each_trigger_is_one_inspection_that_says_who_asked(place: Place) -> None:
    station = running(place, ScriptedCamera(endless(GOOD), live=True))
    for number in range(3):
        assert station.trigger(f"SN-{number}", "file:a") == ""
        seen_until(station, lambda view: not view.busy)
    until(lambda: len(place.told) == 3)
    assert [(i.verdict, i.serial, i.trigger) for i in place.told] == [(OK, f"SN-{n}", "file:a") for n in range(3)]


def test_without_a_trigger_nothing_is_inspected(place: Place) -> None:
    camera = ScriptedCamera([picture(GOOD, i) for i in range(50)])
    station = place.station([camera], asked_recipe(), triggers=AT_ONCE)
    station.start()
    assert station.wait(PATIENCE_S)
    assert place.told == []


def test_a_second_trigger_is_refused_while_one_is_pending(place: Place) -> None:
    held = threading.Event()

    def wait(image: Image) -> None:
        held.wait(PATIENCE_S)

    station = place.station([ScriptedCamera(endless(GOOD), live=True)], asked_recipe(), wait, triggers=AT_ONCE)
    station.start()
    seen_until(station, lambda view: view.state is State.READY)
    assert station.trigger() == ""
    assert station.view().busy
    assert station.trigger().startswith("Busy: the trigger of")
    held.set()
    until(lambda: len(place.told) == 1)
    until(lambda: not station.view().busy)


def test_a_flood_of_triggers_from_many_threads_is_one_inspection_for_each_that_was_accepted(place: Place) -> None:
    station = running(place, ScriptedCamera(endless(GOOD), live=True))
    answers: list[str] = []

    def flood() -> None:
        answers.extend(station.trigger() for _ in range(300))

    threads = [threading.Thread(target=flood) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    until(lambda: not station.view().busy)
    station.stop()
    assert station.wait(PATIENCE_S)
    assert len(answers) == 1200
    assert len(place.told) == answers.count("") > 0


def test_a_camera_that_goes_silent_makes_it_not_decidable(place: Place) -> None:
    camera = ScriptedCamera([*[picture(GOOD, i) for i in range(20)], place.block], live=True)
    station = running(place, camera, recipe=asked_recipe(decide_within_s=0.3))
    until(lambda: camera._number == 20)
    assert station.trigger("SN-1") == ""
    until(lambda: len(place.told) == 1)
    (inspection,) = place.told
    assert (inspection.verdict, inspection.serial, inspection.first_frame) == (NOT_DECIDABLE, "SN-1", -1)
    assert inspection.reason == "no picture came within 0.3 s of the trigger"
    assert station.view().verdict is not OK


def test_a_trigger_that_was_held_up_on_its_way_is_of_what_lay_there_when_it_was_given(place: Place) -> None:
    station = running(place, ScriptedCamera(endless(GOOD), live=True), recipe=asked_recipe(decide_within_s=0.5))
    assert station.trigger("SN-1", at_s=time.monotonic() - 0.6) == ""
    until(lambda: len(place.told) == 1)
    (late,) = place.told
    assert (late.verdict, late.serial, late.first_frame) == (NOT_DECIDABLE, "SN-1", -1)
    assert late.reason == "no picture came within 0.5 s of the trigger"
    assert datetime.now(UTC) - late.started_at > timedelta(seconds=0.6)
    assert station.trigger("SN-2", at_s=time.monotonic() + 60) == ""  # of another clock: it is taken for now
    until(lambda: len(place.told) == 2)
    assert (place.told[1].verdict, place.told[1].serial) == (OK, "SN-2")


def test_a_late_trigger_is_not_shown_with_what_lies_there_by_now(place: Place) -> None:
    """It comes while a picture is judged, of the next workpiece already."""
    records, asked = Records(place.folder / "records"), list[str]()

    def ask(image: Image) -> None:
        if station.view().state is State.RUNNING and not asked:
            asked.append(station.trigger("SN-1", at_s=time.monotonic() - 0.6))

    camera, recipe = ScriptedCamera(endless(GOOD), live=True), asked_recipe(decide_within_s=0.5)
    station = place.station([camera], recipe, ask, triggers=AT_ONCE, records=records)
    station.start()
    until(lambda: len(place.told) == 1)
    assert (asked, place.told[0].verdict, place.told[0].serial) == ([""], NOT_DECIDABLE, "SN-1")
    assert not cv2.imread(str(records.evidence(place.told[0]))).any()
    station.stop()
    assert station.wait(PATIENCE_S)
    records.close()


def test_what_comes_to_its_end_by_time_is_kept_with_the_picture_that_counted(place: Place) -> None:
    """It was decided, and waits for its number in vain; meanwhile it leaves, and a good one lies there."""
    records, left = Records(place.folder / "records"), threading.Event()
    camera = ScriptedCamera(chain(endless(BAD, left), endless(GOOD)), live=True)
    recipe = asked_recipe({"needed": True}, decide_within_s=0.6)
    station = running(place, camera, recipe=recipe, records=records)
    assert station.trigger() == ""
    until(lambda: station.view().busy and station.view().verdict is UNDEFINED)
    time.sleep(0.2)
    left.set()
    until(lambda: len(place.told) == 1)
    (told,) = place.told
    assert (told.verdict, told.findings[0].found) == (NOT_OK, BAD)
    seen = json.loads(records.evidence(told).with_suffix(".json").read_text())
    assert (seen["frame"], len(seen["detections"])) == (told.last_frame, BAD)
    station.stop()
    assert station.wait(PATIENCE_S)
    records.close()


def test_the_next_workpieces_ok_is_shown_once_it_is_recorded_where_one_picture_decides(place: Place) -> None:
    recorded = threading.Semaphore(1)

    def hear(inspection: Inspection) -> None:
        recorded.acquire(timeout=PATIENCE_S)
        place.told.append(inspection)

    camera, recipe = ScriptedCamera(endless(GOOD), live=True), asked_recipe(frames=1, agree=1)
    station = running(place, camera, recipe=recipe, on_inspection=hear)
    assert station.trigger("SN-1") == ""
    seen_until(station, lambda view: view.verdict is OK)
    # So long ago that the very next picture counts, and nothing is shown between the two.
    assert station.trigger("SN-2", at_s=time.monotonic() - 0.3) == ""
    seen_until(station, lambda view: view.inspection is not None and view.inspection.serial == "SN-2")
    until(lambda: station.view().verdict is UNDEFINED)
    assert not [view for view in watched(station, 0.3) if view.verdict is OK]
    recorded.release()
    assert seen_until(station, lambda view: view.verdict is OK)


def watched(station: Station, seconds: float) -> list[View]:
    """What is to be seen within that time."""
    views, end_s = [], time.monotonic() + seconds
    while time.monotonic() < end_s:
        views.append(station.view())
        time.sleep(0.005)
    return views


def test_an_inspection_without_a_picture_can_be_kept(place: Place) -> None:
    records = Records(place.folder / "records")
    camera = ScriptedCamera([*[picture(GOOD, i) for i in range(20)], place.block], live=True)
    station = running(place, camera, recipe=asked_recipe(decide_within_s=0.2), records=records)
    until(lambda: camera._number == 20)
    station.trigger()
    until(lambda: len(place.told) == 1)
    assert records.evidence(place.told[0]).exists()
    assert [i.verdict for i in records.list()] == [NOT_DECIDABLE]
    station.stop()
    assert station.wait(PATIENCE_S)
    records.close()


def test_stopping_ends_what_is_pending_as_not_decidable(place: Place) -> None:
    station = running(place, ScriptedCamera(endless(GOOD), live=True), triggers=Triggers(delay_s=60.0))
    assert station.trigger() == ""
    station.stop()
    assert station.wait(PATIENCE_S)
    assert [(i.verdict, i.reason) for i in place.told] == [(NOT_DECIDABLE, "The station was ended.")]
    assert station.trigger().startswith("The station is not ready for a trigger")
    assert not station.view().busy


def test_a_failure_ends_what_is_pending_too(place: Place) -> None:
    broken = threading.Event()

    def fail(image: Image) -> None:
        if broken.is_set():
            raise RuntimeError("the network broke")

    station = place.station(
        [ScriptedCamera(endless(GOOD), live=True)], asked_recipe(), fail, triggers=Triggers(delay_s=60.0)
    )
    station.start()
    seen_until(station, lambda view: view.state is State.RUNNING)
    assert station.trigger("SN-1") == ""
    broken.set()
    with pytest.raises(MachineError):
        station.wait(PATIENCE_S)
    assert [(i.verdict, i.serial) for i in place.told] == [(NOT_DECIDABLE, "SN-1")]


def test_a_station_that_is_not_ready_refuses(place: Place) -> None:
    station = place.station([MachineError("gone")] * 50, asked_recipe(), wait_for_camera=True)
    assert station.trigger() == station.scan("A").said == "The station was not started."
    station.start()
    seen_until(station, lambda view: view.state is State.ERROR)
    assert station.trigger() == "The station is not ready for a trigger: gone"


def test_a_recipe_with_another_trigger_refuses(place: Place) -> None:
    station = running(place, ScriptedCamera(endless(GOOD), live=True), recipe=a_recipe())
    assert "waits for no trigger" in station.trigger()


def test_frames_from_before_the_trigger_do_not_count(place: Place) -> None:
    """A bad workpiece lay there; the good one was put down before the trigger."""
    now = threading.Event()

    def pictures() -> Iterator[Image]:
        yield from endless(BAD, now)
        yield from endless(GOOD)

    station = running(place, ScriptedCamera(pictures(), live=True), triggers=Triggers(delay_s=0.1))
    now.set()
    assert station.trigger() == ""
    until(lambda: len(place.told) == 1)
    assert place.told[0].verdict is OK


def test_a_scan_names_the_next_workpiece(place: Place) -> None:
    station = running(place, ScriptedCamera(endless(GOOD), live=True), recipe=asked_recipe({"pattern": "A-[0-9]"}))
    assert "no serial number" in station.scan("B-1").said
    assert station.scan("A-1") == Receipt(True, "")
    station.trigger()
    until(lambda: len(place.told) == 1)
    assert place.told[0].serial == "A-1"


def test_a_needed_number_is_waited_for_and_nothing_is_shown_meanwhile(place: Place) -> None:
    recipe = asked_recipe({"needed": True}, decide_within_s=5.0)
    station = running(place, ScriptedCamera(endless(GOOD), live=True), recipe=recipe)
    station.trigger()
    seen_until(station, lambda view: view.frame is not None and view.frame.number > 40)
    assert place.told == []
    assert (station.view().verdict, station.view().busy) == (UNDEFINED, True)
    station.scan("A-1")
    until(lambda: len(place.told) == 1)
    assert (place.told[0].verdict, place.told[0].serial) == (OK, "A-1")


def test_a_scanned_number_is_seen_to_wait_until_it_names_an_inspection(place: Place) -> None:
    station = running(place, ScriptedCamera(endless(GOOD), live=True), recipe=asked_recipe())
    station.scan("A-1")
    assert station.view().scanned == "A-1"
    station.trigger()
    until(lambda: len(place.told) == 1)
    assert place.told[0].serial == "A-1"
    until(lambda: station.view().scanned == "")


def test_a_scanned_number_that_waited_too_long_names_nothing(place: Place) -> None:
    station = running(place, ScriptedCamera(endless(GOOD), live=True), triggers=Triggers(delay_s=0, holds_s=0.2))
    station.scan("A-1")
    until(lambda: station.view().scanned == "")
    station.trigger()
    until(lambda: len(place.told) == 1)
    assert place.told[0].serial == ""


def test_faulty_frames_make_it_not_decidable_with_the_fault_as_the_reason(place: Place) -> None:
    dark = np.zeros((48, 64, 3), np.uint8)

    def going_dark() -> Iterator[Image]:
        for mark, image in enumerate(endless(GOOD)):
            if mark < 20:
                yield image
                continue
            black = dark.copy()
            black[0, 1] = mark % 20, mark // 20 % 20, 0
            yield black

    station = running(place, ScriptedCamera(going_dark(), live=True), recipe=asked_recipe(decide_within_s=0.3))
    station.trigger()
    until(lambda: len(place.told) == 1)
    assert place.told[0].verdict in (OK, NOT_DECIDABLE)  # the first frames may still have been bright
    until(lambda: station.view().verdict is NOT_DECIDABLE)
    assert station.trigger() == ""
    until(lambda: len(place.told) == 2)
    assert place.told[1].verdict is NOT_DECIDABLE
    assert "dark" in place.told[1].reason


def test_verdicts_follow_what_lies_there(place: Place) -> None:
    parts = [GOOD, BAD]
    for part, verdict in zip(parts, (OK, NOT_OK), strict=True):
        station = running(place, ScriptedCamera(endless(part), live=True))
        station.trigger()
        views = seen_until(station, lambda view: view.verdict is not Verdict.UNDEFINED)
        assert views[-1].verdict is verdict
        station.stop()

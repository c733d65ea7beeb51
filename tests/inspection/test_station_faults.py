"""A station whose camera, detector, source or records fail: a fault never says PASS."""

import sqlite3
import sys
import threading
import time
from contextlib import closing
from itertools import chain, repeat

import cv2
import pytest

import inspector.inspection.records.sqlite
import inspector.inspection.run
from inspector.bundle import Golden, Sighting
from inspector.errors import InputError, MachineError
from inspector.frame import Image
from inspector.inspection.records import Records
from inspector.inspection.station import State
from inspector.inspection.verdict import Inspection
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
    a_bundle,
    a_recipe,
    dark,
    endless,
    picture,
    seen_until,
)


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


def test_a_picture_that_has_grown_old_before_it_is_judged_is_no_pass(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspector.inspection.run, "FRESH_S", 0.3)
    hang = iter([lambda: None, lambda: time.sleep(0.5)])
    script = [picture(GOOD, 0), lambda: time.sleep(0.05), picture(GOOD, 1), place.block]
    station = place.station(
        [ScriptedCamera(script, live=True)], a_recipe(frames=2, agree=2), before=lambda image: next(hang)()
    )
    station.start()
    views = seen_until(station, lambda view: "old before it was judged" in view.message)
    assert views[-1].verdict is not OK
    assert place.told == []


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


def test_a_file_that_is_damaged_in_the_middle_ends_in_its_sentence(place: Place) -> None:
    camera = ScriptedCamera([picture(GOOD, 0), picture(GOOD, 1), InputError("The video is cut short.")])
    station = place.station([camera])
    station.start()
    with pytest.raises(InputError, match="cut short"):
        station.wait(PATIENCE_S)
    assert [i.verdict for i in place.told] == [OK]
    assert station.view().verdict is UNDEFINED


def test_whoever_hears_and_leaves_ends_the_run_and_blocks_nothing(place: Place) -> None:
    """More is decided than may wait to be delivered."""

    def hear(inspection: Inspection) -> None:
        raise SystemExit(1)

    station = place.station(
        [ScriptedCamera([picture(GOOD, i) for i in range(60)])], every_frame=True, on_inspection=hear
    )
    station.start()
    with pytest.raises(MachineError, match="The station failed"):
        station.wait(PATIENCE_S)


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
    monkeypatch.setattr(inspector.inspection.records.sqlite, "BUSY_S", 0.05)
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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is in use")
def test_records_that_were_removed_underneath_are_an_error_and_nothing_is_told(place: Place) -> None:
    folder = place.folder / "records"
    with closing(Records(folder)) as records:
        for part in folder.glob("records.db*"):
            part.unlink()
        cameras = [ScriptedCamera([picture(GOOD, 0)]), ScriptedCamera([])]
        station = place.station(cameras, every_frame=True, records=records)
        station.start()
        with pytest.raises(MachineError, match="were removed or replaced while they were in use"):
            station.wait(PATIENCE_S)
    assert (station.view().state, station.view().verdict) == (State.ERROR, UNDEFINED)
    assert "were removed" in station.view().message
    assert place.told == []

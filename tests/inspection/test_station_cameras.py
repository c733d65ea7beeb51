"""A station with several cameras: one inspection of a workpiece, of which each sees its own components."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import chain, repeat
from typing import Any

import cv2
import numpy as np
import pytest

from inspector.boxes import as_boxes
from inspector.bundle import Bundle
from inspector.detections import Detections
from inspector.errors import InputError, MachineError
from inspector.frame import Image, freeze
from inspector.inspection.records import Records
from inspector.inspection.station import State, Station, View
from inspector.inspection.verdict import Kind
from inspector.recipe import Component, Label, Recipe, Trigger, Viewpoint, Vote
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
    dark,
    endless,
    picture,
    seen_until,
    until,
)

LID, SEAL = Component(name="lid", camera="top"), Component(name="seal", camera="side")
TOP, SIDE = Viewpoint(name="top"), Viewpoint(name="side")


def two_sided(**vote: Any) -> Recipe:
    return Recipe(name="box", components=(LID, SEAL), cameras=(TOP, SIDE), vote=Vote(**vote))


class SeesBoth:
    """In each picture as many of every component as its first pixel says, whichever its camera is asked of."""

    labels = (Label("lid"), Label("seal"))

    def detect(self, image: Image) -> Detections:
        n = int(image[0, 0, 0]) if image[0, 0, 0] < 10 else 1
        boxes = as_boxes([(10 * i, 0, 10 * i + 8, 8) for i in range(n)] * 2)
        classes = np.repeat(np.arange(2, dtype=np.int32), n)
        return Detections(boxes, np.full(2 * n, 0.9, np.float32), classes, self.labels)


def script(parts: Sequence[int]) -> list[Image]:
    return [picture(p, i) for i, p in enumerate(parts)]


def station_on(
    place: Place, top: Sequence[Any], side: Sequence[Any], recipe: Recipe | None = None, **options: Any
) -> Station:
    return place.station(
        {"top": top, "side": side}, recipe or two_sided(frames=3, agree=2), detector=SeesBoth(), **options
    )


def run(place: Place, top: Sequence[int], side: Sequence[int], **options: Any) -> Station:
    """A station on two files, to their end."""
    station = station_on(place, [ScriptedCamera(script(top))], [ScriptedCamera(script(side))], **options)
    station.start()
    assert station.wait(PATIENCE_S)
    return station


def live(pictures: Iterator[Any], **options: Any) -> ScriptedCamera:
    return ScriptedCamera(pictures, live=True, **options)


def test_each_camera_is_asked_of_its_own_components_alone(place: Place) -> None:
    run(place, top=[GOOD, BAD, GOOD, BAD, 2], side=[GOOD, GOOD, BAD, BAD, GOOD], every_frame=True)
    assert [i.verdict for i in place.told] == [OK, NOT_OK, NOT_OK, NOT_OK, NOT_OK]
    assert [i.reason for i in place.told] == [
        "",
        "lid missing",
        "seal missing",
        "lid missing; seal missing",
        "lid: 2 found, 1 expected",
    ]
    assert all([f.component for f in i.findings] == ["lid", "seal"] for i in place.told)


def test_all_cameras_vote_as_one(place: Place) -> None:
    run(place, top=[GOOD, BAD, GOOD, GOOD, GOOD], side=[GOOD, GOOD, BAD, GOOD, GOOD])
    # At 0 both are right, at 1 and 2 one of them is not, at 3 and 4 both are right again.
    assert [(i.first_frame, i.last_frame, i.verdict) for i in place.told] == [(0, 4, OK)]


def test_nothing_is_decided_where_each_camera_alone_would_be_sure(place: Place) -> None:
    """Four of five frames of each are right, but only three pairs."""
    top, side = [GOOD, BAD, GOOD, GOOD, GOOD], [GOOD, GOOD, GOOD, BAD, GOOD]
    run(place, top, side, recipe=two_sided(frames=5, agree=4))
    assert place.told == []


def test_an_inspection_tells_of_both_cameras(place: Place) -> None:
    station = run(place, top=[GOOD] * 3, side=[GOOD] * 3, recipe=two_sided(frames=3, agree=3))
    (inspection,) = place.told
    assert inspection.cameras == [
        {"name": name, "source": "scripted", "frame": 2, "settings": {}} for name in ("top", "side")
    ]
    view = station.view()
    assert view.inspection is inspection
    assert list(view.aspects) == ["top", "side"]
    assert view.frame is view.aspects["top"].frame
    assert [f.component for f in view.findings] == ["lid", "seal"]


def test_a_screen_can_show_each_camera_by_itself(place: Place) -> None:
    view = run(place, top=[GOOD], side=[2], every_frame=True).view()
    side = view.seen_by("side")
    assert (side.frame, side.verdict) == (view.aspects["side"].frame, NOT_OK)
    assert [f.reason for f in side.findings] == ["seal: 2 found, 1 expected"]
    assert side.detections is not None
    assert [str(side.detections.label(i)) for i in range(2)] == ["seal", "seal"]
    assert [f.reason for f in view.seen_by("top").findings] == [""]


def test_each_camera_leaves_its_evidence(place: Place) -> None:
    with closing(Records(place.folder / "records")) as records:
        run(place, top=[GOOD], side=[BAD], every_frame=True, records=records)
        (kept,) = records.list()
        assert kept == place.told[0]
        pictures = [cv2.imread(str(records.evidence(kept, camera))) for camera in ("", "side")]
        assert all(image is not None and image.shape == (48, 64, 3) for image in pictures)
        seen = [json.loads(records.evidence(kept, c).with_suffix(".json").read_text()) for c in ("", "side")]
        assert [[each["component"] for each in one["detections"]] for one in seen] == [["lid"], []]


def test_a_dark_picture_of_one_camera_is_no_pass(place: Place) -> None:
    night = threading.Event()
    side = live(chain(endless(GOOD, night), repeat(dark())))
    station = station_on(place, [live(endless(GOOD))], [side])
    station.start()
    seen_until(station, lambda view: view.verdict is OK)
    night.set()
    views = seen_until(station, lambda view: "dark" in view.message)
    assert (views[-1].state, views[-1].verdict) == (State.RUNNING, NOT_DECIDABLE)
    assert views[-1].message.startswith("side: ")
    told = len(place.told)
    seen_until(station, lambda view: view.frame is not None and view.frame.number > views[-1].frame.number + 20)
    assert len(place.told) == told


def test_a_dark_picture_among_pictures_leaves_the_other_camera_s_findings(place: Place) -> None:
    pictures = ScriptedCamera([picture(BAD, 0)], still=True), ScriptedCamera([dark()], still=True)
    station = station_on(place, [pictures[0]], [pictures[1]])
    station.start()
    assert station.wait(PATIENCE_S)
    (inspection,) = place.told
    assert inspection.verdict is NOT_OK
    assert [f.kind for f in inspection.findings] == [Kind.MISSING, Kind.UNJUDGED]
    assert inspection.findings[1].reason.startswith("side: The picture is dark")


def test_one_camera_that_vanishes_takes_the_pass_along_until_fresh_frames_of_both_agree(place: Place) -> None:
    gone, back = threading.Event(), threading.Event()
    first = live(chain(endless(GOOD, gone), [MachineError("The camera is gone.")]))
    second = live(chain([lambda: back.wait(PATIENCE_S)], endless(BAD)))
    station = station_on(place, [live(endless(GOOD))], [first, second])
    station.start()
    seen_until(station, lambda view: view.verdict is OK)
    gone.set()
    views = seen_until(station, lambda view: view.state is State.ERROR)
    assert views[-1].message == "side: The camera is gone."
    assert (views[-1].verdict, views[-1].findings) == (UNDEFINED, ())
    counts = dict(views[-1].counts)
    back.set()
    views = seen_until(station, lambda view: view.verdict is NOT_OK)
    assert all(view.verdict is not OK for view in views)
    assert views[-1].counts[OK] == counts[OK]
    assert views[-1].inspection is not None
    assert views[-1].inspection.verdict is NOT_OK


def test_a_camera_that_is_not_there_at_the_start_is_the_end(place: Place) -> None:
    station = station_on(place, [live(endless(GOOD))], [MachineError("The camera does not answer.")])
    station.start()
    with pytest.raises(MachineError, match="does not answer"):
        station.wait(PATIENCE_S)
    assert station.view().frame is None


def test_a_workpiece_that_rests_before_both_cameras_is_inspected_once(place: Place) -> None:
    def workpiece(x: int, parts: int) -> Image:
        image = np.full((48, 64, 3), 100, np.uint8)
        image[20:40, x : x + 20] = 220
        image[0, 0] = parts
        return freeze(image)

    def seen(said: Sequence[int]) -> ScriptedCamera:
        return ScriptedCamera([workpiece(x, p) for p in said for x in [*range(0, 40, 5), *[40] * 20]])

    recipe = two_sided(frames=3, agree=3, trigger=Trigger.REST)
    station = station_on(place, [seen([GOOD, GOOD, BAD])], [seen([GOOD, BAD, GOOD])], recipe)
    station.start()
    assert station.wait(PATIENCE_S)
    assert [i.reason for i in place.told] == ["", "seal missing", "lid missing"]


def test_each_camera_has_a_picture_size_of_its_own(place: Place) -> None:
    views = (Viewpoint(name="top", frame_size=(64, 48)), Viewpoint(name="side", frame_size=(96, 72)))
    recipe = two_sided(frames=1, agree=1).model_copy(update={"cameras": views})
    small, large = picture(GOOD, 0), picture(GOOD, 0, (96, 72))
    bundle = bundle_of(place, recipe, frame_size=None, frame_sizes={"lid": (64, 48), "seal": (96, 72)})
    for side, verdict in ((large, OK), (small, NOT_DECIDABLE)):
        station = station_on(place, [ScriptedCamera([small])], [ScriptedCamera([side])], recipe, bundle=bundle)
        station.start()
        assert station.wait(PATIENCE_S)
        assert place.told[-1].verdict is verdict
    assert place.told[-1].findings[0].verdict is OK
    assert "side: the picture is 64x48, the recipe was taught on 96x72" in place.told[-1].reason
    other = recipe.model_copy(update={"cameras": (views[0], Viewpoint(name="side", frame_size=(64, 48)))})
    with pytest.raises(InputError, match="for pictures of 64x48, the bundle box-1 was taught on 96x72"):
        station_on(place, [], [], other, bundle=bundle)


def bundle_of(place: Place, recipe: Recipe, **changes: Any) -> Bundle:
    plain = a_bundle(place.folder, recipe)
    return Bundle(plain.folder, plain.manifest.model_copy(update=changes))


def test_sources_are_those_of_the_cameras(place: Place) -> None:
    with pytest.raises(InputError, match="is of the cameras top, side: name one source for each, and no other"):
        place.station({"top": []}, two_sided())
    with pytest.raises(InputError, match="is of the cameras top, side"):
        place.station([], two_sided())
    with pytest.raises(InputError, match="is of one camera, which has no name"):
        place.station({"top": [], "side": []})


def test_a_camera_may_be_called_otherwise_but_sees_what_was_taught_there(place: Place) -> None:
    renamed = Recipe(
        name="box",
        components=(LID.model_copy(update={"camera": "above"}), SEAL),
        cameras=(Viewpoint(name="above"), SIDE),
    )
    bundle = bundle_of(place, two_sided())
    assert place.station({"above": [], "side": []}, renamed, bundle=bundle) is not None
    together = Recipe(name="box", components=(LID, SEAL.model_copy(update={"camera": "top"})), cameras=(TOP,))
    with pytest.raises(InputError, match="other components share a camera than in the bundle box-1"):
        place.station({"top": []}, together, bundle=bundle)


def test_stopping_ends_all_cameras(place: Place) -> None:
    cameras = live(endless(GOOD)), live(endless(GOOD))
    station = station_on(place, [cameras[0]], [cameras[1]])
    station.start()
    seen_until(station, lambda view: view.verdict is OK)
    station.stop()
    assert station.wait(PATIENCE_S)
    until(lambda: all(camera.closed for camera in cameras))
    assert isinstance(station.view(), View)


def test_a_trigger_is_one_inspection_of_all_cameras(place: Place) -> None:
    recipe = two_sided(frames=3, agree=2, trigger="asked")
    top, side = ScriptedCamera(endless(GOOD), live=True), ScriptedCamera(endless(BAD), live=True)
    station = station_on(place, [top], [side], recipe)
    station.start()
    seen_until(station, lambda view: view.state is State.RUNNING)
    assert station.trigger("SN-1") == ""
    until(lambda: len(place.told) == 1)
    (inspection,) = place.told
    assert (inspection.verdict, inspection.serial, inspection.reason) == (NOT_OK, "SN-1", "seal missing")


def test_a_trigger_without_a_picture_of_one_camera_is_not_decidable_and_kept(place: Place) -> None:
    recipe = two_sided(frames=3, agree=2, trigger="asked", decide_within_s=0.3)
    top = ScriptedCamera(endless(GOOD), live=True)
    side = ScriptedCamera([*script([GOOD] * 20), place.block], live=True)
    with closing(Records(place.folder / "records")) as records:
        station = station_on(place, [top], [side], recipe, records=records)
        station.start()
        until(lambda: side._number == 20)
        seen_until(station, lambda view: view.state is State.RUNNING)
        assert station.trigger() == ""
        until(lambda: len(place.told) == 1)
        station.stop()
        assert station.wait(PATIENCE_S)
        (inspection,) = place.told
        assert inspection.verdict is NOT_DECIDABLE
        assert {camera["name"] for camera in inspection.cameras} <= {"top", "side"}
        assert records.evidence(inspection).exists()
        assert records.evidence(inspection, "side").exists()

"""A station that proves itself: nothing is judged before it has, and what fails is an error."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import cv2
import pytest

import inspector.inspection.proving.prover
import inspector.inspection.run
from inspector.bundle import Bundle, Golden, Sighting
from inspector.errors import InputError
from inspector.frame import Image, freeze
from inspector.inspection.proving.proof import FILE, Proof
from inspector.inspection.records import Records
from inspector.inspection.station import State, Station
from inspector.inspection.triggers.serials import Receipt
from inspector.recipe import Component, Recipe, Trigger, Vote
from inspector.sample import Sample
from inspector.settings import ProofTimes
from tests.inspection.scripted import (
    BAD,
    GOOD,
    NOT_OK,
    OK,
    PATIENCE_S,
    UNDEFINED,
    Place,
    ScriptedCamera,
    ScriptedDetector,
    a_bundle,
    dark,
    endless,
    picture,
    seen_until,
    until,
)


@pytest.fixture(autouse=True)
def _a_quick_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workpieces are exchanged here in less time than a person takes."""
    monkeypatch.setattr("inspector.inspection.proving.proving.AGAIN_S", 0.0)


SAMPLES = (Sample(good=True, name="G-1"), Sample(good=False, lacks="part"))


def a_recipe(*samples: Sample) -> Recipe:
    return Recipe(name="box", components=(Component(name="part"),), vote=Vote(frames=3, agree=2), samples=samples)


def with_golden(place: Place, recipe: Recipe, files: int = 2) -> Bundle:
    """Golden frames that the scripted detector sees one part in."""
    goldens = []
    for i in range(files):
        cv2.imwrite(str(place.folder / f"{i}.png"), picture(GOOD, 300 + i))
        sighting = Sighting(component="part", score=0.9, xyxy=(0, 0, 8, 8))
        goldens.append(Golden(file=f"{i}.png", sightings=(sighting,)))
    return a_bundle(place.folder, recipe, tuple(goldens))


@dataclass
class Table:
    """What lies under the camera. hand: one is over it; taken: how many pictures were."""

    parts: int | None = GOOD
    hand: bool = False
    taken: int = 0

    def pictures(self) -> Iterator[Image]:
        while True:
            image = dark() if self.parts is None else picture(self.parts, self.taken % 300)
            yield self.covered(image) if self.hand else image
            self.taken += 1

    def covered(self, image: Image) -> Image:
        covered = image.copy()
        covered[10:, 10:40] = 220
        return freeze(covered)


class Proven:
    """A station with samples, and all that it said."""

    def __init__(self, place: Place, *samples: Sample, **options: Any) -> None:
        self.table = Table()
        self.proofs: list[Proof] = []
        recipe = a_recipe(*samples)
        options.setdefault("bundle", with_golden(place, recipe))
        camera = ScriptedCamera(self.table.pictures(), live=True)
        self.station: Station = place.station([camera], recipe, on_proof=self.proofs.append, **options)

    def put(self, parts: int, name: str = "") -> None:
        self.table.parts = parts
        frame = self.station.view().frame
        number = frame.number if frame else 0
        # One that was taken of what lay there before may still be under way.
        seen_until(self.station, lambda view: view.frame is not None and view.frame.number > number + 2)
        self.station.present(name)


def test_a_station_is_not_ready_before_good_and_bad_were_judged_right(place: Place) -> None:
    one = Proven(place, *SAMPLES)
    one.station.start()
    views = seen_until(one.station, lambda view: view.frame is not None and view.sample == SAMPLES[0])
    assert views[-1].state is State.PROVING
    assert views[-1].message == "Put the known good workpiece G-1 under the camera."
    one.put(GOOD, "G-1")
    views += seen_until(one.station, lambda view: view.sample == SAMPLES[1])
    one.put(BAD)
    views += seen_until(one.station, lambda view: view.state is State.RUNNING)
    proving = [view for view in views if view.state in (State.STARTING, State.PROVING)]
    assert all(view.verdict is UNDEFINED for view in proving)
    assert State.READY not in {view.state for view in proving}
    assert place.told == [i for i in place.told if i.verdict is NOT_OK]  # what lies there now, and nothing before it
    (proof,) = one.proofs
    assert proof.passed
    assert [showing.what for showing in proof.showings] == ["0.png", "1.png", "good", "bad"]
    assert one.station.view().sample is None


def test_a_bad_one_that_is_passed_is_an_error_until_the_next_proof(place: Place) -> None:
    one = Proven(place, Sample(good=False))
    one.station.start()
    seen_until(one.station, lambda view: view.sample is not None)
    one.put(GOOD)
    views = seen_until(one.station, lambda view: view.state is State.ERROR)
    assert views[-1].message.startswith("The known bad workpiece was judged PASS")
    seen_until(one.station, lambda view: view.frame is not None and view.frame.number > 100)
    assert (one.station.view().state, one.station.view().verdict) == (State.ERROR, UNDEFINED)
    assert place.told == []
    one.station.prove("Ada")
    seen_until(one.station, lambda view: view.state is State.PROVING and view.sample is not None)
    one.put(BAD)
    seen_until(one.station, lambda view: view.verdict is NOT_OK)
    assert [(proof.passed, proof.by, proof.why) for proof in one.proofs] == [
        (False, "", "start"),
        (True, "Ada", "demand"),
    ]


def test_a_proof_on_demand_takes_the_pass_away(place: Place) -> None:
    one = Proven(place, Sample(good=False))
    one.station.start()
    seen_until(one.station, lambda view: view.sample is not None)
    one.put(BAD)
    seen_until(one.station, lambda view: view.state is State.RUNNING)
    one.table.parts = GOOD
    seen_until(one.station, lambda view: view.verdict is OK)
    one.station.prove()
    views = seen_until(one.station, lambda view: view.state is State.PROVING and view.sample is not None)
    assert views[-1].verdict is UNDEFINED
    told = len(place.told)
    seen_until(one.station, lambda view: view.frame is not views[-1].frame)
    assert len(place.told) == told


def test_a_dark_picture_proves_nothing(place: Place) -> None:
    one = Proven(place, Sample(good=False))
    one.station.start()
    seen_until(one.station, lambda view: view.sample is not None)
    one.table.parts = None
    seen_until(one.station, lambda view: "dark" in view.message)
    one.station.present()
    views = seen_until(one.station, lambda view: view.frame is not None and view.frame.number > 60)
    assert views[-1].state is State.PROVING
    assert one.proofs == []


def test_without_samples_golden_frames_are_enough(place: Place) -> None:
    one = Proven(place)
    one.station.start()
    seen_until(one.station, lambda view: view.verdict is OK)
    assert [proof.passed for proof in one.proofs] == [True]
    assert one.station.view().golden >= 2


def test_a_golden_frame_that_is_judged_wrong_in_mid_run_ends_it(place: Place) -> None:
    drifted = threading.Event()

    class Drifting:
        def __init__(self, detector: Any) -> None:
            self.labels, self._detector = detector.labels, detector

        def detect(self, image: Image) -> Any:
            seen = self._detector.detect(image)
            return seen.where(seen.scores > 1) if drifted.is_set() else seen

    recipe = a_recipe()
    one = Proven(place, detector=Drifting(ScriptedDetector(recipe.labels)))
    one.station.start()
    seen_until(one.station, lambda view: view.verdict is OK)
    drifted.set()
    one.station.judge_golden()
    with pytest.raises(InputError, match="sees other things"):
        one.station.wait(PATIENCE_S)
    assert (one.station.view().state, one.station.view().verdict) == (State.ERROR, UNDEFINED)


def test_golden_frames_are_judged_now_and_then(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspector.inspection.proving.prover, "GOLDEN_S", 0.02)
    one = Proven(place)
    one.station.start()
    seen_until(one.station, lambda view: view.golden > 10)


@pytest.mark.parametrize("samples", [(), SAMPLES], ids=["running", "in a proof"])
def test_golden_frames_do_not_stand_for_a_camera_that_fell_silent(
    place: Place, monkeypatch: pytest.MonkeyPatch, samples: tuple[Sample, ...]
) -> None:
    monkeypatch.setattr(inspector.inspection.proving.prover, "GOLDEN_S", 0.02)
    monkeypatch.setattr(inspector.inspection.run, "FRESH_S", 0.3)
    recipe, silent = a_recipe(*samples), threading.Event()
    camera = ScriptedCamera(chain(endless(GOOD, silent), [place.block]), live=True)
    station = place.station([camera], recipe, bundle=with_golden(place, recipe))
    station.start()
    seen_until(station, lambda view: view.frame is not None and (view.sample is not None or view.verdict is OK))
    silent.set()
    views = seen_until(station, lambda view: view.state is State.ERROR)
    # Not only what the camera's own second tells.
    assert (views[-1].verdict, views[-1].message) == (UNDEFINED, "No picture was judged for 0.3 s.")


def test_one_golden_frame_is_judged_when_somebody_asks(place: Place) -> None:
    one = Proven(place)
    one.station.start()
    before = seen_until(one.station, lambda view: view.state is State.RUNNING and view.golden >= 2)[-1].golden
    one.station.judge_golden()
    seen_until(one.station, lambda view: view.golden > before)


def test_hours_ask_for_another_proof(place: Place) -> None:
    one = Proven(place, proof=ProofTimes(every_hours=0.2 / 3600))
    one.station.start()
    until(lambda: len(one.proofs) >= 3)
    assert {proof.why for proof in one.proofs[1:]} == {"hours"}
    seen_until(one.station, lambda view: view.verdict is OK)


def test_the_number_of_a_known_workpiece_names_no_workpiece_after_it(place: Place) -> None:
    one = Proven(place, Sample(good=True, name="G-1"))
    one.station.start()
    seen_until(one.station, lambda view: view.sample is not None)
    assert one.station.scan("G-1") == Receipt(False, "")
    one.put(GOOD, "G-1")
    seen_until(one.station, lambda view: view.verdict is OK)
    assert {inspection.serial for inspection in place.told} == {""}


def test_a_workpiece_exchanged_while_golden_frames_prove_the_station_is_inspected(place: Place) -> None:
    table, bench = Table(), Vote(frames=3, agree=2, trigger=Trigger.REST)
    recipe = a_recipe().model_copy(update={"vote": bench})
    golden = {300: True, 303: False}

    def exchange(image: Image) -> None:
        """While the first golden frames of a proof on demand are judged, a hand lies over what is exchanged."""
        mark = int(image[0, 1, 0]) + 256 * int(image[0, 1, 1])
        if place.told and mark in golden:
            table.hand, taken = golden[mark], table.taken
            until(lambda: table.taken >= taken + 3)

    camera = ScriptedCamera(table.pictures(), live=True)
    station = place.station([camera], recipe, exchange, bundle=with_golden(place, recipe, files=6))
    station.start()
    until(lambda: len(place.told) == 1)
    station.prove("plant")
    seen_until(station, lambda view: view.state is State.PROVING)
    seen_until(station, lambda view: view.state is State.RUNNING)
    until(lambda: len(place.told) == 2)


def test_a_file_is_shown_no_samples(place: Place) -> None:
    recipe = a_recipe(*SAMPLES)
    camera = ScriptedCamera([picture(GOOD, i) for i in range(4)])
    station = place.station([camera], recipe, bundle=with_golden(place, recipe))
    station.start()
    assert station.wait(PATIENCE_S)
    assert [i.verdict for i in place.told] == [OK, OK]


def test_proofs_lie_beside_the_records(place: Place) -> None:
    records = Records(place.folder / "records")
    one = Proven(place, records=records)
    one.station.start()
    seen_until(one.station, lambda view: view.state is State.RUNNING)
    one.station.stop()
    assert one.station.wait(PATIENCE_S)
    records.close()
    (line,) = (place.folder / "records" / FILE).read_text().splitlines()
    assert json.loads(line)["passed"] is True


def test_whoever_hears_of_a_proof_and_fails_ends_the_run(place: Place) -> None:
    def hear(proof: Proof) -> None:
        raise OSError("the pipe is closed")

    recipe = a_recipe()
    station = place.station([ScriptedCamera([], live=True)], recipe, on_proof=hear)
    station.start()
    with pytest.raises(Exception, match="the pipe is closed"):
        station.wait(PATIENCE_S)
    assert station.view().state is State.ERROR

"""A station before the simulator's line, with a detector that knows the truth: once for each workpiece, and right."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from inspector.bundle import Bundle, Ledger, Manifest
from inspector.capture.camera import Camera
from inspector.capture.simulator import SIMULATOR_RECIPE, Simulator, open_simulator
from inspector.detections import Detections
from inspector.frame import Frame, Image
from inspector.inspection.station import Station
from inspector.inspection.verdict import Inspection, Verdict
from inspector.recipe import Label, Recipe, Trigger, Viewpoint, Vote


class Knowing:
    """The simulator and, on the other end, a detector that sees what is truly in each of its pictures."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.labels: tuple[Label, ...] = SIMULATOR_RECIPE.labels
        self.name, self.live, self.still, self.settings = simulator.name, simulator.live, False, simulator.settings
        self._numbers: dict[int, int] = {}
        self._kept: list[Image] = []

    def read(self) -> Frame | None:
        frame = self.simulator.read()
        if frame is not None:
            self._numbers[id(frame.image)] = frame.number
            self._kept.append(frame.image)
        return frame

    def close(self) -> None:
        self.simulator.close()

    def knows(self, image: Image) -> bool:
        return id(image) in self._numbers

    def detect(self, image: Image) -> Detections:
        truth = self.simulator.truth(self._numbers[id(image)])
        classes = np.array([self.labels.index(label) for label in truth.labels], np.int32)
        return Detections(truth.boxes, np.full(len(classes), 0.9, np.float32), classes, self.labels)


class Both:
    """A detector that sees what is truly in the pictures of either simulator, all components in each."""

    def __init__(self, *cameras: Knowing) -> None:
        self.labels = SIMULATOR_RECIPE.labels
        self._cameras = cameras

    def detect(self, image: Image) -> Detections:
        return next(camera for camera in self._cameras if camera.knows(image)).detect(image)


def bundle(folder: Path, recipe: Recipe = SIMULATOR_RECIPE) -> Bundle:
    manifest = Manifest(
        id="b",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        recipe=recipe,
        dataset="d",
        recordings=(),
        input_size=(32, 32),
        thresholds={"screw": 0.5, "tape": 0.5},
        ledger=Ledger(
            images_with_boxes=0,
            empty_images=0,
            empty_images_drawn=0,
            negatives_in_loss=0,
            negatives_in_loss_from_empty=0,
        ),
        packages={},
        files={"network.tflite": "0"},
    )
    return Bundle(folder, manifest)


@pytest.mark.parametrize(("seed", "trigger"), [(3, Trigger.REST), (8, Trigger.REST), (8, Trigger.WORKPIECE)])
def test_each_workpiece_of_a_line_gets_one_right_verdict(tmp_path: Path, seed: int, trigger: Trigger) -> None:
    knowing = Knowing(open_simulator(f"simulator:line,seed={seed},workpieces=3,pace=0"))
    vote = Vote(frames=5, agree=4, trigger=trigger)
    told: list[Inspection] = []

    def opened() -> Camera:
        return knowing

    station = Station(
        SIMULATOR_RECIPE.model_copy(update={"vote": vote}),
        bundle(tmp_path),
        opened,
        detector=knowing,
        on_inspection=told.append,
    )
    station.start()
    assert station.wait(120)
    truths = [knowing.simulator.truth(i.last_frame) for i in told]
    assert [t.workpiece for t in truths] == [0, 1, 2]
    assert [i.verdict for i in told] == [Verdict.OK if t.good else Verdict.NOT_OK for t in truths]


def two_sided() -> Recipe:
    """The screws are seen by the near camera, the tape by the far one, whose pictures are smaller and turned."""
    screw, tape = SIMULATOR_RECIPE.components
    return Recipe(
        name="simulator",
        components=(screw.model_copy(update={"camera": "near"}), tape.model_copy(update={"camera": "far"})),
        cameras=(Viewpoint(name="near", frame_size=(640, 480)), Viewpoint(name="far", frame_size=(480, 360))),
        vote=Vote(frames=5, agree=4, fresh=5, trigger=Trigger.REST),
    )


def test_two_cameras_give_each_workpiece_of_a_line_one_right_verdict(tmp_path: Path) -> None:
    scene = "simulator:line,seed=3,workpieces=3,pace=0"
    near, far = (Knowing(open_simulator(f"{scene},view={view}")) for view in ("near", "far"))
    told: list[Inspection] = []
    station = Station(
        two_sided(),
        bundle(tmp_path, two_sided()),
        {"near": lambda: near, "far": lambda: far},
        detector=Both(near, far),
        on_inspection=told.append,
    )
    station.start()
    assert station.wait(120)
    truths = [near.simulator.truth(i.last_frame) for i in told]
    assert [t.workpiece for t in truths] == [0, 1, 2]
    assert [i.verdict for i in told] == [Verdict.OK if t.good else Verdict.NOT_OK for t in truths]
    assert {camera["frame"] for i in told for camera in i.cameras} == {i.last_frame for i in told}

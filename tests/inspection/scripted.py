"""Cameras and detectors that follow a script, and what opens stations on them."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from inspector.boxes import as_boxes
from inspector.bundle import Bundle, Golden, Ledger, Manifest
from inspector.capture.camera import Camera
from inspector.detections import Detections
from inspector.errors import MachineError
from inspector.frame import Frame, Image, freeze, utc_now
from inspector.inspection.station import Station, View
from inspector.inspection.verdict import Inspection, Verdict
from inspector.recipe import Component, Label, Recipe, Vote

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


def in_line(cameras: Sequence[Any]) -> Callable[[], Camera]:
    """A source that opens one of the cameras after the other; an exception among them is raised."""
    line = iter(cameras)

    def open_next() -> Camera:
        camera = next(line, MachineError("The camera is gone."))
        if isinstance(camera, Exception):
            raise camera
        opened: Camera = camera
        return opened

    return open_next


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
        cameras: Sequence[Any] | Mapping[str, Sequence[Any]],
        recipe: Recipe | None = None,
        before: Callable[[Image], None] | None = None,
        **options: Any,
    ) -> Station:
        """A station whose source, or each by its name, opens one of its cameras after the other."""
        recipe = recipe or a_recipe(frames=3, agree=2)
        several = isinstance(cameras, Mapping)
        source = {name: in_line(some) for name, some in cameras.items()} if several else in_line(cameras)
        options.setdefault("on_inspection", self.told.append)
        options.setdefault("bundle", a_bundle(self.folder, recipe))
        options.setdefault("detector", ScriptedDetector(options["bundle"].manifest.labels, before))
        station = Station(recipe, source=source, **options)
        self.stations.append(station)
        return station


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

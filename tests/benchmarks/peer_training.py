"""YOLO11n taught beside our network: the same pictures, the same input, about the same time, from random weights.

In the peer's own environment, which the product never sees. What it finds is judged by our own metrics.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from inspector.boxes import Boxes, as_boxes
from inspector.capture.pictures import read_picture
from inspector.detections import Detections
from inspector.detector import FLOOR
from tests.benchmarks.marked import Case
from tests.benchmarks.stages import folder_of

BATCH = 8

TEACH = """
import json, sys, time, types
from pathlib import Path
import ultralytics
from ultralytics import YOLO
from ultralytics.data import utils
from ultralytics.utils.nms import TorchNMS
# The torchvision that is to be had is built for CUDA, and torch is not: all that is used of it is what stands here.
sys.modules["torchvision"] = types.ModuleType("torchvision")
sys.modules["torchvision"].ops = types.SimpleNamespace(nms=TorchNMS.nms)
utils.check_font = lambda *_: None  # it would be fetched, and is only for pictures that nobody draws here
asked = json.loads(Path("asked.json").read_text())
network = YOLO("yolo11n.yaml")
began = time.time()
network.train(
    data=str(Path("pictures.yaml").absolute()), time=asked["seconds"] / 3600, imgsz=asked["side"], seed=asked["seed"],
    batch=asked["batch"], nbs=asked["batch"], workers=0, device="cpu", pretrained=False, amp=False, val=False,
    plots=False, project=str(Path("runs").absolute()), name="run", exist_ok=True,
)
seconds = time.time() - began
last = YOLO(str(network.trainer.last))
found = []
for path in asked["pictures"]:
    boxes = last.predict(path, imgsz=asked["side"], conf=asked["floor"], device="cpu", verbose=False)[0].boxes
    found.append([boxes.xyxy.tolist(), boxes.conf.tolist(), boxes.cls.int().tolist()])
told = {"version": ultralytics.__version__, "epochs": network.trainer.epoch + 1, "seconds": seconds, "found": found}
Path("told.json").write_text(json.dumps(told))
"""


@dataclass(frozen=True)
class Taught:
    """What a peer's training came to. epochs: begun, the last of them perhaps not ended; seconds: of the training."""

    found: list[Detections]
    epochs: int
    seconds: float
    version: str


def teach(case: Case, python: str, place: Path, side: int, seconds: float, seed: int) -> Taught:
    """The peer, taught the case's pictures for so long, and what it then finds in those to judge.

    Args: python: of the peer's environment; place: a folder to work in; side: the input's longer one.
    Raises: subprocess.SubprocessError where it fails; `log.txt` in the folder then says why.
    """
    _lay_out(case, place)
    asked = {"seconds": seconds, "side": side, "seed": seed, "batch": BATCH, "floor": FLOOR}
    (place / "asked.json").write_text(json.dumps({**asked, "pictures": [str(path) for path in case.judged]}))
    alone = {**os.environ, "YOLO_OFFLINE": "true", "YOLO_AUTOINSTALL": "false", "YOLO_CONFIG_DIR": str(place)}
    with (place / "log.txt").open("w") as log:
        subprocess.run([python, "-c", TEACH], cwd=place, env=alone, stdout=log, stderr=log, check=True)
    told = json.loads((place / "told.json").read_text())
    labels = case.component.labels
    found = [
        Detections(as_boxes(boxes), np.array(scores, np.float32), np.array(classes, np.int32), labels)
        for boxes, scores, classes in told["found"]
    ]
    return Taught(found, told["epochs"], told["seconds"], told["version"])


def _lay_out(case: Case, place: Path) -> None:
    """The taught pictures as the peer wants them. It is made to name some for validation, and is not asked for any."""
    shutil.rmtree(place, ignore_errors=True)
    images = folder_of(list(case.taught), place / "images")
    (place / "labels").mkdir(exist_ok=True)
    for path, (boxes, classes) in case.taught.items():
        height, width = read_picture(path).shape[:2]
        lines = _lines(boxes / np.array([width, height, width, height], np.float32), classes)
        (place / "labels" / f"{path.stem}.txt").write_text("\n".join(lines))
    few = place / "few.txt"
    few.write_text("\n".join(str(images / path.name) for path in list(case.taught)[:BATCH]))
    names = [label.name for label in case.component.labels]
    described = {"path": str(place), "train": "images", "val": few.name, "names": names}
    (place / "pictures.yaml").write_text(json.dumps(described))


def _lines(boxes: Boxes, classes: Sequence[int]) -> list[str]:
    """Class, centre and size of each box, in shares of the picture."""
    rows = np.concatenate([(boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]], axis=1)
    return [f"{kind} {' '.join(f'{value:.6f}' for value in row)}" for kind, row in zip(classes, rows, strict=True)]

"""The picture that decided, and beside it what was seen in it: files, so that a database stays small."""

import json
from datetime import UTC
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from inspector.bundle import sightings
from inspector.detections import Detections
from inspector.errors import MachineError
from inspector.files import written_whole
from inspector.frame import Frame
from inspector.inspection.verdict import Inspection

FOLDER = "evidence"
JPEG_QUALITY = 90
INK = (0, 170, 255)
"""BGR of the boxes on paper: seen on light and dark, and by those who do not tell red from green."""


def place_of(inspection: Inspection) -> Path:
    """Where its picture lies in the records' folder."""
    day = inspection.started_at.astimezone(UTC).date().isoformat()
    return Path(FOLDER) / day / f"{inspection.id}.jpg"


def pictures(path: Path, camera: str) -> dict[str, Path]:
    """The picture of each camera that decided, by its name, "" where it is the only one: that of the first one, which
    stands first, and `<id>.<name>.jpg` of each other.

    camera: what an inspection says of its cameras, as JSON: a list in which each has a `name`, the first one first.
    """
    first, *others = _names(camera) or [""]
    safe = (name for name in others if name not in ("", first) and Path(name).name == name)
    return {first: path, **{name: path.with_name(f"{path.stem}.{name}.jpg") for name in safe}}


def _names(camera: str) -> list[str]:
    """Whoever damaged the JSON shall not keep the first picture from being found, or removed."""
    try:
        told = json.loads(camera or "[]")
    except ValueError:
        told = []
    cameras = told if isinstance(told, list) else []
    return [str(each.get("name", "")) if isinstance(each, dict) else "" for each in cameras]


def write(path: Path, frame: Frame, detections: Detections) -> int:
    """The picture as it was, and beside it what was seen in it; returns how many bytes both take."""
    width, height = frame.size
    seen = {
        "frame": frame.number,
        "name": frame.name,
        "width": width,
        "height": height,
        "detections": [sighting.model_dump() for sighting in sightings(detections)],
    }
    done, jpeg = cv2.imencode(".jpg", frame.image, (cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY))
    if not done:
        raise MachineError(f"Cannot write {path}: the picture of {width}x{height} cannot be kept as JPEG.")
    parts = {path: jpeg.tobytes(), path.with_suffix(".json"): json.dumps(seen).encode()}
    for part, content in parts.items():
        with written_whole(part) as file:
            file.write(content)
    return sum(map(len, parts.values()))


def remove(path: Path, camera: str) -> None:
    """Remove the pictures and what was seen in them, and the folder of the day with the last of them."""
    for picture in pictures(path, camera).values():
        for part in (picture, picture.with_suffix(".json")):
            part.unlink(missing_ok=True)
    try:
        path.parent.rmdir()
    except OSError:  # others lie there, or it is gone
        return


def drawn(path: Path, longest: int) -> bytes | None:
    """The picture as JPEG with the boxes drawn, its longer side at most so many pixels; None where it is not there, or
    is no picture any more.
    """
    try:
        image = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        seen: dict[str, Any] = json.loads(path.with_suffix(".json").read_bytes())
    except (OSError, ValueError, cv2.error):
        return None
    if image is None:
        return None
    for detection in seen["detections"]:
        _draw(image, detection)
    scale = min(1.0, longest / max(image.shape[:2]))
    smaller = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image
    done, jpeg = cv2.imencode(".jpg", smaller, (cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY))
    return jpeg.tobytes() if done else None


def _draw(image: np.ndarray[Any, np.dtype[Any]], detection: dict[str, Any]) -> None:
    xmin, ymin, xmax, ymax = (round(value) for value in detection["xyxy"])
    width = max(1, max(image.shape[:2]) // 400)
    cv2.rectangle(image, (xmin, ymin), (xmax - 1, ymax - 1), INK, width)
    said = f"{detection['component']} {detection['pattern'] or ''}".strip() + f" {detection['score']:.2f}"
    place = (xmin, max(12, ymin - 4))
    cv2.putText(image, said, place, cv2.FONT_HERSHEY_SIMPLEX, 0.45 * width, INK, width, cv2.LINE_AA)

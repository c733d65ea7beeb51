"""One `tf.train.Example` of the TensorFlow Object Detection API: a picture with its boxes.

Source of the keys and their kinds: its `tf_example_decoder.py`, and `create_pet_tf_record.py` of its dataset tools.
Boxes are shares of the sides of the picture as it is stored.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from inspector.labeling.annotation import XYXY
from inspector.labeling.formats.entry import Picture, Size
from inspector.labeling.formats.label_map import Item
from inspector.labeling.formats.raster import handed_out

NAMES = ("image/filename", "image/source_id")
CORNERS = tuple(f"image/object/bbox/{corner}" for corner in ("xmin", "ymin", "xmax", "ymax"))
TEXT, LABEL = "image/object/class/text", "image/object/class/label"
CROWDS = ("image/object/is_crowd", "image/object/group_of")
KINDS = {"bytes_list": "texts", "float_list": "fractions", "int64_list": "whole numbers"}
MOST_NAME = 120


@dataclass(frozen=True)
class Example:
    """One picture of a file of records. number: counts from 1 in it.

    stem: the picture's name without its ending; encoded: its file, of the size (width, height) that the example says,
    None where it does not; boxes: label and xyxy in shares of the picture's sides.
    """

    path: Path
    number: int
    stem: str
    encoded: bytes
    size: Size | None
    boxes: tuple[tuple[str, XYXY], ...]


class Labels:
    """What the labels of an example are called, with a label map or without.

    A name means itself, or the display name of the map's item; a number without a name, the item's label, and without
    a map itself.
    """

    def __init__(self, items: Sequence[Item] = ()) -> None:
        self._by_number: Mapping[int, str] = {item.id: item.label for item in items}
        self._by_name: Mapping[str, str] = {item.name: item.label for item in items}

    def of(self, name: str, number: int | None) -> str:
        """Raises: ValueError where neither says anything."""
        if name:
            return self._by_name.get(name, name)
        if number is None:
            raise ValueError("has a box without a label")
        if self._by_number and number not in self._by_number:
            raise ValueError(f"has the label {number}, which the label map does not name")
        return self._by_number.get(number, str(number))


class Features:
    """The values of a `tf.train.Example` by key. Raises: ValueError for values of a kind that the API does not read."""

    def __init__(self, example: Any) -> None:
        self._features = example.features.feature

    def all(self, key: str, kind: str) -> list[Any]:
        """None where the key is not there."""
        found = self._features[key].WhichOneof("kind") if key in self._features else None
        if found not in (kind, None):
            raise ValueError(f"holds {KINDS[found]} under '{key}', where {KINDS[kind]} should be")
        return list(getattr(self._features[key], kind).value) if found else []

    def one(self, key: str, kind: str) -> Any:
        """None without a value."""
        values = self.all(key, kind)
        if len(values) > 1:
            raise ValueError(f"holds {len(values)} values under '{key}', where one should be")
        return values[0] if values else None


def read_example(example: Any, path: Path, number: int, labels: Labels, taken: set[str]) -> Example:
    """What a `tf.train.Example` says. taken: case-folded stems that its picture may not have.

    Raises: ValueError that says what is wrong with it.
    """
    features = Features(example)
    width, height = features.one("image/width", "int64_list"), features.one("image/height", "int64_list")
    return Example(
        path=path,
        number=number,
        stem=_stem(features, f"{path.name}-{number:06}", number, taken),
        encoded=features.one("image/encoded", "bytes_list") or b"",
        size=(width, height) if width and height else None,
        boxes=tuple(_boxes(features, labels)),
    )


def _stem(features: Features, otherwise: str, number: int, taken: set[str]) -> str:
    """A name for the picture that every system can keep: the example's own, made distinct by its number."""
    name = next(filter(None, (features.one(key, "bytes_list") for key in NAMES)), b"").decode(errors="replace")
    stem = PurePosixPath(name.replace("\\", "/")).stem
    stem = re.sub(r'[<>:"|?*]', "_", stem).strip(". ")[:MOST_NAME]
    stem = stem if stem and stem.isprintable() else otherwise
    while stem.casefold() in taken:
        stem = f"{stem}-{number}"
    return stem


def _boxes(features: Features, labels: Labels) -> Iterator[tuple[str, XYXY]]:
    corners = [features.all(key, "float_list") for key in CORNERS]
    names, numbers = features.all(TEXT, "bytes_list"), features.all(LABEL, "int64_list")
    count = len(corners[0])
    if any(len(some) != count for some in corners) or not {len(names), len(numbers)} <= {0, count}:
        amounts = ", ".join(str(len(some)) for some in (*corners, names, numbers))
        raise ValueError(f"holds {amounts} of xmin, ymin, xmax, ymax, names and numbers of labels, not equally many")
    if any(any(features.all(key, "int64_list")) for key in CROWDS):
        raise ValueError("has one box round many things, which would teach nonsense; leave the box out")
    for index, xyxy in enumerate(zip(*corners, strict=True)):
        name = names[index].decode(errors="replace") if names else ""
        yield labels.of(name, numbers[index] if numbers else None), xyxy


def fill_example(example: Any, picture: Picture, labels: Sequence[str]) -> None:
    """State a picture and its boxes in an empty `tf.train.Example`. labels: in the order of the classes, from 1.

    Raises: InputError where the picture cannot be read.
    """
    form, content = handed_out(picture.file)
    names = [label for label, _ in picture.boxes]
    name = picture.name.encode()
    for key, value in zip(("image/width", "image/height"), picture.size, strict=True):
        _put(example, key, int64_list=[value])
    for key in NAMES:
        _put(example, key, bytes_list=[name])
    _put(example, "image/key/sha256", bytes_list=[hashlib.sha256(content).hexdigest().encode()])
    _put(example, "image/encoded", bytes_list=[content])
    _put(example, "image/format", bytes_list=[form.encode()])
    for index, (key, side) in enumerate(zip(CORNERS, picture.size * 2, strict=True)):
        _put(example, key, float_list=[xyxy[index] / side for _, xyxy in picture.boxes])
    _put(example, TEXT, bytes_list=[name.encode() for name in names])
    _put(example, LABEL, int64_list=[labels.index(name) + 1 for name in names])
    for key in ("image/object/difficult", "image/object/truncated"):
        _put(example, key, int64_list=[0] * len(names))
    _put(example, "image/object/view", bytes_list=[b"Unspecified"] * len(names))


def _put(example: Any, key: str, **kind: Sequence[Any]) -> None:
    ((name, values),) = kind.items()
    held = getattr(example.features.feature[key], name)
    held.SetInParent()  # a picture without boxes says so with empty lists, and not with none
    held.value.extend(values)

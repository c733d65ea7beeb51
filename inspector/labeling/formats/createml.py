"""CreateML's JSON: a list of pictures with their boxes, centre and size in pixels; one without is a picture without
boxes.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, BaseModel, Field, FiniteFloat, TypeAdapter, ValidationError

from inspector.errors import Problem
from inspector.files import written_whole
from inspector.labeling.annotation import XYXY
from inspector.labeling.formats.entry import (
    Entry,
    Marked,
    Picture,
    Size,
    check_keys,
    content,
    files_in,
    problems_of,
    stem_of,
)

MAX_BYTES = 512 * 2**20
SILENCE_IS_EMPTY = True
FILE = "annotations.json"


class Coordinates(BaseModel):
    """x, y: of the centre."""

    x: FiniteFloat
    y: FiniteFloat
    width: FiniteFloat
    height: FiniteFloat

    @property
    def xyxy(self) -> XYXY:
        left, top = self.x - self.width / 2, self.y - self.height / 2
        return left, top, left + self.width, top + self.height


class Mark(BaseModel):
    """One box."""

    label: str = Field(min_length=1)
    coordinates: Coordinates


class Image(BaseModel):
    """A picture. Keys that other programs add are passed over."""

    name: str = Field(validation_alias=AliasChoices("image", "imagefilename"))
    annotations: list[Mark]


IMAGES = TypeAdapter(list[Image])


def read(path: Path, size_of: Callable[[str], Size | None]) -> Iterator[Entry | Problem]:
    """The file, or every .json file of the folder and below."""
    for file in files_in(path, ".json"):
        yield from _read_file(file)


def _read_file(path: Path) -> Iterator[Entry | Problem]:
    try:
        data = content(path, MAX_BYTES)
        images = IMAGES.validate_json(data)
        check_keys(data)
    except ValidationError as error:
        yield from problems_of(path, error, "CreateML")
        return
    except ValueError as error:
        yield Problem(path, str(error))
        return
    for index, image in enumerate(images):
        try:
            marks = tuple(Marked(mark.label, mark.coordinates.xyxy) for mark in image.annotations)
            yield Entry(path, stem_of(image.name), None, marks)
        except ValueError as error:
            yield Problem(path, f"picture {index}: {error}")


def write(folder: Path, pictures: Sequence[Picture], labels: Sequence[str]) -> None:
    """`annotations.json`."""
    images = [
        {"image": picture.name, "annotations": [_mark(label, xyxy) for label, xyxy in picture.boxes]}
        for picture in pictures
    ]
    with written_whole(folder / FILE) as file:
        file.write(json.dumps(images, indent=1).encode())


def _mark(label: str, xyxy: XYXY) -> dict[str, Any]:
    xmin, ymin, xmax, ymax = xyxy
    # A half of a thousandth of a pixel has four digits.
    centre = {"x": round((xmin + xmax) / 2, 4), "y": round((ymin + ymax) / 2, 4)}
    return {"label": label, "coordinates": centre | {"width": round(xmax - xmin, 3), "height": round(ymax - ymin, 3)}}

"""COCO json: one file, boxes as [x, y, width, height] in pixels; an image without annotations has no boxes."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, FiniteFloat, ValidationError

from inspector.errors import Problem
from inspector.files import written_whole
from inspector.labeling.annotation import XYXY
from inspector.labeling.formats.entry import (
    MAX_SIDE,
    Entry,
    Marked,
    Picture,
    Size,
    check_keys,
    content,
    problems_of,
    stem_of,
)

MAX_BYTES = 512 * 2**20
SILENCE_IS_EMPTY = True
FILE = "annotations.json"


class Image(BaseModel):
    """A picture. Keys that other programs add are passed over, here and below."""

    id: int
    file_name: str
    width: int = Field(gt=0, le=MAX_SIDE)
    height: int = Field(gt=0, le=MAX_SIDE)


class Category(BaseModel):
    """A label."""

    id: int
    name: str = Field(min_length=1)


class Mark(BaseModel):
    """One annotation: a box of one thing; a crowd is refused, since one box round many teaches a detector nonsense."""

    image_id: int
    category_id: int
    bbox: tuple[FiniteFloat, FiniteFloat, FiniteFloat, FiniteFloat]
    iscrowd: int = Field(default=0, le=0)

    @property
    def xyxy(self) -> XYXY:
        x, y, width, height = self.bbox
        return x, y, x + width, y + height


class Coco(BaseModel):
    """The whole file."""

    images: list[Image]
    annotations: list[Mark]
    categories: list[Category]


def read(path: Path, size_of: Callable[[str], Size | None]) -> Iterator[Entry | Problem]:
    """The file, or `annotations.json` in the folder."""
    path = path / FILE if path.is_dir() else path
    try:
        data = content(path, MAX_BYTES)
        coco = Coco.model_validate_json(data)
        check_keys(data)
        names = _names(coco.categories)
    except ValidationError as error:
        yield from problems_of(path, error, "COCO")
        return
    except ValueError as error:
        yield Problem(path, str(error))
        return
    marks = defaultdict(list)
    for index, mark in enumerate(coco.annotations):
        if mark.category_id not in names:
            yield Problem(path, f"annotations.{index}: there is no category {mark.category_id}")
            continue
        marks[mark.image_id].append(Marked(names[mark.category_id], mark.xyxy))
    yield from _entries(path, coco.images, marks)
    strangers = sorted(marks.keys() - {image.id for image in coco.images})
    yield from (
        Problem(path, f"annotations belong to an image {number} that is not in the file") for number in strangers
    )


def _names(categories: Sequence[Category]) -> dict[int, str]:
    """Raises: ValueError where an id means two labels."""
    names: dict[int, str] = {}
    for category in categories:
        if category.id in names:
            raise ValueError(f"two categories have the id {category.id}")
        names[category.id] = category.name
    return names


def _entries(path: Path, images: Sequence[Image], marks: dict[int, list[Marked]]) -> Iterator[Entry | Problem]:
    seen: set[int] = set()
    for image in images:
        if image.id in seen:
            yield Problem(path, f"two images have the id {image.id}")
            continue
        seen.add(image.id)
        try:
            yield Entry(path, stem_of(image.file_name), (image.width, image.height), tuple(marks.get(image.id, ())))
        except ValueError as error:
            yield Problem(path, f"image {image.id}: {error}")


def write(folder: Path, pictures: Sequence[Picture], labels: Sequence[str]) -> None:
    """`annotations.json`. Ids count from 1: some programs take 0 for background."""
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for number, picture in enumerate(pictures, 1):
        images.append({"id": number, "file_name": picture.name, "width": picture.size[0], "height": picture.size[1]})
        for label, (xmin, ymin, xmax, ymax) in picture.boxes:
            width, height = round(xmax - xmin, 3), round(ymax - ymin, 3)
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": number,
                    "category_id": labels.index(label) + 1,
                    "bbox": [xmin, ymin, width, height],
                    "area": round(width * height, 3),
                    "iscrowd": 0,
                }
            )
    categories = [{"id": number, "name": label} for number, label in enumerate(labels, 1)]
    with written_whole(folder / FILE) as file:
        file.write(
            json.dumps({"images": images, "annotations": annotations, "categories": categories}, indent=1).encode()
        )

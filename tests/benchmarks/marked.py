"""Pictures in which somebody marked things: taught in a workspace of their own, and asked of whoever looks at them."""

import json
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from inspector.boxes import Boxes, as_boxes
from inspector.capture.importing import import_media
from inspector.capture.pictures import read_picture
from inspector.capture.recording import read_recording
from inspector.detections import Detections
from inspector.detector import Detector
from inspector.labeling.annotation import Annotation, Annotations, Box, State, write_annotations
from inspector.labeling.extraction import extract
from inspector.recipe import Component, Mode, Pattern, Recipe
from inspector.settings import Workspace
from inspector.tiles import Wish
from inspector.validation.metrics import Truth
from tests.benchmarks.stages import folder_of

Marked = dict[Path, tuple[Boxes, list[int]]]
"""For each picture its boxes, in pixels of it, and of each the index of its label among the component's."""

BY = "their authors"


@dataclass(frozen=True)
class Case:
    """Pictures that teach a component, and pictures to judge what was learned. tiles: how frames may be cut."""

    name: str
    component: Component
    taught: Marked
    judged: Marked
    note: str = ""
    tiles: Wish = "off"

    @property
    def slug(self) -> str:
        """The name as a file may have it."""
        return self.name.replace(" ", "_")

    @property
    def truths(self) -> list[Truth]:
        """What is true of the pictures to judge, in their order."""
        labels, components = self.component.labels, (self.component.name,)
        judged = self.judged.items()
        return [Truth(path.stem, boxes, np.array(mine, np.int32), labels, components) for path, (boxes, mine) in judged]


def of_kinds(name: str, kinds: Sequence[str], count: int = 1, turns: bool = False) -> Component:
    """A component with patterns. The first passes and the others do not: one must, and no mean precision asks which."""
    patterns = tuple(Pattern(name=kind, passes=kind == kinds[0]) for kind in kinds)
    return Component(name=name, mode=Mode.CLASSIFICATION, patterns=patterns, count=count, turns=turns)


def workspace(case: Case, folder: Path) -> tuple[Workspace, Recipe]:
    """A new workspace in which the case's pictures are taught."""
    shutil.rmtree(folder, ignore_errors=True)
    place, recipe = Workspace(folder), Recipe(name=case.slug, components=(case.component,))
    record(place, recipe, case.taught)
    return place, recipe


def record(place: Workspace, recipe: Recipe, marked: Marked) -> None:
    """The pictures as recordings: one of those with boxes, one of those without."""
    for positive in (True, False):
        some = {path: marks for path, marks in marked.items() if bool(len(marks[0])) == positive}
        if some:
            _record(place, recipe, some, positive)


def _record(place: Workspace, recipe: Recipe, marked: Marked, positive: bool) -> None:
    (component,) = recipe.components
    source = folder_of(list(marked), place.folder / "source")
    folder = import_media(source, place, recipe, [component.name], positive=positive, pattern=None, by=BY)
    shutil.rmtree(source)
    extract(folder, read_recording(folder))
    if positive:
        known = {path.name: _annotation(component, boxes, mine) for path, (boxes, mine) in marked.items()}
        write_annotations(folder, Annotations(frames=known))


def _annotation(component: Component, boxes: Boxes, classes: Sequence[int]) -> Annotation:
    marked = (Box.of(component.labels[mine], tuple(box)) for box, mine in zip(boxes.tolist(), classes, strict=True))
    return Annotation(state=State.BOXES, boxes=tuple(marked), by=BY)


def seen(
    judged: Marked, detector: Detector, clock: Callable[[], float] = perf_counter
) -> tuple[list[Detections], list[float]]:
    """What the detector sees in each picture, and how many seconds by that clock each took it."""
    found, taken = [], []
    for path in judged:
        image = read_picture(path)
        began = clock()
        found.append(detector.detect(image))
        taken.append(clock() - began)
    return found, taken


def read_voc(path: Path, names: Sequence[str]) -> tuple[Boxes, list[int]]:
    """A picture's boxes out of its VOC file. names: of the classes."""
    objects = ElementTree.parse(path).getroot().findall("object")
    corners = ("xmin", "ymin", "xmax", "ymax")
    boxes = [[float(one.findtext(f"bndbox/{corner}", "nan")) for corner in corners] for one in objects]
    return as_boxes(boxes), [names.index(one.findtext("name", "")) for one in objects]


def read_coco(folder: Path) -> tuple[Marked, list[str]]:
    """The pictures in `images` by `annotations.json`, in the order of their names; and the names of the classes."""
    known = json.loads((folder / "annotations.json").read_text())
    files = {image["id"]: folder / "images" / image["file_name"] for image in known["images"]}
    kinds = {one["id"]: number for number, one in enumerate(known["categories"])}
    boxes: dict[Path, list[list[float]]] = {path: [] for path in files.values()}
    classes: dict[Path, list[int]] = {path: [] for path in files.values()}
    for one in known["annotations"]:
        x, y, width, height = one["bbox"]
        boxes[files[one["image_id"]]].append([x, y, x + width, y + height])
        classes[files[one["image_id"]]].append(kinds[one["category_id"]])
    marked = {path: (as_boxes(boxes[path]), classes[path]) for path in sorted(boxes)}
    return marked, [one["name"] for one in known["categories"]]

"""Annotations that other people's tools wrote, taken over onto real pictures."""

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from inspector.capture.importing import import_media
from inspector.capture.recording import Recording, read_recording
from inspector.labeling.annotation import State, read_annotations, write_annotations
from inspector.labeling.extraction import extract
from inspector.labeling.formats import FORMATS, Imported, export_annotations, import_annotations
from inspector.recipe import Component, Mode, Pattern, Recipe
from inspector.settings import Workspace

pytestmark = pytest.mark.data


def recorded(place: Workspace, recipe: Recipe, pictures: Iterable[Path]) -> tuple[Path, Recording]:
    """A recording of those pictures that teaches all components of the recipe."""
    source = place.folder / "source"
    source.mkdir(parents=True)
    for picture in pictures:
        shutil.copy(picture, source)
    names = [component.name for component in recipe.components]
    folder = import_media(source, place, recipe, names, positive=True, pattern=None, by="maria")
    recording = read_recording(folder)
    extract(folder, recording)
    return folder, recording


def labels_of(made: Imported) -> Counter[str]:
    return Counter(str(box.label) for annotation in made.frames.values() for box in annotation.boxes)


def states_of(made: Imported) -> Counter[State]:
    return Counter(annotation.state for annotation in made.frames.values())


def detection(*names: str) -> Recipe:
    return Recipe(name="real", components=tuple(Component(name=name) for name in names))


def round_trips(recorded: tuple[Path, Recording], recipe: Recipe, formats: Sequence[str], out: Path) -> None:
    """Whatever was taken over goes out and comes in again in each format."""
    folder, recording = recorded
    before = read_annotations(folder)
    for form in formats:
        export_annotations(folder, recording, recipe, out / form, FORMATS[form])
        write_annotations(folder, before.model_copy(update={"frames": {}}))
        import_annotations(folder, recording, recipe, out / form, FORMATS[form], without_boxes=State.VERIFIED_EMPTY)
        after = read_annotations(folder)
        assert after.frames.keys() == before.frames.keys()
        assert all(after.of(name).says_the_same_as(one) for name, one in before.frames.items()), form


def test_screws_as_labelimg_wrote_them(workspace: Workspace, shared_data: Path, tmp_path: Path) -> None:
    patterns = (Pattern(name="on", passes=True), Pattern(name="off", passes=False))
    recipe = Recipe(name="real", components=(Component(name="screw", mode=Mode.CLASSIFICATION, patterns=patterns),))
    images = shared_data / "screws" / "images"
    mine = recorded(workspace, recipe, sorted(images.glob("*.jpg"))[:40])
    label_map = {"screw": "on", "hole": "off"}
    made = import_annotations(*mine, recipe, images, FORMATS["voc"], without_boxes=State.UNLABELED, label_map=label_map)
    assert len(made.unmatched) == 60
    # The four digits of a name say what is in the four places.
    digits = Counter("".join(name.split("_")[1][:4] for name in made.frames))
    assert labels_of(made) == {"screw/on": digits["1"], "screw/off": digits["0"]}
    round_trips(mine, recipe, ["voc", "yolo", "coco", "csv"], tmp_path)


def test_the_same_boards_from_voc_and_from_csv(workspace: Workspace, shared_data: Path) -> None:
    recipe = detection("ESP8266", "Heltec_ESP32_Lora", "Arduino_Nano", "Raspberry_Pi_3")
    images = shared_data / "microcontrollers" / "images"
    mine = recorded(workspace, recipe, sorted((images / "train").glob("*.jpg"))[:30])
    voc = import_annotations(*mine, recipe, images, FORMATS["voc"], without_boxes=State.UNLABELED)
    write_annotations(mine[0], read_annotations(mine[0]).model_copy(update={"frames": {}}))
    csv = import_annotations(*mine, recipe, images / "train_labels.csv", FORMATS["csv"], without_boxes=State.UNLABELED)
    assert states_of(voc) == {State.BOXES: 30}
    assert all(csv.frames[name].says_the_same_as(annotation) for name, annotation in voc.frames.items())


def test_cars_from_yolo_without_names(workspace: Workspace, shared_data: Path, tmp_path: Path) -> None:
    names = ["car", "truck", "bus", "minibus", "cyclist"]
    recipe = detection(*names)
    images = shared_data / "aerial_cars" / "images"
    mine = recorded(workspace, recipe, sorted(images.glob("*.jpg"))[:6])
    label_map = {str(number): name for number, name in enumerate(names)}
    made = import_annotations(
        *mine, recipe, images, FORMATS["yolo"], without_boxes=State.UNLABELED, label_map=label_map
    )
    lines = sum(len((images / name).with_suffix(".txt").read_text().split("\n")) - 1 for name in made.frames)
    assert sum(labels_of(made).values()) == lines
    round_trips(mine, recipe, ["yolo", "coco"], tmp_path)


def test_boards_and_their_defect_free_templates_from_coco(
    workspace: Workspace, shared_data: Path, tmp_path: Path
) -> None:
    recipe = detection("open", "short", "mousebite", "spur", "copper", "pin-hole")
    data = shared_data / "deeppcb"
    pictures = sorted((data / "images").glob("*.jpg"))
    mine = recorded(workspace, recipe, pictures[::26])
    made = import_annotations(
        *mine, recipe, data / "annotations.json", FORMATS["coco"], without_boxes=State.VERIFIED_EMPTY
    )
    values = json.loads((data / "annotations.json").read_text())
    ids = {image["id"] for image in values["images"] if image["file_name"] in made.frames}
    assert sum(labels_of(made).values()) == sum(mark["image_id"] in ids for mark in values["annotations"])
    empty = {name for name, annotation in made.frames.items() if annotation.state is State.VERIFIED_EMPTY}
    assert empty == {name for name in made.frames if name.endswith("_temp.jpg")}
    assert len(empty) > 5
    round_trips(mine, recipe, ["coco", "csv", "voc", "yolo"], tmp_path)

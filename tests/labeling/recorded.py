"""Recordings of grey pictures, as a dataset is built from."""

import shutil
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from inspector.capture.importing import import_media
from inspector.capture.recording import Recording, read_recording
from inspector.errors import InputError
from inspector.frame import utc_now
from inspector.labeling.annotation import Annotation, Annotations, Box, State, read_annotations, write_annotations
from inspector.labeling.dataset import build
from inspector.labeling.extraction import extract
from inspector.labeling.moments import Moment, Searched, keep
from inspector.labeling.suspicion import Searcher, Seems
from inspector.recipe import Component, Label, Mode, Pattern, Recipe
from inspector.settings import Workspace

SCREW = Component(
    name="screw",
    mode=Mode.CLASSIFICATION,
    patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
)
TAPE = Component(name="tape")
SIZE = (80, 60)
INPUT = (64, 64)
ON, OFF, STRIP = Label("screw", "on"), Label("screw", "off"), Label("tape")


def recipe(*components: Component) -> Recipe:
    return Recipe(name="block", components=components)


def recorded(
    place: Workspace,
    wanted: Recipe,
    component: str | list[str],
    positive: bool = True,
    pattern: str | None = None,
    frames: int = 10,
    label: Label | None = None,
    size: tuple[int, int] = SIZE,
    extracted: bool = True,
) -> tuple[Path, Recording]:
    """A recording of pictures, each of another grey; with a label, each holds one box of it at (8, 6)-(40, 30)."""
    source = place.folder / "source"
    source.mkdir(parents=True)
    for number in range(frames):
        cv2.imwrite(str(source / f"{number}.png"), np.full((size[1], size[0], 3), 10 + number, np.uint8))
    components = [component] if isinstance(component, str) else component
    folder = import_media(source, place, wanted, components, positive=positive, pattern=pattern, by="maria")
    shutil.rmtree(source)
    recording = read_recording(folder)
    if extracted:
        extract(folder, recording)
    if label is not None:
        boxed = Annotation(state=State.BOXES, boxes=(Box.of(label, (8, 6, 40, 30)),), by="maria")
        write_annotations(folder, Annotations(frames={f"{number}.png": boxed for number in range(frames)}))
    return folder, recording


def restate(folder: Path, **states: State) -> None:
    """Change what is known of frames, named by their numbers: `_0=State.IGNORED`."""
    news = {f"{name[1:]}.png": Annotation(state=state, by="maria") for name, state in states.items()}
    write_annotations(folder, read_annotations(folder).with_frames(news))


def doubt(folder: Path, *numbers: int | str, component: str = "tape", pattern: str | None = None) -> Moment:
    """A moment of a recording, of the frames of these numbers, which is not answered."""
    moment = moment_of(*(f"{number}.png" for number in numbers), component=component, pattern=pattern)
    ask(folder, moment)
    return moment


def ask(folder: Path, *moments: Moment, by: Searcher = Searcher.TEMPLATE) -> None:
    """As a review does that has found these."""
    searched = Searched(at=utc_now(), by=(by,), components=("tape",), found=len(moments))
    keep(folder, read_annotations(folder), moments, searched)


def moment_of(*frames: str, **said: Any) -> Moment:
    """That the tape seems to be in these frames, the first of which is asked about; with what is said otherwise."""
    seen = {"time_s": 0.0, "seems": Seems.THERE, "component": "tape", "score": 0.9, "by": (Searcher.TEMPLATE,)}
    return Moment.model_validate({"frame": frames[0], "frames": frames, **seen, **said})


def refusal(place: Workspace, wanted: Recipe, allow_missing_negatives: bool = False) -> list[str]:
    """What is missing, a line each."""
    with pytest.raises(InputError) as caught:
        build(place, wanted, allow_missing_negatives=allow_missing_negatives)
    head, *lines = str(caught.value).splitlines()
    assert head == "The recipe 'block' cannot be trained yet:"
    assert not place.datasets.exists()
    return [line.removeprefix("- ") for line in lines]

"""Records as a station leaves them, for the page that shows them: hours of a line, with pictures of some."""

import json
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

import cv2
import numpy as np

from inspector.boxes import as_boxes
from inspector.capture.simulator import SIMULATOR_RECIPE
from inspector.detections import Detections
from inspector.files import write_document
from inspector.frame import Frame, freeze
from inspector.inspection.aspect import Aspect
from inspector.inspection.records import Records
from inspector.inspection.verdict import Finding, Inspection, Verdict
from inspector.recipe import Label, Recipe, Viewpoint
from inspector.settings import Workspace
from tests.inspection.inspected import note

SCREW_ON, SCREW_OFF, TAPE = Label("screw", "on"), Label("screw", "off"), Label("tape")
RECIPE: Recipe = SIMULATOR_RECIPE
TWO = ("top", "side")
"""Cameras of a recipe that has two."""
GOOD = (Finding("tape", None, 1, 1, Verdict.OK), Finding("screw", "on", 1, 1, Verdict.OK))
BAD = {
    "off": (GOOD[0], Finding("screw", "off", 1, 0, Verdict.NOT_OK, "screw: 1 is off")),
    "tape": (Finding("tape", None, 1, 0, Verdict.NOT_OK, "tape missing"), GOOD[1]),
    "doubt": (Finding("tape", None, 1, 0, Verdict.NOT_DECIDABLE, "perhaps tape missing"), GOOD[1]),
}


def inspection(
    number: int, at: datetime, findings: tuple[Finding, ...] = GOOD, serial: str = "", cameras: tuple[str, ...] = ("",)
) -> Inspection:
    """One that began at that moment (aware), seen by these cameras."""
    verdict = max(
        (finding.verdict for finding in findings), key=[Verdict.OK, Verdict.NOT_DECIDABLE, Verdict.NOT_OK].index
    )
    name = f"{at:%Y%m%dT%H%M%S%f}-{number:06d}"
    told = {"serial": serial or f"SN-{number:05d}", "trigger": "place", "station": "left"}
    camera = json.dumps([{"name": name, "source": "simulator"} for name in cameras])
    return Inspection(name, RECIPE.name, "b-1", 5, 9, at, verdict, findings, 31.4, camera=camera, **told)


def frame(lacking: str = "") -> tuple[Frame, Detections]:
    """A picture of 320x240, and what is seen in it."""
    image = np.full((240, 320, 3), 90, np.uint8)
    image[:, :, 1] = np.linspace(60, 130, 320, dtype=np.uint8)
    seen = {TAPE: (40, 60, 150, 120), SCREW_OFF if lacking == "off" else SCREW_ON: (210, 90, 260, 140)}
    if lacking in ("tape", "doubt"):
        del seen[TAPE]
    for label, (x0, y0, x1, y1) in seen.items():
        color = (40, 170, 220) if label == TAPE else (190, 190, 190) if label == SCREW_ON else (30, 30, 30)
        cv2.rectangle(image, (x0, y0), (x1, y1), color, -1)
    labels = RECIPE.labels
    classes = np.array([labels.index(label) for label in seen], np.int32)
    found = Detections(as_boxes(list(seen.values())), np.full(len(seen), 0.93, np.float32), classes, labels)
    return Frame(freeze(image), 7, 0.5, datetime.now().astimezone(), ""), found


def keep(place: Workspace, *inspections: Inspection) -> None:
    """In the place's records, with a picture that shows what each says; and the recipe."""
    write_document(place.recipes / f"{RECIPE.name}.yaml", RECIPE)
    with closing(Records(place.records)) as records:
        for each in inspections:
            records.add(each, *frame(_lacking(each)))


def keep_by_two(place: Workspace, *inspections: Inspection) -> None:
    """The same, where the first camera sees the tape and the second one the screw, each in a picture of its own."""
    tape_by, screw_by = TWO
    screw, tape = RECIPE.components
    parts = screw.model_copy(update={"camera": screw_by}), tape.model_copy(update={"camera": tape_by})
    cameras = tuple(Viewpoint(name=name) for name in TWO)
    update = {"components": parts, "cameras": cameras, "frame_size": None}
    write_document(place.recipes / f"{RECIPE.name}.yaml", RECIPE.model_copy(update=update))
    with closing(Records(place.records)) as records:
        for each in inspections:
            picture, seen = frame(_lacking(each))
            mirrored = replace(picture, image=freeze(np.ascontiguousarray(picture.image[:, ::-1])))
            boxes = seen.boxes[:, [2, 1, 0, 3]] * np.array([-1, 1, -1, 1], np.float32)
            other = replace(seen, boxes=boxes + np.array([320, 0, 320, 0], np.float32)).of("screw")
            records.add(each, picture, seen.of("tape"), {screw_by: Aspect(mirrored, other, other, ())})


def _lacking(each: Inspection) -> str:
    return next((name for name, findings in BAD.items() if findings == each.findings), "")


def line(until: datetime, hours: int, an_hour: int = 40, seed: int = 1) -> Iterator[Inspection]:
    """Hours of a line that rejects 3 % of what it makes, and a fifth in one hour, the sixth before the last."""
    chance, number = random.Random(seed), 0
    begin = until - timedelta(hours=hours)
    for hour in range(hours):
        share = 0.2 if hour == hours - 6 else 0.03
        for step in range(an_hour):
            number += 1
            what = chance.choices(list(BAD), (5, 3, 1))[0] if chance.random() < share else ""
            at = begin + timedelta(hours=hour, seconds=3600 / an_hour * step)
            yield inspection(number, at, BAD.get(what, GOOD))


def keep_line(place: Workspace, until: datetime, hours: int) -> None:
    """Hours of a line; of the last three there are pictures."""
    made = list(line(until, hours))
    recent = [one for one in made if one.started_at > until - timedelta(hours=3)]
    with closing(Records(place.records)) as records:
        note(records, *(one for one in made if one not in recent))
    keep(place, *recent)

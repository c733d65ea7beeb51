"""Records as a station leaves them, for the page that shows them: hours of a line, with pictures of some."""

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta

import cv2
import numpy as np

from inspector.boxes import as_boxes
from inspector.capture.simulator import SIMULATOR_RECIPE
from inspector.detections import Detections
from inspector.files import write_document
from inspector.frame import Frame, freeze
from inspector.inspection.records import Records
from inspector.inspection.verdict import Finding, Inspection, Verdict
from inspector.recipe import Label, Recipe
from inspector.settings import Workspace
from tests.inspection.inspected import note

SCREW_ON, SCREW_OFF, TAPE = Label("screw", "on"), Label("screw", "off"), Label("tape")
RECIPE: Recipe = SIMULATOR_RECIPE
GOOD = (Finding("tape", None, 1, 1, Verdict.OK), Finding("screw", "on", 1, 1, Verdict.OK))
BAD = {
    "off": (GOOD[0], Finding("screw", "off", 1, 0, Verdict.NOT_OK, "screw: 1 is off")),
    "tape": (Finding("tape", None, 1, 0, Verdict.NOT_OK, "tape missing"), GOOD[1]),
    "doubt": (Finding("tape", None, 1, 0, Verdict.NOT_DECIDABLE, "perhaps tape missing"), GOOD[1]),
}


def inspection(number: int, at: datetime, findings: tuple[Finding, ...] = GOOD, serial: str = "") -> Inspection:
    """One that began at that moment (aware)."""
    verdict = max(
        (finding.verdict for finding in findings), key=[Verdict.OK, Verdict.NOT_DECIDABLE, Verdict.NOT_OK].index
    )
    name = f"{at:%Y%m%dT%H%M%S%f}-{number:06d}"
    told = {"serial": serial or f"SN-{number:05d}", "trigger": "place", "station": "left"}
    camera = '[{"name": "top", "source": "simulator"}]'
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
    place.recipes.mkdir(parents=True, exist_ok=True)
    write_document(place.recipes / f"{RECIPE.name}.yaml", RECIPE)
    with closing(Records(place.records)) as records:
        for each in inspections:
            lacking = next((name for name, findings in BAD.items() if findings == each.findings), "")
            records.add(each, *frame(lacking))


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

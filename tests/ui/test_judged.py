"""Why a component is no OK, in the language of the window, of what judge and vote themselves say."""

from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from inspector.boxes import as_boxes
from inspector.detections import Detections
from inspector.inspection.judge import judge, look_at
from inspector.inspection.records.pareto import Bar, Pareto
from inspector.recipe import Component, Mode, Pattern, Recipe
from ui.judged import as_told
from ui.widgets.pareto_chart import ParetoChart

ON, OFF = Pattern(name="on", passes=True), Pattern(name="off", passes=False)
SCREW = Component(name="screw", mode=Mode.CLASSIFICATION, patterns=(ON, OFF), count=4)
TAPE = Component(name="tape", region=(100, 0, 200, 100))
RECIPE = Recipe(name="box", frame_size=(640, 480), components=(SCREW, TAPE))
BARE = Recipe(name="box", components=(Component(name="tape", count=0),))
LATE = [
    ("tape: not 3 of 5 pictures agreed within 2 s", "tape: innerhalb von 2 s waren sich nicht 3 von 5 Bildern einig"),
    (
        "tape: its place changed from picture to picture within 2.5 s",
        "tape: innerhalb von 2.5 s änderte sich der Ort von Bild zu Bild",
    ),
    (
        "tape: too few pictures came within 2 s: 3 must agree",
        "tape: innerhalb von 2 s kamen zu wenige Bilder: 3 müssen sich einig sein",
    ),
    ("The picture is good again.", "Das Bild ist wieder gut."),
    ("tape: nobody ever wrote this", "tape: nobody ever wrote this"),
    ("", ""),
]


def seen(*things: tuple[str, int], recipe: Recipe = RECIPE) -> Detections:
    """Detections from (label's name, xmin), each 10 pixels wide and high."""
    names = [label.name for label in recipe.labels]
    classes = np.array([names.index(name) for name, _ in things], np.int32)
    boxes = as_boxes([(x, 10, x + 10, 20) for _, x in things])
    return Detections(boxes, np.full(len(things), 0.9, np.float32), classes, recipe.labels)


def screws(on: int, off: int = 0) -> list[tuple[str, int]]:
    return [("on" if i < on else "off", 20 * i) for i in range(on + off)]


def reason(*things: tuple[str, int], recipe: Recipe = RECIPE) -> str:
    """Why the judge says that the first component is no OK that is none."""
    return next(one.reason for one in judge(recipe, seen(*things, recipe=recipe)) if one.reason)


@pytest.mark.parametrize(
    ("said", "german"),
    [
        (reason(*screws(4)), "tape fehlt"),
        (reason(*screws(2, 1), ("tape", 150)), "screw: 1 ist off, 1 von 4 fehlen"),
        (reason(*screws(2, 2), ("tape", 150)), "screw: 2 sind off"),
        (reason(*screws(5), ("tape", 150)), "screw: 5 gefunden, 4 erwartet"),
        (reason(*screws(4), ("tape", 20)), "tape: fehlt, 1 außerhalb des Bereichs"),
        (reason(("tape", 20), recipe=BARE), "tape: 1 gefunden, nichts erwartet"),
    ],
)
def test_what_the_judge_says_is_heard_in_the_language_of_the_window(
    said: str, german: str, spoken: Callable[[str], None]
) -> None:
    assert as_told(said) == said
    spoken("de")
    assert as_told(said) == german
    assert as_told(f"perhaps {said}") == f"vielleicht {german}"


def test_so_is_a_picture_of_another_size(spoken: Callable[[str], None]) -> None:
    said = look_at(RECIPE, seen(*screws(4)), (320, 200))[1][0].reason
    assert as_told(said) == said
    spoken("de")
    assert as_told(said) == "das Bild ist 320x200, gelehrt wurde das Rezept auf 640x480: die Kamera auf 640x480 stellen"
    assert as_told(f"top: {said}") == f"top: {as_told(said)}"


@pytest.mark.parametrize(("said", "german"), LATE)
def test_what_the_vote_and_others_say(said: str, german: str, spoken: Callable[[str], None]) -> None:
    assert as_told(said) == said
    spoken("de")
    assert as_told(said) == german


def test_the_tip_of_a_pareto_is_in_it(qtbot: QtBot, spoken: Callable[[str], None]) -> None:
    spoken("de")
    chart = ParetoChart()
    qtbot.addWidget(chart)
    chart.show_pareto(Pareto((Bar("tape", None, "missing", reason(*screws(4)), 3, 1.0),), 0), "")
    assert chart.plot.toolTip() == "tape: fehlt: tape fehlt"

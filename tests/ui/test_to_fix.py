"""What to fix: in which words, and that all of it can be read."""

from collections.abc import Callable

import pytest
from PyQt5.QtCore import QRectF
from PyQt5.QtGui import QFontMetricsF, QTransform
from pytestqt.qtbot import QtBot

from inspector.inspection.verdict import Finding, Kind, Verdict
from inspector.recipe import Component, Mode, Pattern, Recipe
from ui import theme
from ui.remedies import Remedy, remedies, said, said_of_all
from ui.widgets.picture import side_by_side
from ui.widgets.to_fix import MOST, ToFix

SCREW = Component(
    name="screw",
    mode=Mode.CLASSIFICATION,
    patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
    count=4,
)
RECIPE = Recipe(name="gearbox", components=(SCREW, Component(name="tape"), Component(name="burr", count=0)))
BAD, UNSURE = Verdict.NOT_OK, Verdict.NOT_DECIDABLE


@pytest.mark.parametrize(
    ("finding", "fault", "deed"),
    [
        (Finding("tape", None, 1, 0, BAD, "tape missing", Kind.MISSING), "is missing", "Put it in"),
        (Finding("screw", "on", 4, 1, BAD, "", Kind.MISSING), "3 of 4 missing", "Put in what is missing"),
        (Finding("screw", "off", 4, 3, BAD, "screw: 1 is off", Kind.WRONG), "is “off”", "It should be “on”"),
        (Finding("screw", "on", 4, 6, BAD, "", Kind.EXTRA), "2 too many", "Take out what is extra"),
        (Finding("burr", None, 0, 1, BAD, "", Kind.EXTRA), "does not belong here", "Take it out"),
        (
            Finding("tape", None, 1, 2, UNSURE, "perhaps tape: 2 found", Kind.DOUBTFUL),
            "not sure",
            "Perhaps 2 found, 1 expected: see that it lies well",
        ),
        (
            Finding("tape", None, 1, 0, UNSURE, "tape: not 2 of 3 pictures agreed within 1 s", Kind.UNDECIDED),
            "not sure",
            "The pictures did not agree: let it lie still",
        ),
        (Finding("tape", None, 1, 0, UNSURE, "the picture is dark", Kind.UNJUDGED), "not sure", "the picture is dark"),
        (Finding("gone", None, 1, 1, BAD, "gone: it is odd"), "it is odd", ""),
    ],
)
def test_a_finding_says_what_to_do(finding: Finding, fault: str, deed: str) -> None:
    assert remedies((finding,), RECIPE) == (Remedy(finding.component, finding.verdict, fault, deed),)


def test_what_is_said_of_an_inspection_is_in_the_window_s_words() -> None:
    off = Finding("screw", "off", 4, 3, BAD, "screw: 1 is off", Kind.WRONG)
    beside = Finding("tape", None, 1, 1, Verdict.OK, "tape: 1 outside the region")
    before = Finding("lid", None, 1, 0, BAD, "lid: gone")  # of a time when findings had no kind
    assert [said(each) for each in (off, beside, before)] == ["is “off”", "1 outside the region", "gone"]
    assert said_of_all((off, beside, before)) == "screw is “off”; lid gone"
    assert said(Finding("lid", None, 1, 1, Verdict.OK)) == ""


def test_what_no_kind_tells_is_in_the_window_s_language_too(spoken: Callable[[str], None]) -> None:
    spoken("de")
    size = "the picture is 640x480, the recipe was taught on 800x600: set the camera to 800x600"
    (one,) = remedies((Finding("tape", None, 1, 0, UNSURE, size, Kind.UNJUDGED),), RECIPE)
    assert (one.fault, one.deed) == (
        "unsicher",
        "das Bild ist 640x480, gelehrt wurde das Rezept auf 800x600: die Kamera auf 800x600 stellen",
    )
    beside = Finding("tape", None, 1, 1, Verdict.OK, "tape: 1 outside the region")
    before = Finding("screw", None, 4, 3, BAD, "screw: 1 of 4 missing, 1 is off")  # when findings had no kind
    assert [said(each) for each in (beside, before)] == ["1 außerhalb des Bereichs", "1 von 4 fehlen, 1 ist off"]


def test_what_is_proved_comes_before_what_is_in_doubt_and_what_is_right_is_not_told() -> None:
    fine, doubt = Finding("screw", "on", 4, 4, Verdict.OK), Finding("tape", None, 1, 2, UNSURE, "perhaps")
    fault = Finding("burr", None, 0, 1, BAD, "burr")
    assert [remedy.component for remedy in remedies((fine, doubt, fault), RECIPE)] == ["burr", "tape"]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 9])
@pytest.mark.parametrize(("width", "height", "em"), [(420, 150, 12), (520, 170, 15), (1600, 520, 40)])
def test_all_rows_fit_and_no_head_is_cut(qtbot: QtBot, width: int, height: int, em: int, count: int) -> None:
    words = ToFix()
    qtbot.addWidget(words)
    words.setStyleSheet(theme.style_sheet(em))
    words.resize(width, height)
    words.show()
    words.set_remedies(
        [Remedy(f"housing seal {n}", BAD, "3 of 4 missing", "Put in what is missing") for n in range(count)]
    )
    unit, row = words.unit(), 2.6
    assert words.rows == min(count, MOST)
    if count <= 2:
        assert words.rows * unit * row < height * 1.15
    head = QFontMetricsF(words._font(unit, bold=True)).horizontalAdvance("housing seal 0 3 of 4 missing")
    assert head <= width - unit * 2.9
    assert unit >= em * 0.8
    words.grab()
    assert "housing seal 0 3 of 4 missing" in words.accessibleDescription()


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (2, 2), (3, 2), (4, 2), (5, 3), (9, 3)])
def test_pictures_of_several_cameras_lie_side_by_side(count: int, columns: int) -> None:
    places = side_by_side(QRectF(10, 20, 600, 400), count)
    assert len(places) == count
    assert len({place.left() for place in places}) == columns
    assert all(QRectF(10, 20, 600, 400).contains(place) for place in places)
    for index, place in enumerate(places):
        inner = QTransform().translate(0, 0).mapRect(place.adjusted(1, 1, -1, -1))
        assert not any(inner.intersects(other) for other in places[index + 1 :])

"""Signs, words and numbers: each is painted, none is cut off."""

from collections.abc import Callable
from itertools import combinations, pairwise, product

import pytest
from PyQt5.QtCore import QRectF, Qt
from PyQt5.QtGui import QColor, QFontMetricsF, QImage, QPainter
from pytestqt.qtbot import QtBot

from inspector.inspection.verdict import Finding, Inspection, Verdict
from inspector.inspection.view import State
from inspector.recipe import Recipe
from ui import theme
from ui.widgets.findings import Findings, expected
from ui.widgets.line import Line
from ui.widgets.look import state_look, verdict_look
from ui.widgets.shapes import Sign, draw_badge, draw_sign
from ui.widgets.tally import Recent, Tally
from ui.widgets.verdict_panel import VerdictPanel, split

# Qt's offscreen platform says so of any window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

JUDGED = (Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE)


def painted(draw: Callable[[QPainter], None]) -> QImage:
    """What is drawn on a black square of 100 pixels."""
    image = QImage(100, 100, QImage.Format_RGB32)
    image.fill(Qt.black)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


def ink(image: QImage) -> set[tuple[int, int]]:
    """The pixels that are not black."""
    return {(x, y) for x, y in product(range(100), repeat=2) if image.pixelColor(x, y) != QColor("black")}


def test_every_sign_has_a_shape_of_its_own(qapp: object) -> None:
    square = QRectF(10, 10, 80, 80)
    shapes = [ink(painted(lambda p, sign=sign: draw_sign(p, sign, square, QColor("white")))) for sign in Sign]
    for one, other in combinations(shapes, 2):
        assert len(one ^ other) > 0.15 * max(len(one), len(other))
    assert all(2 <= x <= 97 and 2 <= y <= 97 for shape in shapes for x, y in shape)


def test_badges_differ_without_colour(qapp: object) -> None:
    square, white = QRectF(0, 0, 100, 100), QColor("white")
    outlines = [ink(painted(lambda p, v=verdict: draw_badge(p, v, square, white, white))) for verdict in Verdict]
    for one, other in combinations(outlines, 2):
        assert len(one ^ other) > 500


@pytest.mark.parametrize(("state", "verdict"), list(product(State, Verdict)))
def test_a_fault_never_shows_a_verdict(state: State, verdict: Verdict) -> None:
    look = verdict_look(state, verdict)
    assert (look.verdict is Verdict.OK) == (verdict is Verdict.OK and state is not State.ERROR)
    assert look.loud == (state is State.ERROR or verdict is not Verdict.UNDEFINED)
    assert look.word


@pytest.mark.parametrize(("width", "height"), [(300, 180), (480, 300), (1400, 700), (300, 900)])
@pytest.mark.parametrize("verdict", JUDGED)
def test_the_word_fills_the_panel_and_is_not_cut(qtbot: QtBot, width: int, height: int, verdict: Verdict) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    panel.resize(width, height)
    panel.set_look(verdict_look(State.RUNNING, verdict))
    place = split(QRectF(panel.rect()), loud=True)[1]
    metrics = QFontMetricsF(panel.word_font())
    assert metrics.horizontalAdvance(panel.look.word) <= place.width()
    assert metrics.capHeight() <= place.height()
    assert metrics.horizontalAdvance(panel.look.word) > 0.75 * place.width() or metrics.ascent() > 0.7 * place.height()
    assert panel.grab().toImage().pixelColor(width // 2, 4) == theme.TONES[verdict].fill
    assert panel.accessibleDescription() == verdict.word


@pytest.mark.parametrize("state", State)
def test_a_panel_at_rest_is_painted(qtbot: QtBot, state: State) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    panel.resize(480, 300)
    panel.set_look(verdict_look(state, Verdict.UNDEFINED))
    loud = state is State.ERROR
    assert panel.grab().toImage().pixelColor(240, 4) == (theme.FAULT.fill if loud else theme.SURFACE)
    assert state_look(state).word


def test_counts_are_told_with_their_total(qtbot: QtBot) -> None:
    tally = Tally()
    qtbot.addWidget(tally)
    tally.resize(480, 70)
    tally.set_counts({Verdict.OK: 12, Verdict.NOT_OK: 3, Verdict.NOT_DECIDABLE: 1, Verdict.UNDEFINED: 0})
    assert [count for _, _, count in tally.figures()] == [12, 3, 1, 16]
    assert "Passed 12" in tally.accessibleDescription()
    assert not tally.grab().isNull()


def test_the_newest_ten_stand_from_left_to_right(qtbot: QtBot, inspected: Callable[..., Inspection]) -> None:
    recent = Recent()
    qtbot.addWidget(recent)
    recent.resize(500, 40)
    for number, verdict in enumerate([Verdict.NOT_DECIDABLE] * 3 + [Verdict.OK] * 9 + [Verdict.NOT_OK]):
        recent.add(inspected(verdict, str(number)))
    image = recent.grab().toImage()
    shown = [image.pixelColor(int(tile.left() + 10), 2) for tile in recent.tiles()]
    assert shown == [theme.TONES[Verdict.OK].fill] * 9 + [theme.TONES[Verdict.NOT_OK].fill]
    recent.clear()
    assert recent.grab().toImage().pixelColor(10, 2) == theme.CALM.fill


def many(count: int, wrong: int) -> list[Finding]:
    fine = [Finding(f"part-{index}", None, 1, 1, Verdict.OK) for index in range(count)]
    bad = Finding("part-bad", None, 1, 0, Verdict.NOT_OK, "missing")
    return [bad if index == wrong else finding for index, finding in enumerate(fine)]


@pytest.mark.parametrize("count", [0, 1, 2, 12])
def test_cards_do_not_overlap_and_fill_the_width(qtbot: QtBot, count: int) -> None:
    findings = Findings()
    qtbot.addWidget(findings)
    findings.resize(400, 240)
    findings.show()
    findings.set_findings(many(count, wrong=0))
    places = findings.cards.places()
    assert all(above.bottom() < below.top() for above, below in pairwise(places))
    assert all(place.bottom() <= findings.cards.sizeHint().height() for place in places)
    qtbot.waitUntil(lambda: findings.cards.height() >= findings.cards.sizeHint().height())
    assert findings.cards.grab().isNull() == (count == 0)


@pytest.mark.parametrize("width", [300, 400, 900])
def test_a_long_reason_makes_its_card_higher_and_no_other(qtbot: QtBot, width: int) -> None:
    findings = Findings()
    qtbot.addWidget(findings)
    findings.resize(width, 600)
    findings.show()
    findings.set_findings(many(3, wrong=1))
    usual = [place.height() for place in findings.cards.places()]
    assert usual[0] == usual[1] == usual[2]
    sentence = (
        "the picture is 640x480, the recipe was taught on 600x789: set the camera to 600x789, or teach it again " * 2
    )
    findings.set_findings([Finding("part", None, 4, 0, Verdict.NOT_DECIDABLE, sentence), *many(2, wrong=0)])
    long, *rest = [place.height() for place in findings.cards.places()]
    assert long > usual[0]
    assert rest == usual[1:]
    qtbot.waitUntil(lambda: findings.cards.height() >= findings.cards.places()[-1].bottom())
    assert not findings.cards.grab().isNull()


def test_the_first_wrong_card_is_scrolled_into_sight(qtbot: QtBot) -> None:
    findings = Findings()
    qtbot.addWidget(findings)
    findings.resize(400, 240)
    findings.show()
    findings.set_findings(many(12, wrong=-1))
    qtbot.waitUntil(lambda: findings.verticalScrollBar().maximum() > 0)
    findings.set_findings(many(12, wrong=10))
    top = findings.verticalScrollBar().value()
    place = findings.cards.places()[10]
    assert top <= place.top()
    assert place.bottom() <= top + findings.viewport().height()


def test_nothing_is_said_of_what_is_only_expected(recipe: Recipe) -> None:
    assert [(f.component, f.expected, f.verdict) for f in expected(recipe)] == [
        ("screw", 4, Verdict.UNDEFINED),
        ("tape", 1, Verdict.UNDEFINED),
    ]


def test_a_long_line_is_cut_and_told_whole_in_its_tool_tip(qtbot: QtBot) -> None:
    line = Line(Qt.AlignLeft)
    qtbot.addWidget(line)
    line.resize(80, 24)
    line.set_text("a sentence that is much longer than eighty pixels")
    assert line.toolTip() == line.text
    assert not line.grab().isNull()

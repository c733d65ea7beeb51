"""The station page on a hand-made station: every state and verdict, at the sizes of a laptop and of a 4K screen."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from threading import Thread
from typing import Any

import pytest
from PyQt5.QtCore import QPoint, QRect, Qt
from PyQt5.QtGui import QFontMetrics
from PyQt5.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from inspector.errors import MachineError
from inspector.inspection.verdict import Inspection, Verdict
from inspector.inspection.view import State, View
from inspector.recipe import Recipe
from ui import theme
from ui.bridge import Phase
from ui.pages.station import StationPage, told_findings

# Qt's offscreen platform says so of any window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

Show = Callable[[View], None]
Moment = Callable[..., View]


@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_is_shown(show: Show, moment: Moment, page: StationPage, verdict: Verdict) -> None:
    show(moment(verdict))
    assert page.verdict.look.verdict is verdict
    assert page.indicator.look.word == "Running"
    assert page.metrics.text == "29.8 frames/s    24 ms    2 skipped"
    assert [count for *_, count in page.tally.figures()] == [1284, 17, 3, 1304]
    assert page.notice.isHidden()
    assert page.grab().toImage().pixelColor(1100, 110) == theme.TONES[verdict].fill


def test_a_fault_takes_the_verdict_away_and_says_what_to_do(show: Show, moment: Moment, page: StationPage) -> None:
    show(moment(Verdict.OK))
    show(moment(Verdict.UNDEFINED, State.ERROR, "The camera usb:0 does not answer. Check its cable."))
    assert page.verdict.look.word == "FAULT"
    assert page.notice.advice is not None
    assert page.notice.advice.text == "The camera usb:0 does not answer. Check its cable."
    assert page.notice.isVisible()
    assert page.start.text().strip() == "Stop"


def test_stopping_takes_the_verdict_away_at_once(
    show: Show, moment: Moment, page: StationPage, station: Any, qtbot: QtBot
) -> None:
    show(moment(Verdict.OK))
    station.go_on.clear()
    page.toggle()
    assert page.bridge.phase is Phase.CLOSING
    assert page.verdict.look.verdict is Verdict.UNDEFINED
    assert not page.start.isEnabled()
    station.go_on.set()
    qtbot.waitUntil(page.start.isEnabled)
    assert page.start.text().strip() == "Start"
    assert [count for *_, count in page.tally.figures()] == [1284, 17, 3, 1304]


def test_the_last_verdict_of_a_source_that_ended_stays(
    show: Show, moment: Moment, page: StationPage, station: Any, qtbot: QtBot
) -> None:
    show(moment(Verdict.NOT_OK, State.STOPPED))
    qtbot.waitUntil(lambda: page.bridge.phase is Phase.IDLE)
    assert station.stopped == 1
    assert page.verdict.look.word == "FAIL"
    assert page.indicator.look.word == "Stopped"
    assert page.message.text == "The source has come to its end."
    page.recipe.currentIndexChanged.emit(0)
    assert page.verdict.look.verdict is Verdict.UNDEFINED


def test_what_takes_nothing_from_the_verdict_is_said_beside_it(show: Show, moment: Moment, page: StationPage) -> None:
    show(replace(moment(Verdict.OK), remark="The clock was set back."))
    assert (page.verdict.look.word, page.message.text) == ("PASS", "The clock was set back.")
    show(replace(moment(Verdict.OK), message="The picture is dark.", remark="The clock was set back."))
    assert page.message.text == "The picture is dark."


def test_what_of_the_picture_cannot_be_checked_is_said_where_nothing_else_is(
    show: Show, moment: Moment, page: StationPage
) -> None:
    show(replace(moment(Verdict.OK), unchecked="Whether the camera was moved cannot be told."))
    assert page.message.text == "Whether the camera was moved cannot be told."
    show(replace(moment(Verdict.NOT_OK), unchecked="Whether the camera was moved cannot be told.", remark="The clock."))
    assert page.message.text == "The clock."


def test_what_a_timer_or_a_folder_is_refused_is_said_and_goes_by_itself(
    show: Show, moment: Moment, page: StationPage, given: Any, qtbot: QtBot
) -> None:
    show(moment(Verdict.OK))
    page._refused._timer.setInterval(50)
    on_another_thread = Thread(target=given.complain, args=("The folder 'asked' is gone.",))
    on_another_thread.start()
    on_another_thread.join()
    qtbot.waitUntil(lambda: page.message.text == "The folder 'asked' is gone.")
    qtbot.waitUntil(lambda: page.message.text == "")


def test_a_station_that_cannot_start_says_why(page: StationPage, station: Any, qtbot: QtBot) -> None:
    def fail() -> None:
        raise ValueError("never shown")

    station.start = fail
    page.toggle()
    qtbot.waitUntil(lambda: page.bridge.phase is Phase.IDLE)
    assert page.notice.advice is not None
    assert "ValueError" in page.notice.advice.text
    assert page.start.isEnabled()


def test_the_last_ten_and_the_counts_are_the_shifts_and_outlive_a_run(
    show: Show,
    moment: Moment,
    page: StationPage,
    station: Any,
    book: Any,
    inspected: Callable[..., Inspection],
    qtbot: QtBot,
) -> None:
    page.enter()
    show(moment(Verdict.OK))
    qtbot.waitUntil(lambda: page.tally.figures()[-1] == (Verdict.UNDEFINED, "Since 06:00", 0))
    one, other = inspected(Verdict.OK, "1"), inspected(Verdict.NOT_OK, "2")
    book.now = replace(book.now, recent=(one, other), counts={Verdict.OK: 40, Verdict.NOT_OK: 2})
    for inspection in (one, other):
        station.deliver(inspection)
    qtbot.waitUntil(lambda: [count for *_, count in page.tally.figures()] == [40, 2, 0, 42])
    for _ in range(2):
        page.toggle()
        qtbot.waitUntil(lambda: page.bridge.phase in (Phase.IDLE, Phase.OPEN))
        assert list(page.recent.inspections) == [one, other]
        assert page.tally.figures()[-1] == (Verdict.UNDEFINED, "Since 06:00", 42)


def test_where_the_records_cannot_tell_the_counts_are_the_runs(
    show: Show, moment: Moment, page: StationPage, book: Any, qtbot: QtBot
) -> None:
    book.lost = MachineError("The records in /x are locked by another program. Close it, then start again.")
    page.enter()
    qtbot.waitUntil(lambda: "locked by another program" in page.message.text)
    show(moment(Verdict.OK))
    assert page.tally.figures()[-1] == (Verdict.UNDEFINED, "Total", 1304)
    book.lost = None
    page.shifting.read()
    qtbot.waitUntil(lambda: page.tally.figures()[-1][1] == "Since 06:00")
    show(moment(Verdict.NOT_OK))
    assert page.message.text == ""


def test_cards_rest_on_the_verdict_and_not_on_a_passing_hand(
    moment: Moment, inspected: Callable[[Verdict], Inspection], recipe: Recipe
) -> None:
    passed = inspected(Verdict.OK)
    hand = replace(moment(Verdict.OK), findings=inspected(Verdict.NOT_OK).findings)
    assert told_findings(hand, recipe) == passed.findings
    assert told_findings(moment(Verdict.NOT_OK), recipe) == inspected(Verdict.NOT_OK).findings
    nothing_yet = told_findings(replace(hand, verdict=Verdict.UNDEFINED), recipe)
    assert {finding.verdict for finding in nothing_yet} == {Verdict.UNDEFINED}
    assert told_findings(View(), None) == ()


def test_space_starts_only_what_can_start(page: StationPage, qtbot: QtBot) -> None:
    page.source.choose("   ")
    page.toggle()
    assert page.bridge.phase is Phase.IDLE
    page.source.choose("usb:3")
    page.toggle()
    qtbot.waitUntil(lambda: page.bridge.phase is Phase.OPEN)
    assert not page.source.isEnabled()


def test_choosing_a_file_does_not_hold_the_event_loop(page: StationPage, qtbot: QtBot) -> None:
    index = page.source.findText("Video or picture…")
    page.source.setCurrentIndex(index)
    page.source.activated.emit(index)
    assert page.source.source == "simulator"
    dialog = page.window().findChild(QWidget, "QFileDialog")
    assert dialog is not None
    assert dialog.isVisible()
    dialog.filesSelected.emit(["/tmp/bench.mp4"])
    assert page.source.source == "/tmp/bench.mp4"
    dialog.close()


def shown_widgets(page: StationPage) -> dict[str, QRect]:
    """The places of the page's parts in its own coordinates."""
    names = ("indicator", "recipe", "source", "start", "picture", "verdict", "findings", "tally", "recent")
    parts = {name: getattr(page, name) for name in (*names, "message", "metrics")}
    return {name: QRect(part.mapTo(page, QPoint(0, 0)), part.size()) for name, part in parts.items()}


@pytest.mark.parametrize(("width", "height"), [(960, 600), (1280, 800), (1920, 1080), (3840, 2160)])
def test_nothing_overlaps_is_cut_or_jumps(
    show: Show, moment: Moment, page: StationPage, qtbot: QtBot, width: int, height: int
) -> None:
    page.resize(width, height)
    assert page.size().width() == width, "the page does not fit"
    show(moment(Verdict.UNDEFINED))
    qtbot.wait(100)  # its button says Stop by then, and has its place
    layouts = []
    for verdict in Verdict:
        show(moment(verdict))
        page.grab()
        layouts.append(shown_widgets(page))
    assert layouts == [layouts[0]] * len(layouts)
    for (one, here), (other, there) in combinations(layouts[0].items(), 2):
        assert not here.intersects(there), (one, other)
    assert all(page.rect().contains(place) for place in layouts[0].values())
    for label in page.findChildren(QLabel):
        if label.isVisible() and not label.wordWrap():
            assert QFontMetrics(label.font()).horizontalAdvance(label.text()) <= label.width(), label.text()
    for button in filter(QWidget.isVisible, page.findChildren(QPushButton)):
        taken = QFontMetrics(button.font()).horizontalAdvance(button.text()) + button.iconSize().width()
        assert taken < button.width() * 0.8
        assert button.height() >= 3 * theme.em_of(page)
    assert page.picture.width() > 0.5 * page.width()
    metrics = QFontMetrics(theme.font(page.font(), theme.SMALL))
    assert metrics.horizontalAdvance(page.metrics.text) < page.metrics.width()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (3840, 2160)])
def test_advice_is_not_cut(page: StationPage, qtbot: QtBot, width: int, height: int) -> None:
    page.resize(width, height)
    page.grab()
    assert page.notice.isVisible()
    labels = [label for label in page.notice.findChildren(QLabel) if label.isVisible()]
    qtbot.waitUntil(lambda: all(label.height() >= label.heightForWidth(label.width()) for label in labels))
    assert page.picture.geometry().contains(page.notice.geometry())


def test_everything_that_can_be_reached_has_a_name_and_an_order(page: StationPage, qtbot: QtBot) -> None:
    for part in (
        page.recipe,
        page.source,
        page.start,
        page.picture,
        page.verdict,
        page.findings,
        page.tally,
        page.recent,
    ):
        assert part.accessibleName()
    page.activateWindow()
    page.recipe.setFocus()
    order = []
    for _ in range(3):
        order.append(page.focusWidget())
        qtbot.keyClick(page.focusWidget(), Qt.Key_Tab)
    assert order == [page.recipe, page.source, page.start]

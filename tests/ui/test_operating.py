"""What whoever stands at a station does: asks, scans, shows known workpieces, looks closer, objects."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import QPoint, QRect, Qt
from pytestqt.qtbot import QtBot

from inspector.errors import MachineError
from inspector.inspection.verdict import Inspection, Verdict
from inspector.inspection.view import State, View
from inspector.people.register import Register
from inspector.people.role import Role
from inspector.recipe import Recipe, Trigger, Viewpoint, Vote
from inspector.sample import Sample
from inspector.settings import Workspace
from inspector.triggers import Scanner
from tests.people.cheap import cheap_pins
from tests.ui.given import give_pin
from ui.desk import Desk
from ui.pages.station import StationPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
Show = Callable[[View], None]
Moment = Callable[..., View]
Inspected = Callable[..., Inspection]
CODE = "SN-20 4711"


def scan(qtbot: QtBot, page: StationPage, code: str = CODE) -> None:
    """As a scanner types it: faster than any person."""
    page.activateWindow()
    page.recent.setFocus()
    qtbot.keyClicks(page.recent, code)
    qtbot.keyClick(page.recent, Qt.Key_Return)


@pytest.fixture
def asked(given: Any, page: StationPage, qtbot: QtBot, recipe: Recipe) -> StationPage:
    """The page, with a recipe that inspects when it is asked."""
    vote = Vote(trigger=Trigger.ASKED)
    given._offer = replace(given._offer, recipe=recipe.model_copy(update={"vote": vote}))
    with qtbot.waitSignal(page.bridge.surveyed):
        page.survey()
    return page


def test_a_scanned_number_goes_to_the_station_and_its_keys_do_nothing_else(
    show: Show, moment: Moment, page: StationPage, station: Any, qtbot: QtBot, inspected: Inspected
) -> None:
    show(moment(Verdict.UNDEFINED))
    scan(qtbot, page)
    assert station.asked == [("scan", CODE)]
    qtbot.waitUntil(lambda: page.serial.words() == ("Next serial number", CODE))
    assert station.stopped == 0
    station.deliver(replace(inspected(Verdict.OK), serial=CODE))
    judged = moment(Verdict.OK)
    show(replace(judged, inspection=replace(judged.inspection, serial=CODE)))
    assert page.serial.words() == ("Serial number", CODE)


def test_what_the_station_refuses_is_said(
    show: Show, moment: Moment, page: StationPage, station: Any, qtbot: QtBot
) -> None:
    show(moment(Verdict.UNDEFINED))
    station.refusal = "'X' is no serial number of this product."
    scan(qtbot, page)
    assert page.message.text == station.refusal
    assert page.serial.next == ""


def test_a_number_that_the_station_refused_names_nothing_that_is_asked_for(
    asked: StationPage, show: Show, moment: Moment, station: Any, qtbot: QtBot
) -> None:
    show(moment(Verdict.UNDEFINED))
    station.refusal = f"'{CODE}' came too late: its inspection is over."
    scan(qtbot, asked)
    asked.ask.click()
    assert station.asked == [("scan", CODE), ("trigger", "", "key")]


def test_a_number_waits_as_long_as_the_station_says_and_names_nothing_after_that(
    asked: StationPage, show: Show, moment: Moment, station: Any, qtbot: QtBot
) -> None:
    show(moment(Verdict.UNDEFINED))
    scan(qtbot, asked)
    qtbot.waitUntil(lambda: asked.serial.next == CODE)
    station.now = replace(station.now, scanned="")
    qtbot.waitUntil(lambda: asked.serial.next == "")
    asked.ask.click()
    assert station.asked == [("scan", CODE), ("trigger", "", "key")]


def test_the_number_of_a_known_workpiece_need_be_none_of_the_product(
    show: Show, moment: Moment, page: StationPage, station: Any, qtbot: QtBot
) -> None:
    show(replace(moment(Verdict.UNDEFINED, State.PROVING, "Put it there."), sample=Sample(good=True, name="G-100")))
    station.refusal = "'G-100' is no serial number of this product."
    scan(qtbot, page, "G-100")
    page.notice.button.click()
    assert station.asked == [("scan", "G-100"), ("present", "G-100")]


def test_without_a_station_a_scan_says_that_it_was_not_taken(page: StationPage, qtbot: QtBot) -> None:
    scan(qtbot, page)
    assert CODE in page.message.text
    assert page.serial.next == ""


def test_what_is_typed_slowly_is_no_scan(
    show: Show, moment: Moment, page: StationPage, station: Any, qtbot: QtBot
) -> None:
    show(moment(Verdict.UNDEFINED))
    page.recent.setFocus()
    for key in "4711":
        qtbot.keyClick(page.recent, key)
        qtbot.wait(70)
    qtbot.keyClick(page.recent, Qt.Key_Return)
    assert station.asked == []


def test_the_space_bar_asks_where_inspections_are_asked_for(
    asked: StationPage, show: Show, moment: Moment, station: Any, qtbot: QtBot
) -> None:
    show(moment(Verdict.UNDEFINED))
    assert asked.ask.isVisible()
    qtbot.keyClick(asked.recent, Qt.Key_Space)
    asked.ask.click()
    assert station.asked == [("trigger", "", "key")] * 2
    assert station.stopped == 0
    show(replace(moment(Verdict.UNDEFINED), busy=True))
    assert not asked.ask.isEnabled()


def test_a_proof_says_what_to_put_under_the_camera(
    show: Show, moment: Moment, page: StationPage, station: Any, qtbot: QtBot
) -> None:
    wanted = replace(moment(Verdict.UNDEFINED, State.PROVING, "Put it there."), sample=Sample(good=False, name="B-7"))
    show(wanted)
    assert page.notice.advice is not None
    assert page.notice.advice.title == "Put a bad workpiece under the camera"
    assert page.verdict.look.verdict is Verdict.UNDEFINED
    qtbot.waitUntil(lambda: page.notice.geometry().bottom() > page.picture.geometry().bottom() - 5)
    page.notice.button.click()
    assert station.asked == [("present", "")]


def test_nobody_is_asked_for_a_pin_where_nobody_is_registered(
    show: Show, moment: Moment, page: StationPage, station: Any
) -> None:
    show(moment(Verdict.OK))
    page.prove.click()
    assert [deed for deed, _ in station.asked] == ["prove"]
    assert page.operating.pad.isHidden()


def covered(page: StationPage, part: Any) -> QRect:
    return QRect(part.mapTo(page, QPoint(0, 0)), part.size())


class Line:
    """Ten inspections of which two have pictures, and two people."""

    def __init__(self, page: StationPage, book: Any, inspected: Inspected, folder: Path) -> None:
        self.page, self.book = page, book
        self.passed, self.failed = inspected(Verdict.OK, "a"), inspected(Verdict.NOT_OK, "b")
        picture = folder / "b.jpg"
        cv2.imwrite(str(picture), np.full((200, 320, 3), 90, np.uint8))
        picture.with_suffix(".json").write_text(
            '{"width": 320, "height": 200, "detections": '
            '[{"component": "screw", "pattern": "off", "xyxy": [100, 100, 150, 150], "score": 0.9}]}'
        )
        book.kept = {"b": {"": picture}}
        book.now = replace(book.now, recent=(self.passed, self.failed))


@pytest.fixture
def line(page: StationPage, book: Any, inspected: Inspected, tmp_path: Path, qtbot: QtBot) -> Line:
    made = Line(page, book, inspected, tmp_path)
    page.enter()
    qtbot.waitUntil(lambda: len(page.recent.inspections) == 2)
    return made


def test_a_tap_shows_an_inspection_large_beside_the_live_verdict(
    line: Line, page: StationPage, show: Show, moment: Moment, qtbot: QtBot
) -> None:
    show(moment(Verdict.OK))
    closer = page.operating.closer
    qtbot.mouseClick(page.recent, Qt.LeftButton, pos=page.recent.tiles()[-1].center().toPoint())
    qtbot.waitUntil(lambda: closer.picture.still is not None)
    assert closer.inspection is line.failed
    assert [outline.text for outline in closer.picture.still.outlines] == ["tape missing", "screw off"]
    assert not covered(page, closer).intersects(covered(page, page.verdict))
    show(moment(Verdict.NOT_OK))
    assert page.verdict.look.word == "FAIL"
    assert closer.isVisible()
    closer.close_it.click()
    assert closer.isHidden()


def test_of_several_cameras_the_one_that_saw_what_is_wrong_comes_first(
    line: Line, page: StationPage, given: Any, recipe: Recipe, qtbot: QtBot
) -> None:
    screw, tape = (component.model_copy(update={"region": None}) for component in recipe.components)
    parts = screw.model_copy(update={"camera": "top"}), tape.model_copy(update={"camera": "side"})
    cameras = Viewpoint(name="side"), Viewpoint(name="top")
    two = Recipe(name=recipe.name, cameras=cameras, components=parts)
    given._offer = replace(given._offer, recipe=two)
    with qtbot.waitSignal(page.bridge.surveyed):
        page.survey()
    failed = replace(line.failed, findings=(line.failed.findings[0], line.passed.findings[1]))
    picture = line.book.kept["b"][""]
    line.book.kept["b"] = {"side": picture.with_name("gone.jpg"), "top": picture}
    page.recent.opened.emit(failed)
    closer = page.operating.closer
    qtbot.waitUntil(lambda: closer.cameras.isVisible())
    assert [button.accessibleName() for button in closer.cameras.buttons] == ["Camera side: PASS", "Camera top: FAIL"]
    assert closer.cameras.number == 1
    assert [outline.text for outline in closer.picture.still.outlines] == ["screw off"]
    closer.cameras.buttons[0].click()
    assert "not kept" in closer.picture._words
    assert closer.picture._image.isNull()


def test_the_arrow_keys_and_enter_show_one_too(line: Line, page: StationPage, qtbot: QtBot) -> None:
    page.recent.setFocus()
    qtbot.keyClick(page.recent, Qt.Key_Left)
    qtbot.wait(60)
    qtbot.keyClick(page.recent, Qt.Key_Return)
    assert page.operating.closer.inspection is line.passed
    qtbot.waitUntil(lambda: "not kept" in page.operating.closer.picture._words)


def test_it_was_wrong_is_noted_with_its_reason(line: Line, page: StationPage, qtbot: QtBot) -> None:
    page.recent.opened.emit(line.failed)
    closer = page.operating.closer
    closer.wrong.click()
    closer.reasons[0].click()
    qtbot.waitUntil(lambda: len(line.book.objections) == 1)
    (said,) = line.book.objections
    assert said[:2] == ("b", "Everything is right")
    qtbot.waitUntil(lambda: closer._said.text().startswith("Noted."))
    assert line.failed.verdict is Verdict.NOT_OK


def test_pages_of_the_same_window_hear_of_a_picture_that_waits(
    line: Line, page: StationPage, workspace: Workspace, qtbot: QtBot
) -> None:
    desk = Desk(workspace, parent=page)
    page.follow(desk)
    line.book.kept["b"] = {"": Path("b.jpg")}
    page.recent.opened.emit(line.failed)
    with qtbot.waitSignal(desk.changed):
        page.operating.closer.reasons[0].click()
    del line.book.kept["b"]
    page.recent.opened.emit(line.failed)
    with qtbot.assertNotEmitted(desk.changed):
        page.operating.closer.reasons[1].click()
        qtbot.waitUntil(lambda: "not kept any more" in page.operating.closer._said.text())


def test_where_it_cannot_be_noted_it_says_so(line: Line, page: StationPage, qtbot: QtBot) -> None:
    line.book.lost = MachineError("Cannot write: the disk is full.")
    page.recent.opened.emit(line.failed)
    page.operating.closer.reasons[3].click()
    qtbot.waitUntil(lambda: page.operating.closer._said.text() == "Cannot write: the disk is full.")


def test_whoever_objects_gives_a_pin_where_people_are_registered(
    line: Line, page: StationPage, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap_pins(monkeypatch)
    Register(workspace.folder).add("ann", Role.ENGINEER, "481516")
    page.recent.opened.emit(line.failed)
    page.operating.closer.reasons[1].click()
    pad = page.operating.pad
    assert pad.isVisible()
    assert not line.book.objections
    give_pin(pad, "481516")
    qtbot.waitUntil(lambda: line.book.objections == [("b", "Another part is at fault", "ann")])
    assert pad.isHidden()


def test_a_scan_over_the_pin_pad_is_no_pin(
    line: Line, page: StationPage, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap_pins(monkeypatch)
    scanned: list[str] = []
    page.operating.scanning.use(Scanner(gap_s=1))
    page.operating.scanning.scanned.connect(scanned.append)
    Register(workspace.folder).add("ann", Role.ENGINEER, "481516")
    page.activateWindow()
    page.recent.opened.emit(line.failed)
    page.operating.closer.reasons[1].click()
    pad = page.operating.pad
    pad.keys["4"].click()
    left_ms = pad._patience.remainingTime()
    qtbot.wait(60)
    qtbot.keyClicks(pad, "20471100")
    qtbot.keyClick(pad, Qt.Key_Return)
    assert scanned == ["20471100"]
    assert pad.places.count == 0
    assert pad.refusal == ""
    assert pad._patience.remainingTime() <= left_ms - 50  # a line that scans does not keep it open
    give_pin(pad, "481516")
    qtbot.waitUntil(lambda: line.book.objections == [("b", "Another part is at fault", "ann")])


def test_who_may_not_is_told_so(
    show: Show, moment: Moment, page: StationPage, station: Any, workspace: Workspace, qtbot: QtBot
) -> None:
    show(moment(Verdict.OK))
    (workspace.folder / "people.yaml").write_text("format: 1\npeople: 7\n")
    page.prove.click()
    assert station.asked == []
    assert page.operating.pad.isVisible()
    assert not page.operating.pad.enter.isEnabled()


def test_only_one_thing_is_asked_at_a_time_and_leaving_takes_it_away(line: Line, page: StationPage) -> None:
    page.recent.opened.emit(line.failed)
    page.sound.click()
    assert page.operating.closer.isHidden()
    assert page.operating.tones_card.isVisible()
    page.leave()
    assert page.operating.tones_card.isHidden()

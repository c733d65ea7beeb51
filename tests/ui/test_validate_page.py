"""The page of validations, on a command whose lines the test says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt5.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from inspector.settings import Workspace
from tests.ui.given import SaidCommand, account_for, desk_of, open_page, settle, shelve
from ui import stills
from ui.pages.validate import ValidatePage
from ui.widgets.outlines import Kind

# Qt's offscreen platform says so of any window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def make(qtbot: QtBot, workspace: Workspace) -> Callable[[], ValidatePage]:
    """A page of 1085x770 in view, on a workspace as it then is."""

    def made() -> ValidatePage:
        page = ValidatePage(desk_of(workspace), SaidCommand)  # type: ignore[arg-type]
        open_page(qtbot, page)
        return page

    return made


@pytest.fixture
def page(make: Callable[[], ValidatePage], workspace: Workspace) -> ValidatePage:
    """Of a bundle that was validated."""
    shelve(workspace, "lid-1")
    account_for(workspace, "lid-1")
    return make()


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the clock of work says that goes on."""
    now = [100.0]
    monkeypatch.setattr("ui.widgets.underway.time.monotonic", lambda: now[0])
    return now


def test_what_is_not_there_says_what_to_do(
    make: Callable[[], ValidatePage], workspace: Workspace, qtbot: QtBot
) -> None:
    page = make()
    assert (page.nothing.title.text(), page.validate.isEnabled()) == ("No bundle yet", False)
    shelve(workspace, "lid-1")
    page.desk.changed.emit()
    settle(qtbot, page)
    assert (page.nothing.title.text(), page.validate.isEnabled()) == ("Not validated yet", True)
    assert page.validate.text() == "Validate"


def test_figures_say_how_sure_they_are(page: ValidatePage) -> None:
    screw, tape = page.figures.table.rows
    assert [(cell.text, cell.note) for cell in screw] == [
        ("screw", ""),
        ("0 of 11", "surely below 28.5 %"),
        ("1 of 11", "0.2 to 41.3 %"),
        ("no empty frame", "nothing is known"),
        ("0.41", ""),
    ]
    assert [(cell.text, cell.note) for cell in tape][2:4] == [
        ("none to count", "nothing is known"),
        ("1 on 11 frames", "loudest 0.80"),
    ]
    assert "On 20 of them it was chosen from which score things count" in page.figures.rests.text()
    assert page.figures.rests.text().endswith("What is true was said: 39 by maria.")


def test_a_validation_is_followed_and_can_be_cancelled(
    make: Callable[[], ValidatePage], workspace: Workspace, qtbot: QtBot, seconds: list[float]
) -> None:
    shelve(workspace, "lid-1")
    page = make()
    line = page.underway.line
    page.validate.click()
    assert page.validating.started == [("validate", "lid-1")]
    assert (page.validate.text(), page.underway.isVisible(), page.choice.isEnabled()) == ("Cancel", True, False)
    page.validating.told.emit({"stage": "validate", "done": 3, "total": 12, "text": ""})
    assert (line.text, page.underway.bar.value(), page.underway.bar.maximum()) == ("frame 3 of 12", 3, 12)
    seconds[0] += 3
    page.validating.told.emit({"stage": "validate", "done": 6, "total": 12, "text": ""})
    assert line.text == "frame 6 of 12  0:03 left"
    assert page.busy == "A validation is running. It is ended now."
    page.validate.click()
    assert page.validating.cancelled == 1
    page.validating.finish(130)
    assert (page.validate.text(), page.underway.isVisible(), page.busy) == ("Validate", False, "")
    page.validate.click()
    account_for(workspace, "lid-1")
    page.validating.finish()
    settle(qtbot, page)
    assert page.wrong.text() == "Judged wrong  2"
    assert page.validate.text() == "Validate again"


def test_a_bundle_that_is_sent_here_is_validated_at_once(
    make: Callable[[], ValidatePage], workspace: Workspace, qtbot: QtBot
) -> None:
    for name in ("lid-1", "lid-2"):
        shelve(workspace, name)
    account_for(workspace, "lid-2")
    page = make()
    page.choose("lid-1")
    settle(qtbot, page)
    assert page.validating.started == [("validate", "lid-1")]
    page.validating.finish()
    page.choose("lid-2")
    settle(qtbot, page)
    assert len(page.validating.started) == 1, "what is known is shown"
    assert page.bundle is not None
    assert page.bundle.manifest.id == "lid-2"


def test_the_pictures_it_got_wrong_come_with_what_was_seen(page: ValidatePage) -> None:
    escape, overkill = page.thumbnails.stills
    assert (escape.caption, escape.wrong) == ("screw: bad, but passed", True)
    assert [outline.kind for outline in escape.outlines] == [Kind.WRONG]
    assert overkill.caption == "screw: good, but rejected"
    assert [(outline.kind, outline.text) for outline in overkill.outlines] == [
        (Kind.MISSED, "screw on missed"),
        (Kind.FAINT, "screw on 0.20"),
    ]
    assert overkill.text == (
        "“screw” is as it must be, and it did not pass. 3 found, 4 expected. Scores 0.20, counts from 0.41.\na/1.png"
    )
    assert page.thumbnails.model().index(0, 0).data(Qt.DecorationRole) is not None


def test_why_it_did_not_pass_is_in_the_language_of_the_window(
    page: ValidatePage, spoken: Callable[[str], None]
) -> None:
    assert page.account is not None
    spoken("de")
    assert " 3 gefunden, 4 erwartet. " in stills.mistakes(page.account)[1].text
    account = page.account.model_copy(update={"sources": ("1 by attestation", "39 by maria")})
    page.figures.show_account(account)
    assert page.figures.rests.text().endswith("Was wahr ist, wurde gesagt: 1 durch Bestätigung, 39 von maria.")


def test_keys_go_through_the_large_pictures(page: ValidatePage, qtbot: QtBot) -> None:
    page.thumbnails.stand_at(0)
    qtbot.keyClick(page.thumbnails, Qt.Key_Return)
    assert page.stack.currentWidget() is page.viewer
    assert (page.viewer.place.text(), page.viewer.before.isEnabled()) == ("1 / 2", False)
    qtbot.keyClick(page.viewer, Qt.Key_Right)
    qtbot.keyClick(page.viewer, Qt.Key_Right)
    assert (page.viewer.number, page.viewer.after.isEnabled()) == (1, False)
    settle(qtbot, page)
    assert page.viewer.picture.still is page.thumbnails.stills[1]
    assert page.viewer.picture.grab().toImage().pixelColor(500, 300).red() == pytest.approx(120, abs=2)
    qtbot.keyClick(page.viewer, Qt.Key_Left)
    assert page.viewer.number == 0
    qtbot.keyClick(page.viewer, Qt.Key_Escape)
    assert page.stack.currentWidget() is not page.viewer
    assert page.thumbnails.currentIndex().row() == 0
    assert page.thumbnails.selected() == []


def test_a_picture_that_is_gone_is_said(page: ValidatePage, qtbot: QtBot) -> None:
    Path(page.thumbnails.stills[0].picture).unlink()
    page.thumbnails.opened.emit(0)
    settle(qtbot, page)
    assert page.viewer.picture.image is not None
    assert page.viewer.picture.image.isNull()
    assert not page.viewer.grab().isNull()


def test_what_it_fired_on_is_taken_as_lookalikes_once_a_person_says_so(
    page: ValidatePage, workspace: Workspace, qtbot: QtBot
) -> None:
    assert not page.take.isVisible()
    page.fired.click()
    counts, known = page.thumbnails.stills
    assert (counts.caption, counts.wrong, known.caption, known.wrong) == (
        "tape 0.80",
        True,
        "tape 0.20, lookalike",
        False,
    )
    assert "That counts: it is reported." in counts.text
    assert "That does not count: it takes 0.50. It is known as a lookalike." in known.text
    assert page.take.text() == "Take 1 as lookalikes"
    page.thumbnails.selectionModel().select(page.thumbnails.model().index(1, 0), QItemSelectionModel.Select)
    assert not page.take.isEnabled(), "what is selected is one already"
    page.thumbnails.clearSelection()
    page.take.click()
    assert page.question.isVisible()
    page.question.yes.click()
    assert page.taking.started == [("lookalikes", "lid-1", "--take", "a/2.png")]
    with qtbot.waitSignal(page.told) as told:
        page.taking.told.emit({"found": 4, "taken": 1, "sheet": None})
    assert told.args == ["1 taken as lookalikes: train again."]
    page.taking.finish()
    settle(qtbot, page)


def test_taking_lookalikes_is_followed_and_can_be_cancelled(
    page: ValidatePage, qtbot: QtBot, seconds: list[float]
) -> None:
    page.fired.click()
    page.take.click()
    page.question.yes.click()
    assert (page.validate.text(), page.take.isEnabled(), page.choice.isEnabled()) == ("Cancel", False, False)
    page.taking.told.emit({"stage": "negatives", "done": 0, "total": None, "text": ""})
    page.taking.told.emit({"stage": "negatives", "done": 1, "total": 9, "text": ""})
    seconds[0] += 2
    page.taking.told.emit({"stage": "negatives", "done": 3, "total": 9, "text": ""})
    assert page.underway.line.text == "empty frame 3 of 9  0:04 left"
    assert page.busy == "Lookalikes are being taken. That is ended now."
    page.validate.click()
    assert (page.taking.cancelled, page.validating.started) == (1, [])
    with qtbot.waitSignal(page.told) as told:
        page.taking.finish(130)
    assert told.args == ["Cancelled: nothing was taken."]
    assert (page.validate.text(), page.underway.isVisible(), page.busy) == ("Validate again", False, "")
    settle(qtbot, page)
    assert page.take.isEnabled()


def test_what_is_taken_is_what_was_asked_about(page: ValidatePage, workspace: Workspace, qtbot: QtBot) -> None:
    shelve(workspace, "lid-2")
    account_for(workspace, "lid-2")
    page.desk.changed.emit()
    settle(qtbot, page)
    page.choose("lid-1")
    settle(qtbot, page)
    page.fired.click()
    page.take.click()
    page.choose("lid-2")
    settle(qtbot, page)
    assert not page.question.isVisible()
    page.question.yes.click()
    assert page.taking.started == [("lookalikes", "lid-1", "--take", "a/2.png")]
    page.taking.finish()
    settle(qtbot, page)
    page.take.click()
    page.thumbnails.selectionModel().select(page.thumbnails.model().index(1, 0), QItemSelectionModel.Select)
    assert not page.question.isVisible()


def test_a_failure_is_told_and_the_rest_goes_on(page: ValidatePage, qtbot: QtBot) -> None:
    page.validate.click()
    with qtbot.waitSignal(page.told) as told:
        page.validating.finish(2, "The bundle lid-1 was changed.")
    assert told.args == ["The bundle lid-1 was changed."]
    settle(qtbot, page)
    assert page.validate.isEnabled()


def test_an_account_without_mistakes_has_no_pictures(page: ValidatePage) -> None:
    assert page.account is not None
    clean = page.account.model_copy(update={"mistakes": (), "fired": ()})
    assert stills.mistakes(clean) == stills.fired(clean) == ()

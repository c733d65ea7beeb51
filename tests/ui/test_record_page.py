"""The record page on hand-made cameras: what is recorded, what is said of it, and how it is listed."""

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt5.QtGui import QDragEnterEvent, QDropEvent
from PyQt5.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from inspector.capture.claim import Claim
from inspector.capture.recording import read_recording
from inspector.capture.trash import throw_away
from inspector.files import write_document
from inspector.recipe import Component, Recipe
from inspector.settings import Workspace
from tests.labeling.live_camera import Plug
from tests.labeling.recorded import recorded
from tests.ui.shoot import BOX, OFF, ON, WITH, WITHOUT, Shoot
from ui import preferences, theme
from ui.desk import Desk
from ui.filming import Stage
from ui.pages.record import RecordPage
from ui.widgets.camera_choice import CameraChoice
from ui.widgets.viewfinder import Viewfinder

# Qt's offscreen platform says so of any window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_what_is_missing_is_offered_first_and_what_is_recorded_is_listed(shoot: Shoot) -> None:
    page = shoot.page
    assert [card.claim for card in page.panel.list.missing] == [WITH, WITHOUT, ON, OFF]
    assert page.panel.list.missing[1].text().strip() == "tape, negative: still to record"
    shoot.record()
    assert page.shooting.record.text().strip() == "Stop"
    assert not page.what.component.isEnabled()
    shoot.until(lambda: "frames" in page.shooting.much.text)
    assert page.shooting.much.text.endswith("0 dropped")
    shoot.finish()
    assert shoot.claims == [WITH]
    (card,) = page.panel.list.cards
    assert card.title.text == "tape, positive"
    assert "frames" in card.much.text
    shoot.until(lambda: card.thumb.pixmap() is not None)
    # The next thing to do is chosen.
    assert page.claim == WITHOUT
    assert page.shooting.record.text().strip() == "Record"


def test_one_key_records_and_the_same_one_ends_it(shoot: Shoot, qtbot: QtBot) -> None:
    page = shoot.page
    shoot.until(lambda: page.can_record)
    page.activateWindow()
    page.panel.list.setFocus()
    for stage in (Stage.RECORDING, Stage.READY):
        qtbot.keyClick(page.focusWidget(), Qt.Key_R)
        shoot.until(lambda stage=stage: page.filming.stage is stage)
        if stage is Stage.RECORDING:
            shoot.rolls()
    shoot.until(lambda: shoot.claims == [WITH])


def test_which_one_is_recorded_is_said_in_words_colour_and_shape(shoot: Shoot) -> None:
    page = shoot.page
    seen = {}
    for claim in (WITH, WITHOUT, OFF):
        shoot.record(claim)
        shoot.until(lambda: page.picture.recording)
        seen[claim] = page.picture.banner
        image = page.picture.grab().toImage()
        tone = theme.WITH if claim.positive else theme.WITHOUT
        assert image.pixelColor(image.width() // 2, 4) == tone.fill
        left = {image.pixelColor(3, y).name() for y in range(60, image.height() - 20)}
        assert (len(left) > 1) is claim.empty
        shoot.finish()
        shoot.until(lambda: not page.picture.recording)
        assert page.picture.grab().toImage().pixelColor(image.width() // 2, 4) == theme.PICTURE
    assert seen == {
        WITH: "Recording: POSITIVE, with the tape",
        WITHOUT: "Recording: NEGATIVE, without the tape",
        OFF: "Recording: screw: off, as it must not be",
    }


def test_a_negative_is_attested_by_name_once(shoot: Shoot) -> None:
    page = shoot.page
    page.choose(WITHOUT)
    page.begin()
    assert page.attestation.isVisible()
    assert page.filming.stage is Stage.READY
    page.attestation.name.setText(" ")
    assert not page.attestation.yes.isEnabled()
    page.attestation.no.click()
    assert page.filming.stage is Stage.READY
    shoot.record(WITHOUT)
    shoot.finish()
    assert read_recording(page.panel.collection.kept[0].folder).attested_by == "maria"
    page.attestation.name.setText("not asked")
    shoot.record(WITHOUT)
    assert page.attestation.name.text() == "not asked"
    shoot.finish()
    assert shoot.claims == [WITHOUT, WITHOUT]
    assert page.panel.collection.kept[0].recording.attested_by == "maria"


def test_a_negative_is_prompted_for_what_is_almost_right(shoot: Shoot) -> None:
    page = shoot.page
    page.choose(WITHOUT)
    assert "a hand or a tool in its place" in page.shooting.words.text()
    page.choose(WITH)
    assert page.shooting.words.text().startswith("It must be in every frame")


def test_the_coach_and_the_meters_speak(shoot: Shoot) -> None:
    page = shoot.page
    shoot.until(lambda: page.shooting.light.word == "good" and page.shooting.sharpness.word == "sharp")
    shoot.plug.camera.dark = True
    shoot.until(lambda: page.shooting.light.word == "too dark")
    assert page.shooting.words.text() == "The picture is dark: check the light and the lens cap."


def test_what_is_deleted_can_be_put_back(shoot: Shoot, qtbot: QtBot) -> None:
    page = shoot.page
    shoot.record()
    shoot.finish()
    (card,) = page.panel.list.cards
    card.setFocus()
    qtbot.keyClick(card, Qt.Key_Delete)
    shoot.until(lambda: not page.panel.list.cards and bool(page.panel.strip.button.text()))
    assert page.panel.strip.line.text == "tape, positive is in the trash."
    assert not list(shoot.desk.workspace.recordings.iterdir())
    page.panel.strip.button.click()
    shoot.until(lambda: len(page.panel.list.cards) == 1)
    assert shoot.claims == [WITH]
    assert page.panel.strip.line.text == ""


def test_what_was_deleted_before_is_listed_put_back_or_deleted_for_good(shoot: Shoot) -> None:
    page, workspace = shoot.page, shoot.desk.workspace
    panel = page.panel
    for claim in (WITH, ON):
        folder, _ = recorded(workspace, BOX, claim.component, pattern=claim.pattern, frames=3)
        throw_away(workspace, folder.name)
    panel.bin.click()
    assert (panel.title.text(), panel.bin.text().strip()) == ("Trash", "Recordings")
    shoot.until(lambda: len(panel.trash.cards) == 2)
    assert {card.title.text for card in panel.trash.cards} == {"tape, positive", "screw: on"}
    assert panel.trash.cards[0].when.text.startswith("box  ·  deleted ")
    back = next(card for card in panel.trash.cards if card.title.text == "screw: on")
    back.restore.click()
    shoot.until(lambda: shoot.claims == [ON] and len(panel.trash.cards) == 1)
    panel.trash.empty.click()
    assert panel.trash.question.isVisible()
    assert len(list(workspace.trash.iterdir())) == 1
    panel.trash.question.yes.click()
    shoot.until(lambda: not panel.trash.cards)
    assert panel.trash.none.isVisible()
    assert list(workspace.trash.iterdir()) == []
    panel.bin.click()
    assert panel.title.text() == "Recordings"
    assert shoot.claims == [ON]


def test_what_is_deleted_for_good_is_not_offered_any_more(shoot: Shoot) -> None:
    panel = shoot.page.panel
    shoot.record()
    shoot.finish()
    panel.throw_away(panel.collection.kept[0].recording.id)
    shoot.until(lambda: bool(panel.strip.button.text()))
    panel.bin.click()
    shoot.until(lambda: len(panel.trash.cards) == 1)
    panel.trash.empty.click()
    panel.trash.question.yes.click()
    shoot.until(lambda: panel.strip.line.text == "")


def test_a_recording_that_differs_can_be_made_anew(shoot: Shoot) -> None:
    page = shoot.page
    shoot.record(ON)
    shoot.finish()
    (kept,) = page.panel.collection.kept
    page.intake.differs.emit(kept.recording.id, kept.recording.id, "it is only 60 % as bright")
    assert page.question.text.startswith("“screw: on” differs from “screw: on” in more than what it shows")
    assert page.question.text.endswith("it is only 60 % as bright.")
    page.question.yes.click()
    shoot.rolls()
    assert page.claim == ON
    page.filming.end()
    shoot.until(lambda: page.filming.stage is Stage.READY)
    shoot.until(lambda: [one.recording.id for one in page.panel.collection.kept] not in ([], [kept.recording.id]))
    assert len(page.panel.list.cards) == 1


def test_a_card_that_is_missing_chooses_what_it_says(shoot: Shoot) -> None:
    page = shoot.page
    page.panel.list.missing[3].click()
    assert page.claim == OFF
    assert page.what.component.currentText() == "screw"
    assert [button.text().strip() for button in page.what.claims.buttons] == ["on", "off", "Negative", "Lookalike"]
    page.what.component.setCurrentIndex(0)
    page.what.component.activated.emit(0)
    assert page.claim == WITH


def test_cameras_are_listed_by_name_and_any_text_is_taken(shoot: Shoot) -> None:
    page = shoot.page
    choice = page.bar.choice
    shoot.until(lambda: choice.count() == 2)
    assert [choice.itemText(i) for i in range(2)] == ["Webcam, serial 4F2A", "Simulator"]
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    shoot.until(lambda: shoot.plug.sources[-1] == "usb:4F2A" and page.can_record)
    line = choice.lineEdit()
    assert line is not None
    line.setText("rtsp://camera/1")
    line.returnPressed.emit()
    shoot.until(lambda: shoot.plug.sources[-1] == "rtsp://camera/1" and page.can_record)


def test_settings_are_asked_for_in_the_text_and_what_was_taken_is_shown(shoot: Shoot) -> None:
    page = shoot.page
    page.bar.choice.choose("usb:0,gain=2")
    page.bar.button.click()
    settings = page.bar.settings
    assert settings.isVisible()
    assert page.picture.rect().contains(settings.geometry())
    assert settings.asked["gain"].text() == "2"
    assert settings.asked["exposure"].text() == ""
    settings.asked["exposure"].setText("5")
    settings.set.click()
    shoot.until(lambda: shoot.plug.sources[-1] == "usb:0,exposure=5,gain=2" and page.can_record)
    shoot.until(lambda: settings.took["exposure"].text() == "5")
    assert settings.took["gain"].text() == "not taken: 1"
    assert shoot.told[-1] == "The camera did not take gain: it goes on with what it had."
    shoot.press(Qt.Key_Escape)
    assert not settings.isVisible()


def test_what_is_asked_of_a_camera_stays_with_it(shoot: Shoot, qtbot: QtBot) -> None:
    page = shoot.page
    choice = page.bar.choice
    shoot.until(lambda: choice.count() == 2)
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    page.bar.button.click()
    page.bar.settings.asked["exposure"].setText("5")
    page.bar.settings.set.click()
    shoot.until(lambda: shoot.plug.sources[-1] == "usb:4F2A,exposure=5" and page.can_record)
    for index in (0, 1, 0):
        choice.setCurrentIndex(index)
        choice.activated.emit(index)
    assert page.bar.source == "usb:4F2A,exposure=5"
    later = CameraChoice("usb:4F2A")
    qtbot.addWidget(later)
    assert later.source == "usb:4F2A,exposure=5", "after the app was started anew"
    later.choose("usb:4F2A,gain=2")
    later.lineEdit().setText("usb:4F2A")
    later.lineEdit().returnPressed.emit()
    assert preferences.source_of("usb:4F2A") == "usb:4F2A", "whoever types it without asks nothing of it"


def test_no_password_of_a_camera_is_kept(qtbot: QtBot) -> None:
    choice = CameraChoice("rtsp://ann:secret@host/1,2")
    qtbot.addWidget(choice)
    assert preferences.source_of("rtsp://ann:secret@host/1") == "rtsp://ann:secret@host/1"


def test_another_recipe_is_shown_at_once(shoot: Shoot) -> None:
    page = shoot.page
    write_document(shoot.desk.workspace.recipes / "lid.yaml", Recipe(name="lid", components=(Component(name="seal"),)))
    shoot.desk.refresh()
    shoot.desk.choose("lid")
    assert page.claim == Claim("seal", True)
    shoot.until(lambda: [card.claim.component for card in page.panel.list.missing] == ["seal", "seal"])


def test_without_a_recipe_it_says_what_to_do(workspace: Workspace, qtbot: QtBot) -> None:
    plug = Plug()
    page = RecordPage(Desk(workspace), "hand", plug, tuple)
    qtbot.addWidget(page)
    page.show()
    page.enter()
    assert page.notice.advice is not None
    assert page.notice.advice.title == "No recipe yet"
    page.begin()
    with qtbot.waitSignal(page.ended):
        page.close_down()
    assert plug.sources == []


def test_pictures_that_are_dropped_are_imported_and_extracted(shoot: Shoot, tmp_path: Path) -> None:
    page = shoot.page
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(3):
        cv2.imwrite(str(folder / f"{number}.png"), np.full((60, 80, 3), 80 + number, np.uint8))
    del page.intake.go_on  # type: ignore[attr-defined]
    page.intake.go_on()
    page.choose(WITHOUT)
    drag, drop = dragged(folder)
    page.dragEnterEvent(drag)
    assert drag.isAccepted()
    assert page.notice.advice is not None
    assert page.notice.advice.text == "NEGATIVE, without the tape"
    page.dropEvent(drop)
    assert page.attestation.isVisible()
    assert page.busy == ""
    page.attestation.name.setText("maria")
    page.attestation.yes.click()
    assert page.panel.strip.button.text() == "Cancel"
    assert page.busy.startswith("Files are being imported")
    shoot.until(lambda: shoot.claims == [WITHOUT])
    (kept,) = page.panel.collection.kept
    assert kept.recording.attested_by == "maria"
    shoot.until(lambda: page.what.claim == WITH)
    shoot.until(lambda: (kept.folder / "frames.yaml").exists() and not page.intake.running)


def test_the_buttons_ask_for_files_and_import_them(shoot: Shoot, tmp_path: Path) -> None:
    """What a person chose in the system's window of files comes in like what is dropped."""
    panel, taken = shoot.page.panel, []
    panel.dropped.disconnect()
    panel.dropped.connect(taken.append)
    for button, mode in ((panel.video, QFileDialog.ExistingFiles), (panel.folder, QFileDialog.Directory)):
        button.click()
        (dialog,) = shoot.page.window().findChildren(QFileDialog)
        assert dialog.fileMode() == mode
        dialog.filesSelected.emit([str(tmp_path / "a.mp4")])
        dialog.close()
        shoot.until(lambda: not shoot.page.window().findChildren(QFileDialog))
    assert taken == [[str(tmp_path / "a.mp4")]] * 2


def dragged(path: Path) -> tuple[QDragEnterEvent, QDropEvent]:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    drag = QDragEnterEvent(QPoint(5, 5), Qt.CopyAction, mime, Qt.LeftButton, Qt.NoModifier)
    drop = QDropEvent(QPointF(5, 5), Qt.CopyAction, mime, Qt.LeftButton, Qt.NoModifier, QEvent.Drop)
    # PyQt does not keep it for the events.
    drag.mime = drop.mime = mime  # type: ignore[attr-defined]
    return drag, drop


def test_recordings_are_read_when_somebody_looks_and_only_pictures_of_these_are_kept(shoot: Shoot) -> None:
    page = shoot.page
    shoot.record()
    shoot.finish()
    shoot.until(lambda: len(page.panel.list._pictures) == 1 and not page.errands.busy)
    page.hide()
    page.leave()
    shoot.desk.changed.emit()
    assert not page.errands.busy
    write_document(shoot.desk.workspace.recipes / "lid.yaml", Recipe(name="lid", components=(Component(name="seal"),)))
    shoot.desk.refresh()
    shoot.desk.choose("lid")
    assert not page.errands.busy
    page.show()
    page.enter()
    shoot.until(lambda: not page.panel.list.cards)
    assert not page.panel.list._pictures
    shoot.desk.choose("box")
    shoot.until(lambda: len(page.panel.list._pictures) == 1)
    assert page.panel.list.cards[0].thumb.pixmap() is not None


def test_the_gui_thread_neither_grabs_nor_coaches_nor_writes(shoot: Shoot) -> None:
    shoot.record()
    names = {thread.name for thread in threading.enumerate()}
    assert {"grab", "coach", "write"} <= names


def test_the_viewfinder_dims_what_is_not_live(shoot: Shoot, qtbot: QtBot) -> None:
    page = shoot.page
    finder = Viewfinder()
    qtbot.addWidget(finder)
    finder.resize(400, 300)
    assert page.glance.frame is not None
    means = []
    for live in (True, False):
        finder.set_frame(page.glance.frame, live)
        image = finder.grab().toImage()
        means.append(image.pixelColor(200, 150).lightness())
    assert means[1] < means[0]

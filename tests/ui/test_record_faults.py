"""What goes wrong while somebody records: nothing is lost, and one sentence says what happened."""

import pytest

from inspector.capture.recording import recordings_of
from tests.full_disk import no_file_larger_than
from tests.labeling.live_camera import UNPLUGGED
from tests.ui.shoot import BOX, WITH, Shoot
from ui.filming import Stage

# Qt's offscreen platform says so of any window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_unplugged_while_recording(shoot: Shoot) -> None:
    page = shoot.page
    shoot.record()
    shoot.plug.camera.unplugged = True
    shoot.until(page.question.isVisible)
    assert page.filming.stage is Stage.READY
    assert page.question.text.startswith(f"{UNPLUGGED} What was recorded until then")
    shoot.until(lambda: len(page.panel.list.cards) == 1)
    shoot.until(lambda: len(shoot.plug.cameras) > 1 and page.can_record)
    page.question.yes.click()
    shoot.rolls()
    shoot.finish()
    assert shoot.claims == [WITH, WITH]


def test_full_disk_while_recording(shoot: Shoot) -> None:
    page = shoot.page
    with no_file_larger_than(60_000):
        shoot.record(frames=1)
        shoot.until(page.question.isVisible)
    assert "the disk is full" in page.question.text
    shoot.until(lambda: len(page.panel.list.cards) == 1)


def test_a_camera_of_another_program(shoot: Shoot) -> None:
    page = shoot.page
    shoot.plug.refuses = "The camera usb:0 does not answer: check its cable, and that no other program uses it."
    page.bar.choice.choose("usb:0")
    page.bar.chosen.emit()
    shoot.until(page.notice.isVisible)
    assert page.notice.advice is not None
    assert page.notice.advice.text == shoot.plug.refuses
    assert not page.shooting.record.isEnabled()
    page.begin()
    assert page.filming.stage is Stage.READY
    shoot.plug.refuses = ""
    shoot.until(lambda: page.can_record and page.notice.isHidden())
    assert shoot.plug.sources[-1] == "usb:0"


def test_while_the_camera_is_opened_anew_nothing_is_begun_and_nothing_waits_for_ever(shoot: Shoot) -> None:
    page, held = shoot.page, []
    page.intake.hold = lambda: held.append(True)  # type: ignore[method-assign]
    page.bar.choice.choose("usb:0")
    page.bar.chosen.emit()
    assert page.glance.live, "the last picture is still there"
    page.begin()
    page._record(BOX, WITH, "maria")
    assert page.filming.stage is Stage.READY
    assert held == []
    shoot.until(lambda: page.can_record and shoot.plug.sources[-1] == "usb:0")
    page.begin()
    assert held == [True]
    went_on: list[bool] = []
    page.intake.go_on = lambda: went_on.append(True)  # type: ignore[method-assign]
    page.filming.close()
    shoot.until(lambda: page.filming.closed)
    assert went_on, "whether or not there was a recording"


def test_a_workspace_that_cannot_be_written(shoot: Shoot) -> None:
    page = shoot.page
    shoot.desk.workspace.recordings.write_text("in the way")
    page.begin()
    shoot.until(page.question.isVisible)
    assert page.question.text.startswith("Cannot write")
    assert page.filming.stage is Stage.READY


def test_closing_while_recording_asks_and_keeps(shoot: Shoot) -> None:
    page = shoot.page
    assert page.busy == ""
    shoot.record()
    assert page.busy == "A recording is being made. What is recorded until now is kept."
    shoot.close()
    ((_, recording),) = recordings_of(shoot.desk.workspace.recordings, "box")
    assert recording.frames >= 5


def test_leaving_the_page_gives_the_camera_back_once_nothing_is_recorded(shoot: Shoot) -> None:
    page = shoot.page
    shoot.record()
    page.leave()
    assert not page.filming.closed
    page.filming.end()
    shoot.until(lambda: page.filming.closed)
    assert shoot.plug.camera.closed
    page.enter()
    shoot.until(lambda: page.can_record and len(page.panel.list.cards) == 1)

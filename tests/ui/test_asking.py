"""What the record page asks over its picture: one thing at a time, and each is about what it was asked about."""

import pytest
from PyQt5.QtCore import Qt

from inspector.files import write_document
from inspector.recipe import Component, Recipe
from tests.ui.shoot import BOX, ON, WITH, WITHOUT, Shoot
from ui.filming import Stage

# Qt's offscreen platform says so of any window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_what_happened_waits_until_a_person_has_vouched(shoot: Shoot) -> None:
    page = shoot.page
    shoot.record(ON)
    shoot.finish()
    (kept,) = page.panel.collection.kept
    page.choose(WITHOUT)
    shoot.press(Qt.Key_R)
    page.intake.differs.emit(kept.recording.id, kept.recording.id, "it is only 60 % as bright")
    assert page.attestation.isVisible()
    assert not page.question.isVisible()
    page.attestation.name.setText("maria")
    page.attestation.yes.click()
    shoot.rolls()
    assert page.claim == WITHOUT
    assert not page.question.isVisible(), "nothing is asked over a recording"
    shoot.finish()
    assert sorted(shoot.claims, key=str) == sorted((ON, WITHOUT), key=str)
    shoot.until(page.question.isVisible)
    assert page.question.text.startswith("“screw: on” differs")
    page.question.yes.click()
    shoot.rolls()
    assert page.claim == ON
    page.filming.end()
    shoot.until(lambda: page.filming.stage is Stage.READY and len(page.panel.list.cards) == 2)
    assert kept.recording.id not in [one.recording.id for one in page.panel.collection.kept]


def test_an_attestation_takes_the_place_of_a_question(shoot: Shoot) -> None:
    page = shoot.page
    shoot.record(ON)
    shoot.finish()
    (kept,) = page.panel.collection.kept
    page.intake.differs.emit(kept.recording.id, kept.recording.id, "it is only 60 % as bright")
    page.choose(WITHOUT)
    shoot.press(Qt.Key_R)
    assert page.attestation.isVisible()
    assert not page.question.isVisible()
    page.attestation.no.click()
    page._show()
    assert not page.question.isVisible(), "who goes on to record has answered it"
    page.question.yes.click()
    shoot.until(lambda: page.glance.shooting is not None)
    assert page.claim == ON, "it is done for what it was asked of"


def test_record_anew_records_what_was_lost_whatever_is_chosen_by_then(shoot: Shoot) -> None:
    page = shoot.page
    shoot.record(ON)
    shoot.plug.camera.unplugged = True
    shoot.until(page.question.isVisible)
    shoot.until(lambda: len(shoot.plug.cameras) > 1 and page.can_record)
    page.choose(WITHOUT)
    page.question.yes.click()
    assert not page.attestation.isVisible()
    shoot.until(lambda: page.glance.shooting is not None)
    assert page.claim == ON


def test_what_is_chosen_by_itself_changes_nothing_under_an_attestation(shoot: Shoot) -> None:
    page = shoot.page
    page.choose(WITHOUT)
    shoot.press(Qt.Key_R)
    page._advances = True
    page.panel.listed.emit()
    assert page.claim == WITHOUT
    assert page.attestation.text == "I have seen to it that no tape is in any frame."
    page.attestation.name.setText("maria")
    page.attestation.yes.click()
    shoot.until(lambda: page.glance.shooting is not None)
    assert page.claim == WITHOUT


def test_whoever_chooses_something_else_vouches_for_nothing(shoot: Shoot) -> None:
    page = shoot.page
    page.choose(WITHOUT)
    shoot.press(Qt.Key_R)
    page.choose(WITH)
    assert not page.attestation.isVisible()


def test_another_recipe_takes_all_questions_away(shoot: Shoot) -> None:
    page = shoot.page
    nut = Recipe(name="nut", components=(Component(name="nut"),))
    write_document(shoot.desk.workspace.recipes / "nut.yaml", nut)
    shoot.desk.refresh()
    page.choose(WITHOUT)
    shoot.press(Qt.Key_R)
    page.intake.failed.emit("No video.")
    assert page.attestation.isVisible()
    shoot.desk.choose("nut")
    assert not page.attestation.isVisible()
    page._show()
    assert not page.question.isVisible()
    page.attestation.name.setText("maria")
    assert page.filming.stage is Stage.READY


def test_who_vouched_is_asked_again_in_another_recipe_and_after_the_page_was_left(shoot: Shoot) -> None:
    page = shoot.page
    shoot.record(WITHOUT)
    shoot.finish()
    write_document(shoot.desk.workspace.recipes / "lid.yaml", BOX.model_copy(update={"name": "lid"}))
    shoot.desk.refresh()
    for name in ("lid", "box"):
        shoot.desk.choose(name)
        shoot.until(lambda: page.can_record)
        page.choose(WITHOUT)
        page.begin()
        assert page.attestation.isVisible(), name
        page.attestation.yes.click()
        shoot.until(lambda: page.glance.shooting is not None)
        page.filming.end()
        shoot.until(lambda: page.filming.stage is Stage.READY and page.glance.shooting is None)
    page.leave()
    page.enter()
    shoot.until(lambda: page.can_record)
    page.choose(WITHOUT)
    page.begin()
    assert page.attestation.isVisible()


def test_what_differs_is_asked_about_once_it_is_listed(shoot: Shoot) -> None:
    page = shoot.page
    shoot.record(ON)
    shoot.finish()
    (kept,) = page.panel.collection.kept
    write_document(shoot.desk.workspace.recipes / "lid.yaml", BOX.model_copy(update={"name": "lid"}))
    shoot.desk.refresh()
    shoot.desk.choose("lid")
    shoot.until(lambda: not page.panel.collection.kept)
    page.intake.differs.emit(kept.recording.id, kept.recording.id, "it is only 60 % as bright")
    assert not page.question.isVisible()
    shoot.desk.choose("box")
    shoot.until(page.question.isVisible)


def test_what_failed_after_a_recording_is_told_and_understood(shoot: Shoot) -> None:
    page = shoot.page
    page._tell_trouble("The frames cannot be read.")
    assert shoot.told[-1] == "The frames cannot be read."
    assert page.notice.isVisible()
    assert page.notice.button.text() == "Understood"
    page.notice.button.click()
    assert not page.notice.isVisible()

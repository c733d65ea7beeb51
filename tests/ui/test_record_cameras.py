"""The record page on a recipe of several cameras: each component is recorded by the one that sees it."""

import pytest

from inspector.capture.claim import Claim
from inspector.capture.recording import read_recording
from inspector.files import write_document
from inspector.recipe import Component, Recipe, Viewpoint
from inspector.settings import Settings
from tests.ui.shoot import Shoot
from ui.filming import Stage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

TWO = Recipe(
    name="two",
    cameras=(Viewpoint(name="top"), Viewpoint(name="side")),
    components=(Component(name="lid", camera="top"), Component(name="seal", camera="side")),
)
LID, SEAL = Claim("lid", True), Claim("seal", True)


@pytest.fixture
def two(shoot: Shoot) -> Shoot:
    """On a recipe whose cameras the settings know."""
    write_document(shoot.desk.workspace.recipes / "two.yaml", TWO)
    write_document(shoot.desk.workspace.folder / "settings.yaml", Settings(cameras={"top": "hand:1", "side": "hand:2"}))
    shoot.desk.refresh()
    shoot.desk.choose("two")
    shoot.until(lambda: shoot.page.can_record and shoot.plug.sources[-1] == "hand:1")
    return shoot


def looks_through(shoot: Shoot, source: str) -> None:
    shoot.until(lambda: shoot.page.can_record and shoot.plug.sources[-1] == source)
    assert shoot.page.bar.source == source


def test_choosing_a_component_opens_the_camera_that_sees_it(two: Shoot) -> None:
    page = two.page
    page.what.component.setCurrentText("seal")
    page.what.component.activated.emit(1)
    looks_through(two, "hand:2")
    opened = len(two.plug.sources)
    page.choose(Claim("seal", False))
    assert len(two.plug.sources) == opened, "it is the same camera"
    page.choose(LID)
    looks_through(two, "hand:1")
    two.desk.choose("box")
    looks_through(two, "hand")


def test_a_camera_that_a_person_chose_stays_that_of_the_component(two: Shoot) -> None:
    two.page.bar.choice.choose("hand:9")
    two.page.bar.choice.chosen.emit()
    looks_through(two, "hand:9")
    two.page.choose(SEAL)
    looks_through(two, "hand:2")
    two.page.choose(LID)
    looks_through(two, "hand:9")


def test_a_camera_that_nothing_names_is_not_looked_through(two: Shoot) -> None:
    write_document(two.desk.workspace.folder / "settings.yaml", Settings(cameras={"top": "hand:1"}))
    page, before = two.page, len(two.plug.sources)
    page.choose(SEAL)
    two.until(lambda: page.filming.closed and page.notice.isVisible())
    assert page.notice.advice is not None
    assert "Nothing says which source the camera 'side' is" in page.notice.advice.text
    page.leave()
    page.enter()
    assert len(two.plug.sources) == before
    assert "Nothing says" in page.notice.advice.text
    page.bar.choice.choose("hand:2")
    page.bar.choice.chosen.emit()
    looks_through(two, "hand:2")
    assert not page.notice.isVisible()


def test_a_recording_is_ended_before_another_camera_is_opened(two: Shoot) -> None:
    page = two.page
    two.record(LID)
    page.what.choose(SEAL)
    page._show()
    assert page.filming.stage is Stage.RECORDING
    assert two.plug.sources[-1] == "hand:1"
    two.finish()
    (kept,) = page.panel.collection.kept
    assert read_recording(kept.folder).components == ("lid",)


def test_what_is_recorded_anew_waits_for_its_camera(two: Shoot) -> None:
    page = two.page
    two.record(LID)
    two.finish()
    page.choose(SEAL)
    looks_through(two, "hand:2")
    page._record_anew(LID)
    assert page.filming.stage is Stage.READY
    assert two.told[-1] == "There was no picture just now. Press Record again once there is."
    looks_through(two, "hand:1")
    two.record(LID)
    two.finish()
    assert two.claims == [LID, LID]

"""The page of trainings, on a command whose lines the test says."""

from collections.abc import Callable
from typing import Any

import pytest
from PyQt5.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from inspector.bundle import Promotions
from inspector.capture.simulator import SIMULATOR_RECIPE
from inspector.files import write_document
from inspector.labeling.annotation import State, restate
from inspector.settings import Workspace, person
from inspector.trainings import begin
from tests.labeling.recorded import doubt, recorded
from tests.ui.given import SaidCommand, account_for, desk_of, picture, register, say_who, shelve
from ui import theme
from ui.pages.train import TrainPage

# Qt's offscreen platform says so of any window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

RECIPE = SIMULATOR_RECIPE.name


def step(number: int, **more: Any) -> dict[str, Any]:
    line = {"stage": "train", "step": number, "steps": 100, "loss": 1.0, "images_per_s": 14.2, "seconds_left": 70.0}
    return {**line, "held_out": None, **more}


@pytest.fixture
def make(qtbot: QtBot, workspace: Workspace) -> Callable[..., TrainPage]:
    """A page of 1085x770 in view, on a workspace as it then is."""
    desks = []

    def made(recipe: Any = SIMULATOR_RECIPE) -> TrainPage:
        desks.append(desk_of(workspace, recipe))
        page = TrainPage(desks[-1], SaidCommand)  # type: ignore[arg-type]
        qtbot.addWidget(page, before_close_func=lambda page: page.close_down())
        page.setStyleSheet(theme.style_sheet(15))
        page.scale(15)
        page.resize(1085, 770)
        page.show()
        page.enter()
        qtbot.waitUntil(lambda: not page.errands.busy)
        return page

    return made


def ready(page: TrainPage) -> TrainPage:
    """The page as it would be with enough recordings."""
    page.preparation.train.setEnabled(True)
    page.preparation.how_long.setEnabled(True)
    return page


def test_what_contradicts_a_recording_is_told_before_it_teaches(
    make: Callable[..., TrainPage], workspace: Workspace, qtbot: QtBot
) -> None:
    folder, _ = recorded(workspace, SIMULATOR_RECIPE, "tape", False, frames=3)
    doubt(folder, 1)
    page = make()
    asked = page.preparation.contradicting
    assert asked.isVisible()
    assert asked.accessibleDescription().endswith("recordings: 1. → page Label")
    restate(folder, ["1.png"], State.IGNORED, "maria")
    page.survey()
    qtbot.waitUntil(lambda: not asked.isVisible())


def test_without_recipe_or_recordings_it_says_what_to_do(make: Callable[..., TrainPage]) -> None:
    empty = make(recipe=None)
    assert empty.stack.currentWidget() is empty.nothing
    assert empty.nothing.title.text() == "No recipe yet"
    page = make()
    assert page.stack.currentWidget() is page.preparation
    assert not page.preparation.train.isEnabled()
    told = page.preparation.lacks.accessibleDescription()
    assert "There is no recording of 'screw/on'. → page Record" in told
    assert "inspector" not in told
    page.bundles.click()
    assert page.nothing.title.text() == "No bundle yet"


def test_what_is_chosen_is_what_is_trained(make: Callable[..., TrainPage]) -> None:
    page = ready(make())
    page.preparation.presets.cards["quick"].click()
    page.preparation.more.click()
    assert page.preparation.wishes.isVisible()
    page.preparation.wishes.backbone.setCurrentText("mobilenet_v2")
    page.preparation.wishes.minutes.setValue(7)
    page.preparation.wishes.seed.setValue(0)
    page.preparation.train.click()
    (said,) = page.training.started
    options = ("--preset", "quick", "--backbone", "mobilenet_v2", "--seed", "0", "--minutes", "7")
    assert said[: len(options) + 2] == ("train", RECIPE, *options)
    assert said[-2] == "--previews"
    page.begin("--preset", "quick")
    assert len(page.training.started) == 1, "one at a time"


def test_a_training_is_followed_to_its_bundle(
    make: Callable[..., TrainPage], workspace: Workspace, qtbot: QtBot
) -> None:
    page = ready(make())
    page.preparation.train.click()
    assert page.learning is not None
    view = page.learning
    assert page.stack.currentWidget() is view
    assert view.title.text() == "Starting"
    page.training.told.emit({"stage": "pack", "done": 5, "total": 20, "text": ""})
    assert (view.title.text(), view.measures.text) == ("Packing the frames", "frame 5 of 20")
    page.training.told.emit({"stage": "train", "expected_s": 300.0})
    assert view.measures.text == "about 5 min in all, and then it looks for what fools it"
    sight = {"picture": picture(workspace.folder / "p", "0.png"), "frame": "a/0", "seen": [], "missed": []}
    marks = {"loss": 0.5, "recall": 0.9, "loudest": 0.2, "average_precision": 0.8}
    page.training.told.emit(step(50, held_out=marks, previews=[sight]))
    assert view.measures.text == "step 50 of 100    14 pictures/s    about 70 s left"
    assert view.bar.value() == view.bar.maximum() / 2
    assert len(view.previews.sights) == 1
    page.training.told.emit({"says": "The memory does not suffice."})
    assert view.said.text() == "The memory does not suffice."
    assert "can go on when this page is opened again" in page.busy
    shelve(workspace, "lid-1")
    page.training.told.emit({"bundle": "/w/bundles/lid-1", "id": "lid-1"})
    with qtbot.waitSignal(page.desk.changed):
        page.training.finish()
    assert page.busy == ""
    assert (view.title.text(), view.measures.text) == ("The bundle is ready", "lid-1")
    with qtbot.waitSignal(page.wanted) as wanted:
        view.validate.click()
    assert wanted.args == ["lid-1"]
    qtbot.waitUntil(lambda: not page.errands.busy)
    assert page.bundles.text() == "Bundles  1"
    view.leave.click()
    assert page.stack.currentWidget() is page.preparation


def test_ended_early_it_keeps_what_it_learned_however_long_that_takes(make: Callable[..., TrainPage]) -> None:
    page = ready(make())
    page.preparation.train.click()
    page.training.told.emit(step(50))
    view = page.learning
    assert view is not None
    view.stop.click()
    assert (page.training.cancelled, page.training.patience) == (1, [None])
    assert view.title.text() == "Ending: what it has learned is kept"
    assert not view.stop.isEnabled()
    page.training.told.emit({"stage": "bundle", "done": 2, "total": 5, "text": ""})
    assert (view.title.text(), view.measures.text) == ("Making the bundle", "2 of 5 done")
    page.training.told.emit({"bundle": "/w/bundles/lid-1", "id": "lid-1"})
    page.training.finish()
    assert "Ended early: what it had learned is kept." in view.measures.text


def test_what_went_wrong_is_a_sentence(make: Callable[..., TrainPage]) -> None:
    page = ready(make())
    page.preparation.train.click()
    page.training.finish(3, "Free some space or choose another place.")
    assert page.learning is not None
    assert page.learning.title.text() == "The training was ended"
    assert page.learning.measures.text == "Free some space or choose another place."
    assert not page.learning.validate.isVisible()


def test_a_training_that_was_killed_can_go_on(make: Callable[..., TrainPage], workspace: Workspace) -> None:
    begin(workspace.trainings, RECIPE, "d-1", {})
    page = make()
    assert page.preparation.unfinished.isVisible()
    page.preparation.unfinished.done.click()
    assert page.training.started[0][:3] == ("train", RECIPE, "--resume")


def test_while_another_program_trains_nothing_begins(make: Callable[..., TrainPage], workspace: Workspace) -> None:
    training = begin(workspace.trainings, RECIPE, "d-1", {})
    with training.alone():
        page = make()
        assert not page.preparation.unfinished.isVisible()
        assert not page.preparation.train.isEnabled()
        assert page.preparation.remark.text().startswith(f"Another program is training “{RECIPE}”")


def test_how_long_it_takes_is_asked_and_can_be_left(make: Callable[..., TrainPage]) -> None:
    page = ready(make())
    page.preparation.presets.cards["quick"].click()
    page.preparation.how_long.click()
    assert page.timing.started == [("train", RECIPE, "--preset", "quick", "--expect")]
    assert page.preparation.how_long.text() == "Never mind"
    page.timing.told.emit({"stage": "pack", "done": 3, "total": 9, "text": ""})
    assert page.preparation.remark.text() == "packing frames, 3 of 9"
    page.preparation.how_long.click()
    assert page.timing.cancelled == 1
    page.timing.finish(130)
    assert (page.preparation.how_long.text(), page.preparation.remark.text()) == ("How long here?", "")
    page.preparation.how_long.click()
    page.timing.told.emit({"expected_s": 420.0})
    page.timing.finish()
    assert page.preparation.presets.cards["quick"].time == "about 7 min here"
    page.preparation.wishes.rounds.setValue(0)
    assert page.preparation.presets.cards["quick"].time == ""


def test_bundles_stand_side_by_side_and_the_one_in_use_is_marked(
    make: Callable[..., TrainPage], workspace: Workspace, qtbot: QtBot
) -> None:
    for name in ("lid-1", "lid-2"):
        shelve(workspace, name)
    account_for(workspace, "lid-2")
    write_document(workspace.bundles / f"{RECIPE}.promoted.yaml", promoted("lid-1", "lid-2"))
    page = make()
    page.bundles.click()
    texts = [label.text() for label in page.comparison.findChildren(QLabel)]
    assert texts.count("in use") == texts.count("the one before") == 1
    assert "2 of 22 bad passed" not in texts
    assert "1 of 22 bad passed\n1 of 11 good rejected" in texts
    assert "318\u2009000 empty places taught" in texts
    buttons = {button.text(): button for button in page.comparison.findChildren(QPushButton)}
    buttons["Go back to the one before"].click()
    assert page.question.isVisible()
    assert not page.promoting.started, "nothing is done before it is answered"
    page.question.yes.click()
    assert page.promoting.started == [("promote", RECIPE, "--back", "--by", person())]
    page.promoting.finish()
    buttons["Use at the station"].click()
    page.question.yes.click()
    assert page.promoting.started[1] == ("promote", "lid-1", "--by", person())
    page.promoting.finish(2, "The bundle lid-1 was changed.")
    qtbot.waitUntil(lambda: not page.errands.busy)


def test_what_promoting_warns_of_stays_until_it_was_read(
    make: Callable[..., TrainPage], workspace: Workspace, qtbot: QtBot, spoken: Callable[[str], None]
) -> None:
    shelve(workspace, "lid-1")
    page = make()
    page.bundles.click()
    place, _ = page.comparison.geometry(), spoken("de")
    page._begin_promoting("lid-1")
    for label in ("screw", "tape"):
        says = f"It sees no {label} in any golden frame, so nothing proves that it sees it at all."
        page.promoting.told.emit({"says": says})
    page.promoting.told.emit({"recipe": RECIPE, "bundle": "lid-1"})
    page.promoting.finish()
    qtbot.waitUntil(lambda: not page.errands.busy)
    assert [line.split(",")[0] for line in page.notice.accessibleDescription().splitlines()] == [
        "In keinem Referenzbild sieht es screw",
        "In keinem Referenzbild sieht es tape",
    ]
    assert (page.notice.isVisible(), page.comparison.geometry()) == (True, place)
    assert page.rect().contains(page.notice.geometry())
    page.notice.button.click()
    assert not page.notice.isVisible()
    page.promoting.told.emit({"says": "Nobody ever wrote this."})
    page._begin_promoting("lid-1")
    assert not page.notice.isVisible(), "what comes is about another promotion"
    page.promoting.finish()
    qtbot.waitUntil(lambda: not page.errands.busy)


def test_where_people_are_registered_a_bundle_is_used_by_the_name_of_who_may(
    make: Callable[..., TrainPage], workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(workspace, monkeypatch)
    for name in ("lid-1", "lid-2"):
        shelve(workspace, name)
    write_document(workspace.bundles / f"{RECIPE}.promoted.yaml", promoted("lid-1", "lid-2"))
    page = make()
    page.bundles.click()
    told: list[str] = []
    page.told.connect(told.append)

    def want(promote: bool) -> None:
        (page.comparison.promoted if promote else page.comparison.stepped_back).emit("lid-1")
        page.question.yes.click()

    want(True)
    assert page.pad._title.text() == "Use lid-1 at the station: who are you?"
    page.pad.leave.click()
    assert not page.promoting.started, "nobody said who it is"
    want(True)
    say_who(qtbot, page, page.pad, "tom")
    assert "takes the role engineer" in told[-1]
    assert not page.promoting.started, "a technician may not"
    want(False)
    assert page.promoting.started == [("promote", RECIPE, "--back", "--by", "tom")], "and may go back"
    page.promoting.finish()
    want(True)
    say_who(qtbot, page, page.pad, "ann")
    page.promoting.finish()
    want(True)
    assert not page.pad.isVisible(), "who gave a PIN is not asked again"
    assert page.promoting.started[1:] == [("promote", "lid-1", "--by", "ann")] * 2
    page.promoting.finish()
    qtbot.waitUntil(lambda: not page.errands.busy)


@pytest.mark.parametrize("away", ["another recipe", "another page"])
def test_who_goes_elsewhere_is_not_asked_any_more(
    make: Callable[..., TrainPage], workspace: Workspace, monkeypatch: pytest.MonkeyPatch, away: str
) -> None:
    register(workspace, monkeypatch)
    shelve(workspace, "lid-1")
    write_document(workspace.recipes / "other.yaml", SIMULATOR_RECIPE.model_copy(update={"name": "other"}))
    page = make()
    assert page.desk.name == "other"
    page.comparison.promoted.emit("lid-1")
    page.question.yes.click()
    assert page.pad.isVisible()
    if away == "another page":
        page.leave()
    else:
        page.desk.choose(RECIPE)
    assert not page.pad.isVisible()


def test_a_question_is_about_what_was_chosen_when_it_was_asked(
    make: Callable[..., TrainPage], workspace: Workspace, qtbot: QtBot
) -> None:
    for name in ("lid-1", "lid-2"):
        shelve(workspace, name)
    write_document(workspace.bundles / f"{RECIPE}.promoted.yaml", promoted("lid-1", "lid-2"))
    write_document(workspace.recipes / "other.yaml", SIMULATOR_RECIPE.model_copy(update={"name": "other"}))
    page = make()
    page.desk.choose(RECIPE)
    qtbot.waitUntil(lambda: not page.errands.busy)
    page.comparison.stepped_back.emit("lid-2")
    page.desk.choose("other")
    assert not page.question.isVisible()
    page.question.yes.click()
    assert page.promoting.started == [("promote", RECIPE, "--back", "--by", person())]


def test_what_was_trained_is_promoted_for_the_recipe_that_it_is_of(
    make: Callable[..., TrainPage], workspace: Workspace
) -> None:
    write_document(workspace.recipes / "other.yaml", SIMULATOR_RECIPE.model_copy(update={"name": "other"}))
    page = make()
    page.desk.choose(RECIPE)
    page.begin()
    page.training.told.emit({"bundle": "/w/bundles/lid-1", "id": "lid-1"})
    page.training.finish()
    page.desk.choose("other")
    assert page.learning is not None
    page.learning.promoted.emit("lid-1")
    assert page.question.text.startswith(f"Stations of “{RECIPE}” run with this bundle")


def test_what_there_is_is_read_when_somebody_looks(make: Callable[..., TrainPage], workspace: Workspace) -> None:
    page = make()
    page.hide()
    page.desk.changed.emit()
    assert not page.errands.busy
    page.show()
    page.enter()
    assert page.errands.busy


def promoted(*names: str) -> Any:
    return Promotions(bundles=names)


def test_closing_ends_the_training_so_that_it_can_go_on(make: Callable[..., TrainPage], qtbot: QtBot) -> None:
    page = ready(make())
    page.preparation.train.click()
    with qtbot.waitSignal(page.ended):
        page.close_down()
    assert (page.training.ended_at_once, page.training.cancelled) == (1, 0)


def test_another_recipe_is_another_stock(make: Callable[..., TrainPage], workspace: Workspace, qtbot: QtBot) -> None:
    other = SIMULATOR_RECIPE.model_copy(update={"name": "other", "components": SIMULATOR_RECIPE.components[:1]})
    write_document(workspace.recipes / "other.yaml", other)
    page = make()
    page.desk.choose(RECIPE)
    qtbot.waitUntil(lambda: not page.errands.busy)
    before = len(page.preparation.table.rows)
    page.desk.choose("other")
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.recipe == "other")
    assert len(page.preparation.table.rows) < before


@pytest.mark.parametrize(("width", "height", "em"), [(1085, 770, 15), (3250, 2060, 40)])
def test_nothing_is_cut(make: Callable[..., TrainPage], workspace: Workspace, width: int, height: int, em: int) -> None:
    shelve(workspace, "lid-1")
    page = make()
    page.setStyleSheet(theme.style_sheet(em))
    page.scale(em)
    page.resize(width, height)
    for view in (page.teach, page.bundles):
        view.click()
        page.grab()
        for button in page.findChildren(QPushButton):
            if button.isVisible() and button.text():
                assert button.fontMetrics().horizontalAdvance(button.text()) < button.width(), button.text()
                assert button.height() >= 3 * em
        for label in page.findChildren(QLabel):
            if label.isVisible() and not label.wordWrap():
                assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width() + 1, label.text()

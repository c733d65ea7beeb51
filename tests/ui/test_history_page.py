"""The history page on true records: what is found, what is shown of one, and what people say of it."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PyQt5.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from inspector.files import write_document
from inspector.inspection.records import Records
from inspector.inspection.verdict import Verdict
from inspector.labeling.tasks import tasks_of
from inspector.people.role import Role
from inspector.people.session import Session, session_of
from inspector.settings import Workspace
from tests.people.cheap import cheap_pins
from tests.ui.given import open_page, picture, settle, shelve
from tests.ui.kept import BAD, RECIPE, TWO, inspection, keep, keep_by_two, keep_line, line
from ui import archive
from ui.archive import Form
from ui.desk import Desk
from ui.pages.history import HistoryPage
from ui.widgets.outlines import Kind

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
TAPE_SEEN = {"component": "tape", "score": 0.9, "xyxy": (10, 10, 60, 40)}
NOW = datetime.now().astimezone()


@pytest.fixture
def make(qtbot: QtBot, workspace: Workspace) -> Callable[[], HistoryPage]:
    """A page of 1085x770 in view, on the workspace as it then is."""

    def made() -> HistoryPage:
        made_session: list[Session] = []

        def session() -> Session:
            made_session.extend([session_of(workspace)] if not made_session else [])
            return made_session[0]

        page = HistoryPage(Desk(workspace), session)
        open_page(qtbot, page)
        return page

    return made


@pytest.fixture
def page(make: Callable[[], HistoryPage], workspace: Workspace, qtbot: QtBot) -> HistoryPage:
    """Of three inspections: one that passed, then one without its tape, then one whose screw is off; of 7 days."""
    first, second, third = (NOW - timedelta(minutes=minutes) for minutes in (30, 20, 10))
    keep(workspace, inspection(1, first), inspection(2, second, BAD["tape"]), inspection(3, third, BAD["off"], "A-7"))
    page = make()
    page.search.periods.buttons[2].click()
    settle(qtbot, page)
    return page


def shown(page: HistoryPage) -> list[str]:
    """The numbers of the inspections in the list."""
    return [row.id[-1] for row in page.list.inspections.rows]


def test_without_records_it_says_what_to_do_and_makes_none(
    make: Callable[[], HistoryPage], workspace: Workspace
) -> None:
    page = make()
    assert page.nothing.title.text() == "Nothing inspected yet"
    assert not workspace.records.exists()


def test_the_newest_is_shown_with_its_picture_beside_a_good_one(page: HistoryPage) -> None:
    assert shown(page) == ["3", "2", "1"]
    assert page.inspected.word.text() == "FAIL"
    assert "A-7" in page.inspected.when.text()
    still = page.inspected.seen.picture.still
    assert still is not None
    assert [(one.text, one.kind.name) for one in still.outlines] == [
        ("tape 0.93", "RIGHT"),
        ("screw off 0.93", "WRONG"),
    ]
    assert page.inspected.reference.caption.text().startswith("The last one that passed")
    assert [f.reason for f in page.inspected.findings.cards.findings] == ["", "screw: 1 is off"]


def outlined(page: HistoryPage) -> list[str]:
    """The words beside the boxes of the picture that is shown."""
    still = page.inspected.seen.picture.still
    assert still is not None
    return [one.text for one in still.outlines]


def test_of_several_cameras_the_one_that_saw_what_is_wrong_is_shown_first(
    make: Callable[[], HistoryPage], workspace: Workspace, qtbot: QtBot
) -> None:
    first, second = NOW - timedelta(minutes=9), NOW
    keep_by_two(workspace, inspection(1, first, cameras=TWO), inspection(2, second, BAD["off"], cameras=TWO))
    page = make()
    page.search.periods.buttons[2].click()
    settle(qtbot, page)
    cameras = page.inspected.cameras
    assert cameras.isVisible()
    assert [button.accessibleName() for button in cameras.buttons] == ["Camera top: PASS", "Camera side: FAIL"]
    assert min(button.height() for button in cameras.buttons) == page.views.buttons[0].height()
    assert (cameras.number, outlined(page)) == (1, ["screw off 0.93"])
    assert page.inspected.reference.caption.text().startswith("The last one that passed")
    assert page.inspected.reference.picture.still is not None
    assert page.inspected.reference.picture.still.picture.endswith(".side.jpg")
    cameras.buttons[1].setFocus()
    qtbot.keyClick(cameras.buttons[1], Qt.Key_Left)
    assert (cameras.number, outlined(page)) == (0, ["tape 0.93"])
    page.inspected.answer.yes.click()
    settle(qtbot, page)
    assert (cameras.number, outlined(page)) == (0, ["tape 0.93"])


def test_what_one_of_several_cameras_misses_is_marked_in_its_picture_alone(
    make: Callable[[], HistoryPage], workspace: Workspace
) -> None:
    screw = {"component": "screw", "pattern": "on", "score": 0.9, "xyxy": (90, 90, 110, 140)}
    golden = tuple({"file": f"{number}.png", "sightings": [TAPE_SEEN, screw]} for number in range(2))
    shelve(workspace, "b-1", golden=golden, files=dict.fromkeys(("network.tflite", "0.png", "1.png"), "0"))
    picture(workspace.bundles / "b-1", "0.png")
    keep_by_two(workspace, inspection(1, NOW, BAD["tape"], cameras=TWO))
    page = make()
    assert (page.inspected.cameras.number, outlined(page)) == (0, ["tape missing"])
    reference = page.inspected.reference.picture.still
    assert reference is not None
    assert [one.text for one in reference.outlines] == ["tape 0.90"]
    page.inspected.cameras.buttons[1].click()
    assert outlined(page) == ["screw on 0.93"]


def test_one_camera_alone_is_not_chosen(page: HistoryPage) -> None:
    assert not page.inspected.cameras.isVisible()


def test_a_picture_that_was_removed_is_said_to_be(page: HistoryPage, workspace: Workspace, qtbot: QtBot) -> None:
    assert page.shown is not None
    with closing(Records(workspace.records)) as records:
        records.evidence(page.shown).unlink()
    page.seek()
    settle(qtbot, page)
    image = page.inspected.seen.picture.image
    assert image is not None
    assert image.isNull()


@pytest.mark.parametrize(
    ("verdict", "component", "serial", "found"),
    [(1, 0, "", ["3", "2"]), (3, 0, "", ["1"]), (1, 1, "", ["2"]), (0, 0, "A-7", ["3"]), (2, 0, "", [])],
)
def test_filters(page: HistoryPage, qtbot: QtBot, verdict: int, component: int, serial: str, found: list[str]) -> None:
    page.search.offer(["tape", "screw"])
    page.search.verdict.setCurrentIndex(verdict)
    page.search.component.setCurrentIndex(component)
    page.search.serial.setText(serial)
    page.seek()
    settle(qtbot, page)
    if found:
        assert shown(page) == found
    else:
        assert page.nothing.title.text() == "No such inspection"


def test_days_may_be_chosen(page: HistoryPage, qtbot: QtBot) -> None:
    page.search.last.setDate(page.search.first.date().addDays(-40))
    page.search.first.setDate(page.search.last.date().addDays(-2))
    assert page.search.asked.period is None
    settle(qtbot, page)
    assert page.nothing.title.text() == "No such inspection"


def test_the_list_is_read_page_by_page(
    make: Callable[[], HistoryPage], workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "AT_ONCE", 20)
    keep_line(workspace, NOW, hours=2)
    page = make()
    page.search.periods.buttons[2].click()
    settle(qtbot, page)
    rows = page.list.inspections
    before = len(rows.rows)
    assert before < 80
    while rows.canFetchMore(QModelIndex()):
        rows.fetchMore(QModelIndex())
        settle(qtbot, page)
    assert [row.id for row in rows.rows] == sorted((one.id for one in line(NOW, 2)), reverse=True)


def test_who_is_not_known_is_asked_and_a_wrong_verdict_becomes_a_task(
    page: HistoryPage, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap_pins(monkeypatch)
    session_of(workspace).register.add("ann", Role.ENGINEER, "481516")
    page.seek()
    settle(qtbot, page)
    answer, told = page.inspected.answer, list[str]()
    page.told.connect(told.append)
    assert answer.no.toolTip().startswith("Operators may")
    answer.no.click()
    assert not answer.say.isEnabled()
    answer.reason.setEditText("It was in order")
    answer.say.click()
    assert page.pad.isVisible()
    for digit in "481516":
        page.pad.type(digit)
    with qtbot.waitSignal(page.desk.changed):
        page.pad.submit()
    qtbot.waitUntil(lambda: "Noted. Its picture waits to be labeled." in told)
    settle(qtbot, page)
    assert page.shown is not None
    assert [(task.inspection, task.objections[0].by) for task in tasks_of(workspace)] == [(page.shown.id, "ann")]
    assert "ann" in answer.said.text()
    assert "It was in order" in answer.said.text()
    with closing(Records(workspace.records)) as records:
        assert records.list(1)[0].verdict is Verdict.NOT_OK


def test_where_nobody_is_registered_nobody_is_asked(page: HistoryPage, qtbot: QtBot, workspace: Workspace) -> None:
    page.inspected.answer.yes.click()
    settle(qtbot, page)
    assert page.shown is not None
    with closing(Records(workspace.records)) as records:
        assert [mark.right for mark in records.marks(page.shown.id)] == [True]
    assert "it was right" in page.inspected.answer.said.text()


def test_figures_of_the_time_and_a_bar_that_is_pressed(page: HistoryPage, qtbot: QtBot) -> None:
    page.views.buttons[1].click()
    settle(qtbot, page)
    assert [count for _, _, count in page.figures.tally.figures()] == [1, 2, 0, 3]
    assert [(bar.component, bar.times) for bar in page.figures.pareto.bars] == [("screw", 1), ("tape", 1)]
    page.figures.pareto.press_at(-1.2)
    settle(qtbot, page)
    assert page.search.asked.component == "tape"
    assert [count for _, _, count in page.figures.tally.figures()] == [2, 1, 0, 3]
    assert [(bar.component, bar.times) for bar in page.figures.pareto.bars] == [("tape", 1)]
    page.figures.pareto.press_at(-0.2)
    settle(qtbot, page)
    assert page.search.asked.component is None
    assert [bar.component for bar in page.figures.pareto.bars] == ["screw", "tape"]


def test_figures_are_of_the_chosen_component_and_serial_number_and_of_all_verdicts(
    page: HistoryPage, qtbot: QtBot
) -> None:
    page.views.buttons[1].click()
    settle(qtbot, page)
    captions = [page.figures.pareto.caption, page.figures.control.caption]
    assert not [caption.text() for caption in captions if "alone" in caption.text()]
    page.search.serial.setText("A-7")
    page.search.verdict.setCurrentIndex(3)
    page.seek()
    settle(qtbot, page)
    assert [count for _, _, count in page.figures.tally.figures()] == [0, 1, 0, 1]
    assert [(bar.component, bar.times) for bar in page.figures.pareto.bars] == [("screw", 1)]
    assert all("Of A-7 alone. All verdicts count." in caption.text() for caption in captions)
    page.search.offer(["tape", "screw"])
    page.search.component.setCurrentIndex(1)
    page.seek()
    settle(qtbot, page)
    assert [count for _, _, count in page.figures.tally.figures()] == [1, 0, 0, 1]
    assert "Of tape, A-7 alone." in page.figures.control.caption.text()
    assert page.figures.left.currentWidget() is page.figures.fine


def test_an_hour_that_is_outside_is_told_in_words_and_drawn_as_a_triangle(
    make: Callable[[], HistoryPage], workspace: Workspace, qtbot: QtBot
) -> None:
    keep_line(workspace, NOW.replace(minute=0, second=0, microsecond=0), hours=30)
    page = make()
    page.search.periods.buttons[2].click()
    page.views.buttons[1].click()
    settle(qtbot, page)
    assert "more than" in page.figures.outside.text()
    import pyqtgraph

    scatters = [i for i in page.figures.control.view.addedItems if isinstance(i, pyqtgraph.ScatterPlotItem)]
    assert {item.opts["symbol"]: len(item.data) for item in scatters}["t1"] == 1
    page.figures.each.buttons[1].click()
    settle(qtbot, page)
    assert (
        sum(len(i.data) for i in page.figures.control.view.addedItems if isinstance(i, pyqtgraph.ScatterPlotItem)) <= 3
    )


@pytest.mark.parametrize(
    ("form", "start"), [(Form.CSV, b"id,"), (Form.PARQUET, b"PAR1"), (Form.REPORT, b"%PDF"), (Form.SERIAL, b"%PDF")]
)
def test_what_is_found_is_written_for_somebody_else(
    page: HistoryPage, qtbot: QtBot, tmp_path: Path, form: Form, start: bytes
) -> None:
    page.search.serial.setText("A-7")
    told: list[str] = []
    page.told.connect(told.append)
    page.write(form, page.search.asked, tmp_path / "out")
    settle(qtbot, page)
    assert (tmp_path / "out").read_bytes().startswith(start)
    assert told[-1].startswith("Wrote ")


def test_a_paper_about_no_serial_number_is_not_begun(page: HistoryPage) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    page.export.activated[int].emit(list(Form).index(Form.SERIAL))
    assert told == ["Type the serial number first: a PDF is about one."]


def test_damaged_records_are_a_sentence(make: Callable[[], HistoryPage], workspace: Workspace, qtbot: QtBot) -> None:
    page = make()
    told: list[str] = []
    page.told.connect(told.append)
    workspace.records.mkdir(parents=True)
    (workspace.records / "records.db").write_bytes(b"no records\n" * 900)
    page.seek()
    settle(qtbot, page)
    assert "damaged" in told[0]


def marked_missing(page: HistoryPage) -> list[tuple[str, tuple[float, ...]]]:
    """What the shown one lacks, and where that is marked."""
    still = page.inspected.seen.picture.still
    assert still is not None
    return [(one.text, one.box) for one in still.outlines if one.kind is Kind.MISSED]


def in_region(place: Workspace) -> None:
    """The recipe asks for the tape in a part of the picture."""
    screw, tape = RECIPE.components
    parts = screw, tape.model_copy(update={"region": (20, 30, 200, 150)})
    write_document(place.recipes / f"{RECIPE.name}.yaml", RECIPE.model_copy(update={"components": parts}))


def test_what_is_missing_is_marked_where_it_lies_in_the_golden_frames(
    make: Callable[[], HistoryPage], workspace: Workspace
) -> None:
    golden = tuple({"file": f"{number}.png", "sightings": [TAPE_SEEN]} for number in range(2))
    shelve(workspace, "b-1", golden=golden, files=dict.fromkeys(("network.tflite", "0.png", "1.png"), "0"))
    keep(workspace, inspection(1, NOW, BAD["tape"]))
    in_region(workspace)
    assert marked_missing(make()) == [("tape missing", (10, 10, 60, 40))]


def test_without_its_bundle_what_is_missing_is_marked_by_its_region(
    make: Callable[[], HistoryPage], workspace: Workspace
) -> None:
    keep(workspace, inspection(1, NOW, BAD["tape"]))
    in_region(workspace)
    assert marked_missing(make()) == [("tape missing", (20, 30, 200, 150))]


def test_what_nobody_could_judge_is_not_said_to_be_missing(
    make: Callable[[], HistoryPage], workspace: Workspace
) -> None:
    keep(workspace, inspection(1, NOW, BAD["doubt"]))
    in_region(workspace)
    assert marked_missing(make()) == []


def test_without_one_that_passed_a_golden_frame_stands_beside_it(
    make: Callable[[], HistoryPage], workspace: Workspace
) -> None:
    golden = ({"file": "0.png", "sightings": [TAPE_SEEN]}, {"file": "1.png"})
    files = dict.fromkeys(("network.tflite", "0.png", "1.png"), "0")
    shelve(workspace, "b-1", golden=golden, files=files)
    picture(workspace.bundles / "b-1", "0.png")
    keep(workspace, inspection(1, NOW, BAD["off"]))
    page = make()
    assert page.inspected.reference.caption.text() == "As it was taught"
    still = page.inspected.reference.picture.still
    assert still is not None
    assert [one.text for one in still.outlines] == ["tape 0.90"]

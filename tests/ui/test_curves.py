"""Curves and pictures of a training: named at their ends, and read without colour."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.ui.given import picture
from ui.course import Course, Exam, Sight, Stage
from ui.widgets.curves import Curves, apart
from ui.widgets.outlines import Kind
from ui.widgets.previews import Previews, outlines_of

# Qt's offscreen platform says so of any window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

BOX = (10.0, 10.0, 40.0, 40.0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_names_keep_from_each_other_and_below_the_top(heights: list[float]) -> None:
    placed = apart(sorted(heights), 0.1, 1.0)
    assert all(above - below >= 0.1 - 1e-9 for below, above in pairwise(placed))
    assert placed[-1] <= 1.0


def course() -> Course:
    exams = [Exam(25, 0.9, 0.4, 0.8), Exam(50, 0.5, 0.9, 0.1)]
    losses = [(step, 2 / step) for step in range(10, 60, 10)]
    return Course("lid", Stage.LEARNING, 50, 100, losses=losses, exams=exams, rounds=[30])


def test_each_curve_has_a_name_and_a_line_of_its_own(qtbot: QtBot) -> None:
    curves = Curves()
    qtbot.addWidget(curves)
    curves.resize(500, 500)
    curves.show_course(course())
    curves.scale(15)
    texts = [item.toPlainText().strip() for chart in (curves.errors, curves.seen) for item in texts_of(chart)]
    assert texts == ["learned from 0.04", "never seen 0.50", "loudest false one 10 %", "found 90 %"]
    for chart in (curves.errors, curves.seen):
        drawn = [item for item in chart.view.addedItems if hasattr(item, "getData")]
        first, second = (item for item in drawn if hasattr(item, "setFillLevel"))
        assert len(drawn) == 4, "each with a dot at its end"
        assert first.opts["pen"].style() != second.opts["pen"].style()
    assert "found 0.90" in curves.seen.plot.accessibleDescription()
    assert not curves.grab().isNull()


def texts_of(chart: object) -> list[object]:
    import pyqtgraph

    return [item for item in chart.view.addedItems if isinstance(item, pyqtgraph.TextItem) and item.anchor.y()]  # type: ignore[attr-defined]


def test_a_training_without_held_out_frames_has_one_curve(qtbot: QtBot) -> None:
    curves = Curves()
    qtbot.addWidget(curves)
    curves.show_course(Course("lid"))
    curves.show_course(Course("lid", losses=[(10, 1.0)]))
    assert len(texts_of(curves.errors)) == 1
    assert not texts_of(curves.seen)


def sight(path: str, seen: tuple[bool, ...], missed: int) -> Sight:
    return Sight(path, "a/0", tuple((BOX, 0.9, right) for right in seen), (BOX,) * missed)


@pytest.mark.parametrize(
    ("seen", "missed", "caption", "right"),
    [
        ((), 0, "nothing there, nothing seen", True),
        ((False,), 0, "nothing there, 1 seen", False),
        ((True, True), 0, "2 of 2 found", True),
        ((True,), 1, "1 of 2 found", False),
        ((True, False), 1, "1 of 2 found, 1 wrong", False),
    ],
)
def test_a_line_says_what_is_seen(
    qtbot: QtBot, tmp_path: Path, seen: tuple[bool, ...], missed: int, caption: str, right: bool
) -> None:
    previews = Previews()
    qtbot.addWidget(previews)
    previews.resize(400, 300)
    one = sight(picture(tmp_path, "0.png"), seen, missed)
    previews.show_sights((one, one))
    assert (previews.caption(one), one.right) == (caption, right)
    assert caption in previews.accessibleDescription()
    image = previews.grab().toImage()
    assert image.pixelColor(5, 100).red() == pytest.approx(120, abs=3)


def test_right_wrong_and_missed_are_drawn_otherwise() -> None:
    kinds = [outline.kind for outline in outlines_of(sight("p", (True, False), 1))]
    assert kinds == [Kind.MISSED, Kind.RIGHT, Kind.WRONG]


def test_a_picture_that_is_gone_leaves_its_place_empty(qtbot: QtBot, tmp_path: Path) -> None:
    previews = Previews()
    qtbot.addWidget(previews)
    previews.resize(400, 300)
    previews.show_sights((sight(str(tmp_path / "none.jpg"), (), 0),))
    assert not previews.grab().isNull()

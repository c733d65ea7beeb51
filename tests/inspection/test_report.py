"""The figures of a shift, on both engines, and on paper."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from inspector.errors import MachineError
from inspector.inspection.aspect import Aspect
from inspector.inspection.records import Records, letters
from inspector.inspection.records.control import Counted, Side, p_chart
from inspector.inspection.records.drawing import drawn_chart, drawn_pareto, name_of
from inspector.inspection.records.overview import overview
from inspector.inspection.records.pareto import Bar, Pareto
from inspector.inspection.records.report import write_report
from inspector.inspection.records.words import ENGLISH
from inspector.inspection.verdict import Finding, Verdict
from inspector.shifts import DAY, HOUR, Shifts, Span, hours
from tests.full_disk import no_file_larger_than
from tests.inspection.inspected import FRAME, NOON, SEEN, add, inspection
from tests.paper import text_of

GOOD = (Finding("screw", "on", 4, 4, Verdict.OK), Finding("tape", None, 1, 1, Verdict.OK))
SHIFT = Span(NOON, NOON + 8 * HOUR)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Records]:
    with closing(Records(tmp_path / "records")) as opened:
        yield opened


def test_figures_of_a_shift(records: Records) -> None:
    good = [inspection(n, Verdict.OK, GOOD) for n in (0, 1, 2, 3)]
    add(records, *good, inspection(4), inspection(30))
    found = overview(records, SHIFT, hours(SHIFT))
    assert {verdict: n for verdict, n in found.counts.items() if n} == {Verdict.OK: 4, Verdict.NOT_OK: 1}
    assert [(bar.component, bar.pattern, bar.times) for bar in found.pareto.bars] == [("screw", "off", 1)]
    assert [(point.inspected, point.rejected) for point in found.chart.points] == [(1, 0)] * 4 + [(1, 1)]
    assert found.chart.mean == pytest.approx(0.2)


def test_shifts_of_any_length_are_counted_each(records: Records) -> None:
    add(records, *(inspection(n, Verdict.OK, GOOD) for n in range(6)))
    stretches = [Span(NOON, NOON + 2 * HOUR), Span(NOON + 2 * HOUR, NOON + 5 * HOUR), Span(NOON + 5 * HOUR, NOON + DAY)]
    found = overview(records, Span(NOON, NOON + DAY), stretches)
    assert [point.inspected for point in found.chart.points] == [2, 3, 1]
    tape = overview(records, Span(NOON, NOON + DAY), stretches, "tape")
    assert sum(tape.counts.values()) == 6


def test_too_many_points_leave_out_the_oldest(own: Records) -> None:
    add(own, inspection(0))
    span = Span(NOON, NOON + 500 * HOUR)
    found = overview(own, span, hours(span))
    assert (found.left_out, found.chart.points) == (100, ())


def test_paper_tells_counts_causes_and_each_reject(own: Records, tmp_path: Path) -> None:
    add(own, inspection(0, Verdict.OK, GOOD), inspection(1, serial="S-1"), inspection(40))
    path = tmp_path / "shift.pdf"
    assert write_report(own, path, SHIFT, Shifts()) == 2
    words = text_of(path)
    for said in ("50.00 %", "screw off", "What was not in order", "screw: 1 is off", "S-1", "FAIL"):
        assert said in words, said
    assert path.read_bytes().count(b"/Subtype /Image") == 1
    assert inspection(40).id not in words


def test_a_reject_is_shown_by_each_of_many_cameras_on_one_page(own: Records, tmp_path: Path) -> None:
    names = [f"c{number}" for number in range(9)]
    one = replace(inspection(0), camera=json.dumps([{"name": name} for name in names]))
    own.add(one, FRAME, SEEN, {name: Aspect(FRAME, SEEN, SEEN, ()) for name in names[1:]})
    assert write_report(own, tmp_path / "shift.pdf", SHIFT, Shifts()) == 1
    words = text_of(tmp_path / "shift.pdf")
    assert [name for name in names if f"Camera {name}" in words] == names


def test_paper_of_a_week_has_a_point_a_shift_and_of_nothing_has_none(own: Records, tmp_path: Path) -> None:
    add(own, *(inspection(n) for n in range(0, 60, 6)))
    assert write_report(own, tmp_path / "week.pdf", Span(NOON, NOON + 7 * DAY), Shifts()) == 10
    assert write_report(own, tmp_path / "none.pdf", Span(NOON - DAY, NOON), Shifts()) == 0
    assert "Nothing was found that is not in order." in text_of(tmp_path / "none.pdf")


@pytest.fixture
def no_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A system that has none of those that we look for."""
    monkeypatch.setattr(letters, "FONTS", (("none.ttf", "none.ttf"),))
    _look_again()
    yield
    _look_again()


def _look_again() -> None:
    letters.letters.cache_clear()
    letters.styles.cache_clear()


def test_paper_has_the_letters_of_polish_and_cyrillic_names(own: Records, tmp_path: Path) -> None:
    extra = Finding("śruba", None, 1, 2, Verdict.NOT_OK, "extra")
    add(own, replace(inspection(0, serial="Ж-1"), findings=(extra,)))
    path = tmp_path / "shift.pdf"
    write_report(own, path, SHIFT, Shifts())
    words = text_of(path)
    assert "śruba" in words
    assert "Ж-1" in words


def test_paper_is_printed_where_no_font_is_found(own: Records, tmp_path: Path, no_font: None) -> None:
    add(own, inspection(0, serial="Ж-1"))
    assert write_report(own, tmp_path / "shift.pdf", SHIFT, Shifts()) == 1
    assert "Each reject" in text_of(tmp_path / "shift.pdf")


def test_a_full_disk_leaves_no_half_report(own: Records, tmp_path: Path) -> None:
    add(own, inspection(0))
    with no_file_larger_than(1000), pytest.raises(MachineError, match="Cannot write"):
        write_report(own, tmp_path / "out" / "shift.pdf", SHIFT, Shifts())
    assert list((tmp_path / "out").iterdir()) == []


def test_points_outside_have_another_shape() -> None:
    spans = hours(Span(NOON, NOON + 3 * HOUR))
    numbers = ((100, 40), (100, 2), (400, 18))
    chart = p_chart([Counted(span, *pair) for span, pair in zip(spans, numbers, strict=True)])
    shapes = [type(shape).__name__ for shape in drawn_chart(chart, is_long=False).contents]
    assert [point.side for point in chart.points].count(Side.INSIDE) == shapes.count("Rect") == 1
    assert shapes.count("Polygon") == 2


def test_bars_are_as_long_as_they_are_often() -> None:
    bars = (Bar("screw", "off", "", "", 30, 0.75), Bar("tape", None, "missing", "", 10, 1.0))
    drawing = drawn_pareto(Pareto(bars, 0))
    lengths = [shape.width for shape in drawing.contents if type(shape).__name__ == "Rect"]
    assert lengths[0] == pytest.approx(3 * lengths[1])
    assert [name_of(bar, ENGLISH) for bar in bars] == ["screw off", "tape: missing"]

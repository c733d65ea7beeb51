"""The same records on SQLite and on PostgreSQL: what went in comes out, as it was asked for."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta, timezone
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.errors import InputError
from inspector.frame import Frame, freeze
from inspector.inspection.aspect import Aspect
from inspector.inspection.records import Records
from inspector.inspection.records.cursors import Stream
from inspector.inspection.records.wanted import Cause, Wanted
from inspector.inspection.verdict import Finding, Inspection, Kind, Verdict
from tests.inspection.inspected import FINDINGS, FRAME, HOUR, IMAGE, NOON, SEEN, add, inspection, note

OK, NOT_OK, UNSURE = Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE


def test_what_went_in_comes_out_newest_first(records: Records) -> None:
    kept = [inspection(n, Verdict(n % 4)) for n in range(6)]
    note(records, *kept)
    assert list(records.list()) == kept[::-1]
    assert list(records.list(limit=2)) == [kept[5], kept[4]]
    assert list(records.list(wanted=Wanted(verdict=OK))) == [kept[5], kept[1]]
    assert list(records.list(wanted=Wanted(since=NOON + 4 * HOUR))) == [kept[5], kept[4]]
    assert list(records.list(wanted=Wanted(until=NOON + 2 * HOUR))) == [kept[1], kept[0]]
    assert records.counts() == {Verdict.UNDEFINED: 2, OK: 2, NOT_OK: 1, UNSURE: 1}
    assert records.counts(NOON + 5 * HOUR)[OK] == 1
    assert records.counts(until=NOON + HOUR) == {Verdict.UNDEFINED: 1, OK: 0, NOT_OK: 0, UNSURE: 0}


def test_since_is_compared_as_a_moment_not_as_text(records: Records) -> None:
    note(records, inspection(0))
    east = timezone(timedelta(hours=9))
    minute = timedelta(minutes=1)
    assert len(records.list(wanted=Wanted(since=(NOON - minute).astimezone(east)))) == 1
    assert len(records.list(wanted=Wanted(since=(NOON + minute).astimezone(east)))) == 0


def test_adding_the_same_again_changes_nothing(records: Records) -> None:
    for _ in range(2):
        add(records, inspection(0))
    assert list(records.list()) == [inspection(0)]
    note(records, replace(inspection(0), station="right"))
    assert len(records.list()) == 2


def test_the_evidence_is_the_picture_and_what_was_seen(records: Records) -> None:
    one = inspection(0)
    add(records, one)
    path = records.evidence(one)
    assert path.relative_to(records.folder).as_posix() == f"evidence/2026-01-01/{one.id}.jpg"
    kept = cv2.imread(str(path))
    assert kept is not None
    assert kept.shape == IMAGE.shape
    seen = json.loads(path.with_suffix(".json").read_text())
    assert (seen["frame"], seen["name"], seen["width"], seen["height"]) == (7, "14_1111.jpg", 64, 48)
    assert seen["detections"][0] == {"component": "screw", "pattern": "off", "score": 0.91, "xyxy": [1, 2, 30, 40]}
    ((row,),) = [records.after(0, 9)]
    assert row.evidence_bytes == path.stat().st_size + path.with_suffix(".json").stat().st_size


def test_each_other_camera_has_evidence_of_its_own(records: Records) -> None:
    one = inspection(0)
    side = Frame(freeze(np.ascontiguousarray(IMAGE[:24, :32])), 9, 0.5, NOON, "side.jpg")
    records.add(one, FRAME, SEEN, {"side": Aspect(side, SEEN.of("tape"), SEEN, ())})
    path = records.evidence(one, "side")
    assert path.name == f"{one.id}.side.jpg"
    kept = cv2.imread(str(path))
    assert kept is not None
    assert kept.shape == (24, 32, 3)
    seen = json.loads(path.with_suffix(".json").read_text())
    assert (seen["frame"], [each["component"] for each in seen["detections"]]) == (9, ["tape"])
    assert json.loads(records.evidence(one).with_suffix(".json").read_text())["frame"] == 7
    (row,) = records.each()
    assert row.evidence_bytes == sum(each.stat().st_size for each in path.parent.iterdir())


def test_a_code_with_a_byte_that_no_text_holds_is_kept_without_it(records: Records) -> None:
    note(records, inspection(0, serial="A\0\x1dB"))
    assert records.list()[0].serial == "A\x1dB"


DARK = Finding("tape", None, 1, 0, UNSURE, "dark", Kind.UNJUDGED)
NO_LID = Finding("lid", None, 1, 0, NOT_OK, "lid: 0 found", Kind.MISSING)
FIXED = (
    inspection(0, OK, (Finding("screw", "on", 4, 4, OK), Finding("tape", None, 1, 1, OK)), serial="A"),
    inspection(1, NOT_OK, FINDINGS, serial="B"),
    inspection(2, UNSURE, (Finding("screw", "on", 4, 4, OK), DARK), serial="A"),
    inspection(3, NOT_OK, (NO_LID,), serial="B"),
)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(serial="A"), [2, 0]),
        (Wanted(serial="a"), []),
        (Wanted(serial="A", verdict=UNSURE), [2]),
        (Wanted(serial="B", component="lid"), [3]),
        (Wanted(serial="B", component="screw", verdict=OK), []),
        (Wanted(component="screw"), [2, 1, 0]),
        (Wanted(component="screw", verdict=OK), [2, 0]),
        (Wanted(component="tape", verdict=NOT_OK), []),
        (Wanted(component="screw", since=NOON + HOUR, until=NOON + 2 * HOUR), [1]),
        (Wanted(verdict=NOT_OK, until=NOON + 3 * HOUR), [1]),
        (Wanted(component="nut"), []),
    ],
)
def test_only_what_is_wanted(records: Records, wanted: Wanted, numbers: list[int]) -> None:
    note(records, *FIXED)
    assert [FIXED.index(found) for found in records.list(wanted=wanted)] == numbers
    assert [FIXED.index(found) for found in records.list(2, wanted)] == numbers[:2]


def test_an_inspection_with_two_findings_of_a_component_is_there_once(records: Records) -> None:
    twice = (Finding("screw", "on", 2, 2, OK), Finding("screw", "off", 2, 1, NOT_OK, "screw: 1 is off"))
    kept = [inspection(n, NOT_OK, twice) for n in range(3)]
    note(records, *kept)
    assert list(records.list(wanted=Wanted(component="screw"))) == kept[::-1]


def test_pages_hold_everything_once_whatever_comes_between(records: Records) -> None:
    same = [replace(inspection(n), id=f"{n:03d}", started_at=NOON + (n // 3) * HOUR) for n in range(9)]
    note(records, *same)
    seen: list[Inspection] = []
    place = None
    for extra in range(3):
        page = records.page(Wanted(component="screw"), 4, place)
        seen += page.inspections
        place = page.older
        note(records, inspection(100 + extra))
    assert [found.id for found in seen] == [found.id for found in same[::-1]]
    assert place is None


def test_a_tally_counts_in_stretches_of_time_the_empty_ones_too(records: Records) -> None:
    note(records, *FIXED)
    shifts = records.tally(NOON - 2 * HOUR, NOON + 9 * HOUR, 4 * HOUR)
    assert [bucket.start for bucket in shifts] == [NOON + n * HOUR for n in (-2, 2, 6)]
    assert [[bucket.counts[v] for v in (OK, NOT_OK, UNSURE)] for bucket in shifts] == [[1, 1, 0], [0, 1, 1], [0, 0, 0]]
    (tape,) = records.tally(NOON, NOON + 4 * HOUR, 4 * HOUR, "tape")
    assert tape.counts == {Verdict.UNDEFINED: 0, OK: 2, NOT_OK: 0, UNSURE: 1}


def test_causes_are_counted_the_most_frequent_first(records: Records) -> None:
    note(records, *FIXED, inspection(4), inspection(5))
    off = Cause("screw", "off", "wrong", "screw: 1 is off", 3)
    assert list(records.causes()) == [
        off,
        Cause("lid", None, "missing", "lid: 0 found", 1),
        Cause("tape", None, "unjudged", "dark", 1),
    ]
    assert list(records.causes(limit=1)) == [off]
    assert list(records.causes(NOON + 5 * HOUR)) == [off._replace(times=1)]
    assert list(records.causes(until=NOON + HOUR)) == []


FINDING = st.builds(
    Finding,
    st.sampled_from(["screw", "tape"]),
    st.sampled_from([None, "on", "off"]),
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from(Verdict),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8),
)
WANTED = st.builds(
    Wanted,
    st.none() | st.integers(0, 12).map(lambda n: NOON + n * HOUR),
    st.none() | st.integers(0, 12).map(lambda n: NOON + n * HOUR),
    st.none() | st.sampled_from(Verdict),
    st.none() | st.sampled_from(["screw", "tape"]),
    st.none() | st.sampled_from(["", "A", "B"]),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=st.lists(
        st.tuples(
            st.integers(0, 12),
            st.sampled_from(Verdict),
            st.lists(FINDING, max_size=3),
            st.sampled_from(["", "A", "B"]),
        ),
        max_size=12,
    ),
    wanted=WANTED,
    size=st.integers(1, 4),
)
def test_any_question_has_the_answer_of_a_plain_list(
    records: Records, made: list[tuple[int, Verdict, list[Finding], str]], wanted: Wanted, size: int
) -> None:
    """The records grow from one example to the next, and so does the plain list."""
    before = list(records.list())
    new = [
        replace(inspection(hour, verdict, tuple(findings), serial), id=f"{len(before) + i:06d}")
        for i, (hour, verdict, findings, serial) in enumerate(made)
    ]
    note(records, *new)
    everything = sorted(before + new, key=lambda each: (each.started_at, each.id), reverse=True)
    expected = [each for each in everything if _is(wanted, each)]
    assert list(records.list(wanted=wanted)) == expected
    pages, place = [], None
    while True:
        page = records.page(wanted, size, place)
        pages += page.inspections
        place = page.older
        if place is None:
            break
    assert pages == expected
    assert records.counts() == dict.fromkeys(Verdict, 0) | Counter(each.verdict for each in everything)
    assert_counted(records, Wanted(), everything)
    assert_counted(records, replace(wanted, verdict=None), everything)


def assert_counted(records: Records, wanted: Wanted, everything: list[Inspection]) -> None:
    """The figures of a time, a component and a serial number are those of a plain list."""
    found = [each for each in everything if _is(wanted, each)]
    asked = [f for each in found for f in each.findings if wanted.component in (None, f.component)]
    faults = Counter((f.component, f.pattern, f.reason) for f in asked if f.verdict is not OK)
    causes = records.causes(wanted.since, wanted.until, 10_000, wanted.component, wanted.serial)
    assert {(c.component, c.pattern, c.reason): c.times for c in causes} == faults
    assert all(more.times >= less.times for more, less in pairwise(causes))
    since, until = wanted.since or NOON, wanted.until or NOON + 13 * HOUR
    if since < until:
        (whole,) = records.tally(since, until, until - since, wanted.component, wanted.serial)
        verdicts = Counter(each.verdict for each in (found if wanted.component is None else asked))
        assert whole.counts == dict.fromkeys(Verdict, 0) | verdicts


def _is(wanted: Wanted, each: Inspection) -> bool:
    verdicts = [f.verdict for f in each.findings if f.component == wanted.component]
    if wanted.component is None:
        verdicts = [each.verdict]
    return (
        (wanted.since is None or each.started_at >= wanted.since)
        and (wanted.until is None or each.started_at < wanted.until)
        and (wanted.serial is None or each.serial == wanted.serial)
        and any(wanted.verdict in (None, verdict) for verdict in verdicts)
    )


def test_a_mark_says_whether_it_was_right_and_changes_nothing(records: Records) -> None:
    one = inspection(0)
    note(records, one, inspection(1))
    wrong = records.mark(one.id, "maria", False, " the screw is on ")
    right = records.mark(one.id, "jan", True)
    assert list(records.marks(one.id)) == [wrong, right]
    assert (wrong.reason, wrong.right, right.right) == ("the screw is on", False, True)
    assert records.list(wanted=Wanted(until=NOON + HOUR)) == [one]
    assert list(records.marks(inspection(1).id)) == []


@pytest.mark.parametrize(
    ("id_", "who", "reason", "said"),
    [
        ("nothing", "maria", "why", "There is no inspection 'nothing'"),
        (inspection(0).id, " ", "why", "Say who marks"),
        (inspection(0).id, "maria", " ", "Say why"),
    ],
)
def test_a_mark_without_its_parts_is_refused(records: Records, id_: str, who: str, reason: str, said: str) -> None:
    note(records, inspection(0))
    with pytest.raises(InputError, match=said):
        records.mark(id_, who, False, reason)
    assert list(records.marks(inspection(0).id)) == []


def test_who_carries_them_elsewhere_gets_each_once_in_order(records: Records) -> None:
    kept = [inspection(n) for n in range(5)]
    note(records, *kept[:3])
    assert records.position("hook") == 0
    first = records.after(0, 2)
    assert [each.inspection for each in first] == kept[:2]
    records.moved("hook", first[-1].position)
    note(records, *kept[3:])
    rest = records.after(records.position("hook"), 9)
    assert [each.inspection for each in rest] == kept[2:]
    assert list(records.after(rest[-1].position, 9)) == []


def test_a_position_never_goes_back_and_is_each_destination_s_own(records: Records) -> None:
    note(records, inspection(0), inspection(1))
    last = records.after(0, 9)[-1].position
    records.moved("hook", last)
    records.moved("hook", 1)
    assert (records.position("hook"), records.position("plant")) == (last, 0)
    assert records.position("hook", Stream.MARKS) == 0
    waiting = records.destinations()
    assert (waiting["hook"].waiting, waiting["hook"].since) == (0, None)
    assert (waiting["plant"].waiting, waiting["plant"].since) == (2, NOON)
    records.forget("plant")
    assert set(records.destinations()) == {"hook"}


def test_marks_are_carried_too(records: Records) -> None:
    note(records, inspection(0), inspection(1))
    marks = [records.mark(inspection(n).id, "maria", False, "no") for n in (1, 0)]
    kept = records.marks_after(0, 9)
    assert [each.mark for each in kept] == marks
    assert [each.station for each in kept] == ["left", "left"]
    assert kept[0].of > kept[1].of
    assert list(records.marks_after(kept[0].position, 9)) == [kept[1]]

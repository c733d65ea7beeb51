"""Pictures go first, then rows, the oldest before the others, and nothing that somebody has still to get."""

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import inspector.inspection.records.tidier
from inspector.errors import MachineError
from inspector.inspection.guard.room import Room
from inspector.inspection.records import Records
from inspector.inspection.records.doubt import Doubt
from inspector.inspection.records.tidier import GB, Tidied, Tidier, tidying
from inspector.inspection.verdict import Inspection
from inspector.keeping import Keeping
from tests.inspection.inspected import FRAME, HOUR, NOON, SEEN, add, inspection, note
from tests.inspection.scripted import until

COUNT = 6
LATER = NOON + COUNT * HOUR
HOURS = 1 / 24


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspector.inspection.records.tidier, "STEP", 2)


@pytest.fixture
def kept(records: Records) -> Records:
    """One inspection an hour, of which the last one is an hour old at LATER."""
    add(records, *map(inspection, range(COUNT)))
    return records


def disk(free_gb: float) -> tuple[int, int, int]:
    """One of 64 GB, of which a station wants 1 GB free."""
    return 64 * GB, 64 * GB - round(free_gb * GB), round(free_gb * GB)


def tidy(records: Records, keeping: Keeping, free_gb: float = 50) -> Tidied:
    (done,) = deque(tidying(records, keeping, LATER, lambda _: disk(free_gb)), maxlen=1)
    return done


def pictures(records: Records) -> list[int]:
    """Which inspections have their picture and what was seen in it; the rows say the same."""
    made = {n: records.evidence(inspection(n)) for n in range(COUNT)}
    there = [n for n, path in made.items() if path.exists() and path.with_suffix(".json").exists()]
    assert [each.inspection for each in records.after(0, 99) if each.evidence] == [inspection(n) for n in there]
    return there


def numbers(records: Records) -> list[Inspection]:
    return list(records.list())[::-1]


def size_of(records: Records) -> int:
    return records.after(0, 1)[0].evidence_bytes


def test_without_a_limit_that_is_reached_everything_stays(kept: Records) -> None:
    assert str(tidy(kept, Keeping())) == "Removed 0 pictures (0.0 MB) and 0 records."
    assert (pictures(kept), len(numbers(kept))) == (list(range(COUNT)), COUNT)


def test_pictures_go_by_age_and_rows_stay(kept: Records) -> None:
    done = tidy(kept, Keeping(keep_pictures_days=3.5 * HOURS))
    assert done == Tidied(3, 3 * size_of_one(kept), 0)
    assert pictures(kept) == [3, 4, 5]
    assert len(numbers(kept)) == COUNT


def size_of_one(records: Records) -> int:
    return next(each.evidence_bytes for each in records.after(0, 99) if each.evidence_bytes)


def test_pictures_go_by_size_the_oldest_first(kept: Records) -> None:
    size = size_of(kept)
    done = tidy(kept, Keeping(keep_gb=(2.5 * size) / GB))
    assert (done.pictures, done.freed_bytes) == (4, 4 * size)
    assert pictures(kept) == [4, 5]


def test_rows_go_by_age_with_their_pictures_and_marks(kept: Records) -> None:
    kept.mark(inspection(0).id, "maria", False, "no")
    done = tidy(kept, Keeping(keep_days=2.5 * HOURS))
    assert (done.pictures, done.inspections, done.held) == (4, 4, 0)
    assert numbers(kept) == [inspection(4), inspection(5)]
    assert pictures(kept) == [4, 5]
    assert list(kept.marks(inspection(0).id)) == []
    assert not any(path.is_dir() for path in (kept.folder / "evidence").iterdir() if path.name == "2025-12-31")


def test_the_pictures_of_all_cameras_go(records: Records) -> None:
    add(records, inspection(0))
    first = records.evidence(inspection(0))
    side = first.with_name(f"{first.stem}.side.jpg")
    for path in (side, side.with_suffix(".json")):
        path.write_bytes(b"x")
    tidy(records, Keeping(keep_gb=1 / GB))
    assert not first.parent.exists()


def test_the_folder_of_a_day_goes_with_its_last_picture(kept: Records) -> None:
    tidy(kept, Keeping(keep_gb=1 / GB))
    assert list((kept.folder / "evidence").iterdir()) == []


def test_the_oldest_pictures_go_before_a_station_stops_for_lack_of_room(kept: Records) -> None:
    """However much all may take: the disk may be smaller than that, or filled by something else."""
    size = size_of(kept)
    assert tidy(kept, Keeping(), free_gb=2).pictures == 0
    done = tidy(kept, Keeping(), free_gb=2 - 3.5 * size / GB)
    assert (done.pictures, done.freed_bytes) == (4, 4 * size)
    assert Room(kept.folder, lambda _: disk(2 - 3.5 * size / GB)).fault() is None
    assert (pictures(kept), len(numbers(kept))) == ([4, 5], COUNT)
    assert tidy(kept, Keeping(), free_gb=0).pictures == 2


def test_a_disk_that_says_late_what_it_has_free_loses_no_more_pictures(kept: Records) -> None:
    """It says the same all the while."""
    assert tidy(kept, Keeping(), free_gb=2 - 0.5 * size_of(kept) / GB).pictures == 1


def test_a_disk_that_does_not_answer_is_told(kept: Records) -> None:
    def gone(_: Path) -> tuple[int, int, int]:
        raise OSError(5, "Input/output error")

    with pytest.raises(MachineError, match="does not answer: Input/output error"):
        deque(tidying(kept, Keeping(), LATER, gone), maxlen=0)


def test_no_row_goes_that_a_destination_has_not_got(kept: Records) -> None:
    places = [each.position for each in kept.after(0, 99)]
    kept.position("plant")
    kept.moved("hook", places[-1])
    done = tidy(kept, Keeping(keep_days=2.5 * HOURS))
    assert (done.inspections, done.held) == (0, 4)
    assert str(done).endswith("4 older records stay: 'plant' has not got them yet.")
    kept.moved("plant", places[1])
    done = tidy(kept, Keeping(keep_days=2.5 * HOURS))
    assert (done.inspections, done.held) == (2, 2)
    kept.forget("plant")
    done = tidy(kept, Keeping(keep_days=2.5 * HOURS))
    assert (done.inspections, done.held) == (2, 0)
    assert numbers(kept) == [inspection(4), inspection(5)]


@pytest.mark.parametrize("keeping", [Keeping(keep_gb=1 / GB), Keeping(keep_pictures_days=0.5 * HOURS)])
def test_pictures_go_whoever_has_not_got_their_rows(kept: Records, keeping: Keeping) -> None:
    """No destination ever gets one, and one that was switched off for good would fill the disk."""
    kept.position("hook")
    assert (tidy(kept, keeping).pictures, pictures(kept), len(numbers(kept))) == (COUNT, [], COUNT)
    assert kept.destinations()["hook"].waiting == COUNT


def test_an_inspection_whose_mark_is_still_to_be_carried_stays(kept: Records) -> None:
    from inspector.inspection.records.cursors import Stream

    kept.mark(inspection(1).id, "maria", True)
    kept.moved("plant", kept.after(0, 99)[-1].position)
    kept.position("plant", Stream.MARKS)
    done = tidy(kept, Keeping(keep_days=2.5 * HOURS))
    assert (done.inspections, done.held, done.destination) == (3, 1, "plant")
    assert numbers(kept) == [inspection(1), inspection(4), inspection(5)]


def test_what_was_removed_is_never_counted_as_new(kept: Records) -> None:
    """Numbers are not given again, even where all rows went."""
    last = kept.after(0, 99)[-1].position
    kept.moved("plant", last)
    tidy(kept, Keeping(keep_days=0.5 * HOURS))
    assert numbers(kept) == []
    add(kept, inspection(COUNT))
    assert [each.inspection for each in kept.after(kept.position("plant"), 9)] == [inspection(COUNT)]
    assert kept.destinations()["plant"].waiting == 1


def test_after_a_kill_between_file_and_row_it_is_only_asked_for_once_more(kept: Records) -> None:
    kept.evidence(inspection(0)).unlink()
    assert tidy(kept, Keeping(keep_pictures_days=4.5 * HOURS)).pictures == 2
    assert pictures(kept) == [2, 3, 4, 5]


def test_a_picture_that_cannot_be_removed_is_told(kept: Records) -> None:
    path = kept.evidence(inspection(0))
    path.unlink()
    path.mkdir()
    with pytest.raises(MachineError, match=r"Cannot remove .*jpg"):
        tidy(kept, Keeping(keep_gb=1 / GB))
    path.rmdir()


def test_whoever_adds_is_not_kept_waiting(tmp_path: Path) -> None:
    """Between two steps nobody holds the database, and within one only as long as rows are removed."""
    with closing(Records(tmp_path)) as records:
        add(records, *map(inspection, range(COUNT)))
        steps = tidying(records, Keeping(keep_days=HOURS), LATER)
        for n, _ in enumerate(steps):
            with closing(sqlite3.connect(tmp_path / "records.db", timeout=0, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                other.execute("ROLLBACK")
            records.add(inspection(COUNT + n), FRAME, SEEN)
        assert n >= 4


def test_the_thread_tidies_and_says_so(tmp_path: Path) -> None:
    with closing(Records(tmp_path)) as records:
        add(records, *map(inspection, range(COUNT)))
        with closing(Tidier(records, Keeping(keep_days=2.5 * HOURS), clock=lambda: LATER)) as tidier:
            until(lambda: "and 4 records" in tidier.said)
        assert len(records.list()) == 2


def test_a_clock_that_leapt_ahead_is_not_believed(tmp_path: Path) -> None:
    """What a wrong clock calls old is not; the limit of size still holds."""
    moments = iter([LATER, LATER + timedelta(days=3650)])
    asked = threading.Event()

    def clock() -> object:
        try:
            return next(moments)
        except StopIteration:
            asked.set()
            return LATER + timedelta(days=3650)

    with closing(Records(tmp_path)) as records:
        add(records, *map(inspection, range(COUNT)))
        keeping = Keeping(keep_days=1, keep_gb=(2.5 * size_of(records)) / GB)
        with closing(Tidier(records, keeping, every_s=0.01, clock=clock)) as tidier:  # type: ignore[arg-type]
            until(asked.is_set)
            until(lambda: [bool(each.evidence) for each in records.after(0, 99)] == 4 * [False] + 2 * [True])
        assert "0 records" in tidier.said
        assert len(records.list()) == COUNT


YEARS = timedelta(days=3650)


@pytest.mark.parametrize("again", [False, True])
def test_a_start_with_a_wrong_clock_removes_nothing_by_age(tmp_path: Path, again: bool) -> None:
    """Nor does a start after that one, which has rows that the wrong clock dated."""
    with closing(Records(tmp_path)) as records:
        add(records, *map(inspection, range(COUNT)))
        if again:
            note(records, replace(inspection(COUNT), started_at=NOON + YEARS - HOUR))
        count = len(records.list())
        keeping = Keeping(keep_days=1000, keep_pictures_days=90)
        with closing(Tidier(records, keeping, every_s=0.01, clock=lambda: NOON + YEARS)) as tidier:
            until(lambda: tidier.said != "")
        assert tidier.said == "Removed 0 pictures (0.0 MB) and 0 records."
        assert len(records.list()) == count


@pytest.mark.parametrize(("idle_h", "doubted"), [(23, False), (47, False), (49, True), (72, True)])
def test_a_clock_is_doubted_at_a_start_where_nothing_is_of_the_day_before_the_last(
    records: Records, idle_h: int, doubted: bool
) -> None:
    """A weekend costs a day without tidying; who inspected yesterday is believed."""
    note(records, inspection(0))
    assert Doubt(records).of(NOON + idle_h * HOUR) is doubted


def test_without_records_nothing_is_doubted(records: Records) -> None:
    assert not Doubt(records).of(NOON)


def test_doubt_lasts_for_a_day(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    note(records, inspection(0))
    doubt = Doubt(records)
    later = NOON + 100 * HOUR
    said = []
    for hours in (0, 1, 23.9, 24.1):
        monkeypatch.setattr(time, "monotonic", lambda hours=hours: 3600 * hours)
        said.append(doubt.of(later + hours * HOUR))
    assert said == [True, True, True, False]


def test_a_fault_is_said_and_tried_again(tmp_path: Path) -> None:
    with closing(Records(tmp_path)) as records:
        add(records, *map(inspection, range(COUNT)))
        path = records.evidence(inspection(0))
        path.unlink()
        path.mkdir()
        with closing(Tidier(records, Keeping(keep_gb=1 / GB), every_s=0.01, clock=lambda: LATER)) as tidier:
            until(lambda: "Cannot remove" in tidier.said)
            assert "Cannot remove" in tidier.fault
            path.rmdir()
            until(lambda: not any(each.evidence for each in records.after(0, 99)))
            until(lambda: tidier.fault == "")


def test_what_nobody_foresaw_is_said_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = iter([ValueError("embedded null byte")])

    def once(*arguments: Any) -> Iterator[Any]:
        if (error := next(failures, None)) is not None:
            raise error
        return tidying(*arguments)

    monkeypatch.setattr(inspector.inspection.records.tidier, "tidying", once)
    with closing(Records(tmp_path)) as records:
        add(records, *map(inspection, range(COUNT)))
        with closing(Tidier(records, Keeping(keep_gb=1 / GB), every_s=0.01, clock=lambda: LATER)) as tidier:
            until(lambda: not any(each.evidence for each in records.after(0, 99)))
            until(lambda: tidier.fault == "")


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Records]:
    """Records whose database was damaged and set aside, with pictures of the time before."""
    with closing(Records(tmp_path)) as records:
        add(records, *map(inspection, range(3)))
    for part in tmp_path.glob("records.db*"):
        part.rename(part.with_name(f"aside-{part.name}"))
    with closing(Records(tmp_path)) as records:
        add(records, inspection(24 * 5))
        yield records


def pictures_in(records: Records) -> int:
    return len(list(records.folder.rglob("*.jpg")))


def test_pictures_that_no_record_knows_go_when_they_are_old(damaged: Records) -> None:
    now = NOON + 6 * 24 * HOUR
    before = pictures_in(damaged)
    assert sum(done.pictures for done in tidying(damaged, Keeping(keep_days=30), now)) == 0
    *_, done = tidying(damaged, Keeping(keep_days=3), now)
    assert (done.pictures, done.inspections) == (before - pictures_in(damaged), 0)
    assert [path.parent.name for path in damaged.folder.rglob("*.jpg")] == [f"{NOON + 5 * 24 * HOUR:%Y-%m-%d}"]


def test_pictures_that_no_record_knows_count_and_go_first(damaged: Records) -> None:
    taken = sum(path.stat().st_size for path in (damaged.folder / "evidence").rglob("*.*") if path.is_file())
    *_, done = tidying(damaged, Keeping(keep_gb=(taken - 1) / GB), NOON + 6 * 24 * HOUR)
    assert done.pictures == 3
    assert damaged.evidence(inspection(24 * 5)).exists()


def test_pictures_of_today_may_still_be_recorded(damaged: Records) -> None:
    *_, done = tidying(damaged, Keeping(keep_gb=1 / GB), NOON + 24 * HOUR)
    assert done.pictures == 1  # the one that a record knows
    assert pictures_in(damaged) == 3

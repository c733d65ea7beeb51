from pathlib import Path

import pytest

from inspector.inspection.guard.room import Room

GB = 10**9


def room(total_gb: float, free_gb: list[float]) -> list[str | None]:
    left = iter(free_gb)
    one = Room(Path("records"), lambda _: (int(total_gb * GB), 0, int(next(left) * GB)))
    return [one.fault() for _ in free_gb]


def test_ready_above_the_reserve_then_down_to_half_of_it_and_back_only_above_it() -> None:
    said = room(500, [0.9, 1.1, 0.9, 0.51, 0.49, 0.9, 1.1])
    assert [fault is None for fault in said] == [False, True, True, True, False, False, True]
    assert said[4] == (
        "The disk of the records in records has 0.49 GB left: free 0.51 GB, so that inspections can be kept."
    )


def test_a_small_disk_has_a_small_reserve() -> None:
    assert [fault is None for fault in room(4, [0.19, 0.21, 0.11, 0.09])] == [False, True, True, False]


def test_a_disk_that_is_gone_is_told(tmp_path: Path) -> None:
    assert "does not answer" in (Room(tmp_path / "gone").fault() or "")


def test_this_disk_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspector.inspection.guard.room.RESERVE_GB", 0)
    assert Room(tmp_path).fault() is None

"""Trainings on disk: which can be gone on with, and what stays of them."""

import re

import pytest

from inspector.errors import InputError
from inspector.trainings import FILE, LOCK, begin, running, tidy, unfinished


def test_the_newest_unfinished_one_is_the_last(tmp_path):
    begun = [begin(tmp_path, "lid", f"lid-{number}", {"seed": number}) for number in range(3)]
    begin(tmp_path, "box", "box-1", {})
    found = unfinished(tmp_path, "lid")
    assert [training.begun.id for training in found] == [training.begun.id for training in begun]
    assert found[-1].begun.settings == {"seed": 2}
    assert found[-1].begun.dataset == "lid-2"


def test_a_damaged_one_blocks_no_other(tmp_path):
    older, damaged, other = (begin(tmp_path, recipe, "d", {}) for recipe in ("lid", "lid", "box"))
    (damaged.folder / FILE).write_bytes(b"\0")
    assert [one.begun.id for one in unfinished(tmp_path, "lid")] == [older.begun.id]
    with other.alone():
        tidy(tmp_path, "box", other)
    assert not other.folder.exists()


def test_one_that_began_in_no_zone_blocks_no_other(tmp_path):
    older, zoneless = (begin(tmp_path, "lid", "d", {}) for _ in range(2))
    text = (zoneless.folder / FILE).read_text()
    (zoneless.folder / FILE).write_text(re.sub("began_at: .*", "began_at: '2026-11-26T09:30:00'", text))
    assert [one.begun.id for one in unfinished(tmp_path, "lid")] == [older.begun.id]


def test_what_runs_is_not_unfinished(tmp_path):
    training = begin(tmp_path, "lid", "lid-1", {})
    with training.alone():
        assert unfinished(tmp_path, "lid") == []
        assert [one.begun.id for one in running(tmp_path)] == [training.begun.id]
        assert running(tmp_path, "box") == []
        with pytest.raises(InputError, match=f"The training {training.begun.id} is running already"), training.alone():
            pytest.fail("two at once")
    assert [one.begun.id for one in unfinished(tmp_path, "lid")] == [training.begun.id]


def test_a_bundle_makes_all_that_went_before_it_stale(tmp_path):
    older, done, other = (begin(tmp_path, recipe, "d", {}) for recipe in ("lid", "lid", "box"))
    for training in (older, done, other):
        training.checkpoint(0).write_bytes(b"state")
    (done.folder / "events.out.tfevents.1").write_bytes(b"curves")
    (older.folder / f".{older.checkpoint(1).name}.xyz.tmp").write_bytes(b"half a state")
    newer = begin(tmp_path, "lid", "d", {})
    tidy(tmp_path, "lid", done)
    assert not older.folder.exists()
    assert {path.name for path in done.folder.iterdir()} - {LOCK} == {"events.out.tfevents.1"}
    assert other.checkpoint(0).exists()
    assert [one.begun.id for one in unfinished(tmp_path, "lid")] == [newer.begun.id]

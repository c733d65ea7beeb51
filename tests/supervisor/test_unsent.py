"""What outputs have not sent yet, as they find it in the records."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from inspector.errors import MachineError
from inspector.inspection.records import Records
from inspector.inspection.records.upkeep import kept_up
from inspector.keeping import Keeping
from inspector.plant.sending import Sender, Source
from inspector.supervisor.unsent import unsent
from tests.inspection.inspected import inspection, note
from tests.inspection.scripted import until


def test_each_output_finds_what_it_has_not_sent(tmp_path: Path) -> None:
    with closing(Records(tmp_path)) as records, unsent(tmp_path) as source:
        mqtt, webhook = source("mqtt"), source("webhook")
        note(records, *(inspection(number) for number in range(3)))
        (first, said), *_ = mqtt.after(50)
        assert said["id"] == inspection(0).id
        mqtt.moved(first)
        assert [said["id"] for _, said in mqtt.after(1)] == [inspection(1).id]
        assert len(webhook.after(50)) == 3


def ids(source: Source) -> list[str]:
    return [said["id"] for _, said in source.after(50)]


def test_an_output_that_is_switched_on_begins_with_what_is_inspected_next(tmp_path: Path) -> None:
    with closing(Records(tmp_path)) as records:
        note(records, *map(inspection, range(3)))
        with unsent(tmp_path) as source_of:
            source_of("mqtt")
            note(records, inspection(3))  # before the output first looks
        with unsent(tmp_path) as source_of:
            assert ids(source_of("mqtt")) == [inspection(3).id], "what it has not got yet waits for it"
            assert ids(source_of("webhook")) == []
            note(records, inspection(4))
            assert ids(source_of("webhook")) == [inspection(4).id]
        records.forget("mqtt")
        with unsent(tmp_path) as source_of:
            assert ids(source_of("mqtt")) == [], "it is new again"


def test_where_the_records_cannot_tell_it_sends_all_that_they_hold(tmp_path: Path) -> None:
    (tmp_path / "records.db").write_bytes(b"no database" * 100)
    with unsent(tmp_path) as source_of:
        mqtt = source_of("mqtt")
        with pytest.raises(MachineError, match="set aside"):
            Records(tmp_path, held=True)
        with closing(Records(tmp_path, held=True)) as records:
            note(records, inspection(0))
        assert ids(mqtt) == [inspection(0).id]


def test_an_output_that_the_damaged_records_may_have_known_misses_nothing_of_the_new_ones(tmp_path: Path) -> None:
    (tmp_path / "records.db").write_bytes(b"no database" * 100)
    with pytest.raises(MachineError, match="set aside"):
        Records(tmp_path, held=True)
    with closing(Records(tmp_path, held=True)) as records:
        note(records, inspection(0))
    with unsent(tmp_path) as source_of:  # a supervisor that was killed before it looked into the new ones
        assert ids(source_of("webhook")) == [inspection(0).id]


def test_records_that_cannot_be_opened_keep_no_output_from_starting(tmp_path: Path) -> None:
    (tmp_path / "records.db").write_bytes(b"no database" * 100)
    with unsent(tmp_path) as source:
        mqtt = source("mqtt")
        with pytest.raises(MachineError, match="are damaged"):
            mqtt.after(50)


def test_nothing_is_opened_for_nobody(tmp_path: Path) -> None:
    with unsent(tmp_path / "records"):
        pass
    assert not (tmp_path / "records").exists()


def damage(folder: Path) -> None:
    """As a disk does that loses what it was given."""
    with closing(sqlite3.connect(folder / "records.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (folder / "records.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 8)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows renames no file that is in use")
def test_an_output_sends_what_is_in_the_records_that_began_when_damaged_ones_were_set_aside(
    tmp_path: Path,
) -> None:
    sent: list[str] = []
    with unsent(tmp_path) as source_of:
        sender = Sender("webhook", source_of("webhook"), lambda each: sent.append(each["id"]), pause_s=0.01)
        with closing(sender):
            with closing(Records(tmp_path)) as records:
                note(records, *map(inspection, range(3)))
            until(lambda: len(sent) == 3)
            damage(tmp_path)
            with pytest.raises(MachineError, match="set aside"), kept_up(tmp_path, Keeping()):
                pass
            with kept_up(tmp_path, Keeping()) as kept:
                note(kept.records, *map(inspection, range(10, 15)))
                sender.wake()
                until(lambda: len(sent) == 8 and not sender.fault)
                # It notes what it sent once it has sent it.
                until(lambda: kept.records.destinations()["webhook"].waiting == 0)
    assert sent == [inspection(number).id for number in (0, 1, 2, *range(10, 15))]


def test_what_an_output_sent_of_old_records_is_never_noted_in_new_ones(tmp_path: Path) -> None:
    """Each counts from 1: what is not sent yet would be taken for sent."""
    with unsent(tmp_path) as source_of:
        sources = {name: source_of(name) for name in ("mqtt", "webhook")}
        with closing(Records(tmp_path)) as records:
            note(records, *map(inspection, range(5)))
        last = {name: source.after(9)[-1][0] for name, source in sources.items()}
        for part in tmp_path.glob("records.db*"):
            part.unlink()
        for name, source in sources.items():
            with pytest.raises(MachineError, match="removed or replaced"):
                source.moved(last[name])
        with closing(Records(tmp_path)) as records:
            note(records, inspection(9))
        assert [[each["id"] for _, each in source.after(9)] for source in sources.values()] == 2 * [[inspection(9).id]]

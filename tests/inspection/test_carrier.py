"""To the plant's database, each inspection exactly once, whatever happens to it or to the station in the middle."""

import random
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import inspector.inspection.records.carrier
import inspector.inspection.records.postgres
from inspector.errors import InputError
from inspector.inspection.records import Records
from inspector.inspection.records.carrier import BATCH, PLANT, Carrier
from inspector.inspection.records.cursors import Stream
from inspector.inspection.records.tidier import tidying
from inspector.inspection.records.wanted import Wanted
from inspector.inspection.verdict import Inspection
from inspector.keeping import Keeping
from tests.inspection.inspected import HOUR, NOON, inspection, note
from tests.inspection.postgres_server import Line, Server
from tests.inspection.scripted import until
from tests.ports import free_port

ROOT = str(Path(__file__).parents[2])


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Records]:
    """A station's own records."""
    with closing(Records(tmp_path / "records")) as opened:
        yield opened


def carrier(own: Records, database: str, station: str = "left", silence_s: float = 5.0) -> Carrier:
    return Carrier(own, database, station, every_s=0.02, silence_s=silence_s)


def at_plant(own: Records, database: str) -> list[Inspection]:
    """What has arrived, the oldest first."""
    with closing(Records(own.folder, database)) as plant:
        return list(plant.list())[::-1]


def all_there(own: Records, carry: Carrier) -> None:
    until(lambda: own.destinations()[PLANT].waiting == 0 and carry.backlog() == (0, None, "", 0))


def test_what_is_there_and_what_is_new_is_carried_with_its_marks(own: Records, server: Server) -> None:
    database = server.database()
    note(own, inspection(0), inspection(1))
    with closing(carrier(own, database)) as carry:
        all_there(own, carry)
        note(own, inspection(2))
        mark = own.mark(inspection(1).id, "maria", False, "the screw is on")
        until(lambda: len(at_plant(own, database)) == 3)
        with closing(Records(own.folder, database)) as plant:
            until(lambda: list(plant.marks(inspection(1).id)) == [mark])
    assert at_plant(own, database) == [inspection(n) for n in range(3)]


def test_more_than_a_batch_is_carried_in_order(own: Records, server: Server) -> None:
    database = server.database()
    made = [inspection(n) for n in range(2 * BATCH + 7)]
    note(own, *made)
    with closing(carrier(own, database)) as carry:
        all_there(own, carry)
    assert at_plant(own, database) == made


def test_a_batch_that_was_sent_and_not_noted_is_not_there_twice(own: Records, server: Server) -> None:
    """As after a kill between the plant's acknowledgement and the station's own note."""
    database = server.database()
    note(own, inspection(0), inspection(1))
    own.mark(inspection(0).id, "maria", True)
    for _ in range(2):
        with closing(carrier(own, database)) as carry:
            all_there(own, carry)
        own.forget(PLANT)
    assert at_plant(own, database) == [inspection(0), inspection(1)]
    with closing(Records(own.folder, database)) as plant:
        assert len(plant.marks(inspection(0).id)) == 1


def test_two_stations_with_the_same_ids_are_told_apart(tmp_path: Path, server: Server) -> None:
    database = server.database()
    for name in ("left", "right"):
        with closing(Records(tmp_path / name)) as own:
            note(own, replace(inspection(0), station=""))
            own.mark(inspection(0).id, name, True)
            with closing(carrier(own, database, name)) as carry:
                all_there(own, carry)
    with closing(Records(tmp_path / "left", database)) as plant:
        assert sorted(each.station for each in plant.list()) == ["left", "right"]
        assert sorted(mark.who for mark in plant.marks(inspection(0).id)) == ["left", "right"]


def test_a_plant_that_is_gone_is_told_without_its_password_and_caught_up_with(own: Records, server: Server) -> None:
    database = server.database()
    note(own, inspection(0))
    with closing(carrier(own, database)) as carry:
        all_there(own, carry)
        server.stop(signal.SIGKILL)
        try:
            for n in range(1, 4):
                note(own, inspection(n))
            until(lambda: carry.backlog().waiting == 3 and "Cannot reach" in carry.backlog().fault)
            assert f"127.0.0.1:{server.port}/" in carry.backlog().fault
            assert "secret" not in carry.backlog().fault
            assert carry.backlog().since == NOON + HOUR
        finally:
            server.start()
        all_there(own, carry)
    assert at_plant(own, database) == [inspection(n) for n in range(4)]


def test_a_plant_killed_while_it_takes_over_holds_each_once(own: Records, server: Server) -> None:
    database = server.database()
    made = 0
    with closing(carrier(own, database)) as carry:
        for _ in range(3):
            for _ in range(20):
                note(own, inspection(made))
                made += 1
            server.stop(signal.SIGKILL)
            server.start()
        all_there(own, carry)
    assert at_plant(own, database) == [inspection(n) for n in range(made)]


def test_a_plant_that_is_locked_is_waited_for(own: Records, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspector.inspection.records.postgres, "LOCK_S", 0.05)
    database = server.database()
    note(own, inspection(0))
    with closing(carrier(own, database)) as carry:
        all_there(own, carry)
        with server.connect(database.rpartition("/")[2]) as thief, thief.transaction():
            thief.execute("LOCK TABLE inspections IN ACCESS EXCLUSIVE MODE")
            note(own, inspection(1))
            until(lambda: "is locked or slow" in carry.backlog().fault)
        all_there(own, carry)
    assert at_plant(own, database) == [inspection(0), inspection(1)]


def test_a_plant_that_never_answers_is_cut_off_and_tried_again(own: Records, server: Server) -> None:
    database = server.database()
    with closing(Line(server.port)) as line:
        slow = database.replace(f":{server.port}/", f":{line.port}/")
        note(own, inspection(0))
        with closing(carrier(own, slow, silence_s=0.3)) as carry:
            all_there(own, carry)
            line.hold()
            note(own, inspection(1))
            until(lambda: "Cannot reach" in carry.backlog().fault)
            note(own, inspection(2))
            line.let_go()
            all_there(own, carry)
    assert at_plant(own, database) == [inspection(n) for n in range(3)]


def test_a_station_may_end_while_the_plant_does_not_answer(
    own: Records, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspector.inspection.records.carrier, "PATIENCE_S", 0.1)
    database = server.database()
    with closing(Line(server.port)) as line:
        slow = database.replace(f":{server.port}/", f":{line.port}/")
        note(own, inspection(0))
        with closing(carrier(own, slow, silence_s=60.0)) as carry:
            all_there(own, carry)
            line.hold()
            note(own, inspection(1))
            until(line.held.is_set)
    assert own.destinations()[PLANT].waiting == 1


def name_of(database: str) -> str:
    return database.rpartition("/")[2]


def test_a_row_that_is_refused_for_itself_holds_up_nothing_and_is_kept(own: Records, server: Server) -> None:
    database = server.database()
    at_plant(own, database)
    with server.connect(name_of(database)) as connection:
        connection.execute("ALTER TABLE inspections ADD CONSTRAINT no_poison CHECK (serial <> 'poison')")
    poison = inspection(1, serial="poison")
    note(own, inspection(0), poison, inspection(2))
    own.mark(poison.id, "maria", True)
    own.mark(inspection(2).id, "maria", True)
    with closing(carrier(own, database)) as carry:
        until(lambda: carry.backlog().refused == 2 and carry.backlog().waiting == 0)
        note(own, inspection(3))
        own.mark(poison.id, "tom", True)
        until(lambda: carry.backlog().refused == 3 and len(at_plant(own, database)) == 3)
        fault = carry.backlog().fault
    assert "3 inspections or marks were refused; they are kept here" in fault
    assert "refuses it: new row for relation" in fault
    assert at_plant(own, database) == [inspection(0), inspection(2), inspection(3)]
    with closing(Records(own.folder, database)) as plant:
        assert [mark.who for mark in plant.marks(inspection(2).id)] == ["maria"]
    keeping = Keeping(keep_days=1)
    deque(tidying(own, keeping, NOON + timedelta(days=999)), maxlen=0)
    assert list(own.list()) == [poison]
    with server.connect(name_of(database)) as connection:
        connection.execute("ALTER TABLE inspections DROP CONSTRAINT no_poison")
    with closing(carrier(own, database)) as carry:
        all_there(own, carry)
    assert poison in at_plant(own, database)
    with closing(Records(own.folder, database)) as plant:
        assert [mark.who for mark in plant.marks(poison.id)] == ["maria", "tom"]
    assert own.refused(PLANT) == []


def test_a_serial_number_too_long_for_an_index_is_refused_alone(own: Records, server: Server) -> None:
    database = server.database()
    note(own, inspection(0, serial=random.Random(1).randbytes(8000).hex()), inspection(1))
    with closing(carrier(own, database)) as carry:
        until(lambda: carry.backlog().refused == 1)
    assert at_plant(own, database) == [inspection(1)]
    (one,) = own.refused(PLANT)
    assert (one.stream, one.inspection) == (Stream.INSPECTIONS, inspection(0).id)
    own.forget(PLANT)
    assert own.refused(PLANT) == []


def test_a_mark_that_no_database_takes_is_refused_alone(own: Records, server: Server) -> None:
    database = server.database()
    note(own, inspection(0))
    own.mark(inspection(0).id, "maria", False, "a\0b")
    own.mark(inspection(0).id, "tom", True)
    with closing(carrier(own, database)) as carry:
        until(lambda: carry.backlog().refused == 1)
    with closing(Records(own.folder, database)) as plant:
        assert [mark.who for mark in plant.marks(inspection(0).id)] == ["tom"]


def test_a_text_that_the_plant_s_encoding_has_not_is_refused_alone(own: Records, server: Server) -> None:
    database = server.database().replace("/postgres", "/latin")
    with server.connect("postgres") as connection:
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    try:
        note(own, inspection(0, serial="螺丝"), inspection(1, serial="Gehäuse"))
        with closing(carrier(own, database)) as carry:
            until(lambda: carry.backlog().refused == 1)
        assert at_plant(own, database) == [inspection(1, serial="Gehäuse")]
    finally:
        with server.connect("postgres") as connection:
            connection.execute("DROP DATABASE latin WITH (FORCE)")


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("postgresql+psycopg://plant:secret@127.0.0.1:{port}/nowhere", "refuses"),
        ("postgresql+psycopg://plant:secret@127.0.0.1:{free}/nowhere", "Cannot reach"),
    ],
)
def test_a_fault_is_told_before_anything_waits(own: Records, server: Server, database: str, said: str) -> None:
    address = database.format(port=server.port, free=free_port())
    with closing(carrier(own, address)) as carry:
        until(lambda: said in carry.backlog().fault)
        assert "secret" not in carry.backlog().fault


def test_a_newer_plant_is_left_alone_and_told(own: Records, server: Server) -> None:
    database = server.database()
    at_plant(own, database)
    with server.connect(database.rpartition("/")[2]) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    note(own, inspection(0))
    with closing(carrier(own, database)) as carry:
        until(lambda: "newer version" in carry.backlog().fault)
        assert carry.backlog().waiting == 1


@pytest.mark.parametrize("text", ["", "sqlite:///x.db", "postgresql://a:secret@b/c", "mysql://a:secret@b/c", "secret"])
def test_what_is_no_address_of_a_plant_is_refused_without_repeating_it(own: Records, text: str) -> None:
    with pytest.raises(InputError, match="not the address of a plant's database") as told:
        carrier(own, text)
    assert "secret" not in str(told.value)


CARRIER = """
import sys
from pathlib import Path
from inspector.inspection.records import Records
from inspector.inspection.records import carrier
carrier.BATCH = 3
records = Records(Path(sys.argv[1]))
carry = carrier.Carrier(records, sys.argv[2], "left", every_s=0.01)
print("runs", flush=True)
carry._thread.join()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_station_killed_while_it_carries_loses_and_doubles_nothing(own: Records, server: Server) -> None:
    database = server.database()
    made = [inspection(n) for n in range(60)]
    note(own, *made)
    for pause_s in (0.0, 0.04):
        command = [sys.executable, "-c", CARRIER, str(own.folder), database]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as station:
            assert station.stdout is not None
            assert station.stdout.readline() == "runs\n"
            time.sleep(pause_s)
            station.kill()
    with closing(carrier(own, database)) as carry:
        all_there(own, carry)
    assert at_plant(own, database) == made
    with closing(Records(own.folder, database)) as plant:
        assert plant.list(wanted=Wanted(component="screw"))[-1].findings == made[0].findings

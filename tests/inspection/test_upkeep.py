"""A station's records with what goes on beside them."""

import threading
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from inspector.errors import InputError, MachineError
from inspector.frame import utc_now
from inspector.inspection.records import Records
from inspector.inspection.records.carrier import PLANT
from inspector.inspection.records.upkeep import LOCK, dropped, kept_up, name_of_station
from inspector.keeping import Keeping
from inspector.lock import alone
from inspector.outputs import Outputs, Webhook
from inspector.settings import Settings
from tests.inspection.inspected import add, inspection, note
from tests.inspection.postgres_server import Server
from tests.inspection.scripted import until
from tests.ports import free_port

OLD = Keeping(keep_days=1, keep_gb=1)
YESTERDAY = replace(inspection(0), started_at=utc_now() - timedelta(days=1.5))
"""As of a station that inspects each day: its clock is believed."""


def test_records_of_a_station_alone_are_kept_tidy(tmp_path: Path) -> None:
    with closing(Records(tmp_path)) as records:
        add(records, YESTERDAY)
    with kept_up(tmp_path, OLD) as kept:
        assert kept.carrier is None
        until(lambda: kept.tidier.said.endswith("and 1 records."))
        assert list(kept.records.list()) == []
    assert not {"carry", "tidy"} & {thread.name for thread in threading.enumerate()}


def test_nothing_goes_before_the_plant_has_it(tmp_path: Path, server: Server) -> None:
    with closing(Records(tmp_path)) as records:
        note(records, YESTERDAY)
    gone = f"postgresql+psycopg://plant:secret@127.0.0.1:{free_port()}/postgres"
    with kept_up(tmp_path, OLD.model_copy(update={"database": gone})) as kept:
        until(lambda: "1 older records stay: 'plant' has not got them yet" in kept.tidier.said)
    there = OLD.model_copy(update={"database": server.database(), "station": "left"})
    with kept_up(tmp_path, there) as kept:
        until(lambda: kept.records.destinations()[PLANT].waiting == 0)
    with kept_up(tmp_path, there) as kept:
        until(lambda: kept.tidier.said.startswith("Removed 0 pictures (0.0 MB) and 1 records"))
    with closing(Records(tmp_path, there.database)) as plant:
        assert list(plant.list()) == [YESTERDAY]


def test_a_plant_s_database_that_cannot_be_reached_is_remarked_until_it_can(tmp_path: Path, server: Server) -> None:
    gone = f"postgresql+psycopg://plant:secret@127.0.0.1:{free_port()}/postgres"
    with kept_up(tmp_path, Keeping(database=gone)) as kept:
        until(kept.remark)
        assert kept.remark().startswith("Cannot reach the plant's database ")
        assert "secret" not in kept.remark()
    with kept_up(tmp_path, Keeping(database=server.database())) as kept:
        note(kept.records, inspection(0))
        until(lambda: kept.records.destinations()[PLANT].waiting == 0)
        assert kept.remark() == ""


def test_records_without_a_plant_have_nothing_to_remark(tmp_path: Path) -> None:
    with kept_up(tmp_path, Keeping()) as kept:
        assert kept.remark() == ""


def test_a_destination_that_is_in_the_settings_no_more_is_told_while_it_lacks_something(tmp_path: Path) -> None:
    with closing(Records(tmp_path)) as records:
        note(records, inspection(0), inspection(1))
        records.position("webhook")
        records.moved(PLANT, records.after(0, 9)[-1].position)
        (said,) = dropped(records, Settings().destinations)
        assert said == (
            "'webhook' is not in settings.yaml any more, and 2 records are kept until it has got them. Name it there "
            "again, or forget it: inspector records tidy --forget webhook."
        )
        named = Settings(outputs=Outputs(webhook=Webhook(url="https://plant.example/hook")))
        assert list(dropped(records, named.destinations)) == []
        records.position("old")
        assert list(dropped(records, {"webhook", "old"})) == []


def test_the_plant_is_a_destination_of_the_settings() -> None:
    there = Settings(records=Keeping(database="postgresql+psycopg://plant@host/line"))
    assert (there.destinations, Settings().destinations) == ({PLANT}, set())


def test_a_station_is_called_as_its_computer_where_nobody_says_otherwise() -> None:
    assert name_of_station(Keeping(station="line 3")) == "line 3"
    assert name_of_station(Keeping())


def test_two_stations_never_record_in_one_place(tmp_path: Path) -> None:
    said = "Another station records in"
    with kept_up(tmp_path, OLD), pytest.raises(InputError, match=said), kept_up(tmp_path, OLD):
        pass
    with kept_up(tmp_path, OLD):
        pass


def test_a_station_sets_damaged_records_aside_and_a_second_one_never_does(tmp_path: Path) -> None:
    (tmp_path / "records.db").write_text("these are not records")
    with (
        alone(tmp_path / LOCK, "the first one"),
        pytest.raises(InputError, match="Another station records in"),
        kept_up(tmp_path, Keeping()),
    ):
        pass
    assert not list(tmp_path.glob("*.damaged-*"))
    with pytest.raises(MachineError, match="now set aside"), kept_up(tmp_path, Keeping()):
        pass
    with kept_up(tmp_path, Keeping()) as kept:
        assert list(kept.records.list()) == []

"""What outputs have not sent yet, as they find it in the records."""

from contextlib import closing
from pathlib import Path

import pytest

from inspector.errors import MachineError
from inspector.inspection.records import Records
from inspector.supervisor.unsent import unsent
from tests.inspection.inspected import inspection, note


def test_each_output_finds_what_it_has_not_sent(tmp_path: Path) -> None:
    with closing(Records(tmp_path)) as records, unsent(tmp_path) as source:
        note(records, *(inspection(number) for number in range(3)))
        mqtt, webhook = source("mqtt"), source("webhook")
        (first, said), *_ = mqtt.after(50)
        assert said["id"] == inspection(0).id
        mqtt.moved(first)
        assert [said["id"] for _, said in mqtt.after(1)] == [inspection(1).id]
        assert len(webhook.after(50)) == 3


def test_records_that_cannot_be_opened_keep_no_output_from_starting(tmp_path: Path) -> None:
    (tmp_path / "records.db").write_bytes(b"no database" * 100)
    with unsent(tmp_path) as source:
        mqtt = source("mqtt")
        with pytest.raises(MachineError, match="set aside"):
            mqtt.after(50)
        assert mqtt.after(50) == []


def test_nothing_is_opened_for_nobody(tmp_path: Path) -> None:
    with unsent(tmp_path / "records"):
        pass
    assert not (tmp_path / "records").exists()

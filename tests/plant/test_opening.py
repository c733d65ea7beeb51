"""What the settings switch on is there, and nothing else."""

import sys
from pathlib import Path

import pytest

from inspector.errors import InputError, MachineError
from inspector.outputs import Account, Modbus, Mqtt, OpcUa, Outputs, Webhook
from inspector.plant.opening import opened
from tests.plant.peers import Shelf, until
from tests.ports import NEAR, free_port

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "plant.md"
NOWHERE = "192.0.2.1"


def test_nothing_is_opened_where_nothing_is_named(tmp_path: Path) -> None:
    with opened(Outputs(), tmp_path, lambda name: pytest.fail(f"nobody sends by {name}")) as found:
        assert found == {}


def test_all_that_is_named_is_opened_and_closed(tmp_path: Path, shelf: Shelf) -> None:
    outputs = Outputs(
        opcua=OpcUa(address=NOWHERE),
        modbus=Modbus(address=NEAR, port=free_port()),
        mqtt=Mqtt(host=NEAR, port=free_port(), station="x"),
        webhook=Webhook(url=f"http://{NEAR}:{free_port()}/"),
    )
    asked: list[str] = []
    with opened(outputs, tmp_path, lambda name: asked.append(name) or shelf.source) as found:  # type: ignore[func-returns-value]
        assert list(found) == ["opcua", "modbus", "mqtt", "webhook"]
        assert asked == ["mqtt", "webhook"]
        until(lambda: found["opcua"].fault.startswith(f"OPC UA cannot listen on {NOWHERE}, port 4840: "))
        until(lambda: not found["modbus"].fault)


def test_what_was_opened_is_closed_where_another_cannot_be(tmp_path: Path, shelf: Shelf) -> None:
    outputs = Outputs(
        modbus=Modbus(address=NEAR, port=free_port()),
        mqtt=Mqtt(host=NEAR, station="x", tls=True, authority=tmp_path / "none.pem"),
    )
    with pytest.raises(InputError, match="cannot be used"), opened(outputs, tmp_path, lambda _: shelf.source):
        pytest.fail("it was opened")


def test_a_library_that_is_not_installed_is_said(tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "inspector.plant.modbus", raising=False)
    monkeypatch.setitem(sys.modules, "pymodbus", None)
    outputs = Outputs(modbus=Modbus(address=NEAR))
    told = r"not installed \(pymodbus\)\. Install 'assembly-inspector\[plc\]'\."
    with pytest.raises(MachineError, match=told), opened(outputs, tmp_path, lambda _: shelf.source):
        pytest.fail("it was opened")


@pytest.mark.parametrize("kind", [OpcUa, Modbus, Mqtt, Webhook, Account], ids=lambda kind: kind.__name__)
def test_each_setting_is_in_the_documentation(kind: type[Outputs]) -> None:
    text = DOCUMENT.read_text()
    assert [name for name in kind.model_fields if f"`{name}`" not in text] == []

"""Which outputs are on, what is unsafe about them, and passwords that nobody gets to see."""

from pathlib import Path

import pytest

from inspector.errors import FileProblems
from inspector.files import as_yaml, parse_document
from inspector.outputs import Outputs
from inspector.settings import Settings, Workspace

PATH = Path("settings.yaml")
ALL = """\
format: 1
outputs:
  opcua: {address: 0.0.0.0, certificate: own.pem, key: key.pem, users: [{name: plc, password: hunter2}]}
  modbus: {address: 0.0.0.0, port: 1502}
  mqtt: {host: broker, station: line-1, user: line, password: hunter2, tls: true}
  webhook: {url: "https://mes.example/inspections", secret: Bearer hunter2}
"""


def read(text: str) -> Outputs:
    return parse_document(PATH, text, Settings).outputs


def faults(text: str) -> str:
    with pytest.raises(FileProblems) as found:
        read(f"format: 1\noutputs:\n  {text}\n")
    return str(found.value)


def test_nothing_is_on_unless_it_is_named(workspace: Workspace) -> None:
    assert workspace.settings().outputs == Outputs(opcua=None, modbus=None, mqtt=None, webhook=None)


def test_all_may_be_on_at_once() -> None:
    outputs = read(ALL)
    assert outputs.opcua is not None
    assert outputs.opcua.users[0].password.get_secret_value() == "hunter2"
    assert outputs.modbus is not None
    assert outputs.modbus.port == 1502
    assert outputs.mqtt is not None
    assert outputs.webhook is not None


def test_passwords_are_written_to_their_file_and_shown_nowhere_else() -> None:
    settings = parse_document(PATH, ALL, Settings)
    assert "hunter2" not in f"{settings} {settings!r} {settings.outputs.mqtt}"
    assert parse_document(PATH, as_yaml(settings), Settings) == settings


@pytest.mark.parametrize(
    "text",
    [
        "mqtt: {host: broker, station: x, user: u, password: 19473}",
        "mqtt: {host: broker, station: x, user: u, password: [hunter2]}",
        "mqtt: {host: broker, station: x, user: u, password: {hunter2: hunter2}}",
        "mqtt: {host: broker, station: x, password: hunter2}",
        "mqtt: {host: broker, station: x, user: u, password: hunter2, no_such: hunter2}",
        "mqtt: hunter2",
        "mqtt: [{password: hunter2}]",
        "hunter2",
        "[hunter2]",
        "opcua: {address: here, users: [hunter2]}",
        "opcua: {address: here, users: [{name: plc, password: hunter2}]}",
        "opcua: {address: here, users: hunter2}",
        "opcua: {address: here, users: {plc: hunter2}}",
        "webhook: {url: 'https://user:hunter2@mes.example'}",
        "webhook: {url: 'http://mes.example', secret: hunter2}",
        'webhook: {url: "https://mes.example", secret: "hunter2\\nX: y"}',
    ],
)
def test_a_fault_shows_no_password(text: str) -> None:
    told = faults(text)
    assert "hunter2" not in told
    assert "19473" not in told
    assert "settings.yaml:" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("modbus: {}", "'outputs.modbus.address' is missing"),
        ("modbus: {address: here, port: 0}", "outputs.modbus.port"),
        ("modbus: {address: here, port: 70000}", "outputs.modbus.port"),
        ("modbus: {adress: here}", "Did you mean 'address'?"),
        ("modbus: {address: here, key: k.pem}", "a certificate needs its key, and a key its certificate"),
        ("modbus: {address: here, authority: a.pem}", "clients are asked for nothing"),
        ("opcua: {address: here, certificate: c.pem}", "a certificate needs its key, and a key its certificate"),
        ("opcua: {address: here, users: [{name: plc, password: x}]}", "passwords would cross the network"),
        ("opcua: {address: here, trusted: folder}", "clients show no certificate"),
        ("mqtt: {host: broker}", "'outputs.mqtt.station' is missing"),
        ("mqtt: {host: broker, station: a/b}", "outputs.mqtt.station"),
        ("mqtt: {host: broker, station: '#'}", "outputs.mqtt.station"),
        ("mqtt: {host: broker, station: x, authority: a.pem}", "certificates need 'tls: true'"),
        ("webhook: {url: 'ftp://mes.example'}", "this should be the address of a web server"),
        ("webhook: {url: 'https://'}", "this should be the address of a web server"),
        ("webhook: {url: 'http://mes.example', secret: x}", "use https"),
        ("webhook: {url: 'https://mes.example', secret: x, header: 'a b'}", "outputs.webhook.header"),
    ],
)
def test_what_is_wrong_is_said(text: str, told: str) -> None:
    assert told in faults(text)


def test_a_secret_may_go_in_the_clear_on_this_machine() -> None:
    assert read('format: 1\noutputs:\n  webhook: {url: "http://127.0.0.1:8080/", secret: x}\n').webhook is not None

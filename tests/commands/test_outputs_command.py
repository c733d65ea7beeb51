"""`inspector outputs`: which there are, and each signal in turn."""

from io import StringIO

import pytest

from inspector.settings import Workspace
from tests.conftest import Inspector
from tests.plant.peers import Web
from tests.ports import NEAR, free_port


def settings(workspace: Workspace, *lines: str) -> None:
    text = "\n  ".join(("outputs:", *lines))
    (workspace.folder / "settings.yaml").write_text(f"format: 1\n{text}\n")


def test_no_output_is_on(inspector: Inspector, workspace: Workspace) -> None:
    assert "No output is switched on" in inspector("outputs", "list").out
    said = inspector("outputs", "test", "--yes")
    assert said.code == 2
    assert "No output is switched on" in said.err


def test_outputs_are_listed_without_their_passwords(inspector: Inspector, workspace: Workspace) -> None:
    settings(
        workspace,
        "modbus: {address: 127.0.0.1}",
        "mqtt: {host: broker, station: line-1, user: u, password: hunter2}",
        "webhook: {url: 'https://mes.example/', secret: hunter2}",
    )
    said = inspector("outputs", "list", "--json")
    assert said.lines == [
        {"output": "modbus", "where": "127.0.0.1:502"},
        {"output": "mqtt", "where": "broker, station line-1"},
        {"output": "webhook", "where": "https://mes.example/"},
    ]
    assert "hunter2" not in said.out + said.err + inspector("outputs", "list").out


def test_each_signal_is_set_and_told(inspector: Inspector, workspace: Workspace) -> None:
    web = Web()
    web.start()
    settings(
        workspace,
        f"modbus: {{address: {NEAR}, port: {free_port()}}}",
        f"webhook: {{url: 'http://{NEAR}:{web.port}/'}}",
    )
    said = inspector("outputs", "test", "--yes", "--seconds", "0.2", "--json")
    web.stop()
    assert said.code == 0
    steps = [line["says"] for line in said.lines if "signal" in line]
    assert any("Pass is set" in step for step in steps)
    assert [line for line in said.lines if "fault" in line] == [
        {"output": "modbus", "fault": ""},
        {"output": "webhook", "fault": ""},
    ]
    assert web.taken == ["test-0"]


def test_an_output_that_reaches_nobody_is_told(
    inspector: Inspector, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(workspace, f"modbus: {{address: 192.0.2.1, port: {free_port()}}}")
    monkeypatch.setattr("inspector.commands.outputs.LISTENING_S", 0.5)
    said = inspector("outputs", "test", "--yes", "--seconds", "0.2")
    assert said.code == 3
    assert "this machine has no such address" in said.out


def test_nothing_is_set_unless_the_line_is_stopped(
    inspector: Inspector, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(workspace, f"modbus: {{address: {NEAR}, port: {free_port()}}}")
    monkeypatch.setattr("sys.stdin", StringIO("no\n"))
    said = inspector("outputs", "test")
    assert said.code == 130
    assert "Pass is set" not in said.out

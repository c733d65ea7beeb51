"""`inspector outputs`: the ways to the plant."""

import queue
import time
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from inspector.commands.console import JsonOption, Voice, WorkspaceOption, workspace_of
from inspector.errors import InputError
from inspector.outputs import Outputs
from inspector.plant.opening import opened
from inspector.plant.output import Output
from inspector.plant.sending import Source
from inspector.plant.signals import Request, Signals
from inspector.plant.trial import inspection, steps, unguarded

FEED_S = 0.2
LISTENING_S = 10.0
"""The most that is waited for outputs before the first signal; an OPC UA server takes a second or two to begin."""

app = typer.Typer(no_args_is_help=True, help="The ways to the plant: OPC UA, Modbus, MQTT, webhook.")


@app.command("list")
def list_(workspace: WorkspaceOption = None, json: JsonOption = False) -> None:
    """Which outputs the settings switch on, and where they lead."""
    voice = Voice(json)
    outputs = workspace_of(workspace).settings().outputs
    for name, where in (rows := _rows(outputs)):
        voice.tell({"output": name, "where": where})
    voice.table("Outputs", ["output", "where"], rows)
    if not rows:
        voice.say("No output is switched on: see 'outputs' in docs/plant.md.")


@app.command("test")
def try_out(
    seconds: Annotated[float, typer.Option(min=0.2, max=600, help="How long each signal is shown.")] = 3.0,
    yes: Annotated[bool, typer.Option("--yes", help="The line is stopped: do not ask.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Set each signal in turn, and say what to look for. A PLC may act on it: stop the line first."""
    place = workspace_of(workspace)
    outputs = place.settings().outputs
    if not _rows(outputs):
        raise InputError("No output is switched on: see 'outputs' in docs/plant.md.")
    voice = Voice(json)
    if not yes:
        typer.confirm("The plant may act on what it is shown. Is the line stopped?", abort=True, err=True)
    with opened(unguarded(outputs), place.folder, _one_inspection) as found:
        _wait_until_they_listen(found)
        for step in steps():
            voice.tell({"signal": step.signal, "says": step.says}, step.says)
            _show(found, step.signals, seconds, voice)
        faults = {name: output.fault for name, output in found.items()}
    for name, fault in faults.items():
        voice.tell({"output": name, "fault": fault}, f"{name}: {fault or 'no fault.'}")
    if any(faults.values()):
        raise typer.Exit(3)


def _rows(outputs: Outputs) -> Sequence[tuple[str, str]]:
    ways = {
        "opcua": outputs.opcua and f"opc.tcp://{outputs.opcua.address}:{outputs.opcua.port}",
        "modbus": outputs.modbus and f"{outputs.modbus.address}:{outputs.modbus.port}",
        "mqtt": outputs.mqtt and f"{outputs.mqtt.host}, station {outputs.mqtt.station}",
        "webhook": outputs.webhook and outputs.webhook.url,
    }
    return [(name, where) for name, where in ways.items() if where]


def _wait_until_they_listen(outputs: Mapping[str, Output]) -> None:
    deadline = time.monotonic() + LISTENING_S
    while any(output.fault for output in outputs.values()) and time.monotonic() < deadline:
        time.sleep(FEED_S)


def _show(outputs: Mapping[str, Output], signals: Signals, seconds: float, voice: Voice) -> None:
    """Feed the outputs as the supervisor would, and tell what the plant asks for."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for name, output in outputs.items():
            output.show(signals)
            _tell_requests(name, output.requests, voice)
        time.sleep(min(FEED_S, max(0.0, deadline - time.monotonic())))


def _tell_requests(name: str, requests: queue.Queue[Request], voice: Voice) -> None:
    while not requests.empty():
        request = requests.get()
        voice.tell({"output": name, "asks": str(request)}, f"The plant asks over {name}: {request}")


def _one_inspection(_: str) -> Source:
    """A source that holds one, once."""
    left = [(0, inspection())]
    return Source(lambda _limit: list(left), lambda _position: left.clear())

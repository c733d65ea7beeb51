"""What every way to the plant promises, whatever the protocol, each against a real peer."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pymodbus.client import ModbusTcpClient

from inspector import outputs
from inspector.inspection.verdict import Verdict
from inspector.plant.modbus import Modbus
from inspector.plant.mqtt import Mqtt
from inspector.plant.opcua import OpcUa
from inspector.plant.output import Output
from inspector.plant.sending import Source
from inspector.plant.signals import SAFE, Phase, Signals
from inspector.plant.webhook import Webhook
from inspector.plant.wiring import INSPECTION, SERIAL, as_text
from tests.plant.opcua_client import Plc
from tests.plant.peers import BUSY, PATIENCE_S, READY, Broker, Hands, Listener, Shelf, Web, result, until
from tests.ports import NEAR, free_port


class Seen(NamedTuple):
    """What a peer sees of the signals."""

    ready: bool
    busy: bool
    result_valid: bool
    passed: bool
    code: int
    fault: bool
    heartbeat: int
    serial: str
    inspection: str

    @classmethod
    def of(cls, signals: Signals) -> "Seen":
        return cls(*(getattr(signals, name) for name in cls._fields))


class Rig(NamedTuple):
    """An output and its peer. seen: what the peer sees now, None where it is not told levels."""

    output: Output
    clock: Hands
    seen: Callable[[], Seen | None]
    shelf: Shelf


def modbus(folder: Path, clock: Hands) -> Iterator[Rig]:
    output = Modbus(outputs.Modbus(address=NEAR, port=free_port(), handshake=False), folder, clock)
    until(lambda: not output.fault)
    client = ModbusTcpClient(NEAR, port=output.port)
    assert client.connect()

    def seen() -> Seen:
        words = list(client.read_input_registers(0, count=120).registers)
        texts = (as_text(words[first : first + length]) for first, length in (SERIAL, INSPECTION))
        ready, busy, valid, passed, fault = (bool(words[0] >> bit & 1) for bit in range(5))
        return Seen(ready, busy, valid, passed, words[1], fault, words[2], *texts)

    yield Rig(output, clock, seen, Shelf())
    client.close()
    output.close()


def opcua(folder: Path, clock: Hands) -> Iterator[Rig]:
    output = OpcUa(outputs.OpcUa(address=NEAR, port=free_port(), handshake=False), folder, clock)
    until(lambda: not output.fault)
    plc = Plc(output.port)
    names = ("Ready", "Busy", "ResultValid", "Pass", "ResultCode", "Fault", "Heartbeat")
    paths = [*(f"Signals.{name}" for name in names), "Result.SerialNumber", "Result.Inspection"]
    nodes = [plc.node(path) for path in paths]
    yield Rig(output, clock, lambda: Seen(*plc.client.read_values(nodes)), Shelf())
    plc.close()
    output.close()


def mqtt(folder: Path, clock: Hands) -> Iterator[Rig]:
    broker, shelf = Broker(folder), Shelf()
    broker.start()
    listener = Listener(broker.port)
    output = Mqtt(outputs.Mqtt(host=NEAR, port=broker.port, station="x"), folder, shelf.source, clock)
    until(lambda: not output.fault)

    def seen() -> Seen:
        told = listener.newest("/signals") or {name: getattr(SAFE, name) for name in Seen._fields}
        return Seen(*(told[name] for name in Seen._fields))

    yield Rig(output, clock, seen, shelf)
    output.close()
    listener.close()
    broker.kill()


def webhook(folder: Path, clock: Hands) -> Iterator[Rig]:
    web, shelf = Web(), Shelf()
    web.start()
    output = Webhook(outputs.Webhook(url=f"http://{NEAR}:{web.port}/"), folder, shelf.source)
    yield Rig(output, clock, lambda: None, shelf)
    output.close()
    web.stop()


WAYS = {"modbus": modbus, "opcua": opcua, "mqtt": mqtt, "webhook": webhook}
LEVELS = ("modbus", "opcua", "mqtt")


@pytest.fixture(scope="module")
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """Opened once for all, as an address space takes a second to make."""
    yield from WAYS[request.param](tmp_path_factory.mktemp(request.param), Hands())


@pytest.fixture
def rig(opened: Rig) -> Rig:
    """One that was not fed for long."""
    opened.clock.now += 60
    return opened


every = pytest.mark.parametrize("opened", WAYS, indirect=True)
of_levels = pytest.mark.parametrize("opened", LEVELS, indirect=True)


def shows(rig: Rig, signals: Signals) -> None:
    until(lambda: rig.seen() == Seen.of(signals))


@of_levels
def test_it_shows_safe_before_anybody_feeds_it(rig: Rig) -> None:
    until(lambda: (seen := rig.seen()) is not None and seen == Seen.of(replace(SAFE, heartbeat=seen.heartbeat)))


@of_levels
@pytest.mark.parametrize(
    "signals",
    [
        READY,
        BUSY,
        replace(READY, heartbeat=65535),
        replace(READY, phase=Phase.PROVING, ready=False),
        result(Verdict.OK, serial="SN-7"),
        result(Verdict.NOT_OK, number=2),
        result(Verdict.NOT_DECIDABLE, number=3),
        replace(SAFE, message="The camera is gone."),
    ],
    ids=lambda signals: f"{signals.phase}-{signals.code}-{signals.heartbeat}",
)
def test_it_shows_what_it_is_told(rig: Rig, signals: Signals) -> None:
    rig.output.show(signals)
    shows(rig, signals)


@of_levels
def test_a_pass_that_nobody_says_any_more_is_taken_back(rig: Rig) -> None:
    rig.output.show(replace(result(), heartbeat=9))
    shows(rig, replace(result(), heartbeat=9))
    rig.clock.now += 1.01
    shows(rig, replace(SAFE, heartbeat=9))


@of_levels
def test_a_fault_takes_a_pass_back(rig: Rig) -> None:
    rig.output.show(result())
    shows(rig, result())
    rig.output.show(SAFE)
    shows(rig, SAFE)


@of_levels
def test_it_comes_back_after_silence(rig: Rig) -> None:
    for signals in (READY, result(number=7)):
        rig.output.show(signals)
        shows(rig, signals)
        rig.clock.now += 60
        shows(rig, SAFE)


@of_levels
def test_it_is_fed_from_any_thread_and_shows_the_last(rig: Rig) -> None:
    def feed() -> None:
        for beat in range(50):
            rig.output.show(replace(READY, heartbeat=beat))
            rig.output.tell({"id": "x"})

    threads = [threading.Thread(target=feed) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rig.output.show(result())
    shows(rig, result())


@every
def test_nobody_asks_for_anything_who_was_not_asked(rig: Rig) -> None:
    rig.output.show(READY)
    rig.output.tell({"id": "x"})
    assert rig.output.requests.empty()


@every
def test_all_is_well(rig: Rig) -> None:
    until(lambda: rig.output.fault == "")


@pytest.mark.parametrize("opened", ["mqtt", "webhook"], indirect=True)
def test_inspections_are_sent_from_the_source(rig: Rig) -> None:
    before = rig.shelf.position
    rig.shelf.add("a", "b")
    rig.output.tell(rig.shelf.kept[-1][1])
    until(lambda: rig.shelf.position == before + 2)


def test_a_source_that_hangs_holds_no_signal_up(tmp_path: Path) -> None:
    hangs, goes_on = threading.Event(), threading.Event()

    def after(_limit: int) -> list[Any]:
        hangs.set()
        goes_on.wait()
        return []

    broker = Broker(tmp_path)
    broker.start()
    listener = Listener(broker.port)
    source = Source(after, lambda _: None)
    output = Mqtt(outputs.Mqtt(host=NEAR, port=broker.port, station="x"), tmp_path, source, Hands())
    assert hangs.wait(PATIENCE_S)
    output.tell({"id": "a"})
    output.show(READY)
    until(lambda: bool((listener.newest("/signals") or {}).get("ready")))
    goes_on.set()
    for one in (output, listener):
        one.close()
    broker.kill()


@pytest.mark.parametrize("name", WAYS)
def test_nobody_is_there_and_it_ends_all_the_same(name: str, tmp_path: Path) -> None:
    """No peer, nor an address that it could listen on; whoever feeds it does not notice."""
    port, shelf = free_port(), Shelf()
    shelf.add("a")
    output: Output
    match name:
        case "modbus":
            output = Modbus(outputs.Modbus(address="192.0.2.1", port=port), tmp_path)
        case "opcua":
            output = OpcUa(outputs.OpcUa(address="192.0.2.1", port=port), tmp_path)
        case "mqtt":
            output = Mqtt(outputs.Mqtt(host=NEAR, port=port, station="x"), tmp_path, shelf.source)
        case _:
            output = Webhook(outputs.Webhook(url=f"http://{NEAR}:{port}/"), tmp_path, shelf.source)
    for _ in range(100):
        output.show(READY)
        output.tell({"id": "a"})
    until(lambda: output.fault.endswith("."))
    assert shelf.position == 0
    output.close()
    output.close()


@pytest.mark.parametrize("name", ["modbus", "opcua"])
def test_a_port_that_is_taken_is_said_and_waited_for(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector.plant.serving.AGAIN_S", 0.05)
    with socket.create_server((NEAR, 0)) as other:
        port = int(other.getsockname()[1])
        output: Modbus | OpcUa
        if name == "modbus":
            output = Modbus(outputs.Modbus(address=NEAR, port=port), tmp_path)
        else:
            output = OpcUa(outputs.OpcUa(address=NEAR, port=port), tmp_path)
        said = f"{output.name} cannot listen on {NEAR}, port {port}: another program does."
        until(lambda: output.fault == f"{said} End it, or choose another port in settings.yaml.")
    until(lambda: not output.fault)
    output.close()

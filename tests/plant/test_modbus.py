"""A PLC on the other end of Modbus TCP, as its programmer wires it."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pymodbus.client import ModbusTcpClient, ModbusTlsClient

from inspector.inspection.verdict import Verdict
from inspector.outputs import Modbus as Settings
from inspector.plant.modbus import Modbus
from inspector.plant.signals import Acknowledge, Choose, Prove, Trigger
from inspector.plant.wiring import COMMANDS, SERIAL, STATUS, as_text, as_words
from tests.plant.peers import READY, Hands, Papers, asked, result, until
from tests.ports import NEAR, free_port

READY_BIT, BUSY_BIT, VALID_BIT, PASS_BIT, FAULT_BIT, REFUSED_BIT = range(6)
ILLEGAL_ADDRESS = 2


class Plc:
    """What a PLC does, one request after the other."""

    def __init__(self, port: int) -> None:
        self.client = ModbusTcpClient(NEAR, port=port, timeout=5)
        assert self.client.connect()

    def bits(self) -> list[bool]:
        return list(self.client.read_discrete_inputs(0, count=6).bits[:6])

    def words(self, first: int, count: int) -> list[int]:
        return list(self.client.read_holding_registers(first, count=count).registers)

    def trigger(self, level: bool) -> None:
        assert not self.client.write_coil(0, level).isError()


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def output(tmp_path: Path, clock: Hands) -> Iterator[Modbus]:
    one = Modbus(Settings(address=NEAR, port=free_port()), tmp_path, clock)
    until(lambda: not one.fault)
    yield one
    one.close()


@pytest.fixture
def plc(output: Modbus) -> Iterator[Plc]:
    one = Plc(output.port)
    one.trigger(False)
    yield one
    one.client.close()


def ready(output: Modbus, plc: Plc) -> None:
    output.show(READY)
    until(lambda: plc.bits()[READY_BIT])


def take(output: Modbus) -> Trigger:
    trigger = output.requests.get(timeout=5)
    assert isinstance(trigger, Trigger)
    return trigger


def test_one_inspection_over_coils(output: Modbus, plc: Plc) -> None:
    ready(output, plc)
    plc.trigger(True)
    assert plc.bits() == [False, True, False, False, False, False]  # at once: nothing older can be read
    output.show(result(Verdict.OK, take(output).id))
    until(lambda: plc.bits() == [False, False, True, True, False, False])
    output.show(READY)
    assert plc.bits()[PASS_BIT]  # held until it is acknowledged
    plc.trigger(False)
    assert not plc.bits()[VALID_BIT]
    assert output.requests.get(timeout=5) == Acknowledge()
    ready(output, plc)


def test_one_inspection_over_holding_registers_alone(output: Modbus, plc: Plc) -> None:
    ready(output, plc)
    plc.client.write_registers(COMMANDS, [1, *as_words("SN-7", 32)])
    trigger = take(output)
    assert trigger.serial == "SN-7"
    output.show(result(Verdict.NOT_OK, trigger.id, serial="SN-7"))
    until(lambda: bool(plc.words(0, 1)[0] & 1 << VALID_BIT))
    words = plc.words(0, 100)
    assert not words[0] & 1 << PASS_BIT
    assert words[1] == Verdict.NOT_OK
    assert as_text(words[SERIAL[0] : SERIAL[0] + SERIAL[1]]) == "SN-7"
    plc.client.write_register(COMMANDS, 0)
    assert output.requests.get(timeout=5) == Acknowledge()


def test_input_registers_say_what_holding_registers_do(output: Modbus, plc: Plc) -> None:
    ready(output, plc)
    assert plc.client.read_input_registers(0, count=120).registers == plc.words(0, 120)


def test_masks_and_reads_with_writes_work_too(output: Modbus, plc: Plc) -> None:
    ready(output, plc)
    plc.client.mask_write_register(address=COMMANDS, and_mask=0xFFFE, or_mask=1)
    take(output)
    answer = plc.client.readwrite_registers(read_address=0, read_count=1, write_address=COMMANDS, values=[0])
    assert not answer.registers[0] & 1 << BUSY_BIT
    assert output.requests.get(timeout=5) == Acknowledge()


@pytest.mark.parametrize("unit", [0, 1, 17, 255])
def test_any_unit_id_will_do(output: Modbus, plc: Plc, unit: int) -> None:
    assert not plc.client.read_input_registers(0, count=6, device_id=unit).isError()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda client: client.write_register(0, 0b1000),
        lambda client: client.write_registers(STATUS - 1, [1]),
        lambda client: client.write_registers(COMMANDS - 1, [1, 1]),
        lambda client: client.write_registers(COMMANDS + 60, [1] * 20),
        lambda client: client.write_coil(100, True),
        lambda client: client.read_holding_registers(STATUS, count=1),
        lambda client: client.read_input_registers(60000, count=1),
        lambda client: client.read_discrete_inputs(30, count=10),
    ],
)
def test_what_is_not_there_cannot_be_read_or_written(
    output: Modbus, plc: Plc, wrong: Callable[[ModbusTcpClient], Any]
) -> None:
    ready(output, plc)
    assert wrong(plc.client).exception_code == ILLEGAL_ADDRESS
    assert plc.bits() == [True, False, False, False, False, False]
    assert asked(output.requests) == []


def test_garbage_in_all_that_can_be_written_is_survived(output: Modbus, plc: Plc) -> None:
    ready(output, plc)
    plc.client.write_registers(COMMANDS, [0xFFFF] * 73)
    plc.client.write_coils(0, [True] * 16)
    assert asked(output.requests)[:2] == [Choose("?" * 80), Prove()]
    plc.client.write_registers(COMMANDS, [0] * 73)
    assert asked(output.requests) == [Acknowledge()]
    ready(output, plc)


def test_bytes_that_are_no_modbus_harm_nobody_else(output: Modbus, plc: Plc) -> None:
    import socket

    ready(output, plc)
    with socket.create_connection((NEAR, output.port)) as stranger:
        stranger.sendall(bytes(range(256)) * 20)
    assert plc.bits()[READY_BIT]
    assert not output.fault


def test_a_flood_of_triggers_starts_one_inspection(output: Modbus, plc: Plc) -> None:
    ready(output, plc)
    for level in (True, False) * 50:
        plc.trigger(level)
    requests = asked(output.requests)
    assert [type(request) for request in requests] == [Trigger, Acknowledge]
    assert not plc.bits()[VALID_BIT]


def test_a_plc_that_went_finds_the_result_that_it_asked_for(output: Modbus, plc: Plc) -> None:
    ready(output, plc)
    plc.trigger(True)
    plc.client.close()
    output.show(result(Verdict.OK, take(output).id))
    again = Plc(output.port)
    until(lambda: again.bits()[PASS_BIT])
    again.trigger(False)
    assert again.bits()[VALID_BIT] is False
    again.client.close()


def test_silence_is_read_at_once(output: Modbus, plc: Plc, clock: Hands) -> None:
    ready(output, plc)
    plc.trigger(True)
    output.show(replace(result(Verdict.OK, take(output).id), heartbeat=7))
    until(lambda: plc.bits()[PASS_BIT])
    clock.now += 1.01
    assert plc.bits() == [False, False, False, False, True, True]
    assert plc.words(2, 1) == [7]


@pytest.mark.parametrize(("seconds", "taken"), [(0.1, True), (0.6, False)])
def test_what_was_asked_while_the_machine_was_held_up_is_refused(
    output: Modbus, plc: Plc, seconds: float, taken: bool
) -> None:
    ready(output, plc)
    held_up = threading.Event()

    def hold_up() -> None:
        held_up.set()
        time.sleep(seconds)

    loop = output.loop
    assert loop is not None
    loop.call_soon_threadsafe(hold_up)
    assert held_up.wait(5)
    plc.trigger(True)
    assert plc.bits()[REFUSED_BIT] is not taken
    assert len(asked(output.requests)) == taken
    plc.trigger(False)

    def fed() -> bool:
        output.show(READY)
        return plc.bits()[READY_BIT]

    until(fed)


def test_it_speaks_tls_with_clients_that_show_a_certificate(
    tmp_path: Path, own_papers: Papers, other_papers: Papers
) -> None:
    settings = Settings(
        address=NEAR,
        port=free_port(),
        certificate=own_papers.certificate,
        key=own_papers.key,
        authority=other_papers.certificate,
    )
    output = Modbus(settings, tmp_path)
    until(lambda: not output.fault)
    for known in (True, False):
        context = ssl.create_default_context(cafile=own_papers.certificate)
        context.check_hostname = False  # this client names nobody
        if known:
            context.load_cert_chain(other_papers.certificate, other_papers.key)
        client = ModbusTlsClient(NEAR, port=output.port, sslctx=context, timeout=2, retries=0)
        answers = client.connect() and not _failed(client)
        client.close()
        assert answers is known
    output.close()


def _failed(client: ModbusTlsClient) -> bool:
    try:
        return client.read_input_registers(0, count=1).isError()
    except Exception:
        return True


def test_a_certificate_that_is_not_there_is_said(tmp_path: Path) -> None:
    settings = Settings(address=NEAR, port=free_port(), certificate=tmp_path / "no.pem", key=tmp_path / "no.pem")
    output = Modbus(settings, tmp_path)
    until(lambda: "certificates that the outputs of settings.yaml name cannot be used" in output.fault)
    output.close()

"""The PLC of a tormented station: it looks at the registers all the time, goes away, hangs and talks rubbish."""

import logging
import random
import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any

from pymodbus import ModbusException
from pymodbus.client import ModbusTcpClient

from inspector.plant.wiring import COMMANDS, GIVEN_SERIAL, INSPECTION, SERIAL, TRIGGER, as_text, as_words
from tests.faults.line import Line
from tests.ports import NEAR

EVERY_S = 0.05
ANSWERS_S = 1.0
"""An answer that takes longer is none: the PLC drops the line and dials again."""
DIALS_S = 0.2
LOOKED_AT = sum(INSPECTION)
"""Registers from 0 on, up to the inspection's id."""
READY, BUSY, VALID, PASS, FAULT, REFUSED = 1, 2, 4, 8, 16, 32
"""Bits of the first of them."""
IN_TIME_S = 0.15
"""After a workpiece came to rest: whoever asks later has no answer before it leaves."""
BABBLED = 20
UNREAD = 200
READS = (1, 2, 3, 4)
NO_WRITES = (*READS, 7, 8, 11, 17, 43, 99, 128, 255)
"""Function codes that change nothing: rubbish that happens to be a trigger would be no rubbish."""

# It tells of each answer that does not come; that is what is done to it here.
logging.getLogger("pymodbus").setLevel(logging.CRITICAL)


class Plc:
    """A client of the station's Modbus server, on a thread of its own.

    seen: a line for each answer, `t` in monotonic seconds when it came, and what stood in the registers; `wanted`: the
    serial number whose result is waited for. asked: when it asked about each workpiece, as often as it did.

    line: where it asks about each workpiece once it lies there, gives its serial number, reads the result, and lets it
    go in any case. None where it only looks.
    """

    def __init__(self, port: int, line: Line | None = None) -> None:
        self.seen: list[dict[str, Any]] = []
        self.asked: dict[int, list[float]] = {}
        self._workpieces = line
        self._wanted = ""
        self._port = port
        self._there = threading.Event()
        self._closing = threading.Event()
        self._there.set()
        self._thread = threading.Thread(target=self._run, name="plc", daemon=True)
        self._thread.start()

    def leave(self) -> None:
        """It drops the line without a word."""
        self._there.clear()

    def come_back(self) -> None:
        self._there.set()

    def hang(self) -> Callable[[], None]:
        """It asks and reads no answer, and stops in the middle of a question; what is given drops that line."""
        self.leave()
        line = self._line()
        ask = struct.pack(">HHHBBHH", 1, 0, 6, 1, 4, 0, LOOKED_AT)
        with suppress(OSError):
            line.sendall(UNREAD * ask + ask[:5])
        return line.close

    def babble(self, draw: random.Random) -> Callable[[], None]:
        """Beside what it asks on its own line, what is no question comes on many others; what is given drops these."""
        with ExitStack() as lines:
            for _ in range(BABBLED):
                line = lines.enter_context(self._line())
                with suppress(OSError):
                    line.sendall(draw.randbytes(draw.randint(1, 2000)) if draw.random() < 0.5 else _framed(draw))
            return lines.pop_all().close

    def close(self) -> None:
        self._closing.set()
        self._thread.join()

    def _line(self) -> socket.socket:
        """One more, of which little fits in between; it goes nowhere where nobody listens."""
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        line.settimeout(ANSWERS_S)
        with suppress(OSError):
            line.connect((NEAR, self._port))
        return line

    def _run(self) -> None:
        while not self._closing.is_set():
            if self._there.wait(EVERY_S):
                self._look()
                self._closing.wait(DIALS_S)

    def _look(self) -> None:
        """From one connection to its end."""
        lost = suppress(ModbusException, OSError)
        with ModbusTcpClient(NEAR, port=self._port, timeout=ANSWERS_S, retries=0) as client, lost:
            self._wanted = ""
            if client.connected:
                client.write_coil(TRIGGER, False)  # as the interface asks of who connects
            while client.connected and self._there.is_set() and not self._closing.wait(EVERY_S):
                answer = client.read_input_registers(0, count=LOOKED_AT)
                if answer.isError():
                    return
                self.seen.append({**_line_of(answer.registers), "wanted": self._wanted})
                if self._workpieces is not None:
                    self._attend(client, answer.registers[0], self._workpieces)

    def _attend(self, client: ModbusTcpClient, bits: int, line: Line) -> None:
        """Ask about the workpiece that lies there; drop the trigger of one that was answered, refused, or has left."""
        now_s = time.monotonic()
        number = line.number(now_s)
        serial = line.serial(number)
        if self._wanted and (bits & (VALID | REFUSED) or serial != self._wanted):
            client.write_coil(TRIGGER, False)
            self._wanted = ""
        elif not self._wanted and bits & READY and 0 <= now_s - line.lies_from(number) <= IN_TIME_S:
            self._wanted = serial
            client.write_registers(COMMANDS, [1 << TRIGGER, *as_words(serial, GIVEN_SERIAL[1])])
            self.asked.setdefault(number, []).append(time.monotonic())


def _line_of(words: list[int]) -> dict[str, Any]:
    first, length = INSPECTION
    serial, letters = SERIAL
    return {
        "t": time.monotonic(),
        "ready": not words[0] & FAULT and bool(words[0] & (READY | BUSY | VALID)),
        "valid": bool(words[0] & VALID),
        "passed": bool(words[0] & PASS),
        "code": words[1],
        "beat": words[2],
        "id": as_text(words[first : first + length]),
        "serial": as_text(words[serial : serial + letters]),
    }


def _framed(draw: random.Random) -> bytes:
    """A message as long as it says, in which nothing means anything."""
    said = bytes([draw.choice(NO_WRITES)]) + draw.randbytes(draw.randint(0, 250))
    return struct.pack(">HHHB", draw.randrange(65536), 0, len(said) + 1, draw.randrange(256)) + said

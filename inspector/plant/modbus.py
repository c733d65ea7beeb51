"""Modbus TCP: a server whose bits and registers a PLC reads and writes."""

import logging
import time
from pathlib import Path

from pymodbus import FramerType
from pymodbus.constants import ExcCodes
from pymodbus.server import ModbusTcpServer, ModbusTlsServer
from pymodbus.simulator import DataType, SimData, SimDevice

from inspector.outputs import Modbus as Settings
from inspector.plant.encryption import of_a_server
from inspector.plant.entrance import Gate
from inspector.plant.feed import Clock
from inspector.plant.handshake import Handshake
from inspector.plant.serving import Serving
from inspector.plant.wiring import COMMANDS, STATES, STATUS, WRITTEN, Table, Wiring

TABLES = {
    **dict.fromkeys((1, 5, 15), Table.COILS),
    2: Table.DISCRETE,
    **dict.fromkeys((3, 6, 16, 22, 23), Table.HOLDING),
    4: Table.INPUT,
}
"""Which memory a function code means (MODBUS Application Protocol V1.1b3, chapter 6)."""

IDLE_S = 120.0
"""A PLC that asks nothing for so long is none: it has to watch the heartbeat, and asks many times a second."""

# It tells of each PLC that says something wrong, on standard error; the PLC is told by its answer.
logging.getLogger("pymodbus").setLevel(logging.CRITICAL)


class Modbus(Serving):
    """The wiring of docs/plant.md, on whatever unit id the PLC names.

    Each answer is made when it is asked for: what a PLC has written counts before it reads anything, and what nobody
    has said for too long is not read any more, however slow all threads are.

    folder: where files lie that the settings name without their folder.
    """

    def __init__(self, settings: Settings, folder: Path, clock: Clock = time.monotonic) -> None:
        super().__init__(
            "Modbus",
            settings.address,
            settings.port,
            clock,
            lambda library: Gate(library, IDLE_S),
            Handshake("modbus", free=not settings.handshake),
        )
        self._settings = settings
        self._folder = folder
        self._wiring = Wiring(self.handshake)
        self._server: ModbusTcpServer | None = None
        self.start()

    async def open(self) -> None:
        """Listen, with TLS where there is a certificate."""
        device = SimDevice(0, simdata=_memory(), action=self._access)
        where, settings = (self.address, self.port), self._settings
        if settings.certificate is None or settings.key is None:
            self._server = ModbusTcpServer(device, address=where)
        else:
            authority = self._folder / settings.authority if settings.authority else None
            context = of_a_server(self._folder / settings.certificate, self._folder / settings.key, authority)
            self._server = ModbusTlsServer(device, framer=FramerType.SOCKET, address=where, sslctx=context)
        await self._server.serve_forever(background=True)

    async def refresh(self) -> None:
        """A PLC asks when it wants to know."""

    async def shut(self) -> None:
        """Listen no longer, and let go of who is connected."""
        if self._server is not None:
            await self._server.shutdown()  # type: ignore[no-untyped-call]

    async def _access(
        self,
        function: int,
        _start: int,
        address: int,
        _count: int,
        words: list[int],
        values: list[int] | list[bool] | None,
    ) -> ExcCodes | None:
        """The library's hook before each access to a table's memory: take what is written, and bring it up to date."""
        self.check_silence()
        table = TABLES[function]
        if values is not None:
            self.ask(self._wiring.write(table, address, values))
        now = self._wiring.read(table)
        words[: len(now)] = now
        return None


def _memory() -> tuple[list[SimData], list[SimData], list[SimData], list[SimData]]:
    """What there is, so that the library refuses all else: coils, discrete inputs, holding and input registers."""
    bits = [False] * STATES
    read_only = SimData(0, count=STATUS, datatype=DataType.REGISTERS, readonly=True)
    written = SimData(COMMANDS, count=WRITTEN, datatype=DataType.REGISTERS)
    return (
        [SimData(0, values=bits, datatype=DataType.BITS)],
        [SimData(0, values=bits, datatype=DataType.BITS)],
        [read_only, written],
        [SimData(0, count=STATUS, datatype=DataType.REGISTERS)],
    )

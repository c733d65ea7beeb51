"""Which signal stands where in the memory that a PLC reads and writes over Modbus: the map of docs/plant.md. Pure."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from inspector.plant.handshake import Handshake, readable
from inspector.plant.signals import Choose, Phase, Prove, Request

MAP = 1
"""Grows when an address gets another meaning."""
STATES = 16
STATUS = 168
"""Registers that the PLC reads, from 0 on."""
COMMANDS = 200
WRITTEN = 73
"""Registers that the PLC writes, from COMMANDS on."""
SERIAL, RECIPE, INSPECTION, MESSAGE = (16, 32), (48, 40), (88, 20), (108, 60)
"""First register and how many, of texts that are read."""
GIVEN_SERIAL, WANTED_RECIPE = (1, 32), (33, 40)
"""The same of texts that are written, from COMMANDS on."""
TRIGGER, PROVE, CHOOSE = 0, 1, 2


class Table(StrEnum):
    """The four memories of Modbus."""

    COILS = "coils"
    DISCRETE = "discrete inputs"
    HOLDING = "holding registers"
    INPUT = "input registers"


class Wiring:
    """The handshake, as bits and registers.

    Coils and the first register of the commands are the same bits; input registers and the first holding registers are
    the same words: each PLC has the one or the other at hand.
    """

    def __init__(self, handshake: Handshake) -> None:
        self.handshake = handshake
        self._written = [0] * WRITTEN
        self._before: list[bool | None] = [None] * STATES

    def read(self, table: Table) -> list[int]:
        """All words of a table; of coils and discrete inputs 16 bits in one word, the first bit the least."""
        match table:
            case Table.COILS:
                return [self._written[0]]
            case Table.DISCRETE:
                return [self._states()]
            case Table.INPUT:
                return self._status()
            case Table.HOLDING:
                return self._status() + [0] * (COMMANDS - STATUS) + self._written

    def write(self, table: Table, address: int, values: Sequence[int]) -> list[Request]:
        """The PLC has written coils or holding registers; what it asks for by that.

        All values are there before any edge counts, so that a serial number may come with its trigger in one message.
        """
        if table is Table.COILS:
            for bit, value in enumerate(values, start=address):
                self._written[0] = self._written[0] & ~(1 << bit) | bool(value) << bit
        else:
            start = address - COMMANDS
            self._written[start : start + len(values)] = values
        return list(self._edges())

    def _edges(self) -> Iterator[Request]:
        """The recipe first, for the trigger may be meant for it."""
        if self._rose(CHOOSE) and (recipe := self._text(WANTED_RECIPE)):
            yield Choose(recipe)
        if self._rose(PROVE):
            yield Prove()
        if asked := self.handshake.level(bool(self._written[0] >> TRIGGER & 1), self._text(GIVEN_SERIAL)):
            yield asked

    def _rose(self, bit: int) -> bool:
        """As of Trigger, the first edge counts only after the bit was seen low."""
        before, self._before[bit] = self._before[bit], bool(self._written[0] >> bit & 1)
        return before is False and bool(self._before[bit])

    def _text(self, place: tuple[int, int]) -> str:
        first, length = place
        return as_text(self._written[first : first + length])

    def _states(self) -> int:
        shown = self.handshake.shown()
        bits = (shown.ready, shown.busy, shown.result_valid, shown.passed, shown.fault, self.handshake.refused)
        return sum(bit << place for place, bit in enumerate(bits))

    def _status(self) -> list[int]:
        shown = self.handshake.shown()
        words = [0] * STATUS
        phase = list(Phase).index(shown.phase)
        words[:6] = self._states(), shown.code, shown.heartbeat, self.handshake.results, phase, MAP
        said = shown.message or "; ".join(shown.reasons)
        for (first, length), text in (
            (SERIAL, shown.serial),
            (RECIPE, shown.recipe),
            (INSPECTION, shown.inspection),
            (MESSAGE, said),
        ):
            words[first : first + length] = as_words(text, length)
        return words


def as_words(text: str, length: int) -> list[int]:
    """Text in UTF-8, two bytes a register, the first one high, filled up with zeros; cut where a letter ends."""
    whole = text.encode()[: 2 * length].decode(errors="ignore").encode()
    return [int.from_bytes(whole[i : i + 2].ljust(2, b"\0"), "big") for i in range(0, 2 * length, 2)]


def as_text(words: Sequence[int]) -> str:
    """What as_words wrote, up to the first zero byte; what is no text, a PLC may leave anything there, becomes `?`."""
    raw = b"".join(word.to_bytes(2, "big") for word in words)
    return readable(raw.split(b"\0")[0].decode(errors="replace").replace("\ufffd", "?"))

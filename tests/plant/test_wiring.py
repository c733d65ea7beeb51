"""Bits and registers, as docs/plant.md shows them."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.inspection.verdict import Verdict
from inspector.plant.handshake import Handshake
from inspector.plant.signals import Acknowledge, Choose, Phase, Prove, Trigger
from inspector.plant.wiring import (
    COMMANDS,
    GIVEN_SERIAL,
    INSPECTION,
    MAP,
    MESSAGE,
    RECIPE,
    SERIAL,
    STATES,
    STATUS,
    WANTED_RECIPE,
    WRITTEN,
    Table,
    Wiring,
    as_text,
    as_words,
)
from tests.plant.peers import READY, result

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "plant.md"


def wired(free: bool = False) -> Wiring:
    """A station that is ready, and a PLC that asks for nothing."""
    wiring = Wiring(Handshake("test", free))
    assert wiring.write(Table.COILS, 0, [False] * 3) == []
    wiring.handshake.hear(READY)
    return wiring


def text_at(wiring: Wiring, place: tuple[int, int]) -> str:
    first, length = place
    return as_text(wiring.read(Table.INPUT)[first : first + length])


def test_the_status_word_is_the_discrete_inputs() -> None:
    wiring = wired(free=True)
    for signals, bits in (
        (READY, 0b000001),
        (replace(READY, ready=False, busy=True), 0b000010),
        (result(), 0b001100),
        (result(Verdict.NOT_OK), 0b000100),
        (replace(READY, ready=False, fault=True, message="x"), 0b010000),
    ):
        wiring.handshake.hear(signals)
        assert wiring.read(Table.DISCRETE) == [bits]
        assert wiring.read(Table.INPUT)[0] == wiring.read(Table.HOLDING)[0] == bits


def test_numbers_and_texts_of_a_result() -> None:
    wiring = wired(free=True)
    wiring.handshake.hear(replace(result(Verdict.NOT_OK, serial="SN-7", number=9), heartbeat=65535))
    words = wiring.read(Table.INPUT)
    assert words[:6] == [0b000100, 2, 65535, 1, list(Phase).index(Phase.RUNNING), MAP]
    assert text_at(wiring, SERIAL) == "SN-7"
    assert text_at(wiring, RECIPE) == "box"
    assert text_at(wiring, INSPECTION) == "i-9"
    assert text_at(wiring, MESSAGE) == "screw: none of 1"


def test_a_serial_number_may_come_with_its_trigger() -> None:
    wiring = wired()
    (trigger,) = wiring.write(Table.HOLDING, COMMANDS, [1, *as_words("SN-7", GIVEN_SERIAL[1])])
    assert isinstance(trigger, Trigger)
    assert trigger.serial == "SN-7"
    assert wiring.write(Table.HOLDING, COMMANDS, [0]) == [Acknowledge()]


def test_coils_and_the_command_word_are_the_same_bits() -> None:
    wiring = wired()
    wiring.write(Table.COILS, 0, [True])
    assert wiring.read(Table.HOLDING)[COMMANDS] == 1
    assert wiring.write(Table.HOLDING, COMMANDS, [0]) == [Acknowledge()]
    assert wiring.read(Table.COILS) == [0]


def test_a_recipe_is_chosen_before_the_trigger_that_comes_with_it() -> None:
    wiring = wired()
    wiring.write(Table.HOLDING, COMMANDS + WANTED_RECIPE[0], as_words("box2", WANTED_RECIPE[1]))
    choose, prove, trigger = wiring.write(Table.HOLDING, COMMANDS, [0b111])
    assert (choose, prove) == (Choose("box2"), Prove())
    assert isinstance(trigger, Trigger)
    assert wiring.write(Table.HOLDING, COMMANDS, [0b111]) == []


def test_choosing_no_recipe_asks_for_nothing() -> None:
    assert wired().write(Table.COILS, 2, [True]) == []


def test_bits_that_were_set_before_the_program_ask_for_nothing() -> None:
    wiring = Wiring(Handshake("test"))
    wiring.handshake.hear(READY)
    assert wiring.write(Table.HOLDING, COMMANDS, [0b111]) == []
    assert wiring.read(Table.DISCRETE) == [0b100000]  # refused


def test_tables_are_as_long_as_the_library_is_told() -> None:
    wiring = wired()
    assert len(wiring.read(Table.INPUT)) == STATUS
    assert len(wiring.read(Table.HOLDING)) == COMMANDS + WRITTEN


@given(st.text(max_size=40), st.integers(1, 60))
def test_text_survives_in_registers_as_far_as_they_go(text: str, length: int) -> None:
    clean = "".join(letter for letter in text if letter.isprintable() and letter != "\ufffd").strip()
    words = as_words(clean, length)
    assert len(words) == length
    back = as_text(words)
    assert clean.startswith(back)
    assert len(clean.encode()) > 2 * length or back == clean


@given(
    st.lists(
        st.one_of(
            st.tuples(
                st.just(Table.HOLDING), st.integers(0, WRITTEN - 1), st.lists(st.integers(0, 65535), max_size=WRITTEN)
            ),
            st.tuples(st.just(Table.COILS), st.integers(0, STATES - 1), st.lists(st.integers(0, 1), max_size=STATES)),
        ),
        max_size=20,
    )
)
def test_garbage_asks_for_nothing_but_what_its_edges_mean(writes: list[tuple[Table, int, list[int]]]) -> None:
    wiring = wired()
    before = 0
    for table, address, values in writes:
        if table is Table.HOLDING:
            requests = wiring.write(table, COMMANDS + address, values[: WRITTEN - address])
        else:
            requests = wiring.write(table, address, values[: STATES - address])
        bits = wiring.read(Table.COILS)[0]
        rose, fell = bits & ~before, before & ~bits
        before = bits
        kinds = [type(request) for request in requests]
        assert kinds.count(Trigger) <= rose & 1
        assert kinds.count(Acknowledge) <= fell & 1
        assert kinds.count(Prove) == rose >> 1 & 1
        assert kinds.count(Choose) <= rose >> 2 & 1
        for request in requests:
            text = getattr(request, "serial", "") + getattr(request, "recipe", "")
            assert text.isprintable()
        assert len(wiring.read(Table.HOLDING)) == COMMANDS + WRITTEN
        assert all(0 <= word <= 65535 for table in Table for word in wiring.read(table))
        assert not wiring.read(Table.DISCRETE)[0] & 0b1000, "a pass that nobody said"


@pytest.mark.parametrize(
    ("first", "length"),
    [
        SERIAL,
        RECIPE,
        INSPECTION,
        MESSAGE,
        *((COMMANDS + first, length) for first, length in (GIVEN_SERIAL, WANTED_RECIPE)),
    ],
)
def test_the_documentation_knows_the_addresses(first: int, length: int) -> None:
    assert f"| {first} to {first + length - 1} |" in DOCUMENT.read_text()

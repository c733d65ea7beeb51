"""Lines of a terminal as wishes, and its end."""

import os
from collections.abc import Iterator

import pytest

from inspector.inspection.triggers.keys import ENDED, Keys
from inspector.inspection.triggers.wish import Wish
from tests.inspection.scripted import until


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)


def collected(keys: Keys) -> list[Wish]:
    until(lambda: bool(keys.fault))
    return list(keys.look(0.0))


def test_enter_is_a_wish_and_a_line_its_serial_number(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    keys = Keys(reading)
    os.write(writing, b"\nSN-1\r\n SN")
    os.write(writing, b"-2 \n")
    os.close(writing)
    assert collected(keys) == [Wish("key"), Wish("key", "SN-1"), Wish("key", "SN-2")]
    assert keys.fault == ENDED


def test_a_line_that_was_not_ended_is_no_wish(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    keys = Keys(reading)
    os.write(writing, b"SN-1")
    os.close(writing)
    assert collected(keys) == []

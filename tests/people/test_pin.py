"""Which PINs are refused, and that what is kept of one tells it from others and no more."""

import argon2.low_level
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.errors import InputError, MachineError
from inspector.people.pin import LEAST_DIGITS, MOST_DIGITS, hashed, is_trivial, matches, refuse_weak

PIN = "482915"


OTHER_DIGITS = "\uff14\uff18\uff12\uff19\uff11\uff15"
"""482915 as it is written in Japan, and as no keypad types it."""
NO_PINS = ("", "4829", "48291", "4" * 33, "48291a", "48 915", "-48291", "482915\n", "482915\x00", OTHER_DIGITS)


@pytest.mark.parametrize("pin", NO_PINS)
def test_a_pin_has_enough_digits_and_nothing_else(pin: str) -> None:
    with pytest.raises(InputError, match="6 to 32 digits") as told:
        refuse_weak(pin)
    assert not pin or pin not in str(told.value)


@pytest.mark.parametrize(
    "pin",
    ["000000", "99999999", "123456", "654321", "890123", "246802", "975319", "121212", "1212121", "123123", "12341234"],
)
def test_what_somebody_tries_first_is_refused(pin: str) -> None:
    with pytest.raises(InputError, match="among the first") as told:
        hashed(pin)
    assert pin not in str(told.value)


@pytest.mark.parametrize("pin", [PIN, "100000", "123457", "112233", "121213"])
def test_others_are_not(pin: str) -> None:
    refuse_weak(pin)


def test_few_of_all_pins_are_refused() -> None:
    # Of four digits: ten first ones with ten steps, and a hundred of two said again, of which twenty go in equal steps.
    assert sum(is_trivial(f"{number:04d}") for number in range(10**4)) == 100 + 100 - 20


@given(st.text("0123456789", min_size=1, max_size=MOST_DIGITS // 2))
def test_a_pin_said_again_is_trivial(pin: str) -> None:
    assert is_trivial(pin * 2)
    assert len(pin) * 2 < LEAST_DIGITS or is_trivial(pin * 2 + pin[0])


def test_what_is_kept_is_salted_and_tells_the_pin_from_others() -> None:
    one, other = hashed(PIN), hashed(PIN)
    assert one != other
    assert PIN not in one
    assert one.startswith("$argon2id$")
    assert matches(one, PIN)
    assert matches(other, PIN)
    assert not any(matches(one, wrong) for wrong in ("482914", "", "4829150", "x" * 1000))


def test_what_is_damaged_is_no_wrong_pin() -> None:
    for kept in ("$argon2id$nonsense", hashed(PIN)[:-3] + "!!!"):
        with pytest.raises(MachineError, match="No PIN can be checked now"):
            matches(kept, PIN)


def test_without_memory_nothing_is_taken_for_a_wrong_pin(monkeypatch: pytest.MonkeyPatch) -> None:
    def short(*_: object) -> None:
        raise argon2.exceptions.VerificationError("Memory allocation error")

    kept = hashed(PIN)
    monkeypatch.setattr(argon2.low_level, "verify_secret", short)
    monkeypatch.setattr("argon2._password_hasher.verify_secret", short)
    with pytest.raises(MachineError, match="No PIN can be checked now"):
        matches(kept, PIN)

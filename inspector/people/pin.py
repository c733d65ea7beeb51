"""A PIN: which are refused, and what is kept of one. It is never said, written or logged."""

from itertools import pairwise

from inspector.errors import InputError, MachineError

LEAST_DIGITS, MOST_DIGITS = 6, 32
KIND = "$argon2id$"
"""How what is kept of a PIN begins."""


def refuse_weak(pin: str) -> None:
    """Raises: InputError for a PIN that is too short, or among the first that somebody tries."""
    if not (pin.isascii() and pin.isdecimal() and LEAST_DIGITS <= len(pin) <= MOST_DIGITS):
        raise InputError(f"A PIN has {LEAST_DIGITS} to {MOST_DIGITS} digits, and nothing else: choose another.")
    if is_trivial(pin):
        raise InputError("This PIN is among the first that somebody tries: choose another.")


def is_trivial(pin: str) -> bool:
    """Whether its digits go in equal steps, as 000000, 123456 and 975310 do, or are a shorter PIN said again."""
    digits = [int(digit) for digit in pin]
    steps = {(after - before) % 10 for before, after in pairwise(digits)}
    again = any(pin == (pin[:size] * len(pin))[: len(pin)] for size in range(1, len(pin) // 2 + 1))
    return len(steps) == 1 or again


def hashed(pin: str) -> str:
    """What is kept of a PIN: Argon2id with a salt of its own (RFC 9106, the library's choice of cost).

    Raises: InputError for a weak one.
    """
    from argon2 import PasswordHasher  # in C; the commands that ask nobody for a PIN do without

    refuse_weak(pin)
    return PasswordHasher().hash(pin)


def matches(kept: str, pin: str) -> bool:
    """Whether it is the PIN of which that was kept.

    Raises: MachineError where that cannot be told: memory is short, or what was kept is damaged.
    """
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

    try:
        return PasswordHasher().verify(kept, pin)
    except VerifyMismatchError:
        return False
    except (VerificationError, InvalidHashError) as error:
        reason = type(error).__name__
        raise MachineError(f"No PIN can be checked now ({reason}). Try again, or have a new PIN set.") from None

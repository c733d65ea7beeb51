"""PINs that take a machine no time; what an attacker pays for is tested in test_pin.py."""

from functools import partial

import argon2
import pytest


def cheap_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same Argon2, at the least cost that it allows."""
    least = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(argon2, "PasswordHasher", least)

"""A station under all faults at once for the better part of a minute; `make faults` goes on for longer."""

import sys
from pathlib import Path

import pytest

from tests.faults.mix import Mix
from tests.faults.tally import tally

SECONDS = 40.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the faults are made with signals")


def test_no_fault_passes_anything_and_nothing_is_lost(tmp_path: Path) -> None:
    counted = tally(Mix(tmp_path / "station", seed=5).run(SECONDS))
    assert not any(counted.faults.values()), {what: stories for what, stories in counted.faults.items() if stories}
    # It would prove nothing where nothing passed, and nothing was told.
    assert counted.lag_s
    assert counted.told
    assert counted.safe_s

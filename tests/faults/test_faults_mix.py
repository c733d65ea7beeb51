"""A station under all faults at once for the better part of a minute; `make faults` goes on for longer."""

import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.mix import Mix
from tests.faults.peers import BROKER, DATABASE, PLC, Peers
from tests.faults.tally import tally

SECONDS = 32.0
SEED = 994
"""By its lot something happens to the PLC, the broker and the database early, then to the supervisor, too."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the faults are made with signals")


def test_no_fault_passes_anything_and_nothing_is_lost(tmp_path: Path) -> None:
    with closing(Peers(tmp_path)) as peers:
        outcome = Mix(tmp_path, SEED, peers).run(SECONDS)
    counted = tally(outcome)
    assert not any(counted.faults.values()), {what: stories for what, stories in counted.faults.items() if stories}
    # It would prove nothing where nothing passed, nothing was told, or nobody looked.
    assert counted.lag_s
    assert counted.told
    assert counted.safe_s
    assert all(any(line["passed"] for line in seen) for seen in outcome.wires.values())
    assert {PLC, BROKER, DATABASE} - set(peers.missing) <= {injected.peer for injected in outcome.injected}

"""Stations under all faults at once, for a minute with all around it; `make faults` goes on, also by `workpiece`."""

import sys
from contextlib import closing
from pathlib import Path

import pytest

from inspector.recipe import Trigger
from tests.faults.mix import Mix
from tests.faults.peers import BROKER, DATABASE, PLC, Peers
from tests.faults.tally import tally

SECONDS = 14.0
SEEDS = {Trigger.REST: 1830, Trigger.ASKED: 490}
"""By their lots something happens to the PLC, the broker, the database and the station itself."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the faults are made with signals")


@pytest.mark.parametrize(("trigger", "seed"), SEEDS.items())
def test_no_fault_passes_anything_and_nothing_is_lost(trigger: Trigger, seed: int, tmp_path: Path) -> None:
    with closing(Peers(tmp_path, seed, trigger)) as peers:
        outcome = Mix(tmp_path, seed, peers, trigger).run(SECONDS)
    counted = tally(outcome)
    assert not any(counted.faults.values()), {what: stories for what, stories in counted.faults.items() if stories}
    # It would prove nothing where nothing passed, nothing was told, or nobody looked.
    assert counted.lag_s
    assert counted.told
    assert all(any(line["passed"] for line in seen) for seen in outcome.wires.values())
    assert {PLC, BROKER, DATABASE} - set(peers.missing) <= {injected.peer for injected in outcome.injected}

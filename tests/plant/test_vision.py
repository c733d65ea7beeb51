"""The states of OPC 40100-1, of every moment of a station."""

from dataclasses import replace

import pytest

from inspector.plant.signals import SAFE, Phase
from inspector.plant.vision import MACHINE, PASS, VALID, mode, state, values
from tests.plant.peers import BUSY, READY, result


def test_each_phase_is_a_state() -> None:
    assert set(MACHINE) == set(Phase)


@pytest.mark.parametrize(
    ("signals", "where", "within"),
    [
        (replace(READY, phase=Phase.STARTING, ready=False), "Preoperational", ""),
        (replace(READY, phase=Phase.STOPPED, ready=False), "Halted", ""),
        (replace(READY, phase=Phase.PROVING, ready=False), "Operational", "Initialized"),
        (READY, "Operational", "Ready"),
        (BUSY, "Operational", "SingleExecution"),
        (result(), "Operational", "Initialized"),
        (replace(READY, fault=True, message="x"), "Error", ""),
        (SAFE, "Error", ""),
    ],
)
def test_where_the_machines_are(signals: object, where: str, within: str) -> None:
    assert state(signals) == where  # type: ignore[arg-type]
    assert mode(signals, free=False) == within  # type: ignore[arg-type]


def test_one_that_triggers_itself_runs_continuously() -> None:
    assert mode(BUSY, free=True) == mode(result(), free=True) == "ContinuousExecution"
    assert mode(READY, free=True) == "Ready"


def test_a_result_is_there_before_it_is_valid_and_gone_after_it_is_not() -> None:
    coming, going = list(values(result(), False, 1, False)), list(values(READY, False, 1, False))
    assert coming.index("Result.Inspection") < coming.index(PASS) < coming.index(VALID)
    assert max(going.index(PASS), going.index(VALID)) < going.index("Result.Inspection")
    assert sorted(coming) == sorted(going)

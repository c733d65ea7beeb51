"""What the plant is told can never contradict itself."""

from dataclasses import replace

import pytest

from inspector.plant.signals import SAFE, Phase, safe
from tests.plant.peers import READY, result


def test_safe_is_not_ok_in_every_way() -> None:
    assert SAFE.fault
    assert not any((SAFE.ready, SAFE.busy, SAFE.result_valid, SAFE.passed, SAFE.code))
    assert SAFE.phase is Phase.FAULT
    assert SAFE.message


@pytest.mark.parametrize("change", [{"result_valid": False}, {"code": 2}, {"code": 0}, {"fault": True}], ids=str)
def test_a_pass_that_the_rest_contradicts_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="passed without a valid OK"):
        replace(result(), **change)


def test_safe_after_signals_keeps_the_heartbeat_where_it_was() -> None:
    last = replace(result(), heartbeat=41)
    assert safe(last, "The camera is gone.") == replace(
        SAFE, heartbeat=41, recipe="box", bundle="box-1", message="The camera is gone."
    )
    assert safe(READY).message == SAFE.message

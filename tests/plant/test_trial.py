"""Each signal is set in turn."""

from inspector.outputs import Modbus, OpcUa, Outputs
from inspector.plant.handshake import Handshake
from inspector.plant.signals import SAFE, Phase
from inspector.plant.trial import inspection, steps, unguarded


def test_each_signal_is_set_and_not_set_in_some_step() -> None:
    shown = [step.signals for step in steps()]
    for name in ("ready", "busy", "result_valid", "passed", "fault"):
        assert {getattr(signals, name) for signals in shown} == {True, False}, name
    assert {signals.code for signals in shown} == {0, 1, 2, 3}
    assert {signals.phase for signals in shown} == set(Phase)


def test_it_begins_and_ends_with_what_is_not_ok() -> None:
    first, *_, last = (step.signals for step in steps())
    assert first == SAFE
    assert last.fault
    assert not last.passed


def test_the_words_are_those_of_the_signals() -> None:
    for step in steps():
        assert step.says.endswith((".", "'"))
        assert step.signals.passed is ("Pass is set" in step.says)


def test_no_handshake_hides_a_step() -> None:
    outputs = unguarded(Outputs(modbus=Modbus(address="127.0.0.1"), opcua=OpcUa(address="127.0.0.1")))
    assert outputs.modbus is not None
    assert outputs.opcua is not None
    assert not outputs.modbus.handshake
    assert not outputs.opcua.handshake
    assert unguarded(Outputs()) == Outputs()
    handshake = Handshake("test", free=True)
    for step in steps():
        handshake.hear(step.signals)
        assert handshake.shown() == step.signals


def test_the_inspection_that_never_was_passes_nobody() -> None:
    assert inspection()["verdict"] == "NOT_DECIDABLE"

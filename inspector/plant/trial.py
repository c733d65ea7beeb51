"""Each signal set in turn, so that a technician sees at the plant that it arrives. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from inspector.inspection.verdict import Verdict
from inspector.outputs import Outputs
from inspector.plant.signals import SAFE, Phase, Signals

SERIAL = "TEST-0001"


class Step(NamedTuple):
    """What is shown, and what to look for at the plant."""

    signal: str
    says: str
    signals: Signals


def steps() -> Iterator[Step]:
    """From SAFE through each signal and back to SAFE."""
    idle = replace(SAFE, phase=Phase.READY, fault=False, message="", recipe="test-recipe", bundle="test-bundle")
    yield Step("safe", "Fault is set; Ready, Busy, ResultValid and Pass are not. The heartbeat stands still.", SAFE)
    for phase in (Phase.STARTING, Phase.PROVING, Phase.STOPPED):
        yield Step("phase", f"No signal is set. The phase is {phase}.", replace(idle, phase=phase))
    yield Step("ready", f"Ready is set, and nothing else. The recipe is {idle.recipe}.", replace(idle, ready=True))
    for beat in range(1, 4):
        yield Step("heartbeat", f"The heartbeat is {beat}.", replace(idle, ready=True, heartbeat=beat))
    busy = replace(idle, phase=Phase.RUNNING, heartbeat=3, busy=True)
    yield Step("busy", "Busy is set, and nothing else.", busy)
    for verdict in (Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE):
        yield _result(busy, verdict)
    fault = replace(SAFE, message="This is a test of the fault.", heartbeat=3)
    yield Step("fault", f"Fault is set, and nothing else. The message is '{fault.message}'", fault)


def _result(busy: Signals, verdict: Verdict) -> Step:
    passed = verdict is Verdict.OK
    signals = replace(
        busy,
        busy=False,
        result_valid=True,
        passed=passed,
        code=verdict.value,
        serial=SERIAL,
        inspection=f"test-{verdict.value}",
        reasons=() if passed else ("this is a test",),
    )
    is_set = "is set" if passed else "is not set"
    says = f"ResultValid is set, Pass {is_set}. The result code is {verdict.value} ({verdict.word})."
    return Step("result", f"{says} The serial number is {SERIAL}.", signals)


def inspection() -> Mapping[str, Any]:
    """One that never was, for whoever is sent each of them."""
    return {
        "id": "test-0",
        "recipe": "test-recipe",
        "bundle": "test-bundle",
        "serial": SERIAL,
        "started_at": "2000-01-01T00:00:00+00:00",
        "first_frame": 0,
        "last_frame": 0,
        "verdict": Verdict.NOT_DECIDABLE.name,
        "findings": [],
        "latency_ms": 0.0,
    }


def unguarded(outputs: Outputs) -> Outputs:
    """The same outputs, showing results that nobody asked for: else a PLC that does not trigger would see none."""
    free = {"handshake": False}
    return outputs.model_copy(
        update={
            "opcua": outputs.opcua and outputs.opcua.model_copy(update=free),
            "modbus": outputs.modbus and outputs.modbus.model_copy(update=free),
        }
    )

"""What stands where in the address space of an OPC UA server, in the spirit of OPC 40100-1, Machine Vision. Pure.

The names of states are those of its state machines; types and references of the companion specification are not there.
"""

from typing import Any

from inspector.plant.signals import Phase, Signals

SYSTEM = "VisionSystem"
STATE, MODE = "VisionStateMachine.CurrentState", "AutomaticModeStateMachine.CurrentState"
PASS, VALID = "Signals.Pass", "Signals.ResultValid"
TRIGGER, GIVEN_SERIAL = "Commands.Trigger", "Commands.SerialNumber"
MACHINE = {
    Phase.STARTING: "Preoperational",
    Phase.STOPPED: "Halted",
    Phase.FAULT: "Error",
    Phase.PROVING: "Operational",
    Phase.READY: "Operational",
    Phase.RUNNING: "Operational",
}


def state(shown: Signals) -> str:
    """Where the VisionStateMachine is."""
    return "Error" if shown.fault else MACHINE[shown.phase]


def mode(shown: Signals, free: bool) -> str:
    """Where the AutomaticModeStateMachine is, "" where the system is not operational. free: it triggers itself."""
    if state(shown) != "Operational":
        return ""
    if free and shown.phase is Phase.RUNNING:
        return "ContinuousExecution"
    if shown.busy:
        return "SingleExecution"
    return "Ready" if shown.ready else "Initialized"


def values(shown: Signals, refused: bool, results: int, free: bool) -> dict[str, Any]:
    """The value of each variable that clients read, by its path below SYSTEM, in the order to write them in.

    A result is there before it is called valid, and is called invalid before it is gone.
    """
    flags = {PASS: shown.passed, VALID: shown.result_valid}
    rest = {
        STATE: state(shown),
        MODE: mode(shown, free),
        "Signals.Busy": shown.busy,
        "Signals.ResultCode": shown.code,
        "Signals.Fault": shown.fault,
        "Signals.Refused": refused,
        "Signals.Message": shown.message,
        "Signals.Heartbeat": shown.heartbeat,
        "Signals.Results": results,
        "Signals.Phase": shown.phase.value,
        "Recipe.Name": shown.recipe,
        "Recipe.Bundle": shown.bundle,
        "Result.Inspection": shown.inspection,
        "Result.Job": shown.trigger,
        "Result.SerialNumber": shown.serial,
        "Result.Reasons": list(shown.reasons),
    }
    ready = {"Signals.Ready": shown.ready}
    return rest | flags | ready if shown.result_valid else flags | rest | ready

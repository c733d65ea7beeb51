"""The outputs that the settings switch on."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from inspector.errors import MachineError
from inspector.outputs import Outputs
from inspector.plant.output import Output
from inspector.plant.sending import Source


@contextmanager
def opened(outputs: Outputs, folder: Path, source: Callable[[str], Source]) -> Iterator[dict[str, Output]]:
    """Each output that is switched on, by its name, while it lasts. A port that is taken is its `fault`, not the end.

    folder: where files lie that the settings name without their folder. source: where the inspections lie that an
    output of this name has not sent.

    Raises: InputError where the certificates of a client cannot be used; MachineError where a library is not installed.
    """
    found: dict[str, Output] = {}
    with ExitStack() as stack:
        for name, output in _made(outputs, folder, source):
            found[name] = stack.enter_context(closing(output))
        yield found


def _made(outputs: Outputs, folder: Path, source: Callable[[str], Source]) -> Iterator[tuple[str, Output]]:
    """Each protocol's library is loaded for who speaks it alone."""
    try:
        if outputs.opcua is not None:
            from inspector.plant.opcua import OpcUa

            yield "opcua", OpcUa(outputs.opcua, folder)
        if outputs.modbus is not None:
            from inspector.plant.modbus import Modbus

            yield "modbus", Modbus(outputs.modbus, folder)
        if outputs.mqtt is not None:
            from inspector.plant.mqtt import Mqtt

            yield "mqtt", Mqtt(outputs.mqtt, folder, source("mqtt"))
    except ImportError as error:
        raise MachineError(
            f"The library that an output needs is not installed ({error.name}). Install 'assembly-inspector[plc]'."
        ) from error
    if outputs.webhook is not None:
        from inspector.plant.webhook import Webhook

        yield "webhook", Webhook(outputs.webhook, folder, source("webhook"))

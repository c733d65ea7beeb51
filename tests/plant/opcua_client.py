"""A PLC on the other end of OPC UA."""

from typing import Any

from asyncua import ua
from asyncua.sync import Client

from tests.ports import NEAR

POSSIBLE_FLAGS = ("Ready", "Busy", "ResultValid", "Pass", "Fault", "Refused")


class Plc:
    """A client that is connected until it is closed."""

    def __init__(self, port: int, prepare: Any = lambda _: None) -> None:
        self.client = Client(f"opc.tcp://{NEAR}:{port}", timeout=10)
        try:
            prepare(self.client)
            self.client.connect()
        except BaseException:
            self.client._stop_own_tloop()
            raise
        self.system = self.client.nodes.objects.get_child("2:VisionSystem")

    def node(self, path: str) -> Any:
        return self.client.get_node(f"ns=2;s=VisionSystem.{path}")

    def read(self, path: str) -> Any:
        return self.node(path).read_value()

    def state(self, machine: str) -> str:
        return str(self.read(f"{machine}.CurrentState").Text)

    def flags(self) -> set[str]:
        nodes = [self.node(f"Signals.{name}") for name in POSSIBLE_FLAGS]
        return {name for name, value in zip(POSSIBLE_FLAGS, self.client.read_values(nodes), strict=True) if value}

    def trigger(self, level: bool) -> None:
        self.node("Commands.Trigger").write_value(level)

    def call(self, name: str, *arguments: Any) -> Any:
        return self.system.call_method(f"2:{name}", *arguments)

    def close(self) -> None:
        self.client.disconnect()


def text(value: str) -> ua.Variant:
    return ua.Variant(value, ua.VariantType.String)

"""What GenICam cameras share, whichever road leads to them."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from inspector.capture.blocking import BlockingCamera
from inspector.capture.genicam.features import (
    Nodes,
    applied,
    bounds_of,
    choose_format,
    get_feature,
    offers,
    run_freely,
    set_feature,
)
from inspector.capture.proof import prove
from inspector.errors import InspectorError, MachineError

READ_S = 3.0
BUFFERS = 8


class GenicamCamera(BlockingCamera):
    """A Camera with features. A subclass opens the device, and then calls `_open`."""

    _format: str

    @abstractmethod
    def _nodes(self) -> Nodes:
        """The features of the device."""

    @abstractmethod
    def _start(self) -> None:
        """Have pictures sent, now that size and format stand."""

    def _open(self, wanted: Mapping[str, float], form: str) -> None:
        """Set what is wanted, read it back, see it on the pixels, and take a first picture.

        Raises: InputError where the camera has no such format; MachineError where no picture comes. The device is given
        back then.
        """
        try:
            nodes = self._nodes()
            run_freely(nodes)
            self.offers = offers(nodes)
            self._format = choose_format(self.name, nodes, form)
            self.settings = {**applied(nodes, wanted), "format": self._format}
            self._start()
            self.begin()
            prove(self, wanted)
            first = self.begin()
        except Exception as error:
            self._release()
            known = isinstance(error, InspectorError)
            raise error if known else MachineError(f"The camera {self.name}: {error}.") from error
        self.settings["width"], self.settings["height"] = first.size

    def adjust(self, key: str, value: float) -> float | None:
        """Set one feature; what the camera then says that it is."""
        set_feature(self._nodes(), key, value)
        return get_feature(self._nodes(), key)

    def bounds(self, key: str) -> tuple[float, float] | None:
        """The least and the most of a feature; None where the camera does not tell."""
        return bounds_of(self._nodes(), key)

    def _silent(self, why: Any) -> MachineError:
        return MachineError(
            f"The camera {self.name} gives no picture: check its cable, its power and its network ({why})."
        )

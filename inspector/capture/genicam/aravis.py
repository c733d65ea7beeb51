"""GenICam cameras through Aravis, over GigE Vision and USB3 Vision: where no maker offers a GenTL producer.

Aravis (LGPL-2.1) and PyGObject, through which Python speaks to it, come from the system: neither has a wheel.
"""

import importlib
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np

from inspector.capture.blocking import Taken
from inspector.capture.genicam.camera import BUFFERS, READ_S, GenicamCamera
from inspector.capture.genicam.features import offers
from inspector.capture.genicam.found import Found, the_one
from inspector.capture.genicam.pixels import bgr
from inspector.capture.offer import Offer
from inspector.errors import MachineError
from inspector.frame import utc_now

INSTALL = "apt-get install gir1.2-aravis-0.8 python3-gi"
SYSTEM = Path("/usr/lib/python3/dist-packages")
"""Where Debian and Ubuntu keep PyGObject, for every Python of the system's version, in a virtual environment too."""
MICROSECONDS = 1_000_000


@cache
def library() -> Any:
    """Aravis; None where it, or PyGObject for this Python, is not installed."""
    try:
        gi = _system_module("gi")
        gi.require_version("Aravis", "0.8")
        aravis = importlib.import_module("gi.repository.Aravis")
    except (ImportError, ValueError):  # the latter where PyGObject is there and Aravis is not
        return None
    return aravis


def _system_module(name: str) -> Any:
    """A module of this environment, else the system's."""
    with suppress(ImportError):
        return importlib.import_module(name)
    sys.path.append(str(SYSTEM))
    try:
        return importlib.import_module(name)
    finally:
        # Nothing else shall come from there: its packages are of other versions.
        sys.path.remove(str(SYSTEM))


def connected() -> list[Found]:
    """The cameras that Aravis sees now; asking the network takes a second."""
    aravis = library()
    aravis.update_device_list()
    return [
        Found(aravis.get_device_serial_nbr(i) or "", aravis.get_device_model(i) or "", aravis.get_device_id(i))
        for i in range(aravis.get_n_devices())
    ]


def offered(wanted_id: str) -> tuple[Offer, ...]:
    """What a camera can send, without a picture being asked of it. Raises: as `open_aravis`."""
    _, camera = _made(wanted_id)
    device = camera.get_device()
    try:
        return offers(_Nodes(device))
    finally:
        with suppress(Exception):  # one that is gone
            if camera.is_gv_device() and device.is_controller():
                device.leave_control()


def open_aravis(wanted_id: str, wanted: Mapping[str, float], form: str) -> "AravisCamera":
    """Raises: InputError where there is no such camera; MachineError where it does not answer, or another uses it."""
    name, camera = _made(wanted_id)
    return AravisCamera(name, camera, wanted, form)


def _made(wanted_id: str) -> tuple[str, Any]:
    """A camera's source, and Aravis's camera."""
    one = the_one(wanted_id, connected())
    try:
        return one.source, library().Camera.new(one.id)
    except Exception as error:  # GLib.Error, which is only there once PyGObject is
        raise MachineError(
            f"The camera {one.source} does not answer: check its cable and its power ({error})."
        ) from error


class AravisCamera(GenicamCamera):
    """A Camera over Aravis. incomplete: pictures that came with holes, as packets were lost, and were left out."""

    def __init__(self, name: str, camera: Any, wanted: Mapping[str, float], form: str = "") -> None:
        """Raises: InputError where it has no such format; MachineError where no picture comes, or another uses it."""
        super().__init__(name)
        self.incomplete = 0
        self._camera, self._stream = camera, cast(Any, None)
        device = camera.get_device()
        if camera.is_gv_device() and not device.is_controller():
            raise MachineError(f"The camera {name} is used by another program, or was a moment ago: end that one.")
        device.set_range_check_policy(library().RangeCheckPolicy.ENABLE)
        self._open(wanted, form)

    def _nodes(self) -> "_Nodes":
        return _Nodes(self._camera.get_device())

    def _start(self) -> None:
        self._stream = self._camera.create_stream(None, None)
        payload = self._camera.get_payload()
        for _ in range(BUFFERS):
            self._stream.push_buffer(library().Buffer.new_allocate(payload))
        self._camera.start_acquisition()

    def _take(self) -> Taken:
        """A picture with holes is none: the next one that is whole is waited for."""
        deadline, before = time.monotonic() + READ_S, self.incomplete
        while (left_s := deadline - time.monotonic()) > 0:
            buffer = self._stream.timeout_pop_buffer(round(left_s * MICROSECONDS))
            time_s, taken_at = time.monotonic(), utc_now()
            if buffer is None:
                break
            try:
                if buffer.get_status() == library().BufferStatus.SUCCESS:
                    return Taken(self._picture(buffer), time_s, taken_at)
            finally:
                self._stream.push_buffer(buffer)
            self.incomplete += 1
        holes = self.incomplete - before
        raise self._silent(f"{holes} came with packets missing" if holes else f"none in {READ_S:.0f} s")

    def _picture(self, buffer: Any) -> Any:
        data = np.frombuffer(buffer.get_data(), np.uint8)
        return bgr(data, buffer.get_image_width(), buffer.get_image_height(), self._format)

    def _release(self) -> None:
        """Another may take the camera at once; one that is gone takes ten seconds to be let go of."""
        camera, stream = self._camera, self._stream
        self._camera = self._stream = None
        with suppress(Exception):  # one that is gone cannot be told to stop
            if stream is not None:
                camera.stop_acquisition()
            # Not left to the last reference: an exception that somebody keeps may hold one.
            if camera is not None and camera.is_gv_device():
                camera.get_device().leave_control()


class _Nodes:
    """A device's features as `features.Nodes` has them."""

    def __init__(self, device: Any) -> None:
        self._device = device

    def has_node(self, name: str) -> bool:
        with suppress(Exception):  # a feature that hangs on another may raise in the place of saying no
            return bool(self._device.is_feature_available(name))
        return False

    def get_node(self, name: str) -> "_Node":
        return _Node(self._device, name)


class _Node:
    """One feature."""

    def __init__(self, device: Any, name: str) -> None:
        self._device, self._name = device, name
        node, aravis = device.get_feature(name), library()
        kinds = (("boolean", aravis.GcBoolean), ("string", aravis.GcEnumeration), ("float", aravis.GcFloat))
        # Enumerations are integers too, so these are asked last.
        self._kind = next((kind for kind, of in kinds if isinstance(node, of)), "integer")

    def _call(self, what: str, *values: Any) -> Any:
        return getattr(self._device, what.replace("KIND", self._kind))(self._name, *values)

    @property
    def value(self) -> Any:
        return self._call("get_KIND_feature_value")

    @value.setter
    def value(self, value: Any) -> None:
        self._call("set_KIND_feature_value", value)

    @property
    def min(self) -> float:
        return float(self._call("get_KIND_feature_bounds")[0])

    @property
    def max(self) -> float:
        return float(self._call("get_KIND_feature_bounds")[1])

    @property
    def symbolics(self) -> list[str]:
        return list(self._device.dup_available_enumeration_feature_values_as_strings(self._name))

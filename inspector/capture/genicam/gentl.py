"""GenICam cameras through harvesters, and a GenTL producer that a camera's maker installs.

Producers are found where the standard says: in the folders that the variable GENICAM_GENTL64_PATH names. Source: EMVA,
GenICam GenTL, version 1.5.
"""

import logging
import os
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from inspector.capture.blocking import Taken
from inspector.capture.genicam.camera import BUFFERS, READ_S, GenicamCamera
from inspector.capture.genicam.features import Nodes, offers
from inspector.capture.genicam.found import Found, the_one
from inspector.capture.genicam.pixels import bgr
from inspector.capture.offer import Offer
from inspector.errors import MachineError
from inspector.frame import utc_now

VARIABLE = "GENICAM_GENTL64_PATH"
INSTALL = "pip install assembly-inspector[genicam]"


def connected() -> list[Found]:
    """The cameras that the producers see now.

    Raises: MachineError where harvesters is not installed, or no producer.
    """
    harvester = _harvester()
    harvester.update()
    return [
        Found(_told(one, "serial_number"), _told(one, "model"), _told(one, "id_")) for one in harvester.device_info_list
    ]


def offered(wanted_id: str) -> tuple[Offer, ...]:
    """What a camera can send, without a picture being asked of it. Raises: as `open_gentl`."""
    _, acquirer = _acquired(wanted_id)
    try:
        return offers(acquirer.remote_device.node_map)
    finally:
        acquirer.destroy()


def open_gentl(wanted_id: str, wanted: Mapping[str, float], form: str) -> "GentlCamera":
    """Raises: InputError where there is no such camera; MachineError where it does not answer."""
    name, acquirer = _acquired(wanted_id)
    return GentlCamera(name, acquirer, wanted, form)


def _acquired(wanted_id: str) -> tuple[str, Any]:
    """A camera's source, and what reads it."""
    found = connected()
    one = the_one(wanted_id, found)
    try:
        return one.source, _harvester().create(found.index(one))
    except Exception as error:  # each producer has its own
        raise MachineError(
            f"The camera {one.source} does not answer: does another program use it? ({error})"
        ) from error


class GentlCamera(GenicamCamera):
    """A Camera over GenTL."""

    def __init__(self, name: str, acquirer: Any, wanted: Mapping[str, float], form: str = "") -> None:
        """Raises: InputError where the camera has no such format; MachineError where no picture comes."""
        super().__init__(name)
        self._acquirer = acquirer
        self._open(wanted, form)

    def _nodes(self) -> Nodes:
        nodes: Nodes = self._acquirer.remote_device.node_map
        return nodes

    def _start(self) -> None:
        self._acquirer.num_buffers = BUFFERS
        self._acquirer.start()

    def _take(self) -> Taken:
        try:
            with self._acquirer.fetch(timeout=READ_S) as buffer:
                time_s, taken_at = time.monotonic(), utc_now()
                (shown, *_) = buffer.payload.components
                image = bgr(np.asarray(shown.data), shown.width, shown.height, self._format)
                return Taken(image, time_s, taken_at)
        except Exception as error:  # GenTL's, of which each producer raises others
            raise self._silent(error) from error

    def _release(self) -> None:
        acquirer, self._acquirer = self._acquirer, None
        if acquirer is not None:
            acquirer.destroy()


@cache
def _harvester() -> Any:
    """The one for this process: a producer cannot be loaded twice."""
    try:
        from harvesters.core import Harvester
    except ImportError as error:
        raise MachineError(f"For GenICam cameras install what reads them: {INSTALL} ({error}).") from error
    folders = [Path(folder) for folder in os.environ.get(VARIABLE, "").split(os.pathsep) if folder]
    producers = [file for folder in folders for file in sorted(folder.glob("*.cti"))]
    if not producers:
        raise MachineError(f"There is no GenTL producer in the folders that {VARIABLE} names: install it again.")
    # It would print what goes wrong with a traceback, beside raising it.
    logging.getLogger("harvesters.core").setLevel(logging.CRITICAL + 1)
    harvester, broken = Harvester(), list[str]()
    for producer in producers:
        try:
            harvester.add_file(str(producer), check_existence=True, check_validity=True)
        except OSError as error:
            broken.append(str(error))
    if len(broken) == len(producers):
        raise MachineError(f"No GenTL producer can be loaded ({'; '.join(broken)}). Install it again.")
    return harvester


def _told(device: Any, what: str) -> str:
    """What a producer says of a device; "" where it says nothing."""
    try:
        return str(getattr(device, what))
    except Exception:  # GenTL's NotAvailableException, and what producers raise in its place
        return ""

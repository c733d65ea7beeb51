"""Which road leads to GenICam cameras here: a maker's GenTL producer where one is said to be, else Aravis."""

import os

from inspector.capture.genicam import aravis, gentl
from inspector.capture.genicam.camera import GenicamCamera
from inspector.capture.genicam.features import FEATURES
from inspector.capture.genicam.found import Found
from inspector.capture.offer import Offer
from inspector.capture.options import read_options, take_word
from inspector.errors import MachineError


def has_producer() -> bool:
    """Whether somebody said where a GenTL producer is."""
    return bool(os.environ.get(gentl.VARIABLE))


def connected() -> list[Found]:
    """The cameras that are connected now; none where no road leads to any.

    Raises: MachineError where a producer is named and cannot be loaded.
    """
    if has_producer():
        return gentl.connected()
    return aravis.connected() if aravis.library() else []


def offered(wanted_id: str) -> tuple[Offer, ...]:
    """What a camera that is connected can send. Raises: as `open_genicam`."""
    return gentl.offered(wanted_id) if has_producer() else aravis.offered(wanted_id)


def open_genicam(text: str) -> GenicamCamera:
    """The serial number, model or id of a camera, `22411932` or `22411932,exposure=5000,fps=30,format=Mono8`; none for
    the only one.

    Raises: InputError where there is no such camera; MachineError where it does not answer, or no road leads to it.
    """
    wanted_id, _, options = text.partition(",")
    form, options = take_word(options, "format")
    wanted = read_options(options, FEATURES, "A GenICam camera")
    if has_producer():
        return gentl.open_gentl(wanted_id, wanted, form)
    if aravis.library():
        return aravis.open_aravis(wanted_id, wanted, form)
    raise MachineError(
        f"Nothing here reads GenICam cameras: install the GenTL producer that the camera's maker offers, and name its "
        f"folder in {gentl.VARIABLE}; or Aravis: {aravis.INSTALL}."
    )

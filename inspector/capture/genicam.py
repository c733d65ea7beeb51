"""Industrial cameras that speak GenICam, over GigE Vision, USB3 Vision or CoaXPress.

What a camera's maker installs, a GenTL producer, is found where the standard says: in the folders that the variable
GENICAM_GENTL64_PATH names. Source: EMVA, GenICam GenTL, version 1.5; the names and units of settings are those of its
Standard Features Naming Convention (SFNC).
"""

import logging
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.capture.blocking import BlockingCamera, Taken
from inspector.capture.options import read_options
from inspector.errors import InputError, MachineError
from inspector.frame import Image, utc_now

VARIABLE = "GENICAM_GENTL64_PATH"
INSTALL = "pip install assembly-inspector[genicam]"
READ_S = 3.0
BUFFERS = 4


@dataclass(frozen=True)
class Feature:
    """One setting: what it is called in the camera, and what must be said first so that it holds."""

    name: str
    before: tuple[tuple[str, Any], ...] = ()


FEATURES: Mapping[str, Feature] = {
    "width": Feature("Width"),
    "height": Feature("Height"),
    "fps": Feature("AcquisitionFrameRate", (("AcquisitionFrameRateEnable", True),)),
    "exposure": Feature("ExposureTime", (("ExposureAuto", "Off"),)),
    "gain": Feature("Gain", (("GainAuto", "Off"),)),
    "red": Feature("BalanceRatio", (("BalanceWhiteAuto", "Off"), ("BalanceRatioSelector", "Red"))),
    "blue": Feature("BalanceRatio", (("BalanceWhiteAuto", "Off"), ("BalanceRatioSelector", "Blue"))),
}
"""exposure in microseconds, gain in decibels or as the camera counts it, red and blue as ratios to green."""

COLOURS: Mapping[str, int | None] = {
    "BayerRG8": cv2.COLOR_BayerRGGB2BGR,
    "BayerGR8": cv2.COLOR_BayerGRBG2BGR,
    "BayerGB8": cv2.COLOR_BayerGBRG2BGR,
    "BayerBG8": cv2.COLOR_BayerBGGR2BGR,
    "YUV422_8_UYVY": cv2.COLOR_YUV2BGR_UYVY,
    "YUV422_8": cv2.COLOR_YUV2BGR_YUY2,
    "BGR8": None,
    "RGB8": cv2.COLOR_RGB2BGR,
    "BGRa8": cv2.COLOR_BGRA2BGR,
    "RGBa8": cv2.COLOR_RGBA2BGR,
    "Mono8": cv2.COLOR_GRAY2BGR,
}
"""How a format becomes BGR. In the order in which they are taken: the least on the link first, colour before grey."""


@dataclass(frozen=True)
class Found:
    """A camera that is connected. number: where the producers list it."""

    number: int
    serial: str
    model: str
    id: str

    @property
    def source(self) -> str:
        """What opens it."""
        return f"genicam:{self.serial or self.id}"

    def __str__(self) -> str:
        return f"{self.model} ({self.source})"


def connected() -> list[Found]:
    """The cameras that the producers see now.

    Raises: MachineError where harvesters is not installed, or no producer.
    """
    harvester = _harvester()
    harvester.update()
    return [
        Found(number, _told(one, "serial_number"), _told(one, "model"), _told(one, "id_"))
        for number, one in enumerate(harvester.device_info_list)
    ]


def open_genicam(text: str) -> "GenicamCamera":
    """The serial number, model or id of a camera, `22411932` or `22411932,exposure=5000,fps=30`; none for the only one.

    Raises: InputError where there is no such camera; MachineError where it does not answer.
    """
    wanted_id, _, options = text.partition(",")
    wanted = read_options(options, FEATURES, "A GenICam camera")
    found = connected()
    mine = [one for one in found if wanted_id in ("", one.serial, one.id, one.model)]
    if len(mine) != 1:
        known = ", ".join(map(str, found)) or "none: check its cable, its power and its network"
        raise InputError(f"'genicam:{wanted_id}' names {len(mine)} cameras. Connected: {known}.")
    (one,) = mine
    try:
        acquirer = _harvester().create(one.number)
    except Exception as error:  # each producer has its own
        raise MachineError(
            f"The camera {one.source} does not answer: does another program use it? ({error})"
        ) from error
    return GenicamCamera(one.source, acquirer, wanted)


class GenicamCamera(BlockingCamera):
    """A Camera over GenTL."""

    def __init__(self, name: str, acquirer: Any, wanted: Mapping[str, float]) -> None:
        """Raises: MachineError where no picture comes."""
        super().__init__(name)
        self._acquirer = acquirer
        try:
            nodes = acquirer.remote_device.node_map
            self._format = _choose_format(name, nodes)
            self.settings = {**_applied(nodes, wanted), "format": self._format}
            acquirer.num_buffers = BUFFERS
            acquirer.start()
            self._first = first = self._grab()
        except Exception as error:
            acquirer.destroy()
            raise error if isinstance(error, MachineError) else MachineError(f"The camera {name}: {error}.") from error
        self.settings["width"], self.settings["height"] = first.size

    def _take(self) -> Taken:
        try:
            with self._acquirer.fetch(timeout=READ_S) as buffer:
                time_s, taken_at = time.monotonic(), utc_now()
                (shown, *_) = buffer.payload.components
                return _bgr(np.asarray(shown.data), shown.width, shown.height, self._format), time_s, taken_at
        except Exception as error:  # GenTL's, of which each producer raises others
            raise MachineError(
                f"The camera {self.name} gives no picture: check its cable, its power and its network ({error})."
            ) from error

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
        raise MachineError(
            f"There is no GenTL producer in the folders that {VARIABLE} names. Install what the camera's maker offers."
        )
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


def _choose_format(name: str, nodes: Any) -> str:
    known = nodes.PixelFormat.symbolics
    chosen = next((form for form in COLOURS if form in known), None)
    if chosen is None:
        raise MachineError(f"The camera {name} gives {', '.join(known)}; none of {', '.join(COLOURS)}.")
    nodes.PixelFormat.value = chosen
    return chosen


def _applied(nodes: Any, wanted: Mapping[str, float]) -> dict[str, Any]:
    """Set each, then read all back; `refused` names those that the camera did not take."""
    refused = [key for key, value in wanted.items() if not _set(nodes, FEATURES[key], value)]
    settings = {key: value for key, feature in FEATURES.items() if (value := _get(nodes, feature)) is not None}
    refused += [key for key in wanted if key not in refused and _differ(settings.get(key), wanted[key])]
    return settings | ({"refused": sorted(refused)} if refused else {})


def _differ(told: float | None, wanted: float) -> bool:
    return told is None or abs(told - wanted) > 0.01 * abs(wanted)


def _set(nodes: Any, feature: Feature, value: float) -> bool:
    if not nodes.has_node(feature.name):
        return False
    try:
        for name, state in feature.before:
            if nodes.has_node(name):
                nodes.get_node(name).value = state
        node = nodes.get_node(feature.name)
        node.value = type(node.value)(value)
    except Exception:  # read-only, out of its range, locked while it streams: each has a class of its own
        return False
    return True


def _get(nodes: Any, feature: Feature) -> float | None:
    """What the camera says of it; None where it has no such setting, or has it and does not tell."""
    if not nodes.has_node(feature.name):
        return None
    try:
        for name, state in feature.before:
            if name.endswith("Selector") and nodes.has_node(name):
                nodes.get_node(name).value = state
        return round(float(nodes.get_node(feature.name).value), 3)
    except Exception:  # not readable now: each producer raises its own
        return None


def _bgr(data: NDArray[Any], width: int, height: int, form: str) -> Image:
    """A buffer, which the camera fills again, as a picture of its own."""
    flat = data.view(np.uint8).reshape(height, -1)
    channels = flat.shape[1] // width
    shaped = flat[:, : width * channels].reshape((height, width, channels) if channels > 1 else (height, width))
    change = COLOURS[form]
    return np.ascontiguousarray(shaped).copy() if change is None else np.asarray(cv2.cvtColor(shaped, change))

"""The settings of GenICam cameras, by the names and units of their Standard Features Naming Convention (SFNC)."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from inspector.capture.genicam.pixels import COLOURS
from inspector.capture.offer import Offer
from inspector.capture.options import differ
from inspector.errors import InputError, MachineError, did_you_mean


class Nodes(Protocol):
    """A camera's features as harvesters hands them out: each has a `value`, numbers have `min` and `max`, choices have
    `symbolics`. Each road to a camera raises exceptions of its own.
    """

    def has_node(self, name: str) -> bool: ...
    def get_node(self, name: str) -> Any: ...


@dataclass(frozen=True)
class Feature:
    """One setting: what it is called in the camera, in old ones after the first, and what must be said before it."""

    names: tuple[str, ...]
    before: tuple[tuple[str, Any], ...] = ()

    def name(self, nodes: Nodes) -> str | None:
        """What this camera calls it; None where it has none."""
        return next(filter(nodes.has_node, self.names), None)


def _balance(colour: str) -> Feature:
    before = (("BalanceWhiteAuto", "Off"), ("BalanceRatioSelector", colour))
    return Feature(("BalanceRatio", "BalanceRatioAbs"), before)


FEATURES: Mapping[str, Feature] = {
    "width": Feature(("Width",)),
    "height": Feature(("Height",)),
    "fps": Feature(("AcquisitionFrameRate", "AcquisitionFrameRateAbs"), (("AcquisitionFrameRateEnable", True),)),
    "exposure": Feature(("ExposureTime", "ExposureTimeAbs"), (("ExposureAuto", "Off"),)),
    "gain": Feature(("Gain", "GainRaw"), (("GainAuto", "Off"),)),
    "red": _balance("Red"),
    "blue": _balance("Blue"),
}
"""exposure in microseconds, gain in decibels or as the camera counts it, red and blue as ratios to green."""

FREE_RUNNING = (("AcquisitionMode", "Continuous"), ("TriggerSelector", "FrameStart"), ("TriggerMode", "Off"))
"""Another program may have left the camera waiting for a signal."""


def run_freely(nodes: Nodes) -> None:
    """Have it send pictures without being asked for each."""
    for name, state in FREE_RUNNING:
        with suppress(Exception):  # not every camera has them, nor lets them be set
            nodes.get_node(name).value = state


def choose_format(name: str, nodes: Nodes, wanted: str = "") -> str:
    """Set the format of the pictures: the wanted one, else the best that we read.

    Raises: InputError where the camera has no such format; MachineError where we read none that it has.
    """
    node = nodes.get_node("PixelFormat")
    known = [form for form in COLOURS if form in node.symbolics]
    if not known:
        raise MachineError(f"The camera {name} gives {', '.join(node.symbolics)}; none of {', '.join(COLOURS)}.")
    if wanted and wanted not in known:
        raise InputError(f"The camera {name} gives no pictures in the format '{wanted}'.{did_you_mean(wanted, known)}")
    node.value = wanted or known[0]
    return str(node.value)


def offers(nodes: Nodes) -> tuple[Offer, ...]:
    """Its formats, in which sizes, and how often, as it stands now: some cameras give larger pictures, or more of them,
    with another setting. Nothing is set.
    """
    try:
        forms = list(nodes.get_node("PixelFormat").symbolics)
    except Exception:  # none, or not readable now
        return ()
    (width, height), rates = (bounds_of(nodes, key) for key in ("width", "height")), bounds_of(nodes, "fps")
    size, least = (0, 0), None
    if width is not None and height is not None:
        size, least = (int(width[1]), int(height[1])), (int(width[0]), int(height[0]))
    pace = (rates[1], rates[0]) if rates is not None else ()
    return tuple(Offer(form, size, least, pace, is_range=bool(pace)) for form in forms)


def applied(nodes: Nodes, wanted: Mapping[str, float]) -> dict[str, Any]:
    """Set each, then read all back; `refused` names those that the camera did not take."""
    refused = [key for key, value in wanted.items() if not set_feature(nodes, key, value)]
    settings: dict[str, Any] = {key: value for key in FEATURES if (value := get_feature(nodes, key)) is not None}
    refused += [key for key in wanted if key not in refused and differ(settings.get(key), wanted[key])]
    return settings | ({"refused": sorted(refused)} if refused else {})


def set_feature(nodes: Nodes, key: str, value: float) -> bool:
    """Whether the camera says that it took it."""
    feature = FEATURES[key]
    own = feature.name(nodes)
    if own is None:
        return False
    try:
        for name, state in feature.before:
            if nodes.has_node(name):
                nodes.get_node(name).value = state
        node = nodes.get_node(own)
        node.value = type(node.value)(value)
    except Exception:  # read-only, out of its range, locked while it streams: each has a class of its own
        return False
    return True


def get_feature(nodes: Nodes, key: str) -> float | None:
    """What the camera says of it; None where it has no such setting, or has it and does not tell."""
    try:
        node = _selected(nodes, FEATURES[key])
        return None if node is None else round(float(node.value), 3)
    except Exception:  # not readable now: each road raises its own
        return None


def bounds_of(nodes: Nodes, key: str) -> tuple[float, float] | None:
    """The least and the most that the camera takes; None where it does not tell."""
    try:
        node = _selected(nodes, FEATURES[key])
        return None if node is None else (float(node.min), float(node.max))
    except Exception:
        return None


def _selected(nodes: Nodes, feature: Feature) -> Any:
    """The feature's node once its selector stands where it should; None where the camera has none."""
    own = feature.name(nodes)
    if own is None:
        return None
    for name, state in feature.before:
        if name.endswith("Selector") and nodes.has_node(name):
            nodes.get_node(name).value = state
    return nodes.get_node(own)

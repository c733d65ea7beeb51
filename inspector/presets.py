"""How much a training takes on: sets of settings with names that need no explanation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Preset:
    """One choice. long_side: of the network's input in pixels; settings: those of `TrainingSettings` that differ."""

    text: str
    long_side: int
    settings: Mapping[str, Any]


QUICK, STANDARD = "quick", "standard"
PRESETS = {
    QUICK: Preset(
        "minutes on a processor, to see whether the recordings teach", 256, {"effort": 0.3, "rounds": {"most": 1}}
    ),
    STANDARD: Preset("for a station", 320, {}),
    "thorough": Preset(
        "small components and long trainings, for a machine with a GPU", 512, {"effort": 3, "batch": 16}
    ),
}

FAMILIES = ("ssd", "anchor_free", "faster_rcnn")
BACKBONES = ("compact", "mobilenet_v2", "resnet50", "resnet101")
DECIDES = "decides"
SECOND_LOOKS = ("none", "confirms", DECIDES)
"""Named here too, since asking the learning code for them would load TensorFlow to print a help text, or a page."""


def in_words(seconds: float) -> str:
    """A duration as a person would say it: "40 seconds", "7 minutes", "2 hours 10 minutes", "3 days"."""
    if seconds < 90:
        return _counted(max(1, round(seconds)), "second")
    minutes = round(seconds / 60)
    if minutes < 90:
        return _counted(minutes, "minute")
    hours, rest = divmod(round(minutes / 10) * 10, 60)
    if hours >= 48:
        return _counted(round(minutes / 60 / 24), "day")
    return _counted(hours, "hour") + (f" {rest} minutes" if rest else "")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"

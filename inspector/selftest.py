"""Does this machine work: processor, memory, disk, GPU, screen, cameras."""

import os
import shutil
import sys
from dataclasses import dataclass

import numpy as np

from inspector.backend import choose, find, sentence
from inspector.boxes import as_boxes
from inspector.capture.connected import Connected, cameras, offers_of
from inspector.capture.offer import Offer
from inspector.detections import suppress
from inspector.errors import InspectorError, MachineError
from inspector.files import written_whole
from inspector.recipe import Label
from inspector.settings import Workspace

LEAST_FREE_GB = 2.0


@dataclass(frozen=True)
class Check:
    """One thing that was tried. needed: without it the machine cannot be a station."""

    name: str
    ok: bool
    text: str
    needed: bool = False


def checks(workspace: Workspace) -> list[Check]:
    """Try everything, in the order in which a person would want to know."""
    return [_processor(), _libraries(), _workspace(workspace), _disk(workspace), _training(), _screen(), _cameras()]


@dataclass(frozen=True)
class Asked:
    """A camera that is connected, and what it can send. fault: why nobody knows, in a sentence, "" where it told."""

    camera: Connected
    offers: tuple[Offer, ...] = ()
    fault: str = ""


def asked() -> list[Asked]:
    """Each camera, asked which formats it has: one that another program uses may not tell now."""
    try:
        return [_asked(camera) for camera in cameras()]
    except MachineError:  # which the check of the cameras tells
        return []


def _asked(camera: Connected) -> Asked:
    try:
        offers = offers_of(camera)
    except InspectorError as error:
        return Asked(camera, fault=str(error))
    return Asked(camera, offers, "" if offers else "Its driver does not tell which formats it has.")


def _processor() -> Check:
    return Check("processor", True, f"{os.cpu_count()} threads, Python {sys.version.split()[0]}")


def _libraries() -> Check:
    """OpenCV and LiteRT load and work: a broken wheel shows here and not in the night shift."""
    try:
        from ai_edge_litert.interpreter import Interpreter  # a missing system library fails at this import

        suppress(as_boxes([[0, 0, 9, 9]]), np.ones((1, 1), np.float32), (Label("probe"),), 0.5)
    except (ImportError, OSError) as error:
        return Check("libraries", False, f"{error}", needed=True)
    return Check("libraries", True, f"OpenCV and {Interpreter.__module__.split('.')[0]} load", needed=True)


def _workspace(workspace: Workspace) -> Check:
    probe = workspace.folder / ".selftest"
    try:
        with written_whole(probe) as file:
            file.write(b"probe")
        probe.unlink()
    except MachineError as error:
        return Check("workspace", False, str(error), needed=True)
    return Check("workspace", True, f"{workspace.folder} can be written", needed=True)


def _disk(workspace: Workspace) -> Check:
    folder = workspace.folder
    while not folder.exists():
        folder = folder.parent
    free_gb = shutil.disk_usage(folder).free / 1e9
    enough = free_gb >= LEAST_FREE_GB
    return Check("disk", enough, f"{free_gb:.0f} GB free" + ("" if enough else ": make room before recording"), True)


def _training() -> Check:
    """Asked in processes of their own: the station never loads TensorFlow."""
    found = find()
    chosen = choose(found)
    if chosen is None:
        return Check("training", False, "TensorFlow does not load here: this machine can inspect, not train")
    makes_bundles = any(backend.name == "tensorflow" for backend in found)
    return Check("training", makes_bundles, sentence(found, chosen))


def _screen() -> Check:
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return Check("screen", False, "no display: the window cannot open, every command works")
    return Check("screen", True, "a display is there")


def _cameras() -> Check:
    try:
        found = cameras()
    except MachineError as error:
        return Check("cameras", False, str(error))
    if not (found or sys.platform.startswith("linux")):
        return Check("cameras", True, "open one with: inspector ui --source usb:0")
    names = ", ".join(f"{one.name} ({one.source})" for one in found)
    return Check("cameras", bool(found), names or "no USB camera is connected; simulator works")

"""Cameras on USB: by which of the system's ways, and in which format, they give what is wanted."""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from statistics import median

import cv2

from inspector.capture.connected import link_speed_mbit, offers_of_device, usb_cameras
from inspector.capture.link import Trial, best, formats
from inspector.capture.live import PROPERTIES, Capture, LiveCamera
from inspector.capture.options import read_options, take_word
from inspector.capture.proof import SETTLING, prove
from inspector.errors import InputError, MachineError, did_you_mean

DEFAULTS: Mapping[str, float] = {"width": 1280, "height": 720, "fps": 30}
FORMATS = ("MJPG", "YUYV", "NV12", "H264")
TIMED = 10
"""Pictures over which a rate is measured, once those that had been waiting are through."""

Opening = Callable[[int, int], Capture | None]
"""Opens the camera of that number by that backend; None where it does not answer."""


def open_usb(text: str) -> LiveCamera:
    """`0`, or `0,width=1920,height=1080,fps=30,exposure=200,format=MJPG`, or a serial number in the place of the 0.

    Raises: InputError where the text is none of these; MachineError where the camera does not answer.
    """
    named, _, options = text.partition(",")
    index = _number_of(named)
    form, options = take_word(options, "format")
    if form and form not in FORMATS:
        raise InputError(f"There is no format '{form}' for the pictures of a USB camera.{did_you_mean(form, FORMATS)}")
    wanted = {**DEFAULTS, **read_options(options, PROPERTIES, "A USB camera")}
    size = wanted["width"], wanted["height"], wanted["fps"]
    forms = (form,) if form else formats(*size, link_speed_mbit(index))
    name = f"usb:{named if named != str(index) else index}"
    camera = open_best(name, index, wanted, [(backend, one) for backend in backends() for one in forms], _opened)
    try:
        prove(camera, wanted)
        camera.begin()
        with suppress(MachineError):
            camera.offers = offers_of_device(f"/dev/video{index}")
    except MachineError:
        camera.close()
        raise
    return camera


def _number_of(named: str) -> int:
    """The device's number. Args: named: that, or a serial number."""
    devices = {one.serial: one.device.removeprefix("/dev/video") for one in usb_cameras() if one.serial}
    index = devices.get(named, named)
    if not named or not (index.isdecimal() and len(index) < 4):
        known = ", ".join(f"{one.source} ({one.name})" for one in usb_cameras())
        told = f"Connected: {known}." if known else "The first one is usb:0, the next usb:1."
        raise InputError(f"'usb:{named}' names no camera. {told}")
    return int(index)


def backends(platform: str = sys.platform) -> tuple[int, ...]:
    """Who may read the camera, the best first. Windows has two, and which of them serves a camera well differs."""
    return (cv2.CAP_MSMF, cv2.CAP_DSHOW) if platform == "win32" else (cv2.CAP_ANY,)


def open_best(
    name: str, index: int, wanted: Mapping[str, float], ways: Sequence[tuple[int, str]], opening: Opening
) -> LiveCamera:
    """The camera, opened in the first way that gives all that is wanted, else in the best one.

    Args: wanted: with `fps`; ways: backend and format of each.
    Raises: MachineError where none gives a picture.
    """
    trials: list[Trial] = []
    failures: list[MachineError] = []
    for backend, form in ways:
        try:
            camera, trial = _try(name, index, wanted, Trial(backend, form), opening)
        except MachineError as error:
            failures.append(error)
            continue
        if trial.does(wanted["fps"]):
            return camera
        camera.close()
        trials.append(trial)
    if not trials:
        raise failures[0]
    camera, _ = _try(name, index, wanted, best(trials, wanted["fps"]), opening)
    return camera


def _try(name: str, index: int, wanted: Mapping[str, float], way: Trial, opening: Opening) -> tuple[LiveCamera, Trial]:
    """Raises: MachineError where no picture comes."""
    capture = opening(index, way.backend)
    if capture is None:
        raise MachineError(f"The camera {name} does not answer: check its cable, and that no other program uses it.")
    # Before the size: a camera may not give every size in every format.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*way.form))
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    camera = LiveCamera(name, capture, wanted)
    try:
        rate = measured_rate(camera)
    except MachineError:
        camera.close()
        raise
    camera.settings["rate"] = round(rate, 1)
    return camera, Trial(way.backend, way.form, len(camera.settings.get("refused", ())), rate)


def measured_rate(camera: LiveCamera) -> float:
    """Pictures that truly come in a second. Raises: MachineError where none comes."""
    for _ in range(SETTLING):
        camera.look()
    times = [camera.look()[1] for _ in range(TIMED)]
    return 1 / max(median(later - earlier for earlier, later in pairwise(times)), 1e-6)


def _opened(index: int, backend: int) -> Capture | None:
    capture = cv2.VideoCapture(index, backend)
    if capture.isOpened():
        return capture
    with suppress(Exception):
        capture.release()
    return None

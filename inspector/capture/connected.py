"""The cameras that are connected now, by name and serial number."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inspector.capture.genicam import road
from inspector.capture.offer import Offer

VIDEO_DEVICES = Path("/sys/class/video4linux")


@dataclass(frozen=True)
class Connected:
    """One camera. source: what opens it, by its serial number where it has one, which stays when it is plugged in
    elsewhere; device: `/dev/video0`, "" for others.
    """

    source: str
    name: str
    serial: str
    device: str = ""


def cameras() -> list[Connected]:
    """All that this machine knows of. Where Aravis is installed the network is asked, which takes a second.

    Raises: MachineError where a GenTL producer is named and cannot be loaded.
    """
    return [*usb_cameras(), *(Connected(one.source, one.model, one.serial) for one in road.connected())]


def offers_of(camera: Connected) -> tuple[Offer, ...]:
    """What it can send: format, size and rate; none where its driver does not tell, as on Windows.

    Raises: InputError or MachineError where it cannot be asked now.
    """
    scheme, _, wanted_id = camera.source.partition(":")
    if scheme == "genicam":
        return road.offered(wanted_id)
    return offers_of_device(camera.device)


def offers_of_device(device: str) -> tuple[Offer, ...]:
    """Of `/dev/video0`. Raises: MachineError where it cannot be asked."""
    if not (device and sys.platform.startswith("linux")):
        return ()
    from inspector.capture.v4l2 import offers

    return offers(Path(device))


def usb_cameras(devices: Path = VIDEO_DEVICES) -> Iterator[Connected]:
    """On Linux those that the kernel lists; elsewhere the system does not tell. Args: devices: where it lists them.

    A camera has several nodes there; the first one gives pictures. Cheap ones share a serial number: then it is none.
    """
    if not sys.platform.startswith("linux"):
        return
    nodes = sorted(devices.glob("video*"), key=lambda path: int(path.name.removeprefix("video")))
    first = [node for node in nodes if _text(node / "index") in ("", "0")]
    told = [_text((node / "device").resolve().parent / "serial") for node in first]
    for node, serial in zip(first, told, strict=True):
        # A short number is that of a device.
        own = serial if told.count(serial) == 1 and not (serial.isdecimal() and len(serial) < 4) else ""
        source = f"usb:{own or node.name.removeprefix('video')}"
        yield Connected(source, _text(node / "name"), own, f"/dev/{node.name}")


def link_speed_mbit(index: int, devices: Path = VIDEO_DEVICES) -> float | None:
    """How fast the USB link of `/dev/video<index>` is; None where the system does not tell."""
    told = _text((devices / f"video{index}" / "device").resolve().parent / "speed")
    try:
        return float(told)
    except ValueError:
        return None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""

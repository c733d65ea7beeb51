"""Which cameras are connected, as Linux and GenICam's producers list them."""

from pathlib import Path
from typing import Any

import pytest

from inspector import selftest
from inspector.capture import usb, v4l2
from inspector.capture.connected import Connected, cameras, link_speed_mbit, offers_of, usb_cameras
from inspector.capture.genicam import road
from inspector.capture.offer import Offer
from inspector.errors import InputError, MachineError


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """As the kernel lists two cameras: one with a serial number and a second node for its data, one without either."""
    for name, camera, interface, index, serial in (
        ("video2", "HD Pro Webcam C920", "1-1/1-1:1.0", "0", "A1B2"),
        ("video3", "HD Pro Webcam C920", "1-1/1-1:1.0", "1", "A1B2"),
        ("video10", "Cheap Camera", "1-2/1-2:1.0", "0", ""),
    ):
        node, usb = tmp_path / "class" / name, tmp_path / "usb" / interface
        usb.mkdir(parents=True, exist_ok=True)
        node.mkdir(parents=True)
        (node / "name").write_text(f"{camera}\n")
        (node / "index").write_text(f"{index}\n")
        (node / "device").symlink_to(usb)
        if serial:
            (usb.parent / "serial").write_text(f"{serial}\n")
    return tmp_path / "class"


def test_usb_cameras_are_known_by_name_and_serial_number(devices: Path) -> None:
    assert list(usb_cameras(devices)) == [
        Connected("usb:A1B2", "HD Pro Webcam C920", "A1B2", "/dev/video2"),
        Connected("usb:10", "Cheap Camera", "", "/dev/video10"),
    ]


def test_how_fast_a_link_is_is_read_where_the_system_tells(devices: Path) -> None:
    (devices / "video2" / "device").resolve().parent.joinpath("speed").write_text("480\n")
    assert (link_speed_mbit(2, devices), link_speed_mbit(10, devices), link_speed_mbit(7, devices)) == (480, None, None)


def test_a_serial_number_opens_the_camera_wherever_it_is_plugged_in(
    devices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usb, "usb_cameras", lambda: usb_cameras(devices))
    asked = []

    def opened(index: int, *_: object) -> object:
        asked.append(index)
        raise MachineError("not here")

    monkeypatch.setattr(usb.cv2, "VideoCapture", opened)
    for text in ("A1B2", "10", "A1B2,fps=15"):
        with pytest.raises(MachineError, match="not here"):
            usb.open_usb(text)
    assert asked == [2, 2, 10, 10, 2, 2]
    with pytest.raises(InputError, match=r"Connected: usb:A1B2 \(HD Pro Webcam C920\), usb:10 \(Cheap Camera\)"):
        usb.open_usb("Z9")


def test_a_serial_number_that_several_share_or_that_is_a_devices_number_is_none(devices: Path) -> None:
    (devices / "video10" / "device").resolve().parent.joinpath("serial").write_text("A1B2\n")
    assert [one.source for one in usb_cameras(devices)] == ["usb:2", "usb:10"]
    (devices / "video10" / "device").resolve().parent.joinpath("serial").write_text("2\n")
    assert [one.source for one in usb_cameras(devices)] == ["usb:A1B2", "usb:10"]


def test_without_any_there_are_none(tmp_path: Path) -> None:
    assert list(usb_cameras(tmp_path / "nothing")) == []


@pytest.mark.usefixtures("genicam_producer")
def test_those_of_a_producer_are_listed_too() -> None:
    assert Connected("genicam:2", "Viky", "2") in cameras()


def test_a_camera_is_asked_what_it_can_send_by_the_way_it_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    offer = (Offer("MJPG", (640, 480), rates=(30.0,)),)
    asked = []
    monkeypatch.setattr(v4l2, "offers", lambda device: asked.append(device) or offer)
    monkeypatch.setattr(road, "offered", lambda wanted: asked.append(wanted) or offer)
    monkeypatch.setattr("sys.platform", "linux")
    assert offers_of(Connected("usb:A1B2", "Webcam", "A1B2", "/dev/video2")) == offer
    assert offers_of(Connected("genicam:7", "Fake", "7")) == offer
    assert asked == [Path("/dev/video2"), "7"]
    monkeypatch.setattr("sys.platform", "win32")
    assert offers_of(Connected("usb:0", "Webcam", "", "")) == (), "the driver does not tell there"


def test_the_selftest_lists_what_each_camera_can_send(inspector: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {
        "usb:1": (Offer("YUYV", (640, 480), rates=(30.0, 15.0)), Offer("MJPG", (1920, 1080))),
        "usb:2": (),
    }

    def told(camera: Connected) -> tuple[Offer, ...]:
        if camera.source not in known:
            raise MachineError("The camera genicam:7 does not answer.")
        return known[camera.source]

    found = [Connected("usb:1", "C920", "A1"), Connected("usb:2", "Odd", ""), Connected("genicam:7", "Fake", "7")]
    monkeypatch.setattr(selftest, "cameras", lambda: found)
    monkeypatch.setattr(selftest, "offers_of", told)
    lines = [one for one in inspector("selftest", "--json").lines if "camera" in one]
    assert [(one["source"], one["fault"]) for one in lines] == [
        ("usb:1", ""),
        ("usb:2", "Its driver does not tell which formats it has."),
        ("genicam:7", "The camera genicam:7 does not answer."),
    ]
    first, *_ = lines[0]["offers"]
    assert (first["form"], first["size"], first["rates"]) == ("YUYV", [640, 480], [30.0, 15.0])
    said = inspector("selftest").out
    assert "YUYV" in said
    assert "640x480" in said
    assert "30, 15" in said
    assert "Its driver does not tell" in said

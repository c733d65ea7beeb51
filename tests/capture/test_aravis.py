"""The fake GigE Vision camera that Aravis ships, in a process of its own, over the loopback interface."""

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from inspector.capture.camera import open_camera
from inspector.capture.connected import Connected, cameras
from inspector.capture.genicam.road import offered
from inspector.capture.grabber import Grabber
from inspector.errors import InputError, MachineError

LONG_S = 60.0
AS_IF_ANOTHER_PROGRAM = """
import sys
from inspector.capture.camera import open_camera
from inspector.errors import MachineError
try:
    open_camera(sys.argv[1])
except MachineError as error:
    print(error)
"""


@pytest.fixture
def fake(gige_camera: Any) -> Any:
    return gige_camera()


def test_it_is_listed_by_model_and_serial_number(fake: Any) -> None:
    assert Connected(fake.source, "Fake", fake.serial) in cameras()


def test_it_tells_its_formats_sizes_and_rates(fake: Any) -> None:
    told = offered(fake.serial)
    assert "Mono8" in [offer.form for offer in told]
    assert all(offer.size >= (512, 512) and offer.rates for offer in told)
    camera = open_camera(fake.source)
    assert camera.read() is not None, "it was let go of"
    camera.close()
    assert [offer.form for offer in getattr(camera, "offers", ())] == [offer.form for offer in told]


def test_pictures_come_whole_and_move(fake: Any) -> None:
    camera = open_camera(fake.source)
    frames = [frame for _ in range(5) if (frame := camera.read()) is not None]
    camera.close()
    assert [frame.number for frame in frames] == list(range(5))
    assert {frame.size for frame in frames} == {(512, 512)}
    assert not np.array_equal(frames[0].image, frames[1].image)
    assert camera.name == fake.source


def test_settings_are_taken_read_back_and_seen_on_the_pixels(fake: Any) -> None:
    camera = open_camera(f"{fake.source},width=256,height=128,fps=50,exposure=4000,gain=0,format=Mono8")
    frame = camera.read()
    camera.close()
    assert frame is not None
    assert frame.size == (256, 128)
    assert camera.settings == {
        "width": 256,
        "height": 128,
        "fps": 50,
        "exposure": 4000,
        "gain": 0,
        "format": "Mono8",
        "proven": ["exposure", "gain"],
    }


def test_what_it_cannot_take_is_refused_and_the_picture_comes(fake: Any) -> None:
    camera = open_camera(f"{fake.source},exposure=99000000,gain=1000,red=2")
    assert camera.read() is not None
    camera.close()
    assert camera.settings["refused"] == ["exposure", "gain", "red"]


def test_a_format_that_it_has_not_is_told_with_those_it_has(fake: Any) -> None:
    with pytest.raises(InputError, match=r"no pictures in the format 'BayerRG'\. Did you mean 'BayerRG8'\?"):
        open_camera(f"{fake.source},format=BayerRG")
    # What was opened was given back.
    open_camera(fake.source).close()


def test_it_is_read_in_colour_and_in_grey(fake: Any) -> None:
    for form in ("RGB8", "Mono8"):
        camera = open_camera(f"{fake.source},format={form},exposure=10000")
        frame = camera.read()
        camera.close()
        assert frame is not None
        assert camera.settings["format"] == form
        assert 20 < frame.image.mean() < 235


def test_another_program_cannot_take_it_away_and_is_told(fake: Any) -> None:
    camera = open_camera(fake.source)
    command = [sys.executable, "-c", AS_IF_ANOTHER_PROGRAM, fake.source]
    other = subprocess.run(command, capture_output=True, text=True, timeout=LONG_S, check=False)
    assert other.stdout == f"The camera {fake.source} is used by another program, or was a moment ago: end that one.\n"
    assert other.stderr == ""
    assert camera.read() is not None
    camera.close()


def test_a_camera_that_is_unplugged_raises_and_closes(fake: Any) -> None:
    camera = open_camera(fake.source)
    assert camera.read() is not None
    fake.kill()
    with pytest.raises(MachineError, match="gives no picture: check its cable, its power and its network"):
        list(iter(camera.read, None))
    camera.close()


def test_none_is_connected_is_told(gige_camera: Any) -> None:
    with pytest.raises(InputError, match=r"names 0 cameras\. Connected: none: check its cable"):
        open_camera("genicam:NOTHERE")


def test_a_camera_whose_power_fails_is_found_again_with_its_settings(fake: Any) -> None:
    opened: list[Any] = []

    def opener() -> Any:
        opened.append(open_camera(f"{fake.source},exposure=4000"))
        return opened[-1]

    grabber = Grabber(opener)
    grabber.start()
    try:
        before = grabber.latest.take(LONG_S)
        assert before is not None
        fake.kill()
        until(lambda: grabber.fault)
        grabber.latest.take(0)
        fake.start()
        after = grabber.latest.take(LONG_S)
        assert after is not None
        assert after.number > before.number
        assert (after.fault, grabber.fault) == (None, None)
        assert [camera.settings["exposure"] for camera in opened] == [4000, 4000]
        assert [camera.settings["proven"] for camera in opened] == [["exposure"], ["exposure"]]
    finally:
        grabber.stop()
        assert grabber.wait(LONG_S)


def test_pictures_with_lost_packets_are_left_out(gige_camera: Any) -> None:
    """One packet of a thousand: of 195 that a picture takes, that hits every sixth picture."""
    camera: Any = open_camera(gige_camera(lost_per_thousand=1).source)
    frames = [frame for _ in range(60) if (frame := camera.read()) is not None]
    camera.close()
    assert [frame.number for frame in frames] == list(range(60))
    assert camera.incomplete > 0
    # A hole would be black.
    assert min(int(frame.image.max(axis=(1, 2)).min()) for frame in frames) > 0


def test_where_every_picture_has_holes_the_network_is_named(gige_camera: Any) -> None:
    with pytest.raises(MachineError, match=r"gives no picture: .* its network \(\d+ came with packets missing\)"):
        open_camera(gige_camera(lost_per_thousand=200).source)


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + LONG_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)

"""GenICam cameras, through the producer that the standard's own bindings bring along."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from inspector.capture.genicam import aravis, gentl
from inspector.capture.genicam.features import applied
from inspector.capture.genicam.gentl import VARIABLE
from inspector.capture.genicam.pixels import COLOURS, bgr
from inspector.capture.genicam.road import connected, offered, open_genicam
from inspector.capture.grabber import Grabber
from inspector.errors import InputError, MachineError
from inspector.selftest import checks
from inspector.settings import Workspace

RED = "VikyTL_DEV_red"


@pytest.fixture
def at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has asked for no such camera yet."""
    monkeypatch.setattr(gentl, "_harvester", gentl._harvester.__wrapped__)


@pytest.mark.usefixtures("genicam_producer")
class TestWithAProducer:
    def test_what_is_connected_is_known_by_model_and_serial_number(self) -> None:
        assert [str(one) for one in connected()] == [f"Viky (genicam:{number})" for number in range(3)]

    @pytest.mark.parametrize("text", ["1", "VikyTL_DEV_green"])
    def test_a_camera_is_named_by_its_serial_number_or_its_id(self, text: str) -> None:
        camera = open_genicam(text)
        camera.close()
        assert camera.name == "genicam:1"

    @pytest.mark.parametrize(("text", "count"), [("nothing", 0), ("", 3), ("Viky", 3)])
    def test_one_that_is_none_or_several_is_told_with_all_that_are_connected(self, text: str, count: int) -> None:
        told = f"'genicam:{text}' names {count} cameras. Connected: Viky (genicam:0), Viky (genicam:1), "
        with pytest.raises(InputError, match=told.replace("(", r"\(").replace(")", r"\)")):
            open_genicam(text)

    def test_settings_are_read_back_and_those_not_taken_are_named(self) -> None:
        camera = open_genicam(f"{RED},width=320,fps=40,exposure=5000,gain=3")
        frame = camera.read()
        camera.close()
        assert frame is not None
        assert frame.size == (320, 400)
        assert camera.settings == {
            "width": 320,
            "height": 400,
            "fps": 40,
            "format": "RGBa8",
            "refused": ["exposure", "gain"],
        }

    def test_it_tells_its_formats_sizes_and_rates_open_or_not(self) -> None:
        before = offered(RED)
        camera = open_genicam(RED)
        camera.close()
        assert camera.offers == before
        assert "RGBa8" in [offer.form for offer in before]
        assert {offer.least for offer in before} != {None}
        assert all(offer.size >= (640, 400) for offer in before)

    def test_a_setting_out_of_its_range_is_refused_and_the_picture_comes(self) -> None:
        camera = open_genicam(f"{RED},width=1000000")
        assert camera.read() is not None
        camera.close()
        assert camera.settings["refused"] == ["width"]
        assert camera.settings["width"] < 1_000_000

    def test_a_mistyped_setting_has_a_neighbour(self) -> None:
        with pytest.raises(InputError, match=r"A GenICam camera has no setting 'exposur'\. Did you mean 'exposure'"):
            open_genicam(f"{RED},exposur=1")

    def test_pictures_differ_and_are_numbered(self) -> None:
        camera = open_genicam(RED)
        frames = [frame for _ in range(5) if (frame := camera.read()) is not None]
        camera.close()
        assert [frame.number for frame in frames] == list(range(5))
        assert any(not np.array_equal(frames[0].image, frame.image) for frame in frames[1:])

    def test_it_can_be_closed_from_another_thread_while_it_is_read(self) -> None:
        camera = open_genicam(f"{RED},fps=5")
        camera.read()
        closing = threading.Timer(0.05, camera.close)
        closing.start()
        while camera.read() is not None:
            pass
        closing.join()
        again = open_genicam(RED)
        assert again.read() is not None
        again.close()

    def test_a_grabber_reads_it(self) -> None:
        seen = threading.Event()
        grabber = Grabber(lambda: open_genicam(RED), sink=lambda frame: seen.set())
        grabber.start()
        assert seen.wait(10)
        grabber.stop()
        assert grabber.wait(10)


@pytest.mark.usefixtures("genicam_producer")
def test_whoever_records_hears_what_the_camera_did_not_take(inspector: Any) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    options = ("--recipe", "lid", "--component", "tape", "--positive", "--seconds", "0.5")
    said = inspector("record", *options, "--source", f"genicam:{RED},fps=40,exposure=5000")
    assert said.code == 0
    assert "The camera did not take exposure: it goes on with what it had." in said.err


@pytest.mark.usefixtures("at_first")
def test_the_selftest_names_a_producer_that_cannot_be_loaded(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("harvesters")
    (tmp_path / "broken.cti").write_bytes(b"no library")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    (found,) = (check for check in checks(workspace) if check.name == "cameras")
    assert not found.ok
    assert "broken.cti" in found.text


def test_without_any_road_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(aravis, "library", lambda: None)
    assert connected() == []
    told = "install the GenTL producer .* its folder in GENICAM_GENTL64_PATH; or Aravis: apt-get install gir1.2-aravis"
    with pytest.raises(MachineError, match=told):
        open_genicam("1")


@pytest.mark.usefixtures("at_first")
def test_a_folder_without_a_producer_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("harvesters")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(MachineError, match="no GenTL producer in the folders that GENICAM_GENTL64_PATH names"):
        open_genicam("1")


@pytest.mark.usefixtures("at_first")
def test_a_producer_that_cannot_be_loaded_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("harvesters")
    (tmp_path / "broken.cti").write_bytes(b"no library")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(MachineError, match=r"No GenTL producer can be loaded \(.*broken\.cti: .*Install it again"):
        open_genicam("1")
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("at_first")
def test_without_harvesters_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "somewhere")
    monkeypatch.setitem(sys.modules, "harvesters.core", None)
    with pytest.raises(MachineError, match=r"pip install assembly-inspector\[genicam\]"):
        open_genicam("1")


class Node:
    """A setting of a camera; one that is locked refuses, one that is hidden does not tell."""

    def __init__(self, value: float | str, locked: bool = False, hidden: bool = False) -> None:
        self._value, self._locked, self._hidden = value, locked, hidden

    @property
    def value(self) -> float | str:
        if self._hidden:
            raise RuntimeError("AccessException")
        return self._value

    @value.setter
    def value(self, value: float | str) -> None:
        if self._locked:
            raise RuntimeError("AccessException")
        self._value = value


class Nodes:
    """Stands for a camera's node map."""

    def __init__(self, **nodes: Node) -> None:
        self._nodes = nodes

    def has_node(self, name: str) -> bool:
        return name in self._nodes

    def get_node(self, name: str) -> Node:
        return self._nodes[name]


def test_a_setting_that_does_not_tell_or_is_locked_leaves_the_others_as_they_are() -> None:
    nodes = Nodes(
        ExposureTime=Node(10.0),
        ExposureAuto=Node("Continuous", locked=True),
        Gain=Node(0.0),
        Width=Node(640),
        BalanceRatio=Node(1.0, hidden=True),
    )
    settings = applied(nodes, {"exposure": 5000, "gain": -3, "red": 1.5})
    assert settings == {"width": 640, "exposure": 10, "gain": -3, "refused": ["exposure", "red"]}


def mosaic(form: str, colour: tuple[int, int, int]) -> np.ndarray:
    """A picture of one colour, BGR, as a sensor behind such a filter sees it."""
    rows = {"BayerRG8": "RGGB", "BayerGR8": "GRBG", "BayerGB8": "GBRG", "BayerBG8": "BGGR"}[form]
    values = dict(zip("BGR", colour, strict=True))
    return np.tile(np.array([values[letter] for letter in rows], np.uint8).reshape(2, 2), (4, 6))


def packed(form: str, colour: tuple[int, int, int]) -> np.ndarray:
    """The bytes of a picture of 12 x 8 pixels of one colour."""
    picture = np.full((8, 12, 3), colour, np.uint8)
    change: dict[str, Callable[[], np.ndarray]] = {
        "BGR8": lambda: picture,
        "RGB8": lambda: cv2.cvtColor(picture, cv2.COLOR_BGR2RGB),
        "BGRa8": lambda: cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA),
        "RGBa8": lambda: cv2.cvtColor(picture, cv2.COLOR_BGR2RGBA),
        "Mono8": lambda: cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY),
        "YUV422_8": lambda: cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_YUY2),
        "YUV422_8_UYVY": lambda: cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_UYVY),
    }
    return (mosaic(form, colour) if form.startswith("Bayer") else change[form]()).reshape(-1)


@pytest.mark.parametrize("form", COLOURS)
def test_every_format_becomes_the_colour_that_it_is(form: str) -> None:
    colour = (100, 100, 100) if form == "Mono8" else (40, 90, 200)
    data = packed(form, colour)
    image = bgr(data, 12, 8, form)
    assert image.shape == (8, 12, 3)
    assert np.abs(image.astype(int) - colour).max() <= 3
    data[:] = 0  # the camera fills its buffer again
    assert image.max() > 0

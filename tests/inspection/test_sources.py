"""Which source each camera is: as a person says, else as the settings."""

import pytest

from inspector.errors import InputError
from inspector.inspection.sources import source_for, sources_of
from inspector.recipe import Component, Recipe, Viewpoint
from inspector.settings import Settings

ONE = Recipe(name="lid", components=(Component(name="tape"),))
TWO = Recipe(
    name="box",
    components=(Component(name="lid", camera="top"), Component(name="seal", camera="side")),
    cameras=(Viewpoint(name="top"), Viewpoint(name="side")),
)
TOLD = Settings(source="usb:0", cameras={"top": "usb:1", "side": "usb:2", "back": "usb:3"})


def test_one_camera_has_the_source_that_is_said_or_the_settings() -> None:
    assert sources_of(ONE, TOLD) == "usb:0"
    assert sources_of(ONE, TOLD, ["simulator:screw=on"]) == "simulator:screw=on"
    assert sources_of(ONE, TOLD, [""]) == ""
    with pytest.raises(InputError, match="has one camera: name one source, not 2"):
        sources_of(ONE, TOLD, ["usb:0", "usb:1"])


def test_each_of_several_has_its_own() -> None:
    assert sources_of(TWO, TOLD) == {"top": "usb:1", "side": "usb:2"}
    assert sources_of(TWO, TOLD, ["side=simulator:screw=on"]) == {"top": "usb:1", "side": "simulator:screw=on"}
    assert sources_of(TWO, Settings(), ["top=a", "side=b"]) == {"top": "a", "side": "b"}


def test_what_names_no_camera_is_told() -> None:
    with pytest.raises(InputError, match="is of the cameras top, side: say CAMERA=SOURCE, not 'simulator'"):
        sources_of(TWO, TOLD, ["simulator"])
    with pytest.raises(InputError, match=r"no camera in recipe 'box' 'sid'\. Did you mean 'side'"):
        sources_of(TWO, TOLD, ["sid=usb:0"])


def test_a_camera_of_which_nothing_is_said_is_told() -> None:
    with pytest.raises(InputError, match="Nothing says which source the camera 'side' is"):
        sources_of(TWO, Settings(), ["top=usb:0"])


def test_a_recording_is_made_by_the_camera_that_sees_its_component() -> None:
    assert source_for(ONE, ["tape"], TOLD) == "usb:0"
    assert source_for(TWO, ["seal"], TOLD) == "usb:2"
    with pytest.raises(InputError, match="Did you mean 'seal'"):
        source_for(TWO, ["sael"], TOLD)

"""Frames of several cameras in sets: one of each, none twice, and all of one moment."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pytest

import inspector.inspection.rig
from inspector.errors import InputError, MachineError
from inspector.frame import Frame
from inspector.inspection.rig import Rig
from tests.inspection.scripted import GOOD, PATIENCE_S, ScriptedCamera, dark, endless, in_line, picture, until

Open = Any


@pytest.fixture
def opened() -> Iterator[Open]:
    """Starts rigs, and ends them."""
    rigs: list[Rig] = []

    def start(**cameras: Sequence[Any]) -> Rig:
        rig = Rig({name: in_line(some) for name, some in cameras.items()})
        rigs.append(rig)
        rig.start()
        return rig

    yield start
    for rig in rigs:
        rig.stop()
    until(lambda: not [t for t in threading.enumerate() if t.name in ("grab", "watch camera")])


def taken(rig: Rig) -> dict[str, Frame]:
    """The next set, which comes."""
    deadline = time.monotonic() + PATIENCE_S
    while (found := rig.take(0.05)) is None:
        assert time.monotonic() < deadline, "no set came"
    return found


def pictures(count: int) -> list[Any]:
    return [picture(GOOD, i) for i in range(count)]


def test_files_are_read_in_step_to_the_end_of_the_shorter(opened: Open) -> None:
    rig = opened(top=[ScriptedCamera(pictures(3))], side=[ScriptedCamera(pictures(5))])
    sets = [taken(rig) for _ in range(3)]
    assert [(some["top"].number, some["side"].number) for some in sets] == [(0, 0), (1, 1), (2, 2)]
    until(lambda: rig.take(0) is None and rig.ended)
    assert (rig.error, rig.skipped, rig.live) == (None, 0, False)


def test_the_slowest_camera_sets_the_pace_and_no_frame_comes_twice(opened: Open) -> None:
    fast = ScriptedCamera(endless(GOOD), live=True)
    slow = ScriptedCamera(endless(GOOD), live=True, pace_s=0.03)
    rig = opened(fast=[fast], slow=[slow])
    sets = [taken(rig) for _ in range(6)]
    for name in ("fast", "slow"):
        numbers = [some[name].number for some in sets]
        assert all(later > earlier for earlier, later in pairwise(numbers)), name
    assert all(abs(some["fast"].time_s - some["slow"].time_s) < 0.5 for some in sets)
    assert sets[-1]["fast"].number > sets[-1]["slow"].number
    assert rig.skipped > 0


def test_a_frame_of_another_moment_makes_no_set(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspector.inspection.rig, "STALE_S", 0.05)
    go_on, end = threading.Event(), threading.Event()
    quick = ScriptedCamera([picture(GOOD, 0), lambda: go_on.wait(PATIENCE_S), *pictures(2), end.wait], live=True)
    late = ScriptedCamera([lambda: time.sleep(0.2), *pictures(1), go_on.set, end.wait], live=True)
    rig = opened(quick=[quick], late=[late])
    found = taken(rig)
    end.set()
    assert found["quick"].number > 0


def test_a_fault_names_its_camera(opened: Open) -> None:
    rig = opened(top=[ScriptedCamera(pictures(1))], side=[ScriptedCamera([dark()])])
    found = taken(rig)
    assert found["top"].fault is None
    assert str(found["side"].fault).startswith("side: The picture is dark")


def test_the_camera_that_is_missing_is_named(opened: Open) -> None:
    gone = MachineError("The camera is gone.")
    rig = opened(top=[ScriptedCamera(endless(GOOD), live=True)], side=[gone, gone])
    until(lambda: rig.take(0.01) is None and rig.fault(None) is not None)
    assert rig.missing == ("side",)
    assert rig.fault(None) == "side: The camera is gone."
    assert not rig.ended


def test_a_camera_that_is_silent_is_named_after_a_while(opened: Open) -> None:
    end = threading.Event()
    rig = opened(
        top=[ScriptedCamera(endless(GOOD), live=True)], side=[ScriptedCamera([lambda: end.wait(PATIENCE_S)], live=True)]
    )
    until(lambda: rig.take(0.01) is None and rig.missing == ("side",))
    assert (rig.fault(None), rig.fault(0.5)) == (None, None)
    assert str(rig.fault(1.5)).startswith("side: The camera has sent no picture for 1.5 s")
    end.set()


def test_what_ends_one_camera_ends_all_and_names_it(opened: Open) -> None:
    broken = ScriptedCamera([picture(GOOD, 0), InputError("The video is cut short.")])
    rig = opened(top=[ScriptedCamera(pictures(5))], side=[broken])
    taken(rig)
    until(lambda: rig.take(0) is None and rig.ended)
    assert isinstance(rig.error, InputError)
    assert str(rig.error) == "side: The video is cut short."


def test_live_cameras_and_files_do_not_go_together(opened: Open) -> None:
    rig = opened(top=[ScriptedCamera(endless(GOOD), live=True)], side=[ScriptedCamera(pictures(5))])
    with pytest.raises(InputError, match="top: scripted is a live camera and side: scripted is not"):
        taken(rig)


def test_it_tells_of_each_camera_what_an_inspection_keeps(opened: Open) -> None:
    top, side = ScriptedCamera(pictures(2)), ScriptedCamera(pictures(2))
    side.settings = {"exposure_ms": 4.5}
    rig = opened(top=[top], side=[side])
    assert rig.describe(taken(rig)) == (
        '[{"name": "top", "source": "scripted", "frame": 0, "settings": {}}, '
        '{"name": "side", "source": "scripted", "frame": 0, "settings": {"exposure_ms": 4.5}}]'
    )


def test_one_that_is_away_is_named_too(opened: Open) -> None:
    """Else the picture that stands for it would be taken for another camera's."""
    top, side = ScriptedCamera(pictures(2)), ScriptedCamera(pictures(2))
    rig = opened(top=[top], side=[side])
    frames = taken(rig)
    away = Frame(frames["top"].image, -1, 0.0, frames["top"].taken_at, "no picture")
    assert [one["name"] for one in json.loads(rig.describe({"front": away, **frames}))] == ["front", "top", "side"]

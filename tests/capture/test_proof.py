"""A camera that lies is found out by its pictures."""

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from inspector.capture.blocking import BlockingCamera, Taken
from inspector.capture.grabber import Grabber
from inspector.capture.proof import MOST_S, Level, Seen, judge, not_kept, prove, ways_to, what_to_know
from inspector.errors import MachineError
from inspector.frame import utc_now

LONG_S = 30.0
SCENE = np.random.default_rng(1).integers(20, 120, (60, 80, 3)).astype(np.float32)
USUAL = {"exposure": 100.0, "gain": 0.0, "white_balance": 4500.0, "red": 1.0, "blue": 1.0, "focus": 120.0, "fps": 30.0}


class Sensor(BlockingCamera):
    """A camera that does as it is told, but for what `applies` makes of it. It looks at noise, 30 times a second.

    says: what it tells of a setting. late: after how many pictures a setting shows. light: of the scene.
    """

    def __init__(
        self,
        wanted: Mapping[str, float],
        applies: Callable[[str, float], float | None] = lambda key, value: value,
        says: Callable[[str, float], float] = lambda key, value: value,
        light: float = 1.0,
        late: int = 2,
        rate: float = 30.0,
        flicker: float = 0.0,
        pictures: int = 1000,
    ) -> None:
        super().__init__("sensor")
        self.true = dict(USUAL)
        self._coming: list[tuple[int, str, float]] = []
        self._told = dict(USUAL)
        self._applies, self._says, self._light, self._late = applies, says, light, late
        self._rate, self._flicker, self._left = rate, flicker, pictures
        self._taken = 0
        for key, value in wanted.items():
            self.adjust(key, value)
        self.settings = {key: self._told[key] for key in wanted}
        prove(self, wanted)
        self.begin()

    def adjust(self, key: str, value: float) -> float | None:
        applied = self._applies(key, value)
        if applied is not None:
            self._coming.append((self._taken + self._late, key, applied))
        self._told[key] = self._says(key, value)
        return self._told[key]

    def bounds(self, key: str) -> tuple[float, float] | None:
        return None

    def _take(self) -> Taken:
        self._taken += 1
        if self._taken > self._left:
            raise MachineError("The camera sensor gives no picture.")
        for _, key, value in (one for one in self._coming if one[0] <= self._taken):
            self.true[key] = value
        self._coming = [one for one in self._coming if one[0] > self._taken]
        return Taken(self._picture(), 100 + self._taken / self._rate, utc_now())

    def _picture(self) -> Any:
        true, random = self.true, np.random.default_rng(self._taken)
        warm = true["white_balance"] / 4500
        image = SCENE * (true["blue"] / warm, 1, true["red"] * warm)
        soft = abs(true["focus"] - 120) / 255
        image = image * (1 - soft) + image.mean(axis=(0, 1)) * soft
        lamp = 1 + self._flicker * random.uniform(-1, 1)
        image = image * self._light * lamp * (true["exposure"] / 100) * (1 + true["gain"] / 64)
        return np.clip(255 * (image / 255) ** (1 / 2.2) + random.normal(0, 2, image.shape), 0, 255).astype(np.uint8)

    def _release(self) -> None:
        return


ALL = {"exposure": 150.0, "gain": 16.0, "white_balance": 5000.0, "red": 1.3, "blue": 0.8, "focus": 100.0}


@pytest.mark.parametrize("key", ALL)
def test_what_an_honest_camera_took_is_proven_and_stays_as_wanted(key: str) -> None:
    camera = Sensor({key: ALL[key]})
    assert camera.settings == {key: ALL[key], "proven": [key]}
    assert camera.true[key] == ALL[key]
    assert what_to_know(camera.settings) == []
    frame = camera.read()
    assert frame is not None
    assert frame.number == 0


def test_all_at_once_are_proven_within_their_time() -> None:
    camera = Sensor(dict(ALL))
    assert camera.settings["proven"] == sorted(ALL)
    assert {key: camera.true[key] for key in ALL} == ALL


@pytest.mark.parametrize("key", ALL)
def test_one_that_says_yes_and_does_nothing_is_told(key: str) -> None:
    camera = Sensor({key: ALL[key]}, applies=lambda key, value: None)
    assert camera.settings["unseen"] == [key]
    assert not_kept(camera.settings) == {key}
    assert what_to_know(camera.settings) == [
        f"The camera says that it took {key}, but its pictures do not change with it: set it at the camera."
    ]


def test_one_that_follows_up_to_half_of_what_it_says_is_told() -> None:
    camera = Sensor({"exposure": 200.0}, applies=lambda key, value: min(value, 100.0))
    assert camera.settings["partly"] == ["exposure"]
    assert "follow only up to a point before: choose less" in what_to_know(camera.settings)[0]


def test_one_that_does_the_contrary_is_told() -> None:
    assert Sensor({"exposure": 100.0}, applies=lambda key, value: 2500 / value).settings["unseen"] == ["exposure"]


def test_an_automatic_that_goes_on_in_spite_of_all_is_told() -> None:
    """The exposure is taken, and the gain goes against it."""
    camera = Sensor({"exposure": 200.0}, applies=lambda key, value: 100.0)
    assert camera.settings["unseen"] == ["exposure"]


@pytest.mark.parametrize("light", [0.0, 1000.0])
def test_in_the_dark_and_in_a_glare_nothing_is_claimed(light: float) -> None:
    camera = Sensor({"exposure": 100.0}, light=light)
    assert camera.settings["unproven"] == ["exposure"]
    assert not_kept(camera.settings) == set()
    assert "too dark, too bright or too restless" in what_to_know(camera.settings)[0]


@pytest.mark.parametrize("applies", [lambda key, value: None, lambda key, value: value])
def test_under_a_lamp_that_flickers_no_camera_is_accused_nor_praised(applies: Any) -> None:
    assert Sensor({"gain": 8.0}, applies=applies, flicker=0.5).settings.get("unseen") is None


def test_a_setting_that_is_refused_is_not_looked_at() -> None:
    class Refusing(Sensor):
        def __init__(self) -> None:
            super().__init__({})
            self.settings = {"refused": ["gain"]}
            prove(self, {"gain": 3.0, "fps": 30.0, "width": 80.0})

    assert Refusing().settings == {"refused": ["gain"]}


def test_one_that_cannot_say_what_it_has_is_no_proof() -> None:
    camera = Sensor({"exposure": 100.0}, says=lambda key, value: 70.0)
    assert camera.settings["unseen"] == ["exposure"]


@pytest.mark.parametrize(("rate", "seen"), [(30.0, "proven"), (4.0, "proven"), (1.0, "unproven")])
def test_a_slow_camera_is_not_kept_waiting_for(rate: float, seen: str) -> None:
    camera = Sensor({"exposure": 100.0}, rate=rate)
    assert camera.settings[seen] == ["exposure"]
    first = camera.read()
    assert first is not None
    assert first.time_s - 100 < MOST_S


def test_a_camera_that_falls_silent_meanwhile_raises() -> None:
    with pytest.raises(MachineError, match="gives no picture"):
        Sensor({"exposure": 100.0}, pictures=9)


@pytest.mark.parametrize(
    ("key", "wanted", "bounds", "ways"),
    [
        ("exposure", 200.0, None, (50, 100, 200)),
        ("exposure", -5.0, None, (-7, -6, -5)),  # powers of two of a second, on Windows
        ("white_balance", 4000.0, None, (5200, 4600, 4000)),
        ("white_balance", 5000.0, None, (3500, 4250, 5000)),
        ("red", 2.0, None, (1, 1.4, 2)),
        ("gain", 0.0, (0.0, 48.0), (24, 12, 0)),
        ("gain", 40.0, (0.0, 48.0), (20, 30, 40)),
        ("gain", 0.0, None, (127.5, 63.75, 0)),
        ("focus", 200.0, None, (100, 150, 200)),
    ],
)
def test_two_other_values_lead_to_the_wanted_one(
    key: str, wanted: float, bounds: tuple[float, float] | None, ways: tuple[float, ...]
) -> None:
    assert ways_to(key, wanted, bounds) == pytest.approx(ways)


def levels(
    *values: float, told: tuple[float, ...] = (1, 2, 4), clipped: str = "   ", spread: float = 0.0
) -> list[Level]:
    return [Level(t, v, spread, c == "x") for t, v, c in zip(told, values, clipped, strict=True)]


@pytest.mark.parametrize(
    ("found", "seen"),
    [
        (levels(5.0, 5.5, 6.0), Seen.PROVEN),
        (levels(6.0, 5.5, 5.0, told=(4, 2, 1)), Seen.PROVEN),
        (levels(5.0, 5.0, 5.5), Seen.PROVEN),  # the wanted one lies where it follows
        (levels(5.0, 5.5, 5.5), Seen.PARTLY),
        (levels(5.0, 5.0, 5.0), Seen.UNSEEN),
        (levels(6.0, 5.5, 5.0), Seen.UNSEEN),
        (levels(5.0, 5.05, 5.1), Seen.UNSEEN),
        (levels(7.5, 8.0, 8.0, clipped=" xx"), Seen.UNPROVEN),
        (levels(8.0, 8.0, 8.0, clipped="xxx"), Seen.UNPROVEN),
        (levels(5.0, 5.2, 5.4, spread=0.3), Seen.UNPROVEN),
        (levels(5.0, 6.5, 8.0, spread=0.3), Seen.PROVEN),
        (levels(5.0, 5.0, 5.0, told=(2, 2, 2)), Seen.UNPROVEN),
    ],
)
def test_three_levels_are_judged_by_their_steps(found: list[Level], seen: Seen) -> None:
    assert judge(found) is seen


def test_what_goes_either_way_only_has_to_move() -> None:
    assert judge(levels(6.0, 5.5, 5.0), either_way=True) is Seen.PROVEN
    assert judge(levels(5.0, 5.0, 5.0), either_way=True) is Seen.UNSEEN


@pytest.fixture
def started() -> Iterator[list[Grabber]]:
    grabbers: list[Grabber] = []
    yield grabbers
    for grabber in grabbers:
        grabber.stop()
        assert grabber.wait(LONG_S)


def settled(key: str, value: float) -> float | None:
    """Nothing is taken any more."""
    return None


@pytest.mark.parametrize("forgets", [True, False])
def test_after_a_reconnect_all_is_set_again_and_one_that_forgot_bears_a_fault(
    started: list[Grabber], forgets: bool
) -> None:
    """The cable is pulled after some pictures."""
    opened: list[Sensor] = []
    again = threading.Event()

    def opener() -> Sensor:
        forgot = opened and forgets
        applies = settled if forgot else lambda key, value: value
        opened.append(Sensor({"exposure": 200.0}, applies=applies, pictures=60))
        return opened[-1]

    faults: list[tuple[int, str | None]] = []

    def sink(frame: Any) -> None:
        faults.append((len(opened), frame.fault))
        if len(opened) > 1:
            again.set()

    grabber = Grabber(opener, sink=sink)
    started.append(grabber)
    grabber.start()
    assert again.wait(LONG_S)
    told = "The camera came back without its exposure: unplug it, and plug it in again."
    assert {fault for number, fault in faults if number == 1} == {None}
    assert next(fault for number, fault in faults if number == 2) == (told if forgets else None)
    assert opened[1].true["exposure"] == (100 if forgets else 200)


def test_a_lie_that_was_told_from_the_start_is_no_fault_of_each_frame(started: list[Grabber]) -> None:
    """Whoever recorded and taught with it saw the same pictures."""
    opened: list[Sensor] = []
    got = threading.Event()

    def opener() -> Sensor:
        opened.append(Sensor({"exposure": 200.0}, applies=settled, pictures=60))
        return opened[-1]

    grabber = Grabber(opener, sink=lambda frame: got.set() if len(opened) > 1 else None)
    started.append(grabber)
    grabber.start()
    assert got.wait(LONG_S)
    frame = grabber.latest.take(LONG_S)
    assert frame is not None
    assert frame.fault is None

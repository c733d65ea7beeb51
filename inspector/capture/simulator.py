"""A camera without hardware: it looks into a light box that is drawn, and knows what is truly there."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from inspector.boxes import Boxes, as_boxes
from inspector.capture.scene.angle import Angle, Beginning, beginning_of
from inspector.capture.scene.lightbox import HEIGHT, WIDTH
from inspector.capture.scene.picture import Darkroom, parts, prepare
from inspector.capture.scene.plots import line, recording
from inspector.capture.scene.story import FRAMES_PER_S, Moment, Story, light_at
from inspector.errors import InputError, did_you_mean
from inspector.frame import Frame, freeze, utc_now
from inspector.recipe import Component, Label, Mode, Pattern, Recipe

SIMULATOR_RECIPE = Recipe(
    name="simulator",
    frame_size=(WIDTH, HEIGHT),
    components=(
        Component(
            name="screw",
            mode=Mode.CLASSIFICATION,
            patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
            count=4,
        ),
        Component(name="tape", turns=True),
    ),
)
"""What a good workpiece of the simulator shows."""

RARELY = 0.12
"""How often a hand shows when the scene does not say."""


@dataclass(frozen=True)
class Scene:
    """What the text behind `simulator:` asks for.

    line: production, else a technician's recording. screw, tape: of a recording: there (True), not there (False) or
    mixed (None). seed: the same gives the same pictures. frames: after how many it ends; None is never.
    workpieces, good: of the line: how many, and the share of good ones. hand: how often one shows, 0 to 1.
    pace: frames per second; 0 is as fast as asked, with no clock. view: of a camera that is one of several at the same
    box: where it stands. What it shows is then told by the clock, for all whose text is else the same.
    """

    line: bool = True
    screw: bool | None = None
    tape: bool | None = None
    seed: int = 0
    frames: int | None = None
    workpieces: int | None = None
    good: float = 0.5
    hand: float = RARELY
    pace: float = FRAMES_PER_S
    view: Angle | None = None

    @property
    def angle(self) -> Angle:
        return self.view or Angle.NEAR

    def story(self) -> Story:
        if self.line:
            return Story(line(self.seed, self.good, self.hand, self.workpieces))
        return Story(recording(self.seed, self.screw, self.tape, self.hand))


@dataclass(frozen=True, eq=False)
class Truth:
    """What is truly in one frame; only tests, the demo and validation may ask.

    boxes: `(n, 4)` of each component that is in the picture by half at least, cut to the picture; labels: in step.
    workpiece: which one the frame belongs to, from 0; while one goes and the next comes, the next.
    hand: one is in the box, over who knows what; moving: something slides. Either way no verdict is expected.
    good: whether that workpiece shows what the recipe wants.
    """

    boxes: Boxes
    labels: tuple[Label, ...]
    workpiece: int
    hand: bool
    moving: bool
    good: bool


class Simulator:
    """A camera that looks into a drawn light box. Frames are numbered from 0, as is the truth."""

    still = False

    def __init__(
        self,
        scene: Scene,
        name: str = "simulator",
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        """wait: lets so many seconds pass; by default it returns early when the camera is closed."""
        self.name = name
        self.live = scene.pace > 0
        width, height = scene.angle.size
        self.settings: dict[str, Any] = {"width": width, "height": height, "frames_per_s": scene.pace or FRAMES_PER_S}
        self._beginning: Beginning | None = None
        if self.live and scene.view is not None:
            self._beginning = beginning_of(replace(scene, view=None))
        self._scene = scene
        self._story = scene.story()
        self._darkroom = Darkroom(scene.seed)
        self._next = 0
        self._due: float | None = None
        self._closed = threading.Event()
        self._clock, self._wait = clock, wait or self._closed.wait
        prepare(with_hand=scene.hand > 0)

    def read(self) -> Frame | None:
        """The next frame; None when the scene has ended or the camera was closed."""
        beginning = self._beginning
        number = self._next if beginning is None else self._due_by(beginning)
        moment = self._moment(number)
        if moment is None:
            return None
        if beginning is not None:
            self._due = beginning.s(self._clock()) + number / self._scene.pace
        time_s = self._paced() if self.live else number / FRAMES_PER_S
        if self._closed.is_set():
            return None
        self._next = number + 1
        picture = self._darkroom.develop(moment.lay, light_at(self._scene.seed, number), number)
        return Frame(freeze(self._scene.angle.picture(picture)), number, time_s, utc_now(), self.name)

    def close(self) -> None:
        """Ends a `read` that is waiting."""
        self._closed.set()
        self._beginning = None

    def truth(self, number: int) -> Truth:
        """Of any frame, read or not.

        Raises: IndexError for one that the scene does not have.
        """
        moment = self._moment(number)
        if moment is None:
            raise IndexError(f"the scene '{self.name}' has no frame {number}")
        found = parts(moment.lay)
        names = {label.name: label for label in SIMULATOR_RECIPE.labels}
        labels = tuple(names[part.name] for part in found)
        stay = moment.stay
        boxes = self._scene.angle.boxes(as_boxes([part.box for part in found]))
        return Truth(boxes, labels, stay.workpiece, moment.hand, moment.moving, stay.good)

    def _moment(self, number: int) -> Moment | None:
        if number < 0 or (self._scene.frames is not None and number >= self._scene.frames):
            return None
        return self._story.moment(number)

    def _due_by(self, beginning: Beginning) -> int:
        """The frame that the others at the box show now, or the next one where this camera has shown that."""
        now = self._clock()
        return max(self._next, int((now - beginning.s(now)) * self._scene.pace))

    def _paced(self) -> float:
        """Wait until the frame is due, and give the moment that it was taken."""
        period = 1 / self._scene.pace
        now = self._clock()
        due = now if self._due is None else self._due
        if due > now:
            self._wait(due - now)
        # Whoever comes late gets no burst of frames to catch up with: a camera does not look back.
        self._due = max(due, now - period) + period
        return self._clock()


def open_simulator(source: str) -> Simulator:
    """The camera for `simulator` or `simulator:SCENE`; the frames bear the whole text as their name.

    Raises: InputError for a scene that it cannot play.
    """
    return Simulator(read_scene(source), source)


@dataclass(frozen=True)
class Key:
    """One thing that a scene's text may say. of: the only kind of scene that has it, `line` or `recording`."""

    meaning: str
    read: Callable[[str], Any]
    of: str | None = None


def _one_of(words: dict[str, Any]) -> Callable[[str], Any]:
    return words.__getitem__


def _between(kind: type[int] | type[float], least: float, most: float) -> Callable[[str], Any]:
    def read(text: str) -> float:
        value = kind(text)
        if not least <= value <= most:
            raise ValueError(text)
        return value

    return read


PRESENCE = {"on": True, "off": False, "mixed": None}
MOST = 10**9
KEYS = {
    "line": Key("written without a value", _one_of({"": True})),
    "screw": Key("on, off or mixed", _one_of(PRESENCE), "recording"),
    "tape": Key("on, off or mixed", _one_of(PRESENCE), "recording"),
    "seed": Key("a whole number from 0", _between(int, 0, MOST)),
    "frames": Key("a whole number from 1", _between(int, 1, MOST)),
    "workpieces": Key("a whole number from 1", _between(int, 1, MOST), "line"),
    "good": Key("the share of good workpieces, 0 to 1", _between(float, 0, 1), "line"),
    "hand": Key("0 for never or 1 for always", _one_of({"0": 0.0, "1": 1.0})),
    "pace": Key("frames per second up to 240, or 0 for as fast as asked", _between(float, 0, 240)),
    "view": Key("near or far", _one_of({angle.value: angle for angle in Angle})),
}


def read_scene(source: str) -> Scene:
    """What `simulator[:WORD,KEY=VALUE,...]` asks for: a recording where it names screw or tape, else the line.

    Raises: InputError with all that is wrong with it.
    """
    words = [word.strip() for word in source.partition(":")[2].split(",") if word.strip()]
    pairs = [(key.strip(), text.strip()) for key, _, text in (word.partition("=") for word in words)]
    given = dict(pairs)
    recorded = "line" not in given and not {"screw", "tape"}.isdisjoint(given)
    faults = [f"'{key}' is given twice." for key in given if [k for k, _ in pairs].count(key) > 1]
    values: dict[str, Any] = {}
    for key, text in given.items():
        try:
            values[key] = _read_value(key, text, "recording" if recorded else "line")
        except ValueError as fault:
            faults.append(str(fault))
    if faults:
        raise InputError(f"The simulator cannot play '{source}': {' '.join(faults)}")
    return Scene(**{**values, "line": not recorded})


def _read_value(key: str, text: str, kind: str) -> Any:
    """Raises: ValueError with a sentence."""
    if key not in KEYS:
        raise ValueError(f"A scene has no '{key}'.{did_you_mean(key, tuple(KEYS))}")
    meaning, read, of = KEYS[key].meaning, KEYS[key].read, KEYS[key].of
    if of not in (None, kind):
        raise ValueError(f"'{key}' belongs to a {of}, and this is a {kind}.")
    try:
        return read(text)
    except (KeyError, ValueError):
        raise ValueError(f"'{key}' should be {meaning}, not '{text}'.") from None

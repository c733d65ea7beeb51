"""What the station's checks of pictures and machine cost, how often they are wrong, and what they miss."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import cv2
import numpy as np

from inspector.bundle import Bundle
from inspector.capture.camera import open_camera
from inspector.capture.checks import Repeats, light
from inspector.capture.scene.picture import Darkroom, Lay
from inspector.capture.scene.story import light_at
from inspector.capture.simulator import SIMULATOR_RECIPE
from inspector.files import sha256
from inspector.frame import Frame, Image, freeze
from inspector.inspection.guard.clock import Clock
from inspector.inspection.guard.lighting import Lighting, glare
from inspector.inspection.guard.originals import Originals
from inspector.inspection.guard.resemblance import Resemblance
from inspector.inspection.guard.room import Room
from inspector.inspection.guard.standpoint import Standpoint
from inspector.labeling.fingerprint import SAMPLE, Seen, seen_in, sharpness_of, small_of
from inspector.recipe import Component, Recipe
from tests.benchmarks.speed import milliseconds
from tests.benchmarks.table import Table
from tests.inspection.scripted import a_bundle

ROUNDS = 200
PLACES = ("bottles", "simulator")
EMPTY = "simulator's empty box"
SEEDS = (1, 2, 3)
LINE_FRAMES = 600
TOLD_WITHIN_S = 1.0
STARTS = 6
SIZES = ((640, 480), (1920, 1080))
EVERYWHERE = (slice(None), slice(None))
BOTTLE = Recipe(name="bottles", components=(Component(name="bottle"),))

Change = Callable[[Image], Image]


@dataclass(frozen=True)
class Case:
    """A place that was taught, and what its camera shows afterwards, frame by frame, with its rate."""

    name: str
    seen: list[Seen]
    golden: list[Image]
    recipe: Recipe
    frames: Callable[[], Iterator[Image]]
    per_s: float

    def resemblance(self) -> Resemblance:
        return Resemblance(self.seen, self.golden, self.recipe)


def measure(data: Path, work: Path) -> list[Table]:
    """All of it."""
    cases = [*_bottles(data / "bottles"), *_simulated()]
    return [_costs(data), _false_alarms([*cases, *_emptied(cases)]), _misses(cases)]


def _bottles(folder: Path) -> Iterator[Case]:
    """The two recordings are the parts of the video that the bottles' measurement teaches."""
    for name, file in (("bottles, full picture", "bench_1.mp4"), ("bottles, left place", "left_bench_1.mp4")):
        frames = list(_read(str(folder / file)))
        parts = frames[:101], frames[224:271]
        golden = [part[i] for part in parts for i in (5, len(part) // 2, len(part) - 5)]
        yield Case(name, [_seen(part) for part in parts], golden, BOTTLE, lambda frames=frames: iter(frames), 29.83)


def _simulated() -> Iterator[Case]:
    for seed in SEEDS:
        parts = [
            list(_read(f"simulator:{what},seed={seed},frames=300,pace=0,hand=0"))
            for what in ("screw=on", "screw=off", "tape=on", "tape=off")
        ]
        golden = [part[i] for part in parts for i in (20, 200)]
        line = f"simulator:line,seed={seed + 100},frames={LINE_FRAMES},pace=0"
        yield Case(
            f"simulator {seed}", [_seen(p) for p in parts], golden, SIMULATOR_RECIPE, lambda line=line: _read(line), 30
        )


def _emptied(cases: Sequence[Case]) -> Iterator[Case]:
    """The same boxes with nothing in them, which was never taught: a station that waits for work is not at fault."""
    for seed, case in zip(SEEDS, [case for case in cases if case.recipe is SIMULATOR_RECIPE], strict=True):
        yield replace(case, name=f"{EMPTY} {seed}", frames=lambda seed=seed: _empty_box(seed))


def _empty_box(seed: int) -> Iterator[Image]:
    darkroom = Darkroom(seed)
    for number in range(LINE_FRAMES):
        yield freeze(darkroom.develop(Lay(), light_at(seed, number), number))


def _read(source: str) -> Iterator[Image]:
    camera = open_camera(source)
    while (frame := camera.read()) is not None:
        yield frame.image
    camera.close()


def _seen(images: Sequence[Image]) -> Seen:
    picked = np.linspace(0, len(images) - 1, min(SAMPLE, len(images))).round().astype(int)
    return seen_in([images[i] for i in picked])


def _frames(images: Iterable[Image], per_s: float) -> Iterator[Frame]:
    for number, image in enumerate(images):
        yield Frame(image, number, number / per_s, datetime.now(UTC), "bench")


def _false_alarms(cases: Sequence[Case]) -> Table:
    rows = []
    for name in (*PLACES, EMPTY):
        group = [case for case in cases if case.name.rstrip("0123456789 ").split(",")[0] == name]
        frames = told = doubt = alarms = 0
        for case in group:
            resemblance, before = case.resemblance(), None
            for frame in _frames(case.frames(), case.per_s):
                said = resemblance.see(frame)
                frames, told, doubt = frames + 1, told + (said is not None), doubt + (resemblance.doubt is not None)
                alarms += bool(said and not before)
                before = said
        rows.append([name, str(len(group)), str(frames), str(alarms), str(told), str(doubt)])
    return Table(
        "Nothing was wrong: what was told all the same",
        ["video", "places", "frames", "alarms", "frames told", "frames in doubt, which do not vote"],
        rows,
        ["Hands, workpieces that come and go, and the simulator's flicker of light are in them."],
    )


def moved(x: float, y: float, degrees: float = 0, scale: float = 1) -> Change:
    """x, y: of the longer side."""

    def change(image: Image) -> Image:
        height, width = image.shape[:2]
        place = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
        place[:, 2] += np.array([x, y]) * max(width, height)
        return _image(cv2.warpAffine(image, place, (width, height), borderMode=cv2.BORDER_REFLECT))

    return change


def blurred(sigma: float) -> Change:
    """sigma: pixels at 640 along the longer side."""
    return lambda image: _image(cv2.GaussianBlur(image, (0, 0), sigma * max(image.shape) / 640))


def times(blue: float, green: float, red: float) -> Change:
    return lambda image: _image(np.clip(image * np.array([blue, green, red]), 0, 255))


def shining(share: float) -> Change:
    """A round light in the middle of the picture, over that share of it."""

    def change(image: Image) -> Image:
        height, width = image.shape[:2]
        picture = image.copy()
        cv2.circle(picture, (width // 2, height // 2), int((share * width * height / np.pi) ** 0.5), (255,) * 3, -1)
        return _image(picture)

    return change


def _image(array: np.ndarray) -> Image:
    return freeze(np.ascontiguousarray(array).astype(np.uint8))


WRONG: dict[str, tuple[str, Change]] = {
    "moved by 1.5 %": ("has moved", moved(0.015, 0)),
    "moved by 2 %": ("has moved", moved(0.0142, -0.0142)),
    "moved by 3 %": ("has moved", moved(0.0, 0.03)),
    "moved by 5 %": ("has moved", moved(-0.05, 0)),
    "moved by 10 %": ("has moved", moved(0.1, 0)),
    "turned by 3 degrees": ("has moved", moved(0, 0, 3)),
    "nearer by 5 %": ("has moved", moved(0, 0, 0, 1.05)),
    "blurred, sigma 1.5": ("blurred", blurred(1.5)),
    "blurred, sigma 3": ("blurred", blurred(3)),
    "1.5 times as bright": ("as bright", times(1.5, 1.5, 1.5)),
    "0.6 times as bright": ("as bright", times(0.6, 0.6, 0.6)),
    "20 % more red": ("red", times(1, 1, 1.2)),
    "20 % less blue": ("blue", times(0.8, 1, 1)),
    "glare on 10 % of the picture": ("glares", shining(0.1)),
}
"""What happens to the camera, and the word by which it is known."""


def _misses(cases: Sequence[Case]) -> Table:
    """From several moments of each video on the change is there: is anything told within a second, and is it that?"""
    counts = {(name, place): np.zeros(3, int) for name in WRONG for place in PLACES}
    for case in cases:
        for images in _windows(case):
            for name, (word, change) in WRONG.items():
                said = _told(case.resemblance(), [change(image) for image in images], case.per_s)
                counts[name, case.name.split()[0].strip(",")] += (bool(said), bool(said and word in said), 1)
    rows = [
        [name, *(f"{n[i]} of {n[2]}" for n in (counts[name, place] for place in PLACES) for i in (0, 1))]
        for name in WRONG
    ]
    return Table(
        "Something was wrong: told within a second",
        ["what", *(f"{place}, {which}" for place in PLACES for which in ("anything told", "that"))],
        rows,
        [
            f"From {STARTS} moments of each video on. In a picture without enough ground, as of the left place of the "
            "bottles, and where something covers it, a moved camera is not told; blur is not where something moves.",
        ],
    )


def _windows(case: Case) -> list[list[Image]]:
    """The pictures of a second, STARTS times, evenly spread."""
    length = sum(1 for _ in case.frames())
    starts = np.linspace(0, length - 60, STARTS).astype(int)
    found: list[list[Image]] = [[] for _ in starts]
    for number, image in enumerate(case.frames()):
        for start, window in zip(starts, found, strict=True):
            if start <= number < start + TOLD_WITHIN_S * case.per_s:
                window.append(image)
    return found


def _told(resemblance: Resemblance, images: Sequence[Image], per_s: float) -> str | None:
    said = None
    for frame in _frames(images, per_s):
        said = resemblance.see(frame)
    return said


def _costs(data: Path) -> Table:
    video = list(islice(_read(str(data / "bottles" / "bench_1.mp4")), 60))
    rows = []
    taken = {
        size: _cost_of([_image(cv2.resize(image, size)) for image in video]) for size in ((640, 480), (1920, 1080))
    }
    for name in taken[(640, 480)]:
        cells = [f"{1000 * np.percentile(taken[size][name], p):.0f}" for size in taken for p in (50, 99)]
        rows.append([name, *cells])
    return Table(
        "What each check costs, microseconds",
        ["check", "640x480, p50", "p99", "1920x1080, p50", "p99"],
        rows,
        [f"n = {ROUNDS} each. Dark and frozen are of each frame, the picture five times a second, the rest twice."],
    )


def _cost_of(images: list[Image]) -> dict[str, np.ndarray]:
    seen = [seen_in(images[:20]), seen_in(images[20:40])]
    image, small = images[50], small_of(images[50])
    place = Standpoint(seen[0].view, [seen[1].view])
    lighting = Lighting(seen[0].view)
    repeats = Repeats()
    pictures = iter(list(_frames(images, 30)) * (ROUNDS // 20))
    resemblance = Resemblance(seen, images[:2], BOTTLE)
    ticks = iter(range(10**6))

    def whole() -> None:
        resemblance.see(Frame(image, 0, float(next(ticks)), datetime.now(UTC), "bench"))

    other = small_of(moved(0.03, 0)(image))
    with tempfile.TemporaryDirectory() as folder:
        machine = _machine(Path(folder))
        return {
            "dark or blown out": milliseconds(lambda: light(image), ROUNDS),
            "frozen, against the last eight": milliseconds(lambda: repeats.see(next(pictures)), ROUNDS),
            "picture made small": milliseconds(lambda: small_of(image), ROUNDS),
            "brightness and colour": milliseconds(lambda: lighting.of(small), ROUNDS),
            "glare": milliseconds(lambda: glare(small, EVERYWHERE), ROUNDS),
            "sharpness": milliseconds(lambda: sharpness_of(small), ROUNDS),
            "place, where it was": milliseconds(lambda: place.moved(small), ROUNDS),
            "place, moved by 3 %": milliseconds(lambda: place.moved(other), ROUNDS),
            "place, not found": milliseconds(lambda: place.moved(np.zeros_like(small)), ROUNDS),
            "the picture, all of it": milliseconds(whole, ROUNDS),
            **{name: milliseconds(check, ROUNDS) for name, check in machine.items()},
        }


def _machine(folder: Path) -> dict[str, Callable[[], object]]:
    """A bundle of 60 files, as one of twelve recordings has."""
    for number in range(60):
        (folder / f"{number}").write_bytes(b"x" * 1000)
    files = {"network.tflite": "0", **{f"{number}": sha256(folder / f"{number}") for number in range(60)}}
    manifest = a_bundle(folder, BOTTLE).manifest.model_copy(update={"files": files})
    originals, room, clock = Originals(Bundle(folder, manifest)), Room(folder), Clock(manifest.created_at)
    return {"files of the bundle, 60": originals.check, "room on the disk": room.fault, "clock": clock.fault}

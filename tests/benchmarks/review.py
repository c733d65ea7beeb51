"""How many hidden contradictions a review finds, how often it cries wolf, and what a detector of minutes proposes."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from inspector.capture.recorder import record
from inspector.capture.recording import read_recording
from inspector.capture.simulator import open_simulator
from inspector.capture.video import decode
from inspector.errors import InputError
from inspector.files import write_document
from inspector.frame import Frame, Image, freeze, utc_now
from inspector.labeling.annotation import DETECTOR, read_annotations
from inspector.labeling.by_contrast import suggest_recordings
from inspector.labeling.by_detector import detect_recordings
from inspector.labeling.extraction import extract, read_frames
from inspector.labeling.moments import Moment
from inspector.labeling.review import MOST, review
from inspector.labeling.suggestions import LEARNABLE
from inspector.labeling.suspicion import Seems
from inspector.recipe import Component, Recipe
from inspector.settings import Workspace
from tests.benchmarks import tracking
from tests.benchmarks.bottles import truth_of
from tests.benchmarks.cell import cell
from tests.benchmarks.stages import share
from tests.benchmarks.table import Table

PLANTINGS = 6
DETECTOR_PLANTINGS = 2
"""With a detector each planting takes two trainings."""
CLEAN = 3
FRAMES = 300
HIDDEN_S = 0.5
"""How long what contradicts is to be seen."""
MINUTES = 12.0
"""That a training may take: so many, on a machine that others use too, that each does all its steps."""

Pictures = Callable[[int], Iterator[Image]]
"""A video of that number: another one for another number, where there are several."""


class Film:
    """A camera that shows pictures, and other ones in the place of some."""

    still, live = False, False

    def __init__(self, pictures: Iterator[Image], planted: dict[int, Image]) -> None:
        self.name, self.settings = "film", dict[str, Any]()
        self._pictures, self._planted = enumerate(pictures), planted

    def read(self) -> Frame | None:
        """The next frame; None at the end."""
        number, picture = next(self._pictures, (0, None))
        if picture is None:
            return None
        return Frame(self._planted.get(number, picture), number, number / 30, utc_now(), self.name)

    def close(self) -> None:
        """Nothing to let go of."""


@dataclass(frozen=True)
class Scene:
    """A component with its videos. planted: pictures of it that are in none of them; bare: of its place without it."""

    name: str
    component: Component
    frames: int
    with_it: Pictures
    without: Pictures
    planted: list[Image]
    bare: list[Image]
    clean: int = CLEAN

    @property
    def recipe(self) -> Recipe:
        return Recipe(name="planted", components=(self.component,))

    @property
    def hidden(self) -> int:
        """Frames in a row that contradict."""
        return round(30 * HIDDEN_S)


def measure(data: Path, work: Path) -> list[Table]:
    """What is hidden and found; clean recordings; what a detector proposes of the rest."""
    scenes = [_bottles(data), _simulated("screw", Component(name="screw", count=4)), _tape()]
    return [_found(scenes, work), _cried(scenes, work), _proposed(data, work / "proposed")]


def _found(scenes: list[Scene], work: Path) -> Table:
    rows = []
    for scene in scenes:
        for seems, detector, plantings in (
            (Seems.THERE, False, PLANTINGS),
            (Seems.OUT_OF_SIGHT, False, PLANTINGS),
            (Seems.THERE, True, DETECTOR_PLANTINGS),
        ):
            some = [_planting(scene, work, seems, detector, number) for number in range(plantings)]
            taken = [one for one in some if one["frames"]]
            rows.append(
                [
                    scene.name,
                    _HIDDEN[seems],
                    _who(detector),
                    str(scene.hidden),
                    f"{len(taken)} of {len(some)}",
                    share(sum(one["found"] for one in taken), len(taken)),
                    share(sum(one["first"] for one in taken), len(taken)),
                    f"{np.mean([one['others'] for one in some]):.1f}",
                    f"{np.median([one['seconds'] for one in some]):.0f}",
                ]
            )
    return Table(
        f"What was hidden in a recording, and is among the {MOST} moments that a person is asked about",
        [
            "recording",
            "hidden in it",
            "searched by",
            "frames in a row",
            "plantings of which a frame was extracted",
            "of those, found",
            "asked about first",
            "other moments, usually",
            "seconds, usually",
        ],
        rows,
        [
            "What is hidden comes from a video that taught nothing, for half a second. Boxes were proposed by contrast "
            "with a negative that hides nothing, and nobody looked at them.",
            "Where the screw is hidden, all four of them are; where the bare place is, none is there.",
        ],
    )


def _cried(scenes: list[Scene], work: Path) -> Table:
    rows = []
    for scene in scenes:
        for detector in (False, True):
            number = 1 if detector else scene.clean
            some = [_clean(scene, work, detector, one) for one in range(number)]
            for seems, told in (("negative", Seems.THERE), ("positive", Seems.OUT_OF_SIGHT)):
                counts = [one[str(told)] for one in some]
                rows.append(
                    [
                        scene.name,
                        seems,
                        _who(detector),
                        share(sum(count > 0 for count in counts), len(counts)),
                        f"{np.mean(counts):.1f}",
                        str(max(counts)),
                    ]
                )
    return Table(
        "Recordings that show what was said of them",
        [
            "recording",
            "",
            "searched by",
            "with a moment that a person is asked about",
            "moments, on average",
            "at most",
        ],
        rows,
        ["A hand passes now and then in the simulator's; what it hides is truly out of sight, and counts here too."],
    )


_HIDDEN = {Seems.THERE: "the component, in a negative", Seems.OUT_OF_SIGHT: "the bare place, in a positive"}


def _who(detector: bool) -> str:
    return "looks and two detectors" if detector else "looks"


def _planting(scene: Scene, work: Path, seems: Seems, detector: bool, number: int) -> dict[str, Any]:
    name = f"review/{scene.component.name}.{seems.replace(' ', '_')}.{_kind(detector)}.{number}"
    return cell(name, lambda: _plant(scene, work, seems, detector, number))


def _kind(detector: bool) -> str:
    return "detector" if detector else "looks"


def _plant(scene: Scene, work: Path, seems: Seems, detector: bool, number: int) -> dict[str, Any]:
    rng = np.random.default_rng(number)
    first = int(rng.integers(scene.frames // 10, scene.frames - scene.hidden - scene.frames // 10))
    source = scene.planted if seems is Seems.THERE else scene.bare
    start = int(rng.integers(max(1, len(source) - scene.hidden)))
    planted = {first + i: source[(start + i) % len(source)] for i in range(scene.hidden)}
    positive, negative = ({}, planted) if seems is Seems.THERE else (planted, {})
    place, folders = _recorded(scene, work, 0, positive, negative)
    began = monotonic()
    found = review(place, scene.recipe, [scene.component.name], _m(detector))
    reviewed = {one.take.folder: one.moments for one in found.recordings}
    mine = folders[seems is Seems.THERE]
    held = {frame.name for frame in read_frames(mine).frames if frame.number in planted}
    right = [_is(moment, seems) and bool(held & {*moment.frames}) for moment in reviewed[mine]]
    return {
        "frames": len(held),
        "found": any(right),
        "first": right[:1] == [True],
        "others": sum(map(len, reviewed.values())) - sum(right),
        "seconds": round(monotonic() - began, 1),
    }


def _m(detector: bool) -> float | None:
    return MINUTES if detector else None


def _is(moment: Moment, seems: Seems) -> bool:
    return moment.seems is seems


def _clean(scene: Scene, work: Path, detector: bool, number: int) -> dict[str, Any]:
    def look() -> dict[str, Any]:
        place, _ = _recorded(scene, work, number, {}, {})
        moments = [
            moment
            for one in review(place, scene.recipe, [scene.component.name], _m(detector)).recordings
            for moment in one.moments
        ]
        return {str(seems): sum(_is(moment, seems) for moment in moments) for seems in Seems}

    return cell(f"review/{scene.component.name}.clean.{_kind(detector)}.{number}", look)


def _recorded(
    scene: Scene, work: Path, number: int, positive: dict[int, Image], negative: dict[int, Image]
) -> tuple[Workspace, tuple[Path, Path]]:
    """A workspace with both recordings, extracted, and boxes proposed on the positive."""
    place = Workspace(work / "place")
    shutil.rmtree(place.folder, ignore_errors=True)
    write_document(place.recipes / "planted.yaml", scene.recipe)
    shown = _record(scene, place, True, scene.with_it(number), positive)
    bare = _record(scene, place, False, scene.without(number), {})
    suggest_recordings(place, scene.recipe, scene.component.name)
    if negative:
        shutil.rmtree(bare)
        bare = _record(scene, place, False, scene.without(number), negative)
    return place, (shown, bare)


def _record(scene: Scene, place: Workspace, sign: bool, pictures: Iterator[Image], planted: dict[int, Image]) -> Path:
    camera = Film(pictures, planted)
    folder = record(
        camera, place, scene.recipe, [scene.component.name], sign, None, seconds=scene.frames / 30, by="bench"
    )
    extract(folder, read_recording(folder))
    return folder


def _bottles(data: Path) -> Scene:
    truth = truth_of(data)
    places = {"with": "left_positive", "without": "left_negative"}
    films = {name: [one.image() for one in decode(data / "bottles" / f"{file}.mp4")] for name, file in places.items()}
    whole = [one.image() for one in decode(data / "bottles" / "left_bench_1.mp4")]
    planted = [image for image, moment in zip(whole[101:], truth[101:], strict=False) if moment.state == "present"]
    bare = [image for image, moment in zip(whole[271:], truth[271:], strict=False) if moment.state == "absent"]

    # There is one video with a bottle; another one without is what follows the one that is taught.
    def without(number: int) -> Iterator[Image]:
        return iter(films["without"] if number == 0 else bare)

    component = Component(name="bottle")
    return Scene("bottles, left place", component, 47, lambda _: iter(films["with"]), without, planted, bare, clean=2)


def _tape() -> Scene:
    return _simulated("tape", Component(name="tape", turns=True))


def _simulated(name: str, component: Component) -> Scene:
    other = {"screw": "tape", "tape": "screw"}[name]

    def film(state: str, seed: int) -> Iterator[Image]:
        camera = open_simulator(f"simulator:{name}={state},{other}=mixed,seed={seed},frames={FRAMES},pace=0")
        while (frame := camera.read()) is not None:
            yield frame.image

    still = f"simulator:{name}={{}},{other}=mixed,seed=900,frames={FRAMES},pace=0,hand=0"
    planted, bare = (_all(still.format(state)) for state in ("on", "off"))
    return Scene(
        f"simulator, {name}",
        component,
        FRAMES,
        lambda number: film("on", 700 + number),
        lambda number: film("off", 800 + number),
        planted,
        bare,
    )


def _all(source: str) -> list[Image]:
    camera, pictures = open_simulator(source), list[Image]()
    while (frame := camera.read()) is not None:
        pictures.append(freeze(frame.image))
    return pictures


def _proposed(data: Path, work: Path) -> Table:
    rows = []
    for case, place, recipe in tracking.cases(data, work):

        def ask(case: Any = case, place: Any = place, recipe: Any = recipe) -> dict[str, Any]:
            return _ask(case, place, recipe)

        rows.append(_row(case, cell(f"review/proposed.{case.component}", ask)))
    return Table(
        f"After {LEARNABLE} confirmed frames a detector proposes the rest, and a person looks at what is not sure",
        [
            "recording",
            "taken from a score of",
            "frames",
            "looked at by a person",
            "of those, only confirmed",
            "boxes taken with no look, right (IoU 0.5)",
            "boxes missed in those frames",
            "taken, though to be ignored",
            "boxes proposed in all, right",
            "seconds",
        ],
        rows,
        [
            "As in the table of boxes that are followed; here a person draws the boxes of some frames, evenly spread, "
            f"until {LEARNABLE} hold any, and of those that are left looks at each that is not taken.",
            "Frames of one recording hang together: the intervals are too narrow.",
        ],
    )


def _ask(case: tracking.Case, place: Workspace, recipe: Recipe) -> dict[str, Any]:
    frames = read_frames(case.folder).frames
    numbers = {frame.name: frame.number for frame in frames}
    counts: dict[str, Any] = {"frames": len(frames), "looked": 0, "confirmed": 0}
    for name in _spread(list(numbers), case, numbers):
        tracking.say(case, name, case.shown(numbers[name]))
        counts["looked"] += 1
    began = monotonic()
    made = detect_recordings(place, recipe, [case.component], accept=tracking.SURE, minutes=MINUTES)
    counts["seconds"] = round(monotonic() - began)
    every = [(one.suggested.boxes, case.shown(numbers[one.shot.name])) for one in made.proposals]
    shown = [(boxes, true) for boxes, true in every if true is not None]
    counts["proposed"] = sum(len(boxes) for boxes, _ in shown)
    counts["proposed_right"] = sum(tracking.matched(boxes, true) for boxes, true in shown)
    known = read_annotations(case.folder).frames
    for name in numbers.keys() - known.keys():
        counts["looked"] += 1
        counts["confirmed"] += tracking.answered(case, name, case.shown(numbers[name]))
    return counts | tracking.judged(case, numbers, DETECTOR)


def _spread(names: list[str], case: tracking.Case, numbers: dict[str, int]) -> list[str]:
    """The fewest frames, evenly spread, of which as many hold boxes as it takes."""
    for count in range(LEARNABLE, len(names) + 1):
        some = [names[i] for i in np.unique(np.linspace(0, len(names) - 1, count).astype(int))]
        if sum(bool(case.shown(numbers[name])) for name in some) >= LEARNABLE:
            return some
    raise InputError(f"{case.name} has no {LEARNABLE} frames with boxes.")


def _row(case: tracking.Case, counts: dict[str, Any]) -> list[str]:
    return [
        case.name,
        f"{tracking.SURE:g}",
        str(counts["frames"]),
        f"{counts['looked']} ({100 * counts['looked'] / counts['frames']:.0f} of 100)",
        str(counts["confirmed"]),
        share(counts["right"], counts["taken"]),
        share(counts["shown"] - counts["right"], counts["shown"]),
        str(counts["ignored"]),
        share(counts["proposed_right"], counts["proposed"]),
        str(counts["seconds"]),
    ]

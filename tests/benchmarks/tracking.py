"""How many frames a person must look at until every extracted frame has its boxes, when those between are followed."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

from scipy.optimize import linear_sum_assignment

from inspector.boxes import as_boxes, iou
from inspector.capture.recording import read_recording
from inspector.capture.simulator import open_simulator
from inspector.labeling.annotation import TRACKING, Annotation, Box, State, read_annotations, write_annotations
from inspector.labeling.by_tracking import track_recordings
from inspector.labeling.extraction import read_frames
from inspector.labeling.suggestions import waiting
from inspector.recipe import Recipe, find_recipe
from inspector.settings import Workspace
from tests.benchmarks.stages import Bench, share
from tests.benchmarks.table import Table

SURE = 0.8
"""From where on what was followed is taken as true without anybody looking."""
RIGHT = 0.5
SEED = 21
FRAMES = 900

Shown = Callable[[int], list[Box] | None]
"""What a person sees in the frame of that number; None where it is to be ignored: a hand, a thing in the air."""


@dataclass(frozen=True)
class Case:
    """An extracted recording, and the person who knows what it shows."""

    name: str
    folder: Path
    component: str
    shown: Shown


def measure(data: Path, work: Path) -> list[Table]:
    """Every recording."""
    rows = [_row(case, _ask(case, place, recipe)) for case, place, recipe in cases(data, work)]
    return [
        Table(
            "From the first and the last frame on, a person is asked about one frame of each stretch that is not sure",
            [
                "recording",
                "taken from a score of",
                "frames",
                "looked at by a person",
                "of those, only confirmed",
                "times asked",
                "boxes taken with no look, right (IoU 0.5)",
                "boxes missed in those frames",
                "taken, though to be ignored",
                "ms of processor a frame of the video",
            ],
            rows,
            [
                "Only confirmed: what was followed there was right, and one key says so; others are drawn, corrected, "
                "said to be empty, or ignored (a hand, a thing in the air).",
                "Frames of one recording hang together: the intervals are too narrow.",
            ],
        )
    ]


def cases(data: Path, work: Path) -> Iterator[tuple[Case, Workspace, Recipe]]:
    bench = Bench(work / "bottles")
    bench.run("recipe", "new", "crate", "--component", "bottle")
    recording = bench.import_(data / "bottles" / "bench_1.mp4", "crate", "bottle", "--positive")
    yield _case("bottles/bench_1.mp4", bench, "crate", recording, "bottle", _bottles(data))
    for component, looks in (("screw", "screw=on,tape=mixed"), ("tape", "tape=on,screw=mixed")):
        bench = Bench(work / component)
        bench.run("recipe", "new", "housing", "--component", "screw=on/off", "--component", "tape")
        source = f"simulator:{looks},seed={SEED},frames={FRAMES},pace=0"
        shows = ("--pattern", "on") if component == "screw" else ("--positive",)
        options = ("--recipe", "housing", "--component", component, *shows, "--seconds", str(FRAMES / 30))
        recording = bench.run("record", *options, "--source", source)[-1]["recording"]
        yield _case(f"simulator, {component}", bench, "housing", recording, component, _simulated(source, component))


def _case(
    name: str, bench: Bench, recipe: str, recording: str, component: str, shown: Shown
) -> tuple[Case, Workspace, Recipe]:
    bench.run("extract", recipe)
    place = Workspace(bench.folder)
    return Case(name, place.recordings / recording, component, shown), place, find_recipe(place.recipes, recipe)


def _bottles(data: Path) -> Shown:
    frames = json.loads((data / "bottles" / "bench_1.truth.json").read_text())["frames"]

    def shown(number: int) -> list[Box] | None:
        if "transition" in frames[number]["places"].values():
            return None
        boxes = ((x, y, x + width, y + height) for x, y, width, height in frames[number]["boxes"])
        return [Box(component="bottle", xyxy=xyxy) for xyxy in boxes]

    return shown


def _simulated(source: str, component: str) -> Shown:
    camera = open_simulator(source)

    def shown(number: int) -> list[Box] | None:
        true = camera.truth(number)
        if true.hand:
            return None
        every = zip(true.labels, true.boxes.tolist(), strict=True)
        return [Box.of(label, xyxy) for label, xyxy in every if label.component == component]

    return shown


def _ask(case: Case, place: Workspace, recipe: Recipe) -> dict[str, Any]:
    """What came of it, once nothing is left to ask."""
    numbers = {frame.name: frame.number for frame in read_frames(case.folder).frames}
    counts: dict[str, Any] = {"frames": len(numbers), "looked": 2, "confirmed": 0, "times": 0, "seconds": 0.0}
    for name in (min(numbers), max(numbers)):
        say(case, name, case.shown(numbers[name]))
    while True:
        began = process_time()
        made = track_recordings(place, recipe, [case.component], accept=SURE)
        counts["seconds"] += process_time() - began
        counts["times"] += 1
        if not made.questions:
            break
        for name in (question.partition("/")[2] for question in made.questions):
            counts["looked"] += 1
            counts["confirmed"] += answered(case, name, case.shown(numbers[name]))
    return counts | judged(case, numbers, TRACKING)


def answered(case: Case, name: str, shown: list[Box] | None) -> bool:
    """A person says what the frame shows; whether that was to confirm what was followed there."""
    waits = waiting(case.folder, read_annotations(case.folder)).get(name)
    right = bool(waits and shown) and matched(waits.boxes, shown) == len(shown) == len(waits.boxes)
    say(case, name, list(waits.boxes) if right else shown)
    return right


def say(case: Case, name: str, shown: list[Box] | None) -> None:
    state = State.IGNORED if shown is None else State.BOXES if shown else State.VERIFIED_EMPTY
    said = Annotation(state=state, boxes=tuple(shown or ()), by="person")
    write_annotations(case.folder, read_annotations(case.folder).with_frames({name: said}))


def matched(boxes: Sequence[Box], shown: Sequence[Box]) -> int:
    """How many of the boxes are those of things that are shown, each of another one."""
    overlaps = iou(as_boxes([box.xyxy for box in boxes]), as_boxes([box.xyxy for box in shown]))
    return int((overlaps[linear_sum_assignment(-overlaps)] >= RIGHT).sum())


def judged(case: Case, numbers: dict[str, int], by: str) -> dict[str, int]:
    """What was taken as true with no look, by whom, held against what is shown."""
    taken = {name: one.boxes for name, one in read_annotations(case.folder).frames.items() if one.by == by}
    known = {name: case.shown(numbers[name]) for name in taken}
    judged = {name: shown for name, shown in known.items() if shown is not None}
    right = sum(matched(taken[name], shown) for name, shown in judged.items())
    return {
        "taken": sum(len(taken[name]) for name in judged),
        "right": right,
        "shown": sum(map(len, judged.values())),
        "ignored": len(taken) - len(judged),
    }


def _row(case: Case, counts: dict[str, Any]) -> list[str]:
    video = read_recording(case.folder).frames
    return [
        case.name,
        f"{SURE:g}",
        str(counts["frames"]),
        f"{counts['looked']} ({100 * counts['looked'] / counts['frames']:.0f} of 100)",
        str(counts["confirmed"]),
        str(counts["times"]),
        share(counts["right"], counts["taken"]),
        share(counts["shown"] - counts["right"], counts["shown"]),
        str(counts["ignored"]),
        f"{1000 * counts['seconds'] / counts['times'] / video:.0f}",
    ]

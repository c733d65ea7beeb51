"""From two short videos of one place, with no box drawn by hand, to verdicts on frames never seen."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from inspector.boxes import iou
from inspector.labeling.annotation import State, read_annotations
from inspector.labeling.extraction import read_frames
from tests.benchmarks.stages import Bench, Lines, share
from tests.benchmarks.table import Table

PLACE_WIDTH = 208
TAUGHT = {"present": range(101), "absent": range(224, 271)}


@dataclass(frozen=True)
class Moment:
    """What is true of the left place in one frame. box: xyxy in pixels of the crop, None where no bottle stands."""

    state: str
    box: tuple[float, float, float, float] | None

    @property
    def verdict(self) -> str | None:
        """The verdict it should get; None in a transition."""
        return {"present": "OK", "absent": "NOT_OK"}.get(self.state)


def truth_of(data: Path) -> list[Moment]:
    """The left place in each frame of the bench video."""
    frames = json.loads((data / "bottles" / "bench_1.truth.json").read_text())["frames"]
    return [_moment(frame) for frame in frames]


def teach(bench: Bench, data: Path) -> tuple[str, str]:
    """Recipe, import, extract; returns the ids of the positive and the negative recording."""
    bench.run("recipe", "new", "crate", "--component", "bottle")
    positive = bench.import_(data / "bottles" / "left_positive.mp4", "crate", "bottle", "--positive")
    negative = bench.import_(data / "bottles" / "left_negative.mp4", "crate", "bottle", "--negative")
    bench.run("extract", "crate")
    return positive, negative


def measure(data: Path, work: Path) -> list[Table]:
    """Suggestion against the truth; verdicts of a trained bundle, seen and unseen frames apart."""
    bench = Bench(work)
    truth = truth_of(data)
    positive, _ = teach(bench, data)
    bench.run("suggest", "crate", "--accept", "0.5")
    suggested = _suggestions(bench.folder / "recordings" / positive, truth)
    bundle = bench.train("crate")
    video = str(data / "bottles" / "left_bench_1.mp4")
    single = bench.run("run", "crate", "--bundle", str(bundle), "--source", video, "--every-frame")
    voted = bench.run("run", "crate", "--bundle", str(bundle), "--source", video)
    return [suggested, _verdicts(truth, single, voted)]


def _moment(frame: dict[str, Any]) -> Moment:
    left = [box for box in frame["boxes"] if box[0] + box[2] / 2 < PLACE_WIDTH]
    box = (left[0][0], left[0][1], left[0][0] + left[0][2], left[0][1] + left[0][3]) if left else None
    return Moment(frame["places"]["left"], box)


def _suggestions(recording: Path, truth: list[Moment]) -> Table:
    annotations = read_annotations(recording)
    frames = read_frames(recording).frames
    overlaps = [
        float(
            iou(np.array([b.xyxy for b in annotations.frames[f.name].boxes], np.float32), _box(truth[f.number])).max()
        )
        for f in frames
        if f.name in annotations.frames and annotations.frames[f.name].state is State.BOXES
    ]
    boxes = sum(len(annotation.boxes) for annotation in annotations.frames.values())
    right = sum(overlap >= 0.5 for overlap in overlaps)
    return Table(
        "Boxes suggested on the positive video, no click",
        ["frames extracted", "frames with an accepted box", "boxes", "right (IoU 0.5 and over)", "mean IoU"],
        [[str(len(frames)), str(len(overlaps)), str(boxes), share(right, boxes), f"{np.mean(overlaps):.3f}"]],
    )


def _box(moment: Moment) -> np.ndarray:
    return np.array([moment.box], np.float32).reshape(-1, 4)


def _verdicts(truth: list[Moment], single: Lines, voted: Lines) -> Table:
    rows = []
    for state, verdict in (("present", "OK"), ("absent", "NOT_OK")):
        for seen in (True, False):
            numbers = [i for i, m in enumerate(truth) if m.state == state and (i in TAUGHT[state]) == seen]
            right = sum(_covering(single, i) == {verdict} for i in numbers)
            voted_on = [i for i in numbers if _whole(truth, voted, i)]
            voted_right = sum(_covering(voted, i) == {verdict} for i in voted_on)
            told = "yes" if seen else "no"
            rows.append([state, told, share(right, len(numbers)), share(voted_right, len(voted_on))])
    return Table(
        "Verdicts over the bench video",
        ["truth", "frame was in the training videos", "right, each frame alone", "right, by vote"],
        rows,
        [
            "Frames in transition (a hand, a bottle in the air) expect no verdict. By vote, a frame counts where its "
            "whole inspection lies in one state.",
        ],
    )


def _inspections(lines: Lines, frame: int) -> Iterable[dict[str, Any]]:
    return (line for line in lines if line["first_frame"] <= frame <= line["last_frame"])


def _covering(lines: Lines, frame: int) -> set[str]:
    return {line["verdict"] for line in _inspections(lines, frame)}


def _whole(truth: list[Moment], lines: Lines, frame: int) -> bool:
    """Whether the frame was inspected together with frames of its own state only."""
    spans = [range(line["first_frame"], line["last_frame"] + 1) for line in _inspections(lines, frame)]
    return bool(spans) and all(truth[i].state == truth[frame].state for span in spans for i in span)

"""The whole loop on the simulated camera: two videos per component in, verdicts with the truth beside each out.

It runs the stages that a technician would run, through the same commands, and then lets a station judge workpieces
whose truth the simulator knows.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from inspector import job
from inspector.bundle import Bundle, promote
from inspector.capture.simulator import SIMULATOR_RECIPE, open_simulator
from inspector.capture.simulator import Truth as Simulated
from inspector.commands import teach
from inspector.commands.console import JsonOption, Voice, WorkspaceOption, workspace_of
from inspector.errors import MachineError
from inspector.files import write_document
from inspector.frame import Frame, Image, freeze, utc_now
from inspector.inspection.records import Records
from inspector.inspection.station import Station
from inspector.inspection.verdict import Inspection, Verdict
from inspector.recipe import Trigger, Vote
from inspector.settings import Workspace
from inspector.validation.metrics import Rate, Truth
from inspector.validation.replay import Replay, figures, replay
from inspector.validation.report import Page, figures_table
from inspector.validation.sheet import BAD, GOOD, UNSURE, caption, draw, sheet

RECIPE = SIMULATOR_RECIPE.model_copy(update={"vote": Vote(trigger=Trigger.REST)})
"""On a line, each workpiece comes to rest once and is judged once."""

FRAMES = 900
"""Of each video: thirty seconds at 30 frames a second."""

VIDEOS = (
    ("screw", "on", True, "simulator:screw=on,tape=mixed"),
    ("screw", "off", False, "simulator:screw=off,tape=mixed"),
    ("tape", None, True, "simulator:tape=on,screw=mixed"),
    ("tape", None, False, "simulator:tape=off,screw=mixed"),
)
"""Component, pattern, positive, scene. What is not taught varies, so that only the component tells the two apart."""

STRIDE = 5
"""Every fifth frame of an unseen video is judged: neighbours tell nothing new."""

UNSEEN_SEED, LINE_SEED = 1000, 2000
COLOURS = {Verdict.OK: GOOD, Verdict.NOT_OK: BAD, Verdict.NOT_DECIDABLE: UNSURE}


@dataclass(frozen=True, eq=False)
class Judged:
    """One workpiece of the line: what it is, and what the station said of it; None where it said nothing."""

    number: int
    good: bool
    inspection: Inspection | None
    picture: NDArray[np.uint8] | None

    @property
    def verdict(self) -> Verdict:
        return self.inspection.verdict if self.inspection else Verdict.UNDEFINED

    @property
    def truth(self) -> str:
        return "good" if self.good else "bad"


def demo(
    workpieces: Annotated[int, typer.Option(min=1, help="How many the line brings.")] = 60,
    seed: Annotated[int, typer.Option(min=0, help="Another seed shows other workpieces.")] = 0,
    ui: Annotated[bool, typer.Option("--ui", help="Then show the line in the app.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """The whole loop on the simulated camera: record, extract, suggest, train, validate, inspect."""
    place = Workspace(workspace_of(workspace).folder / "demo" / f"{utc_now():%Y%m%d-%H%M%S}")
    voice = Voice(json)
    voice.say(f"Everything is kept in {place.folder}")
    report = run_demo(place, workpieces, seed, voice)
    voice.tell({"report": str(report), "workspace": str(place.folder)}, f"\nThe report: {report}")
    if ui:
        _show(place, workpieces, seed)


def _show(place: Workspace, workpieces: int, seed: int) -> None:
    """The app is a process of its own: the engine knows nothing of windows."""
    options = ["--workspace", str(place.folder), "--recipe", RECIPE.name, "--start"]
    scene = line_scene(workpieces, seed)
    subprocess.run([sys.executable, "-m", "inspector", "ui", *options, "--source", scene], check=False)


def run_demo(place: Workspace, workpieces: int, seed: int, voice: Voice) -> Path:
    """Teach, prove and inspect in a fresh workspace; returns the report's path.

    Raises: InputError or MachineError, from whichever stage failed.
    """
    write_document(place.recipes / f"{RECIPE.name}.yaml", RECIPE)
    bundle = _teach(place, seed, voice)
    promote(place.bundles, bundle)
    proof = _prove(bundle, seed, voice)
    judged = inspect_line(place, bundle, workpieces, seed, voice)
    _tell(judged, voice)
    return _report(place.reports / "demo.html", bundle, proof, judged)


def _teach(place: Workspace, seed: int, voice: Voice) -> Bundle:
    name = RECIPE.name
    for component, pattern, positive, scene in VIDEOS:
        look = pattern or ("there" if positive else "not there")
        voice.say(f"\nThe technician records: {component} {look}")
        teach.record(
            name,
            [component],
            source=f"{scene},seed={seed + 1},frames={FRAMES},pace=0",
            seconds=FRAMES / 30,
            positive=positive,
            pattern=pattern,
            by="demo",
            workspace=place.folder,
            json=voice.as_json,
        )
    teach.extract(name, workspace=place.folder, json=voice.as_json)
    teach.suggest(name, accept=0.8, workspace=place.folder, json=voice.as_json)
    return _train(place, seed, voice)


def _train(place: Workspace, seed: int, voice: Voice) -> Bundle:
    """Training is a process of its own, so that the station after it holds no training library in memory."""
    made = None
    with voice.bar("Training") as tick:
        for line in job.run(["train", RECIPE.name, "--seed", str(seed), "--workspace", str(place.folder)]):
            voice.tell(line)
            if "step" in line:
                tick(line["step"], line["steps"], f"loss {line['loss']:.3f}")
            made = line.get("bundle", made)
    if made is None:
        raise MachineError("The training ended without a bundle.")
    return Bundle.open(Path(made))


def _prove(bundle: Bundle, seed: int, voice: Voice) -> Replay:
    """The bundle on videos of other seeds, which no training saw; the truth is the simulator's own."""
    voice.say("\nFour videos that the training never saw")
    with voice.bar("Validating") as tick:
        proof = replay(bundle, bundle.detector(), _unseen(seed), lambda done: tick(done, None))
    voice.table("Each frame alone, against the truth", *figures_table(figures(proof)))
    for row in figures(proof):
        voice.tell({"component": row.component, **row.as_json()})
    return proof


def _unseen(seed: int) -> Iterator[tuple[Truth, Image]]:
    for number, (_, _, _, scene) in enumerate(VIDEOS):
        camera = open_simulator(f"{scene},seed={seed + UNSEEN_SEED + number},frames={FRAMES},pace=0,hand=0")
        while (frame := camera.read()) is not None:
            true = camera.truth(frame.number)
            # While something moves or a hand is in the picture no verdict is expected, so none is counted.
            if frame.number % STRIDE == 0 and not (true.moving or true.hand):
                yield _truth(true, frame), frame.image


def _truth(true: Simulated, frame: Frame) -> Truth:
    labels = RECIPE.labels
    classes = np.array([labels.index(label) for label in true.labels], np.int32)
    components = tuple(c.name for c in RECIPE.components)
    return Truth(f"{frame.name} {frame.number}", true.boxes, classes, labels, components)


def line_scene(workpieces: int, seed: int) -> str:
    """The production line that the demo inspects."""
    return f"simulator:line,workpieces={workpieces},seed={seed + LINE_SEED}"


def inspect_line(place: Workspace, bundle: Bundle, workpieces: int, seed: int, voice: Voice) -> list[Judged]:
    """Let a station judge each workpiece that comes along; frame by frame, so that a slow machine sees the same."""
    scene = f"{line_scene(workpieces, seed)},pace=0"
    inspections: list[Inspection] = []
    voice.say(f"\n{workpieces} workpieces come along the line")
    with voice.bar("Inspecting") as tick:

        def note(inspection: Inspection) -> None:
            inspections.append(inspection)
            tick(len(inspections), workpieces)

        with closing(Records(place.records)) as kept:
            station = Station(RECIPE, bundle, scene, records=kept, on_inspection=note)
            station.start()
            station.wait()
    return _beside_truth(scene, bundle, workpieces, inspections)


def _beside_truth(scene: str, bundle: Bundle, workpieces: int, inspections: list[Inspection]) -> list[Judged]:
    """Each workpiece with its inspection, found by the frame that decided it, and that frame's picture."""
    camera = open_simulator(scene)
    detector = bundle.detector()
    failing = frozenset(p.name for c in RECIPE.components for p in c.patterns if not p.passes)
    by_frame = {inspection.last_frame: inspection for inspection in inspections}
    judged: dict[int, Judged] = {}
    good: dict[int, bool] = {}
    while (frame := camera.read()) is not None:
        true = camera.truth(frame.number)
        good[true.workpiece] = true.good
        if frame.number in by_frame:
            seen = bundle.working(detector.detect(frame.image))
            picture = draw(frame.image, seen, failing)
            judged[true.workpiece] = Judged(true.workpiece, true.good, by_frame[frame.number], picture)
    return [judged.get(n, Judged(n, good[n], None, None)) for n in sorted(good)][:workpieces]


def escapes(judged: list[Judged]) -> Rate:
    """Bad workpieces passed, of the bad ones."""
    bad = [j for j in judged if not j.good]
    return Rate(sum(j.verdict is Verdict.OK for j in bad), len(bad))


def overkill(judged: list[Judged]) -> Rate:
    """Good workpieces not passed, of the good ones."""
    good = [j for j in judged if j.good]
    return Rate(sum(j.verdict is not Verdict.OK for j in good), len(good))


def _rows(judged: list[Judged]) -> list[tuple[str, ...]]:
    return [
        (
            str(j.number + 1),
            j.truth,
            j.verdict.word or "nothing",
            "" if j.good == (j.verdict is Verdict.OK) else "WRONG",
            j.inspection.reason if j.inspection else "the station did not judge it",
        )
        for j in judged
    ]


HEADS = ("workpiece", "truth", "verdict", "", "what the station says")


def _tell(judged: list[Judged], voice: Voice) -> None:
    for j in judged:
        voice.tell({"workpiece": j.number, "good": j.good, "verdict": j.verdict.name})
    voice.table("Verdicts beside the truth", HEADS, _rows(judged))
    voice.tell(
        {"escapes": escapes(judged).k, "bad": escapes(judged).n, "overkill": overkill(judged).k}
        | {"good": overkill(judged).n},
        f"Escapes (bad passed): {escapes(judged)}. Overkill (good not passed): {overkill(judged)}.",
    )


def _report(path: Path, bundle: Bundle, proof: Replay, judged: list[Judged]) -> Path:
    ledger = bundle.manifest.ledger
    page = Page("Demo: two videos in, verdicts out", f"Bundle {bundle.manifest.id}, {utc_now():%Y-%m-%d %H:%M} UTC")
    page.text(
        f"Taught by {ledger.images_with_boxes} frames with boxes, none drawn by hand, and {ledger.empty_images} "
        f"verified-empty frames; {ledger.negatives_in_loss_from_empty} negatives of these reached the loss."
    )
    page.heading("Frames of videos that the training never saw")
    page.table(*figures_table(figures(proof)))
    page.heading(f"{len(judged)} workpieces on the line")
    page.text(f"Escapes (bad passed): {escapes(judged)}. Overkill (good not passed): {overkill(judged)}.")
    page.picture(verdict_sheet(judged), "The deciding picture of each workpiece, with its truth and its verdict")
    page.table(HEADS, _rows(judged))
    page.write(path)
    return path


def verdict_sheet(judged: list[Judged]) -> NDArray[np.uint8]:
    """The deciding picture of each workpiece under its truth and its verdict."""
    blank = freeze(np.full((480, 640, 3), 40, np.uint8))
    return sheet(
        [
            caption(
                blank if j.picture is None else j.picture,
                f"{j.number + 1}: {j.truth} -> {j.verdict.word or 'nothing'}",
                COLOURS.get(j.verdict, UNSURE),
            )
            for j in judged
        ]
    )

"""`inspector detect, run, selftest`: what a trained bundle sees and says."""

import math
import signal
import time
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from inspector.bundle import promoted
from inspector.capture.camera import open_camera
from inspector.capture.offer import Offer
from inspector.commands.bundles import find_bundle
from inspector.commands.console import SOURCES, JsonOption, Voice, WorkspaceOption, workspace_of
from inspector.detections import Detections
from inspector.errors import InputError, InspectorError
from inspector.frame import Frame
from inspector.inspection.verdict import Inspection, Verdict, as_json
from inspector.interruption import on_signals
from inspector.recipe import Recipe, Trigger, find_recipe
from inspector.selftest import Asked, asked, checks
from inspector.serial import Serial
from inspector.supervisor.manned import Manned, manned
from inspector.supervisor.reporting import reporting
from inspector.triggers import KEY, Triggers

TICK_S = 0.2
STANDARD_INPUT = 0


def detect(
    bundle: Annotated[str, typer.Argument(help="A bundle's folder or id.")],
    source: Annotated[str, typer.Argument(help=f"{SOURCES}.")],
    threshold: Annotated[
        float | None,
        typer.Option(min=0.01, max=1, help="The least score shown; 0.01 shows all. Default: the bundle's."),
    ] = None,
    seconds: Annotated[float | None, typer.Option(min=0, help="Stop after so long; needed with a live camera.")] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Say what the detector sees in each frame."""
    place = workspace_of(workspace)
    opened = find_bundle(place, bundle)
    detector = opened.detector(place.settings().threads)
    voice = Voice(json)
    camera = open_camera(source)
    try:
        started = time.monotonic()
        while (frame := camera.read()) is not None and (seconds is None or time.monotonic() - started < seconds):
            began = time.perf_counter()
            seen = detector.detect(frame.image)
            latency_ms = 1000 * (time.perf_counter() - began)
            shown = opened.working(seen) if threshold is None else seen.where(seen.scores >= threshold)
            voice.tell(_line(frame, shown, latency_ms), _sentence(frame, shown, latency_ms))
    finally:
        camera.close()


def run(
    recipe: Annotated[str, typer.Argument(help="The recipe's name.")],
    source: Annotated[
        list[str] | None,
        typer.Option(help=f"{SOURCES}; CAMERA=SOURCE for each of several cameras. Default: the settings'."),
    ] = None,
    bundle: Annotated[str | None, typer.Option(help="A bundle's folder or id; default: the promoted one.")] = None,
    every_frame: Annotated[bool, typer.Option("--every-frame", help="Judge each frame alone, with no vote.")] = False,
    trigger: Annotated[
        list[str] | None,
        typer.Option(
            help="What asks for each inspection: key (Enter), timer:SECONDS, file:FOLDER. Default: the recipe's."
        ),
    ] = None,
    seconds: Annotated[float | None, typer.Option(min=0, help="Stop after so long.")] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Run a station without a screen; verdicts are lines, not exit codes."""
    place = workspace_of(workspace)
    if every_frame and trigger:
        raise InputError("--every-frame judges all frames, and --trigger those asked for: leave one out.")
    wanted = find_recipe(place.recipes, recipe)
    opened = promoted(place.bundles, wanted.name) if bundle is None else find_bundle(place, bundle)
    settings = place.settings()
    voice = Voice(json)
    wanted, triggers = _as_asked(wanted, settings.triggers, trigger or [])
    asks = wanted.vote.trigger is Trigger.ASKED or wanted.serial != Serial()

    def tell(inspection: Inspection) -> None:
        about = {"serial": inspection.serial, "trigger": inspection.trigger} if asks else {}
        voice.tell({**as_json(inspection), **about}, _verdict(inspection))

    with reporting() as told_of:
        station = manned(
            place,
            settings.model_copy(update={"triggers": triggers}),
            wanted,
            opened,
            tell,
            voice.warn,
            sources=source or (),
            every_frame=every_frame,
            keys=STANDARD_INPUT if KEY in (trigger or []) else None,
            patient=told_of is not None,
            reporting=told_of,
        )
        _run_until_it_ends(station, seconds, voice)
    counts = station.view().counts
    voice.say(", ".join(f"{counts[v]} {v.word}" for v in (Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE)))


def _as_asked(recipe: Recipe, triggers: Triggers, wanted: list[str]) -> tuple[Recipe, Triggers]:
    """With what the command line wants of triggers, which then alone ask for inspections."""
    if not wanted:
        return recipe, triggers
    triggers = triggers.without_sources()
    for each in wanted:
        triggers = triggers.with_wanted(each)
    vote = recipe.vote.model_copy(update={"trigger": Trigger.ASKED})
    return recipe.model_copy(update={"vote": vote}), triggers


def _run_until_it_ends(station: Manned, seconds: float | None, voice: Voice) -> None:
    """The source's end, the time's, Ctrl-C, or the service manager's stop; what was decided is delivered first."""
    deadline = math.inf if seconds is None else time.monotonic() + seconds
    ending: list[bool] = []
    station.start()
    try:
        # A second one ends the program: perhaps the end takes too long.
        with on_signals(lambda: ending.append(True), signal.SIGINT, signal.SIGTERM):
            faults = Faults(voice)
            while not ending and (left_s := deadline - time.monotonic()) > 0:
                if station.wait(min(TICK_S, left_s)):
                    break
                view = station.view()
                faults.see(view.message, view.remark)
    finally:
        station.stop()
        station.wait()


class Faults:
    """Warns when a fault lasts, another follows, or it is gone; one that ends the run at once is told as its error."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._told = ""
        self._last = ""
        self._remark = ""

    def see(self, message: str, remark: str = "") -> None:
        """The station's message, now and then, and its remark; "" where all is well."""
        if remark and remark != self._remark:
            self._voice.warn(remark)
        self._remark = remark
        # A figure in a sentence may differ each time: that is the same fault.
        changed = bool(message) != bool(self._told) or message == self._last
        if bool(message) == bool(self._last) and changed and message != self._told:
            self._voice.warn(message or "The picture is good again.")
            self._told = message
        self._last = message


def selftest(workspace: WorkspaceOption = None, json: JsonOption = False) -> None:
    """Say whether this machine works: cameras, processor, GPU, disk, screen."""
    voice = Voice(json)
    found = checks(workspace_of(workspace))
    for check in found:
        voice.tell({"check": check.name, "ok": check.ok, "text": check.text})
    voice.table("This machine", ["", "", ""], [("ok" if c.ok else "NO", c.name, c.text) for c in found])
    _tell_cameras(voice, asked())
    if any(check.needed and not check.ok for check in found):
        raise typer.Exit(InspectorError.exit_code)


def _tell_cameras(voice: Voice, found: Sequence[Asked]) -> None:
    """Each with its formats, sizes and rates."""
    for one in found:
        camera = {"camera": one.camera.name, "serial": one.camera.serial, "source": one.camera.source}
        voice.tell({**camera, "offers": [offer.as_json() for offer in one.offers], "fault": one.fault})
    rows = [
        (one.camera.name, one.camera.source, offer.form, offer.sizes, offer.pace or one.fault)
        for one in found
        for offer in one.offers or (Offer(""),)
    ]
    if rows:
        voice.table("What the cameras send", ["camera", "source", "format", "pixels", "pictures a second"], rows)


def _line(frame: Frame, seen: Detections, latency_ms: float) -> dict[str, Any]:
    width, height = frame.size
    return {
        "frame": frame.number,
        "name": frame.name,
        "time_s": round(frame.time_s, 4),
        "width": width,
        "height": height,
        "detections": [_detection(seen, i) for i in range(len(seen))],
        "latency_ms": round(latency_ms, 2),
    }


def _detection(seen: Detections, i: int) -> dict[str, Any]:
    label = seen.label(i)
    return {
        "label": label.name,
        "component": label.component,
        "pattern": label.pattern,
        "score": round(float(seen.scores[i]), 4),
        "box": [round(float(value), 1) for value in seen.boxes[i]],
    }


def _sentence(frame: Frame, seen: Detections, latency_ms: float) -> str:
    things = ", ".join(f"{seen.label(i).name} {seen.scores[i]:.2f}" for i in range(len(seen))) or "nothing"
    return f"{frame.number:6d}  {frame.name}  {things}  ({latency_ms:.1f} ms)"


def _verdict(inspection: Inspection) -> str:
    frames = f"{inspection.first_frame}-{inspection.last_frame}"
    said = "  ".join(filter(None, (inspection.serial, inspection.reason)))
    return f"{inspection.verdict.word:6} {frames:>13}  {said}".rstrip()

"""`inspector detect, run, records, selftest`: what a trained bundle sees and says."""

import math
import signal
import time
from contextlib import closing
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from inspector.bundle import Bundle, promoted
from inspector.capture.camera import open_camera
from inspector.commands.console import PATH, SOURCES, JsonOption, Voice, WorkspaceOption, workspace_of
from inspector.detections import Detections
from inspector.errors import InputError, InspectorError
from inspector.files import written_whole
from inspector.frame import Frame
from inspector.inspection.records import Records
from inspector.inspection.station import Station
from inspector.inspection.verdict import Inspection, Verdict, as_json
from inspector.recipe import find_recipe
from inspector.selftest import checks
from inspector.settings import Workspace, pick
from inspector.supervisor.reporting import Reporting, reporting

TICK_S = 0.2

records = typer.Typer(no_args_is_help=True, help="What was inspected.")


def find_bundle(workspace: Workspace, name: str) -> Bundle:
    """A bundle by its folder, or by its id in the workspace."""
    if name and Path(name).is_dir():
        return Bundle.open(Path(name))
    known = sorted(path.parent.name for path in workspace.bundles.glob("*/bundle.yaml"))
    return Bundle.open(workspace.bundles / pick(name, known, "bundle"))


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
    source: Annotated[str | None, typer.Option(help=f"{SOURCES}. Default: the settings'.")] = None,
    bundle: Annotated[str | None, typer.Option(help="A bundle's folder or id; default: the promoted one.")] = None,
    every_frame: Annotated[bool, typer.Option("--every-frame", help="Judge each frame alone, with no vote.")] = False,
    seconds: Annotated[float | None, typer.Option(min=0, help="Stop after so long.")] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Run a station without a screen; verdicts are lines, not exit codes."""
    place = workspace_of(workspace)
    wanted = find_recipe(place.recipes, recipe)
    opened = promoted(place.bundles, wanted.name) if bundle is None else find_bundle(place, bundle)
    settings = place.settings()
    voice = Voice(json)
    with reporting() as supervised, closing(Records(place.records)) as kept:
        station = Station(
            wanted,
            opened,
            settings.source if source is None else source,
            records=kept,
            every_frame=every_frame,
            on_inspection=lambda inspection: _tell(inspection, voice, supervised),
            threads=settings.threads,
            wait_for_camera=supervised is not None,
        )
        if supervised is not None:
            station.start()
            supervised.watch(station.view, wanted.name, opened.manifest.id)
        _run_until_it_ends(station, seconds, voice)
    counts = station.view().counts
    voice.say(", ".join(f"{counts[v]} {v.word}" for v in (Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE)))


def _tell(inspection: Inspection, voice: Voice, supervised: Reporting | None) -> None:
    if supervised is not None:
        supervised.tell(inspection)
    voice.tell(as_json(inspection), _verdict(inspection))


def _run_until_it_ends(station: Station, seconds: float | None, voice: Voice) -> None:
    """The source's end, the time's, Ctrl-C, or the service manager's stop; what was decided is delivered first."""
    deadline = math.inf if seconds is None else time.monotonic() + seconds
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    station.start()
    try:
        faults = Faults(voice)
        while time.monotonic() < deadline and not station.wait(min(TICK_S, max(0.0, deadline - time.monotonic()))):
            faults.see(station.view().message)
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
    station.stop()
    station.wait()


class Faults:
    """Warns when a fault lasts and when it is gone; one that ends the run at once is told as its error."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._told = False
        self._last = ""

    def see(self, message: str) -> None:
        """The station's message, now and then; "" where all is well."""
        if bool(message) == bool(self._last) != self._told:
            self._voice.warn(message or "The picture is good again.")
            self._told = bool(message)
        self._last = message


@records.command("list")
def list_(
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="The most shown, the newest.")] = 20,
    verdict: Annotated[str | None, typer.Option(help="Only PASS, FAIL or UNSURE.")] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """The last inspections, the newest first."""
    voice = Voice(json)
    with closing(Records(workspace_of(workspace).records)) as kept:
        found = kept.list(limit, verdict=_verdict_of(verdict))
    for inspection in found:
        voice.tell({"started_at": inspection.started_at.isoformat(), **as_json(inspection)})
    rows = [(f"{i.started_at.astimezone():%Y-%m-%d %H:%M:%S}", i.recipe, i.verdict.word, i.reason, i.id) for i in found]
    voice.table(f"The last {len(rows)} inspections", ["when", "recipe", "verdict", "what was wrong", "id"], rows)


@records.command("export")
def export(
    path: Annotated[Path, typer.Argument(help="The CSV file to write, a new one.", **PATH)],
    verdict: Annotated[str | None, typer.Option(help="Only PASS, FAIL or UNSURE.")] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """All inspections as CSV."""
    if path.exists():
        raise InputError(f"{path} is there already; name a new file.")
    with closing(Records(workspace_of(workspace).records)) as kept, written_whole(path) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="")
        lines = kept.export(text, verdict=_verdict_of(verdict))
        text.flush()
        text.detach()
    Voice(json).tell({"path": str(path), "inspections": lines}, f"Wrote {lines} inspections to {path}.")


def _verdict_of(word: str | None) -> Verdict | None:
    """The verdict that a screen's word, or its own name, stands for."""
    if word is None:
        return None
    words = {verdict.word: verdict for verdict in Verdict if verdict.word} | {v.name: v for v in Verdict if v}
    return words[pick(word.upper(), list(words), "verdict")]


def selftest(workspace: WorkspaceOption = None, json: JsonOption = False) -> None:
    """Say whether this machine works: cameras, processor, GPU, disk, screen."""
    voice = Voice(json)
    found = checks(workspace_of(workspace))
    for check in found:
        voice.tell({"check": check.name, "ok": check.ok, "text": check.text})
    voice.table("This machine", ["", "", ""], [("ok" if c.ok else "NO", c.name, c.text) for c in found])
    if any(check.needed and not check.ok for check in found):
        raise typer.Exit(InspectorError.exit_code)


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
    return f"{inspection.verdict.word:6} {frames:>13}  {inspection.reason}".rstrip()

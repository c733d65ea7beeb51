"""`inspector records`: what was inspected, as a table or a file, and what of it is kept."""

from collections import deque
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from inspector.commands.console import PATH, JsonOption, Voice, WorkspaceOption, workspace_of
from inspector.errors import InputError
from inspector.frame import utc_now
from inspector.inspection.proving.proof import kept_proofs
from inspector.inspection.records import Records
from inspector.inspection.records.export import Form, export
from inspector.inspection.records.tidier import tidying
from inspector.inspection.records.upkeep import dropped
from inspector.inspection.records.wanted import Wanted
from inspector.inspection.verdict import Inspection, Verdict, as_json
from inspector.settings import Workspace, pick
from inspector.shifts import Span

app = typer.Typer(no_args_is_help=True, help="What was inspected.")


def _moment(text: str) -> datetime:
    """A day or a moment, of this machine's time where it says no other. Raises: InputError."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        raise InputError(f"'{text}' is no moment: write 2026-03-01, or 2026-03-01T14:30.") from None


VerdictOption = Annotated[
    str | None, typer.Option(help="Only PASS, FAIL or UNSURE; of the component, where one is named.")
]
ComponentOption = Annotated[str | None, typer.Option(help="Only what was looked at for this component.")]
SerialOption = Annotated[str | None, typer.Option(help="Only this serial number.")]
SinceOption = Annotated[datetime | None, typer.Option(help="From this day or moment on.", parser=_moment)]
UntilOption = Annotated[datetime | None, typer.Option(help="Before this day or moment.", parser=_moment)]
PlantOption = Annotated[bool, typer.Option("--plant", help="Look at what all stations sent to the plant's database.")]


@app.command("list")
def list_(
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="The most shown, the newest.")] = 20,
    verdict: VerdictOption = None,
    component: ComponentOption = None,
    serial: SerialOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    plant: PlantOption = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """The last inspections, the newest first."""
    voice = Voice(json)
    wanted = Wanted(since, until, _verdict_of(verdict), component, serial)
    place = workspace_of(workspace)
    with closing(_records(place, plant)) as kept:
        found = kept.list(limit, wanted)
        waiting_for = dropped(kept, place.settings().destinations)
    for inspection in found:
        voice.tell({"started_at": inspection.started_at.isoformat(), **_origin(inspection), **as_json(inspection)})
    heads = ["when", "recipe", "serial", "verdict", "what was wrong", "id"]
    rows = [
        (f"{i.started_at.astimezone():%Y-%m-%d %H:%M:%S}", i.recipe, i.serial, i.verdict.word, i.reason, i.id)
        for i in found
    ]
    voice.table(f"The last {len(rows)} inspections", heads, rows)
    for sentence in waiting_for:
        voice.warn(sentence)


@app.command("export")
def export_(
    path: Annotated[Path, typer.Argument(help="The file to write, a new one.", **PATH)],
    form: Annotated[
        Form | None, typer.Option("--format", help="Without it, as the file's name ends. PDF is of one --serial.")
    ] = None,
    verdict: VerdictOption = None,
    component: ComponentOption = None,
    serial: SerialOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    plant: PlantOption = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Inspections as a file: CSV or Parquet, or a PDF of all that is known of one serial number."""
    if path.exists():
        raise InputError(f"{path} is there already; name a new file.")
    wanted, voice = Wanted(since, until, _verdict_of(verdict), component, serial), Voice(json)
    with closing(_records(workspace_of(workspace), plant)) as kept, voice.bar("Writing") as tick:
        count = export(kept, path, form or _form_of(path), wanted, progress=tick)
    voice.tell({"path": str(path), "inspections": count}, f"Wrote {count} inspections to {path}.")


@app.command("report")
def report(
    path: Annotated[Path, typer.Argument(help="The PDF to write, a new file.", **PATH)],
    since: SinceOption = None,
    until: UntilOption = None,
    plant: PlantOption = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """A shift on paper: how many passed, what went wrong, whether that is as ever, and each reject with its picture.

    Without a time it is the shift that runs now; with --since alone, the one of that moment.
    """
    from inspector.inspection.records.report import write_report  # loads what draws pages

    if path.exists():
        raise InputError(f"{path} is there already; name a new file.")
    place = workspace_of(workspace)
    shifts = place.settings().shifts
    shift = shifts.around(since or utc_now())
    span = Span(since or shift.start, until) if until else shift
    if span.end <= span.start:
        raise InputError("The time ends before it begins: give an earlier --since, or a later --until.")
    voice = Voice(json)
    with closing(_records(place, plant)) as kept, voice.bar("Writing") as tick:
        count = write_report(kept, path, span, shifts, progress=tick)
    voice.tell({"path": str(path), "inspections": count}, f"Wrote a report of {count} inspections to {path}.")


@app.command("proofs")
def proofs(
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="The most shown, the newest.")] = 20,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """How the station proved itself, the newest first: when and why, who asked for it, and what came of it."""
    voice = Voice(json)
    found = kept_proofs(workspace_of(workspace).records, limit)
    for proof in found:
        voice.tell(proof.as_json())
    rows = [
        (_local(proof.started_at), proof.why, proof.by, proof.recipe, proof.bundle, proof.fault or "passed")
        for proof in found
    ]
    voice.table(f"The last {len(rows)} proofs", ["when", "why", "by", "recipe", "bundle", "what came of it"], rows)


@app.command("status")
def status(workspace: WorkspaceOption = None, json: JsonOption = False) -> None:
    """What is carried elsewhere: how much of it still waits, and what is refused there."""
    voice = Voice(json)
    with closing(Records(workspace_of(workspace).records)) as kept:
        backlogs = kept.destinations()
        refused = {name: kept.refused(name) for name in backlogs}
    for name, backlog in backlogs.items():
        since = None if backlog.since is None else backlog.since.isoformat()
        ones = [{"inspection": one.inspection, "what": one.stream, "reason": one.reason} for one in refused[name]]
        voice.tell({"destination": name, "waiting": backlog.waiting, "since": since, "refused": ones})
    heads = ["destination", "inspections that wait", "since", "refused"]
    rows = [(name, str(one.waiting), _local(one.since), str(one.refused)) for name, one in backlogs.items()]
    voice.table("Carried elsewhere", heads, rows)
    table = [(name, one.stream, one.inspection, one.reason) for name, ones in refused.items() for one in ones]
    if table:
        voice.table("Refused, kept here, and tried again", ["destination", "of the", "inspection", "why"], table)


def _local(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"


@app.command("tidy")
def tidy(
    forget: Annotated[
        str | None, typer.Option(help="First forget a destination: nothing is kept for it any more.")
    ] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Remove now what is kept no longer, as `records` in settings.yaml says; a station does so by itself."""
    place = workspace_of(workspace)
    with closing(Records(place.records)) as kept:
        if forget is not None:
            kept.forget(pick(forget, list(kept.destinations()), "destination"))
        (done,) = deque(tidying(kept, place.settings().records, utc_now()), maxlen=1)
        waiting_for = dropped(kept, place.settings().destinations)
    voice = Voice(json)
    voice.tell(vars(done), str(done))
    for sentence in waiting_for:
        voice.warn(sentence)


def _records(place: Workspace, plant: bool) -> Records:
    database = place.settings().records.database
    if plant and database is None:
        raise InputError("There is no plant's database: name it in settings.yaml, as 'database' under 'records'.")
    return Records(place.records, database if plant else None)


def _origin(inspection: Inspection) -> dict[str, Any]:
    """What the line of a run does not say, since it is the same for all of that."""
    return {name: getattr(inspection, name) for name in ("recipe", "bundle", "serial", "trigger", "station")}


def _form_of(path: Path) -> Form:
    known = {f".{form}": form for form in Form}
    return known.get(path.suffix.lower(), Form.CSV)


def _verdict_of(word: str | None) -> Verdict | None:
    """The verdict that a screen's word, or its own name, stands for."""
    if word is None:
        return None
    words = {verdict.word: verdict for verdict in Verdict if verdict.word} | {v.name: v for v in Verdict if v}
    return words[pick(word.upper(), list(words), "verdict")]

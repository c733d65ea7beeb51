"""`inspector audit`: who did what, and whether the log of it is as it was written."""

import json as jsons
from collections import deque
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from inspector.commands.console import PATH, JsonOption, Voice, WorkspaceOption, workspace_of
from inspector.errors import FileProblems, InputError
from inspector.people.audit import Audit, audit_of
from inspector.people.entry import KEYED, Entry, Head
from inspector.settings import person
from inspector.table import write_table

app = typer.Typer(no_args_is_help=True, help="Who did what at this workspace's station.")

COLUMNS = ("number", "at", "who", "account", "deed", "what", "before_hash", "hash")
KEEP_IT = "Keep this elsewhere: with it, audit check --known tells later whether the log was cut or written anew."


@app.command("list")
def list_(
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="The most shown, the newest.")] = 40,
    who: Annotated[str | None, typer.Option(help="Only what this person did.")] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """The last entries, the newest last. Whether they are as they were written, audit check says."""
    voice = Voice(json)
    found = deque((one for one in audit_of(workspace_of(workspace)).entries() if who in (None, one.who)), limit)
    for one in found:
        voice.tell(asdict(one))
    rows = [(one.number, one.at[:19].replace("T", " "), one.who, one.deed, _in_words(one)) for one in found]
    voice.table(f"The last {len(rows)} entries, in UTC", ["", "when", "who", "deed", "of what"], rows)


@app.command("check")
def check(
    known: Annotated[
        str | None, typer.Option(help="NUMBER:HASH, as an export or this command told it earlier: it must be in it.")
    ] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Say all that is not as it was written: entries that were altered, taken away, put in or moved, or a cut end."""
    audit = audit_of(workspace_of(workspace))
    if faults := audit.faults(Head.told(known) if known is not None else None):
        raise FileProblems(faults)
    _tell_head(Voice(json), audit, "as they were written")


@app.command("export")
def export(
    path: Annotated[Path, typer.Argument(help="The CSV file to write, a new one.", **PATH)],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """All entries as CSV. The newest one's number and hash, which are told, should be kept elsewhere."""
    if path.exists():
        raise InputError(f"{path} is there already; name a new file.")
    voice, audit = Voice(json), audit_of(workspace_of(workspace))
    for fault in audit.faults():
        voice.warn(str(fault))
    rows = ({**asdict(one), "what": jsons.dumps(dict(one.what))} for one in audit.entries())
    write_table(path, COLUMNS, rows)
    _tell_head(voice, audit, f"in {path}")


@app.command("forget")
def forget(
    before: Annotated[datetime, typer.Option(help="Only entries from before this day.", formats=["%Y-%m-%d"])],
    by: Annotated[str | None, typer.Option(help="Who does it. Default: who is logged in.")] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Remove the oldest closed parts of the log, whole; the log says so, and goes on from their last hash."""
    count = audit_of(workspace_of(workspace)).forget(before.astimezone(), by or person())
    Voice(json).tell({"parts": count}, f"Removed {count} closed parts of the audit log.")


def _tell_head(voice: Voice, audit: Audit, how: str) -> None:
    head = audit.head
    if audit.torn:
        voice.warn("A line at its end was not written whole, as after a power cut; the next entry says so.")
    if head is None:
        voice.tell({"entries": 0, "head": None}, "The audit log is empty.")
        return
    if head.hash.startswith(KEYED) and not audit.keyed:
        voice.warn("A key sealed its entries that is not here: whether they were altered cannot be told without it.")
    voice.tell({"entries": head.number, "head": str(head)}, f"{head.number} entries, {how}, up to {head}\n{KEEP_IT}")


def _in_words(entry: Entry) -> str:
    return ", ".join(f"{name} {value}" for name, value in entry.what.items() if value is not None)

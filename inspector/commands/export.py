"""`inspector export`: a bundle's network in another format or precision."""

from pathlib import Path
from typing import Annotated

import typer

from inspector.bundle import Bundle
from inspector.commands.bundles import find_bundle
from inspector.commands.console import PATH, JsonOption, Voice, WorkspaceOption, ended_in_order, workspace_of
from inspector.edition import Format, Precision
from inspector.errors import InputError
from inspector.settings import Workspace, pick


@ended_in_order()
def export(
    bundle: Annotated[str, typer.Argument(help="A bundle's folder or id.")],
    form: Annotated[str, typer.Option("--format", help="tflite or openvino, which a station runs, or onnx.")],
    precision: Annotated[str, typer.Option(help="float, or int8: smaller, and faster on most processors.")] = "float",
    out: Annotated[Path | None, typer.Option(help="A new folder, for onnx; the others become bundles.", **PATH)] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Bring a bundle's network into another format or precision, where it still sees the same."""
    place = workspace_of(workspace)
    kind = Format(pick(form, list(Format), "format"))
    numbers = Precision(pick(precision, list(Precision), "precision"))
    if kind is Format.ONNX and out is None:
        raise InputError("A station does not run onnx: name a new folder for it with --out.")
    if kind is not Format.ONNX and out is not None:
        raise InputError(f"What is exported as {kind} becomes a bundle of the workspace: leave --out away.")
    opened, voice = find_bundle(place, bundle), Voice(json)
    if out is not None:
        _export_onnx(voice, place, opened, numbers, out)
    else:
        _export_bundle(voice, place, opened, kind, numbers)


def _export_onnx(voice: Voice, place: Workspace, bundle: Bundle, precision: Precision, folder: Path) -> None:
    with voice.bar("Exporting"):
        # Only here it is needed: the learning libraries take seconds to load.
        from inspector.learning.editions.edition import write_onnx

        parity = write_onnx(place, bundle, precision, folder)
    voice.tell({"folder": str(folder), "parity": parity.model_dump()}, f"{folder}: {parity}.")


def _export_bundle(voice: Voice, place: Workspace, bundle: Bundle, kind: Format, precision: Precision) -> None:
    with voice.bar("Exporting"):
        from inspector.learning.editions.edition import make_edition

        made = make_edition(place, bundle, kind, precision)
    manifest = Bundle.open(made).manifest
    parity = manifest.parity.model_dump() if manifest.parity else None
    voice.tell(
        {"bundle": str(made), "id": manifest.id, "parity": parity},
        f"Bundle {manifest.id}: {manifest.parity}.\n"
        f"See what it does: inspector validate {manifest.id}. Use it: inspector promote {manifest.id}",
    )

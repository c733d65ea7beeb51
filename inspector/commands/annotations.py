"""`inspector annotations`: boxes that come from other programs, and go to them."""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inspector.capture.recording import Recording, find_recording, read_recording
from inspector.commands.console import PATH, ByOption, JsonOption, Voice, WorkspaceOption, workspace_of
from inspector.errors import InputError
from inspector.labeling.annotation import State, read_annotations, restate
from inspector.labeling.annotation import redo as make_again
from inspector.labeling.annotation import undo as take_back
from inspector.labeling.formats import FORMATS, Imported, export_annotations, import_annotations
from inspector.labeling.formats.entry import Format
from inspector.labeling.suggestions import accept as accept_suggestions
from inspector.labeling.suggestions import reject as reject_suggestions
from inspector.labeling.suggestions import waiting
from inspector.labeling.takes import shots_of
from inspector.recipe import find_recipe
from inspector.settings import Workspace, person, pick

if TYPE_CHECKING:
    from inspector.learning.tfrecord import Records

app = typer.Typer(
    no_args_is_help=True,
    help="What is true of frames: see it, say it, take it over from other programs or hand it out.",
)

TFRECORD = "tfrecord"
MOST_NAMED = 5
NAMES = (*FORMATS, TFRECORD)

FormatOption = Annotated[str, typer.Option("--format", help=", ".join(NAMES))]
MapOption = Annotated[list[str] | None, typer.Option("--map", help="THEIRS=OURS, for labels of other names.")]
LabelMapOption = Annotated[
    Path | None, typer.Option("--label-map", help="A .pbtxt that names the numbers of labels, for a .record.", **PATH)
]


@app.command("import")
def import_(
    recording: Annotated[str, typer.Argument(help="The recording's id.")],
    path: Annotated[Path, typer.Argument(help="A folder or a file, as the format has it.", **PATH)],
    form: FormatOption,
    without_boxes: Annotated[
        State, typer.Option(help="What a picture without boxes is: 'verified empty' or 'unlabeled'. Say it once.")
    ],
    rename: MapOption = None,
    label_map: LabelMapOption = None,
    replace: Annotated[bool, typer.Option("--replace", help="Put them in the place of what is there.")] = False,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Take over annotations onto a recording's frames."""
    place = workspace_of(workspace)
    folder, found = _recording(place, recording)
    made = import_annotations(
        folder,
        found,
        find_recipe(place.recipes, found.recipe),
        path,
        _format(form, label_map=label_map),
        without_boxes=without_boxes,
        label_map=pairs(rename),
        replace=replace,
    )
    counts, words = counted(made)
    strangers = f"; {len(made.unmatched)} pictures of the files are not in it: {_named(made.unmatched)}"
    missed = strangers if made.unmatched else ""
    values = {"recording": recording, **counts, "changed": made.changed, "unmatched": list(made.unmatched)}
    Voice(json).tell(values, f"{recording}: {words}{missed}.")


@app.command("export")
def export(
    recording: Annotated[str, typer.Argument(help="The recording's id.")],
    path: Annotated[Path, typer.Argument(help="The folder to write, new or empty.", **PATH)],
    form: FormatOption,
    shards: Annotated[int, typer.Option(min=1, max=99_999, help="How many files of tfrecord to write.")] = 1,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Hand out a recording's annotations, verified-empty frames included."""
    place = workspace_of(workspace)
    folder, found = _recording(place, recording)
    wanted = find_recipe(place.recipes, found.recipe)
    export_annotations(folder, found, wanted, path, _format(form, shards=shards))
    Voice(json).tell({"recording": recording, "path": str(path)}, f"Wrote {path}.")


@app.command("list")
def list_(
    recording: Annotated[str, typer.Argument(help="The recording's id.")],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """What is known of each frame, and what was suggested and waits for a person."""
    folder, found = _recording(workspace_of(workspace), recording)
    annotations = read_annotations(folder)
    suggested = waiting(folder, annotations)
    voice, rows = Voice(json), []
    for shot in shots_of(folder, found):
        known, waits = annotations.of(shot.name), suggested.get(shot.name)
        told = {"frame": shot.name, **known.model_dump(mode="json", exclude_none=True)}
        voice.tell({**told, "suggested": waits and waits.model_dump(mode="json")})
        words = f"{len(waits.boxes)} by {waits.origin}, {waits.sure:.2f} sure" if waits else ""
        rows.append((shot.name, known.state, len(known.boxes) or "", known.by or "", words))
    voice.table(f"{recording}: {len(rows)} frames", ["frame", "is", "boxes", "says", "suggested"], rows)


@app.command("accept")
def accept(
    recording: Annotated[str, typer.Argument(help="The recording's id.")],
    frames: Annotated[list[str] | None, typer.Argument(help="Frames whose suggestion is right, as 000123.png.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All that wait.")] = False,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Take what was suggested as true, once you have looked at it."""
    if bool(frames) == every:
        raise InputError("Name the frames whose suggestion is right, or say --all.")
    folder, _ = _recording(workspace_of(workspace), recording)
    taken = accept_suggestions(folder, None if every else frames, by or person())
    Voice(json).tell({"recording": recording, "accepted": taken}, f"{recording}: {len(taken)} frames accepted.")


@app.command("reject")
def reject(
    recording: Annotated[str, typer.Argument(help="The recording's id.")],
    frames: Annotated[list[str], typer.Argument(help="Frames whose suggestion is wrong, as 000123.png.")],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Let what was suggested wait no longer. Another suggestion for the same frames may."""
    folder, _ = _recording(workspace_of(workspace), recording)
    reject_suggestions(folder, frames)
    Voice(json).tell({"recording": recording, "rejected": frames}, f"Rejected: {_named(frames)}.")


@app.command("state")
def state(
    recording: Annotated[str, typer.Argument(help="The recording's id.")],
    frames: Annotated[list[str], typer.Argument(help="Frames, as 000123.png.")],
    is_: Annotated[str, typer.Option("--is", help="'verified empty', 'ignored' or 'unlabeled'.")],
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Say of frames that they show no component, or are to be left out, or that nothing is known of them any more."""
    folder, found = _recording(workspace_of(workspace), recording)
    known = [shot.name for shot in shots_of(folder, found)]
    named = [pick(frame, known, "frame") for frame in frames]
    said = State(pick(is_, [str(one) for one in State if one is not State.BOXES], "state"))
    restate(folder, named, said, by or person())
    Voice(json).tell({"recording": recording, "frames": named, "state": str(said)}, f"{said}: {_named(named)}.")


@app.command("undo")
def undo(
    recording: Annotated[str, typer.Argument(help="The recording's id.")],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Take the newest change of its annotations back, whoever or whatever made it; again for the one before."""
    folder, _ = _recording(workspace_of(workspace), recording)
    frames = take_back(folder)
    Voice(json).tell({"recording": recording, "frames": frames}, f"As before: {_named(frames)}.")


@app.command("redo")
def redo(
    recording: Annotated[str, typer.Argument(help="The recording's id.")],
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Make the change again that was taken back last."""
    folder, _ = _recording(workspace_of(workspace), recording)
    frames = make_again(folder)
    Voice(json).tell({"recording": recording, "frames": frames}, f"Changed again: {_named(frames)}.")


@contextmanager
def unpacked(voice: Voice, path: Path, place: Workspace, label_map: Path | None) -> Iterator[tuple[Path, Format]]:
    """A folder with the pictures in TFRecords, for as long as it takes to import them, and the format of their boxes.

    Raises: FileProblems with all examples that cannot be read.
    """
    records = _records(label_map=label_map)
    with tempfile.TemporaryDirectory(prefix=".records-", dir=place.folder) as folder:
        pictures = Path(folder) / re.sub(r"[?*]", "-", path.name)  # a recording names its source
        pictures.mkdir()
        with voice.bar("Unpacking") as tick:
            records.unpack(path, pictures, tick)
        yield pictures, records


def counted(made: Imported) -> tuple[dict[str, int], str]:
    """How many frames are in each state, for a program and for a person."""
    counts = {str(state): sum(a.state is state for a in made.frames.values()) for state in State}
    return counts, ", ".join(f"{n} {state}" for state, n in counts.items())


def _format(name: str, shards: int = 1, label_map: Path | None = None) -> Format:
    if pick(name, NAMES, "format") == TFRECORD:
        return _records(shards, label_map)
    if shards > 1 or label_map:
        raise InputError(f"--shards and --label-map belong to --format {TFRECORD}.")
    return FORMATS[name]


def _records(shards: int = 1, label_map: Path | None = None) -> "Records":
    from inspector.learning.tfrecord import Records  # TensorFlow takes seconds, and here alone it is needed

    return Records(shards, label_map)


def _named(frames: Sequence[str]) -> str:
    more = f" and {len(frames) - MOST_NAMED} more" if len(frames) > MOST_NAMED else ""
    return ", ".join(frames[:MOST_NAMED]) + more


def _recording(place: Workspace, wanted: str) -> tuple[Path, Recording]:
    folder = find_recording(place.recordings, wanted)
    return folder, read_recording(folder)


def pairs(texts: Sequence[str] | None) -> Mapping[str, str]:
    """Their labels and ours, out of `--map`. Raises: InputError."""
    return dict(map(_pair, texts or ()))


def _pair(text: str) -> tuple[str, str]:
    theirs, sign, ours = text.partition("=")
    if not sign:
        raise InputError(f"--map should be THEIRS=OURS, got '{text}'.")
    return theirs, ours

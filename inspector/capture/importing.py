"""Takes over a video, or a folder of pictures, that another program made."""

import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from inspector.capture.claim import draft_of
from inspector.capture.pictures import is_picture, natural_key, pictures_in, read_picture, size_fault
from inspector.capture.recording import Draft, Media, finish
from inspector.capture.video import decode
from inspector.errors import FileProblems, InputError, MachineError, Problem
from inspector.files import sha256, sync_folder
from inspector.frame import utc_now
from inspector.recipe import Recipe
from inspector.settings import Workspace

Size = tuple[int, int]
Progress = Callable[[int, int | None], object]
"""Called with (done, total); total is None where nobody knows it."""


def import_media(
    path: Path | Sequence[Path],
    workspace: Workspace,
    recipe: Recipe,
    components: Sequence[str],
    positive: bool,
    pattern: str | None,
    by: str,
    progress: Progress | None = None,
) -> Path:
    """A recording of a video or of pictures, copied byte for byte after each frame was decoded once.

    Args: path: a video, a folder of pictures, or the pictures themselves; components, positive, pattern as in
    Recording; by: who imports, and attests a negative one; progress in frames.
    Returns: the recording's folder.
    Raises: InputError where the claim does not agree with the recipe, or the file is no video; FileProblems with all
    pictures that cannot be read, or are too small or too large; MachineError where the disk is full. Nothing is left
    behind then.
    """
    paths = [one.expanduser() for one in ([path] if isinstance(path, Path) else path)]
    _check_together(paths)
    first = paths[0]
    tick = progress or (lambda done, total: None)
    draft = draft_of(
        recipe,
        components,
        positive,
        pattern,
        by=by,
        source=(first if len(paths) == 1 else first.parent).resolve().name,
        recorded_at=utc_now(),
        kind="pictures" if first.is_dir() or is_picture(first) else "video",
    )
    if draft.kind == "video":
        frames, size, seconds = _measure_video(first, tick)
        return _take_over({first: (f"source{_suffix(first)}", frames)}, size, seconds, draft, workspace)
    files = _in_folder(first) if first.is_dir() else sorted(paths, key=lambda one: natural_key(one.name))
    _check_names(files)
    size = _measure_pictures(files, tick)
    return _take_over({file: (f"pictures/{file.name}", 1) for file in files}, size, None, draft, workspace)


def _check_together(paths: Sequence[Path]) -> None:
    """Raises: InputError where one is not there, or something else than a picture is one of several."""
    for path in paths:
        if not path.exists():
            raise InputError(f"There is no file or folder {path}.")
        if len(paths) > 1 and not (path.is_file() and is_picture(path)):
            raise InputError(f"Only pictures become one recording together, and {path.name} is none: import it alone.")


def _measure_video(path: Path, tick: Progress) -> tuple[int, Size | None, float]:
    """How many frames it truly holds, their size upright (None where it changes on the way), and its seconds."""
    sizes: set[Size] = set()
    times_s: list[float] = []
    for picture in decode(path, strict=True):
        times_s.append(picture.time_s)
        if picture.size not in sizes and (fault := size_fault(picture.size)):
            raise FileProblems([Problem(path, fault)])
        sizes.add(picture.size)
        tick(len(times_s), None)
    return len(times_s), sizes.pop() if len(sizes) == 1 else None, max(times_s) - min(times_s)


def _measure_pictures(files: Sequence[Path], tick: Progress) -> Size | None:
    sizes: set[Size] = set()
    problems: list[Problem] = []
    for done, file in enumerate(files, 1):
        try:
            height, width = read_picture(file).shape[:2]
            sizes.add((width, height))
            if fault := size_fault((width, height)):
                problems.append(Problem(file, fault))
        except InputError as error:
            problems.append(Problem(file, str(error)))
        tick(done, len(files))
    if problems:
        raise FileProblems(problems)
    return sizes.pop() if len(sizes) == 1 else None


def _in_folder(folder: Path) -> list[Path]:
    inner = sorted(entry.name for entry in folder.iterdir() if entry.is_dir() and any(map(is_picture, entry.iterdir())))
    if inner:
        raise InputError(f"{folder} holds pictures in folders of its own ({', '.join(inner)}): import each by itself.")
    return pictures_in(folder)


def _check_names(files: Sequence[Path]) -> None:
    """Frames and annotations go by a picture's name without its ending, so that must be distinct."""
    problems: list[Problem] = []
    stems: dict[str, Path] = {}
    for file in files:
        if "\\" in file.name or not file.name.isprintable():
            problems.append(Problem(file, "this name cannot be kept on every system; rename the picture"))
        twin = stems.setdefault(file.stem.casefold(), file)
        if twin is not file:
            problems.append(Problem(file, f"another picture has this name but for its ending: {twin.name}; rename one"))
    if problems:
        raise FileProblems(problems)


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ".video"


def _take_over(
    files: dict[Path, tuple[str, int]], size: Size | None, seconds: float | None, draft: Draft, workspace: Workspace
) -> Path:
    """Copy each file to its name in the recording; the recording appears when all are there.

    Raises: MachineError where the disk is full, with nothing left behind.
    """
    folder = workspace.recordings / draft.id
    try:
        media = [
            Media(file=name, sha256=_copy(file, folder / name), frames=frames) for file, (name, frames) in files.items()
        ]
        finish(folder, draft, media, size, seconds=seconds)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise MachineError(
            f"Cannot copy into {folder}: {error.strerror or error}. Free some space, then import again."
        ) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _copy(source: Path, target: Path) -> str:
    """Copy to disk for good; the copy's SHA-256."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as reading, target.open("xb") as writing:
        shutil.copyfileobj(reading, writing, 2**20)
        writing.flush()
        os.fsync(writing.fileno())
    sync_folder(target.parent)
    return sha256(target)

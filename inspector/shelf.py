"""The recipes of a workspace as a person finds them: what is in each file, what it was taught, what was recorded of it.

A file is read and written as a whole, and never over what somebody else wrote since it was read.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path

from inspector.alteration import altered
from inspector.bundle import FILE as MANIFEST
from inspector.bundle import Manifest, promotions
from inspector.capture.recording import FILE, read_recording
from inspector.capture.trash import Thrown, move, take_out
from inspector.errors import FileProblems, InputError, InspectorError, Problem
from inspector.files import as_yaml, read_document, read_text, write_text, written_over
from inspector.people.audit import audit_of
from inspector.people.entry import Said
from inspector.people.role import Deed
from inspector.recipe import Label, Recipe, parse_recipe
from inspector.settings import Workspace, new_name, person
from inspector.sketch import Recorded, name_fault

SUFFIX = ".yaml"
LYING = re.compile(r"(.+)-(\d{8}-\d{6})-[0-9a-f]{4}")
"""How a recipe is called in the trash: by its name, and by when it came there."""


class Taught(Enum):
    """Whether a recipe has a promoted bundle, and whether that one sees what the recipe asks for."""

    NOT_YET = auto()
    TAUGHT = auto()
    CHANGED = auto()


@dataclass(frozen=True)
class Entry:
    """One recipe of the shelf.

    text: of its file. recipe: None where that has faults, each of which is told in `problems`.
    recorded: how many recordings there are of each of its labels.
    """

    name: str
    path: Path
    text: str
    recipe: Recipe | None = None
    problems: tuple[Problem, ...] = ()
    taught: Taught = Taught.NOT_YET
    recorded: Recorded = field(default_factory=dict)


@dataclass(frozen=True)
class Shelf:
    """All recipes, by name. fault: why it is not known what was recorded, "" where it is."""

    entries: tuple[Entry, ...] = ()
    fault: str = ""

    def entry(self, name: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.name == name), None)


def look(workspace: Workspace) -> Shelf:
    """Read the workspace's recipes; a fault in a file is part of what is seen."""
    recorded, fault = _recorded(workspace.recordings)
    paths = sorted(workspace.recipes.glob(f"*{SUFFIX}"), key=lambda path: path.stem.casefold())
    return Shelf(tuple(_entry(workspace, path, recorded.get(path.stem, Counter())) for path in paths), fault)


def trace(workspace: Workspace) -> frozenset[tuple[str, int, int]]:
    """What tells cheaply that something changed: each file that `look` reads, its size and when it was written."""
    seen = set()
    for folder, pattern in (
        (workspace.recipes, f"*{SUFFIX}"),
        (workspace.recordings, f"*/{FILE}"),
        (workspace.bundles, f"*{SUFFIX}"),
    ):
        for path in folder.glob(pattern):
            try:
                stat = path.stat()
            except OSError:  # it went between the listing and now
                continue
            seen.add((str(path), stat.st_size, stat.st_mtime_ns))
    return frozenset(seen)


def make(workspace: Workspace, recipe: Recipe, like: Entry | None = None, by: str | None = None) -> Entry:
    """Write a new recipe; with the comments of the one that it is a copy of.

    Args: by: who does it, for the audit log; None is whom the system knows.
    Raises: InputError where its name is taken; MachineError where it cannot be written.
    """
    fault = name_fault(recipe.name, [path.stem for path in workspace.recipes.glob(f"*{SUFFIX}")])
    if fault:
        raise InputError(fault)
    path = workspace.recipes / f"{recipe.name}{SUFFIX}"
    text = written_over(path, like.text, recipe) if like else as_yaml(recipe)
    origin = {"like": like.name} if like else {}
    with _audited(workspace, by, like.recipe if like else None, recipe, text, made=True, **origin):
        write_text(path, text)
    return Entry(recipe.name, path, text, recipe)


def keep(workspace: Workspace, entry: Entry, recipe: Recipe, by: str | None = None) -> Entry:
    """Write a recipe in the place of its file, whose comments stay.

    Args: by: as in `make`.
    Raises: Overtaken where that file is no longer what was read; MachineError where it cannot be written.
    """
    if _text(entry.path) != entry.text:
        raise Overtaken(f"The file of '{entry.name}' was changed by somebody else; it is read again.")
    text = written_over(entry.path, entry.text, recipe)
    if text != entry.text:
        with _audited(workspace, by, entry.recipe, recipe, text):
            write_text(entry.path, text)
    return Entry(entry.name, entry.path, text, recipe, (), entry.taught, entry.recorded)


def _audited(
    workspace: Workspace, by: str | None, before: Recipe | None, recipe: Recipe, text: str, **more: Said
) -> AbstractContextManager[None]:
    """Each version that is written is an entry: with what is other in it, or where that is too much with what
    `sha256sum` says of the file.
    """
    told = altered(before, recipe) or {"sha256": hashlib.sha256(text.encode()).hexdigest()}
    return audit_of(workspace).around(Deed.RECIPE, by or person(), recipe=recipe.name, **more, **told)


class Overtaken(InputError):
    """A file was changed since it was read, and is not written over."""


def throw_away(workspace: Workspace, entry: Entry, by: str | None = None) -> None:
    """Move a recipe into the workspace's trash.

    Args: by: who does it, for the audit log; None is whom the system knows.
    Raises: MachineError where it cannot be moved.
    """
    with audit_of(workspace).around(Deed.THROW_AWAY, by or person(), recipe=entry.name):
        move(entry.path, workspace.trash / f"{new_name(entry.name)}{SUFFIX}")


def thrown_recipes(workspace: Workspace) -> tuple[Thrown, ...]:
    """All that lie in the trash, what was thrown away last first."""
    found = []
    for path in workspace.trash.glob(f"*{SUFFIX}"):
        said = LYING.fullmatch(path.stem)
        with suppress(ValueError):  # a file of somebody's own
            if said is not None:
                at = datetime.strptime(said[2], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
                found.append(Thrown(said[1], path, at))
    return tuple(sorted(found, key=lambda thrown: thrown.at, reverse=True))


def put_back(workspace: Workspace, thrown: Thrown, by: str | None = None) -> None:
    """Take a recipe out of the trash again.

    Args: by: as in `throw_away`.
    Raises: InputError where another one has its name by now, or the trash was emptied; MachineError where it cannot be
    moved.
    """
    path = workspace.recipes / f"{thrown.name}{SUFFIX}"
    if path.exists():
        raise InputError(f"There is another recipe '{thrown.name}' by now. The old one lies in {thrown.path}.")
    with audit_of(workspace).around(Deed.THROW_AWAY, by or person(), recipe=thrown.name, back=True):
        take_out(thrown.path, path)


def _entry(workspace: Workspace, path: Path, recorded: Recorded) -> Entry:
    text = ""
    try:
        text = read_text(path)
        recipe = parse_recipe(path, text)
        return Entry(path.stem, path, text, recipe, (), _taught(workspace, recipe), recorded)
    except FileProblems as error:
        return Entry(path.stem, path, text, problems=error.problems, recorded=recorded)
    except InspectorError as error:
        problem = Problem(path, str(error).removeprefix(f"{path}: "))
        return Entry(path.stem, path, text, problems=(problem,), recorded=recorded)


def _text(path: Path) -> str:
    """What is in the file; "" where there is none or it is no text."""
    try:
        return read_text(path)
    except InputError:
        return ""


def _taught(workspace: Workspace, recipe: Recipe) -> Taught:
    try:
        given = promotions(workspace.bundles, recipe.name).bundles
        if not given:
            return Taught.NOT_YET
        taught = read_document(workspace.bundles / given[-1] / MANIFEST, Manifest)
    except InspectorError:
        return Taught.CHANGED
    learnt = recipe.taught_views(taught.sizes)
    other_size = any(None not in (size, learnt[name]) and size != learnt[name] for name, size in recipe.views.items())
    other_labels = set(taught.recipe.labels) != set(recipe.labels)
    other_cameras = taught.recipe.shared_views != recipe.shared_views
    return Taught.CHANGED if other_size or other_labels or other_cameras else Taught.TAUGHT


def _recorded(recordings: Path) -> tuple[Mapping[str, Recorded], str]:
    """Of each recipe how many recordings there are of each label; and the first fault that kept one from being read."""
    counts: dict[str, Counter[Label]] = {}
    fault = ""
    for path in sorted(recordings.glob(f"*/{FILE}")):
        try:
            recording = read_recording(path.parent)
        except InspectorError as error:
            fault = fault or str(error)
            continue
        labels = (Label(component, recording.pattern) for component in recording.components)
        counts.setdefault(recording.recipe, Counter()).update(labels)
    return counts, fault

"""Between a recording's annotations and files in another program's format."""

import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector.capture.recording import Recording
from inspector.errors import FileProblems, InputError, Problem
from inspector.labeling.annotation import (
    IMPORT,
    Annotation,
    Annotations,
    Box,
    State,
    read_annotations,
    write_annotations,
)
from inspector.labeling.formats import coco, createml, csv, cvat, voc, yolo
from inspector.labeling.formats.entry import Entry, Format, Picture
from inspector.labeling.formats.left_out import read_left_out, write_left_out
from inspector.labeling.formats.nearly import nearly_named
from inspector.labeling.formats.translation import Translation
from inspector.labeling.takes import USABLE, Shot, shots_of
from inspector.recipe import Label, Recipe
from inspector.settings import pick

FORMATS: Mapping[str, Format] = {
    "voc": voc,
    "yolo": yolo,
    "coco": coco,
    "createml": createml,
    "csv": csv,
    "cvat": cvat,
}


@dataclass(frozen=True)
class Imported:
    """What is so after an import.

    frames: what is known of each extracted frame, by its name. changed: how many of them say something new.
    unmatched: stems of pictures in the files that are no frames of the recording; they were passed over.
    """

    frames: Mapping[str, Annotation]
    changed: int
    unmatched: tuple[str, ...]


def import_annotations(
    folder: Path,
    recording: Recording,
    recipe: Recipe,
    path: Path,
    form: Format,
    *,
    without_boxes: State,
    label_map: Mapping[str, str] | None = None,
    replace: bool = False,
    by: str = IMPORT,
) -> Imported:
    """Lay annotation files onto the extracted frames of a recording, matched by the picture's name without its ending.

    Args: path: a folder or file of the format, form. without_boxes: what a picture without boxes is, VERIFIED_EMPTY or
        UNLABELED, as the person who imports says; a frame that the files do not mention counts as one, unless it is
        annotated already, or the files say themselves which frames they are about. label_map: the files' label -> the
        recipe's (pattern or component). replace: overwrite what a person stated.
    Raises: FileProblems with all faults of all files, none of which then counts; InputError where nothing matches, or
        where a person's annotation would be overwritten. The recording's annotations are written once, at the end.
    """
    if without_boxes not in (State.VERIFIED_EMPTY, State.UNLABELED):
        raise InputError(f"Pictures without boxes are '{State.VERIFIED_EMPTY}' or '{State.UNLABELED}'; say which.")
    shots = _by_stem(shots_of(folder, recording))
    entries, problems = _read(form, path, shots)
    translation = Translation(recording, recipe, label_map or {})
    empty = Annotation(state=without_boxes, by=by)
    boxes = {stem: translation.boxes(entry, shots[stem].size) for stem, entry in entries.items() if stem in shots}
    if problems or translation.problems:
        raise FileProblems(sorted([*problems, *translation.problems], key=lambda fault: (fault.path, fault.line or 0)))
    stated = {stem: Annotation(state=State.BOXES, boxes=some, by=by) if some else empty for stem, some in boxes.items()}
    # The list is as old as the export: who then drew boxes on a frame that it names looked at it later.
    left_out = {stem: state for stem, state in read_left_out(path).items() if stem in shots and not boxes.get(stem)}
    stated |= {stem: Annotation(state=state, by=by) for stem, state in left_out.items()}
    if not stated:
        raise InputError(_nothing_matches(path, recording, list(entries), list(shots)))
    before = read_annotations(folder)
    new = {shots[stem].name: annotation for stem, annotation in stated.items()}
    rest = _silent(shots, stated, before) if form.SILENCE_IS_EMPTY else {}
    strangers = [entry for stem, entry in entries.items() if stem not in shots]
    if empty.empty and (problems := list(nearly_named(strangers, rest))):
        raise FileProblems(problems)
    after = _merged(before, {**dict.fromkeys(rest.values(), empty), **new}, replace)
    write_annotations(folder, after)
    frames = {shot.name: after.of(shot.name) for shot in shots.values()}
    changed = sum(annotation != before.of(name) for name, annotation in frames.items())
    return Imported(frames, changed, tuple(entry.stem for entry in strangers))


def _by_stem(shots: Iterable[Shot]) -> dict[str, Shot]:
    """Raises: InputError where two frames differ in their ending only: a file for one could be meant for the other."""
    found: dict[str, Shot] = {}
    for shot in shots:
        stem = Path(shot.name).stem
        if stem in found:
            raise InputError(f"The frames {found[stem].name} and {shot.name} differ in their ending only; rename one.")
        found[stem] = shot
    return found


def _read(form: Format, path: Path, shots: Mapping[str, Shot]) -> tuple[dict[str, Entry], list[Problem]]:
    """All entries of the files by stem, and all faults that can be seen without the recipe."""
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for item in form.read(path, lambda stem: shots[stem].size if stem in shots else None):
        if isinstance(item, Problem):
            problems.append(item)
        elif item.stem in entries:
            other = entries[item.stem]
            where = f"in line {other.line}" if other.path == item.path and other.line else f"in {other.path}"
            problems.append(Problem(item.path, f"a picture '{item.stem}' stands {where} too", item.line))
        else:
            entries[item.stem] = item
    return entries, problems


def _nothing_matches(path: Path, recording: Recording, theirs: Sequence[str], ours: Sequence[str]) -> str:
    return (
        f"Nothing in {path} belongs to recording {recording.id}: the pictures there are called "
        f"{', '.join(theirs[:3]) or 'nothing'}, the frames {', '.join(ours[:3]) or 'nothing'}. "
        "The names should be the same, but for their endings."
    )


def _silent(shots: Mapping[str, Shot], stated: Collection[str], before: Annotations) -> dict[str, str]:
    """The frames that no file mentions and of which nothing is known yet: their names by stem."""
    unsaid = {stem: shot.name for stem, shot in shots.items() if stem not in stated}
    return {stem: name for stem, name in unsaid.items() if before.of(name).state is State.UNLABELED}


def _merged(before: Annotations, new: Mapping[str, Annotation], replace: bool) -> Annotations:
    """What is known after the import: what says nothing changes nothing.

    Raises: InputError where a person said otherwise and replace is not set.
    """
    news = {
        name: annotation
        for name, annotation in sorted(new.items())
        if annotation.state is not State.UNLABELED and not annotation.says_the_same_as(before.of(name))
    }
    conflicts = [name for name in news if before.of(name).by_person]
    if conflicts and not replace:
        raise InputError(
            f"A person annotated {len(conflicts)} of these frames otherwise, the first is {conflicts[0]}. "
            "Nothing was imported. Repeat with --replace to overwrite them."
        )
    return before.with_frames(news)


def export_annotations(folder: Path, recording: Recording, recipe: Recipe, path: Path, form: Format) -> int:
    """Write a recording's annotations into `path`, a new or empty folder.

    Frames with boxes and verified-empty ones go out in the format; the others are named in `left_out.csv` beside it.
    Returns: how many went out in the format.
    Raises: InputError where the folder holds files, or a box has a label that the recipe does not have.
    """
    # An older export's file for a frame that is unlabeled by now would bring its boxes back.
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InputError(f"{path} is there already; name a new or an empty folder.")
    annotations = read_annotations(folder)
    shots = _by_stem(shots_of(folder, recording)).values()
    out = [shot for shot in shots if annotations.of(shot.name).state in USABLE]
    boxed = [box.label for shot in out for box in annotations.of(shot.name).boxes]
    # Without lookalikes the list of classes is the recipe's own, as other programs know it.
    labels = recipe.taught_labels([label.component for label in boxed if label.lookalike])
    pictures = [_picture(shot, annotations.of(shot.name).boxes, labels) for shot in out]
    try:
        form.write(path, pictures, [label.name for label in labels])
        write_left_out(path, {shot.name: annotations.of(shot.name).state for shot in shots if shot not in out})
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)  # it was new or empty; half an export would pass for a whole one
        raise
    return len(pictures)


def _picture(shot: Shot, boxes: Iterable[Box], labels: Sequence[Label]) -> Picture:
    known = [str(label) for label in labels]
    named = ((labels[known.index(pick(str(box.label), known, "label"))].name, box.xyxy) for box in boxes)
    return Picture(shot.name, shot.size, tuple(named), shot.path)

"""Pictures of the line that somebody said were judged wrong: they wait until a technician labels them.

A record is never changed: its picture is kept here once more, so that it outlives the records' own.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, Field, ValidationError, field_validator

from inspector.bundle import Sighting
from inspector.capture.importing import import_media
from inspector.capture.recording import read_recording, recordings_of
from inspector.errors import FileProblems, InputError, MachineError, Problem
from inspector.files import (
    Document,
    Section,
    folder_written_whole,
    read_document,
    read_text,
    sha256,
    write_document,
    written_whole,
)
from inspector.labeling.annotation import Box, read_annotations
from inspector.labeling.extraction import extract
from inspector.labeling.suggestions import Origin, Suggested, put
from inspector.lock import alone
from inspector.recipe import Label, Recipe
from inspector.settings import Workspace, check_name

FILE = "task.yaml"
PICTURE = "picture.jpg"
LOCK = ".lock"
WAIT_S = 10.0
SOURCE = "judged wrong at the line"
"""What a recording that is made of tasks says it was imported from."""


class Objection(Section):
    """What somebody said of a verdict that they hold for wrong. at: aware UTC."""

    reason: str = Field(min_length=1, max_length=500)
    by: str = Field(min_length=1)
    at: AwareDatetime


class _Seen(BaseModel):
    """Of what the records keep beside a picture: what was detected in it."""

    detections: tuple[Sighting, ...] = ()


class Task(Document):
    """`tasks/<name>/task.yaml`, beside the picture that decided until it is taken.

    camera: whose picture it is, "" where one looked alone. verdict: the word on the screen. sha256: of the picture.
    detections: what was seen in it then. recording: the one that the picture was taken into; None as long as it waits.
    """

    inspection: str
    camera: str = ""
    recipe: str
    verdict: str
    sha256: str
    objections: tuple[Objection, ...] = Field(min_length=1)
    detections: tuple[Sighting, ...] = ()
    recording: str | None = None

    @field_validator("inspection")
    @classmethod
    def _stays_inside(cls, value: str) -> str:
        return check_name(value, "the inspection")

    @field_validator("camera")
    @classmethod
    def _is_a_name(cls, value: str) -> str:
        return check_name(value, "the camera") if value else value

    @property
    def name(self) -> str:
        """What its folder is called."""
        return name_of(self.inspection, self.camera)

    @property
    def picture(self) -> str:
        """What its picture is called in a recording."""
        return f"{self.name}{Path(PICTURE).suffix}"


def name_of(inspection: str, camera: str) -> str:
    """Each camera's picture is a task of its own: a recording is of one camera."""
    return f"{inspection}.{camera}" if camera else inspection


def open_task(
    workspace: Workspace,
    evidence: Path,
    inspection: str,
    recipe: str,
    verdict: str,
    objection: Objection,
    camera: str = "",
) -> Task:
    """Keep the picture of an inspection for a technician; whoever objects after another is noted in the same task.

    Args: evidence: its picture in the records, beside which lies what was seen in it; verdict: the word on the screen;
    camera: whose picture it is, "" where one looked alone.
    Raises: InputError where the picture is not kept any more; FileProblems; MachineError where the disk is full.
    """
    with _alone(workspace):
        folder = workspace.tasks / name_of(check_name(inspection, "the inspection"), camera)
        if (folder / FILE).exists():
            task = read_document(folder / FILE, Task)
            task = task.model_copy(update={"objections": (*task.objections, objection)})
            write_document(folder / FILE, task)
            return task
        if not evidence.is_file():
            raise InputError(f"The picture of the inspection {inspection} is not kept any more: none is left to label.")
        with folder_written_whole(folder) as making:
            with written_whole(making / PICTURE) as file:
                file.write(evidence.read_bytes())
            task = Task(
                inspection=inspection,
                camera=camera,
                recipe=recipe,
                verdict=verdict,
                sha256=sha256(making / PICTURE),
                objections=(objection,),
                detections=_seen_in(evidence),
            )
            write_document(making / FILE, task)
        return task


def tasks_of(workspace: Workspace, recipe: str | None = None) -> list[Task]:
    """The tasks of a recipe, or of all, the oldest inspection first; also those that were taken.

    Raises: FileProblems for one that cannot be read.
    """
    every = [read_document(path, Task) for path in sorted(workspace.tasks.glob(f"[!.]*/{FILE}"))]
    return [task for task in every if recipe in (None, task.recipe)]


def waiting(workspace: Workspace, recipe: str | None = None) -> list[Task]:
    """Those that no technician has taken yet. Raises: as `tasks_of`."""
    return [task for task in tasks_of(workspace, recipe) if task.recording is None]


def take(
    workspace: Workspace, recipe: Recipe, by: str, progress: Callable[[int, int | None], object] | None = None
) -> tuple[Path, ...]:
    """Make a recording of all pictures of the recipe that wait, to be labeled like any other; of several cameras one
    for each. Returns their folders.

    It is of all components that the camera sees, and nothing is known of any frame. What was detected then is proposed,
    and sure of nothing, since somebody said that it was wrong.

    Raises: InputError where none waits; FileProblems; MachineError where the disk is full. Then all still wait that are
    in no recording yet.
    """
    with _alone(workspace):
        tasks = _not_in_a_recording(workspace, recipe, waiting(workspace, recipe.name))
        # Older tasks do not say that they are of the first camera.
        of = {
            camera: [task for task in tasks if (task.camera or recipe.first_view) == camera] for camera in recipe.views
        }
        if not any(of.values()):
            raise InputError(f"No picture of '{recipe.name}' waits that somebody said was judged wrong.")
        return tuple(
            _take(workspace, recipe, recipe.seen_by(camera), own, by, progress) for camera, own in of.items() if own
        )


def _take(
    workspace: Workspace,
    recipe: Recipe,
    components: Sequence[str],
    tasks: Sequence[Task],
    by: str,
    progress: Callable[[int, int | None], object] | None,
) -> Path:
    """The same with those of one camera."""
    with tempfile.TemporaryDirectory(prefix=".tasks-", dir=workspace.folder) as folder:
        pictures = Path(folder) / SOURCE
        _copy(workspace, tasks, pictures)
        made = import_media(pictures, workspace, recipe, components, True, None, by, progress)
    try:
        extract(made, read_recording(made))
        put(made, read_annotations(made), dict(_proposed(recipe, tasks)))
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    for task in tasks:
        _settle(workspace, task, made.name)
    return made


def _seen_in(evidence: Path) -> tuple[Sighting, ...]:
    """What was detected in it; the picture is worth keeping also where that cannot be read."""
    with suppress(InputError, MachineError, ValidationError):
        return _Seen.model_validate_json(read_text(evidence.with_suffix(".json"))).detections
    return ()


def _not_in_a_recording(workspace: Workspace, recipe: Recipe, tasks: Sequence[Task]) -> list[Task]:
    """Those that a kill did not keep from being noted as taken: twice, a picture would teach and examine."""
    there = {
        Path(media.file).name: recording.id
        for _, recording in recordings_of(workspace.recordings, recipe.name)
        for media in recording.media
        if recording.source == SOURCE
    }
    for task in tasks:
        if task.picture in there:
            _settle(workspace, task, there[task.picture])
    return [task for task in tasks if task.picture not in there]


def _copy(workspace: Workspace, tasks: Sequence[Task], pictures: Path) -> None:
    """Raises: FileProblems with all pictures that are not those that were kept."""
    kept = {task: workspace.tasks / task.name / PICTURE for task in tasks}
    text = "this picture is not the one that was kept: take it from a backup, or remove its folder"
    strange = [path for task, path in kept.items() if not path.is_file() or sha256(path) != task.sha256]
    if strange:
        raise FileProblems([Problem(path, text) for path in strange])
    pictures.mkdir()
    for task, path in kept.items():
        shutil.copyfile(path, pictures / task.picture)


def _proposed(recipe: Recipe, tasks: Sequence[Task]) -> Iterator[tuple[str, Suggested]]:
    for task in tasks:
        boxes = tuple(box for sighting in task.detections for box in _box(recipe, sighting))
        if boxes:
            yield task.picture, Suggested(boxes=boxes, sure=0.0, origin=Origin.DETECTOR)


def _box(recipe: Recipe, seen: Sighting) -> Iterator[Box]:
    """Nothing for what the recipe does not have any more."""
    label = Label(seen.component, seen.pattern)
    with suppress(ValidationError):  # one without an inside
        if label in recipe.labels:
            yield Box.of(label, seen.xyxy)


def _settle(workspace: Workspace, task: Task, recording: str) -> None:
    """It waits no more; the picture is in the recording."""
    folder = workspace.tasks / task.name
    write_document(folder / FILE, task.model_copy(update={"recording": recording}))
    (folder / PICTURE).unlink(missing_ok=True)


@contextmanager
def _alone(workspace: Workspace) -> Iterator[None]:
    """One program at a time; what it cannot write is told."""
    try:
        workspace.tasks.mkdir(parents=True, exist_ok=True)
        refusal = "Another program is working on the pictures that were judged wrong: try again."
        with alone(workspace.tasks / LOCK, refusal, WAIT_S):
            yield
    except OSError as error:
        raise MachineError(f"Cannot write in {workspace.tasks}: {error.strerror or error}. Free some space.") from error

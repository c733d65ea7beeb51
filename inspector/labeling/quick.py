"""A detector taught in minutes by some of a recipe's frames, to help whoever labels the others; nothing of it stays."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from inspector import job
from inspector.bundle import Bundle
from inspector.files import folder_for_a_while, write_document
from inspector.labeling.annotation import Annotation, Annotations, State
from inspector.labeling.dataset import Chosen, pack
from inspector.labeling.split import split_by_lot
from inspector.labeling.takes import USABLE, Shot, Take
from inspector.recipe import Recipe
from inspector.settings import Workspace, new_name
from inspector.trainings import begin

MINUTES = 2.0
BESIDES, LEAST = 0.5, 0.1
"""Minutes that loading the libraries and making the bundle take, and the fewest that are left to learn in."""
LONG_SIDE = 256
SETTINGS: dict[str, Any] = {"effort": 0.5, "rounds": {"most": 0}}
"""Of the training. Hard negatives would be looked for in frames that it is to judge."""

Tell = Callable[[dict[str, Any]], object]
"""Is told how far the training is: those of its lines that name a stage."""
Says = Callable[[Take, Shot], Annotation]
"""What a frame teaches."""


@contextmanager
def quick_detector(
    place: Workspace, recipe: Recipe, takes: Sequence[Take], minutes: float, tell: Tell
) -> Iterator[Bundle]:
    """A bundle taught by the usable frames of these recordings alone, for as long as the context lasts.

    It is taught in a child process: leaving the context, by Ctrl-C too, ends that.

    Args: recipe: with the components that are taught, as `only` gives it; minutes: that all of it may take, on a
    machine that does nothing else.
    Raises: InputError or MachineError with the training's own sentence; OSError of the disk.
    """
    with folder_for_a_while(place.datasets / new_name(recipe.name)) as folder:
        own = Workspace(folder)
        write_document(own.recipes / f"{recipe.name}.yaml", recipe)
        write_document(own.folder / "settings.yaml", place.settings())
        _begin(own, recipe, takes, max(LEAST, minutes - BESIDES))
        yield Bundle.open(_taught(own, recipe, tell))


def only(recipe: Recipe, components: Sequence[str]) -> Recipe:
    """The recipe without its other components."""
    return recipe.model_copy(update={"components": tuple(recipe.component(name) for name in components)})


def saying(takes: Sequence[Take], components: Sequence[str], says: Says) -> list[Take]:
    """Recordings in which each frame is what it teaches of these components; those that teach nothing are left out."""
    found = [_saying(take, components, says) for take in takes]
    return [take for take in found if take.in_state(*USABLE)]


def _saying(take: Take, components: Sequence[str], says: Says) -> Take:
    mine = tuple(name for name in take.recording.components if name in components)
    frames = {shot.name: _of(says(take, shot), mine) for shot in take.shots} if mine else {}
    recording = take.recording.model_copy(update={"components": mine})
    return replace(take, recording=recording, annotations=Annotations(frames=frames))


def _of(known: Annotation, components: Sequence[str]) -> Annotation:
    """What a frame is of these components: where it is known, and holds none of them, empty."""
    if known.state is not State.BOXES:
        return known
    boxes = tuple(box for box in known.boxes if box.component in components)
    state = State.BOXES if boxes else State.VERIFIED_EMPTY
    return known.model_copy(update={"state": state, "boxes": boxes})


def _begin(own: Workspace, recipe: Recipe, takes: Sequence[Take], minutes: float) -> None:
    """Pack the frames, and leave a training of them to be gone on with."""
    used = [take.in_state(*USABLE) for take in takes]
    parted = split_by_lot([take.footage(shots) for take, shots in zip(takes, used, strict=True)])
    dataset = pack(own, recipe, Chosen(takes, used, parted), (), long_side=LONG_SIDE)
    begin(own.trainings, recipe.name, dataset.id, SETTINGS | {"minutes": minutes})


def _taught(own: Workspace, recipe: Recipe, tell: Tell) -> Path:
    """The bundle's folder."""
    line: dict[str, Any] = {}
    with closing(job.run(["train", recipe.name, "--resume", "--workspace", str(own.folder)])) as lines:
        for line in lines:
            if "stage" in line:
                tell(line)
    return Path(line["bundle"])

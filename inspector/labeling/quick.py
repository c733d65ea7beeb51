"""A detector taught in minutes by some of a recipe's frames, to help whoever labels the others; nothing of it stays."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from inspector import job
from inspector.bundle import Bundle
from inspector.files import folder_for_a_while, write_document
from inspector.labeling.annotation import Annotation, Annotations, Box, State
from inspector.labeling.dataset import Chosen, pack
from inspector.labeling.split import split_by_lot
from inspector.labeling.takes import USABLE, Shot, Take
from inspector.recipe import Mode, Recipe
from inspector.settings import Workspace, new_name
from inspector.trainings import begin

MINUTES = 2.0
BESIDES, LEAST = 0.5, 0.1
"""Minutes that loading the libraries and making the bundle take, and the fewest that are left to learn in."""
LONG_SIDE = 256
SETTINGS: dict[str, Any] = {"effort": 0.5, "rounds": {"most": 0}}
"""Of the training. Hard negatives would be looked for in frames that it is to judge."""

Tell = Callable[[int, int | None, str], object]
"""Told (done, total, what is being done)."""
Says = Callable[[Take, Shot], Annotation]
"""What a frame teaches."""


@dataclass(frozen=True, eq=False)
class Lesson:
    """What a quick detector is taught: components, and recordings in which each frame is what it teaches of them."""

    recipe: Recipe
    takes: tuple[Take, ...]

    @classmethod
    def of(cls, recipe: Recipe, takes: Sequence[Take], components: Sequence[str], says: Says) -> Self:
        """These components alone. One of which not every pattern is boxed yet is taught without its patterns."""
        said = [_saying(take, components, says) for take in takes]
        boxed = {label for take in said for shot in take.shots for label in take.labels_in(shot)}
        mine = [recipe.component(name) for name in components]
        plain = {component.name for component in mine if not {*component.labels} <= boxed}
        simple = {"mode": Mode.DETECTION, "patterns": ()}
        kept = tuple(one.model_copy(update=simple) if one.name in plain else one for one in mine)
        taught = (_without_patterns(take, plain) for take in said if take.in_state(*USABLE))
        return cls(recipe.model_copy(update={"components": kept}), tuple(taught))

    @property
    def holding(self) -> int:
        """How many frames hold boxes of a component; lookalikes alone teach none."""
        return sum(
            any(not label.lookalike for label in take.labels_in(shot)) for take in self.takes for shot in take.shots
        )


@contextmanager
def quick_detector(place: Workspace, lesson: Lesson, minutes: float, tell: Tell) -> Iterator[Bundle]:
    """A bundle taught by that alone, for as long as the context lasts.

    It is taught in a child process: leaving the context, by Ctrl-C too, ends that.

    Args: minutes: that all of it may take, on a machine that does nothing else.
    Raises: InputError or MachineError with the training's own sentence; OSError of the disk.
    """
    recipe = lesson.recipe
    with folder_for_a_while(place.datasets / new_name(recipe.name)) as folder:
        own = Workspace(folder)
        write_document(own.recipes / f"{recipe.name}.yaml", recipe)
        write_document(own.folder / "settings.yaml", place.settings())
        _begin(own, lesson, max(LEAST, minutes - BESIDES))
        yield Bundle.open(_taught(own, recipe, tell))


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


def _without_patterns(take: Take, components: Collection[str]) -> Take:
    """With no pattern on the boxes of these components; lookalikes stay."""

    def plain(box: Box) -> Box:
        stays = box.component not in components or box.label.lookalike
        return box if stays else box.model_copy(update={"pattern": None})

    frames = {
        name: known.model_copy(update={"boxes": tuple(map(plain, known.boxes))})
        for name, known in take.annotations.frames.items()
    }
    return replace(take, annotations=Annotations(frames=frames))


def _begin(own: Workspace, lesson: Lesson, minutes: float) -> None:
    """Pack the frames, and leave a training of them to be gone on with."""
    recipe, takes = lesson.recipe, lesson.takes
    used = [take.in_state(*USABLE) for take in takes]
    parted = split_by_lot([take.footage(shots) for take, shots in zip(takes, used, strict=True)])
    dataset = pack(own, recipe, Chosen(takes, used, parted), (), long_side=LONG_SIDE)
    begin(own.trainings, recipe.name, dataset.id, SETTINGS | {"minutes": minutes})


def _taught(own: Workspace, recipe: Recipe, tell: Tell) -> Path:
    """The bundle's folder."""
    line: dict[str, Any] = {}
    with closing(job.run(["train", recipe.name, "--resume", "--workspace", str(own.folder)])) as lines:
        for line in lines:
            if "step" in line:
                tell(line["step"], line["steps"], "learning")
    return Path(line["bundle"])

"""Suggestions by a detector that is taught in minutes, from the frames that a person has confirmed."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from inspector.detections import Detections
from inspector.errors import InputError
from inspector.labeling.annotation import Annotation, State
from inspector.labeling.proposal import Proposal, Proposals, open_questions, proposal, settled
from inspector.labeling.quick import MINUTES, Lesson, Tell, quick_detector
from inspector.labeling.suggestions import LEARNABLE, Origin, confirmed_frames, enough_of, forget, waiting
from inspector.labeling.takes import Shot, Take, as_taught, takes_of
from inspector.recipe import Label, Recipe
from inspector.settings import Workspace


def detect_recordings(
    workspace: Workspace,
    recipe: Recipe,
    components: Sequence[str],
    accept: float | None = None,
    minutes: float = MINUTES,
    tell: Tell = lambda done, total, doing: None,
) -> Proposals:
    """Propose boxes on frames that nobody has annotated, by a detector that learned from those that a person confirmed.

    Args: components: proposed are those with frames enough, in recordings that teach no other; accept: as in
    `suggest_recordings`; minutes: as in `quick_detector`; tell: is told how far it is.
    Raises: InputError where none has enough, or where no frame is left to propose boxes for; else as `quick_detector`.
    """
    takes = [take for take in takes_of(workspace, recipe) if take.shots]
    taught = [as_taught(take) for take in takes]
    ready = _ready(taught, components)
    lesson = Lesson.of(recipe, taught, ready, lambda take, shot: _confirmed(take.of(shot)))
    asked = [take for take in takes if _can_be_asked(take, lesson, recipe)]
    unlabeled = [(take, shot) for take in asked for shot in take.in_state(State.UNLABELED)]
    if not unlabeled:
        raise InputError(_nothing_left(ready))
    for take in asked:
        waiting(take.folder, take.annotations)  # what cannot be read now could not be added to afterwards
    made: list[Proposal] = []
    with quick_detector(workspace, lesson, minutes, tell) as bundle:
        detector, least = bundle.detector(workspace.settings().threads), bundle.manifest.thresholds
        for done, (take, shot) in enumerate(unlabeled, 1):
            made += proposed(take, shot, detector.detect(shot.image()), least)
            tell(done, len(unlabeled), "looking")
    for take in asked:
        forget(take.folder, Origin.DETECTOR)
    made, accepted = settled(made, accept)
    return Proposals(tuple(made), len(accepted), open_questions(asked, accepted))


def _can_be_asked(take: Take, lesson: Lesson, recipe: Recipe) -> bool:
    """Whether boxes on its frames would say all that it teaches."""
    taught = {component.name: component for component in lesson.recipe.components}
    mine = take.recording.components
    return (
        not take.recording.verified_empty
        and {*mine} <= taught.keys()
        and (take.recording.pattern is not None or all(taught[name] == recipe.component(name) for name in mine))
    )


def _ready(takes: Sequence[Take], components: Sequence[str]) -> list[str]:
    """Raises: InputError that says how many more frames it takes, where there are too few of each."""
    known = confirmed_frames(take.of(shot) for take in takes for shot in take.shots)
    ready = enough_of(known, components)
    if not ready:
        raise InputError(" ".join(_too_few(name, known[name]) for name in components))
    return ready


def _too_few(component: str, frames: int) -> str:
    some = f"{frames} frames hold" if frames != 1 else "1 frame holds"
    return (
        f"{some} a box of '{component}' that a person drew or confirmed, and a detector learns from {LEARNABLE}: "
        f"confirm {LEARNABLE - frames} more."
    )


def _nothing_left(components: Sequence[str]) -> str:
    names = " or ".join(f"'{name}'" for name in components)
    return (
        f"There is no frame left to propose boxes of {names} for: in recordings that show nothing else, every frame is "
        "annotated. Record or extract more first."
    )


def _confirmed(known: Annotation) -> Annotation:
    return known if known.confirmed else Annotation()


def proposed(take: Take, shot: Shot, seen: Detections, least: Mapping[str, float]) -> Iterator[Proposal]:
    """What was seen in a frame, if anything: as sure as the least sure box, and as nothing else there could be one.

    Args: least: the working score of each component.
    """
    seen, shows = _of_its_components(take, seen), take.recording.pattern
    # Taught without patterns, it finds whichever; a recording of one pattern says which.
    found = [seen.label(i) for i in range(len(seen))]
    labels = [label if label.pattern else Label(label.component, shows) for label in found]
    working = seen.scores >= np.array([least[label.component] for label in labels], np.float32)
    counts = working & np.array([shows in (None, label.pattern) for label in labels], bool)
    marks = [(label, box) for label, box, one in zip(labels, seen.boxes, counts, strict=True) if one]
    sure = min(float(seen.scores[counts].min(initial=1)), 1 - float(seen.scores[~counts].max(initial=0)))
    yield from proposal(take, shot, marks, sure, Origin.DETECTOR)


def _of_its_components(take: Take, seen: Detections) -> Detections:
    mine = np.array([label.component in take.recording.components for label in seen.labels], bool)
    return seen.where(mine[seen.classes])

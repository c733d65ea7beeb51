"""Suggestions for a component's recordings: its positives against its negatives, each pattern against the others."""

from collections.abc import Iterator, Sequence

from inspector.errors import InputError
from inspector.frame import Image
from inspector.labeling.annotation import State
from inspector.labeling.confidence import Suggestion
from inspector.labeling.proposal import Progress, Proposal, Proposals, proposal, settled
from inspector.labeling.search import search_negative
from inspector.labeling.suggestion import suggest
from inspector.labeling.suggestions import Origin, waiting, waits
from inspector.labeling.takes import USABLE, Take, takes_of, teaching
from inspector.recipe import LOOKALIKE, Component, Label, Recipe
from inspector.settings import Workspace

SURE_LOOK = 0.5
MOMENTARY = 0.2
"""Of a negative recording's frames: where more show the component, it was not taken away."""
MOST_NAMED = 5


def suggest_recordings(
    workspace: Workspace,
    recipe: Recipe,
    name: str,
    accept: float | None = None,
    progress: Progress | None = None,
) -> Proposals:
    """Propose boxes on all frames of a component's recordings that nobody has annotated. What is not taken as true
    waits for a person.

    Args: accept: the confidence from which a frame's boxes are taken as true; None takes none.
    Raises: InputError where there is nothing to compare, where the recordings differ in more than the component, and
        where a negative one shows it.
    """
    component = recipe.component(name)
    takes = [take for take in teaching(takes_of(workspace, recipe), component) if take.shots]
    for take in takes:
        waiting(take.folder, take.annotations)  # what cannot be read now could not be added to afterwards
    tick = progress or (lambda done, total: None)
    made: list[Proposal] = []
    labels = [*component.labels]
    if any(take.recording.of_lookalikes for take in takes):
        labels.append(Label(component.name, LOOKALIKE))
    for number, label in enumerate(labels):
        made += _of_label(component, label, takes)
        tick(number + 1, len(labels))
    open_still, accepted = settled(made, accept)
    return Proposals(tuple(open_still), len(accepted))


def _of_label(component: Component, label: Label, takes: Sequence[Take]) -> Iterator[Proposal]:
    _refuse_mixed(label, takes)
    shown = [take for take in takes if _shows(take, label)]
    others = [take for take in takes if _lacks(take, label)]
    negative = [shot.image() for take in others for shot in take.shots if take.of(shot).state is not State.IGNORED]
    if not shown or not negative:
        raise InputError(_nothing_to_compare(label, bool(shown)))
    shots = [(take, shot) for take in shown for shot in take.shots]
    positive = [shot.image() for _, shot in shots]
    own_look = any(not take.recording.verified_empty for take in others)
    if label.lookalike:
        # Where it lies and how many there are, the recipe says of the component alone.
        found = suggest(positive, negative, own_look=own_look)
    else:
        found = suggest(positive, negative, component.region, component.count or None, own_look)
    if not (own_look or label.lookalike):
        _refuse_remains(label, positive, found, others)
    for (take, shot), suggestion in zip(shots, found, strict=True):
        if waits(take.of(shot), label.lookalike):
            yield from proposal(
                take, shot, [(label, box) for box in suggestion.boxes], suggestion.sure, Origin.CONTRAST
            )


def _shows(take: Take, label: Label) -> bool:
    recording = take.recording
    meant = recording.of_lookalikes if label.lookalike else not recording.verified_empty
    return recording.kind == "video" and meant and recording.pattern == label.pattern


def _lacks(take: Take, label: Label) -> bool:
    """What looks like the component tells nothing of where it is: only a recording without both does."""
    recording = take.recording
    return not recording.of_lookalikes and (recording.verified_empty or recording.pattern not in (None, label.pattern))


def _refuse_mixed(label: Label, takes: Sequence[Take]) -> None:
    """Contrast cannot tell which of several components a thing is; and a frame whose one component is boxed while
    another is not would teach that the other is not there.
    """
    mixed = [take.recording for take in takes if len(take.recording.components) > 1 and _shows(take, label)]
    if mixed:
        names = ", ".join(mixed[0].components)
        raise InputError(
            f"The recording {mixed[0].id} shows several components ({names}), and what differs from other pictures "
            "does not say which it is. Record each by itself, or bring its boxes with: inspector annotations import"
        )


def _nothing_to_compare(label: Label, shown: bool) -> str:
    if shown:
        return (
            f"There is nothing to compare '{label}' with: record a video of the same place without it. Boxes are found "
            "by the difference between the two."
        )
    return f"There are no frames of a video that shows '{label}'. Record one, then: inspector extract"


def _refuse_remains(
    label: Label, positive: Sequence[Image], found: Sequence[Suggestion], negatives: Sequence[Take]
) -> None:
    """A negative recording that still shows the component would teach the detector not to see it. What shows it in a
    moment only is left to a review, and what a person has looked at to that person.
    """
    sure = [(image, one.boxes) for image, one in zip(positive, found, strict=True) if one.sure >= SURE_LOOK]
    for take in negatives:
        shots = take.in_state(*USABLE)
        shows = search_negative(sure, [shot.image() for shot in shots])
        unseen = [number for number, shot in enumerate(shots) if not take.of(shot).by_person]
        seen = [number for number in unseen if number in shows]
        if len(seen) > MOMENTARY * len(unseen):
            names = ", ".join(shots[number].name for number in seen[:MOST_NAMED])
            raise InputError(
                f"The negative recording {take.recording.id} seems to show '{label}' in {len(seen)} of its "
                f"{len(unseen)} frames ({names}). A negative teaches what is not there, so it must be nowhere in "
                "the picture: record it again without it, or with this place alone in view."
            )

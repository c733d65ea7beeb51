"""Suggestions for a component's recordings: its positives against its negatives, each pattern against the others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from inspector.boxes import clip
from inspector.errors import InputError
from inspector.frame import Image
from inspector.labeling.annotation import ATTESTATION, SUGGESTION, Annotation, Box, State, write_annotations
from inspector.labeling.confidence import Suggestion
from inspector.labeling.search import search_negative
from inspector.labeling.suggestion import suggest
from inspector.labeling.takes import Shot, Take, takes_of, teaching
from inspector.recipe import LOOKALIKE, Component, Label, Recipe
from inspector.settings import Workspace

Progress = Callable[[int, int | None], object]
SURE_LOOK = 0.5
MOST_NAMED = 5


@dataclass(frozen=True, eq=False)
class Proposal:
    """What is proposed for one frame of a recording."""

    take: Take
    shot: Shot
    label: Label
    suggestion: Suggestion


@dataclass(frozen=True, eq=False)
class Proposals:
    """What came of it. accepted: frames whose boxes are now annotated; left: proposed, for a person to look at."""

    proposals: tuple[Proposal, ...]
    accepted: int

    @property
    def left(self) -> int:
        """Frames that wait for a person."""
        return len(self.proposals) - self.accepted

    def counts(self) -> dict[str, int]:
        """The counts as a program reads them."""
        boxes = sum(len(one.suggestion.boxes) for one in self.proposals)
        return {"frames": len(self.proposals), "boxes": boxes, "accepted": self.accepted, "left": self.left}

    def __str__(self) -> str:
        counts = self.counts()
        return (
            f"{counts['boxes']} boxes proposed on {counts['frames']} frames; {self.accepted} frames accepted, "
            f"{self.left} left for a person"
        )


def suggest_recordings(
    workspace: Workspace,
    recipe: Recipe,
    name: str,
    accept: float | None = None,
    progress: Progress | None = None,
) -> Proposals:
    """Propose boxes on all frames of a component's recordings that nobody has annotated.

    Args: accept: the confidence from which a frame's boxes are taken as true; None takes none.
    Raises: InputError where there is nothing to compare, where the recordings differ in more than the component, and
        where a negative one shows it.
    """
    component = recipe.component(name)
    takes = [take for take in teaching(takes_of(workspace, recipe), component) if take.shots]
    tick = progress or (lambda done, total: None)
    made: list[Proposal] = []
    labels = [*component.labels]
    if any(take.recording.of_lookalikes for take in takes):
        labels.append(Label(component.name, LOOKALIKE))
    for number, label in enumerate(labels):
        made += _of_label(component, label, takes)
        tick(number + 1, len(labels))
    accepted = [one for one in made if accept is not None and one.suggestion.sure >= accept]
    _annotate(accepted)
    return Proposals(tuple(made), len(accepted))


def _of_label(component: Component, label: Label, takes: Sequence[Take]) -> Iterator[Proposal]:
    _refuse_mixed(label, takes)
    shown = [take for take in takes if _shows(take, label)]
    others = [take for take in takes if _lacks(take, label)]
    if not shown or not others:
        raise InputError(_nothing_to_compare(label, bool(shown)))
    shots = [(take, shot) for take in shown for shot in take.shots]
    positive = [shot.image() for _, shot in shots]
    negative = [shot.image() for take in others for shot in take.shots]
    own_look = any(not take.recording.verified_empty for take in others)
    if label.lookalike:
        # Where it lies and how many there are, the recipe says of the component alone.
        found = suggest(positive, negative, own_look=own_look)
    else:
        found = suggest(positive, negative, component.region, component.count or None, own_look)
    if not (own_look or label.lookalike):
        _refuse_remains(label, positive, found, others)
    for (take, shot), suggestion in zip(shots, found, strict=True):
        if _waits(take.of(shot), label) and len(suggestion.boxes):
            yield Proposal(take, shot, label, suggestion)


def _waits(known: Annotation, label: Label) -> bool:
    """Whether nobody looked at the frame yet; a frame of lookalikes was attested to show no component."""
    return known.state is State.UNLABELED or (label.lookalike and known.by == ATTESTATION)


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
    """A negative recording that still shows the component would teach the detector not to see it."""
    sure = [(image, one.boxes) for image, one in zip(positive, found, strict=True) if one.sure >= SURE_LOOK]
    for take in negatives:
        seen = search_negative(sure, [shot.image() for shot in take.shots])
        if seen:
            names = ", ".join(take.shots[one.picture].name for one in seen[:MOST_NAMED])
            raise InputError(
                f"The negative recording {take.recording.id} seems to show '{label}' in {len(seen)} of its "
                f"{len(take.shots)} frames ({names}). A negative teaches what is not there, so it must be nowhere in "
                "the picture: record it again without it, or with this place alone in view."
            )


def _annotate(accepted: Sequence[Proposal]) -> None:
    for take in {id(one.take): one.take for one in accepted}.values():
        mine = {one.shot.name: _annotation(one) for one in accepted if one.take is take}
        write_annotations(take.folder, take.annotations.with_frames(mine))


def _annotation(one: Proposal) -> Annotation:
    width, height = one.shot.size
    boxes = tuple(Box.of(one.label, box) for box in clip(one.suggestion.boxes, width, height))
    return Annotation(state=State.BOXES, boxes=boxes, by=SUGGESTION, confidence=round(one.suggestion.sure, 4))

"""Recordings held against what was said of them: a component in its negatives, or out of sight in its positives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from inspector.boxes import Boxes, as_boxes
from inspector.errors import InputError
from inspector.labeling.annotation import TRACKING, Annotation, State, read_annotations
from inspector.labeling.crossfit import Judged, cross_fitted
from inspector.labeling.evidence import Evidence
from inspector.labeling.moments import Moment, is_dismissed, keep, read_moments, unanswered
from inspector.labeling.negatives import absent_labels
from inspector.labeling.quick import Says, Tell
from inspector.labeling.search import LOOKS, Search
from inspector.labeling.suggestions import Origin, waiting
from inspector.labeling.suspicion import Suspicion, clustered
from inspector.labeling.takes import USABLE, Shot, Take, takes_of
from inspector.recipe import Label, Recipe
from inspector.settings import Workspace

MINUTES = 4.0
"""That two detectors may take."""
MOST = 5
"""Moments of one recording that a person is asked about."""
SURE = 0.5
"""How sure a suggestion is that is taken for an annotation here."""
EMPTY = 24
"""Frames without the component that tell what its place scores then, at most."""

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Reviewed:
    """A recording that was looked through, and what a person is asked about it, the most suspicious first."""

    take: Take
    moments: tuple[Moment, ...]


def review(
    place: Workspace,
    recipe: Recipe,
    components: Sequence[str],
    minutes: float | None = None,
    tell: Tell = lambda done, total, doing: None,
) -> list[Reviewed]:
    """Look through the extracted frames of a recipe's recordings; what a person should look at is kept beside each.

    Nobody is asked again about a frame of which a person said what it shows, nor about others of a moment in which that
    was what it should.

    Args: components: that are looked for; minutes: that two quick detectors may take to learn, None looks without any;
    tell: is told how far it is.
    Raises: InputError where nothing tells how any of the components looks; FileProblems; as `cross_fitted`.
    """
    takes = [take for take in takes_of(place, recipe) if take.shots and {*take.recording.components} & {*components}]
    known = {take.recording.id: Known(take) for take in takes}

    def says(take: Take, shot: Shot) -> Annotation:
        return known[take.recording.id].of(shot)

    labels = [label for name in components for label in recipe.component(name).labels]
    looks = {label: _search(label, recipe, takes, says) for label in labels}
    if not any(looks.values()):
        raise InputError(
            f"Nothing tells yet how {' or '.join(components)} looks beside its empty place. Record both, then have "
            f"boxes proposed with: inspector suggest {recipe.name}, or draw some."
        )
    judged: Judged = {} if minutes is None else cross_fitted(place, recipe, takes, components, says, minutes, tell)
    found = []
    for done, take in enumerate(takes, 1):
        moments = tuple(_moments(take, known[take.recording.id], recipe, looks, judged))
        keep(take.folder, read_annotations(take.folder), moments)  # a person may have answered meanwhile
        found.append(Reviewed(take, moments))
        tell(done, len(takes), "searching")
    return found


def unanswered_in(place: Workspace, recipe: Recipe) -> dict[str, tuple[Path, Moment]]:
    """The moments of a recipe that a person should look at, by `recording/frame`, each with its recording's folder.

    Raises: FileProblems.
    """
    return {
        f"{take.recording.id}/{moment.frame}": (take.folder, moment)
        for take in takes_of(place, recipe)
        for moment in unanswered(take.folder, take.annotations)
    }


class Known:
    """What is known of a recording's frames, or proposed and sure enough, and of which nobody need be asked."""

    def __init__(self, take: Take) -> None:
        self._take, self._waiting = take, waiting(take.folder, take.annotations)
        dismissed = [moment for moment in read_moments(take.folder) if is_dismissed(moment, take.annotations)]
        self._dismissed = {name for moment in dismissed for name in moment.frames}

    def of(self, shot: Shot) -> Annotation:
        """What the frame shows."""
        said, proposed = self._take.of(shot), self._waiting.get(shot.name)
        if said.state is not State.UNLABELED or proposed is None or proposed.sure < SURE:
            return said
        return proposed.as_annotation(str(proposed.origin))

    def is_settled(self, shot: Shot) -> bool:
        """Whether a person has said what it shows, or that it is not to be looked at."""
        said = self._take.of(shot)
        return said.by_person or said.state is State.IGNORED or shot.name in self._dismissed

    def is_tracked(self, shot: Shot) -> bool:
        """Whether boxes were followed into it from both sides."""
        proposed = self._waiting.get(shot.name)
        followed = proposed is not None and proposed.origin is Origin.TRACKING and proposed.sure > 0
        return followed or self._take.of(shot).by == TRACKING


def _search(label: Label, recipe: Recipe, takes: Sequence[Take], says: Says) -> Search:
    """By how the label looks in frames that hold it, and its place in frames of recordings that should not."""
    every = [(take, shot, _boxes(says(take, shot), label)) for take in takes for shot in take.shots]
    holding = [(shot, boxes) for _, shot, boxes in every if len(boxes)]
    without = {take.recording.id for take in takes if label in absent_labels(take.recording, recipe)}
    empty = [
        shot
        for take, shot, boxes in every
        if take.recording.id in without and says(take, shot).state in USABLE and not len(boxes)
    ]
    positive = [(shot.image(), boxes) for shot, boxes in _some(holding, LOOKS)]
    turns = recipe.component(label.component).turns
    return Search(positive, [shot.image() for shot in _some(empty, EMPTY)], turns)


def _boxes(known: Annotation, label: Label) -> Boxes:
    return as_boxes([box.xyxy for box in known.boxes if box.label == label])


def _some(things: Sequence[T], most: int) -> list[T]:
    """At most so many, evenly spread."""
    return [things[round(i)] for i in np.linspace(0, len(things) - 1, min(most, len(things))).tolist()]


def _moments(
    take: Take, known: Known, recipe: Recipe, looks: Mapping[Label, Search], judged: Judged
) -> Iterator[Moment]:
    mine = [label for label in looks if label.component in take.recording.components]
    absent = set(absent_labels(take.recording, recipe))
    suspicions: list[Suspicion] = []
    for index, shot in enumerate(take.shots):
        if not known.is_settled(shot):
            evidence = Evidence(index, shot.image(), looks, judged.get(take.name_of(shot)))
            suspicions += _in_frame(evidence, known, shot, mine, absent)
    for group in clustered(suspicions, [shot.time_s for shot in take.shots])[:MOST]:
        yield _moment(take, group)


def _in_frame(
    evidence: Evidence, known: Known, shot: Shot, labels: Sequence[Label], absent: set[Label]
) -> Iterator[Suspicion]:
    said = known.of(shot)
    if said.state in USABLE:  # what teaches nothing does no harm
        for label in labels:
            if label in absent:
                yield from evidence.there(label)
    if said.state is State.VERIFIED_EMPTY or known.is_tracked(shot):
        return
    shown = [label for label in labels if label not in absent]
    for component in dict.fromkeys(label.component for label in shown):
        boxes = [box for box in said.boxes if box.component == component and box.label in shown]
        for box in boxes:
            yield from evidence.not_at(box)
        if not boxes:
            yield from evidence.nowhere([label for label in shown if label.component == component])


def _moment(take: Take, group: Sequence[Suspicion]) -> Moment:
    first = group[0]
    return Moment(
        frame=take.shots[first.index].name,
        time_s=round(take.shots[first.index].time_s, 3),
        seems=first.seems,
        component=first.label.component,
        pattern=first.label.pattern,
        xyxy=first.box,
        score=round(first.score, 4),
        by=first.by,
        frames=tuple(take.shots[index].name for index in sorted({one.index for one in group})),
    )

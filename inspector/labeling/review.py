"""Recordings held against what was said of them: a component in its negatives, or out of sight in its positives."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from inspector.boxes import Boxes, as_boxes
from inspector.frame import utc_now
from inspector.labeling.annotation import Annotation, State, read_annotations
from inspector.labeling.crossfit import Judged, cross_fitted
from inspector.labeling.evidence import Evidence
from inspector.labeling.known import Known
from inspector.labeling.moments import Moment, Searched, is_answered, keep, unanswered
from inspector.labeling.negatives import absent_labels
from inspector.labeling.quick import Says, Tell
from inspector.labeling.search import LOOKS, Search
from inspector.labeling.suspicion import Searcher, Suspicion, clustered, distinct
from inspector.labeling.takes import USABLE, Shot, Take, takes_of
from inspector.recipe import Label, Recipe
from inspector.settings import Workspace

MINUTES = 4.0
"""That two detectors may take."""
MOST = 5
"""Moments of one recording that a person is asked about."""
EMPTY = 24
"""Frames without the component that tell what its place scores then, at most."""

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Reviewed:
    """A recording that was looked through, and what a person is asked about it, the most suspicious first."""

    take: Take
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Unsearched:
    """Labels of a component that nothing tells from their empty place.

    alike: though there was all it takes: the negative seems to show the component. says: why, in a sentence, and what
    to do.
    """

    component: str
    labels: tuple[Label, ...]
    alike: bool
    says: str


@dataclass(frozen=True, eq=False)
class Review:
    """What came of a review. recordings: that were looked through, none where nothing could be searched for."""

    recordings: tuple[Reviewed, ...]
    unsearched: tuple[Unsearched, ...]


def review(
    place: Workspace,
    recipe: Recipe,
    components: Sequence[str],
    minutes: float | None = None,
    tell: Tell = lambda done, total, doing: None,
) -> Review:
    """Look through the extracted frames of a recipe's recordings; what a person should look at is kept beside each.

    Nobody is asked again about a frame of which a person said what it shows, nor about the same at the same place in
    others of a moment in which that was what it should. What was found before of labels that are not searched for now
    is still asked.

    Args: components: that are looked for; minutes: that two quick detectors may take to learn, None looks without any;
    tell: is told how far it is.
    Raises: FileProblems; as `cross_fitted`.
    """
    takes = [take for take in takes_of(place, recipe) if take.shots and {*take.recording.components} & {*components}]
    known = {take.recording.id: Known(take) for take in takes}

    def says(take: Take, shot: Shot) -> Annotation:
        return known[take.recording.id].of(shot)

    labels = [label for name in components for label in recipe.component(name).labels]
    looks = {label: _search(label, recipe, takes, says) for label in labels}
    unsearched = tuple(_unsearched(recipe, components, looks))
    if not any(looks.values()):
        return Review((), unsearched)
    judged: Judged = {} if minutes is None else cross_fitted(place, recipe, takes, components, says, minutes, tell)
    learned = {label.component for seen in judged.values() for label in seen.labels}
    sought = [label for label in labels if looks[label] or label.component in learned]
    others = [label for label in recipe.labels if label not in sought]
    found = []
    for done, take in enumerate(takes, 1):
        about = [label for label in sought if label.component in take.recording.components]
        if about:
            mine = known[take.recording.id]
            left = mine.left_of(others)
            moments = tuple(_moments(take, mine, recipe, looks, judged, [one.frame for one in left]))
            _keep(take, left, moments, _searched(about, looks, learned, len(moments)))
            found.append(Reviewed(take, moments))
        tell(done, len(takes), "searching")
    return Review(tuple(found), unsearched)


def _keep(take: Take, left: Iterable[Moment], moments: Iterable[Moment], searched: Searched) -> None:
    """What a person is asked from now on. Args: left: what is still asked of before."""
    now = read_annotations(take.folder)  # a person may have answered meanwhile
    keep(take.folder, now, [*(one for one in left if not is_answered(one, now)), *moments], searched)


def _searched(labels: Sequence[Label], looks: Mapping[Label, Search], learned: set[str], found: int) -> Searched:
    """That a recording was looked through for these labels just now. Args: learned: the detectors' components."""
    names = tuple(dict.fromkeys(label.component for label in labels))
    by = (
        *([Searcher.TEMPLATE] if any(looks[label] for label in labels) else []),
        *([Searcher.DETECTOR] if learned & {*names} else []),
    )
    return Searched(at=utc_now(), by=by, components=names, found=found)


def unanswered_in(takes: Iterable[Take]) -> dict[str, tuple[Path, Moment]]:
    """The moments that a person should look at, by `recording/frame`, each with its recording's folder.

    Raises: FileProblems.
    """
    return {
        f"{take.recording.id}/{moment.frame}": (take.folder, moment)
        for take in takes
        for moment in unanswered(take.folder, take.annotations)
    }


def _unsearched(recipe: Recipe, components: Sequence[str], looks: Mapping[Label, Search]) -> Iterator[Unsearched]:
    for name in components:
        mine = [label for label in recipe.component(name).labels if not looks[label]]
        alike = tuple(label for label in mine if looks[label].is_indistinct)
        unknown = tuple(label for label in mine if not looks[label].is_indistinct)
        if alike:
            yield Unsearched(name, alike, True, _looks_the_same(alike))
        if unknown:
            yield Unsearched(name, unknown, False, _nothing_tells(unknown, recipe))


def _looks_the_same(labels: Iterable[Label]) -> str:
    return (
        f"The negative recording looks like the positive one: nothing tells {_named(labels)} from its empty place, so "
        "it was not searched for by its looks. Where the negative shows it, record that again without it; else draw "
        "some boxes that lie closely around it."
    )


def _nothing_tells(labels: Iterable[Label], recipe: Recipe) -> str:
    return (
        f"Nothing tells yet how {_named(labels)} looks beside its empty place. Record both, then have boxes proposed "
        f"with: inspector suggest {recipe.name}, or draw some."
    )


def _named(labels: Iterable[Label]) -> str:
    return " or ".join(map(str, labels))


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
    take: Take, known: Known, recipe: Recipe, looks: Mapping[Label, Search], judged: Judged, asked: Collection[str]
) -> Iterator[Moment]:
    """At most MOST, each with a frame of its own to ask about: whoever says what it shows answers one question.

    Args: asked: frames that are asked about already.
    """
    mine = [label for label in looks if label.component in take.recording.components]
    absent = set(absent_labels(take.recording, recipe))
    suspicions: list[Suspicion] = []
    for index, shot in enumerate(take.shots):
        if not known.is_settled(shot):
            evidence = Evidence(index, shot.image(), looks, judged.get(take.name_of(shot)))
            suspicions += distinct(_in_frame(evidence, known, shot, mine, absent))
    taken = {index for index, shot in enumerate(take.shots) if shot.name in asked}
    groups = clustered(known.not_dismissed(suspicions), [shot.time_s for shot in take.shots])
    for first, group in islice(_with_own_frames(groups, taken), MOST):
        yield _moment(take, first, group)


def _with_own_frames(
    groups: Iterable[Sequence[Suspicion]], taken: set[int]
) -> Iterator[tuple[Suspicion, Sequence[Suspicion]]]:
    """Each with the most suspicious of its frames that no other is asked about; without those that have none."""
    for group in groups:
        first = next((one for one in group if one.index not in taken), None)
        if first is not None:
            taken = {*taken, first.index}
            yield first, group


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


def _moment(take: Take, first: Suspicion, group: Sequence[Suspicion]) -> Moment:
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

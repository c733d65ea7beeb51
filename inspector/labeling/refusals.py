"""What is missing before a recipe's recordings can teach, all of it at once, each with what to do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inspector.capture.claim import shows
from inspector.errors import InputError, did_you_mean
from inspector.labeling.annotation import OUTSIDE, Box, State
from inspector.labeling.takes import USABLE, Shot, Take, teaching
from inspector.recipe import Component, Label, Mode, Recipe

HANDFUL = 5
"""Fewest frames with boxes, and fewest verified empty, that a component is taught from."""


class Remedy(StrEnum):
    """By which work a lack is mended."""

    RECORD = "record"
    EXTRACT = "extract"
    LABEL = "label"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Lack:
    """One thing that is missing or wrong, in a sentence; how: what to type about it, "" where the sentence says it."""

    text: str
    remedy: Remedy
    how: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.how}".rstrip()


def refuse_incomplete(recipe: Recipe, takes: Sequence[Take], need_negatives: bool) -> None:
    """Raises: InputError that lists all that is missing or wrong."""
    lacks = list(missing(recipe, takes, need_negatives))
    if lacks:
        things = "\n".join(f"- {lack}" for lack in lacks)
        raise InputError(f"The recipe '{recipe.name}' cannot be trained yet:\n{things}")


def missing(recipe: Recipe, takes: Sequence[Take], need_negatives: bool = True) -> Iterator[Lack]:
    """All that is missing or wrong before the recipe can be trained."""
    for take in takes:
        yield from _of_take(recipe, take)
    for component in recipe.components:
        mine = list(teaching(takes, component))
        waiting = any(not take.in_state(*USABLE) for take in mine)
        for label in component.labels:
            yield from _of_label(recipe, label, mine, waiting)
        if component.mode is Mode.DETECTION and need_negatives:
            yield from _of_negatives(recipe, component, mine, waiting)


def _of_take(recipe: Recipe, take: Take) -> Iterator[Lack]:
    recording, names = take.recording, [component.name for component in recipe.components]
    for stranger in sorted(set(recording.components) - set(names)):
        yield Lack(
            f"recording {recording.id} is of '{stranger}', which the recipe does not have."
            f"{did_you_mean(stranger, names)} Add the component to the recipe, or move the folder elsewhere.",
            Remedy.ELSEWHERE,
        )
    if not take.shots:
        how = f"Take them with: inspector extract {recipe.name}"
        yield Lack(f"recording {recording.id} has no frames yet.", Remedy.EXTRACT, how)
    elif not take.in_state(*USABLE) and take.contradicting:
        yield Lack(
            f"all that is known of recording {recording.id} seems to contradict what was said of it.",
            Remedy.LABEL,
            _look(recipe),
        )
    elif not take.in_state(*USABLE):
        yield Lack(
            f"none of the {len(take.shots)} frames of recording {recording.id} says what is in it.",
            Remedy.LABEL,
            f"Have boxes proposed with: inspector suggest {recipe.name}, or bring your own: inspector annotations "
            f"import {recording.id}",
        )
    for shot in take.in_state(State.BOXES):
        for box in take.of(shot).boxes:
            yield from _of_box(recipe, take, shot, box)


def _of_box(recipe: Recipe, take: Take, shot: Shot, box: Box) -> Iterator[Lack]:
    where = f"{take.recording.id}/{shot.name}"
    taught = take.recording.components
    known = [label for label in recipe.taught_labels(taught) if label.component in taught]
    if box.label not in known:
        hint = did_you_mean(str(box.label), [str(label) for label in known])
        yield Lack(f"{where} holds a box of '{box.label}', which that recording does not teach.{hint}", Remedy.LABEL)
    try:
        width, height = shot.size
    except InputError as error:
        yield Lack(str(error), Remedy.ELSEWHERE)
        return
    if min(box.xyxy) < -OUTSIDE or box.xyxy[2] > width + OUTSIDE or box.xyxy[3] > height + OUTSIDE:
        yield Lack(
            f"{where} is {width}x{height} pixels, and its box {list(box.xyxy)} of '{box.label}' lies outside",
            Remedy.LABEL,
        )
    elif box.xyxy[0] >= width or box.xyxy[1] >= height or box.xyxy[2] <= 0 or box.xyxy[3] <= 0:
        yield Lack(
            f"{where}: its box {list(box.xyxy)} of '{box.label}' lies on the rim, with nothing of it in the picture",
            Remedy.LABEL,
        )


def _of_label(recipe: Recipe, label: Label, takes: Sequence[Take], waiting: bool) -> Iterator[Lack]:
    fit = [take for take in takes if shows(take.recording, label)]
    frames = sum(label in take.labels_in(shot) for take in takes for shot in take.shots)
    if not fit and not frames:
        how = f"Record one with: {record_command(recipe, label)}"
        yield Lack(f"there is no recording of '{label}'.", Remedy.RECORD, how)
    elif frames < HANDFUL and not waiting:
        how = (
            f"Look at what is proposed with: inspector suggest {recipe.name}, or record more with: "
            f"{record_command(recipe, label)}"
        )
        yield Lack(
            f"only {frames} frames hold a box of '{label}', and it takes {HANDFUL} at least, better 50 and more."
            if frames
            else f"no frame holds a box of '{label}', and it takes {HANDFUL} at least, better 50 and more.",
            Remedy.LABEL,
            _look(recipe) if any(take.contradicting for take in takes) else how,
        )


def _look(recipe: Recipe) -> str:
    return f"Look at the frames that seem to contradict their recording: inspector review {recipe.name}"


def record_command(recipe: Recipe, label: Label) -> str:
    """The command that records a component, or one pattern of it."""
    command = f"inspector record --recipe {recipe.name} --component {label.component}"
    return f"{command} --pattern {label.pattern}" if label.pattern else f"{command} --positive"


def _of_negatives(recipe: Recipe, component: Component, takes: Sequence[Take], waiting: bool) -> Iterator[Lack]:
    # A frame of a recording that teaches several components is empty of those that nobody boxed in it.
    empty = sum(
        component.name not in {label.component for label in take.labels_in(shot) if not label.lookalike}
        for take in takes
        for shot in take.in_state(*USABLE)
    )
    command = f"inspector record --recipe {recipe.name} --component {component.name} --negative"
    if not empty and not any(take.recording.verified_empty for take in takes):
        yield Lack(
            f"there is no negative recording of '{component.name}'. Pictures that show it are not enough: the detector "
            "would learn the place, not the part, and see the part where it is missing. Take the part away and leave "
            "all else as it is.",
            Remedy.RECORD,
            f"Record that with: {command}",
        )
    elif empty < HANDFUL and not waiting:
        doubted = any(take.contradicting for take in takes)
        yield Lack(
            f"only {empty} frames are verified empty of '{component.name}', and it takes {HANDFUL} at least.",
            Remedy.LABEL if doubted else Remedy.RECORD,
            _look(recipe) if doubted else f"Record more: {command}",
        )

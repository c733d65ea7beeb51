"""`inspector lookalikes`: what a bundle sees where nothing is, and which of it shall teach the next one."""

from typing import Annotated

import typer

from inspector.commands.bundles import find_bundle
from inspector.commands.console import ByOption, JsonOption, Voice, WorkspaceOption, uninterrupted, workspace_of
from inspector.detections import Detections
from inspector.errors import InputError
from inspector.settings import person
from inspector.validation.false_detections import (
    NEARLY,
    FalseDetection,
    false_detections,
    take_as_lookalikes,
    write_sheet,
)

MOST_NAMED = 60
MOST_DIGITS = 10
ALL = "all"


def lookalikes(
    bundle: Annotated[str, typer.Argument(help="A bundle's folder or id.")],
    take: Annotated[
        str | None, typer.Option(help="What is no component: the numbers 1,4, frames as RECORDING/FRAME, or all.")
    ] = None,
    threshold: Annotated[float, typer.Option(min=0.01, max=1, help="The least score that is listed.")] = NEARLY,
    by: ByOption = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """List what the bundle sees on negative recordings; with --take, teach the next one that these are lookalikes.

    Ctrl-C while it looks takes nothing; once it takes, it takes all that was named.
    """
    place = workspace_of(workspace)
    wanted = _wanted(take) if take is not None else []
    opened = find_bundle(place, bundle)
    voice = Voice(json)

    def counts(seen: Detections) -> Detections:
        return seen.where(seen.scores >= threshold)

    with voice.bar("Looking at negatives", "negatives") as tick:
        found = false_detections(place, opened, opened.detector(place.settings().threads), counts, tick)
    if not found:
        nothing = f"Nothing scores {threshold:g} or more on the negative recordings."
        if wanted:
            what = f"number {wanted[0]}" if _is_number(wanted[0]) else wanted[0]
            raise InputError(f"There is no {what} to take. {nothing}")
        voice.tell({"found": 0, "taken": 0, "sheet": None}, nothing)
        return
    path = place.reports / f"{opened.manifest.id}-negatives.png"
    write_sheet(path, found)
    _tell(voice, found)
    picked = _picked(wanted, found)
    with uninterrupted():
        taken = take_as_lookalikes(picked, by or person())
        next_step = (
            f"{taken} taken as lookalikes: inspector train {opened.manifest.recipe.name}" if taken else f"See {path}"
        )
        voice.tell({"found": len(found), "taken": taken, "sheet": str(path)}, next_step)


def _tell(voice: Voice, found: list[FalseDetection]) -> None:
    for number, one in enumerate(found, 1):
        voice.tell({"number": number, **one.as_json()})
    rows = [
        (n, one.name, one.label, f"{one.score:.3f}", "lookalike already" if one.known else "")
        for n, one in enumerate(found[:MOST_NAMED], 1)
    ]
    voice.table(f"{len(found)} seen on negative recordings", ["", "frame", "seen as", "score", ""], rows)


def _wanted(text: str) -> list[str] | None:
    """What a person named; None for all. Raises: InputError for what is neither number nor frame, before the long
    look.
    """
    if text == ALL:
        return None
    words = [word.strip() for word in text.split(",")]
    strange = [word for word in words if not (_is_number(word) or "/" in word)]
    if strange:
        raise InputError(f"--take should be numbers of what is listed, as 1,4, or all; '{strange[0]}' is not.")
    return list(dict.fromkeys(words))


def _is_number(word: str) -> bool:
    return word.isdecimal() and len(word) < MOST_DIGITS and int(word) > 0


def _picked(wanted: list[str] | None, found: list[FalseDetection]) -> list[FalseDetection]:
    """Those of the numbers and frames, all for None. Raises: InputError for one that nothing listed has."""
    if wanted is None:
        return found
    return list(dict.fromkeys(one for word in wanted for one in _named(word, found)))


def _named(word: str, found: list[FalseDetection]) -> list[FalseDetection]:
    if _is_number(word):
        if int(word) > len(found):
            raise InputError(f"--take should be numbers from 1 to {len(found)}, as 1,4, or all; '{word}' is not.")
        return [found[int(word) - 1]]
    named = [one for one in found if one.name == word]
    if not named:
        raise InputError(f"Nothing that is listed was seen in {word}: it may have changed. List them again.")
    return named

"""`inspector lookalikes`: what a bundle sees where nothing is, and which of it shall teach the next one."""

from typing import Annotated

import typer

from inspector.commands.console import JsonOption, Voice, WorkspaceOption, workspace_of
from inspector.commands.inspect import find_bundle
from inspector.detections import Detections
from inspector.errors import InputError
from inspector.settings import person
from inspector.validation.false_detections import FalseDetection, false_detections, take_as_lookalikes, write_sheet

NEARLY = 0.1
"""The least score that is listed where nobody says another: the working score lies above all of them by its choice."""
MOST_NAMED = 60
MOST_DIGITS = 10
ALL = "all"


def lookalikes(
    bundle: Annotated[str, typer.Argument(help="A bundle's folder or id.")],
    take: Annotated[str | None, typer.Option(help="The numbers that are no component: 1,4 or all.")] = None,
    threshold: Annotated[float, typer.Option(min=0.01, max=1, help="The least score that is listed.")] = NEARLY,
    by: Annotated[str | None, typer.Option("--by", help="Who says so. Default: who is logged in.")] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """List what the bundle sees on negative recordings; with --take, teach the next one that these are lookalikes."""
    place = workspace_of(workspace)
    wanted = _wanted(take) if take is not None else []
    opened = find_bundle(place, bundle)
    voice = Voice(json)

    def counts(seen: Detections) -> Detections:
        return seen.where(seen.scores >= threshold)

    with voice.bar("Looking at negatives") as tick:
        found = false_detections(place, opened, opened.detector(place.settings().threads), counts, tick)
    if not found:
        nothing = f"Nothing scores {threshold:g} or more on the negative recordings."
        if wanted:
            raise InputError(f"There is no number {wanted[0]} to take. {nothing}")
        voice.tell({"found": 0, "taken": 0, "sheet": None}, nothing)
        return
    path = place.reports / f"{opened.manifest.id}-negatives.png"
    write_sheet(path, found)
    _tell(voice, found)
    taken = take_as_lookalikes(_picked(wanted, found), by or person())
    next_step = (
        f"{taken} taken as lookalikes: inspector train {opened.manifest.recipe.name}" if taken else f"See {path}"
    )
    voice.tell({"found": len(found), "taken": taken, "sheet": str(path)}, next_step)


def _tell(voice: Voice, found: list[FalseDetection]) -> None:
    for number, one in enumerate(found, 1):
        voice.tell({"number": number, **one.as_json()})
    rows = [
        (n, one.take.name_of(one.shot), one.label, f"{one.score:.3f}", "lookalike already" if one.known else "")
        for n, one in enumerate(found[:MOST_NAMED], 1)
    ]
    voice.table(f"{len(found)} seen on negative recordings", ["", "frame", "seen as", "score", ""], rows)


def _wanted(text: str) -> list[int] | None:
    """The numbers that a person named; None for all. Raises: InputError for anything else, before the long look."""
    if text == ALL:
        return None
    words = [word.strip() for word in text.split(",")]
    strange = [word for word in words if not (word.isdecimal() and len(word) < MOST_DIGITS and int(word))]
    if strange:
        raise InputError(f"--take should be numbers of what is listed, as 1,4, or all; '{strange[0]}' is not.")
    return list(dict.fromkeys(int(word) for word in words))


def _picked(numbers: list[int] | None, found: list[FalseDetection]) -> list[FalseDetection]:
    """Those of the numbers, all for None. Raises: InputError for a number that none of them has."""
    if numbers is None:
        return found
    for number in numbers:
        if number > len(found):
            raise InputError(f"--take should be numbers from 1 to {len(found)}, as 1,4, or all; '{number}' is not.")
    return [found[number - 1] for number in numbers]

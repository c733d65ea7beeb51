"""`left_out.csv` beside an export: the frames that are ignored or unlabeled.

No format has a word for them, and most programs take a picture that is not mentioned for one without boxes.
"""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from inspector.errors import FileProblems, Problem
from inspector.files import written_whole
from inspector.labeling.annotation import State
from inspector.labeling.formats.entry import content, stem_of

FILE = "left_out.csv"
COLUMNS = ["filename", "state"]
STATES = (State.IGNORED, State.UNLABELED)
MAX_BYTES = 64 * 2**20


def read_left_out(path: Path) -> dict[str, State]:
    """The state of each picture, by its stem, that the list beside or in `path` names; none without a list.

    Raises: FileProblems with all faults.
    """
    path = (path if path.is_dir() else path.parent) / FILE
    if not path.is_file():
        return {}
    reader = csv.reader(io.StringIO(content(path, MAX_BYTES).decode("utf-8-sig", "replace"), newline=""))
    try:
        rows = list(reader)
    except csv.Error as error:
        raise FileProblems([Problem(path, f"this is not valid CSV: {error}", reader.line_num)]) from None
    if not rows or rows[0] != COLUMNS:
        raise FileProblems([Problem(path, f"the first line should be '{','.join(COLUMNS)}'", 1)])
    states: dict[str, State] = {}
    problems = []
    for line, row in enumerate(rows[1:], 2):
        try:
            name, state = row
            states[stem_of(name)] = STATES[[str(s) for s in STATES].index(state)]
        except ValueError:
            problems.append(
                Problem(path, f"a line should hold a picture's name and '{STATES[0]}' or '{STATES[1]}'", line)
            )
    if problems:
        raise FileProblems(problems)
    return states


def write_left_out(folder: Path, states: Mapping[str, State]) -> None:
    """Write the list, where anything is left out."""
    if not states:
        return
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *([name, str(state)] for name, state in states.items())])
    with written_whole(folder / FILE) as file:
        file.write(text.getvalue().encode())

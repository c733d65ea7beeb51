"""CSV: one row a box, `filename,width,height,class,xmin,ymin,xmax,ymax`; a row whose xmin is empty or -1 is a picture
without.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from inspector.errors import Problem, did_you_mean
from inspector.files import written_whole
from inspector.labeling.formats.entry import (
    Entry,
    Marked,
    Picture,
    Size,
    content,
    number,
    pixels,
    size_of_text,
    stem_of,
)

MAX_BYTES = 512 * 2**20
SILENCE_IS_EMPTY = True
FILE = "annotations.csv"
CORNERS = ("xmin", "ymin", "xmax", "ymax")
COLUMNS = ("filename", "width", "height", "class", *CORNERS)
NONE = -1.0


def read(path: Path, size_of: Callable[[str], Size | None]) -> Iterator[Entry | Problem]:
    """The file, or `annotations.csv` in the folder."""
    path = path / FILE if path.is_dir() else path
    try:
        text = content(path, MAX_BYTES).decode("utf-8-sig")
        head = text.partition("\n")[0]
        # Spreadsheets of countries with a decimal comma part columns by semicolons.
        parted = ";" if head.count(";") > head.count(",") else ","
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=parted, strict=True)
        missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    except UnicodeDecodeError:
        yield Problem(path, "this is not a text file in UTF-8")
        return
    except csv.Error as error:
        yield Problem(path, f"this is not valid CSV: {error}", 1)
        return
    if missing:
        found = list(rows.fieldnames or ())
        yield from (
            Problem(path, f"the column '{column}' is missing.{did_you_mean(column, found)}", 1) for column in missing
        )
        return
    yield from _read_rows(path, rows)


def _read_rows(path: Path, rows: "csv.DictReader[str]") -> Iterator[Entry | Problem]:
    """Gather the rows of each picture, wherever they stand."""
    entries: dict[str, Entry] = {}
    try:
        for row in rows:
            try:
                entry = _entry(path, row, rows.line_num)
                entries[row["filename"]] = _joined(entries.get(row["filename"]), entry)
            except ValueError as error:
                yield Problem(path, str(error), rows.line_num)
    except csv.Error as error:
        yield Problem(path, f"this is not valid CSV: {error}", rows.line_num)
    yield from entries.values()


def _entry(path: Path, row: dict[str, str], line: int) -> Entry:
    if None in row or None in row.values():
        raise ValueError("this row has more or fewer columns than the first line")
    entry = Entry(path, stem_of(row["filename"]), size_of_text(row["width"], row["height"]), line=line)
    if _is_empty(row):
        return entry
    if not row["class"].strip():
        raise ValueError("a box without a class")
    xmin, ymin, xmax, ymax = (number(row[corner], corner) for corner in CORNERS)
    return replace(entry, boxes=(Marked(row["class"].strip(), (xmin, ymin, xmax, ymax), line),))


def _is_empty(row: dict[str, str]) -> bool:
    """Whether the row states a picture without boxes.

    Raises: ValueError where its other corners are a box all the same: one must not be lost to a slip.
    """
    corners = {corner: row[corner].strip() for corner in CORNERS}
    numbers = {corner: number(text, corner) for corner, text in corners.items() if text}
    if numbers.get("xmin", NONE) != NONE:
        return False
    for corner, value in numbers.items():
        if value > 0:
            raise ValueError(f"an xmin of '{corners['xmin']}' says that there is no box, but {corner} is {value:g}")
    return True


def _joined(known: Entry | None, row: Entry) -> Entry:
    if known is None:
        return row
    if known.size != row.size:
        raise ValueError(f"this picture has another size than in line {known.line}")
    if not (known.boxes and row.boxes):
        raise ValueError(f"this picture stands in line {known.line} already; one of the two says that it has no box")
    return replace(known, boxes=known.boxes + row.boxes)


def write(folder: Path, pictures: Sequence[Picture], labels: Sequence[str]) -> None:
    """`annotations.csv`."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for picture in pictures:
        for label, xyxy in picture.boxes or (("", ()),):
            rows.writerow([picture.name, *picture.size, label, *(map(pixels, xyxy) if xyxy else ("",) * 4)])
    with written_whole(folder / FILE) as file:
        file.write(text.getvalue().encode())

"""A table for a person's spreadsheet, as CSV in UTF-8."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from inspector.files import written_whole

FORMULA = re.compile(r"(^|[;\t\r\n])(?=[=+\-@\t\r\n])")
"""Where a spreadsheet may take what follows for a formula: at a cell's start, and after what some part cells by, as
those of countries with a decimal comma do by a semicolon. Source: OWASP, CSV Injection.
"""


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write whole or not at all, a line a row; returns how many rows.

    A text that a spreadsheet would work out, or follow as a link, gets an apostrophe before it: a serial number is
    whatever was scanned. Raises: as `written_whole`.
    """
    count = 0
    with written_whole(path) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="")
        # Lines end as RFC 4180 has it; only then is a text quoted that holds either half of such an end.
        writer = csv.DictWriter(text, columns, lineterminator="\r\n")
        writer.writeheader()
        for count, row in enumerate(rows, start=1):  # noqa: B007
            writer.writerow({name: _plain(value) for name, value in row.items()})
        text.flush()
        text.detach()
    return count


def _plain(value: Any) -> Any:
    """Numbers stay as they are, a negative one too."""
    return FORMULA.sub(r"\1'", value) if isinstance(value, str) else value

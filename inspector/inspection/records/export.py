"""Records as a file for somebody else: CSV, Parquet, or paper; each written whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from inspector.files import placed_whole
from inspector.inspection.records.records import AT_ONCE, Records
from inspector.inspection.records.rows import Kept
from inspector.inspection.records.wanted import EVERYTHING, Wanted
from inspector.inspection.records.words import ENGLISH, Words
from inspector.table import write_table

COLUMNS = (
    "id",
    "started_at",
    "recipe",
    "bundle",
    "first_frame",
    "last_frame",
    "verdict",
    "reason",
    "latency_ms",
    "evidence",
    "serial",
    "trigger",
    "camera",
    "station",
)


class Form(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    PARQUET = "parquet"
    PDF = "pdf"


Progress = Callable[[int, int], object]
"""Is told how many were written, of how many. What it raises ends the export, of which nothing is left then."""


def unheard(done: int, total: int) -> None:
    """Progress that nobody is told of."""


def export(
    records: Records,
    path: Path,
    form: Form,
    wanted: Wanted = EVERYTHING,
    words: Words = ENGLISH,
    progress: Progress = unheard,
) -> int:
    """Write the wanted inspections, newest first; returns how many. words: of paper; tables are for programs, too.

    Raises: InputError for a PDF of no serial number; MachineError where the disk is full.
    """
    if form is Form.PDF:
        from inspector.inspection.records.dossier import write_dossier  # loads what draws pages

        return write_dossier(records, path, wanted, words, progress)
    write = _write_csv if form is Form.CSV else _write_parquet
    return write(path, told(records.each(wanted), records.count(wanted), progress))


def told(found: Iterable[Kept], total: int, progress: Progress) -> Iterator[Kept]:
    """All of them, each told of when it is asked for. total: as many as there were a moment ago."""
    for done, kept in enumerate(found, 1):
        progress(done, max(done, total))
        yield kept


def _write_csv(path: Path, found: Iterator[Kept]) -> int:
    """A line an inspection."""
    return write_table(path, COLUMNS, map(_dated, found))


def _dated(kept: Kept) -> dict[str, Any]:
    return _line(kept) | {"started_at": f"{kept.inspection.started_at:%Y-%m-%dT%H:%M:%S.%fZ}"}


def _write_parquet(path: Path, found: Iterator[Kept]) -> int:
    """A row an inspection, in which its findings are a list."""
    import pyarrow
    from pyarrow import parquet

    schema = _schema(pyarrow)
    count = 0
    with placed_whole(path) as temporary, parquet.ParquetWriter(temporary, schema) as writer:
        for batch in _batches(map(_nested, found)):
            writer.write_table(pyarrow.Table.from_pylist(batch, schema))
            count += len(batch)
    return count


def _schema(pyarrow: Any) -> Any:
    """What each column of a Parquet file holds; texts that are not named here are texts."""
    text, whole = pyarrow.string(), pyarrow.int64()
    finding = {"component": text, "pattern": text, "expected": whole, "found": whole, "verdict": text, "reason": text}
    others = {
        "started_at": pyarrow.timestamp("us", "UTC"),
        "first_frame": whole,
        "last_frame": whole,
        "latency_ms": pyarrow.float64(),
    }
    columns = [(name, others.get(name, text)) for name in COLUMNS]
    return pyarrow.schema([*columns, ("findings", pyarrow.list_(pyarrow.struct(list(finding.items()))))])


def _nested(kept: Kept) -> dict[str, Any]:
    findings = [{**asdict(finding), "verdict": finding.verdict.name} for finding in kept.inspection.findings]
    return {**_line(kept), "findings": findings}


def _line(kept: Kept) -> dict[str, Any]:
    """What an inspection has in each column."""
    inspection = kept.inspection
    own = {"verdict": inspection.verdict.name, "reason": inspection.reason, "evidence": kept.evidence}
    return {name: own[name] if name in own else getattr(inspection, name) for name in COLUMNS}


def _batches(values: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(values, AT_ONCE)):
        yield batch

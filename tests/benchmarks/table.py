"""Figures kept as JSON when measured, and written into the document as tables."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Table:
    """One table of a measurement: what it shows, its columns and rows, and what to know when reading it."""

    title: str
    heads: list[str]
    rows: list[list[str]]
    notes: list[str] = field(default_factory=list)

    def as_markdown(self) -> str:
        """The table as a section of a document."""
        lines = [f"### {self.title}", "", _row(self.heads), _row(["---"] * len(self.heads))]
        lines += [_row(row) for row in self.rows]
        lines += [""] + [f"- {note}" for note in self.notes]
        return "\n".join(lines).rstrip() + "\n"


def keep(path: Path, tables: list[Table]) -> None:
    """Keep a measurement's tables, so that another one can be made again alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(table) for table in tables], indent=1))


def kept(path: Path) -> list[Table]:
    """The tables kept earlier; none where the measurement was never made."""
    return [Table(**values) for values in json.loads(path.read_text())] if path.exists() else []


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"

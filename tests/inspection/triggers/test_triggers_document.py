"""`docs/triggers.md` names every setting of triggers and serial numbers."""

from pathlib import Path

import pytest

from inspector.recipe import Trigger
from inspector.serial import Code, Serial
from inspector.triggers import Scanner, Triggers

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs" / "triggers.md").read_text()


@pytest.mark.parametrize(
    "name",
    [
        *(name for section in (Serial, Triggers, Scanner) for name in section.model_fields),
        *("place", "still_s", *Trigger, *Code),
    ],
)
def test_the_document_names_it(name: str) -> None:
    assert f"`{name}`" in DOCUMENT or f"  {name}:" in DOCUMENT or f".{name}`" in DOCUMENT or name in CODES_LINE


CODES_LINE = next(line for line in DOCUMENT.splitlines() if "codes: [" in line)

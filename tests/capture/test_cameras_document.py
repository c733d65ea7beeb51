"""`docs/cameras.md` names every option of a source, every format, and what may come of a setting."""

from pathlib import Path

import pytest

from inspector.capture.genicam.features import FEATURES
from inspector.capture.genicam.pixels import COLOURS
from inspector.capture.live import PROPERTIES
from inspector.capture.proof import Seen
from inspector.capture.simulator import KEYS
from inspector.capture.usb import FORMATS

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "cameras.md").read_text()


def part(title: str) -> str:
    """The text under that heading."""
    return DOCUMENT.partition(f"## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("USB", (*PROPERTIES, *FORMATS, "format")),
        ("GenICam", (*FEATURES, *COLOURS, "format")),
        ("Simulator", tuple(KEYS)),
        ("Set, read back, and seen on the pictures", (*Seen, "refused")),
    ],
)
def test_the_document_names_it(title: str, names: tuple[str, ...]) -> None:
    assert [name for name in names if f"`{name}`" not in part(title)] == []

"""`inspector recordings`: what there is, thrown away and put back."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from inspector.people.audit import audit_of
from inspector.settings import Workspace

Inspector = Any


@pytest.fixture
def two(inspector: Inspector, tmp_path: Path) -> tuple[str, str]:
    """A screw and a bare hole, two pictures each; their names."""
    assert inspector("recipe", "new", "block", "--component", "screw=on/off").code == 0
    names = []
    for pattern, light in (("on", 90), ("off", 60)):
        folder = tmp_path / pattern
        folder.mkdir()
        for number in range(2):
            cv2.imwrite(str(folder / f"{number}.png"), np.full((60, 80, 3), light + number, np.uint8))
        options = ("--recipe", "block", "--component", "screw", "--pattern", pattern, "--by", "ann", "--json")
        (line,) = inspector("import", str(folder), *options).lines
        names.append(str(line["recording"]))
    return names[0], names[1]


def listed(inspector: Inspector, *options: str) -> list[str]:
    return [line["id"] for line in inspector("recordings", "list", "block", *options, "--json").lines]


def test_they_are_listed_with_what_they_show(inspector: Inspector, two: tuple[str, str]) -> None:
    on, off = inspector("recordings", "list", "block", "--json").lines
    assert [(one["id"], one["pattern"], one["frames"], one["recorded_by"]) for one in (on, off)] == [
        (two[0], "on", 2, "ann"),
        (two[1], "off", 2, "ann"),
    ]
    text = inspector("recordings", "list", "block").out
    assert "2 recordings of block" in text
    assert "--pattern off" in text


def test_one_that_is_thrown_away_teaches_no_more_until_it_is_put_back(
    inspector: Inspector, workspace: Workspace, two: tuple[str, str]
) -> None:
    on, off = two
    said = inspector("recordings", "throw-away", off, "--by", "tom")
    assert said.code == 0, said.err
    assert (workspace.trash / off).is_dir()
    assert (listed(inspector), listed(inspector, "--thrown-away")) == ([on], [off])
    said = inspector("recordings", "put-back", off, "--by", "tom")
    assert said.code == 0, said.err
    assert (listed(inspector), listed(inspector, "--thrown-away")) == ([on, off], [])
    done = [(entry.who, entry.what.get("recording")) for entry in audit_of(workspace).entries()]
    assert done.count(("tom", off)) == 2


@pytest.mark.parametrize("deed", ["throw-away", "put-back"])
def test_one_name_that_nobody_knows_leaves_all_as_they_are(
    inspector: Inspector, two: tuple[str, str], deed: str
) -> None:
    for name in ("../recordings", "screwdriver"):
        said = inspector("recordings", deed, two[0], name)
        assert said.code == 2
        assert "There is no recording" in said.err
    assert listed(inspector) == list(two)

"""`inspector tasks`: what was judged wrong is listed, and taken to be labeled."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from inspector.files import write_document
from inspector.labeling.tasks import Objection, open_task
from inspector.settings import Workspace
from tests.labeling.recorded import SCREW, TAPE, recipe

Inspector = Any


@pytest.fixture
def marked(workspace: Workspace, tmp_path: Path) -> None:
    """Two pictures that wait."""
    write_document(workspace.recipes / "block.yaml", recipe(SCREW, TAPE))
    for name, reason in (("one", "the screw is there"), ("two", "glare")):
        picture = tmp_path / f"{name}.jpg"
        cv2.imwrite(str(picture), np.full((60, 80, 3), 90, np.uint8))
        objection = Objection(reason=reason, by="olga", at=datetime(2026, 11, 26, tzinfo=UTC))
        open_task(workspace, picture, name, "block", "FAIL", objection)


@pytest.mark.usefixtures("marked")
def test_what_waits_is_listed_and_taken(inspector: Inspector, workspace: Workspace) -> None:
    lines = inspector("tasks", "list", "--json").lines
    assert [(line["inspection"], line["verdict"], line["objections"][0]["reason"]) for line in lines] == [
        ("one", "FAIL", "the screw is there"),
        ("two", "FAIL", "glare"),
    ]
    assert "glare (olga)" in inspector("tasks", "list", "block").out
    (made,) = inspector("tasks", "take", "block", "--by", "tom", "--json").lines
    assert (made["frames"], Path(made["path"]).parent) == (2, workspace.recordings)
    frames = inspector("annotations", "list", made["recording"], "--json").lines
    assert [(frame["frame"], frame["state"]) for frame in frames] == [
        ("one.jpg", "unlabeled"),
        ("two.jpg", "unlabeled"),
    ]
    assert inspector("tasks", "list", "--json").lines == []
    taken = inspector("tasks", "list", "--all", "--json").lines
    assert [line["recording"] for line in taken] == [made["recording"]] * 2
    said = inspector("tasks", "take", "block")
    assert said.code == 2
    assert said.err.endswith("No picture of 'block' waits that somebody said was judged wrong.\n")


def test_where_nothing_waits_nothing_is_listed(inspector: Inspector) -> None:
    said = inspector("tasks", "list")
    assert said.code == 0
    assert "0 judged wrong" in said.out

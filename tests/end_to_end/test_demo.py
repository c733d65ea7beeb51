"""The demo, whole: it teaches itself and judges workpieces whose truth is known."""

from pathlib import Path
from typing import Any

import pytest

Inspector = Any


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_demo_teaches_itself_and_judges_every_workpiece(inspector: Inspector) -> None:
    said = inspector("demo", "--workpieces", "12", "--seed", "3", "--json")
    assert said.code == 0, said.err
    judged = [line for line in said.lines if "workpiece" in line]
    assert [line["workpiece"] for line in judged] == list(range(12))
    assert "UNDEFINED" not in {line["verdict"] for line in judged}
    right = sum(line["good"] == (line["verdict"] == "OK") for line in judged)
    assert right >= 10
    assert Path(said.lines[-1]["report"]).read_text().startswith("<!doctype html>")

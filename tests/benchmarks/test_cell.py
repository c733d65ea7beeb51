"""A cell is made once, and again only where it was never kept whole."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.benchmarks.cell import cell, is_kept, to_the_end


def test_a_cell_is_made_once_and_found_again(tmp_path: Path) -> None:
    path, made = tmp_path / "cells" / "tiles-0.json", []

    def make() -> dict[str, float]:
        made.append(1)
        return {"precision": 0.5}

    assert cell(path, make) == cell(path, make) == {"precision": 0.5}
    assert len(made) == 1


def test_a_cell_that_failed_is_made_again(tmp_path: Path) -> None:
    def fail() -> dict[str, float]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cell(tmp_path / "one.json", fail)
    assert not is_kept(tmp_path / "one.json")
    assert cell(tmp_path / "one.json", lambda: {"n": 1}) == {"n": 1}
    assert is_kept(tmp_path / "one.json")


@dataclass
class Stopped:
    stopped: bool


def test_a_training_that_somebody_ended_is_no_measurement() -> None:
    whole = Stopped(False)
    assert to_the_end(whole) is whole
    with pytest.raises(KeyboardInterrupt):
        to_the_end(Stopped(True))

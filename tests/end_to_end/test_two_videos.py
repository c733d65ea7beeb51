"""The whole way, as a technician types it: two videos in, verdicts on videos never seen out."""

from pathlib import Path
from typing import Any

import pytest

from inspector.files import read_document, sha256, write_document
from inspector.recipe import Recipe
from inspector.settings import Workspace

Inspector = Any
FRAMES, STEPS, BATCH = 90, 120, 4


def scene(tape: str, seed: int, frames: int = FRAMES) -> str:
    return f"simulator:tape={tape},screw=mixed,seed={seed},frames={frames},pace=0,hand=0"


@pytest.fixture
def taught(inspector: Inspector) -> str:
    """A bundle that learned a strip of tape from two videos of three seconds; its id."""
    assert inspector("recipe", "new", "box", "--component", "tape", "--turns", "tape").code == 0
    for sign, tape in (("--positive", "on"), ("--negative", "off")):
        options = ("--recipe", "box", "--component", "tape", sign, "--source", scene(tape, seed=1))
        assert inspector("record", *options, "--seconds", "3").code == 0
    assert inspector("extract", "box").code == 0
    assert inspector("suggest", "box", "--accept", "0.5").code == 0
    short = ("--steps", str(STEPS), "--rounds", "0", "--set", f"batch={BATCH}")
    said = inspector("train", "box", "--preset", "quick", *short, "--json")
    assert said.code == 0, said.err
    assert Path(said.lines[-1]["bundle"]).is_dir()
    return str(said.lines[-1]["id"])


@pytest.mark.timeout(600)
def test_from_two_videos_to_verdicts(inspector: Inspector, workspace: Workspace, taught: str) -> None:
    ledger_counts(workspace, taught)
    assert inspector("promote", taught).code == 0
    # So few steps cannot know every place of a strip: it is asked where it was taught, and of another emptiness.
    for tape, seed, verdict in (("on", 1, "OK"), ("off", 9, "NOT_OK")):
        said = inspector("run", "box", "--source", scene(tape, seed, frames=30), "--every-frame", "--json")
        assert said.code == 0
        verdicts = [line["verdict"] for line in said.lines]
        assert len(verdicts) == 30
        assert verdicts.count(verdict) >= 25, f"tape {tape}: {verdicts}"
    assert len(inspector("records", "list", "--limit", "500", "--json").lines) == 60
    report_is_written(inspector, taught)
    other_recipe_is_refused(inspector, workspace, taught)


def ledger_counts(workspace: Workspace, bundle: str) -> None:
    """Half of what was drawn is verified empty, but for what changing pictures does, and its negatives reached the
    loss.
    """
    from inspector.bundle import Bundle

    manifest = Bundle.open(workspace.bundles / bundle).manifest
    assert manifest.dataset_sha256 == sha256(workspace.datasets / manifest.dataset / "dataset.yaml")
    ledger = manifest.ledger
    assert ledger.empty_images_drawn == STEPS * BATCH // 2
    assert ledger.negatives_in_loss_from_empty > 0


def report_is_written(inspector: Inspector, bundle: str) -> None:
    said = inspector("validate", bundle, "--json")
    assert said.code == 0, said.err
    assert Path(said.lines[-1]["report"]).read_text().startswith("<!doctype html>")
    assert next(line for line in said.lines if "stage" not in line)["component"] == "tape"


def other_recipe_is_refused(inspector: Inspector, workspace: Workspace, bundle: str) -> None:
    """A recipe that asks for what the bundle never learned cannot run with it."""
    path = workspace.recipes / "box.yaml"
    known = read_document(path, Recipe)
    (tape,) = known.components
    other = known.model_copy(update={"components": (tape, tape.model_copy(update={"name": "seal"}))})
    write_document(path, other)
    said = inspector("run", "box", "--source", scene("on", seed=9, frames=5))
    assert said.code == 2
    assert "seal" in said.err

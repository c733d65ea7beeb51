"""A training that is killed at any moment goes on and ends as if nothing had happened: with real processes."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from inspector import job
from inspector.bundle import Bundle
from inspector.errors import InputError
from inspector.learning.bundling import WEIGHTS
from inspector.settings import Workspace
from inspector.trainings import Training, unfinished

Inspector = Any
OPTIONS = ("--steps", "120", "--rounds", "1", "--seed", "4")


@pytest.fixture
def box(inspector: Inspector) -> None:
    """Two recordings, extracted and annotated."""
    assert inspector("recipe", "new", "box", "--component", "tape", "--turns", "tape").code == 0
    for sign, tape in (("--positive", "on"), ("--negative", "off")):
        source = f"simulator:tape={tape},screw=mixed,seed=1,frames=90,pace=0,hand=0"
        options = ("--recipe", "box", "--component", "tape", sign, "--source", source)
        assert inspector("record", *options, "--seconds", "3").code == 0
    assert inspector("extract", "box").code == 0
    assert inspector("suggest", "box", "--accept", "0.5").code == 0


def lines(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", dict[str, Any]]]:
    """Each line that `inspector train` prints, and the process, as long as it lives."""
    command = [sys.executable, "-m", "inspector", "train", "box", *arguments, "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            yield child, json.loads(line)


def interrupted(place: Workspace, number: signal.Signals, *arguments: str) -> Training:
    """The training, ended by a signal some steps after its state was kept."""
    since = 0
    for child, line in lines(*arguments):
        since += bool("step" in line and list(place.trainings.glob("*/checkpoint-0.npz")))
        if since == 3:
            os.kill(child.pid, number)
    (training,) = unfinished(place.trainings, "box")
    return training


def weights(bundle: str) -> list[np.ndarray]:
    found: list[np.ndarray] = []
    with h5py.File(Path(bundle) / WEIGHTS) as file:
        file.visititems(lambda _, item: found.append(item[()]) if isinstance(item, h5py.Dataset) else None)
    return found


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_training_killed_and_cancelled_ends_with_the_same_weights(box: None, workspace: Workspace) -> None:
    whole = [line for _, line in lines(*OPTIONS)][-1]
    assert not list(workspace.trainings.iterdir())
    killed = interrupted(workspace, signal.SIGKILL, *OPTIONS)
    cancelled = interrupted(workspace, signal.SIGTERM, "--resume")
    assert cancelled.begun == killed.begun
    assert not list(cancelled.folder.glob("*.tmp"))
    said = list(job.run(["train", "box", "--resume"]))
    steps = [line["step"] for line in said if line.get("stage") == "train" and "step" in line]
    assert steps[0] > 10, "it began anew"
    assert said[-1]["ledger"] == whole["ledger"]
    for one, other in zip(weights(whole["bundle"]), weights(said[-1]["bundle"]), strict=True):
        assert np.array_equal(one, other)
    assert Bundle.open(Path(said[-1]["bundle"])).manifest.training["steps"] == 120
    assert not list(workspace.trainings.iterdir())


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_closing_the_job_ends_the_child_and_leaves_a_training_to_go_on_with(box: None, workspace: Workspace) -> None:
    with closing(job.run(["train", "box", *OPTIONS])) as said:
        for line in said:
            if line.get("step"):
                break
    (training,) = unfinished(workspace.trainings, "box")
    assert training.begun.settings["seed"] == 4
    assert not list(workspace.folder.glob("bundles/*"))


@pytest.mark.parametrize("option", [(), ("--seed", "3"), ("--preset", "quick")], ids=str)
def test_there_is_nothing_to_go_on_with(inspector: Inspector, option: tuple[str, ...]) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    said = inspector("train", "lid", "--resume", *option)
    told = {
        (): "There is no training of 'lid' to go on with. Begin one: inspector train lid\n",
        ("--seed", "3"): "A training goes on as it began: leave --seed away, or leave --resume away.\n",
        ("--preset", "quick"): "A training goes on as it began: leave --preset away, or leave --resume away.\n",
    }
    assert (said.code, said.err) == (InputError.exit_code, told[option])

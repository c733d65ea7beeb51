"""A training that is killed at any moment goes on and ends as if nothing had happened: with real processes."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import cv2
import h5py
import numpy as np
import pytest

from inspector import job
from inspector.bundle import Bundle
from inspector.errors import InputError
from inspector.learning.bundling import WEIGHTS
from inspector.settings import Workspace
from inspector.trainings import Training, begin, unfinished

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


def kept(place: Workspace) -> set[str]:
    """What lies in the folders of trainings, but for the curves, which stay."""
    return {path.name for path in place.trainings.glob("*/*") if not path.name.startswith((".lock", "events."))}


def weights(bundle: str) -> list[np.ndarray]:
    found: list[np.ndarray] = []
    with h5py.File(Path(bundle) / WEIGHTS) as file:
        file.visititems(lambda _, item: found.append(item[()]) if isinstance(item, h5py.Dataset) else None)
    return found


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_training_killed_and_cancelled_ends_with_the_same_weights(box: None, workspace: Workspace) -> None:
    whole_run = [line for _, line in lines(*OPTIONS)]
    whole = whole_run[-1]
    assert kept(workspace) == set()
    killed = interrupted(workspace, signal.SIGKILL, *OPTIONS)
    cancelled = interrupted(workspace, signal.SIGTERM, "--resume")
    assert cancelled.begun == killed.begun
    assert not list(cancelled.folder.glob("*.tmp"))
    said = list(job.run(["train", "box", "--resume"]))
    # Only what begins anew is timed first.
    assert not [line for line in said if "expected_s" in line]
    assert [line for line in whole_run if "expected_s" in line]
    assert said[-1]["ledger"] == whole["ledger"]
    for one, other in zip(weights(whole["bundle"]), weights(said[-1]["bundle"]), strict=True):
        assert np.array_equal(one, other)
    assert Bundle.open(Path(said[-1]["bundle"])).manifest.training["steps"] == 120
    assert kept(workspace) == set()


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


@pytest.fixture
def grey(inspector: Inspector, tmp_path: Path) -> None:
    """Pictures that teach nothing, but are enough to begin."""
    inspector("recipe", "new", "box", "--component", "tape")
    for sign in ("--positive", "--negative"):
        pictures = tmp_path / sign.strip("-")
        pictures.mkdir()
        for number in range(8):
            cv2.imwrite(str(pictures / f"{number}.png"), np.full((96, 96, 3), 90 + number, np.uint8))
        added = inspector("import", str(pictures), "--recipe", "box", "--component", "tape", sign, "--json").lines[-1]
        inspector("extract", "box")
        if sign == "--positive":
            boxes = tmp_path / "boxes.csv"
            rows = [f"{number}.png,96,96,tape,10,10,40,40" for number in range(8)]
            boxes.write_text("\n".join(["filename,width,height,class,xmin,ymin,xmax,ymax", *rows]))
            options = ("--format", "csv", "--without-boxes", "unlabeled")
            assert inspector("annotations", "import", added["recording"], str(boxes), *options).code == 0


def test_a_training_that_cannot_begin_leaves_nothing_to_go_on_with(
    grey: None, inspector: Inspector, workspace: Workspace, tmp_path: Path
) -> None:
    said = inspector("train", "box", "--preset", "quick", "--weights", str(tmp_path / "some.weights.h5"))
    assert said.code == 2
    assert said.err.endswith("starts from random weights: leave the weights away, or take mobilenet_v2.\n")
    assert unfinished(workspace.trainings, "box") == []
    assert not list(workspace.trainings.iterdir())
    assert not list(workspace.datasets.iterdir())


@pytest.mark.parametrize("asked", [(), ("--expect",)], ids=str)
def test_a_request_to_end_leaves_no_half_of_a_dataset(
    grey: None, inspector: Inspector, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    # Packing is the first to have the disk keep something.
    monkeypatch.setattr("os.fsync", lambda _: os.kill(os.getpid(), signal.SIGTERM))
    assert inspector("train", "box", *asked).code == 128 + signal.SIGTERM
    assert not list(workspace.datasets.iterdir())
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.mark.slow
def test_ctrl_c_while_the_bundle_is_made_is_told_how_to_go_on(
    grey: None, inspector: Inspector, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: int) -> None:
        if list(workspace.bundles.glob(".*")):
            raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    said = inspector("train", "box", "--preset", "quick", "--steps", "1", "--rounds", "0", "--set", "batch=2")
    assert said.code == 130
    assert said.err.endswith("No bundle was made. To go on from there: inspector train box --resume\n")
    assert len(unfinished(workspace.trainings, "box")) == 1
    assert not list(workspace.bundles.iterdir())


def test_a_disk_that_fills_while_the_bundle_is_made_costs_the_bundle_alone(
    grey: None, untraced: None, inspector: Inspector, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        if list(workspace.bundles.glob(".*")):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        said = inspector("train", "box", "--preset", "quick", "--steps", "1", "--rounds", "0", "--set", "batch=2")
    assert said.code == 3
    hint, reason = said.err.splitlines()[-2:]
    assert hint == "No bundle was made. To go on from there: inspector train box --resume"
    assert "No space left on device. Free some space" in reason
    (recording, *_) = workspace.recordings.iterdir()
    shutil.rmtree(recording)
    said = inspector("train", "box", "--resume", "--json")
    assert Path(said.lines[-1]["bundle"]).is_dir()
    assert f"Deleted since its frames were packed: {recording.name}. Of these the bundle is made" in said.err


def test_what_runs_is_not_begun_once_more(inspector: Inspector, workspace: Workspace) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    training = begin(workspace.trainings, "lid", "lid-1", {})
    with training.alone():
        said = inspector("train", "lid", "--resume")
    assert (said.code, said.err) == (
        InputError.exit_code,
        f"The training {training.begun.id} is running already: it needs nobody to go on with it.\n",
    )


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

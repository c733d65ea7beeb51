"""The same losses and the same step on TensorFlow, JAX and torch, and a bundle from each: in processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from inspector.backend import VARIABLE, installed
from inspector.detector import LiteRtDetector
from inspector.edition import NETWORK
from inspector.learning.settings import Family
from inspector.recipe import Label

STEP = Path(__file__).parent / "one_step.py"
ROOT = STEP.parent.parent.parent


def run(backend: str, *arguments: object) -> None:
    if not installed(backend):
        pytest.skip(f"{backend} is not installed")
    environment = {**os.environ, VARIABLE: backend, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """What TensorFlow makes of one batch, by family: the weights before, and all after."""
    folder = tmp_path_factory.mktemp("reference")
    for family in Family:
        run("tensorflow", STEP, family, folder / f"{family}-start.npz", folder / f"{family}.npz")
    return folder


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("family", Family)
@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_losses_and_a_step_are_those_of_tensorflow(backend, family, reference, tmp_path):
    run(backend, STEP, family, reference / f"{family}-start.npz", tmp_path / "end.npz")
    with np.load(reference / f"{family}.npz") as ours, np.load(tmp_path / "end.npz") as theirs:
        assert ours.files == theirs.files
        losses = [name for name in ours.files if name.startswith("loss/")]
        assert {"loss/loss", "loss/negatives_in_loss"} <= set(losses)
        for name in losses:
            assert theirs[name] == pytest.approx(ours[name], rel=1e-4), name
        for name in set(ours.files) - {"boxes", "scores"}:
            np.testing.assert_allclose(theirs[name], ours[name], rtol=1e-3, atol=1e-3)
        # Two regions that are nearly alike may change places: each one's twin is looked for wherever it stands.
        far = np.abs(ours["boxes"][:, :, None] - theirs["boxes"][:, None]).max(axis=-1) > 0.05
        far |= np.abs(ours["scores"][:, :, None] - theirs["scores"][:, None]).max(axis=-1) > 1e-3
        assert far.all(axis=2).mean() < 0.05


ON_A_GPU = """
import sys
import numpy
import torch
def refuse(tensor, dtype=None):
    raise TypeError("can't convert cuda:0 device type tensor to numpy")
torch.Tensor.__array__ = refuse
sys.path.insert(0, sys.argv[1])
from one_step import COUNT, RECIPE, SIDE, batch, compiled, dataset
from inspector.learning.augmentation.changes import Augmentation, draw
from inspector.learning.families import build, design
from inspector.learning.lesson import Lesson
from inspector.learning.settings import TrainingSettings
settings = TrainingSettings(family=sys.argv[2])
lesson = compiled(Lesson(build(design(dataset(), RECIPE, settings), settings)))
drawn = draw(numpy.random.default_rng(0), batch()["truth"], numpy.zeros(COUNT, bool), (SIDE, SIDE), Augmentation())
assert numpy.isfinite(float(lesson.train_on_batch({**batch(), "changes": drawn}, return_dict=True)["loss"]))
"""


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("family", Family)
def test_a_step_on_changed_pictures_never_leaves_the_gpu(family):
    # A tensor on a GPU mixes with no array of NumPy; here one that refuses as that does stands for it.
    run("torch", "-c", ON_A_GPU, STEP.parent, family)


TEACH = """
import sys
from pathlib import Path
from inspector.labeling.dataset import Dataset
from inspector.learning.editions.conversion import converted
from inspector.learning.settings import TrainingSettings
from inspector.learning.training import train
sys.path.insert(0, sys.argv[1])
from conftest import PATTERNS, SIDE, make_part
from inspector.recipe import Component, Mode, Recipe
component = Component(name="square", mode=Mode.CLASSIFICATION, patterns=PATTERNS, turns=True)
recipe = Recipe(name="squares", components=(component,))
dataset = Dataset(Path("x"), "squares", recipe.labels, (SIDE, SIDE), make_part(1, 8, 8), make_part(2, 4, 4))
trained = train(dataset, recipe, TrainingSettings(steps=2, batch=2))
Path(sys.argv[2]).write_bytes(converted(trained.network, trained.architecture))
said = trained.network.inference.predict_on_batch(dataset.held_out.images)
import numpy
numpy.savez(sys.argv[3], pictures=dataset.held_out.images, scores=said["scores"], boxes=said["boxes"])
"""


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
def test_a_network_of_any_backend_runs_at_the_station(backend, tmp_path):
    run(backend, "-c", TEACH, STEP.parent, tmp_path / NETWORK, tmp_path / "said.npz")
    detector = LiteRtDetector(tmp_path / NETWORK, (Label("square", "on"), Label("square", "off")))
    with np.load(tmp_path / "said.npz") as said:
        for picture, scores, boxes in zip(said["pictures"], said["scores"], said["boxes"], strict=True):
            here = detector.run(picture)
            np.testing.assert_allclose(here[1], scores, atol=1e-3)
            np.testing.assert_allclose(here[0], boxes, atol=0.05)


GO_ON = """
import sys
from pathlib import Path
import numpy
from inspector.labeling.dataset import Dataset
from inspector.learning.checkpoint import Checkpoint, values_of
from inspector.learning.settings import TrainingSettings
from inspector.learning.training import train
sys.path.insert(0, sys.argv[1])
from conftest import PATTERNS, SIDE, make_part
from inspector.recipe import Component, Mode, Recipe
component = Component(name="square", mode=Mode.CLASSIFICATION, patterns=PATTERNS, turns=True)
recipe = Recipe(name="squares", components=(component,))
dataset = Dataset(Path("x"), "squares", recipe.labels, (SIDE, SIDE), make_part(1, 8, 8), make_part(2, 4, 4))
kept = Checkpoint(Path(sys.argv[2]), every_s=0)
trained = train(dataset, recipe, TrainingSettings(steps=3, batch=2), checkpoint=kept)
assert trained.steps == 3
numpy.savez(sys.argv[3], *values_of(trained.network.variables))
"""


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_tensorflow_goes_on_with_what_another_library_taught(backend, tmp_path):
    kept = tmp_path / "training.npz"
    run(backend, "-c", GO_ON, STEP.parent, kept, tmp_path / "taught.npz")
    run("tensorflow", "-c", GO_ON, STEP.parent, kept, tmp_path / "resumed.npz")
    with np.load(tmp_path / "taught.npz") as taught, np.load(tmp_path / "resumed.npz") as resumed:
        assert taught.files == resumed.files
        for name in taught.files:
            np.testing.assert_array_equal(taught[name], resumed[name])

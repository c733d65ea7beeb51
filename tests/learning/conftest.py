"""A tiny world to learn: filled squares and hollow ones on a noisy ground; empty pictures hold a disc instead."""

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from inspector.boxes import EMPTY, as_boxes
from inspector.labeling.dataset import Dataset, Part
from inspector.learning import precision, training
from inspector.learning.augmentation.changes import Augmentation
from inspector.learning.checkpoint import put_back, values_of
from inspector.learning.families import build
from inspector.learning.network import Network, Truth, counts, picture_input
from inspector.learning.settings import TrainingSettings
from inspector.learning.training import Trained, train
from inspector.recipe import Component, Mode, Pattern, Recipe
from tests.conftest import Once

SIDE, STEPS = 96, 150
PATTERNS = (Pattern(name="on", passes=True), Pattern(name="off", passes=False))


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    return Recipe(
        name="squares", components=(Component(name="square", mode=Mode.CLASSIFICATION, patterns=PATTERNS, turns=True),)
    )


def _ground(rng: np.random.Generator) -> np.ndarray:
    return rng.normal(110, 12, (SIDE, SIDE, 3)) + rng.uniform(-20, 20, 3)


def _full(rng: np.random.Generator, hollow: bool) -> tuple[np.ndarray, list[float]]:
    picture, size = _ground(rng), int(rng.integers(18, 28))
    x, y = rng.integers(4, SIDE - size - 4, 2)
    picture[y : y + size, x : x + size] += 90
    if hollow:
        picture[y + 5 : y + size - 5, x + 5 : x + size - 5] -= 150
    return picture, [x, y, x + size, y + size]


def _empty(rng: np.random.Generator) -> np.ndarray:
    picture = _ground(rng)
    y, x = np.mgrid[:SIDE, :SIDE]
    a, b = rng.uniform(20, SIDE - 20, 2)
    picture[(x - a) ** 2 + (y - b) ** 2 < 12**2] += 90
    return picture


def make_part(seed: int, full: int, empty: int) -> Part:
    rng = np.random.default_rng(seed)
    seen = [_full(rng, hollow=bool(i % 2)) for i in range(full)]
    pictures = [picture for picture, _ in seen] + [_empty(rng) for _ in range(empty)]
    return Part(
        images=np.clip(np.stack(pictures), 0, 255).astype(np.uint8),
        boxes=(*(as_boxes([box]) for _, box in seen), *(EMPTY for _ in range(empty))),
        classes=(
            *(np.array([i % 2], np.int32) for i in range(full)),
            *(np.zeros(0, np.int32) for _ in range(empty)),
        ),
        taught=np.ones((full + empty, 2), bool),
        names=(*(f"with/{i}" for i in range(full)), *(f"without/{i}" for i in range(empty))),
    )


@pytest.fixture(scope="session")
def squares(recipe: Recipe) -> Dataset:
    return Dataset(
        Path("datasets/squares"), "squares", recipe.labels, (SIDE, SIDE), make_part(1, 40, 30), make_part(2, 20, 20)
    )


Learned = tuple[list[np.ndarray], dict[str, Any], list[float]]


def _learn(squares: Dataset, recipe: Recipe) -> Learned:
    losses: list[float] = []
    made = vars(train(squares, recipe, TrainingSettings(steps=STEPS), lambda progress: losses.append(progress.loss)))
    return values_of(made["network"].variables), {k: v for k, v in made.items() if k != "network"}, losses


@pytest.fixture(scope="session")
def learned(squares: Dataset, recipe: Recipe, once: Once) -> Learned:
    """The weights that a training leaves, what else it tells, and the loss after each of its steps."""
    return once("squares", lambda: _learn(squares, recipe))


@pytest.fixture(scope="session")
def losses(learned: Learned) -> list[float]:
    """The loss after each step of `taught`."""
    return learned[2]


@pytest.fixture(scope="session")
def taught(learned: Learned) -> Trained:
    """The one long training of the suite: whoever changes its network gives it back as it was."""
    weights, rest, _ = learned
    network = build(rest["architecture"], rest["settings"])
    put_back(weights, network.variables)
    return Trained(network=network, **rest)


class Glance(Network):
    """A network so small that it compiles at once: it only tells whether anything is in the picture."""

    def __init__(self, labels: int) -> None:
        picture = picture_input((SIDE, SIDE))
        x = keras.layers.Rescaling(1 / 255)(picture)
        x = keras.layers.BatchNormalization()(keras.layers.Conv2D(4, 8, 8)(x))
        x = keras.layers.Dense(labels, dtype="float32")(keras.layers.GlobalMaxPooling2D()(x))
        super().__init__(inputs=picture, outputs={"logits": x})
        self.input_size, self.labels = (SIDE, SIDE), labels

    def learn(self, pictures: Any, truth: Truth, training: bool = True) -> dict[str, Any]:
        logits = self(pictures, training=training)["logits"]
        wanted = keras.ops.cast(keras.ops.any(truth["classes"] >= 0, axis=1), "float32")[:, None]
        wanted = wanted * keras.ops.ones_like(logits)
        loss = keras.ops.mean(keras.losses.binary_crossentropy(wanted, logits, from_logits=True))
        return {"loss": loss, "classification": loss, **counts(keras.ops.ones_like(wanted[:, 0]), truth)}

    @property
    def inference(self) -> keras.Model:
        scores = keras.layers.Reshape((1, self.labels))(keras.layers.Activation("sigmoid")(self.output["logits"]))
        whole = keras.initializers.Constant([0, 0, SIDE, SIDE])
        boxes = keras.layers.Dense(4, kernel_initializer="zeros", bias_initializer=whole)(scores)
        model = keras.Model(self.input, {"boxes": boxes, "scores": scores})
        model.run_eagerly = True
        return model


def as_they_are(**wanted: Any) -> TrainingSettings:
    """Settings of a training that changes no picture, which is two thirds of an untraced step of Glance."""
    return TrainingSettings(augmentation=Augmentation.none(), **wanted)


@pytest.fixture
def glance(untraced: None, monkeypatch: pytest.MonkeyPatch) -> type[Glance]:
    """Trainings teach this network in place of a detector."""
    for module in (precision, training):
        monkeypatch.setattr(module, "build", lambda architecture, settings: Glance(architecture["labels"]))
    return Glance

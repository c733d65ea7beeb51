import keras
import numpy as np
import pytest

from inspector.learning.anchors import Level
from inspector.learning.heads import PRIOR
from inspector.learning.lesson import Lesson
from inspector.learning.mining import Mining
from inspector.learning.network import COUNTS, NOTHING
from inspector.learning.objective import Objective
from inspector.learning.ssd import Ssd

LEVELS = (Level(8, ((16.0, 16.0), (24.0, 12.0))), Level(16, ((40.0, 40.0),)))
ANCHORS = 8 * 8 * 2 + 4 * 4
SENSIBLE = Mining(num_hard_examples=0, iou_threshold=1.0, max_negatives_per_positive=3, min_negatives_per_image=6)


@pytest.fixture(scope="module")
def lesson():
    keras.utils.set_random_seed(3)
    lesson = Lesson(Ssd((64, 64), LEVELS, labels=2, objective=Objective(mining=SENSIBLE)))
    lesson.compile(optimizer=keras.optimizers.SGD(0.01), jit_compile=False)
    lesson.optimizer.build(lesson.trainable_variables)
    return lesson


@pytest.fixture(scope="module")
def network(lesson):
    return lesson.network


def negatives(count, taught=True):
    pictures = np.random.default_rng(0).integers(0, 256, (count, 64, 64, 3)).astype(np.uint8)
    truth = {
        "boxes": np.zeros((count, 3, 4), np.float32),
        "classes": np.full((count, 3), NOTHING, np.int32),
        "taught": np.full((count, 2), taught),
    }
    return {"pictures": pictures, "truth": truth}


def learn(network, batch):
    on_device = keras.tree.map_structure(keras.ops.convert_to_tensor, batch)
    said = network.learn(on_device["pictures"], on_device["truth"], training=False)
    return {name: float(value) for name, value in said.items()}


def test_shapes(network):
    pictures = negatives(2)["pictures"]
    out = network.predict_on_batch(pictures)
    assert out["deltas"].shape == (2, ANCHORS, 4)
    assert out["logits"].shape == (2, ANCHORS, 2)
    seen = network.inference.predict_on_batch(pictures)
    assert seen["boxes"].shape == (2, ANCHORS, 4)
    assert seen["scores"].shape == (2, ANCHORS, 2)
    assert len(network.anchors) == ANCHORS


def test_at_first_hardly_anything_is_anywhere_and_no_box_is_pushed(network):
    convolutions = [layer for layer in network.layers if isinstance(layer, keras.layers.Conv2D) and layer.use_bias]
    biases = {layer.filters: keras.ops.convert_to_numpy(layer.bias) for layer in convolutions}
    prior = -np.log((1 - PRIOR) / PRIOR)
    # At stride 8 two sizes of anchor: 2 * 4 numbers of a box, 2 * 2 labels.
    assert biases[8] == pytest.approx(np.zeros(8))
    assert biases[2] == pytest.approx(np.full(2, prior))


def test_an_all_negative_batch_teaches(lesson):
    before = [keras.ops.convert_to_numpy(weight) for weight in lesson.trainable_weights]
    logs = lesson.train_on_batch(negatives(2), return_dict=True)
    after = [keras.ops.convert_to_numpy(weight) for weight in lesson.trainable_weights]
    assert logs["loss"] > 0
    assert any((a != b).any() for a, b in zip(before, after, strict=True))
    assert [float(logs[name]) for name in COUNTS] == [2, 12, 12]


def test_an_all_negative_batch_weighs_no_more_than_its_share(network):
    # Six anchors each of two pictures: 12 kept, divided by 12 / 3; not by 1.
    batch = negatives(2)
    logits = keras.ops.convert_to_numpy(network(batch["pictures"], training=False)["logits"])
    each = np.log1p(np.exp(logits)).sum(axis=-1)
    hardest = np.sort(each, axis=1)[:, -6:].sum()
    assert learn(network, batch)["loss"] == pytest.approx(hardest / 4, rel=1e-4)


def test_the_loss_is_the_sum_of_its_parts(network):
    batch = negatives(2)
    batch["truth"]["boxes"][0, 0], batch["truth"]["classes"][0, 0] = (10, 10, 28, 26), 1
    said = learn(network, batch)
    assert said["localization"] > 0
    assert said["loss"] == pytest.approx(said["classification"] + said["localization"])
    assert said["empty_images_drawn"] == 1
    assert said["negatives_in_loss_from_empty"] == 6


def test_a_silent_picture_teaches_nothing_of_that_label(network):
    assert learn(network, negatives(1, taught=False))["loss"] == 0

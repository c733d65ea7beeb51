import keras
import numpy as np
import pytest

from inspector.learning.anchors import Level
from inspector.learning.mining import Mining
from inspector.learning.ssd import COUNTS, PRIOR, Ssd

LEVELS = (Level(8, ((16.0, 16.0), (24.0, 12.0))), Level(16, ((40.0, 40.0),)))
ANCHORS = 8 * 8 * 2 + 4 * 4
SENSIBLE = Mining(num_hard_examples=0, iou_threshold=1.0, max_negatives_per_positive=3, min_negatives_per_image=6)


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(3)
    network = Ssd((64, 64), LEVELS, labels=2, mining=SENSIBLE)
    network.compile(optimizer=keras.optimizers.SGD(0.01), jit_compile=False)
    return network


def negatives(count):
    pictures = np.random.default_rng(0).integers(0, 256, (count, 64, 64, 3)).astype(np.uint8)
    truth = {
        "matched": np.full((count, ANCHORS), -1, np.int32),
        "classes": np.zeros((count, ANCHORS), np.int32),
        "deltas": np.zeros((count, ANCHORS, 4), np.float32),
        "taught": np.ones((count, 2), bool),
        "empty": np.ones(count, bool),
    }
    return pictures, truth


def test_shapes(network):
    pictures, _ = negatives(2)
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


def test_an_all_negative_batch_teaches(network):
    pictures, truth = negatives(2)
    before = [keras.ops.convert_to_numpy(weight) for weight in network.trainable_weights]
    logs = network.train_on_batch(pictures, truth, return_dict=True)
    after = [keras.ops.convert_to_numpy(weight) for weight in network.trainable_weights]
    assert logs["loss"] > 0
    assert any((a != b).any() for a, b in zip(before, after, strict=True))
    assert [float(logs[name]) for name in COUNTS] == [2, 12, 12]


def test_an_all_negative_batch_weighs_no_more_than_its_share(network):
    # Six anchors each of two pictures: 12 kept, divided by 12 / 3; not by 1.
    pictures, truth = negatives(2)
    out = network(pictures, training=False)
    loss = float(network.compute_loss(y=truth, y_pred=out))
    logits = keras.ops.convert_to_numpy(out["logits"])
    each = np.log1p(np.exp(logits)).sum(axis=-1)
    hardest = np.sort(each, axis=1)[:, -6:].sum()
    assert loss == pytest.approx(hardest / 4, rel=1e-4)


def test_a_silent_picture_teaches_nothing_of_that_label(network):
    pictures, truth = negatives(1)
    out = network(pictures, training=False)
    truth["taught"][:] = False
    assert float(network.compute_loss(y=truth, y_pred=out)) == 0

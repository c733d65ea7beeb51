"""Both single-stage detectors under every loss and every choice of examples."""

import itertools

import keras
import numpy as np
import pytest

from inspector.learning.anchor_free import AnchorFree
from inspector.learning.anchors import Level
from inspector.learning.families import build
from inspector.learning.mining import Mining
from inspector.learning.network import NOTHING
from inspector.learning.objective import FOCUSING, Classification, Localization, Objective, RandomExamples
from inspector.learning.settings import TrainingSettings
from inspector.learning.single_stage import scores_of
from inspector.learning.ssd import Ssd

SIDE = 64
CHOICES = {
    "all": {},
    "mining": {"mining": Mining(max_negatives_per_positive=3, min_negatives_per_image=4)},
    "compatible mining": {
        "mining": Mining(max_negatives_per_positive=3, min_negatives_per_image=4, compatible=True),
    },
    "random": {"random_examples": RandomExamples(positive_sample_fraction=0.25, min_negatives_per_image=4)},
}


def sensible(family, classification, localization, choice):
    if family == "anchor_free" and localization is not Localization.GIOU:
        return False
    return not (classification in FOCUSING and "mining" in choice)


MATRIX = [
    case for case in itertools.product(("ssd", "anchor_free"), Classification, Localization, CHOICES) if sensible(*case)
]


@pytest.fixture(scope="module")
def networks():
    keras.utils.set_random_seed(1)
    levels = (Level(8, ((16.0, 16.0),)), Level(16, ((40.0, 40.0),)))
    return {"ssd": Ssd((SIDE, SIDE), levels, labels=2), "anchor_free": AnchorFree((SIDE, SIDE), labels=2)}


def batch(holding):
    truth = {
        "boxes": np.zeros((2, 2, 4), np.float32),
        "classes": np.full((2, 2), NOTHING, np.int32),
        "taught": np.ones((2, 2), bool),
    }
    if holding:
        truth["boxes"][:, 0], truth["classes"][:, 0] = (10, 12, 30, 30), [0, 1]
    return np.random.default_rng(0).integers(0, 256, (2, SIDE, SIDE, 3)).astype(np.uint8), truth


def losses_and_slopes(network, pictures, truth):
    """The losses, and how strongly they pull at what the heads say."""
    import tensorflow as tf

    truth = {key: tf.convert_to_tensor(value) for key, value in truth.items()}
    with tf.GradientTape() as tape:
        losses = network.learn(tf.convert_to_tensor(pictures), truth, training=False)
    last = [weight for weight in network.trainable_weights if weight.path.endswith("bias")]
    slopes = [float(tf.reduce_max(tf.abs(slope))) for slope in tape.gradient(losses["loss"], last) if slope is not None]
    return {name: float(value) for name, value in losses.items()}, slopes


@pytest.mark.parametrize(("family", "classification", "localization", "choice"), MATRIX)
def test_a_batch_of_one_kind_has_a_loss_and_a_gradient(networks, family, classification, localization, choice):
    network = networks[family]
    network.objective = Objective(classification=classification, localization=localization, **CHOICES[choice])
    without, slopes = losses_and_slopes(network, *batch(holding=False))
    assert without["classification"] > 0
    assert without["localization"] == 0
    assert np.isfinite(slopes).all()
    assert max(slopes) > 0
    assert without["negatives_in_loss"] == without["negatives_in_loss_from_empty"] >= 2 * 4
    holding, slopes = losses_and_slopes(network, *batch(holding=True))
    assert holding["classification"] > 0
    assert holding["localization"] > 0
    assert holding["empty_images_drawn"] == 0
    assert np.isfinite(slopes).all()
    assert max(slopes) > 0


@pytest.mark.parametrize(
    "choice",
    [
        {"mining": Mining(max_negatives_per_positive=3, compatible=True)},
        {"random_examples": RandomExamples(compatible=True)},
    ],
)
def test_the_original_hears_nothing_of_an_all_negative_batch(networks, choice):
    network = networks["ssd"]
    network.objective = Objective(**choice)
    losses, slopes = losses_and_slopes(network, *batch(holding=False))
    assert losses["loss"] == 0
    assert max(slopes) == 0


@pytest.mark.parametrize("family", ["ssd", "anchor_free"])
def test_the_prior_stands_on_classification_and_never_on_boxes(networks, family):
    said = networks[family](batch(holding=False)[0])
    assert keras.ops.convert_to_numpy(keras.ops.sigmoid(said["logits"])).mean() < 0.1  # without a prior: 0.5
    for name, prior in (("deltas", 0.0), ("logits", -np.log(99))):
        biases = biases_into(networks[family], name)
        assert biases
        for bias in biases:
            assert bias == pytest.approx(np.full(len(bias), prior))


def biases_into(network, name):
    """Of the last convolutions before an output."""
    found, asked = [], [network.output[name]._keras_history.operation]
    while asked:
        layer = asked.pop()
        if isinstance(layer, keras.layers.Conv2D):
            found.append(keras.ops.convert_to_numpy(layer.bias))
            continue
        asked += [t._keras_history.operation for node in layer._inbound_nodes for t in node.input_tensors]
    return found


def test_softmax_scores_share_one_whole_with_background():
    logits = np.array([[[0.0, 0.0], [50.0, 0.0], [-50.0, -50.0]]], np.float32)
    softmax = keras.ops.convert_to_numpy(scores_of(logits, Objective(classification="softmax")))
    assert softmax[0] == pytest.approx(np.array([[1 / 3, 1 / 3], [1, 0], [0, 0]]), abs=1e-6)
    sigmoid = keras.ops.convert_to_numpy(scores_of(logits, Objective()))
    assert sigmoid[0] == pytest.approx(np.array([[0.5, 0.5], [1, 0.5], [0, 0]]), abs=1e-6)


@pytest.mark.parametrize("family", ["ssd", "anchor_free"])
def test_a_network_is_built_again_with_the_scores_that_it_learned(family):
    common = {"family": family, "input_size": [SIDE, SIDE], "labels": 2, "backbone": "compact", "boundary": 0}
    architecture = common | {"classification": "softmax", "levels": [[8, [[16, 16]]]], "strides": [8, 16]}
    asked = Objective(classification="softmax", localization="giou")
    taught = build(architecture, TrainingSettings(family=family, objective=asked))
    again = build(architecture)
    again.set_weights(taught.get_weights())
    pictures = batch(holding=False)[0]
    one, other = (network.inference(pictures) for network in (taught, again))
    for name in ("boxes", "scores"):
        assert (keras.ops.convert_to_numpy(one[name]) == keras.ops.convert_to_numpy(other[name])).all()

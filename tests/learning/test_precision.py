"""A network computes in fewer bits while it learns, and in float32 in the end."""

import keras
import numpy as np
import pytest

from inspector.learning import precision as numbers
from inspector.learning.families import build, design
from inspector.learning.network import Network
from inspector.learning.precision import computing_in, plain
from inspector.learning.settings import Numbers, TrainingSettings
from inspector.learning.training import train
from tests.learning.conftest import as_they_are


def test_what_is_built_meanwhile_computes_so_and_nothing_after():
    with computing_in(Numbers.MIXED_BFLOAT16):
        assert keras.layers.Dense(1).compute_dtype == "bfloat16"
    assert keras.layers.Dense(1).compute_dtype == "float32"


@pytest.mark.parametrize("precision", [Numbers.MIXED_BFLOAT16, Numbers.MIXED_FLOAT16])
def test_a_training_in_fewer_bits_gives_a_network_in_float32(precision, glance, squares, recipe, monkeypatch):
    computed = []
    learn = glance.learn

    def told(self, pictures, truth, training=True):
        computed.append(self.layers[2].compute_dtype)
        return learn(self, pictures, truth, training)

    monkeypatch.setattr(glance, "learn", told)
    trained = train(squares, recipe, as_they_are(steps=2, batch=2, precision=precision))
    assert set(computed) == {precision.removeprefix("mixed_")}
    assert trained.network.compute_dtype == "float32"
    assert all(np.isfinite(weight).all() for weight in trained.network.get_weights())


@pytest.mark.slow
@pytest.mark.parametrize("precision", [Numbers.MIXED_BFLOAT16, Numbers.MIXED_FLOAT16])
def test_every_family_learns_in_fewer_bits(precision, squares, recipe):
    for family in ("ssd", "anchor_free", "faster_rcnn"):
        settings = TrainingSettings(steps=3, batch=4, precision=precision, family=family)
        trained = train(squares, recipe, settings)
        assert np.isfinite(trained.loss), family
        seen = trained.network.inference.predict_on_batch(squares.held_out.images[:2])
        assert all(np.isfinite(values).all() and values.dtype == np.float32 for values in seen.values()), family


def test_a_twin_is_the_same_network(taught, squares):
    twin: Network = plain(taught.network, taught.architecture, TrainingSettings())
    assert isinstance(twin, type(build(taught.architecture)))
    pictures = squares.held_out.images[:1]
    one, other = (network.inference(pictures)["scores"] for network in (taught.network, twin))
    assert (keras.ops.convert_to_numpy(one) == keras.ops.convert_to_numpy(other)).all()


def may_learn(network):
    layers = [(type(layer).__name__, layer.trainable) for layer in network._flatten_layers()]
    return layers, [variable.trainable for variable in network.variables]


def test_what_was_frozen_in_a_pretrained_backbone_is_so_in_its_twin(squares, recipe, tmp_path):
    weights = tmp_path / "some.weights.h5"
    keras.applications.MobileNetV2(input_shape=(96, 96, 3), include_top=False, weights=None).save_weights(weights)
    settings = TrainingSettings(backbone="mobilenet_v2", weights=weights)
    architecture = design(squares, recipe, settings)
    network = build(architecture, settings)
    twin = plain(network, architecture, settings)
    assert may_learn(twin) == may_learn(network)
    learning = len(network.trainable_variables)
    assert 0 < len(twin.trainable_variables) == learning < len(build(architecture).trainable_variables)


def test_a_layer_within_another_stays_frozen_for_itself(monkeypatch):
    def nested():
        inner = keras.Sequential([keras.layers.Dense(2), keras.layers.BatchNormalization()])
        return keras.Sequential([keras.Input((2,)), inner, keras.layers.Dense(1)])

    network = nested()
    network.layers[0].layers[1].trainable = False
    monkeypatch.setattr(numbers, "build", lambda architecture, settings: nested())
    assert may_learn(plain(network, {}, TrainingSettings())) == may_learn(network)

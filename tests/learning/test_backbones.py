from pathlib import Path

import keras
import pytest

from inspector.errors import InputError
from inspector.learning.backbones import Backbone, build, load_weights, mobilenet_v2

WEIGHTS = Path(__file__).parents[3] / "shared/data/weights/mobilenet_v2_1.0_224_imagenet_notop.weights.h5"


@pytest.mark.parametrize("backbone", Backbone)
def test_features_at_three_strides(backbone):
    features = build(backbone, keras.Input((64, 96, 3)))
    assert {stride: tuple(x.shape[1:3]) for stride, x in features.items()} == {8: (8, 12), 16: (4, 6), 32: (2, 3)}


def test_the_plain_backbone_holds_nothing_but_plain_layers():
    network = keras.Model(picture := keras.Input((64, 64, 3)), build(Backbone.COMPACT, picture))
    kinds = {type(layer).__name__ for layer in network.layers}
    assert kinds == {"InputLayer", "Conv2D", "BatchNormalization", "ReLU", "Add"}


def test_weights_that_are_not_there():
    with pytest.raises(InputError, match="no file of weights"):
        mobilenet_v2(keras.Input((64, 64, 3)), Path("no.weights.h5"))


def test_a_backbone_that_starts_at_random_takes_no_weights(tmp_path):
    with pytest.raises(InputError, match="starts from random weights"):
        build(Backbone.COMPACT, keras.Input((64, 64, 3)), tmp_path / "some.weights.h5")


@pytest.mark.parametrize("backbone", Backbone)
def test_normalisation_from_random_weights_settles_within_a_run(backbone):
    network = keras.Model(picture := keras.Input((64, 64, 3)), build(backbone, picture))
    momenta = {layer.momentum for layer in network.layers if isinstance(layer, keras.layers.BatchNormalization)}
    assert momenta == {0.95}


def test_weights_of_another_network(tmp_path):
    small = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    small.save_weights(tmp_path / "small.weights.h5")
    other = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
    with pytest.raises(InputError, match="does not hold the weights of this network"):
        load_weights(other, tmp_path / "small.weights.h5")


def test_weights_of_a_smaller_network_are_refused_in_one_sentence_and_not_in_a_hundred_warnings(tmp_path):
    picture = keras.Input((64, 64, 3))
    keras.Model(picture, keras.layers.Conv2D(2, 1)(picture)).save_weights(tmp_path / "small.weights.h5")
    with pytest.raises(InputError, match=r"take a \.weights\.h5 file of the same backbone\.$"):
        mobilenet_v2(picture, tmp_path / "small.weights.h5")


@pytest.mark.data
def test_pretrained_normalisation_stays_as_it_is():
    if not WEIGHTS.is_file():
        pytest.skip("needs the pretrained weights in ../shared/data")
    picture = keras.Input((64, 64, 3))
    network = keras.Model(picture, mobilenet_v2(picture, WEIGHTS))
    normalising = [one for one in network.layers if isinstance(one, keras.layers.BatchNormalization)]
    assert normalising
    assert not any(layer.trainable for layer in normalising)
    assert network.get_layer("block_12_expand").trainable
    assert not network.get_layer("block_1_expand").trainable

"""What the networks that we export consist of."""

import keras
import pytest
from keras import layers

from inspector.learning.anchors import Level
from inspector.learning.backbones import Backbone
from inspector.learning.editions.export import to_tflite
from inspector.learning.editions.operators import Operator, names, operators, outside_convolutions
from inspector.learning.network import Network, picture_input
from inspector.learning.ssd import Ssd

LEVELS = [Level(8, ((20.0, 20.0),)), Level(16, ((40.0, 40.0),))]


@pytest.fixture(scope="module")
def compact():
    return to_tflite(Ssd((64, 64), LEVELS, 2, Backbone.COMPACT))


class Excited(Network):
    """A network with all that the compact one must not have: hard-swish, and squeeze-excite (Hu et al. 2018)."""

    def __init__(self):
        picture = picture_input((64, 64))
        x = layers.Conv2D(8, 3, 2, activation="hard_swish")(layers.Rescaling(1 / 127.5)(picture))
        squeezed = layers.GlobalAveragePooling2D(keepdims=True)(x)
        x = layers.Multiply()([x, layers.Conv2D(8, 1, activation="hard_sigmoid")(squeezed)])
        x = layers.Conv2D(8, 3, 2)(x)
        deltas, logits = layers.Conv2D(4, 1)(x), layers.Conv2D(1, 1)(x)
        super().__init__(picture, {"boxes": layers.Reshape((-1, 4))(deltas), "scores": layers.Reshape((-1, 1))(logits)})
        self.input_size = (64, 64)

    @property
    def inference(self):
        return keras.Model(self.input, self.output)


def slow_in_int8(network: bytes) -> set[str]:
    """What makes int8 slower than float or less true: squashing and pooling anywhere between convolutions."""
    steps = operators(network)
    outside = set(outside_convolutions(steps))
    inside = {step.kind for step in steps if step.name not in outside}
    return inside & {"HARD_SWISH", "LOGISTIC", "TANH", "MEAN", "AVERAGE_POOL_2D", "REDUCE_MAX", "SUM", "MUL", "DIV"}


def test_compact_is_free_of_hard_swish_and_squeeze_excite(compact):
    assert slow_in_int8(compact) == set()
    assert "HARD_SWISH" not in {step.kind for step in operators(compact)}


def test_a_network_with_them_is_found_out():
    found = slow_in_int8(to_tflite(Excited()))
    assert {"MEAN", "MUL"} <= found


def test_compact_consists_of_what_every_runtime_has(compact):
    kinds = {step.kind for step in operators(compact)}
    body = {"CONV_2D", "ADD"}
    decoding = {"CAST", "MUL", "SUB", "EXP", "MINIMUM", "MAXIMUM", "RELU", "LOGISTIC", "STRIDED_SLICE", "RESHAPE"}
    assert body <= kinds <= body | decoding | {"CONCATENATION", "TILE"}


def test_the_contracts_names_are_found(compact):
    assert sorted(names(compact).values()) == ["boxes", "picture", "scores"]


def test_what_lies_outside_the_convolutions():
    """0 -scale-> 1 -first-> 2 -add(2, 2)-> 3 -middle-> 4, then two heads: 4 -boxes-> 5 -decode-> 6; 4 -scores-> 7."""
    steps = [
        Operator("MUL", "scale", (0,), (1,)),
        Operator("CONV_2D", "first", (1, 90), (2,)),
        Operator("ADD", "add", (2, 2), (3,)),
        Operator("DEPTHWISE_CONV_2D", "middle", (3, 91), (4,)),
        Operator("CONV_2D", "boxes", (4, 92), (5,)),
        Operator("EXP", "decode", (5,), (6,)),
        Operator("CONV_2D", "scores", (4, 93), (7,)),
    ]
    assert outside_convolutions(steps) == ["scale", "first", "boxes", "decode", "scores"]


def test_a_network_with_one_convolution_stays_as_it_is():
    steps = [Operator("CONV_2D", "only", (0, 90), (1,)), Operator("RELU", "relu", (1,), (2,))]
    assert outside_convolutions(steps) == ["only", "relu"]

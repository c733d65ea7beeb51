"""What turns a picture into features: a compact network of our own, or one that has seen a million photographs."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import keras
from keras import layers

from inspector.errors import InputError

Features = dict[int, Any]
"""By stride in pixels of the input: tensors `(B, H / stride, W / stride, channels)`."""

MOMENTUM = 0.95
"""Of normalisation: a run has hundreds of steps; the usual 0.99 and 0.999 are made for tens of thousands."""


class Backbone(StrEnum):
    """compact: 3x3 convolutions with residuals, learns from random weights in minutes on a processor.
    mobilenet_v2: starts from weights in a file; needs few pictures and more time for each.
    """

    COMPACT = "compact"
    MOBILENET_V2 = "mobilenet_v2"


def convolution(x: Any, filters: int, stride: int = 1, kernel: int = 3, relu: bool = True) -> Any:
    """Convolution, batch normalisation, ReLU: the one brick that is fast to train and to run everywhere."""
    x = layers.Conv2D(filters, kernel, stride, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
    x = layers.BatchNormalization(momentum=MOMENTUM)(x)
    return layers.ReLU()(x) if relu else x


def residual(x: Any, filters: int, stride: int = 1) -> Any:
    """Two convolutions beside a shortcut. Source: He et al. 2016, section 3."""
    shortcut = x
    if stride != 1 or x.shape[-1] != filters:
        shortcut = convolution(x, filters, stride, kernel=1, relu=False)
    y = convolution(convolution(x, filters, stride), filters, relu=False)
    return layers.ReLU()(layers.Add()([y, shortcut]))


def compact(picture: Any, widths: Sequence[int] = (16, 32, 64, 96, 128)) -> Features:
    """Features at strides 8, 16 and 32. Args: picture `(B, H, W, 3)` scaled to [-1, 1]; widths: channels at strides 2
    to 32.
    """
    x = convolution(picture, widths[0], 2)
    x = convolution(x, widths[1], 2)
    features = {}
    for stride, width in zip((8, 16, 32), widths[2:], strict=True):
        x = residual(residual(x, width, 2), width)
        features[stride] = x
    return features


def mobilenet_v2(picture: Any, weights: Path | None, frozen: str | None = "block_6_expand") -> Features:
    """Features at strides 8, 16 and 32 of MobileNetV2 (Sandler et al. 2018).

    Args: weights: a `.weights.h5` file for keras.applications.MobileNetV2(include_top=False, alpha=1.0); frozen: the
    first layer that may learn; what comes before keeps its weights.
    Raises: InputError where the file does not fit.
    """
    network = keras.applications.MobileNetV2(input_tensor=picture, include_top=False, alpha=1.0, weights=None)
    if weights is not None:
        load_weights(network, weights)
    learning = weights is None or frozen is None
    for layer in network.layers:
        learning = learning or layer.name == frozen
        # Statistics of a batch of eight similar pictures would undo what a million taught.
        normalises = isinstance(layer, layers.BatchNormalization) and weights is not None
        layer.trainable = learning and not normalises
        if isinstance(layer, layers.BatchNormalization) and weights is None:
            layer.momentum = MOMENTUM
    names = {8: "block_6_expand_relu", 16: "block_13_expand_relu", 32: "out_relu"}
    return {stride: network.get_layer(name).output for stride, name in names.items()}


def load_weights(network: Any, path: Path) -> None:
    """Weights of a file into an architecture built by our own code.

    Raises: InputError where there is no such file or where it belongs to another network.
    """
    if not path.is_file():
        raise InputError(f"There is no file of weights {path}.")
    try:
        network.load_weights(str(path))
    except (ValueError, OSError, KeyError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{path} does not hold the weights of this network: {reason}") from error


def build(backbone: Backbone, picture: Any, weights: Path | None = None) -> Features:
    """Features of the chosen backbone. Args: picture `(B, H, W, 3)` scaled to [-1, 1].

    Raises: InputError for weights that the backbone cannot start from.
    """
    if weights is not None and backbone is not Backbone.MOBILENET_V2:
        raise InputError(
            f"The backbone '{backbone}' starts from random weights: leave the weights away, or take mobilenet_v2."
        )
    match backbone:
        case Backbone.COMPACT:
            return compact(picture)
        case Backbone.MOBILENET_V2:
            return mobilenet_v2(picture, weights)

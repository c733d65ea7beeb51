"""What turns a picture into features: a compact network of our own, or one that has seen a million photographs."""

import warnings
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
    mobilenet_v2: starts from weights in a file; needs few pictures and more time for each. resnet50, resnet101: the
    same, an order of magnitude slower: for a GPU.
    """

    COMPACT = "compact"
    MOBILENET_V2 = "mobilenet_v2"
    RESNET50 = "resnet50"
    RESNET101 = "resnet101"

    @property
    def pretrained(self) -> bool:
        """Whether it can start from weights in a file."""
        return self is not Backbone.COMPACT

    @property
    def finest_stride(self) -> int:
        """Pixels of the input per cell where regions are found: a ResNet's last block is the second stage, so that its
        regions come before it.
        """
        return 16 if self in RESNETS else 8


RESNETS = {
    Backbone.RESNET50: (keras.applications.ResNet50, 6),
    Backbone.RESNET101: (keras.applications.ResNet101, 23),
}
"""How to make each, and of how many blocks its part at stride 16 is made."""
MEAN_RGB = (123.68, 116.779, 103.939)


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
    _start(network, weights, frozen)
    names = {8: "block_6_expand_relu", 16: "block_13_expand_relu", 32: "out_relu"}
    return {stride: network.get_layer(name).output for stride, name in names.items()}


def resnet(
    picture: Any, backbone: Backbone, weights: Path | None, frozen: str | None = "conv3_block1_1_conv"
) -> Features:
    """Features at strides 8, 16 and 32 of ResNet-50 or ResNet-101 (He et al. 2016).

    Args: picture `(B, H, W, 3)` scaled to [-1, 1]; weights: a `.h5` file for that network of keras.applications with
    include_top=False; frozen: as for mobilenet_v2.
    Raises: InputError where the file does not fit.
    """
    make, blocks = RESNETS[backbone]
    network = make(input_tensor=as_photographed(picture), include_top=False, weights=None)
    _start(network, weights, frozen)
    names = {8: "conv3_block4_out", 16: f"conv4_block{blocks}_out", 32: "conv5_block3_out"}
    return {stride: network.get_layer(name).output for stride, name in names.items()}


def as_photographed(picture: Any) -> Any:
    """What the published weights of ResNet were taught on: BGR, 0 to 255 less the mean of a million photographs.

    Args: picture `(B, H, W, 3)` RGB scaled to [-1, 1].
    """
    centred = layers.Rescaling(127.5, offset=[127.5 - mean for mean in MEAN_RGB], name="photographed")(picture)
    return keras.ops.flip(centred, axis=-1)


def conv5(network: Any, cells: Any) -> Any:
    """The last block of a ResNet applied to regions `(R, S, S, 1024)`: `(R, S, S, 2048)`, moving on by single cells.

    Args: network: holds the block; in here, its layers are changed and shared.
    Source: Ren et al. 2015 in the form of He et al. 2016, appendix A, with the stride of the TensorFlow Object
    Detection API.
    """
    for entrance in ("conv5_block1_0_conv", "conv5_block1_1_conv"):
        network.get_layer(entrance).strides = (1, 1)
    for block in ("conv5_block1", "conv5_block2", "conv5_block3"):
        shortcut, x = cells, cells
        if block == "conv5_block1":
            shortcut = _through(network, block, ("0_conv", "0_bn"), cells)
        for part in ("1", "2"):
            x = _through(network, block, (f"{part}_conv", f"{part}_bn", f"{part}_relu"), x)
        x = _through(network, block, ("3_conv", "3_bn"), x)
        cells = layers.ReLU()(layers.Add()([shortcut, x]))
    return cells


def _through(network: Any, block: str, parts: Sequence[str], x: Any) -> Any:
    for part in parts:
        x = network.get_layer(f"{block}_{part}")(x)
    return x


def _start(network: Any, weights: Path | None, frozen: str | None) -> None:
    """Load the weights, if there are any, and settle which layers may learn."""
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


def load_weights(network: Any, path: Path) -> None:
    """Weights of a file into an architecture built by our own code.

    Raises: InputError where there is no such file or where it belongs to another network.
    """
    if not path.is_file():
        raise InputError(f"There is no file of weights {path}.")
    try:
        with warnings.catch_warnings():
            # Keras only warns where it leaves layers as they are: then it is another network's file.
            warnings.simplefilter("error", UserWarning)
            network.load_weights(str(path))
    except (ValueError, OSError, KeyError, UserWarning) as error:
        raise InputError(
            f"{path} does not hold the weights of this network: take a .weights.h5 file of the same backbone."
        ) from error


def build(backbone: Backbone, picture: Any, weights: Path | None = None) -> Features:
    """Features of the chosen backbone. Args: picture `(B, H, W, 3)` scaled to [-1, 1].

    Raises: InputError for weights that the backbone cannot start from.
    """
    if weights is not None and not backbone.pretrained:
        raise InputError(
            f"The backbone '{backbone}' starts from random weights: leave the weights away, or take mobilenet_v2."
        )
    match backbone:
        case Backbone.COMPACT:
            return compact(picture)
        case Backbone.MOBILENET_V2:
            return mobilenet_v2(picture, weights)
        case Backbone.RESNET50 | Backbone.RESNET101:
            return resnet(picture, backbone, weights)

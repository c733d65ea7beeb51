"""What single-stage detectors put on a backbone: a top-down merge, and two small heads at each level."""

import math
from typing import Any

import keras
from keras import layers

from inspector.learning.backbones import Features, convolution

WIDTH = 64
PRIOR = 0.01


def merge(features: Features, strides: set[int]) -> Features:
    """Coarse features added to the finer ones, from the coarsest down to the finest level that has anchors.

    Source: Lin et al. 2017 (Feature Pyramid Networks).
    """
    merged: Features = {}
    above = None
    for stride in sorted((s for s in features if s >= min(strides)), reverse=True):
        x = convolution(features[stride], WIDTH, kernel=1)
        above = x if above is None else layers.Add()([x, layers.UpSampling2D(2)(above)])
        if stride in strides:
            merged[stride] = convolution(above, WIDTH)
    return merged


def head(x: Any, sizes: int, labels: int) -> tuple[Any, Any]:
    """Deltas `(B, cells * sizes, 4)` and logits `(B, cells * sizes, labels)` of one level.

    Source of the prior: Lin et al. 2017 (RetinaNet), section 4.1.
    """
    small = keras.initializers.RandomNormal(stddev=0.01)
    # At first hardly any anchor holds anything: a network that starts by saying so is not drowned in false alarms.
    # Only for the classes: a prior on the boxes would push every box to one side.
    rare = keras.initializers.Constant(-math.log((1 - PRIOR) / PRIOR))
    deltas = layers.Conv2D(sizes * 4, 3, padding="same", kernel_initializer=small)(convolution(x, WIDTH))
    logits = layers.Conv2D(sizes * labels, 3, padding="same", kernel_initializer=small, bias_initializer=rare)(
        convolution(x, WIDTH)
    )
    # Half precision ends here: places in pixels and logarithms need more digits.
    wide = [layers.Reshape((-1, size), dtype="float32") for size in (4, labels)]
    return wide[0](deltas), wide[1](logits)

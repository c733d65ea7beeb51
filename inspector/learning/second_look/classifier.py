"""The second look as it learns: a few plain convolutions that tell what stands in a cut-out."""

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
from keras import layers, ops
from numpy.typing import NDArray

from inspector.learning.backbones import convolution
from inspector.learning.second_look.cutouts import Cutouts

BATCH = 64
RATE = 3e-3
WARM_UP = 0.1
WIDTHS = (16, 32, 64)
NOT_ASKED = -1.0


class Classifier(keras.Model):
    """Takes `(B, S, S, 3)` uint8 RGB and gives {"logits": `(B, C + 1)`}: the labels, and then nothing.

    Args: side: S, 32 at least; labels: C.
    """

    def __init__(self, side: int, labels: int) -> None:
        picture = keras.Input((side, side, 3), dtype="uint8", name="picture")
        # Only while it learns: light that changes, and a sensor's noise.
        x = layers.RandomBrightness(0.15)(ops.cast(picture, "float32"))
        x = layers.RandomContrast(0.25)(x)
        x = layers.Rescaling(1 / 127.5, offset=-1.0)(x)
        x = layers.GaussianNoise(0.04)(x)
        for width in WIDTHS:
            x = convolution(convolution(x, width, 2), width)
        x = layers.Dropout(0.2)(layers.GlobalAveragePooling2D()(x))
        super().__init__(inputs=picture, outputs={"logits": layers.Dense(labels + 1, name="logits")(x)})
        self.input_size = (side, side)

    @property
    def inference(self) -> Any:
        """The network that is exported."""
        return keras.Model(self.input, self.output)


def loss(wanted: Any, said: Any) -> Any:
    """Cross-entropy among the labels that are asked about, and nothing; `(B,)`.

    Args: wanted `(B, C + 1)`: 1 for what it is, 0 for what it could be, NOT_ASKED for what nobody asks; said: logits.
    """
    asked = ops.cast(wanted != NOT_ASKED, said.dtype)
    among = ops.log_softmax(said - (1.0 - asked) * 1e4, axis=-1)
    return -ops.sum(ops.maximum(wanted, 0.0) * among, axis=-1)


def teach(cutouts: Cutouts, side: int, seed: int, steps: int) -> Classifier:
    """A second look taught from cut-outs; the same seed gives the same."""
    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)
    network = Classifier(side, cutouts.asked.shape[1])
    warm_up = int(WARM_UP * steps)
    rate = keras.optimizers.schedules.CosineDecay(RATE / 20, steps - warm_up, warmup_target=RATE, warmup_steps=warm_up)
    optimizer = keras.optimizers.AdamW(weight_decay=1e-3, clipnorm=10.0)
    network.compile(optimizer=optimizer, loss={"logits": loss}, jit_compile=keras.backend.backend() == "jax")
    # A step that made the optimizer's variables would be traced a second time, and a schedule in it once per weight.
    optimizer.build(network.trainable_variables)
    for step, (pictures, wanted) in enumerate(_batches(cutouts, steps, seed)):
        optimizer.learning_rate = float(rate(step))
        network.train_on_batch(pictures, {"logits": wanted})
    return network


def _batches(cutouts: Cutouts, steps: int, seed: int) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.float32]]]:
    random, weights, wanted = np.random.default_rng(seed), cutouts.weights(), targets(cutouts)
    for _ in range(steps):
        drawn = random.choice(len(cutouts), BATCH, p=weights)
        yield cutouts.pictures[drawn], wanted[drawn]


def targets(cutouts: Cutouts) -> NDArray[np.float32]:
    """What the network is to say of each cut-out `(n, C + 1)`, as `loss` wants it."""
    wanted = np.where(cutouts.asked, 0.0, NOT_ASKED)
    wanted = np.column_stack([wanted, np.zeros(len(cutouts))])
    wanted[np.arange(len(cutouts)), cutouts.classes] = 1.0
    return wanted.astype(np.float32)

"""A detector as it learns: what all families have in common."""

from typing import Any

import keras
from keras import layers, ops

from inspector.labeling.dataset import DOUBTFUL as DOUBTFUL

Truth = dict[str, Any]
"""What is true of a batch, in pixels of the input, padded so that every batch has the same shapes.

boxes `(B, N, 4)` float32 xyxy; classes `(B, N)` int32, an index into the labels, or NOTHING where the row is padding,
or DOUBTFUL; taught `(B, C)` bool, the labels that a picture says something about: it is silent on the others. Of a
drawn batch also empty `(B,)` float32, which pictures show none of the components that they teach: lookalikes may stand
in them, and changes may bring a component.
"""

NOTHING = -1

COUNTS = ("empty_images_drawn", "negatives_in_loss", "negatives_in_loss_from_empty")
"""What the ledger counts, each beside the loss itself, where it cannot be wrong."""


class Network(keras.Model):
    """A functional model from pictures `(B, H, W, 3)` uint8 RGB to a dictionary of what its heads say.

    input_size: (width, height) in pixels, multiples of 32. labels: C, how many it tells apart.
    """

    input_size: tuple[int, int]
    labels: int

    def learn(self, pictures: Any, truth: Truth, training: bool = True) -> dict[str, Any]:
        """The losses of one batch, each a scalar: `loss`, which is minimised, the parts that it is the sum of, and
        COUNTS.
        """
        raise NotImplementedError

    @property
    def inference(self) -> Any:
        """The network that is exported: uint8 pictures in, {"boxes": `(B, A, 4)` xyxy in input pixels, "scores": `(B,
        A, C)` in [0, 1]} out.
        """
        raise NotImplementedError


def empty(truth: Truth) -> Any:
    """`(B,)` float32, 1 for a picture that was drawn without any component, whatever has come to it since."""
    return truth["empty"] if "empty" in truth else ops.cast(ops.all(truth["classes"] == NOTHING, axis=1), "float32")


def counts(negatives: Any, truth: Truth) -> dict[str, Any]:
    """The ledger's share of one batch. Args: negatives `(B,)` float32, how many reached the loss from each picture."""
    without = empty(truth)
    values = (ops.sum(without), ops.sum(negatives), ops.sum(negatives * without))
    return dict(zip(COUNTS, values, strict=True))


def picture_input(input_size: tuple[int, int]) -> Any:
    """The input that every family has. Args: input_size (width, height)."""
    return keras.Input((input_size[1], input_size[0], 3), dtype="uint8", name="picture")


def join(parts: list[Any], name: str) -> Any:
    """What the heads of several levels say, one after the other along the anchors."""
    return layers.Concatenate(axis=1, name=name)(parts) if len(parts) > 1 else layers.Identity(name=name)(parts[0])

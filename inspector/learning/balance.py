"""A balanced draw: of each picture a fixed number of examples, of which a fixed share at most are positive."""

from typing import Any

import numpy as np
from keras import ops

from inspector.learning.shares import pictures_in_all


def quota(positives: Any, negatives: Any, size: int | None, fraction: float) -> tuple[Any, Any]:
    """How many positives and negatives are taken.

    Negatives fill the place of missing positives, never the reverse. Without a size every positive is taken, and as
    many negatives as make them the fraction.

    Args: positives, negatives: how many there are, int32 tensors of one shape; size: to take in all; fraction: the
    largest share of positives, in (0, 1].
    Source: the BalancedPositiveNegativeSampler of the TensorFlow Object Detection API; Ren et al. 2015, section 3.1.3.
    """
    if size is None:
        wanted = ops.cast(ops.cast(positives, "float32") * ((1 - fraction) / fraction), "int32")
        return positives, ops.minimum(negatives, wanted)
    taken = ops.minimum(positives, int(fraction * size))
    return taken, ops.minimum(negatives, size - taken)


def balanced(matched: Any, draws: Any, size: int | None, fraction: float) -> Any:
    """Which examples are drawn: `(B, A)` bool.

    Args: matched `(B, A)` int, a truth's index or -1 background or -2 ignored, which are never drawn; draws `(B, A)`
    int, for each picture an order of its examples, 0 first.
    """
    positive, negative = matched >= 0, matched == -1
    positives, negatives = quota(_count(positive), _count(negative), size, fraction)
    return ops.logical_or(_first(positive, draws, positives), _first(negative, draws, negatives))


def _count(mask: Any) -> Any:
    return ops.sum(ops.cast(mask, "int32"), axis=1, keepdims=True)


def _first(mask: Any, draws: Any, most: Any) -> Any:
    """Those of the mask `(B, A)`, `most` `(B, 1)` at most, that are drawn first."""
    along = ops.cumsum(ops.take_along_axis(ops.cast(mask, "int32"), ops.argsort(draws, axis=1), axis=1), axis=1)
    # In an order, an example's place is its number.
    return ops.logical_and(mask, ops.take_along_axis(along, draws, axis=1) <= most)


def each_picture_alike(teaching: Any) -> Any:
    """Weights `(B, A)` float32 that make of a loss the mean over the pictures of the mean over what teaches in each.

    Divided by its positive examples, of which it may have none, an empty picture would weigh many times as much as the
    others, or nothing.

    Args: teaching `(B, A)`, bool or 0 and 1.
    """
    teaching = ops.cast(teaching, "float32")
    total = ops.maximum(ops.sum(teaching, axis=1, keepdims=True), 1.0)
    return teaching / total / pictures_in_all(teaching)


def shuffled(pictures: Any, count: int) -> Any:
    """For each picture an order of `count` examples, by chance: `(B, count)` int32, each number once.

    The chance is in the picture itself, so there is no state to keep: the same picture gives the same order on every
    backend and in a run that was resumed. There are `count` orders, and as pictures are changed anew for every batch,
    one that comes back most often gets another of them.

    Args: pictures `(B, H, W, 3)` uint8.
    """
    table = np.random.default_rng(count).permutation(count).astype(np.int32)
    start = _fingerprint(pictures, count)
    places = (ops.arange(count, dtype="int32")[None] + start[:, None]) % count
    return ops.take(ops.convert_to_tensor(table), places)


def _fingerprint(pictures: Any, below: int) -> Any:
    """`(B,)` int32 in [0, below), of all values of a picture; summed by rows, lest 32 bits run over."""
    rows = ops.sum(ops.cast(pictures, "int32"), axis=(2, 3)) % below
    return ops.sum(rows, axis=1) % below

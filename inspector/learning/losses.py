"""What the network is punished for, anchor by anchor; which anchors count is the miner's affair."""

from typing import Any

from keras import ops


def class_losses(logits: Any, classes: Any, matched: Any, taught: Any) -> Any:
    """Cross-entropy of independent sigmoids, summed over the labels that a picture teaches.

    A column that the picture is silent about gives no loss, neither as positive nor as negative.

    Args: logits `(B, A, C)`; classes `(B, A)` int; matched `(B, A)` int, -1 background, -2 ignored; taught `(B, C)`
    bool.
    Returns: `(B, A)`, 0 for ignored anchors.
    """
    positive = ops.cast(matched >= 0, logits.dtype)
    wanted = ops.one_hot(classes, logits.shape[-1], dtype=logits.dtype) * positive[..., None]
    # The stable form of -t log p - (1 - t) log (1 - p): its gradient is finite for any logit.
    each = ops.maximum(logits, 0.0) - logits * wanted + ops.log1p(ops.exp(-ops.abs(logits)))
    each = each * ops.cast(taught, logits.dtype)[:, None, :]
    return ops.sum(each, axis=-1) * ops.cast(matched != -2, logits.dtype)


def softmax_losses(logits: Any, classes: Any, matched: Any, taught: Any) -> Any:
    """Cross-entropy of one choice between background and the labels that a picture teaches.

    The labels that it is silent about take no part: background is learned against the others alone.

    Args: logits `(B, A, 1 + C)`, background first; classes, matched, taught: as for class_losses.
    Returns: `(B, A)`, 0 for ignored anchors.
    """
    asked = ops.concatenate([ops.ones_like(taught[:, :1]), taught], axis=1)[:, None, :]
    chances = ops.log_softmax(ops.where(asked, logits, -1e9), axis=-1)
    wanted = ops.one_hot(ops.where(matched >= 0, classes + 1, 0), logits.shape[-1], dtype="bool")
    # A label that is not asked costs nothing, wherever it is.
    each = ops.sum(ops.where(ops.logical_and(wanted, asked), -chances, 0.0), axis=-1)
    return each * ops.cast(matched != -2, logits.dtype)


def with_background(logits: Any) -> Any:
    """Logits `(B, A, 1 + C)` of a softmax out of `(B, A, C)`: background first, and always 0.

    A softmax only knows differences, so nothing is lost; and no picture can teach, by raising it, that what it is
    silent about is background.
    """
    return ops.concatenate([ops.zeros_like(logits[..., :1]), logits], axis=-1)


def box_losses(deltas: Any, wanted: Any, matched: Any) -> Any:
    """Smooth L1 over the four numbers of a box.

    Args: deltas, wanted `(B, A, 4)`; matched `(B, A)` int. Returns: `(B, A)`, 0 for anchors without a box.
    Source: Girshick 2015 (Fast R-CNN), section 2.3.
    """
    off = ops.abs(deltas - wanted)
    each = ops.where(off < 1.0, 0.5 * off * off, off - 0.5)
    return ops.sum(each, axis=-1) * ops.cast(matched >= 0, deltas.dtype)

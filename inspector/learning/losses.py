"""What the network is punished for, anchor by anchor; which anchors count is the miner's affair.

A column that a picture is silent about gives no loss, neither as positive nor as negative. Logits are `(B, A, C)`;
classes `(B, A)` int; matched `(B, A)` int, -1 background, -2 ignored, which give no loss; taught `(B, C)` bool.
"""

from typing import Any

from keras import ops

from inspector.learning.overlap import areas, shared_areas

ALPHA = 0.25
GAMMA = 2.0


def class_losses(logits: Any, classes: Any, matched: Any, taught: Any) -> Any:
    """Cross-entropy of independent sigmoids, summed over the labels that a picture teaches.

    Returns: `(B, A)`, 0 for ignored anchors.
    """
    return _asked(_cross_entropy(logits, _wanted(logits, classes, matched)), matched, taught)


def focal_losses(
    logits: Any, classes: Any, matched: Any, taught: Any, alpha: float = ALPHA, gamma: float = GAMMA
) -> Any:
    """Cross-entropy of independent sigmoids that weighs the less the more nearly right it is already.

    Args: alpha: the weight of what is there, 1 - alpha that of what is not; gamma: how fast the weight falls.
    Returns: `(B, A)`, 0 for ignored anchors. Source: Lin et al. 2017 (RetinaNet), section 3.
    """
    wanted = _wanted(logits, classes, matched)
    right = logits * (2.0 * wanted - 1.0)
    # 1 - p to the gamma, through its logarithm: any gamma then has a finite gradient for any logit.
    fading = ops.exp(-gamma * ops.softplus(right))
    weight = alpha * wanted + (1.0 - alpha) * (1.0 - wanted)
    return _asked(weight * fading * ops.softplus(-right), matched, taught)


def quality_losses(logits: Any, classes: Any, matched: Any, taught: Any, quality: Any, gamma: float = GAMMA) -> Any:
    """Cross-entropy towards how good the box is instead of towards 1, weighed by how far off the score still is.

    The score then tells of two detections of one thing which has the better box.

    Args: quality `(B, A)` in [0, 1], of matched anchors; gamma: at least 1.
    Returns: `(B, A)`, 0 for ignored anchors. Source: Li et al. 2020 (Generalized Focal Loss), section 3.1.
    """
    wanted = _wanted(logits, classes, matched) * quality[..., None]
    off = ops.abs(wanted - ops.sigmoid(logits))
    return _asked(off**gamma * _cross_entropy(logits, wanted), matched, taught)


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


def giou_losses(boxes: Any, wanted: Any, matched: Any) -> Any:
    """1 - GIoU of decoded boxes with the truth: unlike IoU, it still says which way to go where they are apart.

    Args: boxes, wanted `(B, A, 4)` xyxy in pixels; matched `(B, A)` int. Returns: `(B, A)` in [0, 2], 0 for anchors
    without a box.
    Source: Rezatofighi et al. 2019, section 3.
    """
    shared = shared_areas(boxes, wanted)
    union = areas(boxes) + areas(wanted) - shared
    hull = ops.maximum(boxes[..., 2:], wanted[..., 2:]) - ops.minimum(boxes[..., :2], wanted[..., :2])
    around = hull[..., 0] * hull[..., 1]
    # Only padding has no area; the floors keep its gradient a number.
    overlap = shared / ops.maximum(union, 1e-6)
    waste = (around - union) / ops.maximum(around, 1e-6)
    return (1.0 - overlap + waste) * ops.cast(matched >= 0, boxes.dtype)


def _wanted(logits: Any, classes: Any, matched: Any) -> Any:
    """`(B, A, C)` of 0 and 1: what is there."""
    positive = ops.cast(matched >= 0, logits.dtype)
    return ops.one_hot(classes, logits.shape[-1], dtype=logits.dtype) * positive[..., None]


def _cross_entropy(logits: Any, wanted: Any) -> Any:
    """The stable form of -t log p - (1 - t) log (1 - p): its gradient is finite for any logit."""
    return ops.maximum(logits, 0.0) - logits * wanted + ops.log1p(ops.exp(-ops.abs(logits)))


def _asked(each: Any, matched: Any, taught: Any) -> Any:
    """`(B, A)`: the losses `(B, A, C)` of the labels that a picture teaches, summed."""
    asked = each * ops.cast(taught, each.dtype)[:, None, :]
    return ops.sum(asked, axis=-1) * ops.cast(matched != -2, each.dtype)

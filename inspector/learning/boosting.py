"""Loss boosting: within one picture, the few hard examples are heard beside the many easy ones.

Source: the idea of Chen, Crandall and Templeman 2018 (arXiv:1802.07845), whose abstract says what it is for, to soften
the imbalance of losses within one image. Their formula is not known to us; this one is ours.
"""

from typing import Any

from keras import ops


def boost(losses: Any, keep: Any, exponent: float) -> Any:
    """How much each example weighs: as its loss to the power of the exponent, and as much together as without.

    A picture thus weighs as much as before against the others of a batch. With 0 all weigh alike, with 1 as their
    losses; between, four times the loss weighs twice as much at 0.5.

    Args: losses `(B, A)`, not negative; keep `(B, A)` float32, 1 for an example that reaches the loss, else 0.
    Returns: `(B, A)` float32, 0 where keep is; no gradient flows through it.
    """
    if not exponent:
        return keep
    raised = keep * ops.power(ops.maximum(ops.stop_gradient(losses), 1e-7), exponent)
    mean = ops.sum(raised, axis=1, keepdims=True) / ops.maximum(ops.sum(keep, axis=1, keepdims=True), 1.0)
    return ops.where(mean > 0, raised / ops.maximum(mean, 1e-9), 0.0)

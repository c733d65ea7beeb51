"""What is compiled and trained: a batch is looked at, and the network hears how wrong it was."""

from typing import Any

import keras

from inspector.learning.network import Network


class Lesson(keras.Model):
    """A network with what surrounds it while it learns.

    Takes a batch of `sampling.Batches`: {"pictures": `(B, H, W, 3)` uint8 RGB, "truth": Truth}. `train_on_batch` then
    tells the loss, its parts and the ledger's COUNTS of that batch; `test_on_batch` tells them with nothing learned.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def build(self, input_shape: Any) -> None:
        """The network is built already."""
        self.built = True

    def call(self, batch: dict[str, Any], training: bool = False) -> dict[str, Any]:
        """The batch's losses and counts, each a scalar."""
        return self.network.learn(batch["pictures"], batch["truth"], training)

    def compute_loss(
        self, x: Any = None, y: Any = None, y_pred: Any = None, sample_weight: Any = None, training: bool = True
    ) -> Any:
        """What `call` found."""
        return y_pred["loss"]

    def compute_metrics(self, x: Any, y: Any, y_pred: Any, sample_weight: Any = None) -> dict[str, Any]:
        """What `call` found, of this batch alone: no sum is kept on the device."""
        return dict(y_pred)

"""Where a network learns: on one device, on several GPUs of a machine, or on several machines."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import keras

from inspector.errors import InputError
from inspector.learning.augmentation import augment
from inspector.learning.lesson import Lesson
from inspector.learning.settings import Precision, TrainingSettings
from inspector.learning.shares import summed_by
from inspector.quiet import quiet

VARIABLE = "TF_CONFIG"
"""Names the machines and says which of them this is, to TensorFlow too."""


class Devices(Protocol):
    """What learns from a batch. several: each has a share of it; leads: this machine keeps what is learned."""

    several: bool
    leads: bool

    def scope(self) -> Any:
        """While it lasts, networks and lessons are made for these devices."""
        ...

    def learn(self, lesson: Lesson, batch: dict[str, Any]) -> Mapping[str, Any]:
        """One step; the losses and COUNTS of the whole batch."""
        ...

    def begin_again(self, lesson: Lesson) -> None:
        """Batches have another size from now on."""
        ...


class Alone:
    """One device, on any backend."""

    several = False
    leads = True

    @contextmanager
    def scope(self) -> Iterator[None]:
        yield

    def learn(self, lesson: Lesson, batch: dict[str, Any]) -> Mapping[str, Any]:
        logs: Mapping[str, Any] = lesson.train_on_batch(batch, return_dict=True)
        return logs

    def begin_again(self, lesson: Lesson) -> None:
        lesson.make_train_function(force=True)


class Together:
    """Several devices with the same weights, each with a share of every batch; their gradients are added up.

    Normalisation looks at the whole batch too, and gradients are clipped once they are added up: a step is that of one
    device with the whole batch, up to rounding.
    Args: strategy: of `tf.distribute`.
    """

    several = True

    def __init__(self, strategy: Any) -> None:
        self._strategy = strategy
        resolver = strategy.cluster_resolver
        self.leads = resolver is None or not resolver.cluster_spec().as_dict() or resolver.task_id == 0
        self._step: Callable[[Any], dict[str, Any]] | None = None

    @contextmanager
    def scope(self) -> Iterator[None]:
        with self._strategy.scope(), summed_by(_add_up):
            yield

    def learn(self, lesson: Lesson, batch: dict[str, Any]) -> Mapping[str, Any]:
        import tensorflow as tf

        # Changes may exchange places between pictures: they see the whole batch.
        pictures, truth = augment(batch["pictures"], batch["truth"], batch.get("changes", {}))
        whole = {"pictures": pictures, "truth": truth}
        devices = self._strategy.num_replicas_in_sync

        def share(context: Any) -> Any:
            # Each gets some of the pictures with boxes, which stand first, and some of the empty ones.
            mine = slice(context.replica_id_in_sync_group, None, devices)
            return tf.nest.map_structure(lambda values: tf.convert_to_tensor(values)[mine], whole)

        shares = self._strategy.experimental_distribute_values_from_function(share)
        if self._step is None:
            self._step = self._compiled(lesson)
        return {name: value.numpy() for name, value in self._step(shares).items()}

    def begin_again(self, lesson: Lesson) -> None:
        self._step = None

    def _compiled(self, lesson: Lesson) -> Callable[[Any], dict[str, Any]]:
        import tensorflow as tf

        strategy, optimizer = self._strategy, lesson.optimizer
        most, optimizer.clipnorm = optimizer.clipnorm, None
        for layer in lesson._flatten_layers():
            if isinstance(layer, keras.layers.BatchNormalization):
                layer.synchronized = True

        def alone(share: Any) -> dict[str, Any]:
            variables = lesson.trainable_variables
            with tf.GradientTape() as tape:
                said = lesson(share, training=True)
            gradients = tape.gradient(said["loss"], [variable.value for variable in variables])
            gradients = [tf.clip_by_norm(_add_up(gradient), most) for gradient in gradients]
            # The optimizer adds up once more what is the same everywhere.
            optimizer.apply([gradient / strategy.num_replicas_in_sync for gradient in gradients], variables)
            return dict(said)

        @tf.function
        def together(shares: Any) -> dict[str, Any]:
            said = strategy.run(alone, args=(shares,))
            return {name: strategy.reduce(tf.distribute.ReduceOp.SUM, value, axis=None) for name, value in said.items()}

        return together


def _add_up(value: Any) -> Any:
    import tensorflow as tf

    context = tf.distribute.get_replica_context()
    return context.all_reduce(tf.distribute.ReduceOp.SUM, value)


def join(workers: Sequence[str], number: int) -> None:
    """Make this machine one of several that train together; before anything is computed.

    Args: workers: `host:port` of each machine, in the same order everywhere; number: of this one, from 0.
    Raises: InputError where that cannot be.
    """
    if not 0 <= number < len(workers):
        raise InputError(
            f"There are {len(workers)} workers, from 0 to {len(workers) - 1}; there is no number {number}."
        )
    for worker in workers:
        host, _, port = worker.rpartition(":")
        if not (host and port.isdigit()):
            raise InputError(f"A worker is named HOST:PORT, as in 192.168.0.5:2222; '{worker}' is not.")
    task = {"type": "worker", "index": number}
    os.environ[VARIABLE] = json.dumps({"cluster": {"worker": list(workers)}, "task": task})


def devices_for(settings: TrainingSettings) -> Devices:
    """All GPUs of this machine, or all machines that were named; one device where there is no more.

    Raises: InputError for settings that several devices cannot keep.
    """
    if keras.backend.backend() != "tensorflow":
        return Alone()
    import tensorflow as tf

    with quiet():
        machines = len(json.loads(os.environ.get(VARIABLE, "{}")).get("cluster", {}).get("worker", ())) > 1
        gpus = tf.config.list_logical_devices("GPU") if not machines else ()
    if not machines and len(gpus) < 2:
        return Alone()
    if settings.precision is Precision.MIXED_FLOAT16:
        raise InputError("Several devices train in float32 or mixed_bfloat16; leave mixed_float16 away.")
    if not machines:
        return Together(tf.distribute.MirroredStrategy())
    if settings.minutes is not None:
        raise InputError("Several machines train until the last step, which no clock of theirs decides: say --steps.")
    return Together(tf.distribute.MultiWorkerMirroredStrategy())

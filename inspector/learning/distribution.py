"""Where a network learns: on one device, on several GPUs of a machine, or on several machines."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

import keras

from inspector.backend import joined
from inspector.errors import InputError
from inspector.learning.augmentation.augment import augment
from inspector.learning.lesson import Lesson
from inspector.learning.settings import Numbers, TrainingSettings
from inspector.learning.shares import summed_by
from inspector.quiet import quiet


class Devices(Protocol):
    """What learns from a batch. several: each of them has a share of it; leads: this machine keeps what is learned;
    least_batch: pictures that a batch must have.
    """

    several: bool
    leads: bool
    least_batch: int

    def scope(self) -> AbstractContextManager[None]:
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
    least_batch = 2

    def scope(self) -> AbstractContextManager[None]:
        """Nothing is special."""
        return nullcontext()

    def learn(self, lesson: Lesson, batch: dict[str, Any]) -> Mapping[str, Any]:
        """One step, as Keras does it."""
        logs: Mapping[str, Any] = lesson.train_on_batch(batch, return_dict=True)
        return logs

    def begin_again(self, lesson: Lesson) -> None:
        """Compile for the new size."""
        lesson.make_train_function(force=True)


class Together:
    """Several devices with the same weights, each with a share of every batch; their gradients are added up.

    Losses are divided by what is counted over the whole batch, statistics of normalisation are those of the whole
    batch, and gradients are clipped once they are added up: a step is that of one device, up to rounding.

    Args: strategy: of `tf.distribute`; leads: this machine keeps what is learned; least_batch: pictures that a batch
    must have, at least one for each device.
    """

    several = True

    def __init__(self, strategy: Any, leads: bool, least_batch: int) -> None:
        self._strategy, self.leads, self.least_batch = strategy, leads, least_batch
        self._step: Callable[[Any], dict[str, Any]] | None = None

    def scope(self) -> AbstractContextManager[None]:
        """Weights are on every device."""
        scope: AbstractContextManager[None] = self._strategy.scope()
        return scope

    def learn(self, lesson: Lesson, batch: dict[str, Any]) -> Mapping[str, Any]:
        """One step of all devices."""
        self._step = self._step or self._compiled(lesson)
        with summed_by(_add_up):
            said = self._step(self._shares(batch))
        return {name: value.numpy() for name, value in said.items()}

    def begin_again(self, lesson: Lesson) -> None:
        """Nothing to do: a new size is compiled when it comes."""

    def _shares(self, batch: dict[str, Any]) -> Any:
        import tensorflow as tf

        # Changes may exchange places between pictures: they see the whole batch.
        pictures, truth = augment(batch["pictures"], batch["truth"], batch.get("changes", {}))
        whole = tf.nest.map_structure(tf.convert_to_tensor, {"pictures": pictures, "truth": truth})
        devices = self._strategy.num_replicas_in_sync

        def share(context: Any) -> Any:
            # Each gets some of the pictures with boxes, which stand first, and some of the empty ones.
            return tf.nest.map_structure(lambda values: values[context.replica_id_in_sync_group :: devices], whole)

        return self._strategy.experimental_distribute_values_from_function(share)

    def _compiled(self, lesson: Lesson) -> Callable[[Any], dict[str, Any]]:
        import tensorflow as tf

        strategy, optimizer = self._strategy, lesson.optimizer
        most, optimizer.clipnorm = optimizer.clipnorm, None
        _synchronise(lesson)

        def alone(share: Any) -> dict[str, Any]:
            variables = lesson.trainable_variables
            with tf.GradientTape() as tape:
                said = lesson(share, training=True)
            gradients = tape.gradient(said["loss"], [variable.value for variable in variables])
            gradients = [_add_up(gradient) for gradient in gradients]
            if most is not None:
                gradients = [tf.clip_by_norm(gradient, most) for gradient in gradients]
            # The optimizer adds up once more what is now the same everywhere.
            optimizer.apply([gradient / strategy.num_replicas_in_sync for gradient in gradients], variables)
            return dict(said)

        @tf.function
        def together(shares: Any) -> dict[str, Any]:
            said = strategy.run(alone, args=(shares,))
            return {name: strategy.reduce(tf.distribute.ReduceOp.SUM, value, axis=None) for name, value in said.items()}

        step: Callable[[Any], dict[str, Any]] = together
        return step


def _synchronise(lesson: Lesson) -> None:
    """Normalise by the statistics of the whole batch."""
    for layer in lesson._flatten_layers():
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.synchronized = True


def _add_up(value: Any) -> Any:
    import tensorflow as tf

    context = tf.distribute.get_replica_context()
    return context.all_reduce(tf.distribute.ReduceOp.SUM, value)


def devices_for(settings: TrainingSettings) -> Devices:
    """All GPUs of this machine, or all machines that have joined; one device where there is no more.

    Raises: InputError for settings that several devices cannot keep.
    """
    if keras.backend.backend() != "tensorflow":
        return Alone()
    import tensorflow as tf

    machines, number = joined()
    with quiet():
        gpus = [device.name for device in tf.config.list_logical_devices("GPU")] if machines < 2 else []
    if machines < 2 and len(gpus) < 2:
        return Alone()
    _refuse_alone_only(settings, machines)
    with quiet():
        if machines < 2:
            return mirrored(gpus, settings)
        strategy = tf.distribute.MultiWorkerMirroredStrategy()
    # One machine that runs short of memory cannot tell the others to take less.
    return Together(strategy, number == 0, settings.batch)


def mirrored(devices: Sequence[str], settings: TrainingSettings) -> Together:
    """Several devices of this machine. Raises: InputError where a batch has fewer pictures."""
    import tensorflow as tf

    if len(devices) > settings.batch:
        raise InputError(f"A batch of {settings.batch} cannot be shared by {len(devices)} devices: take a larger one.")
    return Together(tf.distribute.MirroredStrategy(list(devices)), True, max(2, len(devices)))


def _refuse_alone_only(settings: TrainingSettings, machines: int) -> None:
    if settings.precision is Numbers.MIXED_FLOAT16:
        raise InputError("Several devices train in float32 or mixed_bfloat16: leave mixed_float16 away.")
    if machines > settings.batch:
        raise InputError(f"A batch of {settings.batch} cannot be shared by {machines} machines: take a larger one.")
    if machines > 1 and settings.minutes is not None:
        raise InputError("Several machines end after the same step, and their clocks differ: say --steps, not minutes.")

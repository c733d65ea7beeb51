"""Run in a process of its own, since devices are counted once: two halves of a processor learn as one does.

`python two_devices.py FAMILY`: fails where they do not.
"""

import sys

import keras
import numpy as np
import tensorflow as tf
from one_step import RECIPE, batch, compiled, dataset

from inspector.learning.checkpoint import put_back, values_of
from inspector.learning.distribution import Alone, Devices, mirrored
from inspector.learning.families import build, design
from inspector.learning.lesson import Lesson
from inspector.learning.settings import Family, TrainingSettings


def learn(devices: Devices, settings: TrainingSettings, start: list[np.ndarray]) -> tuple[list[dict], list[np.ndarray]]:
    """The losses of each step, and the values in the end."""
    # Regions are chosen by rank, and rounding may exchange two that are nearly alike: then another one teaches.
    steps = 1 if settings.family is Family.FASTER_RCNN else 3
    with devices.scope():
        network = build(design(dataset(), RECIPE, settings), settings)
        lesson = compiled(Lesson(network))
    put_back(start, network.variables)
    said = [{k: float(v) for k, v in devices.learn(lesson, batch()).items()} for _ in range(steps)]
    return said, values_of(network.variables)


def main(family: str) -> None:
    """Compare."""
    halves = [tf.config.LogicalDeviceConfiguration()] * 2
    tf.config.set_logical_device_configuration(tf.config.list_physical_devices("CPU")[0], halves)
    keras.utils.set_random_seed(1)
    settings = TrainingSettings(family=family, batch=4)
    start = values_of(build(design(dataset(), RECIPE, settings), settings).variables)
    logs, values = learn(Alone(), settings, start)
    together, others = learn(mirrored(["CPU:0", "CPU:1"], settings), settings, start)
    for one, other in zip(logs, together, strict=True):
        assert one.keys() == other.keys()
        np.testing.assert_allclose([other[name] for name in one], list(one.values()), rtol=2e-3)
    moved = max(np.abs(value - first).max() for value, first in zip(values, start, strict=True))
    apart = max(np.abs(value - other).max() for value, other in zip(values, others, strict=True))
    assert apart < 0.001 * moved, f"moved by {moved:.3g}, apart by {apart:.3g}"


if __name__ == "__main__":
    main(sys.argv[1])

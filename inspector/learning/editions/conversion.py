"""The step to LiteRT where the network learned with another library than TensorFlow: one process has one backend.

`python -m inspector.learning.editions.conversion FOLDER` makes FOLDER/network.tflite of the architecture and the
weights there.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras

from inspector.backend import VARIABLE
from inspector.errors import MachineError
from inspector.learning.editions.export import to_tflite
from inspector.learning.families import build
from inspector.learning.network import Network
from inspector.learning.second_look.classifier import Classifier

ARCHITECTURE, WEIGHTS, CONVERTED = "architecture.json", "network.weights.h5", "network.tflite"


SIDE, LABELS = "second_look_side", "second_look_labels"
"""What a second look is built from again: pixels, and how many labels."""


def converted(network: Network | Classifier, architecture: Mapping[str, Any]) -> bytes:
    """The network as LiteRT runs it, whichever library it learned with.

    Args: architecture: what `families.build` makes the same network from, or SIDE and LABELS.
    Raises: MachineError where it cannot be converted, or where no TensorFlow is installed to do it.
    """
    if keras.backend.backend() == "tensorflow":
        return to_tflite(network)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ARCHITECTURE).write_text(json.dumps(architecture))
        network.save_weights(str(folder / WEIGHTS))
        command = [sys.executable, "-m", "inspector.learning.editions.conversion", name]
        environment = {**os.environ, VARIABLE: "tensorflow"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise MachineError(f"TensorFlow, which makes the bundle, could not: {reason}. The training is kept.")
        return (folder / CONVERTED).read_bytes()


def convert(folder: Path) -> None:
    """Make the converted network of a folder. Raises: MachineError where it cannot be."""
    architecture = json.loads((folder / ARCHITECTURE).read_text())
    second = SIDE in architecture
    network = Classifier(architecture[SIDE], architecture[LABELS]) if second else build(architecture)
    network.load_weights(str(folder / WEIGHTS))
    (folder / CONVERTED).write_bytes(to_tflite(network))


if __name__ == "__main__":
    convert(Path(sys.argv[1]))

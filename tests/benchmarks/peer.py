"""YOLO11n beside our network: speed alone, random weights, in an environment of its own that the product never sees.

It is AGPL: measured against, never imported by us, and not part of what we install. The environment is made once, under
the measurements' folder; where it cannot be made, the peer is left out and the table says so.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.benchmarks.environment import environment

ALONE = ("ultralytics", "ultralytics-thop", "torchvision==0.28.0")
"""Installed without what they ask for: most of it is never used here, and some of it is several gigabytes."""

NEEDED = (
    *("torch==2.13.0", "onnx", "onnxruntime", "openvino", "opencv-python-headless", "pyyaml", "pillow"),
    *("requests", "psutil", "matplotlib", "scipy", "polars"),
)

EXPORT = """
import torch
from ultralytics.nn.tasks import DetectionModel
network = DetectionModel("yolo11n.yaml", ch=3, nc=80, verbose=False).eval().fuse()
for module in network.modules():
    if hasattr(module, "export"):
        module.export, module.format = True, "onnx"
torch.onnx.export(network, (torch.zeros(1, 3, 320, 320),), "yolo11n.onnx", opset_version=17, dynamo=False)
"""

WORKER = """
import json, sys, time
import numpy as np
import onnxruntime, openvino
picture = np.random.default_rng(0).random((1, 3, 320, 320), np.float32)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 2
session = onnxruntime.InferenceSession("yolo11n.onnx", options, providers=["CPUExecutionProvider"])
name = session.get_inputs()[0].name
compiled = openvino.Core().compile_model("yolo11n.onnx", "CPU", {"INFERENCE_NUM_THREADS": 2})
calls = {
    "YOLO11n, ONNX Runtime": lambda: session.run(None, {name: picture}),
    "YOLO11n, OpenVINO": lambda: compiled([picture]),
}
for line in sys.stdin:
    wanted, rounds = json.loads(line)
    taken = []
    for i in range(rounds + 10):
        began = time.perf_counter()
        calls[wanted]()
        taken.append(1000 * (time.perf_counter() - began))
    print(json.dumps(taken[10:]), flush=True)
"""

NAMES = ("YOLO11n, ONNX Runtime", "YOLO11n, OpenVINO")


def python(folder: Path) -> str:
    """The interpreter of its environment. Raises: subprocess.SubprocessError or OSError where it cannot be had."""
    return environment(folder, NEEDED, ALONE)


class Peer:
    """The peer's process: asked for a number of timed calls, it answers with their milliseconds."""

    def __init__(self, folder: Path) -> None:
        interpreter = python(folder)
        if not (folder / "yolo11n.onnx").exists():
            subprocess.run([interpreter, "-c", EXPORT], cwd=folder, check=True, capture_output=True, timeout=600)
        self._process = subprocess.Popen(
            [interpreter, "-c", WORKER], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def milliseconds(self, name: str, rounds: int) -> np.ndarray:
        """So many calls of one of NAMES, after ten that are not counted."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([name, rounds]) + "\n")
        self._process.stdin.flush()
        return np.array(json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)


def timers(folder: Path) -> tuple[dict[str, Callable[[int], np.ndarray]], Callable[[], None]]:
    """For each runtime of the peer, a function from a number of calls to their milliseconds; and how to end it.

    Empty where the peer cannot be had on this machine.
    """
    try:
        peer = Peer(folder)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"   the peer is left out: {error}", flush=True)
        return {}, lambda: None
    return {name: lambda rounds, name=name: peer.milliseconds(name, rounds) for name in NAMES}, peer.close  # type: ignore[misc]

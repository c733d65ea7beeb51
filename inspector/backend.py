"""Which library computes while a network learns, and on what: decided before Keras is loaded, and then for good."""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inspector.errors import InputError, MachineError, did_you_mean

VARIABLE = "KERAS_BACKEND"
MACHINES = "TF_CONFIG"
"""Names the machines that train together and says which of them this is, to TensorFlow too."""
SECONDS = 120.0
LAST_PORT = 65535

PROBES = {
    "tensorflow": "import tensorflow as lib; of = lib.config.experimental.get_device_details; "
    "g = [of(d).get('device_name', d.name) for d in lib.config.list_physical_devices('GPU')]",
    "jax": "import jax as lib; g = [d.device_kind for d in lib.devices() if d.platform == 'gpu']",
    "torch": "import torch as lib; g = [lib.cuda.get_device_name(i) for i in range(lib.cuda.device_count())]",
}
"""What each library is asked, in a process of its own; in the order in which they are preferred: a step that JAX has
compiled took a fifth of torch's on an NVIDIA H200.
"""


@dataclass(frozen=True)
class Backend:
    """A library that loads here. gpus: the names of those that it can use."""

    name: str
    version: str
    gpus: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def choose(found: Sequence[Backend]) -> Backend | None:
    """The first that has a GPU, else the first; None where there is none.

    TensorFlow has no GPU on native Windows, so that an NVIDIA GPU is used there where torch is installed.
    """
    return next((backend for backend in found if backend.gpus), found[0] if found else None)


def sentence(found: Sequence[Backend], chosen: Backend) -> str:
    """Where a training will run, for a person."""
    many = f"{len(chosen.gpus)} GPUs ({', '.join(chosen.gpus)})"
    one = f"the GPU {chosen.gpus[0]}" if chosen.gpus else "the processor: no GPU was found"
    text = f"{chosen} trains on {many if len(chosen.gpus) > 1 else one}"
    maker = next((backend for backend in found if backend.name == "tensorflow"), None)
    return text if chosen == maker else f"{text}; {maker or 'no TensorFlow'} makes the bundle"


def find(names: Iterable[str] = PROBES) -> list[Backend]:
    """Those of the libraries that load here, each asked in a process of its own: a station never loads them."""
    asked = (_ask(name) for name in PROBES if name in names and installed(name))
    return [backend for backend in asked if backend]


def installed(name: str) -> bool:
    """Whether the library is there, loaded or not."""
    return importlib.util.find_spec(name) is not None


def _ask(name: str) -> Backend | None:
    code = f"{PROBES[name]}; import json; print(json.dumps([lib.__version__, g]))"
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-c", code]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, env=environment, check=True)
        version, gpus = json.loads(said.stdout.splitlines()[-1])
    except (subprocess.SubprocessError, OSError, ValueError, IndexError):
        return None
    return Backend(name, version, tuple(gpus))


def use(wanted: str = "auto") -> str:
    """Make this process train with the wanted backend, or with the one that suits the machine; returns its name.

    KERAS_BACKEND goes before what the workspace's settings want. Nothing is asked where there is no choice.

    Raises: InputError for a backend that we do not know; MachineError where none is installed.
    """
    name = os.environ.get(VARIABLE) or wanted
    if name == "auto":
        there = [name for name in PROBES if installed(name)]
        chosen = choose(find(there)) if len(there) > 1 else None
        name = chosen.name if chosen else "".join(there)
    if not name:
        raise MachineError("No library to train with is installed here. Install one: pip install tensorflow")
    if name not in PROBES:
        raise InputError(f"There is no backend '{name}'.{did_you_mean(name, list(PROBES))}")
    os.environ[VARIABLE] = name
    return name


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
        if not (host and port.isdecimal() and 1 <= int(port) <= LAST_PORT):
            raise InputError(f"A worker is named HOST:PORT, as in 192.168.0.5:2222; '{worker}' is not.")
    task = {"type": "worker", "index": number}
    os.environ[MACHINES] = json.dumps({"cluster": {"worker": list(workers)}, "task": task})


def joined() -> tuple[int, int]:
    """How many machines train together, 1 where none has joined this one, and which of them this is, from 0."""
    told = json.loads(os.environ.get(MACHINES) or "{}")
    machines = len(told.get("cluster", {}).get("worker", ()))
    return (machines, int(told["task"]["index"])) if machines > 1 else (1, 0)

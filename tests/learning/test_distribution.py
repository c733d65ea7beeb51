"""Several devices, and several machines: in processes of their own, since TensorFlow counts its devices once."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from inspector.backend import MACHINES, join
from inspector.errors import InputError
from inspector.learning.distribution import Alone, devices_for
from inspector.learning.settings import Family, Numbers, TrainingSettings

HERE = Path(__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HERE.parent.parent)}
NEAR = "127.0.0.1"


def child(script: str, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("family", Family)
def test_two_devices_learn_as_one_does(family):
    with child("two_devices.py", family) as process:
        said, _ = process.communicate()
    assert process.returncode == 0, said


def free_ports(count: int) -> list[int]:
    held = [socket.create_server((NEAR, 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_machines_end_with_the_same_weights(tmp_path):
    workers = ",".join(f"{NEAR}:{port}" for port in free_ports(2))
    ends = [tmp_path / "0.npz", tmp_path / "1.npz"]
    processes = [child("worker.py", workers, number, end) for number, end in enumerate(ends)]
    said = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], "\n".join(said)
    with np.load(ends[0]) as one, np.load(ends[1]) as other:
        assert len(one.files) > 50
        assert all((one[name] == other[name]).all() for name in one.files)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        (TrainingSettings(minutes=3), "Several machines end after the same step"),
        (TrainingSettings(precision=Numbers.MIXED_FLOAT16), "leave mixed_float16 away"),
        (TrainingSettings(batch=2), "A batch of 2 cannot be shared by 3 machines"),
    ],
    ids=["minutes", "float16", "batch"],
)
def test_settings_that_several_machines_cannot_keep(settings, text, monkeypatch):
    monkeypatch.setenv(MACHINES, "")
    join([f"{NEAR}:{port}" for port in (1, 2, 3)], 0)
    with pytest.raises(InputError, match=text):
        devices_for(settings)


def test_where_there_is_one_device_it_learns_alone():
    assert isinstance(devices_for(TrainingSettings()), Alone)

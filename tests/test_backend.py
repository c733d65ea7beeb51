"""Which library trains: a choice from what is found, and what is found here."""

import json
import os

import pytest

from inspector import backend
from inspector.backend import MACHINES, PROBES, Backend, choose, find, join, joined, sentence, use
from inspector.errors import InputError, MachineError

CARD = ("NVIDIA RTX A2000",)
TF, TF_GPU = Backend("tensorflow", "2.21.0"), Backend("tensorflow", "2.21.0", CARD)
TORCH, TORCH_GPU = Backend("torch", "2.13.0"), Backend("torch", "2.13.0", CARD)
JAX_GPU = Backend("jax", "0.10.2", CARD)


@pytest.mark.parametrize(
    ("found", "chosen", "words"),
    [
        ([TF], TF, "tensorflow 2.21.0 trains on the processor: no GPU was found"),
        ([TF_GPU, TORCH_GPU], TF_GPU, "tensorflow 2.21.0 trains on the GPU NVIDIA RTX A2000"),
        ([TF, TORCH], TF, "tensorflow 2.21.0 trains on the processor: no GPU was found"),
        # Native Windows: TensorFlow sees no GPU there.
        (
            [TF, TORCH_GPU],
            TORCH_GPU,
            "torch 2.13.0 trains on the GPU NVIDIA RTX A2000; tensorflow 2.21.0 makes the bundle",
        ),
        (
            [TF, TORCH, JAX_GPU],
            JAX_GPU,
            "jax 0.10.2 trains on the GPU NVIDIA RTX A2000; tensorflow 2.21.0 makes the bundle",
        ),
        ([TORCH], TORCH, "torch 2.13.0 trains on the processor: no GPU was found; no TensorFlow makes the bundle"),
        (
            [Backend("tensorflow", "2.21.0", CARD * 2)],
            Backend("tensorflow", "2.21.0", CARD * 2),
            "tensorflow 2.21.0 trains on 2 GPUs (NVIDIA RTX A2000, NVIDIA RTX A2000)",
        ),
    ],
)  # fmt: skip
def test_a_gpu_decides_and_else_the_order(found, chosen, words):
    assert choose(found) == chosen
    assert sentence(found, chosen) == words


def test_a_compiled_step_is_preferred():
    assert list(PROBES) == ["tensorflow", "jax", "torch"]


def test_nothing_to_train_with():
    assert choose([]) is None


def test_what_the_environment_wants_goes_first(monkeypatch):
    monkeypatch.setenv(backend.VARIABLE, "jax")
    assert use("torch") == "jax"
    monkeypatch.setenv(backend.VARIABLE, "")
    assert use("torch") == "torch"
    assert os.environ[backend.VARIABLE] == "torch"


def test_an_unknown_backend_has_a_neighbour(monkeypatch):
    monkeypatch.setenv(backend.VARIABLE, "tensorflw")
    with pytest.raises(InputError, match=r"There is no backend 'tensorflw'\. Did you mean 'tensorflow'\?"):
        use()


def test_where_there_is_no_choice_nothing_is_asked(monkeypatch):
    monkeypatch.setenv(backend.VARIABLE, "")
    monkeypatch.setattr(backend, "PROBES", {"tensorflow": "raise SystemExit('asked')"})
    assert use() == "tensorflow"
    monkeypatch.setattr(backend, "PROBES", {})
    monkeypatch.setenv(backend.VARIABLE, "")
    with pytest.raises(MachineError, match="No library to train with"):
        use()


def test_a_library_that_does_not_load_is_not_found(monkeypatch):
    monkeypatch.setitem(PROBES, "tensorflow", "raise ImportError('a broken wheel')")
    assert find(["tensorflow"]) == []


def test_a_machine_joins_by_its_number(monkeypatch):
    monkeypatch.setenv(MACHINES, "")
    join(["10.0.0.1:2222", "10.0.0.2:2222"], 1)
    assert json.loads(os.environ[MACHINES]) == {
        "cluster": {"worker": ["10.0.0.1:2222", "10.0.0.2:2222"]},
        "task": {"type": "worker", "index": 1},
    }


@pytest.mark.parametrize(
    ("workers", "number", "text"),
    [
        (["a:1", "b:2"], 2, "There are 2 workers, from 0 to 1; there is no number 2"),
        (["a:1", "b"], 0, "A worker is named HOST:PORT, as in 192.168.0.5:2222; 'b' is not"),
        (["a:1", "b:99999"], 0, "A worker is named HOST:PORT, as in 192.168.0.5:2222; 'b:99999' is not"),
    ],
)
def test_a_machine_that_cannot_join(workers, number, text):
    with pytest.raises(InputError, match=text):
        join(workers, number)


def test_where_nobody_joined_this_machine_is_alone(monkeypatch):
    monkeypatch.setenv(MACHINES, "")
    assert joined() == (1, 0)
    join(["a:1", "b:1", "c:1"], 2)
    assert joined() == (3, 2)

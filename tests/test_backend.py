"""Which library trains: a choice from what is found, and what is found here."""

import os

import pytest

from inspector import backend
from inspector.backend import PROBES, Backend, choose, find, sentence, use
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

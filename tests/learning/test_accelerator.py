"""Errors of three backends, none of which is loaded here: by name and by words, as each writes them."""

import pytest

from inspector.learning.accelerator import gone, of_the_device, out_of_memory


class ResourceExhaustedError(Exception):
    """TensorFlow's."""


class InternalError(Exception):
    """TensorFlow's."""


class XlaRuntimeError(RuntimeError):
    """JAX's."""


class OutOfMemoryError(RuntimeError):
    """torch's."""


class AcceleratorError(RuntimeError):
    """torch's."""


@pytest.mark.parametrize(
    "error",
    [
        ResourceExhaustedError("OOM when allocating tensor with shape[8,64,40,40] on /device:GPU:0"),
        XlaRuntimeError("RESOURCE_EXHAUSTED: Out of memory while trying to allocate 17179869184 bytes."),
        OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:124] DefaultCPUAllocator: can't allocate memory: you tried"),
        InternalError("RESOURCE_EXHAUSTED: Failed to allocate request for 2.00GiB on device ordinal 0"),
        MemoryError(),
    ],
    ids=repr,
)
def test_no_memory(error):
    assert out_of_memory(error)
    assert not gone(error)


@pytest.mark.parametrize(
    "error",
    [
        AcceleratorError("CUDA error: unspecified launch failure"),
        XlaRuntimeError("INTERNAL: CUDA_ERROR_LAUNCH_FAILED: unspecified launch failure"),
        InternalError("Failed to synchronize the GPU stream: device lost"),
    ],
    ids=repr,
)
def test_no_device(error):
    assert gone(error)
    assert not out_of_memory(error)


@pytest.mark.parametrize(
    "error", [KeyError("device"), ValueError("out of memory"), RuntimeError("no such layer"), OSError("CUDA")], ids=repr
)
def test_something_else(error):
    assert not gone(error)
    assert not out_of_memory(error)


def test_the_line_that_names_the_device():
    wrapped = "Exception encountered when calling Lesson.call().\n\n\x1b[1mCUDA error: device lost.\x1b[0m\n\nArguments"
    assert of_the_device(AcceleratorError(wrapped)) == "CUDA error: device lost"

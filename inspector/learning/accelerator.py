"""What goes wrong on a device while a network learns, by the shape of the error: each backend has its own."""

import re

STYLE = re.compile("\x1b\\[[0-9;]*m")
"""Keras prints what it wraps in bold."""

MEMORY_CLASSES = {"ResourceExhaustedError", "OutOfMemoryError", "MemoryError"}
MEMORY_WORDS = re.compile(r"RESOURCE_EXHAUSTED|out of memory|can't allocate memory|failed to allocate", re.IGNORECASE)
DEVICE_WORDS = re.compile(r"\b(CUDA|GPU|cuDNN|cuBLAS|NCCL|HIP|ROCm|device)|CUDA_|CUDNN_|CUBLAS_", re.IGNORECASE)
DEVICE_CLASSES = {
    *("InternalError", "UnavailableError", "AbortedError", "UnknownError"),  # TensorFlow's
    *("XlaRuntimeError", "JaxRuntimeError", "AcceleratorError"),  # JAX's and torch's
}


def out_of_memory(error: BaseException) -> bool:
    """Whether a smaller batch may help.

    TensorFlow raises a ResourceExhaustedError, torch an OutOfMemoryError, or on a processor a RuntimeError that says
    so, and JAX an XlaRuntimeError that starts with RESOURCE_EXHAUSTED.
    """
    return bool(_classes(error) & MEMORY_CLASSES) or (_of_backend(error) and bool(MEMORY_WORDS.search(str(error))))


def gone(error: BaseException) -> bool:
    """Whether the device failed or went away under the training."""
    return not out_of_memory(error) and _of_backend(error) and bool(DEVICE_WORDS.search(str(error)))


def of_the_device(error: BaseException) -> str:
    """The line of the error that names the device, without the page around it."""
    lines = STYLE.sub("", str(error)).splitlines()
    return next((line.strip(". ") for line in lines if DEVICE_WORDS.search(line)), type(error).__name__)


def _of_backend(error: BaseException) -> bool:
    return isinstance(error, RuntimeError) or bool(_classes(error) & DEVICE_CLASSES)


def _classes(error: BaseException) -> set[str]:
    return {kind.__name__ for kind in type(error).__mro__}

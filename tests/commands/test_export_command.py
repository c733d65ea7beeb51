"""`inspector export`: what a person is told before anything is loaded."""

from typing import Any

import pytest

Inspector = Any


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--format", "tfl"), "There is no format 'tfl'. Did you mean 'tflite'?"),
        (("--format", "openvino", "--precision", "int4"), "There is no precision 'int4'. Did you mean 'int8'?"),
        (("--format", "onnx"), "A station does not run onnx: name a new folder for it with --out."),
        (
            ("--format", "tflite", "--out", "somewhere"),
            "What is exported as tflite becomes a bundle of the workspace: leave --out away.",
        ),
        (("--format", "tflite"), "There is no bundle 'lid-1'."),
    ],
)
def test_what_cannot_be_exported_is_one_sentence(inspector: Inspector, options: tuple[str, ...], sentence: str) -> None:
    said = inspector("export", "lid-1", *options)
    assert (said.code, said.err) == (2, f"{sentence}\n")

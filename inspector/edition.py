"""In which format and in which numbers a network is kept, and what runs it."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from inspector.detector import LiteRtDetector, NetworkDetector, OpenVinoDetector
from inspector.files import Section
from inspector.recipe import Label

NETWORK = "network.tflite"
"""The network as it was trained; every edition is made of such a file."""


class Format(StrEnum):
    """What a network's file is. A station runs tflite and openvino; onnx is for the programs of others."""

    TFLITE = "tflite"
    ONNX = "onnx"
    OPENVINO = "openvino"


class Precision(StrEnum):
    """In which numbers a network computes."""

    FLOAT = "float"
    INT8 = "int8"


FILES = {Format.TFLITE: (NETWORK,), Format.OPENVINO: ("network.xml", "network.bin"), Format.ONNX: ("network.onnx",)}
"""Of which files a network consists; the first is the one to open."""

DETECTORS: dict[Format, Callable[[Path, tuple[Label, ...], int], NetworkDetector]] = {
    Format.TFLITE: LiteRtDetector,
    Format.OPENVINO: OpenVinoDetector,
}
"""What runs a network at a station."""


class Edition(Section):
    """The network of another bundle, in another format or precision. source: that bundle's id."""

    source: str
    format: Format
    precision: Precision

    def __str__(self) -> str:
        return f"{self.source} as {self.format} in {self.precision}"


class Parity(Section):
    """How far a network is from the one that it was made of, where it was made.

    score_difference: the largest; box_iou: the least of the boxes that may count; both on so many pictures. On the
    golden frames, so many, the verdicts were the same.
    """

    pictures: int
    golden: int
    score_difference: float
    box_iou: float

    def __str__(self) -> str:
        return (
            f"scores differ by {self.score_difference:.4f} at most, boxes have an IoU of {self.box_iou:.4f} at least, "
            f"on {self.pictures} pictures; the same verdicts on {self.golden} golden frames"
        )

"""What GenICam cameras send, as pictures in BGR."""

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.frame import Image

COLOURS: Mapping[str, int | None] = {
    "BayerRG8": cv2.COLOR_BayerRGGB2BGR,
    "BayerGR8": cv2.COLOR_BayerGRBG2BGR,
    "BayerGB8": cv2.COLOR_BayerGBRG2BGR,
    "BayerBG8": cv2.COLOR_BayerBGGR2BGR,
    "YUV422_8_UYVY": cv2.COLOR_YUV2BGR_UYVY,
    "YUV422_8": cv2.COLOR_YUV2BGR_YUY2,
    "BGR8": None,
    "RGB8": cv2.COLOR_RGB2BGR,
    "BGRa8": cv2.COLOR_BGRA2BGR,
    "RGBa8": cv2.COLOR_RGBA2BGR,
    "Mono8": cv2.COLOR_GRAY2BGR,
}
"""How a format becomes BGR. In the order in which they are taken: the least on the link first, colour before grey."""


def bgr(data: NDArray[Any], width: int, height: int, form: str) -> Image:
    """A buffer, which the camera fills again, as a picture of its own."""
    flat = data.view(np.uint8).reshape(height, -1)
    channels = flat.shape[1] // width
    shaped = flat[:, : width * channels].reshape((height, width, channels) if channels > 1 else (height, width))
    change = COLOURS[form]
    return np.ascontiguousarray(shaped).copy() if change is None else np.asarray(cv2.cvtColor(shaped, change))

"""What happens to a picture before the network sees it: once, for training and for the station alike."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes
from inspector.frame import Image

PAD_GREY = 114


@dataclass(frozen=True)
class Letterbox:
    """How a frame was fitted into the network's input: scaled alike in x and y, then padded right and below.

    Sizes are (width, height) in pixels. Padding only right and below keeps the origin, so a box maps by one factor.
    """

    frame_size: tuple[int, int]
    input_size: tuple[int, int]

    @property
    def scale(self) -> float:
        """Input pixels per frame pixel."""
        (width, height), (input_width, input_height) = self.frame_size, self.input_size
        return min(input_width / width, input_height / height)

    @property
    def content_size(self) -> tuple[int, int]:
        """(width, height) of the picture inside the input, without the padding."""
        width, height = self.frame_size
        return max(1, round(width * self.scale)), max(1, round(height * self.scale))

    def to_input(self, boxes: Boxes) -> Boxes:
        """Boxes of the frame, in pixels of the input."""
        return boxes * np.float32(self.scale)

    def to_frame(self, boxes: Boxes) -> Boxes:
        """Boxes of the input, in pixels of the frame, cut to the frame."""
        width, height = self.frame_size
        limits = np.array([width, height, width, height], np.float32)
        return np.clip(boxes / np.float32(self.scale), 0, limits)


def letterbox(image: Image, input_size: tuple[int, int]) -> tuple[NDArray[np.uint8], Letterbox]:
    """A frame's image as the network wants it, and how to map boxes back.

    Args: image `(H, W, 3)` uint8 BGR; input_size (width, height).
    Returns: `(input_height, input_width, 3)` uint8 RGB and the mapping. The network itself scales pixel values.
    """
    height, width = image.shape[:2]
    fit = Letterbox((width, height), input_size)
    # Area averaging when shrinking: linear would alias fine threads and slots away.
    method = cv2.INTER_AREA if fit.scale < 1 else cv2.INTER_LINEAR
    content = cv2.resize(image, fit.content_size, interpolation=method) if fit.scale != 1 else image
    canvas = np.full((input_size[1], input_size[0], 3), PAD_GREY, np.uint8)
    content_width, content_height = fit.content_size
    cv2.cvtColor(content, cv2.COLOR_BGR2RGB, dst=canvas[:content_height, :content_width])
    return canvas, fit


def cut_out(image: Image, box: NDArray[np.float32], context: float, side: int) -> NDArray[np.uint8]:
    """A place of a frame as the second look wants it: a square round the box, grey where it leaves the frame.

    Args: image `(H, W, 3)` uint8 BGR; box `(4,)` xyxy in pixels of the frame, its centre inside; context: how far the
    square reaches beyond the box, as a share of the box's longer side.
    Returns: `(side, side, 3)` uint8 RGB.
    """
    xmin, ymin, xmax, ymax = box.tolist()
    reach = max(1, round(max(xmax - xmin, ymax - ymin) * (0.5 + context)))
    left, top = round((xmin + xmax) / 2) - reach, round((ymin + ymax) / 2) - reach
    right, bottom = left + 2 * reach, top + 2 * reach
    height, width = image.shape[:2]
    inner = image[max(top, 0) : min(bottom, height), max(left, 0) : min(right, width)]
    above, below, before, behind = (max(edge, 0) for edge in (-top, bottom - height, -left, right - width))
    grey = (PAD_GREY,) * 3
    square = cv2.copyMakeBorder(inner, above, below, before, behind, cv2.BORDER_CONSTANT, value=grey)
    return letterbox(np.asarray(square, np.uint8), (side, side))[0]

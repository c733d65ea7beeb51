"""Pictures for a report: a frame with what was seen drawn on it, and many of them on one sheet."""

import base64
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.detections import Detections
from inspector.frame import Image

# BGR; told apart by the colour-blind too, and always beside a word.
GOOD = (143, 148, 0)
BAD = (0, 84, 213)
UNSURE = (0, 159, 230)
TRUTH = (255, 255, 255)
INK = (38, 32, 30)
PAPER = (250, 248, 247)


def draw(image: Image, detections: Detections, failing: frozenset[str] = frozenset()) -> NDArray[np.uint8]:
    """A copy of the image with each detection's box, label and score; labels in `failing` in the colour of a fault."""
    canvas = image.copy()
    scale = max(image.shape[:2]) / 640
    width = max(1, round(2 * scale))
    for i in range(len(detections)):
        label = detections.label(i)
        colour = BAD if label.name in failing else GOOD
        xmin, ymin, xmax, ymax = (round(float(v)) for v in detections.boxes[i])
        cv2.rectangle(canvas, (xmin, ymin), (xmax - 1, ymax - 1), colour, width, cv2.LINE_AA)
        _tag(canvas, f"{label.name} {detections.scores[i]:.2f}", (xmin, ymin), colour, 0.45 * scale)
    return canvas


def caption(image: NDArray[np.uint8], text: str, colour: tuple[int, int, int], width: int = 320) -> NDArray[np.uint8]:
    """The image, scaled to a width in pixels, under a bar with the text."""
    height = round(image.shape[0] * width / image.shape[1])
    picture = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    bar = np.full((30, width, 3), colour, np.uint8)
    cv2.putText(bar, text, (8, 20), cv2.FONT_HERSHEY_SIMPLEX, 0.48, (255, 255, 255), 1, cv2.LINE_AA)
    return np.vstack([bar, picture])


def sheet(tiles: Sequence[NDArray[np.uint8]], columns: int = 6, gap: int = 8) -> NDArray[np.uint8]:
    """Tiles of one width on one sheet, row by row.

    Raises: ValueError where there is no tile.
    """
    if not tiles:
        raise ValueError("a sheet needs at least one tile")
    columns = min(columns, len(tiles))
    width, height = tiles[0].shape[1], max(tile.shape[0] for tile in tiles)
    rows = -(-len(tiles) // columns)
    canvas = np.full((rows * (height + gap) + gap, columns * (width + gap) + gap, 3), PAPER, np.uint8)
    for i, tile in enumerate(tiles):
        top, left = gap + i // columns * (height + gap), gap + i % columns * (width + gap)
        canvas[top : top + tile.shape[0], left : left + width] = tile
    return canvas


def as_data_uri(image: NDArray[np.uint8], quality: int = 85) -> str:
    """The image as a JPEG inside an HTML page, so that a report is one file."""
    _, encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return "data:image/jpeg;base64," + base64.b64encode(encoded.tobytes()).decode()


def _tag(
    canvas: NDArray[np.uint8], text: str, corner: tuple[int, int], colour: tuple[int, int, int], scale: float
) -> None:
    (width, height), base = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, 1)
    x, y = max(0, min(corner[0], canvas.shape[1] - width - 4)), max(height + base + 2, corner[1])
    cv2.rectangle(canvas, (x, y - height - base - 2), (x + width + 4, y), colour, cv2.FILLED)
    cv2.putText(canvas, text, (x + 2, y - base), cv2.FONT_HERSHEY_SIMPLEX, scale, (255, 255, 255), 1, cv2.LINE_AA)

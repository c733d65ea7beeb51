"""Changing pictures so that the detector learns the component and not the photograph.

What is done to a picture is drawn before anybody looks at what is in it, so that empty and full pictures are changed
alike: were only full pictures zoomed, zoom alone would tell the class.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.boxes import Boxes, area, clip, intersection
from inspector.preprocess import PAD_GREY

LEAST_VISIBLE = 0.6


@dataclass(frozen=True, eq=False)
class Change:
    """What is done to one picture.

    affine `(2, 3)` float64, from input to input in the coordinates of boxes, where the first pixel's centre lies at a
    half; curve `(256, 3)` uint8, the new value of each value of R, G and B; blur: standard deviation in pixels, 0 for
    none; noise: standard deviation in grey values; quality: of JPEG, 100 for none; patches `(k, 4)` xyxy covered with
    greys `(k, 3)`; seed: of the noise.
    """

    affine: NDArray[np.float64]
    curve: NDArray[np.uint8]
    blur: float
    noise: float
    quality: int
    patches: Boxes
    greys: NDArray[np.uint8]
    seed: int


def draw(rng: np.random.Generator, input_size: tuple[int, int], turns: bool) -> Change:
    """What to do to a picture of that (width, height). turns: it may also be mirrored and turned by quarters."""
    k = int(rng.integers(1, 3)) if rng.random() < 0.25 else 0
    return Change(
        affine=_draw_affine(rng, input_size, turns),
        curve=_draw_curve(rng),
        blur=float(rng.uniform(0.3, 1.2)) if rng.random() < 0.25 else 0.0,
        noise=float(rng.uniform(1, 8)) if rng.random() < 0.4 else 0.0,
        quality=int(rng.integers(40, 95)) if rng.random() < 0.25 else 100,
        patches=_draw_patches(rng, input_size, k),
        greys=rng.integers(0, 256, (k, 3)).astype(np.uint8),
        seed=int(rng.integers(2**31)),
    )


def _draw_affine(rng: np.random.Generator, input_size: tuple[int, int], turns: bool) -> NDArray[np.float64]:
    size = np.array(input_size, float)
    angle = np.deg2rad(rng.uniform(-15, 15) if turns else rng.uniform(-5, 5))
    quarters, mirror = (int(rng.integers(4)), rng.random() < 0.5) if turns else (0, False)
    scale = np.exp(rng.uniform(np.log(0.8), np.log(1.2)))
    if quarters % 2:
        scale *= (size.min() / size.max()) ** 0.5  # half way between losing the ends and losing detail
    angle += quarters * np.pi / 2
    linear = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    if mirror:
        linear[:, 0] *= -1
    shift = rng.uniform(-0.1, 0.1, 2) * size
    return np.column_stack([linear, size / 2 - linear @ (size / 2) + shift])


def _draw_curve(rng: np.random.Generator) -> NDArray[np.uint8]:
    """Brightness, contrast, gamma and white balance in one table of values."""
    values = np.linspace(0, 1, 256)[:, None]
    gain = rng.uniform(0.92, 1.08, 3) * rng.uniform(0.75, 1.25)
    gamma = np.exp(rng.uniform(-0.3, 0.3))
    contrast = rng.uniform(0.8, 1.2)
    curve = ((values**gamma * gain - 0.5) * contrast + 0.5 + rng.uniform(-0.08, 0.08)) * 255
    return np.clip(np.rint(curve), 0, 255).astype(np.uint8)


def _draw_patches(rng: np.random.Generator, input_size: tuple[int, int], k: int) -> Boxes:
    size = np.array(input_size, float)
    corner = rng.uniform(-0.05, 1.0, (k, 2)) * size
    return np.concatenate([corner, corner + rng.uniform(0.04, 0.2, (k, 2)) * size.min()], axis=1).astype(np.float32)


def change_picture(change: Change, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A changed copy. Args: picture `(H, W, 3)` uint8 RGB."""
    height, width = picture.shape[:2]
    grey = (PAD_GREY,) * 3
    affine = _between_centres(change.affine)
    result = cv2.warpAffine(picture, affine, (width, height), flags=cv2.INTER_LINEAR, borderValue=grey)
    result = cv2.LUT(result, change.curve[None])
    for (xmin, ymin, xmax, ymax), shade in zip(change.patches.astype(int).tolist(), change.greys, strict=True):
        result[max(ymin, 0) : max(ymax, 0), max(xmin, 0) : max(xmax, 0)] = shade
    if change.blur:
        result = cv2.GaussianBlur(result, (0, 0), change.blur)
    if change.noise:
        noise = np.random.default_rng(change.seed).standard_normal(result.shape, np.float32) * change.noise
        result = np.clip(result + noise, 0, 255).astype(np.uint8)
    if change.quality < 100:
        _, packed = cv2.imencode(".jpg", result, [cv2.IMWRITE_JPEG_QUALITY, change.quality])
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
    return np.asarray(result, np.uint8)


def _between_centres(affine: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same map for OpenCV, which counts from the centre of the first pixel: a box counts from its edge, and a
    mirrored picture would else lie a whole pixel beside its boxes.
    """
    shifted = affine.copy()
    shifted[:, 2] += affine[:, :2].sum(axis=1) / 2 - 0.5
    return shifted


def change_boxes(change: Change, boxes: Boxes, input_size: tuple[int, int]) -> tuple[Boxes, NDArray[np.bool_]]:
    """Where boxes `(n, 4)` lie afterwards, cut to the input, and `(n,)` whether enough of each is still seen to be
    called there.
    """
    moved = move(change.affine, boxes)
    cut = clip(moved, *input_size)
    seen = area(cut) / np.maximum(area(moved), 1e-6)
    covered = intersection(cut, change.patches).sum(axis=1) / np.maximum(area(cut), 1e-6)
    return cut, (seen >= LEAST_VISIBLE) & (covered <= 1 - LEAST_VISIBLE)


def move(affine: NDArray[np.float64], boxes: Boxes) -> Boxes:
    """Boxes `(n, 4)` after an affine map `(2, 3)`: round the image of the ellipse inside each, which stays tight
    where the hull of the turned corners would grow round a screw.
    """
    center = (boxes[:, :2] + boxes[:, 2:]) / 2 @ affine[:, :2].T + affine[:, 2]
    half = np.sqrt(((boxes[:, 2:] - boxes[:, :2]) / 2) ** 2 @ (affine[:, :2] ** 2).T)
    return np.concatenate([center - half, center + half], axis=1).astype(np.float32)

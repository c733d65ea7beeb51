"""How a camera saw a place while it recorded: light, colour, sharpness and view, to hold two recordings side by side.

Light and colour are of the middle picture: of each pixel the median over frames, in which what moves is not seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.capture.pictures import read_picture
from inspector.files import Document, read_document, write_document, written_whole
from inspector.frame import Image
from inspector.labeling.alignment import IDENTITY, landmarks, motion
from inspector.labeling.extraction import ExtractedFrames

FILE, VIEW = "fingerprint.yaml", "view.png"
SAMPLE = 30
"""Frames that it is taken from, at most."""
SIDE = 640
"""Pixels of the view's longer side."""
BRIGHTER, REDDER, SOFTER = 1.25, 1.05, 0.55
"""Ratios from which two recordings differ in more than whether they show the component; see test_fingerprint.py."""
COLOURS = (
    (
        "it has {} % more red: switch the white balance to manual",
        "it has {} % less red: switch the white balance to manual",
    ),
    (
        "it has {} % more blue: switch the white balance to manual",
        "it has {} % less blue: switch the white balance to manual",
    ),
)
"""What is said of more and of less of a colour, whole: not every language puts it together in this way."""
MOVED = 0.004
"""Of the longer side, by which a view has moved: a few times what two of a camera that stands still differ by."""
CLEARER = 0.04
"""Of the correlation of edges, which a true shift raises once it is taken back."""
STRONG_EDGES = 95
"""Per cent: edges stronger than most count no more than these, or the component would outweigh all that stays."""


class Fingerprint(Document):
    """`fingerprint.yaml` of a recording. light: grey value; red, blue: times green; sharpness: how much finer detail is
    than coarse, the same for few edges and for many. steady: the view is the same all through, so that it can be held
    against another's.
    """

    light: float
    red: float
    blue: float
    sharpness: float
    steady: bool


@dataclass(frozen=True, eq=False)
class Seen:
    """A fingerprint and its view: the middle picture, SIDE pixels long."""

    numbers: Fingerprint
    view: Image


def seen_in(images: Sequence[Image]) -> Seen:
    """The fingerprint of frames of one size, in order."""
    small = np.stack([small_of(image) for image in images])
    view = _middle(small)
    blue, green, red = (float(value) for value in view[_lit(view)].mean(axis=0)) if _lit(view).any() else (1.0,) * 3
    halves = _middle(small[: (len(small) + 1) // 2]), _middle(small[len(small) // 2 :])
    numbers = Fingerprint(
        light=round(float(np.median(cv2.cvtColor(view, cv2.COLOR_BGR2GRAY))), 2),
        red=round(red / max(green, 1.0), 4),
        blue=round(blue / max(green, 1.0), 4),
        sharpness=round(float(np.median([sharpness_of(image) for image in images])), 4),
        steady=_moved(*halves, clearer=0.0) <= MOVED,
    )
    return Seen(numbers, view)


def take_fingerprint(folder: Path, frames: ExtractedFrames) -> Seen:
    """Of a recording's extracted frames, kept beside them as `fingerprint.yaml` and `view.png`.

    Raises: InputError where a frame cannot be read; MachineError on a full disk.
    """
    picked = np.linspace(0, len(frames) - 1, min(SAMPLE, len(frames))).round().astype(int)
    seen = seen_in([read_picture(frames.frames[i].path) for i in picked])
    with written_whole(folder / VIEW) as file:
        file.write(cv2.imencode(".png", seen.view)[1].tobytes())
    write_document(folder / FILE, seen.numbers)
    return seen


def read_fingerprint(folder: Path) -> Seen | None:
    """What was kept; None where nothing was.

    Raises: FileProblems or InputError where it is damaged.
    """
    if not (folder / FILE).exists():
        return None
    return Seen(read_document(folder / FILE, Fingerprint), read_picture(folder / VIEW))


def differences(one: Seen, other: Seen) -> list[str]:
    """In what the other differs from the one, beside what it shows: a phrase each, that says what to look after."""
    if one.view.shape != other.view.shape:
        return ["its pictures have another shape: use the same camera with the same settings"]
    # In another light, or blurred, edges are others, and a view seems to have moved.
    return list(_in_numbers(one.numbers, other.numbers)) or list(_in_view(one, other))


def _in_numbers(one: Fingerprint, other: Fingerprint) -> Iterator[str]:
    light = max(other.light, 1.0) / max(one.light, 1.0)
    if light >= BRIGHTER:
        yield f"it is {light:.1f} times as bright: keep the light and the exposure as they are"
    elif light <= 1 / BRIGHTER:
        yield f"it is only {100 * light:.0f} % as bright: keep the light and the exposure as they are"
    for (more, less), ratio in zip(COLOURS, (other.red / one.red, other.blue / one.blue), strict=True):
        if not 1 / REDDER < ratio < REDDER:
            yield (more if ratio > 1 else less).format(f"{100 * abs(ratio - 1):.0f}")
    sharp = other.sharpness / one.sharpness if one.sharpness else 1.0
    if sharp <= SOFTER:
        yield "it is less sharp: look after the focus"
    elif sharp >= 1 / SOFTER:
        yield "it is sharper: look after the focus"


def _in_view(one: Seen, other: Seen) -> Iterator[str]:
    if one.numbers.steady and other.numbers.steady and (moved := _moved(one.view, other.view, CLEARER)) > MOVED:
        yield f"its view has moved by {100 * moved:.1f} % of the picture: fix the camera and the fixture"


def small_of(image: Image) -> Image:
    """The picture with SIDE pixels along its longer side, as all of a fingerprint is taken; a smaller one as it is."""
    scale = min(1.0, SIDE / max(image.shape[:2]))
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _middle(images: NDArray[np.uint8]) -> Image:
    return np.median(images, axis=0).astype(np.uint8)


def _lit(view: Image) -> NDArray[np.bool_]:
    """`(H, W)` what is neither black nor blown out, and so has a colour."""
    return np.asarray((view.max(axis=2) < 250) & (view.min(axis=2) > 5), bool)


def sharpness_of(image: Image) -> float:
    """Edges at half size against those at a quarter: blur takes the fine ones first.

    Half size, since a sensor's noise is at full size.
    """
    half = cv2.resize(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    quarter = cv2.resize(half, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    fine, coarse = (float(cv2.Laplacian(grey, cv2.CV_32F).var()) for grey in (half, quarter))
    return fine / max(coarse, 1e-3)


def _moved(one: Image, other: Image, clearer: float) -> float:
    """By how much of its longer side a view lies elsewhere: shifted, or turned or nearer where landmarks tell.

    clearer: as in `_shifted`.
    """
    height, width = one.shape[:2]
    shift = _shifted(_edges(one), _edges(other), clearer)
    found = motion(landmarks(other), landmarks(one), (width, height))
    if found is None or found.still:
        return shift / max(width, height)
    turned = float(np.abs(found.matrix - IDENTITY)[:, :2].max()) * width / 2
    return max(shift, turned) / max(width, height)


def _shifted(one: NDArray[np.float32], other: NDArray[np.float32], clearer: float) -> int:
    """By how many pixels edges are shifted, a tenth of either side at most; 0 where no shift makes them clearly alike.

    Where one of two pictures shows a large component and the other none, the best shift may be any. clearer: of the
    correlation, by how much at least.
    """
    y, x = one.shape[0] // 10, one.shape[1] // 10
    found = cv2.matchTemplate(other, one[y : one.shape[0] - y, x : one.shape[1] - x], cv2.TM_CCOEFF_NORMED)
    _, best, _, (left, top) = cv2.minMaxLoc(found)
    return round(float(np.hypot(left - x, top - y))) if best > found[y, x] + clearer else 0


def _edges(view: Image) -> NDArray[np.float32]:
    grey = cv2.GaussianBlur(cv2.cvtColor(view, cv2.COLOR_BGR2GRAY), (0, 0), 1).astype(np.float32)
    edges = np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    return np.minimum(edges, np.percentile(edges, STRONG_EDGES)).astype(np.float32)

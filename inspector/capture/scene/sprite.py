"""Things that lie in the box: drawn once, then placed in each frame by one warp."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from inspector.capture.scene.shapes import FINE, Field, as_bytes


@dataclass(frozen=True)
class Pose:
    """Where a thing's origin lies, in frame pixels, and how far it is turned clockwise."""

    x: float
    y: float
    degrees: float = 0.0

    def moved(self, dx: float, dy: float) -> "Pose":
        return Pose(self.x + dx, self.y + dy, self.degrees)

    def towards(self, other: "Pose", share: float) -> "Pose":
        """On the straight way to another pose: 0 is here, 1 is there."""
        return Pose(
            self.x + (other.x - self.x) * share,
            self.y + (other.y - self.y) * share,
            self.degrees + (other.degrees - self.degrees) * share,
        )

    def turn(self) -> NDArray[np.float64]:
        """`(2, 2)` rotation."""
        c, s = np.cos(np.radians(self.degrees)), np.sin(np.radians(self.degrees))
        return np.array([[c, -s], [s, c]])

    def place(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Points `(k, 2)` of the thing, in frame pixels from its origin, as points of the frame."""
        return (points @ self.turn().T + (self.x, self.y)).astype(np.float32)


@dataclass(frozen=True)
class Sprite:
    """What a thing does to the picture below it: `below * passes / 255 + shines`.

    shines: `(h, w, 4)` uint8: BGR, what it adds, and as the fourth how much passes where that is alike in all colours:
    255 lets all light through, in a thing's shadow some comes, under the thing none.
    passes: `(h, w, 4)` uint8 of something tinted, its fourth channel idle; None where `shines` says it.
    origin: (x, y) of the thing's origin in the sprite, in frame pixels; the arrays have `FINE` samples a pixel.
    All have four channels since OpenCV warps four in half the time of three.
    """

    shines: NDArray[np.uint8]
    origin: tuple[float, float]
    passes: NDArray[np.uint8] | None = None

    @classmethod
    def solid(cls, colour: Field, alpha: Field, shadow: Field, origin: tuple[float, float]) -> "Sprite":
        """Of something opaque: colour `(h, w, 3)`, alpha and shadow `(h, w)`, 1 where all light comes through."""
        return cls(as_bytes(np.dstack([colour * alpha[..., None], (1 - alpha) * shadow])), origin)

    @classmethod
    def tinted(cls, shines: Field, passes: Field, origin: tuple[float, float]) -> "Sprite":
        """Of something that light comes through: both `(h, w, 3)`, 0..1."""
        four = [cv2.cvtColor(as_bytes(field), cv2.COLOR_BGR2BGRA) for field in (shines, passes)]
        return cls(np.asarray(four[0], np.uint8), origin, np.asarray(four[1], np.uint8))

    def lay(self, picture: NDArray[np.uint8], pose: Pose) -> None:
        """Draw it into a picture `(H, W, 4)`, in place, as far as it is inside."""
        matrix = self._matrix(pose)
        left, top, right, bottom = self._reach(matrix, picture.shape)
        if left >= right or top >= bottom:
            return
        matrix[:, 2] -= (left, top)
        below, size = picture[top:bottom, left:right], (right - left, bottom - top)
        shines = cv2.warpAffine(self.shines, matrix, size, borderValue=(0, 0, 0, 255))
        if self.passes is None:
            passes = cv2.cvtColor(cv2.extractChannel(shines, 3), cv2.COLOR_GRAY2BGRA)
        else:
            passes = cv2.warpAffine(self.passes, matrix, size, borderValue=(255,) * 4)
        cv2.multiply(below, passes, dst=below, scale=1 / 255)
        cv2.add(below, shines, dst=below)

    def _matrix(self, pose: Pose) -> NDArray[np.float64]:
        """`(2, 3)` from sample numbers to pixel numbers; a number names the middle of its sample, hence the halves."""
        linear = pose.turn() / FINE
        first = np.array([0.5 - self.origin[0] * FINE, 0.5 - self.origin[1] * FINE])
        return np.column_stack([linear, linear @ first + (pose.x - 0.5, pose.y - 0.5)])

    def _reach(self, matrix: NDArray[np.float64], shape: tuple[int, ...]) -> tuple[int, int, int, int]:
        rows, columns = self.shines.shape[:2]
        corners = np.array([[0, 0, 1], [columns, 0, 1], [0, rows, 1], [columns, rows, 1]]) @ matrix.T
        low, high = np.floor(corners.min(0)).astype(int), np.ceil(corners.max(0)).astype(int) + 1
        return max(0, low[0]), max(0, low[1]), min(shape[1], high[0]), min(shape[0], high[1])

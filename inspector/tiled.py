"""A detector that looks at a large frame tile by tile."""

from inspector.detections import Detections
from inspector.detector import FLOOR, Detector
from inspector.frame import Image
from inspector.seams import merge
from inspector.tiles import Tiling


class TiledDetector:
    """Another detector, which was taught tiles, on whole frames: it looks at each tile, and what it says is merged."""

    def __init__(self, detector: Detector, tiling: Tiling) -> None:
        self.labels = detector.labels
        self._detector, self._tiling = detector, tiling

    def detect(self, image: Image) -> Detections:
        """Everything scored at least FLOOR, best first, boxes in pixels of the image."""
        tiles = self._tiling.tiles((image.shape[1], image.shape[0]))
        seen = []
        for xmin, ymin, xmax, ymax in tiles.tolist():
            found = self._detector.detect(image[ymin:ymax, xmin:xmax])
            seen.append(found.moved(xmin, ymin))
        return merge(seen, tiles, FLOOR)


def in_tiles(detector: Detector, tiling: Tiling | None) -> Detector:
    """The detector as it was taught: on tiles of that kind, or on whole frames."""
    return detector if tiling is None else TiledDetector(detector, tiling)

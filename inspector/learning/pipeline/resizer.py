"""The size of the network's input, from a pipeline's image resizer.

Defaults: image_resizer.proto of the TensorFlow Object Detection API.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector.labeling.formats.entry import Size
from inspector.labeling.packing import MULTIPLE
from inspector.learning.pipeline.part import Part


@dataclass(frozen=True)
class Resizer:
    """How large pictures go in: scaled to `shorter` pixels on their shorter side, but never beyond `longer` on the
    other. fixed: (width, height) of all of them, whatever their own.
    """

    shorter: int = 600
    longer: int = 1024
    fixed: Size | None = None

    def input_size(self, frames: Sequence[Size]) -> Size:
        """(width, height), multiples of 32, that holds every frame of these sizes."""
        sizes = [self.fixed] if self.fixed else [self._scaled(frame) for frame in frames]
        width, height = (-(-max(sides) // MULTIPLE) * MULTIPLE for sides in zip(*sizes, strict=True))
        return width, height

    def _scaled(self, frame: Size) -> Size:
        scale = min(self.shorter / min(frame), self.longer / max(frame))
        return max(1, round(frame[0] * scale)), max(1, round(frame[1] * scale))


def read_resizer(part: Part) -> Resizer | None:
    """Read an ImageResizer; None where the file has none that we know."""
    resizer = None
    fixed, kept = part.part("fixed_shape_resizer"), part.part("keep_aspect_ratio_resizer")
    if fixed.there:
        resizer = _fixed(fixed)
    elif kept.there:
        resizer = _kept(kept)
    part.leave("frames are scaled to fit the input here", "identity_resizer", "conditional_shape_resizer")
    part.leave("frames are scaled to fit the input here", "pad_to_multiple_resizer")
    for one in (fixed, kept):
        one.leave("frames are scaled one way here", "resize_method")
        one.expect("convert_to_grayscale", False, False)
        one.leave("the border is grey here", "per_channel_pad_value")
        one.finish()
    part.finish()
    return resizer


def _fixed(part: Part) -> Resizer:
    size = part.peek("width", 300), part.peek("height", 300)
    how = "the input's, up to a multiple of 32; frames keep their shape in it, where theirs are squeezed"
    for name, side in zip(("width", "height"), size, strict=True):
        _check(part, name, side)
        part.translate(name, 300, how)
    return Resizer(fixed=size)


def _kept(part: Part) -> Resizer:
    shorter, longer = part.peek("min_dimension", 600), part.peek("max_dimension", 1024)
    square = part.peek("pad_to_max_dimension", False)
    how = "frames are scaled so; the input goes up to a multiple of 32"
    for name, default, side in (("min_dimension", 600, shorter), ("max_dimension", 1024, longer)):
        _check(part, name, side)
        part.translate(name, default, how)
    part.take("pad_to_max_dimension", False)
    return Resizer(shorter, longer, (longer, longer) if square else None)


def _check(part: Part, name: str, side: int) -> None:
    if not 1 <= side <= 10_000:
        part.complain(f"should be a picture's side in pixels, got {side}", name)

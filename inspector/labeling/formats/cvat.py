"""CVAT's XML, version 1.1: of a video, tracks whose boxes name frames by number; of pictures, each by its name.

Of a video every frame from the first to the last one is a picture, with boxes or without; of others nothing is said.
CVAT writes each frame of a track, others its key frames alone: between two of these a box moves evenly, and it stays
from the last one on, as it does there, until one is `outside`: from that frame on the thing is not seen.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from inspector.boxes import as_boxes, iou
from inspector.errors import Problem
from inspector.files import written_whole
from inspector.labeling.annotation import XYXY
from inspector.labeling.extraction import stem_of_frame
from inspector.labeling.formats.entry import (
    Entry,
    Marked,
    Picture,
    Size,
    content,
    files_in,
    number,
    pixels,
    size_of_text,
    stem_of,
)
from inspector.labeling.formats.tree import Tree

MAX_BYTES = 512 * 2**20
SILENCE_IS_EMPTY = False
FILE = "annotations.xml"
CORNERS = ("xtl", "ytl", "xbr", "ybr")
SHAPES = ("polygon", "polyline", "points", "ellipse", "mask", "skeleton", "cuboid")
MOST_FRAMES = 2_000_000
"""18 hours at 30 a second: a file that names more is damaged, or meant to fill the memory."""
SAME = 0.3
"""IoU from which a box is that of the frame before, a little later."""


@dataclass(frozen=True)
class Stop:
    """Where a track is at one frame. seen: not outside."""

    frame: int
    mark: Marked
    seen: bool


@dataclass
class Track:
    """Boxes of one thing, of one label, in the order of the frames."""

    label: str
    stops: list[Stop] = field(default_factory=list)

    def at(self, frame: int) -> Marked | None:
        """Where it is in a frame; None where it is not seen."""
        index = bisect_right(self.stops, frame, key=lambda stop: stop.frame)
        if not index or not self.stops[index - 1].seen:
            return None
        one, after = self.stops[index - 1], self.stops[index] if index < len(self.stops) else None
        return _between(one, after, frame) if after and after.seen and frame > one.frame else one.mark


def _between(one: Stop, other: Stop, frame: int) -> Marked:
    share = (frame - one.frame) / (other.frame - one.frame)
    xmin, ymin, xmax, ymax = (a + share * (b - a) for a, b in zip(one.mark.xyxy, other.mark.xyxy, strict=True))
    return Marked(one.mark.label, (xmin, ymin, xmax, ymax), one.mark.line)


def read(path: Path, size_of: Callable[[str], Size | None]) -> Iterator[Entry | Problem]:
    """The file, or every .xml file of the folder and below."""
    for file in files_in(path, ".xml"):
        try:
            tree = Tree(content(file, MAX_BYTES), "annotations", "CVAT")
        except ValueError as error:
            yield Problem(file, str(error))
            continue
        yield from tree.misspelt(file, ("image", "track", "box", *SHAPES))
        yield from _pictures(file, tree)
        if tree.root.find("track") is not None or tree.root.find("image") is None:
            yield from _video(file, tree, size_of)


def _pictures(path: Path, tree: Tree) -> Iterator[Entry | Problem]:
    for image in tree.root.findall("image"):
        try:
            size = size_of_text(image.get("width"), image.get("height"))
            name = stem_of(image.get("name", ""))
        except ValueError as error:
            yield Problem(path, str(error), tree.line(image))
            continue
        boxes = []
        for shape, found in _shapes(path, tree, image):
            if isinstance(found, Problem):
                yield found
            else:
                boxes.append(Marked(shape.get("label", "").strip(), found, tree.line(shape)))
        yield Entry(path, name, size, tuple(boxes), tree.line(image))


def _shapes(path: Path, tree: Tree, parent: Element) -> Iterator[tuple[Element, XYXY | Problem]]:
    """Each shape in an element, and its box or what is wrong with it."""
    for shape in parent:
        try:
            if shape.tag == "box":
                yield shape, _xyxy(shape)
            elif shape.tag in SHAPES:
                raise ValueError(f"a {shape.tag} is no box: only boxes can be taken over")
        except ValueError as error:
            yield shape, Problem(path, str(error), tree.line(shape))


def _xyxy(box: Element) -> XYXY:
    if number(box.get("rotation", "0"), "rotation"):
        raise ValueError(f"a box turned by {box.get('rotation')} degrees cannot be taken over")
    xmin, ymin, xmax, ymax = (number(box.get(corner), corner) for corner in CORNERS)
    return xmin, ymin, xmax, ymax


def _video(path: Path, tree: Tree, size_of: Callable[[str], Size | None]) -> Iterator[Entry | Problem]:
    elements, tracks = tree.root.findall("track"), list[Track]()
    if len({element.get("task_id") for element in elements}) > 1:
        yield Problem(path, "this holds the tracks of several videos: export each task by itself")
        return
    for element in elements:
        track = Track(element.get("label", "").strip())
        for shape, xyxy in _shapes(path, tree, element):
            at = shape.get("frame", "")
            if isinstance(xyxy, Problem):
                yield xyxy
            elif not _is_frame(at) or (track.stops and int(at) <= track.stops[-1].frame):
                text = f"the frame should be a whole number, later than the one before, got '{at}'"
                yield Problem(path, text, tree.line(shape))
            else:
                mark = Marked(track.label, xyxy, tree.line(shape))
                track.stops.append(Stop(int(at), mark, shape.get("outside", "0") != "1"))
        tracks.append(track)
    try:
        size, told = _size(tree.root), _frames(tree.root)
    except ValueError as error:
        yield Problem(path, str(error))
        return
    named = sorted({stop.frame for track in tracks for stop in track.stops if stop.seen})
    # A film has far more frames than are extracted, and nobody needs to hear of those.
    looked_at = range(named[0], named[-1] + 1) if told is None and named else told or range(0)
    mine = [frame for frame in looked_at if size_of(stem_of_frame(frame)) is not None]
    for frame in mine or named:
        boxes = tuple(seen for track in tracks if (seen := track.at(frame)))
        if boxes or told is not None:
            yield Entry(path, stem_of_frame(frame), size, boxes)


def _is_frame(text: str) -> bool:
    return text.isdecimal() and len(text) < 10 and int(text) < MOST_FRAMES


def _size(root: Element) -> Size | None:
    element = next(root.iter("original_size"), None)
    return None if element is None else size_of_text(element.findtext("width"), element.findtext("height"))


def _frames(root: Element) -> range | None:
    """The frames that were looked at; None where the file does not say."""
    meta = next((found for found in root.iter() if found.find("stop_frame") is not None), None)
    if meta is None:
        return None
    first, last = meta.findtext("start_frame") or "0", meta.findtext("stop_frame") or ""
    step = (meta.findtext("frame_filter") or "").rpartition("step=")[2] or "1"
    if not (_is_frame(first) and _is_frame(last) and _is_frame(step) and int(step)):
        raise ValueError(f"frames from '{first}' to '{last}', each '{step}' of them, cannot be")
    return range(int(first), int(last) + 1, int(step))


def write(folder: Path, pictures: Sequence[Picture], labels: Sequence[str]) -> None:
    """`annotations.xml`: tracks where the pictures are frames of a video, else each picture."""
    root = Element("annotations")
    SubElement(root, "version").text = "1.1"
    numbers = [_number(picture) for picture in pictures]
    frames = [number for number in numbers if number is not None]
    # A video has one size.
    if frames and len(frames) == len(numbers) and len({picture.size for picture in pictures}) == 1:
        _add_video(root, dict(sorted(zip(frames, pictures, strict=True))), labels)
    else:
        for index, picture in enumerate(pictures):
            _add_picture(root, index, picture)
    indent(root)
    with written_whole(folder / FILE) as file:
        ElementTree(root).write(file, encoding="utf-8")


def _number(picture: Picture) -> int | None:
    """Of the frame of a video that the picture is named after; None where it is not."""
    stem = picture.stem
    return int(stem) if stem.isdecimal() and stem_of_frame(int(stem)) == stem else None


def _add_picture(root: Element, index: int, picture: Picture) -> None:
    width, height = map(str, picture.size)
    image = SubElement(root, "image", {"id": str(index), "name": picture.name, "width": width, "height": height})
    for label, xyxy in picture.boxes:
        SubElement(image, "box", {"label": label, "occluded": "0", **_corners(xyxy)})


def _corners(xyxy: XYXY) -> dict[str, str]:
    return {corner: pixels(value) for corner, value in zip(CORNERS, xyxy, strict=True)}


def _add_video(root: Element, pictures: dict[int, Picture], labels: Sequence[str]) -> None:
    last, (width, height) = max(pictures), next(iter(pictures.values())).size
    task = SubElement(SubElement(root, "meta"), "task")
    for tag, text in (("size", last + 1), ("mode", "interpolation"), ("start_frame", 0), ("stop_frame", last)):
        SubElement(task, tag).text = str(text)
    known = SubElement(task, "labels")
    for label in labels:
        SubElement(SubElement(known, "label"), "name").text = label
    original = SubElement(task, "original_size")
    SubElement(original, "width").text, SubElement(original, "height").text = str(width), str(height)
    for index, track in enumerate(_tracks(pictures)):
        element = SubElement(root, "track", {"id": str(index), "label": track.label})
        for stop in track.stops:
            seen = {"frame": str(stop.frame), "outside": "0" if stop.seen else "1", "occluded": "0", "keyframe": "1"}
            SubElement(element, "box", seen | _corners(stop.mark.xyxy))


def _tracks(pictures: dict[int, Picture]) -> list[Track]:
    """Boxes of one label that lie near each other, from one frame of those that are there to the next.

    Between these nobody looked: there a track is outside.
    """
    done: list[Track] = []
    running: list[Track] = []
    for frame, picture in pictures.items():
        waiting, running = running, []
        for label, xyxy in picture.boxes:
            track = _taken(waiting, label, xyxy) or Track(label)
            track.stops.append(Stop(frame, Marked(label, xyxy), True))
            running.append(track)
        for track in (*waiting, *(running if frame + 1 not in pictures else ())):
            last = track.stops[-1]
            if last.seen and last.frame < max(pictures):
                track.stops.append(Stop(last.frame + 1, last.mark, False))
        done += waiting
    return done + running


def _taken(waiting: list[Track], label: str, xyxy: XYXY) -> Track | None:
    """The track that the box goes on with, taken from those that wait; None where none does."""
    mine = [track for track in waiting if track.label == label]
    overlaps = [float(iou(as_boxes([xyxy]), as_boxes([track.stops[-1].mark.xyxy]))[0, 0]) for track in mine]
    if not mine or max(overlaps) < SAME:
        return None
    best = mine[overlaps.index(max(overlaps))]
    waiting.remove(best)
    return best

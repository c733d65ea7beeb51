"""Pascal VOC XML as LabelImg writes it: one `<stem>.xml` a picture; one without objects is a picture without boxes."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from inspector.errors import Problem
from inspector.files import written_whole
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

MAX_BYTES = 4 * 2**20
SILENCE_IS_EMPTY = True
CORNERS = ("xmin", "ymin", "xmax", "ymax")
BOXES = ("object", "bndbox")


def read(path: Path, size_of: Callable[[str], Size | None]) -> Iterator[Entry | Problem]:
    """Every .xml file of the folder and below, or the one file."""
    for file in files_in(path, ".xml"):
        yield from _read_file(file)


def _read_file(path: Path) -> Iterator[Entry | Problem]:
    try:
        tree = Tree(content(path, MAX_BYTES), "annotation", "VOC")
        _check_name(path, tree.root)
        size = size_of_text(tree.root.findtext("size/width"), tree.root.findtext("size/height"))
    except ValueError as error:
        yield Problem(path, str(error))
        return
    yield from tree.misspelt(path, BOXES)
    for element in tree.root:
        if element.tag != "object" and any(inner.tag in BOXES for inner in element.iter()):
            yield Problem(path, f"<{element.tag}> holds a box: objects are called <object>", tree.line(element))
    boxes = []
    for element in tree.root.findall("object"):
        try:
            boxes.append(_marked(element, tree.line(element)))
        except ValueError as error:
            yield Problem(path, str(error), tree.line(element))
    yield Entry(path, path.stem, size, tuple(boxes))


def _check_name(path: Path, root: Element) -> None:
    name = root.findtext("filename")
    if name and stem_of(name) != path.stem:
        raise ValueError(f"this was made for another picture: <filename> says '{name}'")


def _marked(element: Element, line: int) -> Marked:
    label = (element.findtext("name") or "").strip()
    if not label:
        raise ValueError("an object has no <name>")
    xmin, ymin, xmax, ymax = (number(element.findtext(f"bndbox/{corner}"), corner) for corner in CORNERS)
    return Marked(label, (xmin, ymin, xmax, ymax), line)


def write(folder: Path, pictures: Sequence[Picture], labels: Sequence[str]) -> None:
    """`<stem>.xml` for each picture."""
    for picture in pictures:
        tree = ElementTree(_element(picture))
        indent(tree, "\t")
        with written_whole(folder / f"{picture.stem}.xml") as file:
            tree.write(file, encoding="utf-8")


def _element(picture: Picture) -> Element:
    root = Element("annotation")
    _add(root, "filename", picture.name)
    size = SubElement(root, "size")
    for tag, side in zip(("width", "height", "depth"), (*picture.size, 3), strict=True):
        _add(size, tag, str(side))
    _add(root, "segmented", "0")
    for label, xyxy in picture.boxes:
        item = SubElement(root, "object")
        for tag, text in (("name", label), ("pose", "Unspecified"), ("truncated", "0"), ("difficult", "0")):
            _add(item, tag, text)
        box = SubElement(item, "bndbox")
        for tag, value in zip(CORNERS, xyxy, strict=True):
            _add(box, tag, pixels(value))
    return root


def _add(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text

"""YOLO txt: one `<stem>.txt` a picture with lines `class x y w h`, centre and size as shares of the picture's sides.

`classes.txt` names the classes; without it the labels are the numbers. An empty file is a picture without boxes.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from inspector.errors import InputError, Problem
from inspector.files import written_whole
from inspector.labeling.annotation import XYXY
from inspector.labeling.formats.entry import Entry, Marked, Picture, Size, content, files_in, number

MAX_BYTES = 4 * 2**20
SILENCE_IS_EMPTY = True
CLASSES = "classes.txt"


def read(path: Path, size_of: Callable[[str], Size | None]) -> Iterator[Entry | Problem]:
    """Every .txt file of the folder and below whose picture is there; others, a README say, are passed over unread."""
    files = [file for file in files_in(path, ".txt") if file.name.lower() != CLASSES]
    names = _names(path if path.is_dir() else path.parent)
    for file in files:
        size = size_of(file.stem)
        if size is None:
            yield Entry(file, file.stem, None)
        else:
            yield from _read_file(file, size, names)


def _names(folder: Path) -> list[str] | None:
    """The labels of `classes.txt` in the folder or the one above; None without one."""
    for place in (folder, folder.parent):
        for file in sorted(file for file in place.glob("*.[tT][xX][tT]") if file.name.lower() == CLASSES):
            return [line.strip() for line in _text(file).splitlines() if line.strip()]
    return None


def _text(path: Path) -> str:
    try:
        return content(path, MAX_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: this is not a text file in UTF-8") from None


def _read_file(path: Path, size: Size, names: list[str] | None) -> Iterator[Entry | Problem]:
    try:
        lines = _text(path).splitlines()
    except InputError:
        yield Problem(path, "this is not a text file in UTF-8")
        return
    boxes = []
    for line, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            boxes.append(Marked(*_parsed(text, size, names), line))
        except ValueError as error:
            yield Problem(path, str(error), line)
    yield Entry(path, path.stem, None, tuple(boxes))


def _parsed(text: str, size: Size, names: list[str] | None) -> tuple[str, XYXY]:
    words = text.split()
    if len(words) != 5:
        raise ValueError(f"a line should hold five numbers, class x y w h; this one holds {len(words)}")
    x, y, width, height = (number(word, what) for word, what in zip(words[1:], "xywh", strict=True))
    left, right = (x - width / 2) * size[0], (x + width / 2) * size[0]
    top, bottom = (y - height / 2) * size[1], (y + height / 2) * size[1]
    return _label(words[0], names), (left, top, right, bottom)


def _label(word: str, names: list[str] | None) -> str:
    if not word.isdecimal():
        raise ValueError(f"the class should be a whole number from 0, got '{word}'")
    if names is None:
        return word
    if int(word) >= len(names):
        raise ValueError(f"there is no class {word}: {CLASSES} names {len(names)}, from 0")
    return names[int(word)]


def write(folder: Path, pictures: Sequence[Picture], labels: Sequence[str]) -> None:
    """`<stem>.txt` for each picture, and `classes.txt`."""
    _write(folder / CLASSES, labels)
    for picture in pictures:
        if picture.stem == Path(CLASSES).stem:
            raise InputError(
                f"A picture called '{picture.name}' cannot go out as YOLO: its file would be {CLASSES}. Rename it."
            )
        _write(
            folder / f"{picture.stem}.txt",
            [_line(labels.index(label), xyxy, picture.size) for label, xyxy in picture.boxes],
        )


def _line(index: int, xyxy: XYXY, size: Size) -> str:
    xmin, ymin, xmax, ymax = xyxy
    shares = (xmin + xmax) / 2 / size[0], (ymin + ymax) / 2 / size[1], (xmax - xmin) / size[0], (ymax - ymin) / size[1]
    # Ten places, not the usual six: those would move a box by a hundredth of a pixel and more.
    return " ".join([str(index), *(f"{share:.10f}" for share in shares)])


def _write(path: Path, lines: Sequence[str]) -> None:
    with written_whole(path) as file:
        file.write("".join(f"{line}\n" for line in lines).encode())

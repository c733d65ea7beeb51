"""TFRecords: annotated pictures as the TensorFlow Object Detection API keeps them, in one file or in shards."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import tensorflow as tf
from google.protobuf.message import DecodeError

from inspector.errors import FileProblems, InputError, MachineError, Problem
from inspector.files import placed_whole
from inspector.labeling.annotation import XYXY
from inspector.labeling.formats.entry import Entry, Marked, Picture, Size
from inspector.labeling.formats.label_map import FILE as LABEL_MAP
from inspector.labeling.formats.label_map import read_label_map, write_label_map
from inspector.labeling.formats.raster import taken_in
from inspector.labeling.formats.shards import record_files, shard_names
from inspector.learning.example import Example, Labels, fill_example, read_example

FILE = "annotations.record"


class Records:
    """TFRecords as a Format of annotations that holds the pictures too.

    Args: shards: how many files to write; label_map: names the labels of boxes that have a number alone; without it a
    `label_map.pbtxt` beside the records does.
    """

    SILENCE_IS_EMPTY = True

    def __init__(self, shards: int = 1, label_map: Path | None = None) -> None:
        self._shards, self._label_map = shards, label_map

    def read(self, path: Path, size_of: Callable[[str], Size | None]) -> Iterator[Entry | Problem]:
        """What `record_files` finds; see Format."""
        for item in self.examples(path):
            yield item if isinstance(item, Problem) else _entry(item, size_of(item.stem))

    def examples(self, path: Path) -> Iterator[Example | Problem]:
        """Every example with a stem of its own, and each fault in its place.

        Raises: InputError where there is no such file, a shard is missing, or none holds an example.
        """
        files = record_files(path)
        labels, taken = self._labels(files[0].parent), set[str]()
        empty = True
        for file in files:
            for item in _examples_in(file, labels, taken):
                empty = False
                yield item
        if empty:
            raise InputError(f"{path} holds no example.")

    def _labels(self, folder: Path) -> Labels:
        beside = folder / LABEL_MAP
        path = self._label_map or (beside if beside.is_file() else None)
        return Labels(read_label_map(path)) if path else Labels()

    def unpack(self, path: Path, folder: Path, progress: Callable[[int, int | None], object]) -> None:
        """Write the pictures of all examples into a folder that is there, under the stems that `read` gives.

        Raises: FileProblems with all examples that cannot be read; MachineError where the disk is full.
        """
        problems: list[Problem] = []
        for done, item in enumerate(self.examples(path), 1):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                problems += _unpacked(item, folder)
            progress(done, None)
        if problems:
            raise FileProblems(problems)

    def write(self, folder: Path, pictures: Sequence[Picture], labels: Sequence[str]) -> None:
        """`annotations.record` or its shards, and `label_map.pbtxt`; see Format."""
        write_label_map(folder / LABEL_MAP, labels)
        for number, name in enumerate(shard_names(FILE, self._shards)):
            _write(folder / name, pictures[number :: self._shards], labels)


def _examples_in(file: Path, labels: Labels, taken: set[str]) -> Iterator[Example | Problem]:
    number, (whole, to_the_end) = 0, _framed(file)
    damaged = "is damaged or cut short, and whatever follows it cannot be read; copy the file again"
    try:
        for number, record in enumerate(tf.data.TFRecordDataset([str(file)]).take(whole).as_numpy_iterator(), 1):
            try:
                example = read_example(tf.train.Example.FromString(record), file, number, labels, taken)
            except DecodeError:
                yield Problem(file, f"example {number} is no tf.train.Example; make the file again")
            except ValueError as error:
                yield Problem(file, f"example {number} {error}")
            else:
                taken.add(example.stem.casefold())
                yield example
        if not to_the_end:
            yield Problem(file, f"example {number + 1} {damaged}")
    except tf.errors.DataLossError:
        yield Problem(file, f"example {number + 1} {damaged}")
    except tf.errors.OpError as error:
        raise MachineError(f"Cannot read {file}: {error.message}.") from error


def _framed(file: Path) -> tuple[int, bool]:
    """How many examples a file holds by their lengths alone, and whether it ends with the last of them.

    TensorFlow makes room for as many bytes as a length says before it looks whether they are there, and a length that
    nobody has room for ends the process.
    """
    size, end, count = file.stat().st_size, 0, 0
    with file.open("rb") as content:
        while len(head := content.read(8)) == 8:
            # Behind the length, and behind the example, stands a checksum of 4 bytes.
            reaches = end + 16 + int.from_bytes(head, "little")
            if reaches > size:
                break
            end, count = reaches, count + 1
            content.seek(end)
    return count, end == size


def _entry(example: Example, size: Size | None) -> Entry:
    """An example as an entry of the frame of that size (width, height); None where there is no such frame."""
    if size is None:
        return Entry(example.path, example.stem, None)
    marks = tuple(Marked(label, _in_pixels(shares, size)) for label, shares in example.boxes)
    # Shares fit a picture of any size, but not one that stands where theirs lies.
    return Entry(example.path, example.stem, example.size if _across(example.size or size, size) else None, marks)


def _in_pixels(shares: XYXY, size: Size) -> XYXY:
    xmin, ymin, xmax, ymax = shares
    return xmin * size[0], ymin * size[1], xmax * size[0], ymax * size[1]


def _across(one: Size, other: Size) -> bool:
    return (one[0] - one[1]) * (other[0] - other[1]) < 0


def _unpacked(example: Example, folder: Path) -> list[Problem]:
    """The fault of a picture that cannot be written as it is."""
    try:
        ending, content = taken_in(example.encoded, example.size)
        (folder / f"{example.stem}{ending}").write_bytes(content)
    except ValueError as error:
        return [Problem(example.path, f"example {example.number}, '{example.stem}', {error}")]
    except OSError as error:
        raise MachineError(f"Cannot write into {folder}: {error.strerror or error}. Free some space.") from error
    return []


def _write(path: Path, pictures: Sequence[Picture], labels: Sequence[str]) -> None:
    with placed_whole(path) as temporary:
        try:
            with tf.io.TFRecordWriter(str(temporary)) as writer:
                for picture in pictures:
                    example = tf.train.Example()
                    fill_example(example, picture, labels)
                    writer.write(example.SerializeToString())
        except tf.errors.OpError as error:
            raise MachineError(f"Cannot write {path}: {error.message}. Free some space.") from error

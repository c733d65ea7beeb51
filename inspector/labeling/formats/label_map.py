"""Label maps (`.pbtxt`) of the TensorFlow Object Detection API: which number stands for which label.

Source: its string_int_label_map.proto. 0 is the background's.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspector.errors import FileProblems, Problem, did_you_mean
from inspector.files import written_whole
from inspector.labeling.formats.prototext import Field, Message, Word, quoted, read_prototext

FILE = "label_map.pbtxt"
BACKGROUND = 0
SINGULAR = ("id", "name", "display_name")


@dataclass(frozen=True)
class Item:
    """One label. name may be a code of the dataset's makers; people then read display_name."""

    id: int
    name: str
    display_name: str | None = None

    @property
    def label(self) -> str:
        """What people call it."""
        return self.display_name or self.name


def read_label_map(path: Path) -> tuple[Item, ...]:
    """The items in the order of the file, without the background's.

    Raises: InputError where there is no such file; FileProblems with all faults and their lines.
    """
    message = read_prototext(path)
    items: list[tuple[Item, int]] = []
    problems: list[Problem] = []
    for field in message.fields:
        try:
            items.append((_item(field), field.line))
        except ValueError as error:
            problems.append(Problem(path, str(error), field.line))
    problems += (Problem(path, text, line) for text, line in _twins(items))
    if not message.fields:
        problems.append(Problem(path, "this label map holds no item"))
    if problems:
        raise FileProblems(problems)
    return tuple(item for item, _ in items if item.id != BACKGROUND)


def _item(field: Field) -> Item:
    if field.name != "item" or not isinstance(field.value, Message):
        raise ValueError(f"a label map holds items alone, not '{field.name}'.{did_you_mean(field.name, ['item'])}")
    message = field.value
    number, name, display_name = (_single(message, key) for key in SINGULAR)
    if not isinstance(number, int) or isinstance(number, bool) or number < BACKGROUND:
        raise ValueError("this item's id should be a whole number from 1")
    if number == BACKGROUND and name != "background":
        raise ValueError(f"the id {BACKGROUND} is kept for the background; count labels from 1")
    if not (name or display_name):
        raise ValueError(f"the item {number} has neither a name nor a display_name")
    return Item(number, str(name or display_name), str(display_name) if display_name else None)


def _single(message: Message, key: str) -> object:
    """The one value of a key, None without one."""
    found = message.all(key)
    if len(found) > 1:
        raise ValueError(f"this item has {len(found)} values of '{key}'")
    value = found[0].value if found else None
    if key != "id" and (isinstance(value, Word) or not isinstance(value, str | None)):
        raise ValueError(f"this item's {key} should be a text in quotes")
    return value


def _twins(items: Sequence[tuple[Item, int]]) -> Iterator[tuple[str, int]]:
    """What stands twice, with the line of each further item."""
    seen: Counter[int | str] = Counter()
    for item, line in items:
        for key in (item.id, item.name):
            if seen[key]:
                yield f"another item has the {'id' if isinstance(key, int) else 'name'} {key!r} too", line
            seen[key] += 1


def write_label_map(path: Path, labels: Sequence[str]) -> None:
    """Write the labels in the order of the network's classes, counted from 1."""
    items = (f"item {{\n  id: {number}\n  name: {quoted(label)}\n}}\n" for number, label in enumerate(labels, 1))
    with written_whole(path) as file:
        file.write("\n".join(items).encode())

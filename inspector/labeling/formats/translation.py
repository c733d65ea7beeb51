"""From the labels and boxes of annotation files to those of a recipe."""

import math
from collections.abc import Mapping

from inspector.capture.recording import Recording
from inspector.errors import Problem, did_you_mean
from inspector.labeling.annotation import OUTSIDE, XYXY, Box
from inspector.labeling.formats.entry import Entry, Marked, Size
from inspector.recipe import LOOKALIKE, Label, Recipe
from inspector.settings import pick


class Translation:
    """Gives the boxes of entries as the recipe's, and gathers what is wrong with them.

    Args: label_map: the files' label -> the recipe's name of a pattern or component, or `component/pattern`.
    Raises: InputError where label_map names a label that the recipe does not have.
    """

    def __init__(self, recording: Recording, recipe: Recipe, label_map: Mapping[str, str]) -> None:
        self._recording = recording
        self._map = label_map
        self._known: dict[str, Label] = {}
        for label in recipe.taught_labels([component.name for component in recipe.components]):
            self._known[label.name] = self._known[str(label)] = label
        for wanted in label_map.values():
            pick(wanted, list(self._known), f"label in recipe '{recipe.name}'")
        self._problems: list[Problem] = []
        self._unknown: dict[str, list[Problem]] = {}

    @property
    def problems(self) -> list[Problem]:
        """All faults until now; one for each label that means nothing, at its first box."""
        counted = (
            Problem(first.path, f"{first.text} ({1 + len(others)} boxes)", first.line)
            for first, *others in self._unknown.values()
        )
        return [*self._problems, *counted]

    def boxes(self, entry: Entry, size: Size) -> tuple[Box, ...]:
        """The entry's boxes on its frame of that size (width, height); without those that have a fault."""
        meant = [self._meant(mark) for mark in entry.boxes]
        if self._recording.verified_empty and not all(label and label.lookalike for label in meant):
            attested = f"recording {self._recording.id} is attested to show nothing"
            hint = f"call what only looks like it '{Label(self._recording.components[0], LOOKALIKE)}'"
            self._note(entry, f"has boxes, but {attested}; {hint}", entry.line)
        if entry.size is not None and entry.size != size:
            text = f"is {entry.size[0]}x{entry.size[1]} here, but the picture is {size[0]}x{size[1]} pixels"
            self._note(entry, f"{text}: this was made for another picture", entry.line)
            return ()
        return tuple(box for mark in entry.boxes if (box := self._box(entry, mark, size)) is not None)

    def _box(self, entry: Entry, mark: Marked, size: Size) -> Box | None:
        label = self._label(entry, mark)
        try:
            xyxy = fitted(mark.xyxy, size)
        except ValueError as error:
            self._note(entry, f"has {error}", mark.line)
            return None
        return Box.of(label, xyxy) if label is not None else None

    def _note(self, entry: Entry, text: str, line: int | None) -> None:
        self._problems.append(Problem(entry.path, f"'{entry.stem}' {text}", line))

    def _meant(self, mark: Marked) -> Label | None:
        return self._known.get(self._map.get(mark.label, mark.label))

    def _label(self, entry: Entry, mark: Marked) -> Label | None:
        label = self._meant(mark)
        if label is not None and label.component in self._recording.components:
            return label
        self._unknown.setdefault(mark.label, []).append(Problem(entry.path, self._why(mark.label, label), mark.line))
        return None

    def _why(self, name: str, label: Label | None) -> str:
        taught = self._recording.components
        if label is not None:
            where = f"recording {self._recording.id} teaches {', '.join(taught)}"
            return f"the label '{name}' is of component '{label.component}', but {where}"
        mine = sorted({known.name for known in self._known.values() if known.component in taught})
        return f"the recipe has no label '{name}'.{did_you_mean(name, mine)} Say which it is with --map {name}=LABEL"


def fitted(xyxy: XYXY, size: Size) -> XYXY:
    """The box cut to its picture of that size (width, height), to a thousandth of a pixel.

    Raises: ValueError where it is no box, or reaches more than OUTSIDE pixels out of the picture.
    """
    text = "[" + ", ".join(f"{value:g}" for value in xyxy) + "]"
    if not all(map(math.isfinite, xyxy)):
        raise ValueError(f"a box {text} that is not made of finite numbers")
    width, height = size
    xmin, ymin, xmax, ymax = xyxy
    if min(xmin, ymin) < -OUTSIDE or xmax > width + OUTSIDE or ymax > height + OUTSIDE:
        raise ValueError(f"a box {text} outside the picture of {width}x{height} pixels")
    cut = (round(max(xmin, 0), 3), round(max(ymin, 0), 3), round(min(xmax, width), 3), round(min(ymax, height), 3))
    if cut[0] >= cut[2] or cut[1] >= cut[3]:
        raise ValueError(f"a box {text} without area; it should have xmin < xmax and ymin < ymax")
    return cut

"""A recipe as a person changes it, which need not be in order at every moment. Pure.

What is wrong is said by the recipe's own checks, each fault at the value to change.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from pydantic import ValidationError

from inspector.faults import own_faults, place_of, words_of
from inspector.recipe import Component, Label, Mode, Pattern, Recipe
from inspector.yaml_lines import Place, with_value

FIRST_PART = "part"
LEAST_SIDE = 8
"""Pixels of a region, below which nobody meant to draw one."""

Box = tuple[float, float, float, float]
Recorded = Mapping[Label, int]
"""How many recordings were made of each label; without a pattern: of the component alone."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one value, in a sentence."""

    place: Place
    text: str


@dataclass(frozen=True)
class Sketch:
    """All values of a recipe by their keys, defaults too, plain as in its file. Every change gives another sketch."""

    values: Mapping[str, Any]

    @classmethod
    def of(cls, recipe: Recipe) -> Self:
        return cls(recipe.model_dump(mode="json"))

    def checked(self) -> tuple[Recipe | None, tuple[Fault, ...]]:
        """The recipe, or each fault of it."""
        try:
            return Recipe.model_validate(self.values), ()
        except ValidationError as error:
            return None, tuple(Fault(place_of(fault), _told(fault)) for fault in own_faults(error))

    @property
    def components(self) -> list[dict[str, Any]]:
        """The values of each component."""
        return list(self.values["components"])

    def at(self, place: Place) -> Any:
        """The value at a place, which is there."""
        value: Any = self.values
        for step in place:
            value = value[step]
        return value

    def with_value(self, place: Place, value: Any) -> Self:
        """With another value at a place, which is there."""
        return type(self)(with_value(self.values, place, value))

    def named(self, name: str) -> Self:
        """A copy under another name."""
        return self.with_value(("name",), name)

    # Components

    def with_component(self) -> Self:
        """One more component, of a free name, at the end."""
        made = Component(name=free_name(FIRST_PART, self._taken())).model_dump(mode="json")
        return self.with_value(("components",), [*self.components, made])

    def without_component(self, index: int) -> Self:
        return self.with_value(("components",), _without(self.components, index))

    def with_component_moved(self, index: int, by: int) -> Self:
        """That component so many places further down; at either end it stays."""
        components = self.components
        moved = components.pop(index)
        components.insert(max(0, index + by), moved)
        return self.with_value(("components",), components)

    def with_mode(self, index: int, mode: Mode) -> Self:
        """Patterns go where they mean nothing, and a first pair comes where some are needed."""
        changed = self.with_value(("components", index, "mode"), mode.value)
        patterns = self.at(("components", index, "patterns"))
        if mode is Mode.DETECTION:
            patterns = []
        elif not patterns:
            names = [free_name("on", self._taken()), free_name("off", self._taken())]
            patterns = [_pattern(names[0], passes=True), _pattern(names[1], passes=False)]
        return changed.with_value(("components", index, "patterns"), patterns)

    def with_camera(self, index: int, camera: str) -> Self:
        """Seen by that camera of several; a region on the picture of another one says nothing of its own."""
        place: Place = ("components", index)
        if self.at((*place, "camera")) == camera:
            return self
        return self.with_value((*place, "camera"), camera).with_value((*place, "region"), None)

    # Patterns

    def with_pattern(self, index: int) -> Self:
        """One more pattern of that component, which does not pass."""
        patterns = self.at(("components", index, "patterns"))
        made = _pattern(free_name("look", self._taken()), passes=False)
        return self.with_value(("components", index, "patterns"), [*patterns, made])

    def without_pattern(self, index: int, number: int) -> Self:
        place = ("components", index, "patterns")
        return self.with_value(place, _without(self.at(place), number))

    # Regions

    def with_region(self, index: int, region: Box, frame_size: tuple[int, int]) -> Self:
        """The region, in whole pixels and inside the picture of that size, which it is drawn on from now on.

        It stays as it is where other regions were drawn on a picture of another size, and where nobody said yet which
        of several cameras sees it.
        """
        camera = self.components[index]["camera"]
        if self.values["cameras"] and not camera:
            return self
        if self.drawn_on(camera) not in (None, frame_size):
            return self
        width, height = frame_size
        xs = sorted(min(max(round(x), 0), width) for x in region[::2])
        ys = sorted(min(max(round(y), 0), height) for y in region[1::2])
        if min(xs[1] - xs[0], ys[1] - ys[0]) < LEAST_SIDE:
            return self
        sized = self.with_value(self._picture(camera), list(frame_size))
        return sized.with_value(("components", index, "region"), [xs[0], ys[0], xs[1], ys[1]])

    def seen_by(self, camera: str) -> list[dict[str, Any]]:
        """The values of each component that a camera sees; "" is the only one of a recipe."""
        return [component for component in self.components if component["camera"] == camera]

    def drawn_on(self, camera: str) -> tuple[int, int] | None:
        """(width, height) in pixels of the picture that a camera's regions were drawn on; None where it has none."""
        size = self.at(self._picture(camera))
        return (size[0], size[1]) if size and any(one["region"] for one in self.seen_by(camera)) else None

    def _picture(self, camera: str) -> Place:
        """Where the size of a camera's picture stands."""
        cameras = [one["name"] for one in self.values["cameras"]]
        return ("cameras", cameras.index(camera), "frame_size") if camera in cameras else ("frame_size",)

    def without_region(self, index: int) -> Self:
        """That component may lie anywhere."""
        return self.with_value(("components", index, "region"), None)

    def _taken(self) -> set[str]:
        """Every name that a component or a pattern has."""
        patterns = (pattern["name"] for component in self.components for pattern in component["patterns"])
        return {*(component["name"] for component in self.components), *patterns}


@dataclass
class Steps:
    """The sketches of one recipe since it was opened: what is now, what can be taken back and what made again."""

    now: Sketch
    _before: list[Sketch] = field(default_factory=list)
    _after: list[Sketch] = field(default_factory=list)
    _about: Place | None = None

    def take(self, sketch: Sketch, about: Place | None = None) -> bool:
        """The next sketch; False where nothing is different.

        about: what is being typed: letters that follow one another there are one step.
        """
        if sketch == self.now:
            return False
        if about is None or about != self._about:
            self._before.append(self.now)
        self.now, self._about = sketch, about
        self._after.clear()
        return True

    def pause(self) -> None:
        """What is typed next is a step of its own."""
        self._about = None

    def undo(self) -> bool:
        """Take the last step back; False where there is none."""
        return self._step(self._before, self._after)

    def redo(self) -> bool:
        """Make the step again that was taken back last; False where there is none."""
        return self._step(self._after, self._before)

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        return bool(self._after)

    def _step(self, source: list[Sketch], target: list[Sketch]) -> bool:
        self.pause()
        if not source:
            return False
        target.append(self.now)
        self.now = source.pop()
        return True


def new_sketch(name: str) -> Sketch:
    """The first sketch of a recipe: one component, which is there or is not."""
    return Sketch.of(Recipe(name=name, components=(Component(name=FIRST_PART),)))


def free_name(wanted: str, taken: Collection[str]) -> str:
    """The name, or it with the least number from 2 on that nobody has; `Part` and `part` are the same to a disk."""
    known = {name.casefold() for name in taken}
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(known) + 2))
    return next(name for name in names if name.casefold() not in known)


def name_fault(name: str, taken: Collection[str]) -> str:
    """Why a new recipe cannot be called so, in a sentence; "" where it can. taken: the names of all recipes."""
    if not name:
        return "A recipe needs a name."
    twin = next((known for known in taken if known.casefold() == name.casefold()), None)
    if twin is not None:
        return f"There is already a recipe '{twin}'."
    faults = new_sketch(FIRST_PART).named(name).checked()[1]
    return faults[0].text if faults else ""


def fixed(component: str, recorded: Recorded) -> str:
    """Why a component keeps its name and its mode and cannot be removed, in a sentence; "" where nothing holds it.

    A recording names its component, is never altered, and cannot teach what the recipe does not have.
    """
    count = sum(number for label, number in recorded.items() if label.component == component)
    if not count:
        return ""
    return (
        f"{_recordings(count)} of '{component}': its name and mode stay, since a recording is never altered. "
        "Delete the recordings first, or add another component."
    )


def fixed_pattern(component: str, pattern: str, recorded: Recorded) -> str:
    """The same of a pattern: its name and whether it passes. Pictures that show several patterns hold all of them."""
    count = recorded.get(Label(component, pattern), 0) + recorded.get(Label(component), 0)
    return f"{_recordings(count)} of '{component} {pattern}': it stays as it is." if count else ""


def _recordings(count: int) -> str:
    return "There is a recording" if count == 1 else f"There are {count} recordings"


def _pattern(name: str, *, passes: bool) -> dict[str, Any]:
    return Pattern(name=name, passes=passes).model_dump(mode="json")


def _without(items: list[Any], index: int) -> list[Any]:
    return [item for number, item in enumerate(items) if number != index]


def _told(fault: Any) -> str:
    """A fault of pydantic's for the person who stands at the field."""
    text = words_of(fault)
    return f"{text[0].upper()}{text[1:]}".rstrip(".") + "."

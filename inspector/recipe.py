"""What a correctly assembled product shows, and how to decide it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from inspector.errors import InputError, did_you_mean
from inspector.faults import PlacedFault
from inspector.files import Document, Section, parse_document, read_text
from inspector.region import Region
from inspector.sample import Sample
from inspector.serial import Serial
from inspector.settings import check_name, pick
from inspector.yaml_lines import Place

Side = Annotated[int, Field(ge=1, le=100_000)]
"""Of a picture, in pixels."""
Size = tuple[Side, Side]
"""(width, height) of a picture."""


LOOKALIKE = "lookalike"
"""Stands in the place of a pattern for what looks like a component and is none."""


class Mode(StrEnum):
    """How a component is judged: found or not, or found and in which pattern."""

    DETECTION = "detection"
    CLASSIFICATION = "detection+classification"


@dataclass(frozen=True)
class Label:
    """One class of the network: a component without patterns, one pattern of a component, or its lookalikes."""

    component: str
    pattern: str | None = None

    @property
    def lookalike(self) -> bool:
        """Whether it is learned, and never reported: what looks like the component and is none."""
        return self.pattern == LOOKALIKE

    @property
    def name(self) -> str:
        """The pattern where the component has patterns, else the component; a lookalike's says of which component."""
        return str(self) if self.lookalike else self.pattern or self.component

    def __str__(self) -> str:
        return f"{self.component}/{self.pattern}" if self.pattern else self.component


def without_patterns(labels: Iterable[Label]) -> tuple[Label, ...]:
    """The labels of a network that finds components, whatever their patterns; lookalikes stay."""
    return tuple(dict.fromkeys(label if label.lookalike else Label(label.component) for label in labels))


class Pattern(Section):
    """One look of a component: `on` passes, `off` does not."""

    name: str
    passes: bool

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        if value.casefold() == LOOKALIKE:
            raise ValueError(f"'{value}' is the word for what is not the component; give the pattern another name")
        return check_name(value, "the pattern")


class Component(Section):
    """One thing that must be seen.

    count: exactly how many, in a passing pattern where it has patterns.
    camera: which of the recipe's cameras sees it; "" where there is one only.
    region: (xmin, ymin, xmax, ymax) in pixels of that camera's frame, where its centre must lie; None is anywhere.
    threshold: the least score that counts; None takes the bundle's, found when it was made.
    turns: it may lie mirrored or at any quarter turn, so training may turn its pictures.
    """

    name: str
    mode: Mode = Mode.DETECTION
    patterns: tuple[Pattern, ...] = ()
    count: int = Field(default=1, ge=0, le=1000)
    camera: str = ""
    region: Region = None
    threshold: float | None = Field(default=None, gt=0, lt=1)
    turns: bool = False

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        return check_name(value, "the component")

    @model_validator(mode="after")
    def _patterns(self) -> Self:
        if self.mode is Mode.DETECTION and self.patterns:
            raise PlacedFault(f"'{self.name}' has patterns: its mode should be '{Mode.CLASSIFICATION}'", "patterns")
        if self.mode is Mode.CLASSIFICATION:
            if len(self.patterns) < 2:
                raise PlacedFault(
                    f"'{self.name}' needs at least two patterns, one that passes and one that does not", "patterns"
                )
            if all(p.passes for p in self.patterns) or not any(p.passes for p in self.patterns):
                raise PlacedFault(f"'{self.name}' needs a pattern that passes and one that does not", "patterns")
            _check_distinct(
                "two patterns are called '{}' and '{}'",
                ((p.name, ("patterns", i, "name")) for i, p in enumerate(self.patterns)),
            )
        return self

    @property
    def labels(self) -> tuple[Label, ...]:
        """What is reported of this component, in order."""
        return tuple(Label(self.name, p.name) for p in self.patterns) or (Label(self.name),)

    def pattern(self, name: str) -> Pattern:
        """Raises: InputError for a pattern that it does not have."""
        names = [p.name for p in self.patterns]
        return self.patterns[names.index(pick(name, names, f"pattern of '{self.name}'"))]


class Trigger(StrEnum):
    """When an inspection begins: as soon as the one before is decided, each time that the picture comes to rest, once
    for each workpiece that comes and rests, or when somebody asks for it: a key, a timer, a file, a PLC.
    """

    CONTINUOUS = "continuous"
    REST = "rest"
    WORKPIECE = "workpiece"
    ASKED = "asked"


class Viewpoint(Section):
    """One of several cameras that look at a workpiece.

    frame_size: (width, height) in pixels of its picture that the regions of its components were drawn on; needed with a
    region.
    """

    name: str
    frame_size: Size | None = None

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        return check_name(value, "the camera")


class Vote(Section):
    """How many frames decide.

    frames: the last N frames looked at; agree: M of them that must say the same; fresh: how many there must be before
    anything is decided, all fresh and sharp, since one that is not ends the vote.
    decide_within_s: seconds from a workpiece's first frame, or from the trigger, after which the verdict is
        NOT_DECIDABLE.
    trigger: `continuous`, votes back to back; `rest`, one vote each time that the picture comes to rest after motion;
        `workpiece`, the same, but none of a workpiece that was inspected already; `asked`, one vote for each trigger.
    place: where a workpiece lies, for `workpiece`; of several cameras, for the first one. still_s: how long one has to
        rest there before the vote begins; a hand that puts it down must not be inspected with it.
    """

    frames: int = Field(default=5, ge=1, le=1000)
    agree: int = Field(default=4, ge=1)
    fresh: int = Field(default=1, ge=1)
    decide_within_s: float = Field(default=3.0, gt=0, le=3600)
    trigger: Trigger = Trigger.CONTINUOUS
    place: Region = None
    still_s: float = Field(default=0.3, ge=0, le=60)

    @model_validator(mode="after")
    def _majority(self) -> Self:
        if not self.frames / 2 < self.agree <= self.frames:
            raise PlacedFault(
                f"agree should be more than half of frames and at most frames ({self.frames}), got {self.agree}",
                "agree",
            )
        if self.fresh > self.frames:
            raise PlacedFault(f"fresh should be at most frames ({self.frames}), got {self.fresh}", "fresh")
        return self


class Recipe(Document):
    """What a correctly assembled product shows and how to decide it.

    frame_size: (width, height) in pixels of the camera's picture that the regions were drawn on; needed with a region.
    cameras: where several look at the workpiece, each with a frame size of its own; each component is seen by one.
    samples: known workpieces that a station is shown, in this order, whenever it proves itself.
    """

    name: str
    frame_size: Size | None = None
    cameras: tuple[Viewpoint, ...] = ()
    components: tuple[Component, ...] = Field(min_length=1)
    vote: Vote = Vote()
    serial: Serial = Serial()
    samples: tuple[Sample, ...] = ()

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        return check_name(value, "the recipe")

    @model_validator(mode="after")
    def _components(self) -> Self:
        places = [("components", i, "name") for i in range(len(self.components))]
        _check_distinct(
            "two components are called '{}' and '{}'", zip((c.name for c in self.components), places, strict=True)
        )
        # A label's name alone goes into exported annotations, so it must say which component it is.
        _check_distinct(
            "two labels are called '{}' and '{}'", ((label.name, place) for label, place in self._placed_labels())
        )
        _check_distinct(
            "two cameras are called '{}' and '{}'",
            ((c.name, ("cameras", i, "name")) for i, c in enumerate(self.cameras)),
        )
        if self.cameras and self.frame_size is not None:
            raise PlacedFault("each of several cameras has a frame_size of its own, the recipe has none", "frame_size")
        for index, component in enumerate(self.components):
            self._check_camera(component, ("components", index, "camera"))
            what = f"the region of '{component.name}'"
            self._check_region(component.region, what, component.camera, ("components", index, "region"))
        for index, camera in enumerate(self.cameras):
            if not self.seen_by(camera.name):
                raise PlacedFault(f"no component is seen by the camera '{camera.name}'", "cameras", index, "name")
        self._check_region(self.vote.place, "the place of a workpiece", self.first_view, ("vote", "place"))
        region = self.serial.region
        self._check_region(region, "the region of the serial number", self.first_view, ("serial", "region"))
        return self

    def _check_camera(self, component: Component, place: Place) -> None:
        if component.camera in self.views:
            return
        if self.cameras:
            raise PlacedFault(f"'{component.name}' is seen by one of the cameras: {', '.join(self.views)}", *place)
        raise PlacedFault(f"there is no camera '{component.camera}': name it under 'cameras'", *place)

    @model_validator(mode="after")
    def _samples(self) -> Self:
        names = [component.name for component in self.components]
        for index, sample in enumerate(self.samples):
            if sample.lacks is not None and sample.lacks not in names:
                text = f"no component is called '{sample.lacks}'.{did_you_mean(sample.lacks, names)}"
                raise PlacedFault(text, "samples", index, "lacks")
        return self

    def _placed_labels(self) -> Iterator[tuple[Label, Place]]:
        """What is reported, each with where its name stands."""
        for index, component in enumerate(self.components):
            for number, label in enumerate(component.labels):
                inside = ("patterns", number, "name") if component.patterns else ("name",)
                yield label, ("components", index, *inside)

    def _check_region(self, region: Region, what: str, camera: str, place: Place) -> None:
        if region is None:
            return
        frame_size = self.views[camera]
        if frame_size is None:
            raise PlacedFault(
                "a recipe with a region needs 'frame_size: [width, height]', the picture it was drawn on", *place
            )
        width, height = frame_size
        if region[2] > width or region[3] > height:
            raise PlacedFault(f"{what} leaves the picture of {width}x{height}", *place)

    @property
    def views(self) -> dict[str, Size | None]:
        """The frame size of each camera by its name, in order; where there is one only, its name is ""."""
        return {camera.name: camera.frame_size for camera in self.cameras} or {"": self.frame_size}

    @property
    def first_view(self) -> str:
        """The name of the first camera, which shows whether another workpiece lies there, and its serial number."""
        return next(iter(self.views))

    def seen_by(self, camera: str) -> tuple[str, ...]:
        """The names of the components that a camera sees, in order."""
        return tuple(component.name for component in self.components if component.camera == camera)

    @property
    def shared_views(self) -> frozenset[frozenset[str]]:
        """Which components are seen together, whatever their cameras are called."""
        return frozenset(frozenset(self.seen_by(camera)) for camera in self.views)

    def taught_views(self, sizes: Mapping[str, Size]) -> dict[str, Size | None]:
        """The frame size that each camera was taught, as `views`; None where its components were taught in several, or
        nobody knows.

        Args: sizes: by component.
        """
        found = {camera: {sizes.get(name) for name in self.seen_by(camera)} for camera in self.views}
        return {camera: some.pop() if len(some) == 1 else None for camera, some in found.items()}

    @property
    def labels(self) -> tuple[Label, ...]:
        """What is reported: the labels of each component, in order."""
        return tuple(label for component in self.components for label in component.labels)

    def taught_labels(self, lookalikes: Collection[str]) -> tuple[Label, ...]:
        """The network's classes: what is reported, and then the lookalikes of each component that is named.

        They stand last, so that a reported label has the same number in both.
        """
        return *self.labels, *(Label(c.name, LOOKALIKE) for c in self.components if c.name in lookalikes)

    def component(self, name: str) -> Component:
        """Raises: InputError for a component that it does not have."""
        names = [c.name for c in self.components]
        return self.components[names.index(pick(name, names, f"component in recipe '{self.name}'"))]


def _check_distinct(fault: str, names: Iterable[tuple[str, Place]]) -> None:
    """Args: fault: what is said of two names; names: each with where it stands."""
    seen: dict[str, str] = {}
    for name, place in names:
        if name.casefold() in seen:
            raise PlacedFault(fault.format(seen[name.casefold()], name), *place)
        seen[name.casefold()] = name


def find_recipe(folder: Path, name: str) -> Recipe:
    """The recipe of that name in a workspace's `recipes/`.

    Raises: InputError with the nearest known name; FileProblems where the file has faults.
    """
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    if not known:
        raise InputError(f"There is no recipe in {folder}. Make one with: inspector recipe new {name} --component NAME")
    return read_recipe(folder / f"{pick(name, known, 'recipe')}.yaml")


def read_recipe(path: Path) -> Recipe:
    """Raises: InputError where it is absent; FileProblems with all faults."""
    return parse_recipe(path, read_text(path))


def parse_recipe(path: Path, text: str) -> Recipe:
    """The recipe in the text of its file. Raises: InputError where its name is not the file's; FileProblems."""
    recipe = parse_document(path, text, Recipe)
    if recipe.name != path.stem:
        raise InputError(f"{path}: the recipe in it is called '{recipe.name}'; it should have the file's name.")
    return recipe

"""What is taught in the window: where it is seen, and what of it is true."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inspector.recipe import Label
from tests.benchmarks.stages import folder_of
from tests.screens.witness import Witness, of_bottle, of_photographs, of_simulator

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
MEASURED = ROOT / "docs" / "measured" / "screens"
ON, OFF = "on", "off"
"""The names that the recipe page gives to the first two patterns."""


@dataclass(frozen=True)
class Shown:
    """What one recording shows. source: of the camera that it is seen by, or what is dropped on the page: a video, a
    folder of photographs. witness: makes who knows what is true of its frames.
    """

    source: str
    witness: Callable[[], Witness]

    @property
    def is_dropped(self) -> bool:
        return Path(self.source).exists()


@dataclass(frozen=True)
class Product:
    """A recipe of one component. count: how many of it; patterns: whether it has the two that a new one has.

    taught: with it, then without it; or in its first pattern, then in the second. station: the source that is inspected
    in the end.
    """

    recipe: str
    component: str
    taught: tuple[Shown, Shown]
    station: str
    count: int = 1
    patterns: bool = False

    @property
    def is_filmed(self) -> bool:
        """Whether a camera sees it, at any time."""
        return not self.taught[0].is_dropped


def measured(component: str) -> Path:
    """What it took to teach it the last time."""
    return MEASURED / f"{component}.json"


def product(name: str, folder: Path) -> Product:
    """The one whose component has that name. folder: for what a person would have at hand to drop."""
    return {"tape": _tape, "bottle": _bottle, "screw": _screw}[name](folder)


def _tape(_: Path) -> Product:
    """The simulator's."""
    on, off = (f"simulator:tape={word},screw=on,seed=1" for word in (ON, OFF))
    taught = Shown(on, lambda: of_simulator(on, "tape")), Shown(off, lambda: of_simulator(off, "tape"))
    return Product("housing", "tape", taught, station=on)


def _bottle(_: Path) -> Product:
    """The left place of the crate."""

    def shown(name: str, first: int) -> Shown:
        return Shown(str(DATA / "bottles" / name), lambda: of_bottle(DATA, "bottle", first))

    taught = shown("left_positive.mp4", 0), shown("left_negative.mp4", 224)
    return Product("crate", "bottle", taught, station=str(DATA / "bottles" / "left_bench_1.mp4"))


def _screw(folder: Path) -> Product:
    """Photographs of four screws and of four bare holes; those that show some of each are inspected."""
    images = DATA / "screws" / "images"
    labels = {"screw": Label("screw", ON), "hole": Label("screw", OFF)}

    def pictures(name: str, right: Callable[[str], bool]) -> str:
        chosen = [path for path in sorted(images.glob("*.jpg")) if right(path.stem[-4:])]
        return str(folder_of(chosen, folder / name))

    def shown(name: str, places: str) -> Shown:
        return Shown(pictures(name, lambda each: each == places), lambda: of_photographs(images, labels))

    mixed = pictures("mixed", lambda each: len(set(each)) == 2)
    return Product("block", "screw", (shown("screws", "1111"), shown("holes", "0000")), mixed, count=4, patterns=True)

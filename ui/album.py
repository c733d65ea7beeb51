"""The pictures around the one that is looked at, decoded before they are asked for."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject, pyqtSignal

from ui.engine_words import translated
from ui.errands import Errands

if TYPE_CHECKING:
    from inspector.frame import Image

AHEAD, BEHIND = 4, 2
"""How many pictures are decoded before they are asked for."""


class Album(QObject):
    """Decodes pictures on a thread, in the order in which they are wanted, and keeps those alone.

    ready: a picture that was wanted is there, or cannot be.
    """

    ready = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.errands = Errands("pictures", self)
        self._wanted: tuple[Path, ...] = ()
        self._under_way: Path | None = None
        self._pages: dict[Path, Image | str] = {}

    def want(self, paths: Sequence[Path]) -> None:
        """Have these, the first one soonest; all others are let go."""
        self._wanted = tuple(paths)
        self._pages = {path: page for path, page in self._pages.items() if path in self._wanted}
        self._go_on()

    def page(self, path: Path) -> "Image | str | None":
        """The picture; why it cannot be read, in a sentence; None where it is not there yet."""
        return self._pages.get(path)

    def _go_on(self) -> None:
        """One at a time: what is wanted may be another one by then."""
        missing = next((path for path in self._wanted if path not in self._pages), None)
        if missing is not None and self._under_way is None:
            self._under_way = missing
            self.errands.run(
                lambda: _decode(missing),
                lambda page: self._keep(missing, page),
                lambda error: self._keep(missing, translated(error)),
            )

    def _keep(self, path: Path, page: "Image | str") -> None:
        self._under_way = None
        if path in self._wanted:
            self._pages[path] = page
            self.ready.emit(path)
        self._go_on()


def _decode(path: Path) -> "Image":
    from inspector.capture.pictures import read_picture  # with OpenCV behind it

    return read_picture(path)


def around(index: int, count: int) -> list[int]:
    """A frame, and those that are likely to be wanted next, the likeliest first."""
    order = [index, *(index + step for step in range(1, AHEAD + 1)), *(index - step for step in range(1, BEHIND + 1))]
    return [i for i in order if 0 <= i < count]

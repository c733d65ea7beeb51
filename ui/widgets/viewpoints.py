"""Which of several cameras the picture is of that is shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt5.QtWidgets import QSizePolicy

from ui import theme
from ui.translation import translate
from ui.widgets.deed import Segments
from ui.widgets.look import word_of
from ui.widgets.shapes import SIGNS, icon

if TYPE_CHECKING:
    from ui.evidence import Seen

COLUMNS = 4
"""More cameras stand in a second row: their names must be read."""
WIDE = 10
"""A button's width at most, in em."""


class Viewpoints(Segments):
    """A button for each camera: its name, and the sign of the verdict on what it looks at. Hidden for one alone."""

    def __init__(self) -> None:
        super().__init__(())
        self.setAccessibleName(self.tr("Camera"))
        self.hide()

    def show_seen(self, seen: "Sequence[Seen]", number: int) -> None:
        """What each of them saw; number: the one that is shown."""
        names = [f" {one.camera}" for one in seen]
        if names != [button.text() for button in self.buttons]:
            self.offer(names, COLUMNS)
        em = theme.em_of(self)
        for button, one in zip(self.buttons, seen, strict=True):
            button.setIcon(icon(SIGNS[one.verdict], em, theme.TONES[one.verdict].line, self.devicePixelRatioF()))
            button.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
            button.setToolTip(one.camera)
            button.setAccessibleName(_told(one))
        self.setMaximumWidth(round(em * WIDE * min(COLUMNS, len(seen))))
        self.setVisible(len(seen) > 1)
        if seen:
            self.choose(number)

    @property
    def number(self) -> int:
        """The one that is chosen."""
        return self._group.checkedId()


def _told(one: "Seen") -> str:
    """For whoever hears the screen."""
    words = translate("Viewpoints", "Camera %1: %2") if word_of(one.verdict) else translate("Viewpoints", "Camera %1")
    return words.replace("%2", word_of(one.verdict)).replace("%1", one.camera)

"""The list of recordings: what each shows in words, a sign and a tone, and how far a person is with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QFontMetrics, QPainter, QPaintEvent
from PyQt5.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter

from inspector.inspection.verdict import Verdict
from inspector.labeling.reel import Extent
from ui import theme
from ui.translation import translate
from ui.widgets.choice import Choice
from ui.widgets.shapes import Sign, icon

if TYPE_CHECKING:  # with OpenCV behind it
    from inspector.capture.recording import Recording


APART = "    "
BESIDE = 8
"""Pixels that the style leaves free between the sign and the words, and around them."""


@dataclass(frozen=True)
class RecordingLook:
    """word: what it shows, of which component."""

    word: str
    sign: Sign
    tone: theme.Tone


def recording_look(recording: "Recording") -> RecordingLook:
    """Positive or negative; of a pattern, that; of lookalikes, so."""
    names = ", ".join(recording.components)
    if recording.of_lookalikes:
        word = translate("RecordingChoice", "%1: lookalikes, negative").replace("%1", names)
        return RecordingLook(word, Sign.MINUS, theme.TONES[Verdict.NOT_DECIDABLE])
    word = (
        translate("RecordingChoice", "%1: positive")
        if recording.positive
        else translate("RecordingChoice", "%1: negative")
    )
    sign, tone = (Sign.PLUS, theme.WITH) if recording.positive else (Sign.MINUS, theme.WITHOUT)
    name = f"{names} {recording.pattern}" if recording.pattern else names
    return RecordingLook(word.replace("%1", name), sign, tone)


def row_of(extent: Extent) -> str:
    """One line of the list of recordings."""
    return APART.join((recording_look(extent.recording).word, *_far(extent), _when(extent)))


def fitted(extent: Extent, metrics: QFontMetrics, width: int) -> str:
    """The same in so many pixels: first the time it was made at goes, then what it shows is cut short; how far a person
    is stays.
    """
    word, far = recording_look(extent.recording).word, [*_far(extent)]
    for parts in ((word, *far, _when(extent)), (word, *far)):
        if metrics.horizontalAdvance(text := APART.join(parts)) <= width:
            return text
    rest = APART.join(("", *far))
    return metrics.elidedText(word, Qt.ElideRight, max(0, width - metrics.horizontalAdvance(rest))) + rest


def _when(extent: Extent) -> str:
    return f"{extent.recording.recorded_at.astimezone():%Y-%m-%d %H:%M}"


def _far(extent: Extent) -> Iterator[str]:
    """How far a person is with it."""
    if extent.fault:
        yield translate("RecordingLook", "cannot be read")
    elif not extent.frames:
        yield translate("RecordingLook", "no frames yet")
    else:
        yield f"{extent.done}/{extent.frames}"
    if extent.contradicting:
        yield translate("RecordingLook", "contradicts: %1").replace("%1", str(extent.contradicting))


class RecordingChoice(Choice):
    """A row for each recording; a bar under the chosen one says how far a person is with it."""

    def __init__(self) -> None:
        super().__init__()
        self._extents: list[Extent] = []

    def show_extents(self, extents: Sequence[Extent], chosen: Path | None) -> None:
        """These, of which the one in that folder is chosen."""
        em = theme.em_of(self)
        self.clear()
        self._extents = [*extents]
        for extent in extents:
            look = recording_look(extent.recording)
            sign = icon(look.sign, round(em * 1.1), look.tone.line, self.devicePixelRatioF())
            self.addItem(sign, row_of(extent))
        self.setIconSize(QSize(em * 2, round(em * 1.1)))
        folders = [extent.folder for extent in extents]
        self.setCurrentIndex(folders.index(chosen) if chosen in folders else -1)
        self.setEnabled(bool(extents))

    def show_done(self, extent: Extent) -> None:
        """How far a person is with the one that is chosen."""
        index = self.currentIndex()
        if index >= 0 and self._extents[index].folder == extent.folder:
            self._extents[index] = extent
            self.setItemText(index, row_of(extent))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.currentIndex() < 0:
            super().paintEvent(event)
            return
        extent, option, painter = self._extents[self.currentIndex()], QStyleOptionComboBox(), QStylePainter(self)
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.CC_ComboBox, option)
        field = self.style().subControlRect(QStyle.CC_ComboBox, option, QStyle.SC_ComboBoxEditField, self)
        room = field.width() - option.iconSize.width() - BESIDE
        option.currentText = fitted(extent, self.fontMetrics(), room)
        painter.drawControl(QStyle.CE_ComboBoxLabel, option)
        painter.end()
        self.paint_arrow()
        self._paint_share(extent.done / extent.frames if extent.frames else 0.0)

    def _paint_share(self, share: float) -> None:
        em, painter = theme.em_of(self), QPainter(self)
        place = QRectF(em * 0.8, self.height() - em * 0.5, self.width() - em * 1.6, em * 0.2)
        painter.fillRect(place, theme.BORDER)
        place.setWidth(place.width() * share)
        painter.fillRect(place, theme.MUTED)
        painter.end()

"""The list of recordings: what each shows in words, a sign and a tone, and how far a person is with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QSize

from inspector.inspection.verdict import Verdict
from inspector.labeling.reel import Extent
from ui import theme
from ui.translation import translate
from ui.widgets.choice import Choice
from ui.widgets.shapes import Sign, icon

if TYPE_CHECKING:  # with OpenCV behind it
    from inspector.capture.recording import Recording


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
    """One line of the list of recordings; where there is too little room, the time it was made at goes first."""
    when = f"{extent.recording.recorded_at.astimezone():%Y-%m-%d %H:%M}"
    return "    ".join((recording_look(extent.recording).word, *_far(extent), when))


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
    """A row for each recording."""

    def show_extents(self, extents: Sequence[Extent], chosen: Path | None) -> None:
        """These, of which the one in that folder is chosen."""
        em = theme.em_of(self)
        self.clear()
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
        self.setItemText(self.currentIndex(), row_of(extent))

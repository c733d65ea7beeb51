"""What stands above the recording that is looked at: which one it is, and what the engine can do for all of them."""

from collections import Counter
from collections.abc import Sequence

from PyQt5.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from inspector.labeling.reel import Extent, Reel
from inspector.labeling.suggestions import LEARNABLE, enough_of
from ui import theme
from ui.widgets.act import Act, Plate
from ui.widgets.recording_choice import RecordingChoice
from ui.widgets.searches import in_short
from ui.widgets.shapes import Sign
from ui.widgets.underway import Underway

TOOLS = 16.5
"""How wide the column of tools is, in em: the last button stands above it."""
DETECTOR, SEARCH = 11.2, 13.6


class LabelBar(QWidget):
    """A list and three buttons; while the engine is at work, how far it is stands in the place of two of them, and the
    third one ends it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.recordings, self.underway = RecordingChoice(), Underway()
        self.recordings.setAccessibleName(self.tr("Recording"))
        self.suggest = Act(Sign.DASHED, self.tr("Suggest boxes"), "")
        self.by_detector = Act(Sign.STAR, self.tr("By a detector"), "")
        self.search = Plate(Sign.LENS, self.tr("Search"))
        self._acts, self._middle = QWidget(), QStackedWidget()
        self._pair, self._row = QHBoxLayout(self._acts), QHBoxLayout(self)
        for row in (self._pair, self._row):
            row.setContentsMargins(0, 0, 0, 0)
        self._pair.addWidget(self.search)
        self._pair.addWidget(self.by_detector)
        self._middle.addWidget(self._acts)
        self._middle.addWidget(self.underway)
        self._row.addWidget(self.recordings, 1)
        self._row.addWidget(self._middle)
        self._row.addWidget(self.suggest)

    def scale(self, em: int) -> None:
        gap = round(em * theme.GAP_M)
        for row in (self._pair, self._row):
            row.setSpacing(gap)
        self.by_detector.setFixedWidth(round(em * DETECTOR))
        self.search.setFixedWidth(round(em * SEARCH))
        self._middle.setFixedSize(round(em * (DETECTOR + SEARCH)) + gap, round(em * theme.TOUCH))
        self.suggest.setFixedWidth(round(em * TOOLS))
        self.underway.scale(em)

    def show_state(self, reel: Reel | None, extents: Sequence[Extent], running: bool) -> None:
        """What can be had now. reel: the recording that is looked at, None where it has no frames."""
        self._middle.setCurrentWidget(self.underway if running else self._acts)
        self.suggest.set_word(
            *((Sign.CROSS, self.tr("Cancel")) if running else (Sign.DASHED, self.tr("Suggest boxes")))
        )
        can_suggest = reel is not None and reel.origin is not None
        self.suggest.setEnabled(running or can_suggest)
        self.suggest.invite(not running and reel is not None and can_suggest and reel.untouched)
        self.search.setEnabled(reel is not None and not running)
        self.search.set_state(in_short(reel.searched) if reel is not None else "")
        self._show_detector(reel, extents, running)

    def _show_detector(self, reel: Reel | None, extents: Sequence[Extent], running: bool) -> None:
        components = reel.recording.components if reel is not None else ()
        known = sum((extent.learnable for extent in extents), Counter[str]())
        ready = enough_of(known, components)
        self.by_detector.setEnabled(bool(ready) and not running)
        text = self.tr("A detector learns for minutes from the frames that are confirmed, and suggests the rest.")
        if not ready:
            text = self.tr("Once %1 frames with boxes are confirmed (now %2), a detector can suggest the rest.")
        most = max((known[name] for name in components), default=0)
        self.by_detector.setToolTip(text.replace("%1", str(LEARNABLE)).replace("%2", str(most)))

"""One inspection: what was seen beside what should have been, the findings in words, and whose it is."""

import json
from typing import TYPE_CHECKING

from PyQt5.QtCore import QRectF, QSize, Qt, pyqtSlot
from PyQt5.QtGui import QPainter, QPaintEvent
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from inspector.inspection.verdict import Inspection, Verdict
from ui import theme
from ui.evidence import worst_of
from ui.widgets.findings import Findings
from ui.widgets.look import word_of
from ui.widgets.shapes import draw_badge
from ui.widgets.verdict_answer import VerdictAnswer
from ui.widgets.viewer import StillPicture
from ui.widgets.viewpoints import Viewpoints

if TYPE_CHECKING:
    from ui.archive import Shown
    from ui.evidence import Sight


class Badge(QWidget):
    """A verdict's sign on its silhouette."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Fixed)
        self.verdict = Verdict.UNDEFINED

    def sizeHint(self) -> QSize:
        side = round(theme.em_of(self) * 2.4)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tone = QPainter(self), theme.TONES[self.verdict]
        draw_badge(painter, self.verdict, QRectF(self.rect()).adjusted(1, 1, -1, -1), tone.fill, tone.ink)
        painter.end()


class Side(QWidget):
    """A picture, and above it what it is."""

    def __init__(self) -> None:
        super().__init__()
        self.caption, self.picture = QLabel(), StillPicture()
        self.caption.setObjectName("caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.caption)
        self._column.addWidget(self.picture, 1)

    def show_sight(self, sight: "Sight | None", none: str) -> None:
        """none: what stands above where there is none."""
        self.caption.setText(sight.still.caption if sight else none)
        self.picture.still = sight.still if sight else None
        self.picture.image = sight.image if sight else None
        self.picture.setAccessibleName(self.caption.text())
        self.picture.update()

    def scale(self, em: int) -> None:
        self._column.setSpacing(round(em * theme.GAP_S / 2))


class Inspected(QWidget):
    """All that is known of one; `cameras` chooses whose pictures are shown, `answer` asks whether it was right."""

    def __init__(self) -> None:
        super().__init__()
        self.badge, self.word, self.when = Badge(), QLabel(), QLabel()
        self.word.setObjectName("title")
        self._shown: Shown | None = None
        self.cameras, self.seen, self.reference = Viewpoints(), Side(), Side()
        self.findings, self.facts, self.answer = Findings(), QLabel(), VerdictAnswer()
        self.facts.setObjectName("caption")
        self.facts.setWordWrap(True)
        for label in (self.word, self.when, self.facts):
            label.setTextFormat(Qt.PlainText)
        self.facts.setTextInteractionFlags(Qt.TextSelectableByMouse)
        self._layout, self._head, self._pictures, self._below = (
            QVBoxLayout(self),
            QHBoxLayout(),
            QHBoxLayout(),
            QHBoxLayout(),
        )
        self._layout.setContentsMargins(0, 0, 0, 0)
        for part, stretch in ((self.badge, 0), (self.word, 0), (self.when, 1)):
            self._head.addWidget(part, stretch)
        for side in (self.seen, self.reference):
            self._pictures.addWidget(side, 1)
        self._below.addWidget(self.findings, 1)
        self._below.addWidget(self.answer, 1)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self.cameras)
        self._layout.addLayout(self._pictures, 5)
        self._layout.addLayout(self._below, 4)
        self._layout.addWidget(self.facts)
        self.cameras.chosen.connect(self._show_camera)

    def show_inspection(self, inspection: Inspection) -> None:
        """What its record says; the rest comes with `show_all`."""
        self.badge.verdict = inspection.verdict
        self.badge.update()
        self.word.setText(word_of(inspection.verdict))
        when = f"{inspection.started_at.astimezone():%Y-%m-%d %H:%M:%S}"
        self.when.setText(f"{when}    {inspection.serial}".strip())
        self.findings.set_findings(inspection.findings)
        self.facts.setText(self._facts(inspection))

    def show_all(self, shown: "Shown") -> None:
        self.show_inspection(shown.inspection)
        is_other = self._shown is None or self._shown.inspection.id != shown.inspection.id
        number = worst_of(shown.seen) if is_other else self.cameras.number
        self._shown = shown
        self.cameras.show_seen(shown.seen, number)
        self._show_camera(number)
        self.answer.show_marks(shown.marks, shown.inspection.verdict)

    @pyqtSlot(int)
    def _show_camera(self, number: int) -> None:
        """What that one saw, beside a good one."""
        if self._shown is not None:
            seen = self._shown.seen[number]
            self.seen.show_sight(seen.evidence, "")
            self.reference.show_sight(seen.reference, self.tr("No picture of a good one is kept"))

    def _facts(self, inspection: Inspection) -> str:
        told = (
            (self.tr("Recipe"), inspection.recipe),
            (self.tr("Bundle"), inspection.bundle),
            (self.tr("Station"), inspection.station),
            (self.tr("Trigger"), inspection.trigger),
            (self.tr("Camera"), _cameras(inspection.camera)),
            (self.tr("Frames"), f"{inspection.first_frame} - {inspection.last_frame}"),
            (self.tr("Latency"), f"{inspection.latency_ms:.0f} ms"),
            (self.tr("Number"), inspection.id),
        )
        return "    ".join(f"{name}: {value}" for name, value in told if value)

    def scale(self, em: int) -> None:
        gap = round(em * theme.GAP_M)
        self._layout.setSpacing(gap)
        for row in (self._head, self._pictures, self._below):
            row.setSpacing(gap)
        for part in (self.seen, self.reference, self.answer):
            part.scale(em)
        self.badge.updateGeometry()


def _cameras(told: str) -> str:
    """The names of the cameras out of what each said of itself."""
    try:
        cameras = json.loads(told or "[]")
        return ", ".join(str(each.get("name") or each.get("source", "")) for each in cameras)
    except (ValueError, AttributeError, TypeError):
        return ""

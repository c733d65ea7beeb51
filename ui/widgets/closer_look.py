"""One of the last inspections, large, and "it was wrong": said with two presses, and the verdict stays what it was."""

from collections.abc import Sequence

from PyQt5.QtCore import QRectF, QSize, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QImage, QPainter, QPaintEvent
from PyQt5.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from inspector.inspection.verdict import Inspection, Verdict
from inspector.inspection.view import State
from inspector.recipe import Recipe
from ui import theme
from ui.evidence import Seen, worst_of
from ui.remedies import remedies
from ui.translation import translate
from ui.widgets.aside import Aside
from ui.widgets.look import verdict_look
from ui.widgets.outlines import Still, draw_still
from ui.widgets.shapes import draw_badge
from ui.widgets.viewpoints import Viewpoints

SAID_MS = 4000
"""How long it stays after it was noted."""


class StillPicture(QWidget):
    """A still in its own aspect, as large as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Ignored)
        self.setAccessibleName(self.tr("Picture that decided"))
        self.still: Still | None = None
        self._image = QImage()
        self._words = ""

    def show_still(self, still: Still | None, image: QImage, words: str = "") -> None:
        """words: instead of a picture, where there is none."""
        self.still, self._image, self._words = still, image, words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.PICTURE)
        painter.setFont(theme.font(self.font()))
        if self.still is None or self._image.isNull():
            painter.setPen(theme.CALM.mark)
            painter.drawText(self.rect(), int(Qt.AlignCenter | Qt.TextWordWrap), self._words)
        else:
            width, height = self.still.size
            scale = min(self.width() / width, self.height() / height)
            place = QRectF(0, 0, width * scale, height * scale)
            place.moveCenter(QRectF(self.rect()).center())
            draw_still(painter, self._image, self.still, place, theme.em_of(self), large=True)
        painter.end()


class Mark(QWidget):
    """A verdict's badge."""

    def __init__(self) -> None:
        super().__init__()
        self.verdict = Verdict.UNDEFINED

    def show_verdict(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tone = QPainter(self), theme.TONES[self.verdict]
        draw_badge(painter, self.verdict, QRectF(self.rect()), tone.fill, tone.ink)
        painter.end()


class CloserLook(Aside):
    """objected: somebody holds the verdict of the inspection for wrong, and why."""

    objected = pyqtSignal(object, str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.inspection: Inspection | None = None
        self._seen: tuple[Seen, ...] = ()
        self._build()
        self._arrange()
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.timeout.connect(self.go)

    def look_at(self, inspection: Inspection, recipe: Recipe | None) -> None:
        """Come with that inspection; its picture follows."""
        self._leaving.stop()
        self.inspection = inspection
        self._mark.show_verdict(inspection.verdict)
        self._word.setText(verdict_look(State.RUNNING, inspection.verdict).word)
        at = f"{inspection.started_at.astimezone():%H:%M:%S}"
        serial = self.tr("Serial number %1").replace("%1", inspection.serial) if inspection.serial else ""
        self._when.setText("    ".join(filter(None, (at, serial))))
        found = remedies(inspection.findings, recipe)
        self._why.setText("\n".join(f"{r.component} {r.fault}" for r in found))
        self._why.setVisible(bool(found))
        self.cameras.hide()
        self.picture.show_still(None, QImage(), self.tr("Reading the picture …"))
        for button, reason in zip(self.reasons, reasons(inspection.verdict), strict=True):
            button.setText(reason)
        self._feet.setCurrentIndex(0)
        self.come()

    def show_seen(self, inspection: Inspection, seen: Sequence[Seen]) -> None:
        """What each camera saw of what it came with; that of the one that saw what is wrong is shown first."""
        if inspection is self.inspection:
            self._seen, number = tuple(seen), worst_of(seen)
            self.cameras.show_seen(seen, number)
            self._show_camera(number)

    def say(self, sentence: str, done: bool) -> None:
        """What came of the objection. done: it goes away soon."""
        self._said.setText(sentence)
        self._feet.setCurrentIndex(2)
        self.touch()
        if done:
            self._leaving.start(SAID_MS)

    # What it is made of

    def _build(self) -> None:
        self.cameras, self.picture, self._mark = Viewpoints(), StillPicture(), Mark()
        self.cameras.chosen.connect(self._choose_camera)
        self._word, self._when, self._why, self._said, self._question = (QLabel() for _ in range(5))
        for label, name in ((self._word, "title"), (self._when, "caption"), (self._question, "strong")):
            label.setObjectName(name)
        for label in (self._word, self._when, self._why, self._said):
            label.setTextFormat(Qt.PlainText)
        for label in (self._why, self._said):
            label.setWordWrap(True)
        self._question.setText(self.tr("What was wrong with the verdict?"))
        self.wrong, self.close_it = QPushButton(self.tr("It was wrong")), QPushButton(self.tr("Close"))
        self.back = QPushButton(self.tr("Back"))
        self.close_it.setObjectName("primary")
        self.back.setObjectName("quiet")
        self.reasons = [QPushButton() for _ in range(4)]
        self.wrong.clicked.connect(self._ask)
        self.back.clicked.connect(self._go_back)
        self.close_it.clicked.connect(self.go)
        for button in self.reasons:
            button.clicked.connect(lambda _, button=button: self._object(button.text()))

    def _arrange(self) -> None:
        self._column, head, words = QVBoxLayout(self), QHBoxLayout(), QVBoxLayout()
        words.addWidget(self._word)
        words.addWidget(self._when)
        head.addWidget(self._mark)
        head.addLayout(words)
        head.addWidget(self._why, 1, Qt.AlignVCenter)
        self._feet = QStackedWidget()
        self._feet.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        first, second, third = QWidget(), QWidget(), QWidget()
        row = QHBoxLayout(first)
        row.addWidget(self.wrong)
        row.addStretch(1)
        row.addWidget(self.close_it)
        self._reasons = QGridLayout(second)
        self._reasons.addWidget(self._question, 0, 0)
        self._reasons.addWidget(self.back, 0, 1, Qt.AlignRight)
        for place, button in enumerate(self.reasons):
            self._reasons.addWidget(button, 1 + place // 2, place % 2)
        said = QHBoxLayout(third)
        said.addWidget(self._said, 1)
        for foot in (first, second, third):
            foot.layout().setContentsMargins(0, 0, 0, 0)
            self._feet.addWidget(foot)
        self._column.addLayout(head)
        self._column.addWidget(self.cameras)
        self._column.addWidget(self.picture, 1)
        self._column.addWidget(self._feet)
        self._head = head

    # What a person does

    @pyqtSlot(int)
    def _choose_camera(self, number: int) -> None:
        self.touch()
        self._show_camera(number)

    def _show_camera(self, number: int) -> None:
        sight = self._seen[number].evidence
        self.picture.show_still(sight.still, sight.image, self.tr("The picture is not kept any more."))

    @pyqtSlot()
    def _ask(self) -> None:
        self.touch()
        self._feet.setCurrentIndex(1)
        self._fit_foot()

    @pyqtSlot()
    def _go_back(self) -> None:
        self.touch()
        self._feet.setCurrentIndex(0)
        self._fit_foot()

    def _object(self, reason: str) -> None:
        self.touch()
        if self.inspection is not None:
            self.objected.emit(self.inspection, reason)

    # How it looks

    def scale(self, em: int) -> None:
        edge, gap = round(em * theme.GAP_M), round(em * theme.GAP_S)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(gap)
        self._head.setSpacing(edge)
        self._reasons.setSpacing(gap)
        self._mark.setFixedSize(QSize(round(em * 3), round(em * 3)))
        for button in (*self.reasons, self.wrong, self.close_it, self.back):
            button.setMinimumHeight(round(em * (theme.TOUCH + 0.4)))
        self._fit_foot()

    def _fit_foot(self) -> None:
        """As high as what it shows: the picture has the rest."""
        foot = self._feet.currentWidget()
        if foot is not None:
            self._feet.setFixedHeight(foot.sizeHint().height())


def reasons(verdict: Verdict) -> tuple[str, str, str, str]:
    """What may have been wrong with a verdict, in few words: the likeliest first."""
    right, other = translate("Reason", "Everything is right"), translate("Reason", "Something else")
    hand = translate("Reason", "A hand or a tool was in the picture")
    if verdict is Verdict.OK:
        missing, wrong = translate("Reason", "Something is missing"), translate("Reason", "A part is wrong or damaged")
        return missing, wrong, hand, other
    if verdict is Verdict.NOT_OK:
        return right, translate("Reason", "Another part is at fault"), hand, other
    return right, translate("Reason", "It is faulty"), hand, other

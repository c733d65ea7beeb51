"""What can be done with the frame that is looked at, each with its key, in reach of a thumb."""

from collections.abc import Collection, Sequence

from PyQt5.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.inspection.verdict import Verdict
from inspector.labeling.annotation import State
from inspector.labeling.reel import Standing
from inspector.recipe import Label
from ui import theme
from ui.widgets.act import Act, Tile
from ui.widgets.marks import name_of
from ui.widgets.shapes import Sign, draw_sign
from ui.widgets.standing_look import standing_look

MOST_KEYS = 9


class StandingCard(QWidget):
    """How the frame stands, and who says so."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.standing, self.detail = Standing.UNLABELED, ""

    def show_standing(self, standing: Standing, detail: str) -> None:
        self.standing, self.detail = standing, detail
        self.setAccessibleName(f"{standing_look(standing).word}: {detail}")
        self.setToolTip(detail)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, round(theme.em_of(self) * 3.0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        em, look = theme.em_of(self), standing_look(self.standing)
        draw_sign(painter, look.sign, QRectF(0, em * 0.45, em * 1.7, em * 1.7), look.tone.line)
        place = QRectF(em * 2.4, 0, self.width() - em * 2.4, em * 1.7)
        painter.setFont(theme.font(self.font(), theme.STRONG, bold=True))
        painter.setPen(QPen(theme.TEXT))
        painter.drawText(place, int(Qt.AlignLeft | Qt.AlignVCenter), look.word)
        painter.setFont(theme.font(self.font(), theme.SMALL))
        painter.setPen(QPen(theme.MUTED))
        text = QFontMetricsF(painter.font()).elidedText(self.detail, Qt.ElideRight, place.width())
        below = place.translated(0, em * 1.5)
        painter.drawText(below, int(Qt.AlignLeft | Qt.AlignVCenter), text)
        painter.end()


class Tools(QWidget):
    """The column of buttons. named: a label was pressed."""

    named = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.card = StandingCard()
        self.accept_ = Act(Sign.RIGHT, self.tr("Next"), self.tr("Enter"))
        self.reject = Act(Sign.CROSS, self.tr("Reject"), "⌫")
        self.draw = Tile(Sign.BOX, self.tr("Draw"), "W", self.tr("Draw a box"))
        self.delete = Tile(Sign.BIN, self.tr("Delete"), self.tr("Del"), self.tr("Delete the chosen box"))
        self.copy = Tile(Sign.COPY, self.tr("To next"), "Ctrl+D", self.tr("Copy the boxes to the next frame"))
        self.draw.setCheckable(True)
        self.states = {
            State.VERIFIED_EMPTY: Tile(Sign.NOTHING, self.tr("Empty"), "E", self.tr("None of it is in the frame")),
            State.IGNORED: Tile(Sign.CROSS, self.tr("Ignored"), "I", self.tr("Leave the frame out: a hand, a blur")),
            State.UNLABELED: Tile(Sign.DOT, self.tr("Unknown"), "U", self.tr("Take back what is known of it")),
        }
        self.undo = Tile(Sign.UNDO, self.tr("Take back"), "Ctrl+Z", self.tr("Take the newest change back"))
        self.redo = Tile(Sign.REDO, self.tr("Make again"), "Ctrl+Y", self.tr("Make again what was taken back"))
        self.nearer = Act(Sign.PLUS, "", "+", self.tr("Nearer"))
        self.farther = Act(Sign.MINUS, "", "-", self.tr("Farther"))
        self.fit = Act(Sign.FIT, "", "F", self.tr("The whole picture"))
        self.labels: list[Act] = []
        self._captions = [QLabel(text) for text in (self.tr("Boxes of"), self.tr("The frame is"))]
        self._arrange()

    def _arrange(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._names, self._rows = QVBoxLayout(), [QHBoxLayout() for _ in range(4)]
        for caption in self._captions:
            caption.setObjectName("caption")
        rows = (
            (self.draw, self.delete, self.copy),
            tuple(self.states.values()),
            (self.undo, self.redo),
            (self.farther, self.fit, self.nearer),
        )
        for row, acts in zip(self._rows, rows, strict=True):
            for act in acts:
                row.addWidget(act)
        boxes, states, *rest = self._rows
        upper = (self.card, self.accept_, self.reject, self._captions[0], self._names, boxes, self._captions[1], states)
        for part in upper:
            self._add(part)
        self._column.addStretch(1)
        for part in rest:
            self._add(part)

    def _add(self, part: QWidget | QLayout) -> None:
        if isinstance(part, QWidget):
            self._column.addWidget(part)
        else:
            self._column.addLayout(part)

    def scale(self, em: int) -> None:
        for layout in (self._column, self._names, *self._rows):
            layout.setSpacing(round(em * theme.GAP_S))
        self.setFixedWidth(round(em * 16.5))
        self.card.updateGeometry()

    def show_labels(self, labels: Sequence[Label], failing: Collection[Label]) -> None:
        """What may be drawn; failing: what must not be seen at a station."""
        for act in self.labels:
            self._names.removeWidget(act)
            act.deleteLater()
        self.labels = [_act_of(label, label in failing, number) for number, label in enumerate(labels, 1)]
        for label, act in zip(labels, self.labels, strict=True):
            act.setCheckable(True)
            act.clicked.connect(lambda _, label=label: self.named.emit(label))
            self._names.addWidget(act)

    def show_label(self, index: int) -> None:
        """Which label the chosen box has, or the next one will."""
        for number, act in enumerate(self.labels):
            act.setChecked(number == index)

    def show_step(self, confirms: bool) -> None:
        """Whether Enter says that the boxes are right, or only goes on."""
        self.accept_.set_word(*((Sign.CHECK, self.tr("Right, next")) if confirms else (Sign.RIGHT, self.tr("Next"))))

    def allow(self, frame: bool, waits: bool, boxes: bool, chosen: bool) -> None:
        """What can be done. frame: there is one; waits: a suggestion for it; boxes: it shows some; chosen: one is."""
        for act in (self.accept_, self.draw, self.undo, self.redo, self.nearer, self.farther, self.fit):
            act.setEnabled(frame)
        for act in (*self.labels, *self.states.values()):
            act.setEnabled(frame)
        self.reject.setEnabled(waits)
        self.copy.setEnabled(boxes)
        self.delete.setEnabled(chosen)
        self.accept_.invite(waits)


def _act_of(label: Label, bad: bool, number: int) -> Act:
    verdict = Verdict.NOT_DECIDABLE if label.lookalike else Verdict.NOT_OK if bad else Verdict.OK
    sign = Sign.DASHED if label.lookalike else Sign.CROSS if bad else Sign.CHECK
    return Act(sign, name_of(label), str(number) if number <= MOST_KEYS else "", tint=theme.TONES[verdict].line)

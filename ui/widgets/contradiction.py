"""The question whether a frame shows what contradicts its recording, over the picture and away from the place."""

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inspector.labeling.moments import Moment
from inspector.labeling.suspicion import Seems
from ui import theme
from ui.widgets.act import Act
from ui.widgets.marks import name_of
from ui.widgets.shapes import Sign


class Contradiction(QFrame):
    """Hidden where nothing contradicts. answered: whether the component is there."""

    answered = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.text = QLabel()
        self.text.setObjectName("strong")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.PlainText)
        self.there = Act(Sign.PLUS, self.tr("It is there"), "Y", tint=theme.WITH.line)
        self.not_there = Act(Sign.MINUS, self.tr("It is not"), "N", tint=theme.WITHOUT.line)
        self.there.clicked.connect(lambda _: self.answered.emit(True))
        self.not_there.clicked.connect(lambda _: self.answered.emit(False))
        self._layout, self._row = QVBoxLayout(self), QHBoxLayout()
        self._layout.addWidget(self.text)
        self._layout.addLayout(self._row)
        self._row.addWidget(self.there)
        self._row.addWidget(self.not_there)
        self.hide()

    def scale(self, em: int) -> None:
        self._layout.setContentsMargins(*[round(em * theme.GAP_M)] * 4)
        self._layout.setSpacing(round(em * theme.GAP_M))
        self._row.setSpacing(round(em * theme.GAP_M))
        self.setFixedWidth(round(em * 32))

    def leaves_free(self, moment: Moment | None, size: tuple[int, int]) -> Qt.AlignmentFlag:
        """Where over a picture of that size it lies without hiding what it is about."""
        low = moment is not None and moment.xyxy is not None and moment.xyxy[1] + moment.xyxy[3] > size[1]
        return Qt.AlignTop if low else Qt.AlignBottom

    def show_moment(self, moment: Moment | None) -> None:
        """Ask about it; None for nothing."""
        if moment is not None:
            text = (
                self.tr("This recording should be without “%1”, yet something here looks like it. Is it there?")
                if moment.seems is Seems.THERE
                else self.tr("This recording should show “%1”, yet it seems out of sight here. Is it in its box?")
            )
            self.text.setText(text.replace("%1", name_of(moment.label)))
        self.setVisible(moment is not None)

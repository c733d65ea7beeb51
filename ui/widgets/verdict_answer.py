"""Was it right? What people said of a verdict, and what whoever looks at it says."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt5.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from inspector.inspection.verdict import Verdict
from ui import theme
from ui.widgets.choice import Choice
from ui.widgets.deed import Deed
from ui.widgets.shapes import Sign

if TYPE_CHECKING:
    from inspector.inspection.records.marks import Mark

LONGEST_REASON = 500
SHOWN = 2
"""The last so many of what was said."""


class VerdictAnswer(QFrame):
    """right: a person says that the verdict was; wrong: that it was not, and why. Neither changes the inspection."""

    right = pyqtSignal()
    wrong = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._question, self.said = QLabel(self.tr("Was it right?")), QLabel()
        self._question.setObjectName("strong")
        self.said.setWordWrap(True)
        self.said.setObjectName("caption")
        self.said.setTextFormat(Qt.PlainText)
        self.said.setAlignment(Qt.AlignTop)
        self.yes = Deed(Sign.CHECK, self.tr("Yes"), quiet=False)
        self.no = Deed(Sign.CROSS, self.tr("No, it was wrong …"), quiet=False)
        self.reason, self.say = Choice(), QPushButton(self.tr("Say so"))
        self.reason.setEditable(True)
        self.reason.setInsertPolicy(QComboBox.NoInsert)
        self.reason.setAccessibleName(self.tr("Why was it wrong?"))
        line = self.reason.lineEdit()
        assert line is not None
        line.setMaxLength(LONGEST_REASON)
        line.setPlaceholderText(self.tr("Why was it wrong?"))
        line.returnPressed.connect(self._say_wrong)
        self.say.setObjectName("primary")
        self.back = Deed(Sign.LEFT, self.tr("Back"), shown=False)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self._layout, self.rows = QVBoxLayout(self), QStackedWidget()
        asking, telling = QWidget(), QWidget()
        self._asking, self._telling = QHBoxLayout(asking), QHBoxLayout(telling)
        for row, parts in (
            (self._asking, ((self.yes, 1), (self.no, 2))),
            (self._telling, ((self.back, 0), (self.reason, 1), (self.say, 0))),
        ):
            row.setContentsMargins(0, 0, 0, 0)
            for part, stretch in parts:
                row.addWidget(part, stretch)
        self.rows.addWidget(asking)
        self.rows.addWidget(telling)
        self._layout.addWidget(self._question)
        self._layout.addWidget(self.said, 1)
        self._layout.addWidget(self.rows)

    def _connect(self) -> None:
        self.yes.clicked.connect(self.right)
        self.no.clicked.connect(self._ask_why)
        self.back.clicked.connect(lambda: self.rows.setCurrentIndex(0))
        self.say.clicked.connect(self._say_wrong)
        self.reason.editTextChanged.connect(self._show_say)
        self._show_say()

    def show_marks(self, marks: "Sequence[Mark]", verdict: Verdict) -> None:
        """Of another inspection, or of the same one where something was said."""
        self.rows.setCurrentIndex(0)
        self.reason.clear()
        self.reason.addItems(self._reasons(verdict))
        self.reason.setCurrentIndex(-1)
        self.reason.clearEditText()
        sentences = [self._sentence(mark) for mark in marks[-SHOWN:]]
        nobody = self.tr("Nobody has said so far. An answer stands beside the record, which stays as it is.")
        self.said.setText("\n".join(sentences) or nobody)

    def show_lock(self, locked: bool) -> None:
        """Whether somebody has to say who they are before they may answer."""
        for button, sign in ((self.yes, Sign.CHECK), (self.no, Sign.CROSS)):
            button.set_sign(Sign.LOCK if locked else sign)
            button.setToolTip(self.tr("Operators may: it asks for your PIN") if locked else "")

    def _reasons(self, verdict: Verdict) -> list[str]:
        good, bad = self.tr("It was in order"), self.tr("It was not in order")
        first = [bad] if verdict is Verdict.OK else [good] if verdict is Verdict.NOT_OK else [good, bad]
        return [*first, self.tr("Another component was wrong"), self.tr("The picture shows something else")]

    def _sentence(self, mark: "Mark") -> str:
        right, wrong = self.tr("%1, %2: it was right"), self.tr("%1, %2: it was wrong. %3")
        words = right if mark.right else wrong
        when = f"{mark.at.astimezone():%Y-%m-%d %H:%M}"
        return words.replace("%1", mark.who).replace("%2", when).replace("%3", mark.reason)

    @pyqtSlot()
    def _ask_why(self) -> None:
        self.rows.setCurrentIndex(1)
        self.reason.setFocus()

    @pyqtSlot()
    def _show_say(self) -> None:
        self.say.setEnabled(bool(self.reason.currentText().strip()))

    @pyqtSlot()
    def _say_wrong(self) -> None:
        if self.say.isEnabled():
            self.wrong.emit(self.reason.currentText().strip())

    def scale(self, em: int) -> None:
        edge = round(em * theme.GAP_M)
        self._layout.setContentsMargins(edge, round(em * theme.GAP_S), edge, edge)
        self._layout.setSpacing(round(em * theme.GAP_S))
        for row in (self._asking, self._telling):
            row.setSpacing(round(em * theme.GAP_S))
        self.say.setFixedWidth(round(em * 7))
        for button in (self.yes, self.no, self.back):
            button.scale()

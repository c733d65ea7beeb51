"""A question that lies over what it is about, and waits without holding anything else."""

from collections.abc import Callable

from PyQt5.QtCore import QEvent, QObject, Qt, pyqtSlot
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme


class Question(QFrame):
    """Hidden until something is asked. With yes it does what it was asked for; no only takes it away."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("notice")
        self._then: Callable[[], object] = lambda: None
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.PlainText)
        self.yes, self.no = QPushButton(), QPushButton()
        self.no.setObjectName("primary")
        self.yes.clicked.connect(self._answer)
        self.no.clicked.connect(self.hide)
        self._layout, row = QVBoxLayout(self), QHBoxLayout()
        self._layout.addWidget(self._text)
        self._layout.addLayout(row)
        row.addStretch(1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        over.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What was asked last."""
        return self._text.text()

    def ask(self, text: str, yes: str, no: str, then: Callable[[], object]) -> None:
        """Show it; the careful answer has the focus.

        then: what yes does. It holds by itself what it is about: by the answer, something else may be chosen.
        """
        self._then = then
        self._text.setObjectName("strong" if "\n" not in text else "")
        self._text.style().polish(self._text)
        self._text.setText(text)
        self.yes.setText(yes)
        self.no.setText(no)
        self._place()
        self.show()
        self.raise_()
        self.no.setFocus()

    @pyqtSlot()
    def _answer(self) -> None:
        self.hide()
        self._then()

    def _place(self) -> None:
        over = self.parentWidget()
        em = theme.em_of(over)
        self._layout.setContentsMargins(*[round(em * theme.GAP_L)] * 4)
        self._layout.setSpacing(round(em * theme.GAP_L))
        width = min(round(em * 36), over.width() - 2 * round(em * theme.GAP_M))
        self.setFixedSize(width, self._layout.totalHeightForWidth(width))
        self.move((over.width() - self.width()) // 2, (over.height() - self.height()) // 3)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

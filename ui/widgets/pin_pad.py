"""Who is there: a name, and a PIN on keys for hands in gloves, or on the keyboard."""

from collections.abc import Sequence

from PyQt5.QtCore import QRectF, QSize, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeyEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from inspector.errors import InspectorError
from inspector.people.session import Session
from ui import theme
from ui.engine_words import translated
from ui.errands import Errands
from ui.widgets.aside import Aside
from ui.widgets.choice import Choice
from ui.widgets.shapes import Sign, draw_sign, icon

LONGEST = 32
"""Digits of a PIN."""
PLACES = 6
"""The least digits of one: so many places are shown empty, and more as they are typed."""
WIDTH, HEIGHT = 24.0, 34.0
"""In em."""


class Places(QWidget):
    """How many digits were typed, and never which."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.count = 0

    def set_count(self, count: int) -> None:
        self.count = count
        self.setAccessibleDescription(str(count))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, int(theme.em_of(self) * 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, em = QPainter(self), theme.em_of(self)
        places = max(PLACES, self.count)
        step = min(em * 1.8, self.width() / places)
        left = (self.width() - step * places) / 2
        for place in range(places):
            box = QRectF(left + place * step, self.height() / 2 - em * 0.7, step, em * 1.4)
            full = place < self.count
            draw_sign(painter, Sign.RECORD if full else Sign.RING, box, theme.TEXT if full else theme.FAINT)
        painter.end()


class PinPad(Aside):
    """Asks who is there. entered: they are now, by that name. What is refused is said here, and how long to wait.

    The PIN is looked at on a thread of the errands; this shows that it is, and forgets the digits at once.

    Args: session: who is at the station; None until `serve` gives one.
    """

    entered = pyqtSignal(str)

    def __init__(self, over: QWidget, errands: Errands, session: Session | None = None) -> None:
        super().__init__(over)
        self._errands, self._session = errands, session
        self._typed, self._looking, self._waiting = "", False, False
        self._build()
        self._arrange()
        self._ticks = QTimer(self)
        self._ticks.setInterval(500)
        self._ticks.timeout.connect(self._show_wait)

    def serve(self, session: Session) -> None:
        """Ask for this session from now on."""
        self._session = session

    def ask(self, why: str) -> None:
        """Come, and say what for. Where nobody can enter, it says so."""
        self._title.setText(why)
        self._clear()
        self._say("")
        self._list()
        self.come()
        self._show_wait()

    @property
    def refusal(self) -> str:
        """What is said of the last PIN, "" for nothing."""
        return self._said.text()

    # What it is made of

    def _build(self) -> None:
        self._title, self._said = QLabel(), QLabel()
        self._title.setObjectName("strong")
        for label in (self._title, self._said):
            label.setTextFormat(Qt.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignCenter)
        self.name, self.places = Choice(), Places()
        self.name.setAccessibleName(self.tr("Your name"))
        self.places.setAccessibleName(self.tr("Digits of the PIN"))
        self.name.currentIndexChanged.connect(self._change_person)
        self.keys = {digit: QPushButton(digit) for digit in "1234567890"}
        self.back, self.enter = QPushButton(), QPushButton()
        self.leave = QPushButton(self.tr("Cancel"))
        self.leave.setObjectName("quiet")
        self.enter.setObjectName("primary")
        for button, name in ((self.back, self.tr("Take one digit back")), (self.enter, self.tr("Enter"))):
            button.setAccessibleName(name)
            button.setToolTip(name)
        for digit, key in self.keys.items():
            key.clicked.connect(lambda _, digit=digit: self.type(digit))
        self.back.clicked.connect(self.take_back)
        self.enter.clicked.connect(self.submit)
        self.leave.clicked.connect(self.go)
        for button in (*self.keys.values(), self.back, self.enter):
            button.setProperty("bare", True)
            button.setFocusPolicy(Qt.NoFocus)  # the digits are typed on the keyboard as well
            button.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)

    def _arrange(self) -> None:
        self._column, self._grid, foot = QVBoxLayout(self), QGridLayout(), QHBoxLayout()
        for place, key in enumerate([*(self.keys[digit] for digit in "123456789"), self.back, self.keys["0"]]):
            self._grid.addWidget(key, *divmod(place, 3))
        self._grid.addWidget(self.enter, 3, 2)
        for part in (self._title, self.name, self.places, self._said):
            self._column.addWidget(part)
        self._column.addLayout(self._grid, 1)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addStretch(1)
        self._column.addLayout(foot)

    def _list(self) -> None:
        """Those who are registered; who was chosen last stays chosen."""
        names = self._names()
        if names != [self.name.itemText(index) for index in range(self.name.count())]:
            chosen = self.name.currentText()
            self.name.clear()
            self.name.addItems(names)
            self.name.setCurrentIndex(max(0, self.name.findText(chosen)))
        self.name.setEnabled(len(names) > 1)

    def _names(self) -> Sequence[str]:
        try:
            return sorted(self._session.register.people) if self._session is not None else []
        except InspectorError as error:
            self._say(translated(error))
            return []

    # What a person does

    def type(self, digit: str) -> None:
        """One key of the pad."""
        self.touch()
        self._add(digit)

    def _add(self, digit: str) -> None:
        if not self._looking and len(self._typed) < LONGEST and self.enter.isEnabled():
            self._typed += digit
            self.places.set_count(len(self._typed))
            self._say("")

    @pyqtSlot(str)
    def forget(self, _: str) -> None:
        """What was typed was no PIN but a code: a scanner types like a keyboard."""
        self._clear()

    @pyqtSlot()
    def take_back(self) -> None:
        self.touch()
        self._typed = self._typed[:-1]
        self.places.set_count(len(self._typed))

    @pyqtSlot()
    def submit(self) -> None:
        """Have the PIN looked at."""
        self.touch()
        name, pin, session = self.name.currentText(), self._typed, self._session
        if self._looking or session is None or not (name and pin) or not self.enter.isEnabled():
            return
        self._clear()
        self._looking = True
        self._say(self.tr("One moment …"))
        self._errands.run(lambda: session.enter(name, pin), lambda _: self._let_in(name), self._refuse)

    @pyqtSlot()
    def _change_person(self) -> None:
        self._clear()
        self._say("")
        self._show_wait()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in self.keys:
            self._add(event.text())  # which keeps it no longer: else a line that scans would keep it for ever
        elif event.key() == Qt.Key_Backspace:
            self.take_back()
        elif event.key() in (Qt.Key_Return, Qt.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key_Escape:
            self.go()
        else:
            event.ignore()

    # What happens

    def _let_in(self, name: str) -> None:
        self._looking = False
        self._say("")
        if self.isVisible():
            self.entered.emit(name)
            self.go()
        elif self._session is not None:
            self._session.leave()  # whoever sent it away meanwhile asks for nothing more

    def _refuse(self, error: InspectorError) -> None:
        self._looking = False
        self._say(translated(error))
        self._show_wait()

    @pyqtSlot()
    def _show_wait(self) -> None:
        """While somebody has to wait after wrong PINs the keys are dead, and it says for how long."""
        wait_s = self._wait_s()
        for key in (*self.keys.values(), self.enter, self.back):
            key.setEnabled(not wait_s and self.name.count() > 0)
        if wait_s:
            self.touch()
            self._ticks.start()
            self._say(self.tr("Too many wrong PINs. Next try in %1 s.").replace("%1", str(-int(-wait_s // 1))))
        elif self._waiting:
            self._ticks.stop()
            self._say("")
        self._waiting = wait_s > 0
        self._draw_signs()

    def _wait_s(self) -> float:
        name = self.name.currentText()
        try:
            return self._session.register.wait_s(name) if self._session is not None and name else 0.0
        except InspectorError:
            return 0.0

    def _clear(self) -> None:
        self._typed = ""
        self.places.set_count(0)

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)

    # How it looks

    def wanted(self, room: QSize) -> QSize:
        em = theme.em_of(self.parentWidget())
        return QSize(round(em * WIDTH), round(em * HEIGHT))

    def scale(self, em: int) -> None:
        edge, gap = round(em * theme.GAP_M), round(em * theme.GAP_S)
        self._column.setContentsMargins(edge, edge, edge, gap)
        self._column.setSpacing(gap)
        self._grid.setSpacing(gap)
        self._said.setFixedHeight(round(em * 2.8))
        for key in self.keys.values():
            key.setFont(theme.font(self.font(), theme.TITLE, bold=True))
        self._draw_signs()

    def _draw_signs(self) -> None:
        em, ratio = round(theme.em_of(self) * 1.6), self.devicePixelRatioF()
        for button, sign, color in ((self.back, Sign.LEFT, theme.TEXT), (self.enter, Sign.CHECK, theme.BACKGROUND)):
            button.setIcon(icon(sign, em, color if button.isEnabled() else theme.FAINT, ratio))
            button.setIconSize(QSize(em, em))

"""Which tone each verdict has: pressed, it is heard."""

from PyQt5.QtCore import QSize, Qt
from PyQt5.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from inspector.inspection.verdict import Verdict
from inspector.inspection.view import State
from ui import theme, tones
from ui.translation import translate
from ui.widgets.aside import Aside
from ui.widgets.choice import Choice
from ui.widgets.look import verdict_look
from ui.widgets.tally import JUDGED


class TonesCard(Aside):
    """Chooses a tone, or none, for each verdict."""

    def __init__(self, over: QWidget, sounds: tones.Tones) -> None:
        super().__init__(over)
        self._sounds = sounds
        self.choices = {verdict: Choice() for verdict in JUDGED}
        self._title, self._silent = QLabel(self.tr("A tone for each verdict")), QLabel()
        self._title.setObjectName("strong")
        self._silent.setObjectName("hint")
        self._silent.setWordWrap(True)
        self.done = QPushButton(self.tr("Close"))
        self.done.setObjectName("primary")
        self.done.clicked.connect(self.go)
        self._arrange()

    def _arrange(self) -> None:
        self._column, self._grid = QVBoxLayout(self), QGridLayout()
        for row, (verdict, choice) in enumerate(self.choices.items()):
            word = verdict_look(State.RUNNING, verdict).word
            choice.setAccessibleName(word)
            choice.addItems([words_of(name) for name in tones.TUNES])
            choice.activated[int].connect(lambda index, verdict=verdict: self._choose(verdict, index))
            self._grid.addWidget(QLabel(word), row, 0)
            self._grid.addWidget(choice, row, 1)
        self._grid.setColumnStretch(1, 1)
        self._column.addWidget(self._title)
        self._column.addLayout(self._grid)
        self._column.addWidget(self._silent)
        self._column.addWidget(self.done, 0, Qt.AlignRight)

    def come(self) -> None:
        for verdict, choice in self.choices.items():
            choice.setCurrentIndex(list(tones.TUNES).index(tones.chosen(verdict)))
        silent = self.tr("Nothing can be heard on this machine: it has no sound card, or not what Qt needs to use it.")
        self._silent.setText("" if self._sounds.able else silent)
        self._silent.setVisible(not self._sounds.able)
        super().come()

    def _choose(self, verdict: Verdict, index: int) -> None:
        self.touch()
        name = list(tones.TUNES)[index]
        tones.choose(verdict, name)
        self._sounds.play(name)

    def wanted(self, room: QSize) -> QSize:
        em = theme.em_of(self.parentWidget())
        width = round(em * 30)
        return QSize(width, max(self._column.totalHeightForWidth(width), self._column.totalSizeHint().height()))

    def scale(self, em: int) -> None:
        self._column.setContentsMargins(*[round(em * theme.GAP_L)] * 4)
        self._column.setSpacing(round(em * theme.GAP_M))
        self._grid.setSpacing(round(em * theme.GAP_M))


def words_of(tune: str) -> str:
    """A tune's name as a person reads it."""
    return {
        "none": translate("Tones", "No tone"),
        "high": translate("Tones", "One high tone"),
        "low": translate("Tones", "One low tone"),
        "rising": translate("Tones", "Two tones, rising"),
        "falling": translate("Tones", "Two tones, falling"),
        "twice": translate("Tones", "The same tone twice"),
        "alarm": translate("Tones", "Alarm"),
    }[tune]

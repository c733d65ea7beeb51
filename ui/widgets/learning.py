"""A training while it goes on: the stage in words, how far it is, curves, pictures, and what it says."""

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.course import Course, Stage
from ui.durations import brief
from ui.engine_words import translated
from ui.widgets.curves import Curves
from ui.widgets.line import Line
from ui.widgets.previews import Previews

SHARE = 1000


class Learning(QWidget):
    """Shows one Course. stopped: a person wants it to end now. left: a person has seen how it ended. validated,
    promoted: what a person wants to do with the bundle that was made, by its id.
    """

    stopped = pyqtSignal()
    left = pyqtSignal()
    validated = pyqtSignal(str)
    promoted = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.course, self.ending = Course(""), False
        self.title, self.bar = QLabel(), QProgressBar()
        self.title.setObjectName("title")
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the training"))
        self.measures, self.said = Line(Qt.AlignLeft, color=theme.MUTED), QLabel()
        self.curves, self.previews = Curves(), Previews()
        self.stop = QPushButton(self.tr("End it now"))
        self.stop.setToolTip(self.tr("What it has learned until now is kept and becomes a bundle"))
        self.validate, self.promote = QPushButton(self.tr("Validate it")), QPushButton(self.tr("Use it at the station"))
        self.leave = QPushButton(self.tr("Back"))
        self.validate.setObjectName("primary")
        self.said.setObjectName("caption")
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.PlainText)
        self.said.setAlignment(Qt.AlignLeft | Qt.AlignTop)
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        self.stop.clicked.connect(lambda _: self.stopped.emit())
        self.leave.clicked.connect(lambda _: self.left.emit())
        self.validate.clicked.connect(lambda _: self.validated.emit(self.course.bundle))
        self.promote.clicked.connect(lambda _: self.promoted.emit(self.course.bundle))

    def _arrange(self) -> None:
        self._head, self._middle = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.title, 1)
        for button in (self.stop, self.leave, self.promote, self.validate):
            self._head.addWidget(button)
        caption = QLabel(self.tr("Frames that it never learns from, and what it sees in them now"))
        caption.setObjectName("caption")
        right = QVBoxLayout()
        right.addWidget(caption)
        right.addWidget(self.previews, 1)
        self._middle.addWidget(self.curves, 6)
        self._middle.addLayout(right, 5)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self.bar)
        self._layout.addWidget(self.measures)
        self._layout.addLayout(self._middle, 1)
        self._layout.addWidget(self.said)

    def begin(self, course: Course) -> None:
        """Another training begins."""
        self.course, self.ending = course, False
        self.stop.setEnabled(True)
        self.previews.show_sights(())
        self._offer(running=True)
        self.refresh()

    def refresh(self) -> None:
        """The course has heard something."""
        course = self.course
        self.title.setText(self.stage_in_words())
        self.bar.setRange(0, SHARE if course.total else 0)
        self.bar.setValue(round(SHARE * course.done / course.total) if course.total else 0)
        self.measures.set_text(self.measures_in_words())
        self.curves.show_course(course)
        self.previews.show_sights(course.sights)
        said = [translated(sentence) for sentence in course.said]
        self.said.setText("\n".join(said[-2:]))
        self.said.setToolTip("\n".join(said))

    def end_early(self) -> None:
        """It was told to end, and keeps what it has learned."""
        self.ending = True
        self.stop.setEnabled(False)
        self.refresh()

    def finish(self, title: str, sentence: str) -> None:
        """It has ended. sentence: what there is to say of it, "" for nothing."""
        self.bar.setRange(0, SHARE)
        self.bar.setValue(SHARE if self.course.bundle else 0)
        self.title.setText(title)
        self.measures.set_text(sentence)
        self._offer(running=False)
        (self.validate if self.course.bundle else self.leave).setFocus()

    def _offer(self, running: bool) -> None:
        made = bool(self.course.bundle) and not running
        self.stop.setVisible(running)
        self.leave.setVisible(not running)
        self.validate.setVisible(made)
        self.promote.setVisible(made)

    def stage_in_words(self) -> str:
        """What it is doing."""
        course = self.course
        words = {
            Stage.STARTING: self.tr("Starting"),
            Stage.PACKING: self.tr("Packing the frames"),
            Stage.TIMING: self.tr("Timing a few steps"),
            Stage.LEARNING: self.tr("Learning"),
            Stage.LOOKING: self.tr("Looking for what fools it"),
            Stage.AGAIN: self.tr("Learning from what fooled it"),
            Stage.BUNDLING: self.tr("Making the bundle"),
        }[course.stage]
        if self.ending and course.stage is not Stage.BUNDLING:
            return self.tr("Ending: what it has learned is kept")
        return words

    def measures_in_words(self) -> str:
        """How far it is, how fast, and how long it still takes."""
        course = self.course
        if course.stage is Stage.PACKING and course.total:
            return self._of(self.tr("frame %1 of %2"), course)
        if course.stage is Stage.BUNDLING and course.total:
            return self._of(self.tr("%1 of %2 done"), course)
        if course.stage not in (Stage.LEARNING, Stage.AGAIN):
            return self.tr("“%1”").replace("%1", course.recipe)
        if not course.total:
            takes = brief(course.expected_s or 0)
            return self.tr("about %1 in all, and then it looks for what fools it").replace("%1", takes)
        parts = [self._of(self.tr("step %1 of %2"), course)]
        if 0 < course.images_per_s < float("inf"):
            parts.append(self.tr("%1 pictures/s").replace("%1", f"{course.images_per_s:.0f}"))
        if course.seconds_left is not None:
            parts.append(self.tr("about %1 left").replace("%1", brief(course.seconds_left)))
        return "    ".join(parts)

    def _of(self, text: str, course: Course) -> str:
        return text.replace("%1", str(course.done)).replace("%2", str(course.total))

    def scale(self, em: int) -> None:
        gap = round(em * theme.GAP_M)
        self._layout.setSpacing(round(em * theme.GAP_S))
        self._head.setSpacing(gap)
        self._middle.setSpacing(round(em * theme.GAP_L))
        self.said.setFixedHeight(round(em * 2.6))
        self.measures.updateGeometry()
        self.curves.scale(em)
        self.refresh()

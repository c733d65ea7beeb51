"""The page of trainings: what there is to learn from, a training while it goes on, and the bundles that it made."""

from typing import Any

from PyQt5.QtCore import Qt, QTemporaryDir, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout

from inspector.errors import InspectorError
from inspector.people.role import Deed
from ui import theme
from ui.command import CANCELLED, Command, MakeCommand
from ui.course import Course
from ui.desk import Desk
from ui.doorkeeper import Doorkeeper
from ui.durations import brief
from ui.engine_words import translated
from ui.errands import Errands
from ui.overview import Overview, overview
from ui.pages.page import Page
from ui.stations import Advice
from ui.widgets.comparison import Comparison
from ui.widgets.deed import Segments
from ui.widgets.learning import Learning
from ui.widgets.nothing import Nothing
from ui.widgets.notice import Notice
from ui.widgets.pin_pad import PinPad
from ui.widgets.preparation import Preparation
from ui.widgets.question import Question
from ui.widgets.underway import keep_room
from ui.widgets.working import Working


class TrainPage(Page):
    """One training at a time, in a child process. wanted: a person wants the bundle of that id validated.

    A window that closes ends the training at once, and its last checkpoint stays: nothing is decided for the person,
    who goes on with it when the page is opened again. To end it by Ctrl-C would make a bundle of half a training, and
    take a minute in which nobody sees why the program does not leave.
    """

    wanted = pyqtSignal(str)

    def __init__(self, desk: Desk, command: MakeCommand = Command) -> None:
        super().__init__(desk)
        self.training, self.timing = command(desk.workspace, self), command(desk.workspace, self)
        self.promoting, self.errands = command(desk.workspace, self), Errands("train", self)
        self._promoted = False
        self.course: Course | None = None
        self.shown: Overview | None = None
        self._pictures: QTemporaryDir | None = None
        self._timed, self._closing, self._em = "", False, theme.em_of(self)
        self.learning: Learning | None = None
        self._build()
        self._connect()

    # What it is made of

    def _build(self) -> None:
        self.views = Segments((self.tr("Teach"), self.tr("Bundles")))
        self.teach, self.bundles = self.views.buttons
        self.views.choose(0)
        self.nothing, self.preparation, self.comparison = Nothing(), Preparation(), Comparison()
        self.stack = QStackedWidget()
        for part in (self.nothing, self.preparation, self.comparison):
            self.stack.addWidget(part)
        self.question, self.notice, self.pad = Question(self), Notice(slim=True), PinPad(self, self.errands)
        self.door = Doorkeeper(self.pad, self.desk.session, self)
        self._layout, self._bar, self._stage = QVBoxLayout(self), QHBoxLayout(), QGridLayout()
        self.proof = Working()
        keep_room(self.proof)
        self._bar.addWidget(self.views)
        self._bar.addWidget(self.proof, 1)
        self._layout.addLayout(self._bar)
        self._stage.addWidget(self.stack, 0, 0)
        self._stage.addWidget(self.notice, 0, 0, Qt.AlignHCenter | Qt.AlignTop)
        self._layout.addLayout(self._stage, 1)

    def _connect(self) -> None:
        self.views.chosen.connect(lambda _: self._show())
        self.preparation.begun.connect(lambda: self.begin(*self.preparation.options()))
        self.preparation.resumed.connect(lambda: self.begin("--resume"))
        self.preparation.asked.connect(self._ask_time)
        self.comparison.validated.connect(self.wanted)
        self.comparison.promoted.connect(lambda bundle: self._ask_to_promote(bundle, self.desk.name))
        self.comparison.stepped_back.connect(self._ask_to_step_back)
        self.training.told.connect(self._hear)
        self.training.ended.connect(self._end)
        self.timing.told.connect(self._hear_time)
        self.timing.ended.connect(self._end_timing)
        self.proof.cancelled.connect(lambda: self.promoting.cancel())
        self.promoting.told.connect(self._hear_promoting)
        self.promoting.ended.connect(self._end_promoting)
        self.notice.pressed.connect(lambda: self.notice.set_advice(None))
        self.door.refused.connect(self.told)
        self.errands.ended.connect(self._leave)
        self.desk.chosen.connect(self._choose)
        self.desk.changed.connect(self._follow)

    # What a person does

    def enter(self) -> None:
        self.survey()

    def leave(self) -> None:
        self.pad.go()

    @pyqtSlot()
    def survey(self) -> None:
        """Look at what there is; the page fills in when it is known."""
        recipe, place = self.desk.recipe, self.desk.workspace
        if recipe is not None and not self._closing:
            self.errands.run(lambda: overview(place, recipe), self._take, self._fail)
        self._show()

    def begin(self, *options: str) -> None:
        """Train the chosen recipe, unless something trains already."""
        if self.training.running or self.desk.recipe is None:
            return
        self.timing.cancel()
        self._pictures = QTemporaryDir()
        self.course = Course(self.desk.name)
        self._learning().begin(self.course)
        self.training.start("train", self.desk.name, *options, "--previews", self._pictures.path())
        self.views.choose(0)
        self._show()

    def _learning(self) -> Learning:
        """With it pyqtgraph is loaded, so it is made when it is first wanted."""
        if self.learning is None:
            self.learning = Learning()
            self.learning.stopped.connect(self._stop)
            self.learning.left.connect(self._forget)
            self.learning.validated.connect(self.wanted)
            self.learning.promoted.connect(self._ask_to_promote_learned)
            self.stack.addWidget(self.learning)
            self.learning.scale(self._em)
        return self.learning

    @pyqtSlot()
    def _stop(self) -> None:
        # As long as it takes: what it has learned becomes a bundle, which is not made in seconds.
        self.training.cancel(None)
        self._learning().end_early()

    @pyqtSlot()
    def _forget(self) -> None:
        self.course = None
        self._show()

    @pyqtSlot()
    def _ask_time(self) -> None:
        if self.timing.running:
            self.timing.cancel()
            return
        self._timed = self.preparation.presets.chosen
        self.timing.start("train", self.desk.name, *self.preparation.options(), "--expect")
        self._show_timing()

    def _ask_to_promote(self, bundle: str, recipe: str) -> None:
        text = self.tr(
            "Stations of “%1” run with this bundle from their next start. It is proved on this machine first."
        ).replace("%1", recipe)
        why = self.tr("Use %1 at the station: who are you?").replace("%1", bundle)
        use, leave = self.tr("Use it"), self.tr("Leave it")
        self.question.ask(text, use, leave, lambda: self._promote(Deed.PROMOTE, why, bundle))

    @pyqtSlot(str)
    def _ask_to_promote_learned(self, bundle: str) -> None:
        """What was just trained, which need not be of the recipe that is chosen now."""
        if self.course is not None:
            self._ask_to_promote(bundle, self.course.recipe)

    @pyqtSlot(str)
    def _ask_to_step_back(self, bundle: str) -> None:
        recipe = self.desk.name
        text = self.tr(
            "Stations of “%1” run with the bundle before this one from their next start. This one is kept and can be "
            "used again."
        )
        why = self.tr("Go back from %1 to the bundle before: who are you?").replace("%1", bundle)
        sentence, back = text.replace("%1", recipe), self.tr("Go back")
        leave = self.tr("Leave it")
        self.question.ask(sentence, back, leave, lambda: self._promote(Deed.STEP_BACK, why, recipe, "--back"))

    def _promote(self, deed: Deed, why: str, *what: str) -> None:
        """By the name of who may."""
        self.door.let(deed, why, lambda who: self._begin_promoting(*what, "--by", who))

    def _begin_promoting(self, *what: str) -> None:
        if not self.promoting.running:
            self.notice.set_advice(None)
            self.promoting.start("promote", *what)
            self.proof.begin(self.tr("Starting"))

    # What happens

    @pyqtSlot()
    def _choose(self) -> None:
        self.question.hide()
        self.pad.go()
        self.shown = None
        self.timing.cancel()
        self.preparation.presets.forget_times()
        self._follow()

    @pyqtSlot()
    def _follow(self) -> None:
        """What there is takes a while to read: it is, when somebody looks."""
        if self.isVisible():
            self.survey()

    def _take(self, found: Overview) -> None:
        if found.recipe != self.desk.name or self._closing:
            return
        self.shown = found
        if found.stock is not None:
            self.preparation.show_stock(found.stock)
        self.comparison.show_lineup(found.lineup)
        for sentence in found.lineup.faults:
            self.told.emit(translated(sentence))
        began = f"{found.unfinished.astimezone():%Y-%m-%d %H:%M}" if found.unfinished else ""
        text = self.tr("The training of %1 was ended before its bundle was made. It can go on from where it was kept.")
        self.preparation.unfinished.set_sentences(
            self.tr("A training waits"), [text.replace("%1", began)] if began and not found.running else []
        )
        self._show()

    def _fail(self, error: InspectorError) -> None:
        self.told.emit(translated(error))

    @pyqtSlot(dict)
    def _hear(self, line: dict[str, Any]) -> None:
        if self.course is not None:
            self.course.hear(line)
            self._learning().refresh()

    @pyqtSlot(int, str)
    def _end(self, code: int, sentence: str) -> None:
        course, view = self.course, self._learning()
        if course is not None and not self._closing:
            view.finish(*self._outcome(course, view.ending, code, sentence))
            self.told.emit(view.title.text())
        self.desk.changed.emit()
        self._show()
        self._leave()

    def _outcome(self, course: Course, ending: bool, code: int, sentence: str) -> tuple[str, str]:
        """How a training ended, as a title and a sentence."""
        if course.bundle:
            early = self.tr("Ended early: what it had learned is kept.") if ending else ""
            return self.tr("The bundle is ready"), f"{course.bundle}    {early}".rstrip()
        if ending:
            return self.tr("Ended before there was anything to keep"), ""
        return self.tr("The training was ended"), sentence

    @pyqtSlot(dict)
    def _hear_time(self, line: dict[str, Any]) -> None:
        if "expected_s" in line:
            text = self.tr("about %1 here").replace("%1", brief(line["expected_s"]))
            self.preparation.presets.cards[self._timed].set_time(text)
        elif line.get("stage") == "pack" and line.get("total"):
            text = (
                self.tr("packing frames, %1 of %2").replace("%1", str(line["done"])).replace("%2", str(line["total"]))
            )
            self.preparation.remark.setText(text)
        elif line.get("stage") == "expect":
            self.preparation.remark.setText(self.tr("timing a few steps"))

    @pyqtSlot(int, str)
    def _end_timing(self, code: int, sentence: str) -> None:
        self._show_timing()
        self.preparation.remark.setText("" if code in (0, 130) else sentence)
        self._leave()

    def _show_timing(self) -> None:
        running = self.timing.running
        self.preparation.how_long.setText(self.tr("Never mind") if running else self.tr("How long here?"))
        self.preparation.remark.setText(self.tr("starting") if running else "")

    @pyqtSlot(dict)
    def _hear_promoting(self, line: dict[str, Any]) -> None:
        """What is to be known of the bundle stays until it was read: the foot soon says something else."""
        self._promoted = self._promoted or "bundle" in line
        if line.get("stage") == "prove":
            text = self.tr("Proving it on this machine: picture %1 of %2")
            numbers = text.replace("%1", str(line["done"])).replace("%2", str(line["total"]))
            words = numbers if line["total"] else self.tr("Proving it on this machine")
            self.proof.show_step(words, "prove", line["done"], line["total"])
        elif "says" in line:
            told = [self.notice.advice.text] if self.notice.advice is not None else []
            text = "\n".join((*told, translated(line["says"])))
            self.notice.set_advice(Advice(self.tr("Please note"), text, button=self.tr("Understood")))

    @pyqtSlot(int, str)
    def _end_promoting(self, code: int, sentence: str) -> None:
        self.proof.hide()
        done, cancelled = self.tr("Stations run with it from their next start."), self.tr("Cancelled: nothing changed.")
        # Who cancels in the moment in which it is written has it promoted.
        self.told.emit(done if self._promoted else {0: done, CANCELLED: cancelled}.get(code, sentence))
        self._promoted = False
        if not self._closing:
            self.desk.changed.emit()
        self._leave()

    # What is shown

    def _show(self) -> None:
        recipe, shown = self.desk.recipe, self.shown
        known = shown is not None and shown.recipe == self.desk.name
        count = len(shown.lineup.bundles) if known and shown is not None else 0
        self.bundles.setText(self.tr("Bundles  %1").replace("%1", str(count)) if count else self.tr("Bundles"))
        self.preparation.train.setEnabled(self._may_begin())
        self.preparation.how_long.setEnabled(self._may_begin())
        self.stack.setCurrentWidget(self._part())
        if shown is not None and shown.running and not self.training.running:
            text = self.tr("Another program is training “%1” in this workspace: wait until it has ended.")
            self.preparation.remark.setText(text.replace("%1", shown.running))
        if recipe is None or not known:
            self._show_nothing()

    def _may_begin(self) -> bool:
        stock = self.shown.stock if self.shown is not None else None
        free = self.shown is not None and not self.shown.running and not self.training.running
        return free and stock is not None and not stock.lacks

    def _part(self) -> "Nothing | Preparation | Comparison | Learning":
        """What the page shows now."""
        if self.teach.isChecked() and self.course is not None:
            return self._learning()
        if self.desk.recipe is None or self.shown is None or (self.teach.isChecked() and self.shown.stock is None):
            self._show_nothing()
            return self.nothing
        if self.teach.isChecked():
            return self.preparation
        if not self.shown.lineup.bundles:
            self._show_nothing()
            return self.nothing
        return self.comparison

    def _show_nothing(self) -> None:
        if not self.desk.name:
            self.nothing.say(self.tr("No recipe yet"), self.tr("Make the first one on the page Recipes."))
        elif self.desk.recipe is None:
            self.nothing.say(self.tr("This recipe cannot be read"), self.desk.fault)
        elif self.shown is None:
            self.nothing.say(self.tr("Looking at what there is…"), "")
        elif self.shown.stock is None:
            self.nothing.say(self.tr("What there is cannot be read"), translated(self.shown.fault))
        else:
            self.nothing.say(
                self.tr("No bundle yet"),
                self.tr("A bundle is what a training makes and a station runs with. Teach one."),
            )

    # How it ends

    @property
    def busy(self) -> str:
        if not self.training.running:
            return ""
        text = self.tr("A training of “%1” is running. It is ended now, and can go on when this page is opened again.")
        return text.replace("%1", self.course.recipe if self.course else self.desk.name)

    def close_down(self) -> None:
        self._closing = True
        for command in (self.training, self.timing, self.promoting):
            if command.running:
                command.end()
        self.errands.close()

    @pyqtSlot()
    def _leave(self) -> None:
        running = any(command.running for command in (self.training, self.timing, self.promoting))
        if self._closing and not running and not self.errands.busy:
            self.ended.emit()

    def scale(self, em: int) -> None:
        self._em = em
        edge, gap = round(em * theme.GAP_L), round(em * theme.GAP_M)
        self._layout.setContentsMargins(edge, edge, edge, gap)
        self._layout.setSpacing(gap)
        self.views.setFixedWidth(round(em * 22))
        for part in (self.nothing, self.preparation, self.comparison, self.learning, self.notice, self.proof):
            if part is not None:
                part.scale(em)

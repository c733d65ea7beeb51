"""The page of validations: what a bundle does on frames that it never learned from, in numbers and in pictures."""

from typing import TYPE_CHECKING, Any

from PyQt5.QtCore import pyqtSlot
from PyQt5.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from inspector.settings import Workspace
from ui import stills, theme
from ui.command import CANCELLED, Command, MakeCommand
from ui.desk import Desk
from ui.engine_words import translated
from ui.errands import Errands
from ui.pages.page import Page
from ui.widgets.choice import Choice
from ui.widgets.deed import Segments
from ui.widgets.figures import Figures
from ui.widgets.nothing import Nothing
from ui.widgets.question import Question
from ui.widgets.thumbnails import Thumbnails
from ui.widgets.underway import Underway, keep_room
from ui.widgets.viewer import Viewer

if TYPE_CHECKING:
    from inspector.validation.account import Account
    from inspector.validation.lineup import Candidate, Lineup


class ValidatePage(Page):
    """Shows what the last validation of a bundle kept, and makes it anew."""

    def __init__(self, desk: Desk, command: MakeCommand = Command) -> None:
        super().__init__(desk)
        self.validating, self.taking = command(desk.workspace, self), command(desk.workspace, self)
        self.errands = Errands("validate", self)
        self.bundles: tuple[Candidate, ...] = ()
        self._recipe, self._wanted, self._closing = "", "", False
        self._taken: int | None = None
        self._build()
        self._arrange()
        self._connect()

    # What it is made of

    def _build(self) -> None:
        self.choice, self.validate = Choice(), QPushButton()
        self.choice.setAccessibleName(self.tr("Bundle"))
        self.choice.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.validate.setObjectName("primary")
        self.underway = Underway()
        keep_room(self.underway)
        self.underway.hide()
        self.figures, self.take = Figures(), QPushButton()
        self.take.setToolTip(self.tr("The next training is taught that these are not the component"))
        self.kinds = Segments((self.tr("Judged wrong"), self.tr("Seen where nothing is")))
        self.wrong, self.fired = self.kinds.buttons
        self.kinds.choose(0)
        self.thumbnails, self.viewer = Thumbnails(self.errands), Viewer(self.errands)
        self.none, self.nothing = Nothing(), Nothing()
        self.question = Question(self)

    def _arrange(self) -> None:
        self._layout, self._top, self._middle = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        caption = QLabel(self.tr("Bundle"))
        caption.setObjectName("caption")
        caption.setBuddy(self.choice)
        self._top.addWidget(caption)
        self._top.addWidget(self.choice, 1)
        self._top.addWidget(self.validate)
        self._layout.addLayout(self._top)
        self._layout.addWidget(self.underway)
        self.stack, self.pictures, inside = QStackedWidget(), QStackedWidget(), QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.addWidget(self.figures)
        self._middle.addWidget(self.kinds)
        self._middle.addStretch(1)
        self._middle.addWidget(self.take)
        self._inside.addLayout(self._middle)
        self._inside.addWidget(self.pictures, 1)
        self.pictures.addWidget(self.thumbnails)
        self.pictures.addWidget(self.none)
        for part in (self.nothing, inside, self.viewer):
            self.stack.addWidget(part)
        self._whole = inside
        self._layout.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.choice.activated[int].connect(lambda _: self._show())
        self.validate.clicked.connect(lambda _: self._toggle())
        self.kinds.chosen.connect(lambda _: self._show_pictures())
        self.thumbnails.opened.connect(self._open)
        self.thumbnails.picked.connect(self._show_take)
        self.viewer.closed.connect(self._close_viewer)
        self.take.clicked.connect(lambda _: self._ask_to_take())
        for chosen in (self.choice.activated[int], self.kinds.chosen, self.thumbnails.picked, self.desk.chosen):
            chosen.connect(self.question.hide)
        self.validating.told.connect(self._hear)
        self.validating.ended.connect(self._end)
        self.taking.told.connect(self._hear)
        self.taking.ended.connect(self._end_taking)
        self.errands.ended.connect(self._leave)
        self.desk.chosen.connect(self.survey)
        self.desk.changed.connect(self.survey)

    # What a person does

    def enter(self) -> None:
        self.survey()

    def choose(self, bundle: str) -> None:
        """Show that one, as soon as it is known, and validate it where nobody has yet."""
        self._wanted = bundle
        self.survey()

    @pyqtSlot()
    def survey(self) -> None:
        """Look at which bundles there are; the page fills in when they are known."""
        name, place = self.desk.name, self.desk.workspace
        if name and not self._closing:
            self.errands.run(lambda: _lineup(place, name), self._fill, lambda error: self.told.emit(translated(error)))
        self._show()

    def _toggle(self) -> None:
        if (running := self._running) is not None:
            running.cancel()
        elif (bundle := self.bundle) is not None:
            self.validating.start("validate", bundle.manifest.id)
            self._show_work(self.tr("Starting"))

    @pyqtSlot(int)
    def _open(self, number: int) -> None:
        self.viewer.open(self.thumbnails.stills, number)
        self.stack.setCurrentWidget(self.viewer)
        self.viewer.setFocus()

    @pyqtSlot()
    def _close_viewer(self) -> None:
        self.stack.setCurrentWidget(self._whole)
        self.thumbnails.setFocus()
        self.thumbnails.stand_at(self.viewer.number)

    def _ask_to_take(self) -> None:
        text = self.tr(
            "What was seen in these pictures (%1) is not the component, you say: the next training learns it as a "
            "lookalike."
        )
        bundle, frames = self.bundle, self._frames_to_take()
        if bundle is not None and frames:
            sentence, yes = text.replace("%1", str(len(frames))), self.tr("Take them")
            name = bundle.manifest.id
            self.question.ask(sentence, yes, self.tr("Leave them"), lambda: self._take_lookalikes(name, frames))

    def _take_lookalikes(self, bundle: str, frames: list[str]) -> None:
        if self._running is None:
            self._taken = None
            self.taking.start("lookalikes", bundle, "--take", ",".join(frames))
            self._show_work(self.tr("Starting"))

    def _frames_to_take(self) -> list[str]:
        """Of those that are selected, or of all where none is, what is no lookalike yet."""
        account = self.account
        if account is None or not self.fired.isChecked():
            return []
        picked = self.thumbnails.selected() or range(len(account.fired))
        return list(dict.fromkeys(account.fired[number].frame for number in picked if not account.fired[number].known))

    # What happens

    def _fill(self, found: "tuple[str, Lineup]") -> None:
        name, lineup = found
        if name != self.desk.name or self._closing:
            return
        shown = self.bundle.manifest.id if self.bundle and self._recipe == name else ""
        before = self._wanted or shown
        self._recipe, self.bundles = name, lineup.bundles
        self.choice.clear()
        self.choice.addItems([self._caption(one) for one in self.bundles])
        names = [one.manifest.id for one in self.bundles]
        self.choice.setCurrentIndex(names.index(before) if before in names else 0)
        if before != shown or shown not in names:
            self.question.hide()
        for sentence in lineup.faults:
            self.told.emit(translated(sentence))
        wanted, self._wanted = self._wanted, ""
        self._show()
        if wanted in names and self.account is None and self._running is None:
            self._toggle()

    def _caption(self, one: "Candidate") -> str:
        made = f"{one.manifest.created_at.astimezone():%Y-%m-%d %H:%M}"
        use = f"    {self.tr('in use')}" if one.in_use else ""
        known = "" if one.account else f"    {self.tr('not validated yet')}"
        return f"{made}    {one.manifest.training.get('preset', '')}{use}{known}"

    @pyqtSlot(dict)
    def _hear(self, line: dict[str, Any]) -> None:
        words = {"validate": self.tr("frame %1 of %2"), "negatives": self.tr("empty frame %1 of %2")}
        if line.get("stage") in words and line.get("total"):
            text = words[line["stage"]].replace("%1", str(line["done"])).replace("%2", str(line["total"]))
            self.underway.show_step(text, line["stage"], line["done"], line["total"])
        elif "taken" in line:
            self._taken = line["taken"]
            self.told.emit(self.tr("%1 taken as lookalikes: train again.").replace("%1", str(line["taken"])))

    @pyqtSlot(int, str)
    def _end(self, code: int, sentence: str) -> None:
        self._end_work(code, sentence)

    @pyqtSlot(int, str)
    def _end_taking(self, code: int, sentence: str) -> None:
        if code == CANCELLED and self._taken is None:
            self.told.emit(self.tr("Cancelled: nothing was taken."))
        self._end_work(code, sentence)

    def _end_work(self, code: int, sentence: str) -> None:
        self._show_work("")
        if code not in (0, CANCELLED):
            self.told.emit(sentence)
        if not self._closing:
            self.desk.changed.emit()
        self._leave()

    # What is shown

    @property
    def _running(self) -> Command | None:
        """What the engine does now: one of them, or nothing."""
        return next((command for command in (self.validating, self.taking) if command.running), None)

    @property
    def bundle(self) -> "Candidate | None":
        """The one that is chosen."""
        index = self.choice.currentIndex()
        return self.bundles[index] if self._recipe == self.desk.name and 0 <= index < len(self.bundles) else None

    @property
    def account(self) -> "Account | None":
        """What its last validation kept."""
        return self.bundle.account if self.bundle is not None else None

    def _show(self) -> None:
        running, account = self._running is not None, self.account
        self.choice.setEnabled(not running and len(self.bundles) > 1)
        again = self.tr("Validate again") if account else self.tr("Validate")
        self.validate.setText(self.tr("Cancel") if running else again)
        self.validate.setEnabled(running or self.bundle is not None)
        if account is None:
            self._show_nothing()
            return
        if self.stack.currentWidget() is not self.viewer:
            self.stack.setCurrentWidget(self._whole)
        self.figures.show_account(account)
        self.wrong.setText(self.tr("Judged wrong  %1").replace("%1", str(account.mistakes_in_all)))
        self.fired.setText(self.tr("Seen where nothing is  %1").replace("%1", str(account.fired_in_all)))
        self._show_pictures()

    def _show_pictures(self) -> None:
        account = self.account
        if account is None:
            return
        mistakes = self.wrong.isChecked()
        shown = stills.mistakes(account) if mistakes else stills.fired(account)
        if shown != self.thumbnails.stills:
            self.thumbnails.show_stills(shown)
        self.pictures.setCurrentWidget(self.thumbnails if shown else self.none)
        if mistakes:
            self.none.say(
                self.tr("Every frame was judged right"), self.tr("More frames say more: record another video.")
            )
        else:
            self.none.say(self.tr("Nothing was seen where nothing is"), "")
        self._show_take()

    @pyqtSlot()
    def _show_take(self) -> None:
        frames = self._frames_to_take()
        self.take.setVisible(self.fired.isChecked())
        self.take.setEnabled(bool(frames) and self._running is None)
        text = self.tr("Take %1 as lookalikes") if frames else self.tr("Take as lookalikes")
        self.take.setText(text.replace("%1", str(len(frames))))

    def _show_work(self, sentence: str) -> None:
        """How far it is; with no sentence it has ended."""
        self.underway.setVisible(bool(sentence))
        self.underway.show_step(sentence, "", 0, None)
        self._show()

    def _show_nothing(self) -> None:
        self.stack.setCurrentWidget(self.nothing)
        if not self.desk.name:
            self.nothing.say(self.tr("No recipe yet"), self.tr("Make the first one on the page Recipes."))
        elif self._recipe != self.desk.name:
            self.nothing.say(self.tr("Looking at what there is…"), "")
        elif not self.bundles:
            text = self.tr("A validation shows what a bundle does. Make the first one on the page Train.")
            self.nothing.say(self.tr("No bundle yet"), text)
        else:
            text = self.tr(
                "It takes every annotated frame that this bundle never learned from, and counts what it does."
            )
            self.nothing.say(self.tr("Not validated yet"), text)

    # How it ends

    @property
    def busy(self) -> str:
        if self.taking.running:
            return self.tr("Lookalikes are being taken. That is ended now.")
        return self.tr("A validation is running. It is ended now.") if self.validating.running else ""

    def close_down(self) -> None:
        self._closing = True
        for command in (self.validating, self.taking):
            if command.running:
                command.end()
        self.thumbnails.show_stills(())
        self.errands.close()

    @pyqtSlot()
    def _leave(self) -> None:
        if self._closing and not self.errands.busy and self._running is None:
            self.ended.emit()

    def scale(self, em: int) -> None:
        edge, gap = round(em * theme.GAP_L), round(em * theme.GAP_M)
        self._layout.setContentsMargins(edge, edge, edge, gap)
        self._layout.setSpacing(round(em * theme.GAP_S))
        self._top.setSpacing(gap)
        self._inside.setSpacing(gap)
        self._middle.setSpacing(gap)
        self.kinds.setFixedWidth(round(em * 35))
        self.validate.setFixedWidth(round(em * 13))
        for part in (self.underway, self.figures, self.thumbnails, self.none, self.viewer, self.nothing):
            part.scale(em)


def _lineup(place: Workspace, recipe: str) -> "tuple[str, Lineup]":
    from inspector.validation.lineup import lineup_of  # with OpenCV behind it: not before the window is open

    return recipe, lineup_of(place, recipe)

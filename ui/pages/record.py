"""The record page: what the camera sees, what is recorded of it, and the recordings that there are."""

from collections.abc import Callable

from PyQt5.QtCore import Qt, QTimer, pyqtSlot
from PyQt5.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence
from PyQt5.QtWidgets import QGridLayout, QShortcut, QVBoxLayout

from inspector.capture.claim import Claim
from inspector.capture.connected import cameras
from inspector.labeling.studio import Glance, Outcome, open_live
from inspector.recipe import Recipe
from ui import theme
from ui.asking import Asking
from ui.desk import Desk
from ui.engine_words import translated
from ui.errands import Errands
from ui.filming import Filming, OpenCamera, Stage
from ui.intake import Intake, dropped
from ui.outlook import Outlook
from ui.pages.page import Page
from ui.stations import Advice
from ui.widgets.camera_bar import CameraBar, ListCameras
from ui.widgets.claim_bar import ClaimBar
from ui.widgets.claim_look import in_words
from ui.widgets.notice import Notice
from ui.widgets.recordings_panel import RecordingsPanel
from ui.widgets.shooting import ShootingPanel
from ui.widgets.studio_words import dragged_over, hint_of, no_picture, not_done, said_of, without_recipe
from ui.widgets.viewfinder import Viewfinder

PULL_MS = 33
DRAWN_SHARE = 0.25
"""Of the time, at most, in which the picture is drawn."""


class RecordPage(Page):
    """Shows a studio and asks it for recordings; a timer pulls what it sees.

    Args: source: of the camera to begin with; opener: opens a camera; connected: lists the cameras that there are; both
    are called on a thread.
    """

    def __init__(
        self,
        desk: Desk,
        source: str = "simulator",
        opener: OpenCamera = open_live,
        connected: ListCameras = cameras,
    ) -> None:
        super().__init__(desk)
        self.filming, self.intake = Filming(desk.workspace, opener, self), Intake(desk.workspace, self)
        self.errands, self.glance = Errands("record page", self), Glance()
        self._trouble = self._not_done = ""
        self._in_view = self._dragged = self._closing = self._gone = False
        self._advances = True
        self._differing: list[tuple[str, str, str]] = []
        self._build(source, connected)
        self._arrange()
        self._connect()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._pull)
        self._show_recipe()

    # What it is made of

    def _build(self, source: str, connected: ListCameras) -> None:
        self.picture, self.shooting, self.notice, self.what = Viewfinder(), ShootingPanel(), Notice(), ClaimBar()
        self.bar = CameraBar(source, self.picture, connected, self.errands, Outlook(self.desk.workspace))
        self.asking = Asking(self.picture)
        self.question, self.attestation = self.asking.question, self.asking.attestation
        self.panel = RecordingsPanel(self.desk, self.intake, self.errands)
        self.setAcceptDrops(True)

    def _arrange(self) -> None:
        self._left, middle = QVBoxLayout(), QGridLayout()
        middle.addWidget(self.picture, 0, 0)
        middle.addWidget(self.notice, 0, 0, Qt.AlignCenter)
        self._left.addWidget(self.bar)
        self._left.addWidget(self.what)
        self._left.addLayout(middle, 1)
        self._left.addWidget(self.shooting)
        self._grid = QGridLayout(self)
        self._grid.addLayout(self._left, 0, 0)
        self._grid.addWidget(self.panel, 0, 1)
        self._grid.setColumnStretch(0, 1)

    def _connect(self) -> None:
        self.desk.chosen.connect(self._show_recipe)
        self.filming.changed.connect(self._follow_stage)
        self.filming.failed.connect(self._note_trouble)
        self.filming.delivered.connect(self._take_outcome)
        self.bar.chosen.connect(self._open)
        self.bar.told.connect(self.told)
        self.what.chosen.connect(self._show_claim)
        self.shooting.pressed.connect(self.toggle)
        self.notice.pressed.connect(lambda: self._note_not_done(""))
        self.panel.wanted.connect(self.choose)
        self.panel.listed.connect(self._take_listed)
        self.panel.dropped.connect(self.take_in)
        self.panel.failed.connect(self.told)
        self.intake.taken.connect(self._advance)
        self.intake.differs.connect(self._note_differing)
        self.intake.failed.connect(self._tell_failure)
        self.intake.troubled.connect(self._tell_trouble)
        self.intake.contradicting.connect(self._tell_contradicting)
        self.intake.changed.connect(self._leave)
        self.errands.ended.connect(self.ended)
        for keys, act in (("R", self.toggle), ("Esc", self._escape), ("Ctrl+Z", self.panel.put_back)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)  # held down, R would begin and end one recording after the other
            shortcut.activated.connect(act)

    # As a page of the bench

    def enter(self) -> None:
        self._in_view = True
        self._timer.start(PULL_MS)
        self.panel.refresh()
        self.bar.look()
        self._open()

    def leave(self) -> None:
        """The camera is given back, unless it is recorded from."""
        self._in_view = False
        self.asking.forget()
        self.panel.pad.go()
        if self.filming.stage is Stage.READY:
            self._timer.stop()
            self.filming.close()

    @property
    def busy(self) -> str:
        if self.filming.stage is not Stage.READY:
            return self.tr("A recording is being made. What is recorded until now is kept.")
        if self.intake.importing:
            return self.tr("Files are being imported, and would have to be imported again.")
        return ""

    def close_down(self) -> None:
        self._closing = True
        self._timer.stop()
        self.intake.cancel()
        self.filming.close()
        self._leave()

    @pyqtSlot()
    def _leave(self) -> None:
        if self._closing and not self._gone and self.filming.closed and not self.intake.running:
            self._gone = True
            self.errands.close()

    # What a person does

    @property
    def claim(self) -> Claim | None:
        """What is being recorded, or what comes next."""
        shooting = self.glance.shooting
        return shooting.claim if shooting is not None else self.what.claim

    @property
    def can_record(self) -> bool:
        return self.filming.can_record and self.glance.live and self.what.claim is not None

    @pyqtSlot()
    def _open(self) -> None:
        """Open the camera that is chosen."""
        self._trouble = self.bar.fault
        if self.desk.recipe is not None and self._in_view:
            self.filming.open(self.bar.source)

    @pyqtSlot(object)
    def choose(self, claim: Claim) -> None:
        """Make it what is recorded next."""
        if self.filming.stage is Stage.READY:
            self.what.choose(claim)

    @pyqtSlot()
    def toggle(self) -> None:
        """Record, or end the recording."""
        if self.filming.stage is Stage.READY:
            self.begin()
        else:
            self.filming.end()

    @pyqtSlot()
    def begin(self) -> None:
        """Record, once somebody vouches for what must be vouched for."""
        recipe, claim = self.desk.recipe, self.what.claim
        if self.can_record and recipe is not None and claim is not None:
            self.asking.vouch(recipe, claim, lambda by: self._record(recipe, claim, by))
            self._show()

    def _record(self, recipe: Recipe, claim: Claim, by: str) -> None:
        if self.can_record and self.filming.record(recipe, claim, by):
            self.question.hide()
            self.bar.settings.hide()
            self.intake.hold()
        else:
            self.told.emit(self.tr("There was no picture just now. Press Record again once there is."))

    @pyqtSlot(list)
    def take_in(self, paths: list[str]) -> None:
        """Import them as what is chosen."""
        recipe, claim = self.desk.recipe, self.what.claim
        if recipe is not None and claim is not None:
            self.asking.vouch(recipe, claim, lambda by: self.intake.take_in(paths, recipe.name, claim, by))
            self._show()

    @pyqtSlot()
    def _escape(self) -> None:
        if not (self._covered or self.panel.pad.isVisible()):
            self.filming.end()
        self.panel.pad.go()
        self.asking.hide()
        self.bar.settings.hide()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event) and self.what.claim is not None:
            event.acceptProposedAction()
            self._drag(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drag(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drag(False)
        event.acceptProposedAction()
        self.take_in(dropped(event))

    def _drag(self, dragged: bool) -> None:
        self._dragged = dragged
        self._show()

    # What happens

    @pyqtSlot(str)
    def _note_trouble(self, sentence: str) -> None:
        self._trouble = sentence
        self._show()

    @pyqtSlot(object)
    def _take_outcome(self, outcome: Outcome) -> None:
        if outcome.folder is not None:
            self._advances = not outcome.sentence
            self.desk.changed.emit()
            if not self._closing:
                self.intake.extract(outcome.recipe, outcome.folder.name)
        if outcome.sentence and outcome.recipe == self.desk.name:
            self._ask(translated(outcome.sentence), self.tr("Record anew"), lambda: self._record_anew(outcome.claim))
        elif outcome.sentence:
            self.told.emit(translated(outcome.sentence))
        if not self._closing and not self._in_view:
            self.leave()

    @pyqtSlot()
    def _follow_stage(self) -> None:
        """What waits while a recording is made goes on when none is, whatever became of it."""
        if self.filming.stage is Stage.READY and not self._closing:
            self.intake.go_on()
        self._show()

    @pyqtSlot(str, str, str)
    def _note_differing(self, name: str, other: str, found: str) -> None:
        """A recording differs from another one by more than it should; it is asked about once both are listed."""
        self._differing.append((name, other, found))
        self._ask_of_differing()

    def _ask_of_differing(self) -> None:
        waiting, self._differing = self._differing, []
        for name, other, found in waiting:
            claim, than = self.panel.claim_of(name), self.panel.claim_of(other)
            if claim is None or than is None:
                self._differing.append((name, other, found))
            else:
                self._ask_anew(name, claim, than, found)

    def _ask_anew(self, name: str, claim: Claim, than: Claim, found: str) -> None:
        told = self.tr("“%1” differs from “%2” in more than what it shows, and a detector could learn that: %3.")
        sentence = told.replace("%1", in_words(claim)).replace("%2", in_words(than)).replace("%3", found)

        def anew() -> None:
            self.panel.throw_away(name, lambda: self._record_anew(claim))

        self._ask(sentence, self.tr("Delete it and record anew"), anew)

    def _record_anew(self, claim: Claim) -> None:
        self.choose(claim)
        if self.can_record:
            self.begin()
        else:  # another camera is opened for it
            self.told.emit(self.tr("There was no picture just now. Press Record again once there is."))

    @pyqtSlot(str)
    def _tell_failure(self, sentence: str) -> None:
        self.told.emit(sentence)
        self._ask(sentence, self.tr("Import something else"), lambda: self.panel.video.setFocus())

    @pyqtSlot(str)
    def _tell_trouble(self, sentence: str) -> None:
        """Something failed that follows a recording, which nothing is lost of."""
        self.told.emit(sentence)
        self._note_not_done(sentence)

    def _note_not_done(self, sentence: str) -> None:
        self._not_done = sentence
        self._show()

    @pyqtSlot(int)
    def _tell_contradicting(self, frames: int) -> None:
        text = self.tr(
            "Frames that seem to contradict what was said of their recordings: %1. See them on the page Label."
        )
        self.told.emit(text.replace("%1", str(frames)))

    def _ask(self, sentence: str, yes: str, then: Callable[[], object]) -> None:
        self.asking.ask(sentence, yes, self.tr("Go on"), then)
        self._show()

    @pyqtSlot()
    def _advance(self) -> None:
        self._advances = True

    @pyqtSlot()
    def _take_listed(self) -> None:
        """To what is missing, once it is known; not while somebody vouches for what is chosen."""
        self._ask_of_differing()
        if self._advances and self.filming.stage is Stage.READY and self.attestation.isHidden():
            self._advances = False
            if self.panel.collection.missing:
                self.choose(self.panel.collection.missing[0])

    # What is shown

    @pyqtSlot()
    def _show_recipe(self) -> None:
        recipe = self.desk.recipe
        self.asking.drop()
        self._advances = True
        self.what.offer(recipe)
        if recipe is None:
            self.filming.close()
        elif self.filming.closed:
            self._open()

    @pyqtSlot()
    def _show_claim(self) -> None:
        self.attestation.hide()
        self.shooting.show_nothing()
        self._show()

    @pyqtSlot()
    def _pull(self) -> None:
        self.glance = self.filming.glance()
        self._show()
        # Drawing holds what the threads that grab and write need too: a large window, or a busy machine, gets fewer.
        self._timer.setInterval(max(PULL_MS, round(1000 * self.picture.took_s / DRAWN_SHARE)))

    @pyqtSlot()
    def _show(self) -> None:
        glance, ready = self.glance, self.filming.stage is Stage.READY
        if ready:
            self.asking.go_on()
            self.bar.turn(self.what.camera)
        self.picture.set_frame(glance.frame, glance.live)
        self.picture.set_claim(self.claim, glance.shooting is not None)
        self.shooting.show_glance(glance)
        self.shooting.show_words(said_of(glance, self.filming.closed, self._covered), hint_of(self.claim))
        self.shooting.show_button(not ready, self.can_record or self.filming.stage is Stage.RECORDING)
        self.bar.show_taken(glance.settings, glance.offers)
        for widget in (self.bar, self.what):
            widget.setEnabled(ready and self.desk.recipe is not None)
        self.notice.set_advice(None if self._covered else self._advice())
        self._leave()

    @property
    def _covered(self) -> bool:
        return self.asking.busy or self.bar.settings.isVisible()

    def _advice(self) -> Advice | None:
        """What lies over the picture."""
        claim = self.what.claim
        if claim is None:
            return without_recipe(self.desk.fault)
        if self._dragged:
            return dragged_over(claim)
        if self._trouble or (self.glance.fault and not self.glance.live):
            return no_picture(self._trouble or self.glance.fault)
        return not_done(self._not_done) if self._not_done and self.filming.stage is Stage.READY else None

    def scale(self, em: int) -> None:
        gap, edge = round(em * theme.GAP_M), round(em * theme.GAP_L)
        self._grid.setContentsMargins(edge, edge, edge, gap)
        self._grid.setHorizontalSpacing(edge)
        self._left.setSpacing(gap)
        self.panel.setFixedWidth(round(em * 24))
        for part in (self.bar, self.what, self.shooting, self.panel, self.notice):
            part.scale(em)
        self.notice.setFixedWidth(round(em * 30))

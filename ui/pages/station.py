"""The station page: the live picture, the verdict, what to fix, and the shift."""

from collections.abc import Callable
from dataclasses import replace

from PyQt5.QtCore import QSize, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeySequence, QResizeEvent
from PyQt5.QtWidgets import QFrame, QGridLayout, QPushButton, QShortcut, QStackedWidget, QVBoxLayout, QWidget

from inspector.inspection.verdict import Inspection, Verdict
from inspector.inspection.view import State, View
from inspector.recipe import Recipe, Trigger
from ui import theme
from ui.bridge import Bridge, Phase, Watched
from ui.desk import Desk
from ui.engine_words import translated
from ui.errands import Errands
from ui.fleeting import Fleeting
from ui.operating import Operating
from ui.remedies import remedies
from ui.shifting import Shifting
from ui.showing import advice_on, is_true, measures, told_findings
from ui.stations import Advice, Offer, Stations
from ui.widgets.deed import Deed
from ui.widgets.findings import Findings
from ui.widgets.look import state_look, verdict_look
from ui.widgets.notice import Notice
from ui.widgets.picture import Picture
from ui.widgets.serial import Serial
from ui.widgets.shapes import Sign
from ui.widgets.station_bar import StationBar
from ui.widgets.station_foot import StationFoot
from ui.widgets.tally import Recent, Tally
from ui.widgets.to_fix import ToFix
from ui.widgets.verdict_panel import VerdictPanel

PULL_MS = 25
PICTURE_SHARE, VERDICT_SHARE = 57, 43
VERDICT_HEIGHT, FINDINGS_HEIGHT = 13, 9


class StationPage(QWidget):
    """Shows one station and asks the bridge for it; a timer pulls the newest view. told, ended: as of every page.

    Args: recipe, source: what to preselect, "" for the first of the list; start: begin as soon as the survey allows it.
    """

    told = pyqtSignal(str)
    ended = pyqtSignal()

    def __init__(self, stations: Stations, recipe: str = "", source: str = "", start: bool = False) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WA_StyledBackground)
        self.bridge: Bridge[Watched, View] = Bridge(self)
        self._errands = Errands("shift", self)
        self._stations = stations
        self._wanted, self._start_at_once = recipe, start
        self._offers: tuple[Offer, ...] = ()
        self._running: Offer | None = None
        self.shown = View()
        self._ended_with: Advice | None = None
        self._complaint, self._rights, self._unread = "", "", ""
        self._refused = Fleeting(self)
        self._leaving = self._guarded = False
        self._build(source)
        self.operating.recipe = recipe
        self._connect()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._pull)
        self._timer.start(PULL_MS)
        self._show_phase()
        QShortcut(QKeySequence("Space"), self, context=Qt.WidgetWithChildrenShortcut).activated.connect(self.press)
        self.setFocusProxy(self.start)

    def sizeHint(self) -> QSize:
        return QSize(1280, 800)

    # What it is made of

    def _build(self, source: str) -> None:
        self.bar = bar = StationBar(self._stations.sources, source)
        self.indicator, self.recipe, self.source, self.start = bar.indicator, bar.recipe, bar.source, bar.start
        self.picture, self.notice = Picture(), Notice()
        self.verdict, self.findings, self.to_fix = VerdictPanel(), Findings(), ToFix()
        self.serial, self.tally, self.recent = Serial(), Tally(), Recent()
        self.ask = QPushButton(self.tr("Inspect now"))
        self.ask.setObjectName("primary")
        self.ask.hide()
        self.prove, self.sound = Deed(Sign.CHECK, self.tr("Prove now")), Deed(Sign.SOUND, self.tr("Tones"))
        self._foot = StationFoot(self.prove, self.sound)
        self.message, self.metrics = self._foot.message, self._foot.metrics
        self._arrange()
        self.operating = Operating(self, self.picture, self._stations, lambda: self.bridge.held, self._errands)
        self.shifting = Shifting(self._stations.book, self._errands, self)

    def _arrange(self) -> None:
        self._words = QStackedWidget()
        self._words.addWidget(self.findings)
        self._words.addWidget(self.to_fix)
        self._side = QVBoxLayout()
        self._side.addWidget(self.verdict, VERDICT_HEIGHT)
        self._side.addWidget(self._words, FINDINGS_HEIGHT)
        self._side.addWidget(self.ask)
        self._side.addWidget(self._rule())
        self._side.addWidget(self.serial)
        self._side.addWidget(self.tally)
        self._grid = QGridLayout(self)
        self._grid.addWidget(self.bar, 0, 0, 1, 2)
        self._grid.addWidget(self.picture, 1, 0)
        self._grid.addWidget(self.notice, 1, 0, Qt.AlignCenter)
        self._grid.addLayout(self._side, 1, 1)
        self._grid.addWidget(self.recent, 2, 0, 1, 2)
        self._grid.addLayout(self._foot, 3, 0, 1, 2)
        self._grid.setRowStretch(1, 1)
        self._grid.setColumnStretch(0, PICTURE_SHARE)
        self._grid.setColumnStretch(1, VERDICT_SHARE)

    def _rule(self) -> QFrame:
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        return rule

    def _connect(self) -> None:
        self.bar.pressed.connect(self.toggle)
        self.recipe.currentIndexChanged.connect(self._choose)
        self.bridge.changed.connect(self._show_phase)
        self.bridge.failed.connect(self._show_failure)
        self.bridge.delivered.connect(self._add_inspection)
        self.bridge.surveyed.connect(self._offer)
        self._refused.changed.connect(lambda: self._show(self.shown))
        self.notice.pressed.connect(self.operating.present)
        self.ask.clicked.connect(self.operating.ask)
        self.prove.clicked.connect(self.operating.prove)
        self.sound.clicked.connect(self.operating.choose_tones)
        self.recent.opened.connect(lambda inspection: self.operating.look_at(inspection, self._recipe()))
        self.operating.told.connect(self.tell)
        self.operating.named.connect(lambda: self._show_serial(self.shown))
        self.shifting.changed.connect(self._show_shift)
        self.shifting.pictured.connect(self.recent.picture)
        self.shifting.failed.connect(self._miss_records)
        self._errands.ended.connect(self._end)

    # What a person does

    @pyqtSlot()
    def press(self) -> None:
        """The space bar: ask for an inspection where this is how they begin, else start or stop."""
        if self.ask.isVisibleTo(self):
            self.operating.ask()
        elif not self._guarded:
            self.toggle()

    @pyqtSlot()
    def toggle(self) -> None:
        """Start, or stop what runs."""
        if self.bridge.phase is not Phase.IDLE:
            self.bridge.close()
        elif self.start.isEnabled():
            self.operating.inspect(self.recipe.currentText(), self._begin)

    def guard(self, on: bool) -> None:
        """Whoever stands before it may not choose what runs, nor stop it."""
        self._guarded = on
        self._rights = self.operating.keeper.says if on else ""
        self.bar.setVisible(not on)
        self.setFocusProxy(self.recent if on else self.start)

    def offer_beside(self, show: Callable[[], object]) -> None:
        """A way to what lies beside the station, in a window of its own: the station goes on."""
        self.beside = Deed(Sign.CLOCK, self.tr("History and settings"))
        self.beside.clicked.connect(lambda _: show())
        self._foot.addWidget(self.beside)

    def survey(self) -> None:
        """Look for the recipes; the page fills in when they are known."""
        self.bridge.survey(self._stations.survey)

    def resume(self) -> None:
        """Look for the recipes anew, and begin."""
        self._start_at_once = True
        self.survey()

    def _begin(self, recipe: str) -> None:
        """With that one, if it is still the one that is chosen."""
        offer, source = self.offer(), self.source.source
        if offer is None or offer.advice is not None or not source or offer.name != recipe:
            return
        self.operating.recipe = self._wanted = recipe
        self._running, self._ended_with, self.shown = offer, None, View(State.STARTING)
        self._complaint = ""
        self.operating.name_sample("")
        self._show(self.shown)
        self.bridge.open(lambda deliver: self._stations.open(offer, source, deliver, self._refused.said.emit))

    # As one page of several

    def enter(self) -> None:
        """It comes into view: recipes may have been taught meanwhile."""
        self.shifting.begin()
        if self.bridge.phase is Phase.IDLE:
            self.survey()

    def leave(self) -> None:
        """It goes out of view, and its station goes on."""
        self.operating.leave()

    def scale(self, em: int) -> None:
        """Its type follows its own size."""

    @property
    def busy(self) -> str:
        """A station may be stopped at any moment."""
        return ""

    def follow(self, desk: Desk) -> None:
        """Inspect what the desk is about; nobody chooses the recipe here any more."""
        self.bar.hide_recipe()
        self._want(desk.name)
        desk.chosen.connect(lambda: self._want(desk.name))
        self.operating.objected.connect(desk.changed)

    def _want(self, recipe: str) -> None:
        self._wanted = recipe
        index = self.recipe.findText(recipe)
        if self.bridge.phase is Phase.IDLE and index >= 0:
            self.recipe.setCurrentIndex(index)

    def close_down(self) -> None:
        """Stop the station; `ended` follows."""
        self._leaving = True
        self.shifting.end()
        self.bridge.close()
        self._errands.close()
        self._end()

    @pyqtSlot()
    def _end(self) -> None:
        if self._leaving and self.bridge.phase is Phase.IDLE and not self._errands.busy:
            self._leaving = False
            self.ended.emit()

    @property
    def trouble(self) -> str:
        """Why nothing runs, in a few words; "" where nothing speaks against it."""
        offer = self.offer()
        advice = self._ended_with or (offer.advice if offer is not None else None)
        return advice.title if advice is not None else ""

    # What happens

    def offer(self) -> Offer | None:
        """The recipe that is chosen."""
        index = self.recipe.currentIndex()
        return self._offers[index] if 0 <= index < len(self._offers) else None

    @pyqtSlot(object)
    def _offer(self, offers: tuple[Offer, ...]) -> None:
        self._offers = offers
        names = [offer.name for offer in offers]
        self.recipe.clear()
        self.recipe.addItems(names)
        if self._wanted in names:
            self.recipe.setCurrentIndex(names.index(self._wanted))
        self.operating.settle(names, self.recipe.currentText())
        self._show_phase()
        if self._start_at_once:
            self._start_at_once = False
            # By itself it begins with none that nobody asked for.
            if self._wanted in ("", *names):
                self._begin(self.recipe.currentText())

    @pyqtSlot()
    def _choose(self) -> None:
        """Another recipe: what the last run showed is not about it."""
        self.shown, self._ended_with = View(), None
        self._show_phase()

    @pyqtSlot(object)
    def _add_inspection(self, inspection: Inspection) -> None:
        self.recent.add(inspection)
        self.operating.heard(inspection)
        self.shifting.read()

    @pyqtSlot(str)
    def _show_failure(self, sentence: str) -> None:
        self._ended_with = Advice(self.tr("The station is stopped"), sentence)
        self._show_phase()

    @pyqtSlot()
    def _show_phase(self) -> None:
        """Bring what does not come with a view up to the phase and the choice."""
        self._end()
        phase, offer = self.bridge.phase, self.offer()
        self.bar.show_phase(phase, offer is not None and offer.advice is None)
        if phase in (Phase.OPENING, Phase.OPEN):
            return
        # Of a source that came to its own end the last verdict is still true of the picture; else it is taken back.
        ended = self.shown.state is State.STOPPED
        self._show(self.shown if ended else replace(self.shown, state=State.STOPPED, verdict=Verdict.UNDEFINED))

    @pyqtSlot()
    def _pull(self) -> None:
        view = self.bridge.view()
        if view is None or view is self.shown or self.bridge.phase is not Phase.OPEN:
            return
        # A station may still say STOPPED just after its start; with a frame it has been through its source.
        if view.state is State.STOPPED and view.frame is not None:
            self._show(replace(view, message=view.message or self.tr("The source has come to its end.")))
            self.bridge.close()
        else:
            self._show(view)

    # What is shown

    @pyqtSlot(str)
    def tell(self, sentence: str) -> None:
        """Say, beside all else, that something in the program went wrong; it stays until the next start."""
        self._complaint = sentence
        self.message.set_text(sentence)

    def _show(self, view: View) -> None:
        recipe = self._recipe()
        self.shown = view
        self.indicator.set_look(state_look(view.state))
        self.verdict.set_look(verdict_look(view.state, view.verdict))
        self._show_findings(view, recipe)
        self.picture.set_view(view, recipe, is_true(view), self._stations.usual)
        self.notice.set_advice(advice_on(view, self.offer(), self._ended_with, self._guarded))
        self._grid.setAlignment(self.notice, Qt.AlignHCenter | (Qt.AlignBottom if view.sample else Qt.AlignVCenter))
        self._show_serial(view)
        self._show_counts(view)
        asked = recipe is not None and recipe.vote.trigger is Trigger.ASKED
        self.ask.setVisible(asked and self.bridge.phase is not Phase.IDLE)
        self.ask.setEnabled(view.state in (State.READY, State.RUNNING) and not view.busy)
        self.prove.setEnabled(view.state in (State.READY, State.RUNNING, State.ERROR))
        told = "" if self.notice.advice is not None else translated(view.message or self._refused.text or view.remark)
        self.message.set_text(self._complaint or told or self._unread or self._rights or translated(view.unchecked))
        self.metrics.set_text(measures(view))

    def _show_findings(self, view: View, recipe: Recipe | None) -> None:
        findings = told_findings(view, recipe)
        wrong = view.verdict in (Verdict.NOT_OK, Verdict.NOT_DECIDABLE)
        self.findings.set_findings(findings)
        self.to_fix.set_remedies(remedies(findings, recipe) if wrong else ())
        self._words.setCurrentWidget(self.to_fix if self.to_fix.remedies else self.findings)

    def _show_serial(self, view: View) -> None:
        judged = view.inspection if view.verdict is not Verdict.UNDEFINED else None
        self.serial.set_numbers(judged.serial if judged is not None else "", view.scanned or self.operating.sample)

    @pyqtSlot(str)
    def _miss_records(self, why: str) -> None:
        """What they said last stays; this goes when they can be read again."""
        self._unread = why
        self._show(self.shown)

    @pyqtSlot()
    def _show_shift(self) -> None:
        self._unread = ""
        if self.shifting.shift is not None:
            self.recent.show_all(self.shifting.shift.recent)
        if self._guarded:
            self._rights = self.operating.keeper.says
        self._show_counts(self.shown)

    def _show_counts(self, view: View) -> None:
        """Of the shift, which outlive the run; of the run alone where the records cannot tell."""
        shift = self.shifting.shift
        if shift is None:
            self.tally.set_counts(view.counts)
        else:
            self.tally.set_counts(shift.counts, f"{shift.since:%H:%M}")

    def _recipe(self) -> Recipe | None:
        offer = self.offer() if self.bridge.phase is Phase.IDLE else self._running
        return offer.recipe if offer else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scale(theme.em_for(self.width(), self.height()))
        super().resizeEvent(event)

    def _scale(self, em: int) -> None:
        """Let type and spacing follow the window's size."""
        if em == theme.em_of(self) and self.styleSheet():
            return
        self.setStyleSheet(theme.style_sheet(em))
        gap, edge = round(em * theme.GAP_M), round(em * theme.GAP_L)
        self._grid.setContentsMargins(edge, edge, edge, gap)
        self._grid.setHorizontalSpacing(edge)
        self._grid.setVerticalSpacing(gap)
        self._side.setSpacing(gap)
        self._foot.scale(em)
        self.bar.scale(em)
        self.notice.scale(em)
        for widget in (self.serial, self.tally, self.recent, self.findings.cards):
            widget.updateGeometry()

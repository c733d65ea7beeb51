"""The station page: the live picture, the verdict, what is wrong, and the counts."""

from dataclasses import replace

from PyQt5.QtCore import QSize, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeySequence, QResizeEvent
from PyQt5.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QShortcut,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from inspector.inspection.judge import overall
from inspector.inspection.verdict import Finding, Inspection, Verdict
from inspector.inspection.view import State, View
from inspector.recipe import Recipe
from ui import theme
from ui.bridge import Bridge, Phase, Watched
from ui.desk import Desk
from ui.engine_words import translated
from ui.stations import Advice, Offer, Stations
from ui.widgets.choice import Choice, SourceChoice
from ui.widgets.findings import Findings, expected
from ui.widgets.indicator import Indicator
from ui.widgets.line import Line
from ui.widgets.look import state_look, verdict_look
from ui.widgets.notice import Notice
from ui.widgets.picture import Picture
from ui.widgets.shapes import Sign, icon
from ui.widgets.tally import Recent, Tally
from ui.widgets.verdict_panel import VerdictPanel

PULL_MS = 25
PICTURE_SHARE, VERDICT_SHARE = 61, 39


def told_findings(view: View, recipe: Recipe | None) -> tuple[Finding, ...]:
    """The findings behind the verdict that is shown; where none is shown, what will be looked for.

    A frame's own findings change with every hand that passes: they are shown only where they agree with the verdict.
    """
    if view.verdict is Verdict.UNDEFINED:
        return expected(recipe) if recipe else ()
    if overall(view.findings) is view.verdict or view.inspection is None:
        return view.findings
    return view.inspection.findings


def is_true(view: View) -> bool:
    """Whether the picture is of what lies there now, or is the last of a source that has come to its end."""
    return view.state in (State.READY, State.RUNNING) or view.verdict is not Verdict.UNDEFINED


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
        self._stations = stations
        self._wanted, self._start_at_once = recipe, start
        self._offers: tuple[Offer, ...] = ()
        self._running: Offer | None = None
        self.shown = View()
        self._ended_with: Advice | None = None
        self._complaint, self._leaving = "", False
        self._build(source)
        self._connect()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._pull)
        self._timer.start(PULL_MS)
        self._show_phase()
        QShortcut(QKeySequence("Space"), self, context=Qt.WidgetWithChildrenShortcut).activated.connect(self.toggle)
        self.setFocusProxy(self.start)

    def sizeHint(self) -> QSize:
        return QSize(1280, 800)

    # What it is made of

    def _build(self, source: str) -> None:
        self.indicator, self.recipe, self.source = Indicator(), Choice(), SourceChoice(self._stations.sources)
        if source:
            self.source.choose(source)
        self.start = QPushButton()
        self.start.setObjectName("start")
        self.picture, self.notice = Picture(), Notice()
        self.verdict, self.findings = VerdictPanel(), Findings()
        self.tally, self.recent = Tally(), Recent()
        self.message, self.metrics = Line(Qt.AlignLeft), Line(Qt.AlignRight, theme.SMALL, theme.MUTED)
        for choice, name in ((self.recipe, self.tr("Recipe")), (self.source, self.tr("Source"))):
            choice.setAccessibleName(name)
            choice.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self._arrange()

    def _arrange(self) -> None:
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.indicator)
        self._captions = (QLabel(self.tr("Recipe")), QLabel(self.tr("Source")))
        for choice, label in zip((self.recipe, self.source), self._captions, strict=True):
            label.setObjectName("caption")
            label.setBuddy(choice)
            self._bar.addWidget(label)
            self._bar.addWidget(choice, 1)
        self._bar.addWidget(self.start)
        self._side = QVBoxLayout()
        self._side.addWidget(self.verdict, 11)
        self._side.addWidget(self.findings, 9)
        self._side.addWidget(self._rule())
        self._side.addWidget(self.tally)
        self._side.addWidget(self.recent)
        self._grid = QGridLayout(self)
        self._grid.addLayout(self._bar, 0, 0, 1, 2)
        self._grid.addWidget(self.picture, 1, 0)
        self._grid.addWidget(self.notice, 1, 0, Qt.AlignCenter)
        self._grid.addLayout(self._side, 1, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.message, 3)
        foot.addWidget(self.metrics, 1)
        self._grid.addLayout(foot, 2, 0, 1, 2)
        self._grid.setRowStretch(1, 1)
        self._grid.setColumnStretch(0, PICTURE_SHARE)
        self._grid.setColumnStretch(1, VERDICT_SHARE)

    def _rule(self) -> QFrame:
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        return rule

    def _connect(self) -> None:
        self.start.clicked.connect(self.toggle)
        self.recipe.currentIndexChanged.connect(self._choose)
        self.bridge.changed.connect(self._show_phase)
        self.bridge.failed.connect(self._show_failure)
        self.bridge.delivered.connect(self._add_inspection)
        self.bridge.surveyed.connect(self._offer)

    # What a person does

    @pyqtSlot()
    def toggle(self) -> None:
        """Start, or stop what runs."""
        if self.bridge.phase is Phase.IDLE:
            self._begin()
        else:
            self.bridge.close()

    def survey(self) -> None:
        """Look for the recipes; the page fills in when they are known."""
        self.bridge.survey(self._stations.survey)

    def _begin(self) -> None:
        offer, source = self.offer(), self.source.source
        if offer is None or offer.advice is not None or not source:
            return
        self._running, self._ended_with, self.shown = offer, None, View(State.STARTING)
        self._complaint = ""
        self.recent.clear()
        self._show(self.shown)
        self.bridge.open(lambda deliver: self._stations.open(offer, source, deliver))

    # As one page of several

    def enter(self) -> None:
        """It comes into view: recipes may have been taught meanwhile."""
        if self.bridge.phase is Phase.IDLE:
            self.survey()

    def leave(self) -> None:
        """It goes out of view, and its station goes on."""

    def scale(self, em: int) -> None:
        """Its type follows its own size."""

    @property
    def busy(self) -> str:
        """A station may be stopped at any moment."""
        return ""

    def follow(self, desk: Desk) -> None:
        """Inspect what the desk is about; nobody chooses the recipe here any more."""
        self.recipe.hide()
        self._captions[0].hide()
        self._want(desk.name)
        desk.chosen.connect(lambda: self._want(desk.name))

    def _want(self, recipe: str) -> None:
        self._wanted = recipe
        index = self.recipe.findText(recipe)
        if self.bridge.phase is Phase.IDLE and index >= 0:
            self.recipe.setCurrentIndex(index)

    def close_down(self) -> None:
        """Stop the station; `ended` follows."""
        self._leaving = True
        self.bridge.close()
        self._end()

    def _end(self) -> None:
        if self._leaving and self.bridge.phase is Phase.IDLE:
            self._leaving = False
            self.ended.emit()

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
        self._show_phase()
        if self._start_at_once:
            self._start_at_once = False
            self._begin()

    @pyqtSlot()
    def _choose(self) -> None:
        """Another recipe: what the last run showed is not about it."""
        self.shown, self._ended_with = View(), None
        self._show_phase()

    @pyqtSlot(object)
    def _add_inspection(self, inspection: Inspection) -> None:
        self.recent.add(inspection)

    @pyqtSlot(str)
    def _show_failure(self, sentence: str) -> None:
        self._ended_with = Advice(self.tr("The station is stopped"), sentence)
        self._show_phase()

    @pyqtSlot()
    def _show_phase(self) -> None:
        """Bring what does not come with a view up to the phase and the choice."""
        self._end()
        phase, offer = self.bridge.phase, self.offer()
        idle = phase is Phase.IDLE
        for choice in (self.recipe, self.source):
            choice.setEnabled(idle and self.recipe.count() > 0)
        can_start = offer is not None and offer.advice is None
        self.start.setEnabled(can_start if idle else phase is not Phase.CLOSING)
        word = self.tr("Start") if idle else self.tr("Stop")
        self.start.setText(f" {word}")
        self.start.setAccessibleName(word)
        self._set_start_look()
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

    def tell(self, sentence: str) -> None:
        """Say, beside all else, that something in the program went wrong; it stays until the next start."""
        self._complaint = sentence
        self.message.set_text(sentence)

    def _show(self, view: View) -> None:
        recipe = self._recipe()
        self.shown = view
        self.indicator.set_look(state_look(view.state))
        self.verdict.set_look(verdict_look(view.state, view.verdict))
        self.findings.set_findings(told_findings(view, recipe))
        self.picture.set_view(view, recipe, is_true(view))
        self.notice.set_advice(self._advice(view))
        self.tally.set_counts(view.counts)
        self.message.set_text(self._complaint or ("" if view.state is State.ERROR else view.message))
        self.metrics.set_text(self._measures(view))

    def _recipe(self) -> Recipe | None:
        offer = self.offer() if self.bridge.phase is Phase.IDLE else self._running
        return offer.recipe if offer else None

    def _advice(self, view: View) -> Advice | None:
        """What to do next, where there is something to do."""
        if view.state is State.ERROR:
            return Advice(self.tr("The station has a fault"), translated(view.message))
        if view.state is not State.STOPPED:
            return None
        offer = self.offer()
        if self._ended_with is not None or offer is None:
            return self._ended_with
        if offer.advice is None and view.frame is None:
            return Advice(self.tr("Ready to start"), self.tr("Choose the source and press Start, or the space bar."))
        return offer.advice

    def _measures(self, view: View) -> str:
        if view.state is not State.RUNNING:
            return ""
        return (
            self.tr("%1 frames/s    %2 ms    %3 skipped")
            .replace("%1", f"{view.frames_per_s:.1f}")
            .replace("%2", f"{view.latency_ms:.0f}")
            .replace("%3", str(view.skipped))
        )

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
        self._bar.setSpacing(gap)
        self._side.setSpacing(gap)
        self.start.setFixedWidth(round(em * 10))
        self.notice.scale(em)
        for widget in (self.indicator, self.tally, self.recent, self.findings.cards, self.message, self.metrics):
            widget.updateGeometry()
        self._set_start_look()

    def _set_start_look(self) -> None:
        """Start is the one light button of a page at rest; Stop keeps quiet while the verdict speaks."""
        em, enabled = theme.em_of(self), self.start.isEnabled()
        inviting = enabled and self.bridge.phase is Phase.IDLE
        self.start.setProperty("inviting", inviting)
        self.start.style().unpolish(self.start)
        self.start.style().polish(self.start)
        color = theme.BACKGROUND if inviting else theme.TEXT if enabled else theme.FAINT
        sign = Sign.PLAY if self.bridge.phase is Phase.IDLE else Sign.STOP
        self.start.setIcon(icon(sign, em, color, self.devicePixelRatioF()))
        self.start.setIconSize(QSize(em, em))

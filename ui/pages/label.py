"""The label page: the recordings of a recipe, one of them under a person's hands."""

from pathlib import Path

from PyQt5.QtCore import Qt, QTimer, pyqtSlot
from PyQt5.QtWidgets import QGridLayout, QVBoxLayout

from inspector.labeling.reel import Extent, extents_of
from inspector.labeling.suggestions import Origin
from inspector.settings import person
from ui import theme
from ui.desk import Desk
from ui.engine_words import translated
from ui.errands import Errands
from ui.keeper import Keeper
from ui.pages.page import Page
from ui.proposing import Proposing
from ui.stations import Advice
from ui.widgets import label_words
from ui.widgets.board import Board
from ui.widgets.judged_wrong import JudgedWrong
from ui.widgets.label_bar import TOOLS, LabelBar
from ui.widgets.notice import Notice
from ui.widgets.searches import Searches

REST_MS = 1500
"""How long nothing was changed before other pages are told to read again."""


class LabelPage(Page):
    """Lets a person go through the recordings of the desk's recipe. All that is said is written at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.extents: tuple[Extent, ...] = ()
        self.keeper: Keeper | None = None
        self._keepers: dict[Path, Keeper] = {}
        self._places: dict[Path, int] = {}
        self._made: Path | None = None
        self._surveyed, self._telling, self._unreviewed = False, False, False
        self._complaint, self._unreadable = "", ""
        self._surveying, self._keeping = Errands("recordings", self), Errands("annotations", self)
        self.proposing, self._rest = Proposing(desk.workspace, self), QTimer(self)
        self._rest.setSingleShot(True)
        self._left: int | None = None
        self._build()
        self._connect()
        self.board.by = person()
        self._show()

    # What it is made of

    def _build(self) -> None:
        self.bar, self.board, self.searches = LabelBar(), Board(), Searches(self)
        self.recordings, self.underway = self.bar.recordings, self.bar.underway
        self.judged_wrong = JudgedWrong(self.desk, self._surveying)
        self.notice, self.fault = Notice(), Notice(slim=True)
        self.setFocusProxy(self.board)
        self.board.lay_over(self.notice, Qt.AlignCenter)
        self.board.lay_over(self.fault, Qt.AlignHCenter | Qt.AlignTop)
        self._column, self._stage = QVBoxLayout(self), QGridLayout()
        self._column.addWidget(self.bar)
        self._column.addWidget(self.judged_wrong)
        self._column.addLayout(self._stage, 1)
        self._stage.addWidget(self.board, 0, 0, 1, 2)
        # Over the picture, and yet no part of the board, whose keys would reach through it.
        self._stage.addWidget(self.searches, 0, 0, Qt.AlignHCenter | Qt.AlignTop)
        self._stage.setColumnStretch(0, 1)

    def _connect(self) -> None:
        self.bar.suggest.clicked.connect(self._suggest_or_cancel)
        self.bar.search.clicked.connect(self._show_searches)
        self.searches.wanted.connect(self._search)
        self.searches.left.connect(self.board.editor.setFocus)
        self.recordings.activated.connect(self._choose)
        self.judged_wrong.taken.connect(self._turn_to)
        self.judged_wrong.failed.connect(self._complain)
        self.notice.pressed.connect(self.extract)
        self.fault.pressed.connect(lambda: self._complain(""))
        self.board.told.connect(self.told)
        self.board.unreadable.connect(self._show_unreadable)
        self.bar.by_detector.clicked.connect(lambda _: self._propose(Origin.DETECTOR))
        self.proposing.stepped.connect(self.underway.show_step)
        self.proposing.said.connect(self.told)
        self.proposing.wrong.connect(self._complain)
        self.proposing.asked.connect(self._go_to)
        self.proposing.ended.connect(self._end_proposing)
        self.desk.chosen.connect(self._turn_to_recipe)
        self.desk.changed.connect(self._note_change)
        self._rest.timeout.connect(self._tell_change)

    def scale(self, em: int) -> None:
        edge, gap = round(em * theme.GAP_L), round(em * theme.GAP_M)
        self._column.setContentsMargins(edge, edge, edge, gap)
        self._column.setSpacing(gap)
        self._stage.setColumnMinimumWidth(1, round(em * (TOOLS + theme.GAP_L)))
        self.bar.scale(em)
        self.judged_wrong.scale(em)
        self.searches.scale(em)
        self.notice.scale(em)
        self.fault.scale(em)
        self.board.scale(em)
        self._show_recordings()

    # The recordings

    def enter(self) -> None:
        self._survey()
        if self.keeper is not None:
            self.keeper.look()
        self.board.editor.setFocus()

    def leave(self) -> None:
        self.board.editor.settle()
        if self._rest.isActive():
            self._tell_change()
        # What was drawn by hand tells, too, what to search the other recordings for.
        if self._unreviewed and self.desk.recipe is not None:
            self._unreviewed = False
            self.proposing.review(self.desk.recipe.name)

    @pyqtSlot()
    def _turn_to_recipe(self) -> None:
        """Another recipe: what was looked at is not about it."""
        self._take(None)
        self.searches.hide()
        self.extents, self._surveyed, self._made = (), False, None
        self.judged_wrong.hide()
        self._show()
        self._survey()

    def _survey(self) -> None:
        recipe, workspace = self.desk.recipe, self.desk.workspace
        self.judged_wrong.look()
        if recipe is None:
            self._show()
            return

        def survey() -> tuple[str, tuple[Extent, ...]]:
            return recipe.name, extents_of(workspace, recipe)

        self._surveying.run(survey, self._offer, lambda error: self._complain(translated(error)))

    def _offer(self, surveyed: tuple[str, tuple[Extent, ...]]) -> None:
        name, extents = surveyed
        if self.desk.recipe is None or name != self.desk.recipe.name:
            return
        self.extents, self._surveyed = extents, True
        folders = [extent.folder for extent in extents]
        if self._made in folders:
            self._take(extents[folders.index(self._made)])
            self._made = None
        elif self.keeper is None or (self.keeper.folder not in folders and not self.keeper.unwritten):
            self._take(next((one for one in extents if one.done < one.frames), extents[0] if extents else None))
        elif self.keeper.reel is None and not self.keeper.fault:
            self._read_when_extracted()
        self._forget_all_but(folders)
        if self.searches.isVisible():
            self.searches.show_extents(extents)
        self._show_recordings()
        self._show()

    @pyqtSlot(object)
    def _turn_to(self, made: Path) -> None:
        """A recording that was made here: it is read, and then it is the one under a person's hands."""
        self._made = made
        self._tell_change()

    @pyqtSlot(int)
    def _choose(self, index: int) -> None:
        if 0 <= index < len(self.extents):
            self._take(self.extents[index])
            self.board.editor.setFocus()

    def _take(self, extent: Extent | None) -> None:
        """Turn to that recording, at the frame where it was left."""
        if self.keeper is not None:
            self._places[self.keeper.folder] = self.board.index
        self.keeper = self._keeper_of(extent) if extent is not None else None
        self._complaint, self._unreadable = "", ""
        place = self._places.get(self.keeper.folder, 0) if self.keeper is not None else 0
        self.board.take(self.keeper, self.desk.recipe, place)
        self._read_when_extracted()
        self._show_recordings()
        self._show()

    def _read_when_extracted(self) -> None:
        extent = self._extent()
        if self.keeper is not None and extent is not None and (extent.frames or extent.fault):
            self.keeper.look()

    def _keeper_of(self, extent: Extent) -> Keeper:
        """One for each recording that was looked at: it may still have something to write."""
        if extent.folder not in self._keepers:
            keeper = Keeper(extent.folder, extent.recording, self._keeping, self)
            keeper.changed.connect(self._show)
            keeper.faulty.connect(self._show)
            keeper.wrote.connect(self._note_written)
            keeper.overtaken.connect(self._tell_overtaken)
            keeper.stepped.connect(self._tell_stepped)
            self._keepers[extent.folder] = keeper
        return self._keepers[extent.folder]

    def _forget_all_but(self, listed: list[Path]) -> None:
        """Of recordings that are listed no more nothing is kept, but for what is not written yet."""
        for folder, keeper in list(self._keepers.items()):
            if folder not in listed and keeper is not self.keeper and keeper.resting:
                del self._keepers[folder]
                keeper.deleteLater()

    def _extent(self) -> Extent | None:
        folder = self.keeper.folder if self.keeper is not None else None
        return next((one for one in self.extents if one.folder == folder), None)

    # What happens

    @pyqtSlot()
    def _note_written(self) -> None:
        self._complaint, self._unreviewed = "", True
        self._rest.start(REST_MS)

    @pyqtSlot()
    def _tell_change(self) -> None:
        """Other pages may read again what this one wrote."""
        self._rest.stop()
        self._telling = True
        self.desk.changed.emit()
        self._telling = False

    @pyqtSlot()
    def _note_change(self) -> None:
        """Something was changed; here is read again what another page did."""
        if self.isVisible():
            self._survey()
            if self.keeper is not None and not self._telling:
                self.keeper.look()

    @pyqtSlot(tuple, tuple)
    def _tell_overtaken(self, names: tuple[str, ...], dropped: tuple[str, ...]) -> None:
        text = self.tr("Somebody else changed %1 of these frames. They are shown as they are now.")
        if dropped:
            text = self.tr("Somebody else changed %1 of these frames. What you said of %2 was not written over it.")
        self._complain(text.replace("%1", str(len(names))).replace("%2", ", ".join(dropped)))

    @pyqtSlot(tuple)
    def _tell_stepped(self, names: tuple[str, ...]) -> None:
        text = self.tr("Taken back or made again: %1").replace("%1", ", ".join(names[:5]))
        self.told.emit(text if len(names) <= 5 else f"{text} …")

    @pyqtSlot(str)
    def _complain(self, sentence: str) -> None:
        """Say it on the page, until something else is done."""
        self._complaint = sentence
        self._show()

    @pyqtSlot(str)
    def _show_unreadable(self, sentence: str) -> None:
        self._unreadable = sentence
        self._show()

    # What the engine proposes

    @pyqtSlot()
    def extract(self) -> None:
        """Take the frames out of the recipe's recordings."""
        if self.desk.recipe is not None:
            self._complaint = ""
            self.proposing.extract(self.desk.recipe.name)
            self._show()

    @pyqtSlot()
    def _suggest_or_cancel(self) -> None:
        if self.proposing.running:
            self.proposing.cancel()
        elif self.board.reel is not None and self.board.reel.origin is not None:
            self._propose(self.board.reel.origin)

    def _propose(self, origin: Origin) -> None:
        self.board.editor.settle()
        if self.desk.recipe is not None and self.board.reel is not None:
            self._complaint = ""
            self.proposing.suggest(self.desk.recipe.name, self.board.reel.recording.components, origin)
            self._show()

    @pyqtSlot()
    def _show_searches(self) -> None:
        """What is known of the searches, and what starts another; gone again with the same button."""
        self.searches.show_extents(self.extents)
        self.searches.setVisible(self.searches.isHidden())
        self.searches.raise_()
        (self.searches.search if self.searches.isVisible() else self.board.editor).setFocus()

    @pyqtSlot(bool)
    def _search(self, thorough: bool) -> None:
        self.board.editor.settle()
        if self.desk.recipe is not None:
            self._complaint = ""
            self.proposing.search(self.desk.recipe.name, thorough)
            self._show()

    @pyqtSlot()
    def _end_proposing(self) -> None:
        if self.keeper is not None and self.keeper.reel is not None:
            self.keeper.look()
        self._tell_change()  # which surveys here too, where the page is in view: else it does when it is
        self._show()

    @pyqtSlot(tuple)
    def _go_to(self, asked: tuple[str, ...]) -> None:
        """To the frame that settles the most others, where it is one of this recording. Nobody is taken away from a
        frame that waits: what is said next would be said of another.
        """
        if (reel := self.board.reel) is not None and reel.standings[self.board.index].done:
            names = [f"{reel.recording.id}/{frame.name}" for frame in reel.frames]
            mine = [names.index(name) for name in asked if name in names]
            if mine:
                self.board.go(mine[0])

    # What is shown

    def _show_recordings(self) -> None:
        self.recordings.show_extents(self.extents, self.keeper.folder if self.keeper is not None else None)

    @pyqtSlot()
    def _show(self) -> None:
        reel, running = self.board.reel, self.proposing.running
        if reel is not None and self._extent() is not None:
            self.recordings.show_done(Extent.of(reel))
        self.bar.show_state(reel, self.extents, running)
        self.notice.set_advice(self._advice())
        self.fault.set_advice(self._trouble())

    def _advice(self) -> Advice | None:
        """What to do where there is nothing to label."""
        if self.desk.recipe is None:
            return label_words.without_recipe(self.desk.fault)
        if not self._surveyed:
            return None
        extent = self._extent()
        if extent is None:
            return label_words.nothing_recorded()
        if self.keeper is not None and self.keeper.reel is None and self.keeper.fault:
            return label_words.cannot_be_labeled(self.keeper.fault)
        if self._unreadable:
            return label_words.cannot_be_shown(self._unreadable)
        return None if extent.frames or extent.fault or self.proposing.running else label_words.no_frames()

    def _trouble(self) -> Advice | None:
        """What went wrong, and is not yet right again."""
        stuck = [keeper for keeper in self._keepers.values() if keeper.fault and keeper.unwritten]
        if stuck:
            return label_words.not_written(sum(keeper.unwritten for keeper in stuck), stuck[0].fault)
        fault = self.keeper.fault if self.keeper is not None and self.keeper.reel is not None else ""
        return label_words.went_wrong(self._complaint, fault)

    # How it ends

    @property
    def busy(self) -> str:
        if self.proposing.running:
            return self.tr("Frames are being taken, or boxes suggested.")
        if any(keeper.unwritten for keeper in self._keepers.values()):
            return self.tr("Some of what you said of frames is not written yet.")
        return ""

    @property
    def idle(self) -> bool:
        """Whether nothing is read, written, decoded or run."""
        return not (self.proposing.running or any(errands.busy for errands in self._all_errands()))

    def close_down(self) -> None:
        if self._left is None:
            self._begin_to_end()
        elif self._left == 0:
            self.ended.emit()

    def _begin_to_end(self) -> None:
        self.board.editor.settle()
        for keeper in self._keepers.values():
            if keeper.unwritten:
                keeper.look()
        self._left = len(self._all_errands()) + self.proposing.running
        self.proposing.ended.disconnect(self._end_proposing)
        self.proposing.ended.connect(self._note_end)
        self.proposing.cancel()
        for errands in self._all_errands():
            errands.ended.connect(self._note_end)
            errands.close()

    def _all_errands(self) -> tuple[Errands, ...]:
        return self._surveying, self._keeping, self.board.album.errands

    @pyqtSlot()
    def _note_end(self) -> None:
        self._left = (self._left or 0) - 1
        if self._left == 0:
            self.ended.emit()

"""The right side of the record page: the recordings of the recipe, what comes in, and what can be put back."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PyQt5.QtCore import pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from inspector.capture.claim import Claim
from inspector.capture.claim import claim_of as told_of
from inspector.capture.trash import Thrown, destroy, put_back, throw_away, thrown_recordings
from inspector.errors import InspectorError
from inspector.frame import Image
from inspector.labeling.collection import Collection, Kept, collection_of, picture_of
from inspector.people.role import Deed
from ui import theme
from ui.desk import Desk
from ui.doorkeeper import Doorkeeper
from ui.durations import clock
from ui.engine_words import translated
from ui.errands import Errands
from ui.intake import Intake
from ui.widgets.browse import browse
from ui.widgets.claim_look import in_words
from ui.widgets.deed import Deed as Button
from ui.widgets.picture import as_image
from ui.widgets.pin_pad import PinPad
from ui.widgets.recording_list import RecordingList
from ui.widgets.shapes import Sign
from ui.widgets.strip import Strip
from ui.widgets.trash_list import TrashList

T = TypeVar("T")
THUMB_PIXELS = 320


class RecordingsPanel(QWidget):
    """listed: `collection` is as it is on disk now. wanted: the Claim of a recording to be made. dropped: paths of
    what is to be imported. failed: a sentence.
    """

    listed = pyqtSignal()
    wanted = pyqtSignal(object)
    dropped = pyqtSignal(list)
    failed = pyqtSignal(str)

    def __init__(self, desk: Desk, intake: Intake, errands: Errands) -> None:
        super().__init__()
        self.collection = Collection()
        self._desk, self._intake = desk, intake
        self._errands = errands
        self._thrown: list[tuple[Claim, Path]] = []
        self._pictured: set[tuple[str, bool]] = set()
        self._build()
        self.pad = PinPad(self.stack, errands)
        self.door = Doorkeeper(self.pad, desk.session, self)
        self.door.refused.connect(self.failed)
        self.list.wanted.connect(self.wanted)
        self.list.thrown.connect(self.throw_away)
        self.bin.clicked.connect(self._turn)
        self.trash.returned.connect(self._return)
        self.trash.emptied.connect(self._empty)
        self.strip.pressed.connect(self._press)
        intake.changed.connect(self._show_strip)
        intake.arrived.connect(desk.changed)
        desk.changed.connect(self._follow)
        desk.chosen.connect(self._follow)

    def _build(self) -> None:
        self.title = QLabel(self.tr("Recordings"))
        self.title.setObjectName("title")
        self.list, self.trash, self.strip = RecordingList(), TrashList(), Strip()
        self.bin, self.stack = Button(Sign.BIN, self.tr("Trash")), QStackedWidget()
        for widget in (self.list, self.trash):
            self.stack.addWidget(widget)
        self.video = Button(Sign.TAKE_IN, self.tr("Videos…"), quiet=False)
        self.folder = Button(Sign.TAKE_IN, self.tr("Pictures…"), quiet=False)
        self.video.setToolTip(self.tr("Import videos; or drop them on the page"))
        self.folder.setToolTip(self.tr("Import a folder of pictures; or drop it on the page"))
        for button in (self.video, self.folder):
            button.setAccessibleName(button.toolTip())
            button.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.video.clicked.connect(lambda: browse(self, QFileDialog.ExistingFiles, self.dropped.emit))
        self.folder.clicked.connect(lambda: browse(self, QFileDialog.Directory, self.dropped.emit))
        self._head, self._row, self._column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.bin)
        for button in (self.video, self.folder):
            self._row.addWidget(button, 1)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self.stack, 1)
        self._column.addWidget(self.strip)
        self._column.addLayout(self._row)

    # What a person does

    @pyqtSlot(str)
    def throw_away(self, name: str, then: Callable[[], object] = lambda: None) -> None:
        """Move a recording to the trash, by the name of who may. then: what follows, once somebody is there who may."""
        workspace, claim = self._desk.workspace, self.claim_of(name)
        if claim is None:
            then()
            return

        def move(who: str) -> None:
            self._move(lambda: throw_away(workspace, name, who), lambda thrown: self._thrown.append((claim, thrown)))

        def begin(who: str) -> None:
            # Whoever takes frames out of it meanwhile would find it gone under their hands.
            self._intake.meanwhile(lambda: move(who))
            then()

        why = self.tr("Move “%1” to the trash: who are you?").replace("%1", in_words(claim))
        self.door.let(Deed.THROW_AWAY, why, begin)

    @pyqtSlot()
    def put_back(self) -> None:
        """The one that was thrown away last."""
        if self._thrown:
            claim, thrown = self._thrown[-1]
            self._ask_to_put_back(in_words(claim), thrown)

    @pyqtSlot(object)
    def _return(self, thrown: Thrown) -> None:
        """One of those in the trash."""
        known = thrown.recording
        self._ask_to_put_back(in_words(told_of(known)) if known is not None else thrown.name, thrown.path)

    def _ask_to_put_back(self, words: str, thrown: Path) -> None:
        workspace = self._desk.workspace

        def put(who: str) -> None:
            self._forget([thrown])
            self._move(lambda: put_back(workspace, thrown, who), lambda _: None)

        self.door.let(Deed.THROW_AWAY, self.tr("Put “%1” back: who are you?").replace("%1", words), put)

    @pyqtSlot(object)
    def _empty(self, things: tuple[Thrown, ...]) -> None:
        workspace = self._desk.workspace

        def destroy_them(who: str) -> None:
            self._move(
                lambda: destroy(workspace, things, who), lambda _: self._forget([thrown.path for thrown in things])
            )

        self.door.let(Deed.DELETE, self.tr("Delete recordings for good: who are you?"), destroy_them)

    def _forget(self, gone: Sequence[Path]) -> None:
        """They do not lie in the trash any more."""
        self._thrown = [(claim, path) for claim, path in self._thrown if path not in gone]

    def _move(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        def moved(what: T) -> None:
            then(what)
            self._desk.changed.emit()
            self._show_strip()

        self._errands.run(work, moved, self._fail)

    @pyqtSlot()
    def _turn(self) -> None:
        """Between the recordings and what was deleted of them."""
        here = self.stack.currentWidget() is self.list
        self.stack.setCurrentWidget(self.trash if here else self.list)
        self.title.setText(self.tr("Trash") if here else self.tr("Recordings"))
        self.bin.setText(f" {self.tr('Recordings') if here else self.tr('Trash')}")
        self.bin.setAccessibleName(self.bin.text().strip())
        self.bin.set_sign(Sign.LEFT if here else Sign.BIN)
        self.refresh()

    @pyqtSlot()
    def _press(self) -> None:
        if self._intake.running:
            self._intake.cancel()
        else:
            self.put_back()

    def claim_of(self, name: str) -> Claim | None:
        """What the recording with that id shows; None where it is not among those listed."""
        return next((kept.claim for kept in self.collection.kept if kept.recording.id == name), None)

    # What is shown

    @pyqtSlot()
    def _follow(self) -> None:
        """Whoever does not see it needs no reading of all recordings; it is read when it comes into view."""
        if self.isVisible():
            self.refresh()

    @pyqtSlot()
    def refresh(self) -> None:
        """Read again what there is, on a thread."""
        workspace, recipe = self._desk.workspace, self._desk.recipe
        if self.stack.currentWidget() is self.trash:
            self._errands.run(lambda: thrown_recordings(workspace), self.trash.show_things, self._fail)
        if recipe is None:
            self._show(Collection())
            return

        def show(collection: Collection) -> None:
            if self._desk.recipe is recipe:
                self._show(collection)

        self._errands.run(lambda: collection_of(workspace, recipe), show, self._fail)

    def _show(self, collection: Collection) -> None:
        if collection != self.collection:
            self.collection = collection
            self.list.show_collection(collection)
        self._fetch_pictures()
        self.listed.emit()

    def _fetch_pictures(self) -> None:
        """One after the other: each once before and once after its frames are extracted."""
        self._pictured &= {_key(kept) for kept in self.collection.kept}
        for kept in self.collection.kept:
            if _key(kept) not in self._pictured:
                self._pictured.add(_key(kept))
                self._errands.run(partial(picture_of, kept, THUMB_PIXELS), partial(self._picture, kept), self._fail)

    def _picture(self, kept: Kept, image: Image) -> None:
        # A copy, for it outlives the array.
        self.list.set_picture(kept.recording.id, as_image(image).copy())

    def _fail(self, error: InspectorError) -> None:
        self.failed.emit(translated(error))

    @pyqtSlot()
    def _show_strip(self) -> None:
        work = self._intake.work
        if work is not None:
            left = self.tr(", %1 left").replace("%1", clock(work.left_s)) if work.left_s is not None else ""
            self.strip.show_work(work.what + left, work.done, work.total, self.tr("Cancel"))
        elif self._thrown:
            gone = self.tr("%1 is in the trash.").replace("%1", in_words(self._thrown[-1][0]))
            self.strip.show_text(gone, self.tr("Put back"))
        else:
            self.strip.show_text("")

    def scale(self, em: int) -> None:
        gap = round(em * theme.GAP_M)
        self._column.setSpacing(gap)
        self._row.setSpacing(round(em * theme.GAP_S))
        self.title.setFixedHeight(round(em * theme.TOUCH))
        for button in (self.video, self.folder):
            button.scale()
        self.bin.scale()
        self.list.scale(em)
        self.trash.scale(em)
        self.strip.scale(em)


def _key(kept: Kept) -> tuple[str, bool]:
    return kept.recording.id, kept.views is not None

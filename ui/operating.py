"""What whoever stands at a station does beside looking: asks, scans, shows known workpieces, looks closer, objects."""

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QWidget

from inspector.errors import InspectorError
from inspector.inspection.usual import or_regions
from inspector.inspection.verdict import Inspection
from inspector.people.role import Deed
from inspector.recipe import Recipe
from inspector.triggers import KEY
from ui.bridge import Watched
from ui.doorkeeper import Doorkeeper
from ui.engine_words import translated
from ui.errands import Errands
from ui.evidence import NOWHERE, Seen, seen_by_each
from ui.scanning import Scanning
from ui.stations import Stations
from ui.tones import Tones
from ui.widgets.closer_look import CloserLook
from ui.widgets.pin_pad import PinPad
from ui.widgets.tones_card import TonesCard


class Operating(QObject):
    """Forwards each to the station, or to the book, and shows what came of it beside the live verdict.

    recipe: what the station ran last, or is to run first. told: a sentence, "" for nothing. named: `sample`, what was
    scanned of a known workpiece, is another. objected: a picture that was judged wrong waits to be labeled.

    Args: page: where a scanner is heard; over: the part of it that may be covered; held: the station, None where none
    runs.
    """

    told = pyqtSignal(str)
    named = pyqtSignal()
    objected = pyqtSignal()

    def __init__(
        self, page: QWidget, over: QWidget, stations: Stations, held: Callable[[], Watched | None], errands: Errands
    ) -> None:
        super().__init__(page)
        self.sample, self.recipe = "", ""
        self._stations, self._held, self._errands = stations, held, errands
        self.tones = Tones(parent=self)
        self.pad, self.closer = PinPad(over, errands), CloserLook(over)
        self.tones_card = TonesCard(over, self.tones)
        self.keeper = Doorkeeper(self.pad, lambda: stations.book.session, self)
        self.scanning = Scanning(page, stations.scanner)
        self.keeper.refused.connect(self.told)
        self.closer.objected.connect(self._object)
        self.scanning.scanned.connect(self.scan)
        self.scanning.scanned.connect(self.pad.forget)

    def leave(self) -> None:
        """Nobody stands there any more: what was asked goes away."""
        for aside in (self.pad, self.closer, self.tones_card):
            aside.go()

    @pyqtSlot()
    def choose_tones(self) -> None:
        """Show which tone each verdict has."""
        self.leave()
        self.tones_card.come()

    # The station

    @pyqtSlot()
    def ask(self) -> None:
        """For one inspection; the station knows what was scanned for it, and for how long that counts."""
        if (held := self._held()) is not None:
            self.told.emit(translated(held.trigger("", KEY)))

    @pyqtSlot(str)
    def scan(self, code: str) -> None:
        """A serial number, for what is inspected next, or of the known workpiece that is asked for."""
        held = self._held()
        if held is None:
            self.told.emit(self.tr("The station does not run: %1 was not taken.").replace("%1", code))
            return
        receipt = held.scan(code)
        self.told.emit(translated(receipt.said))
        if held.view().sample is not None:
            self.name_sample(code)

    def name_sample(self, name: str) -> None:
        """What was scanned of the known workpiece that is asked for, "" for nothing."""
        if name != self.sample:
            self.sample = name
            self.named.emit()

    def heard(self, inspection: Inspection) -> None:
        """It was decided: say so aloud."""
        self.tones.say(inspection.verdict)
        self.name_sample("")

    @pyqtSlot()
    def present(self) -> None:
        """The known workpiece lies there; its number, where it was scanned, tells which it is."""
        if (held := self._held()) is not None:
            held.present(self.sample)
            self.name_sample("")

    def settle(self, names: Sequence[str], first: str) -> None:
        """These are there; where the one before is gone, the first takes no right."""
        if self.recipe not in names:
            self.recipe = first

    def inspect(self, recipe: str, begin: Callable[[str], object]) -> None:
        """Begin with that recipe; with another one than before, where somebody is there who may choose it."""
        self.leave()
        if recipe == self.recipe:
            begin(recipe)
            return
        why = self.tr("Inspect “%1”: who are you?").replace("%1", recipe)
        self.keeper.let(Deed.CHOOSE, why, lambda _: begin(recipe), recipe=recipe, before=self.recipe)

    @pyqtSlot()
    def prove(self) -> None:
        """Have the station prove itself, where somebody is there who may ask for it."""
        self.leave()
        self.keeper.let(Deed.PROVE, self.tr("Prove the station: who are you?"), self._prove_by)

    def _prove_by(self, who: str) -> None:
        if (held := self._held()) is not None:
            held.prove(who)

    # The book

    def look_at(self, inspection: Inspection, recipe: Recipe | None) -> None:
        """Show one of the last inspections large."""
        self.leave()
        self.closer.look_at(inspection, recipe)
        book, usual = self._stations.book, self._stations.usual
        own = recipe if recipe is not None and recipe.name == inspection.recipe else None

        def read() -> tuple[Seen, ...]:
            places = or_regions(own, usual) if own else NOWHERE
            return seen_by_each(book.pictures(inspection), inspection, own, places)

        def show(seen: tuple[Seen, ...]) -> None:
            self.closer.show_seen(inspection, seen)

        def fail(error: InspectorError) -> None:
            self._say(translated(error), False)

        self._errands.run(read, show, fail)

    @pyqtSlot(object, str)
    def _object(self, inspection: Inspection, reason: str) -> None:
        def write(who: str) -> None:
            self._write_objection(inspection, reason, who)

        self.keeper.let(Deed.MARK, self.tr("Mark a verdict as wrong: who are you?"), write)

    def _write_objection(self, inspection: Inspection, reason: str, who: str) -> None:
        book, kept = self._stations.book, self.tr("Noted. The verdict stays; a technician will label the picture.")
        bare = self.tr("Noted. The verdict stays; its picture is not kept any more.")

        def noted(has_picture: bool) -> None:
            self._say(kept if has_picture else bare, True)
            if has_picture:
                self.objected.emit()

        self._errands.run(
            lambda: book.object_to(inspection, reason, who), noted, lambda error: self._say(translated(error), False)
        )

    def _say(self, sentence: str, done: bool) -> None:
        """Where it was asked, or in the foot where that is gone by now."""
        if self.closer.isVisible():
            self.closer.say(sentence, done)
        else:
            self.told.emit(sentence)

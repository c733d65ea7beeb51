"""Before something is done that takes a right: whoever is there may do it, or is asked for a PIN."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from inspector.errors import InspectorError
from inspector.people.entry import Said
from inspector.people.role import Deed
from inspector.people.session import Session
from ui.engine_words import translated
from ui.widgets.pin_pad import PinPad

NOTED_HERE = frozenset({Deed.UNLOCK, Deed.CHOOSE})
"""What the audit log is told of here; all else tells it where it is done."""


class Doorkeeper(QObject):
    """Lets people do what they may. refused: why somebody may not, in a sentence.

    Args: session: gives whoever is at the station; it may raise InspectorError.
    """

    refused = pyqtSignal(str)

    def __init__(self, pad: PinPad, session: Callable[[], Session], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pad, self._session = pad, session
        self._waiting: tuple[Deed, Callable[[str], object], Mapping[str, Said]] | None = None
        pad.entered.connect(self._go_on)
        pad.gone.connect(self._forget)

    @property
    def says(self) -> str:
        """What everybody should know of who may do what, "" for nothing."""
        try:
            return translated(self._session().says)
        except InspectorError as error:
            return translated(error)

    @property
    def who(self) -> str:
        """Whoever is there, "" where nobody is."""
        try:
            return self._session().who
        except InspectorError:
            return ""

    @property
    def is_deserted(self) -> bool:
        """Whether nobody is there any more who gave a PIN, where people are registered."""
        try:
            session = self._session()
            return not session.who and not session.open
        except InspectorError:
            return True

    def touch(self) -> None:
        """Somebody uses the station: whoever is there stays there."""
        with suppress(InspectorError):
            self._session().touch()

    def dismiss(self) -> None:
        """Whoever is there is there no more: what comes next takes a PIN."""
        with suppress(InspectorError):
            self._session().leave()

    def let(self, deed: Deed, why: str, then: Callable[[str], object], **what: Said) -> None:
        """Do it by the name of who is there and may; else ask who is there, and then do it or say why not.

        Args: what: the audit log is told of a deed that is noted here.
        """
        try:
            session = self._session()
            if session.may(deed):
                self._do(session, deed, then, what)
                return
        except InspectorError as error:
            self.refused.emit(translated(error))
            return
        self._pad.serve(session)
        self._pad.ask(why)
        self._waiting = deed, then, what

    @pyqtSlot()
    def _forget(self) -> None:
        self._waiting = None

    @pyqtSlot(str)
    def _go_on(self, name: str) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return
        try:
            self._do(self._session(), *waiting)
        except InspectorError as error:
            self.refused.emit(translated(error))

    def _do(self, session: Session, deed: Deed, then: Callable[[str], object], what: Mapping[str, Said]) -> None:
        if deed in NOTED_HERE:
            with session.doing(deed, **what) as who:
                then(who)
        else:
            then(session.demand(deed))

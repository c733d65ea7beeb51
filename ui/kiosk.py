"""The station alone on its screen, from boot on: no way out without a PIN, and it comes back by itself."""

import time
from collections.abc import Callable

from PyQt5.QtCore import QEvent, QObject, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PyQt5.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from inspector.inspection.view import State, View
from inspector.people.role import Deed
from ui import theme
from ui.beside import Beside
from ui.bridge import Phase
from ui.engine_words import translated
from ui.pages.station import StationPage
from ui.pauses import Pauses
from ui.pointer import Pointer
from ui.wakefulness import stay_awake
from ui.widgets.band import Band, band_look

TICK_MS = 250
PATIENCE_MS = 3000
"""How long what runs has to end before the program leaves without it."""
FRAMELESS = Qt.Window | Qt.FramelessWindowHint | Qt.WindowStaysOnTopHint


class Kiosk(QWidget):
    """Holds the station page over the whole screen. finished: it was left with a PIN and closed, or told to end.

    Locked, it refuses to be closed, hidden, made small or left, as far as a program can; docs/kiosk.md says what the
    system has to do. Unlocked, it is a window like others until `lock`, or until nobody touches it for a while.
    A station that cannot begin, ends or fails is begun again, after pauses that grow.

    moment: how it stands as long as there is no station, for whoever asks on another thread.

    Args: awake: keeps the screen from going dark. beside: what whoever unlocked it may open, until it is
    locked.
    """

    finished = pyqtSignal()

    def __init__(
        self,
        page: StationPage,
        pauses: Pauses | None = None,
        awake: Callable[[QObject], None] = stay_awake,
        beside: Beside | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Assembly Inspector")
        self.setObjectName("page")
        self.setAttribute(Qt.WA_StyledBackground)
        self.page, self.band, self.locked = page, Band(), True
        self._pauses, self._pointer, self._awake = pauses or Pauses(), Pointer(self), awake
        self._beside = beside
        if beside is not None:
            page.offer_beside(beside.show)
        self.moment = View(State.STARTING)
        self._due_s: float | None = None
        self._ending = False
        self._arrange()
        self.band.lock.clicked.connect(self.leave)
        page.ended.connect(self.finished)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.finished)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addWidget(self.page, 1)

    def begin(self) -> None:
        """Take the screen, and hold it."""
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self._awake(self)
        self.lock()
        self._timer.start(TICK_MS)

    # Locked and unlocked

    @pyqtSlot()
    def lock(self) -> None:
        """Nobody leaves it without a PIN from now on, also not whoever unlocked it, nor by what they left open."""
        self.locked = True
        self.page.operating.keeper.dismiss()
        _close_dialogs()
        self._let_beside(False)
        self.page.guard(True)
        self._pointer.hold()
        self.setWindowFlags(FRAMELESS)
        self._fill()
        self.page.setFocus()

    def _fill(self) -> None:
        """Over the whole screen, also where no window manager makes it so."""
        screen = self.screen() or QApplication.primaryScreen()
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    @pyqtSlot()
    def leave(self) -> None:
        """Ask for the PIN of somebody who may leave; unlocked, lock it again."""
        if self.locked:
            # A PIN that was given for something else, and perhaps by somebody else, opens nothing.
            self.page.operating.keeper.dismiss()
            self.page.operating.keeper.let(Deed.UNLOCK, self.tr("Leave the kiosk: who are you?"), self._unlock)
        else:
            self.lock()

    def _unlock(self, who: str) -> None:
        self.locked = False
        self.page.guard(False)
        self._let_beside(True)
        self._pointer.release()
        self.setWindowFlags(Qt.Window)
        self.showNormal()

    def _let_beside(self, let: bool) -> None:
        """History and settings, for whoever may leave."""
        if self._beside is not None:
            self.page.beside.setVisible(let)
            if not let:
                self._beside.close()

    def _lock_when_left(self) -> None:
        """Whoever unlocked it is there no more."""
        if not self.locked and self.page.operating.keeper.is_deserted:
            self.lock()

    # What is refused while it is locked

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.locked and not self._ending:
            event.ignore()
            return
        super().closeEvent(event)
        self.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if (
            event.type() in (QEvent.WindowStateChange, QEvent.ActivationChange)
            and self.locked
            and self._timer.isActive()
        ):
            QTimer.singleShot(0, self._return)

    @pyqtSlot()
    def _return(self) -> None:
        """Be in front again, over the whole screen."""
        if not self.locked or self._ending:
            return
        if not self.isFullScreen() or self.isMinimized():
            self._fill()
        if not self.isActiveWindow():
            self.raise_()
            self.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that would leave or change the window go nowhere. What is pressed, or typed into a field, says that
        somebody is there; any other key may be a scanner's.
        """
        if event.type() in (QEvent.MouseButtonPress, QEvent.TouchBegin) or (
            event.type() == QEvent.KeyPress and not self._may_be_a_scanner()
        ):
            self.page.operating.keeper.touch()
        if self.locked and event.type() in (QEvent.KeyPress, QEvent.ShortcutOverride) and isinstance(event, QKeyEvent):
            return leaves(event)
        return False

    def _may_be_a_scanner(self) -> bool:
        """Whether what is typed now is heard as a code's."""
        focus = QApplication.focusWidget()
        return focus is None or self.page.operating.scanning.hears(focus)

    # It comes back by itself

    @pyqtSlot()
    def _tick(self) -> None:
        self._lock_when_left()
        if self.locked and self.geometry() != (self.screen() or QApplication.primaryScreen()).geometry():
            self._fill()  # a screen that was switched on, or is another one now
        now_s, bridge = time.monotonic(), self.page.bridge
        if bridge.phase is Phase.IDLE and self.locked:
            self._begin_again(now_s)
        elif bridge.is_over and self.locked:
            bridge.close()
        elif bridge.phase is not Phase.IDLE:
            self._due_s = None
            self._pauses.runs(self.page.shown.state in (State.READY, State.RUNNING), now_s)
        self._show(now_s)

    def _begin_again(self, now_s: float) -> None:
        if self._due_s is None:
            self._due_s = now_s + self._pauses.next()
        elif now_s >= self._due_s:
            self._due_s = None
            self.page.resume()

    def _show(self, now_s: float) -> None:
        state, trouble = self.page.shown.state, self.page.trouble
        if state is not State.STOPPED or not self.locked:
            self.band.set_look(band_look(state), translated(self.page.shown.message) if state is State.ERROR else "")
            return
        if trouble != self.moment.message:
            self.moment = View(State.ERROR if trouble else State.STARTING, trouble)
        again = self.tr("Next try in %1 s.").replace("%1", str(max(0, round((self._due_s or now_s) - now_s))))
        self.band.set_look(band_look(self.moment.state), f"{trouble}. {again}" if trouble else "")

    # The end

    @pyqtSlot()
    def end(self) -> None:
        """The system, or whoever unlocked it, ends the program."""
        if self._ending:
            return
        self._ending = True
        self._timer.stop()
        self._pointer.release()
        self._patience.start(PATIENCE_MS)
        self.hide()
        self.page.close_down()

    @pyqtSlot(str)
    def tell(self, sentence: str) -> None:
        """Say that something went wrong inside the program, while everything else goes on."""
        self.page.tell(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        em = theme.em_for(self.width(), self.height())
        self.setStyleSheet(theme.style_sheet(em))
        self.band.scale(em, self.height())
        super().resizeEvent(event)


def _close_dialogs() -> None:
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            window.reject()


def leaves(event: QKeyEvent) -> bool:
    """Whether a key would take the window away, or make it another."""
    key, held = event.key(), event.modifiers() & ~Qt.KeypadModifier
    if key in (Qt.Key_F11, Qt.Key_Meta, Qt.Key_Super_L, Qt.Key_Super_R, Qt.Key_Menu):
        return True
    if held & Qt.AltModifier and key in (Qt.Key_F4, Qt.Key_Tab, Qt.Key_Space, Qt.Key_Escape):
        return True
    return bool(held & Qt.ControlModifier) and key in (Qt.Key_W, Qt.Key_Q, Qt.Key_Escape, Qt.Key_N, Qt.Key_M)

"""A record page on hand-made cameras, and whoever works at it."""

from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector.capture.claim import Claim
from inspector.capture.connected import Connected
from inspector.files import write_document
from inspector.recipe import Component, Mode, Pattern, Recipe
from inspector.settings import Workspace
from tests.labeling.live_camera import Plug
from ui import theme
from ui.desk import Desk
from ui.filming import Stage
from ui.pages.record import RecordPage

SCREW = Component(
    name="screw",
    mode=Mode.CLASSIFICATION,
    patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
)
BOX = Recipe(name="box", components=(Component(name="tape"), SCREW))
WITH, WITHOUT = Claim("tape", True), Claim("tape", False)
ON, OFF = Claim("screw", True, "on"), Claim("screw", False, "off")
PATIENCE_MS = 30_000


class Shoot:
    """page: in view, with a live picture, and the recordings listed. plug: gives it its cameras. told: what the foot of
    the window was told.

    What is recorded is not extracted: that is a child process for each, and has a test of its own.
    """

    def __init__(self, qtbot: QtBot, workspace: Workspace) -> None:
        self._closed = False
        write_document(workspace.recipes / "box.yaml", BOX)
        self.qtbot, self.plug, self.desk = qtbot, Plug(), Desk(workspace)
        self.page = RecordPage(self.desk, "hand", self.plug, lambda: (Connected("usb:4F2A", "Webcam", "4F2A"),))
        self.told: list[str] = []
        self.page.told.connect(self.told.append)
        qtbot.addWidget(self.page, before_close_func=lambda _: self.close())
        self.size(1100, 780, 15)
        self.page.show()
        self.page.enter()
        self.page.intake.hold()
        self.page.intake.go_on = lambda: None  # type: ignore[method-assign]
        self.until(lambda: self.page.can_record and bool(self.page.panel.collection.missing))

    def size(self, width: int, height: int, em: int) -> None:
        """As the bench does."""
        self.page.setStyleSheet(theme.style_sheet(em))
        self.page.scale(em)
        self.page.resize(width, height)

    def until(self, there: object) -> None:
        self.qtbot.waitUntil(there, timeout=PATIENCE_MS)

    def press(self, key: Qt.Key) -> None:
        self.page.activateWindow()
        self.page.setFocus()
        self.qtbot.keyClick(self.page, key)

    def record(self, claim: Claim = WITH, frames: int = 5) -> None:
        """Choose a claim, press the key, attest it where that is asked, and wait for some frames."""
        self.until(lambda: self.page.can_record)
        self.page.choose(claim)
        self.press(Qt.Key_R)
        if self.page.attestation.isVisible():
            self.page.attestation.name.setText("maria")
            self.page.attestation.yes.click()
        self.rolls(frames)

    def rolls(self, frames: int = 5) -> None:
        """Wait until so many frames are recorded."""
        self.until(lambda: (now := self.page.glance.shooting) is not None and now.frames >= frames)

    def finish(self) -> None:
        """Until what was recorded stands in the list."""
        before = len(self.page.panel.list.cards)
        self.press(Qt.Key_Escape)
        self.until(lambda: len(self.page.panel.list.cards) > before and self.page.filming.stage is Stage.READY)
        # Or the last glance would be taken for one of what is recorded next.
        self.until(lambda: self.page.glance.shooting is None)

    @property
    def claims(self) -> list[Claim]:
        """What the recordings in the list show."""
        return [kept.claim for kept in self.page.panel.collection.kept]

    def close(self) -> None:
        """As the window closes it; once."""
        if not self._closed:
            self.page.ended.connect(self._note_end)
            self.page.close_down()
            self.until(lambda: self._closed)

    def _note_end(self) -> None:
        self._closed = True

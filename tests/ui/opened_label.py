"""The label page, opened on true files by a person with a keyboard."""

from collections.abc import Callable

from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector.labeling.annotation import Annotation, read_annotations
from inspector.settings import Workspace
from ui import theme
from ui.desk import Desk
from ui.pages.label import LabelPage

Open = Callable[[], LabelPage]


def open_page(qtbot: QtBot, place: Workspace) -> LabelPage:
    """A page on the recipe `block`, as the bench opens it; in the end it is closed down."""

    def close(page: LabelPage) -> None:
        with qtbot.waitSignal(page.ended):
            page.close_down()

    page = LabelPage(Desk(place, "block"))
    page.desk.setParent(page)
    qtbot.addWidget(page, before_close_func=close)
    page.resize(1280, 800)
    page.setStyleSheet(theme.style_sheet(15))
    page.scale(15)
    page.show()
    page.enter()
    rest(qtbot, page)
    return page


def rest(qtbot: QtBot, page: LabelPage) -> None:
    """Until nothing of the page is at work."""
    qtbot.waitUntil(lambda: page.idle)


def activate(qtbot: QtBot, page: LabelPage) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.board.editor.setFocus()


def press(qtbot: QtBot, page: LabelPage, *keys: int, modifier: Qt.KeyboardModifier = Qt.NoModifier) -> None:
    activate(qtbot, page)
    for key in keys:
        qtbot.keyClick(page.board.editor, key, modifier)
        rest(qtbot, page)


def kept(page: LabelPage) -> dict[str, Annotation]:
    """What is on disk of the recording that is looked at."""
    assert page.keeper is not None
    return read_annotations(page.keeper.folder).frames

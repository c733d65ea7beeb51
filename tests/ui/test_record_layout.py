"""The record page at the sizes of a laptop and of a 4K screen, and by keyboard alone."""

from itertools import combinations

import pytest
from PyQt5.QtCore import QPoint, QRect, Qt
from PyQt5.QtGui import QFontMetrics
from PyQt5.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.shoot import OFF, WITHOUT, Shoot
from ui import theme
from ui.pages.record import RecordPage

# Qt's offscreen platform says so of any window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def shown_widgets(page: RecordPage) -> dict[str, QRect]:
    """The places of the page's parts in its own coordinates."""
    shooting, panel = page.shooting, page.panel
    parts = {
        **{name: getattr(page, name) for name in ("bar", "what", "picture")},
        **{name: getattr(shooting, name) for name in ("words", "record", "elapsed", "views", "light", "sharpness")},
        **{name: getattr(panel, name) for name in ("title", "list", "strip", "video", "folder")},
    }
    return {name: QRect(part.mapTo(page, QPoint(0, 0)), part.size()) for name, part in parts.items()}


@pytest.mark.parametrize(("width", "height"), [(1085, 770), (1600, 1040), (3300, 2100)])
def test_nothing_overlaps_is_cut_or_jumps(shoot: Shoot, width: int, height: int) -> None:
    page = shoot.page
    em = theme.em_for(round(width * 1.18), height)
    page.setStyleSheet(theme.style_sheet(em))
    page.scale(em)
    page.resize(width, height)
    page.grab()
    layouts = [shown_widgets(page)]
    assert page.size().width() == width, "the page does not fit"
    shoot.record(WITHOUT)
    page.grab()
    layouts.append(shown_widgets(page))
    shoot.finish()
    page.choose(OFF)
    page.grab()
    layouts.append(shown_widgets(page))
    assert layouts[0] == layouts[1] == layouts[2]
    for (one, here), (other, there) in combinations(layouts[0].items(), 2):
        assert not here.intersects(there), (one, other)
    assert all(page.rect().contains(place) for place in layouts[0].values())
    assert page.picture.width() * page.picture.height() > 0.35 * width * height
    words = page.shooting.words
    assert words.heightForWidth(words.width()) <= words.height()
    for button in page.findChildren(QPushButton):
        if button.isVisible():
            taken = QFontMetrics(button.font()).horizontalAdvance(button.text()) + button.iconSize().width()
            assert not button.text() or taken <= button.width() - 0.6 * em, button.text()
            assert button.height() >= 3 * em, button.text()


def test_everything_that_can_be_pressed_has_a_name_and_can_be_reached(shoot: Shoot, qtbot: QtBot) -> None:
    page = shoot.page
    shoot.record()
    shoot.finish()
    shoot.until(lambda: page.panel.list.cards[0].isVisible())
    reached = set()
    page.activateWindow()
    page.bar.choice.setFocus()
    for _ in range(60):
        widget = page.focusWidget()
        reached.add(widget)
        qtbot.keyClick(widget, Qt.Key_Tab)
    wanted = [page.what.component, page.shooting.record, page.bar.button, page.panel.video, page.panel.folder]
    wanted += [*page.panel.list.cards] + [card.bin for card in page.panel.list.cards]
    assert set(wanted) <= reached
    assert set(page.panel.list.missing) <= reached
    for part in (page.picture, page.what.component, page.bar.choice, page.panel.list, *page.panel.list.cards):
        assert part.accessibleName()
    for button in page.findChildren(QPushButton):
        assert button.text().strip() or button.accessibleName() or not button.isVisible()

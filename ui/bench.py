"""The technician's bench: a rail of pages, the page that is open, and a foot with what was said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QSize, Qt, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QKeySequence, QResizeEvent
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QPushButton, QShortcut, QStackedWidget, QVBoxLayout, QWidget

from ui import preferences, theme
from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.station import StationPage
from ui.widgets.choice import Choice
from ui.widgets.line import Line
from ui.widgets.shapes import Sign, icon


@dataclass(frozen=True)
class Tab:
    """A page by its title and sign; it is made when it is first opened."""

    title: str
    sign: Sign
    make: Callable[[], Page | StationPage]


class Bench(QWidget):
    """Holds the pages, of which one is open. ended: after `close_down`, when nothing of any page runs any more.
    restyled: a person chose another look or language, for which all is made anew.
    """

    ended = pyqtSignal()
    restyled = pyqtSignal()

    def __init__(self, desk: Desk, tabs: Sequence[Tab], first: int = 0) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WA_StyledBackground)
        self.desk, self.tabs, self._first = desk, tuple(tabs), first
        self._pages: dict[int, Page | StationPage] = {}
        self._ending: set[int] | None = None
        self._build()
        desk.chosen.connect(self._show_recipes)
        self._show_recipes()

    def sizeHint(self) -> QSize:
        return QSize(1280, 800)

    # What it is made of

    def _build(self) -> None:
        self.recipe, self.language = Choice(), Choice()
        self.recipe.setAccessibleName(self.tr("Recipe"))
        self.recipe.activated[str].connect(self.desk.choose)
        self.language.setAccessibleName(self.tr("Language"))
        self.language.addItems(list(preferences.LANGUAGES.values()))
        self.language.setCurrentIndex(list(preferences.LANGUAGES).index(preferences.language()))
        self.language.activated[int].connect(self._choose_language)
        self.look = QPushButton(self.tr("Light") if preferences.look() == "dark" else self.tr("Dark"))
        self.look.setObjectName("quiet")
        self.look.setToolTip(self.tr("Change between the dark and the light look"))
        self.look.clicked.connect(self._change_look)
        self.buttons = [self._button(index, tab) for index, tab in enumerate(self.tabs)]
        self.stack, self.foot = QStackedWidget(), Line(Qt.AlignLeft)
        self._arrange()

    def _button(self, index: int, tab: Tab) -> QPushButton:
        button = QPushButton(tab.title)
        button.setObjectName("tab")
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setToolTip(f"Ctrl+{index + 1}")
        button.clicked.connect(lambda _, index=index: self.open(index))
        QShortcut(QKeySequence(f"Ctrl+{index + 1}"), self).activated.connect(lambda index=index: self.open(index))
        return button

    def _arrange(self) -> None:
        self.rail = QWidget()
        self.rail.setObjectName("rail")
        self.rail.setAttribute(Qt.WA_StyledBackground)
        self._column = QVBoxLayout(self.rail)
        caption = QLabel(self.tr("Recipe"))
        caption.setObjectName("caption")
        self._column.addWidget(caption)
        self._column.addWidget(self.recipe)
        self._column.addSpacing(1)
        for button in self.buttons:
            self._column.addWidget(button)
        self._column.addStretch(1)
        self._column.addWidget(self.look)
        self._column.addWidget(self.language)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.stack, 1)
        right.addWidget(self.foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)

    # What a person does

    def enter(self) -> None:
        """The window is there: open the page that a person needs first."""
        self.open(self._first)

    def open(self, index: int) -> None:
        """Bring a page into view."""
        before = self.page
        made = index not in self._pages
        page = self._page(index)
        self.buttons[index].setChecked(True)
        if before is page and not made:
            return
        if before is not None:
            before.leave()
            self.tell("")  # what was said there is not about what comes
        self.stack.setCurrentWidget(page)
        # The station has a foot of its own.
        self.foot.setVisible(not isinstance(page, StationPage))
        page.enter()
        page.setFocus()

    @property
    def page(self) -> Page | StationPage | None:
        """The one in view."""
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, (Page, StationPage)) else None

    def _page(self, index: int) -> Page | StationPage:
        if index not in self._pages:
            page = self.tabs[index].make()
            page.told.connect(self.tell)
            page.ended.connect(lambda: self._note_end(index))
            self._pages[index] = page
            self.stack.addWidget(page)
            page.scale(theme.em_of(self))
        return self._pages[index]

    @pyqtSlot()
    def _change_look(self) -> None:
        preferences.keep("look", "light" if preferences.look() == "dark" else "dark")
        self.restyled.emit()

    @pyqtSlot(int)
    def _choose_language(self, index: int) -> None:
        preferences.keep("language", list(preferences.LANGUAGES)[index])
        self.restyled.emit()

    # What happens

    @pyqtSlot(str)
    def tell(self, sentence: str) -> None:
        """Show it in the foot."""
        self.foot.set_text(sentence)

    @pyqtSlot()
    def _show_recipes(self) -> None:
        self.recipe.clear()
        self.recipe.addItems(list(self.desk.names))
        self.recipe.setCurrentIndex(self.recipe.findText(self.desk.name))
        self.recipe.setEnabled(len(self.desk.names) > 1)
        self.recipe.setPlaceholderText(self.tr("none yet"))

    @property
    def busy(self) -> str:
        """What runs in any page and would be lost by closing, in words."""
        return " ".join(filter(None, (page.busy for page in self._pages.values())))

    def close_down(self) -> None:
        """End all that runs in any page; `ended` follows."""
        self._ending = set(self._pages)
        if not self._ending:
            self.ended.emit()
        for page in list(self._pages.values()):
            page.close_down()

    def _note_end(self, index: int) -> None:
        if self._ending is None or index not in self._ending:
            return
        self._ending.remove(index)
        if not self._ending:
            self.ended.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        em = theme.em_for(self.width(), self.height())
        if em != theme.em_of(self) or not self.styleSheet():
            self._scale(em)
        super().resizeEvent(event)

    def _scale(self, em: int) -> None:
        self.setStyleSheet(theme.style_sheet(em))
        gap, edge = round(em * theme.GAP_M), round(em * theme.GAP_L)
        self.rail.setFixedWidth(round(em * 13))
        self._column.setContentsMargins(gap, edge, gap, gap)
        self._column.setSpacing(round(em * theme.GAP_S))
        self.foot.setContentsMargins(edge, 0, edge, gap)
        for tab, button in zip(self.tabs, self.buttons, strict=True):
            button.setIcon(icon(tab.sign, round(em * 1.2), theme.TEXT, self.devicePixelRatioF()))
            button.setIconSize(QSize(round(em * 1.2), round(em * 1.2)))
        for page in self._pages.values():
            page.scale(em)

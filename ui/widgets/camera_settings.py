"""What a person asks of the camera, and what the camera says that it took."""

from collections.abc import Mapping, Sequence
from typing import Any

from PyQt5.QtCore import QLocale, Qt, pyqtSignal
from PyQt5.QtGui import QDoubleValidator
from PyQt5.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from inspector.capture.offer import Offer
from ui import theme
from ui.translation import translate
from ui.widgets.choice import Choice


def setting_in_words(key: str) -> str:
    """A setting's name and unit, as a person knows it."""
    return {
        "width": translate("CameraSettings", "Width in pixels"),
        "height": translate("CameraSettings", "Height in pixels"),
        "fps": translate("CameraSettings", "Frames per second"),
        "exposure": translate("CameraSettings", "Exposure"),
        "gain": translate("CameraSettings", "Gain"),
        "focus": translate("CameraSettings", "Focus"),
        "white_balance": translate("CameraSettings", "White balance"),
        "red": translate("CameraSettings", "Red"),
        "blue": translate("CameraSettings", "Blue"),
    }.get(key, key)


class CameraSettings(QFrame):
    """A panel over the picture. wanted: by setting a number, None for what is left to the camera."""

    wanted = pyqtSignal(dict)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("notice")
        self.asked: dict[str, QLineEdit] = {}
        self.took: dict[str, QLabel] = {}
        self._nothing = QLabel(self.tr("This source has no settings."))
        self._nothing.setWordWrap(True)
        self.offers = Choice()
        self.offers.setAccessibleName(self.tr("Formats of the camera"))
        self.offers.setToolTip(
            self.tr("Format, pixels and frames a second. Choosing one fills in its size and its rate.")
        )
        self.offers.setSizePolicy(QSizePolicy.Ignored, QSizePolicy.Fixed)
        self.offers.activated[int].connect(self._fill_in)
        self._offered: tuple[Offer, ...] | None = None
        self._grid, buttons, self._column = QGridLayout(), QHBoxLayout(), QVBoxLayout(self)
        self.set, self.close_button = QPushButton(self.tr("Set")), QPushButton(self.tr("Close"))
        self.set.clicked.connect(self._ask)
        self.close_button.clicked.connect(self.hide)
        buttons.addWidget(self.offers, 1)
        buttons.addStretch(0)
        for button in (self.set, self.close_button):
            buttons.addWidget(button)
        self._column.addWidget(self._nothing)
        self._column.addLayout(self._grid)
        self._column.addLayout(buttons)
        self.hide()

    def offer(self, settings: Mapping[str, float | None]) -> None:
        """What can be set, and what is asked for."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.asked, self.took = {}, {}
        if settings:
            for column, words in enumerate((self.tr("Asked for"), self.tr("As the camera says")), 1):
                head = QLabel(words)
                head.setObjectName("caption")
                self._grid.addWidget(head, 0, column)
        for row, (key, value) in enumerate(settings.items(), 1):
            self._add(row, key, value)
        self._nothing.setVisible(not settings)
        self.set.setVisible(bool(settings))
        self._offered = None
        self._list(None)
        self.scale(theme.em_of(self))

    def _add(self, row: int, key: str, value: float | None) -> None:
        name, field, took = QLabel(setting_in_words(key)), QLineEdit("" if value is None else f"{value:g}"), QLabel()
        field.setPlaceholderText(self.tr("as it is"))
        field.setAccessibleName(name.text())
        validator = QDoubleValidator(field)
        validator.setLocale(QLocale.c())
        field.setValidator(validator)
        field.returnPressed.connect(self._ask)
        took.setObjectName("caption")
        self.asked[key], self.took[key] = field, took
        for column, widget in enumerate((name, field, took)):
            self._grid.addWidget(widget, row, column)

    def show_taken(self, settings: Mapping[str, Any]) -> None:
        """As read back."""
        refused = settings.get("refused", ())
        for key, label in self.took.items():
            value = settings.get(key)
            told = "" if value is None else f"{value:g}"
            if key in refused:
                told = self.tr("not taken: %1").replace("%1", told)
            if label.text() != told:
                label.setText(told)

    def show_offers(self, offers: Sequence[Offer] | None) -> None:
        """What the camera can send; that it does not tell is said, too. None: no camera is open."""
        shown = None if offers is None else tuple(offers)
        if shown != self._offered:
            self._offered = shown
            self._list(shown)

    def _list(self, offers: tuple[Offer, ...] | None) -> None:
        self.offers.clear()
        self.offers.addItems([_in_words(offer) for offer in offers or ()] or [self.tr("Formats: not told")])
        self.offers.setEnabled(bool(offers))
        self.offers.setCurrentIndex(-1 if offers else 0)
        self.offers.setPlaceholderText(self.tr("Formats: %1").replace("%1", str(len(offers or ()))))
        self.offers.setVisible(bool(self.asked) and offers is not None)
        if (view := self.offers.view()) is not None:  # the list is wider than its button
            view.setMinimumWidth(view.sizeHintForColumn(0) + theme.em_of(self) * 2)
        self._place()

    def _fill_in(self, number: int) -> None:
        offer = (self._offered or ())[number]
        values = {"width": offer.size[0], "height": offer.size[1], "fps": next(iter(offer.rates), 0)}
        for key, value in values.items():
            if key in self.asked and value:
                self.asked[key].setText(f"{value:g}")
        self.offers.setCurrentIndex(-1)

    def _ask(self) -> None:
        texts = {key: field.text().strip() for key, field in self.asked.items()}
        self.wanted.emit({key: float(text) if _is_number(text) else None for key, text in texts.items()})

    def open(self) -> None:
        """Show it, ready for the keyboard."""
        self.show()
        self.raise_()
        self._place()
        first = next(iter(self.asked.values()), self.close_button)
        first.setFocus()

    def _place(self) -> None:
        """In the upper right corner of what it lies over."""
        over = self.parentWidget()
        assert over is not None
        self.adjustSize()
        edge = round(theme.em_of(over) * theme.GAP_S)
        self.move(over.width() - self.width() - edge, edge)

    def scale(self, em: int) -> None:
        edge = round(em * theme.GAP_M)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(round(em * theme.GAP_S))
        self._grid.setHorizontalSpacing(round(em * theme.GAP_M))
        self._grid.setVerticalSpacing(round(em * 0.2))
        for key, field in self.asked.items():
            field.setFixedWidth(round(em * 7))
            self.took[key].setFixedWidth(round(em * 11))
            self.took[key].setAlignment(Qt.AlignLeft | Qt.AlignVCenter)
        if self.isVisible():
            self._place()


def _in_words(offer: Offer) -> str:
    return "   ".join(filter(None, (offer.form, offer.sizes, offer.pace)))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True

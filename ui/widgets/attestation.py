"""Asks whoever records a negative to vouch for it, by name."""

from collections.abc import Callable

from PyQt5.QtWidgets import QLineEdit, QWidget

from ui.widgets.question import Question


class Attestation(Question):
    """A Question with a name; there is no yes without one."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Your name"))
        self.name.setPlaceholderText(self.tr("Your name"))
        self.name.textChanged.connect(lambda text: self.yes.setEnabled(bool(text.strip())))
        self.name.returnPressed.connect(self.yes.click)
        self._layout.insertWidget(1, self.name)
        self.yes.setObjectName("primary")
        self.no.setObjectName("")

    def ask_for(self, component: str, name: str, then: Callable[[str], object]) -> None:
        """name: who it probably is. then: is called with the name of who vouches."""
        self.name.setText(name)
        self.yes.setEnabled(bool(name.strip()))
        self.ask(
            self.tr("I have seen to it that no %1 is in any frame.").replace("%1", component),
            self.tr("Yes, so it is"),
            self.tr("Not yet"),
            lambda: then(self.name.text().strip()),
        )
        self.name.setFocus()
        self.name.selectAll()

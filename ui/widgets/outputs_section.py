"""The ways to the plant, and a trial of each signal."""

from collections.abc import Sequence
from typing import Any

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from inspector.sheet import Sheet
from inspector.sketch import Fault
from ui import theme
from ui.engine_words import translated
from ui.widgets.settings_form import SettingsForm
from ui.widgets.settings_section import SettingsSection

MOST_LINES = 6
"""Of what was shown before: the newest matter."""


class Trial(QFrame):
    """Each signal in turn, and what to look for at the plant. wanted: a person wants it, or wants it to end."""

    wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.title, self.now, self.said = QLabel(self.tr("Try each signal out")), QLabel(), QLabel()
        self.title.setObjectName("strong")
        self.now.setObjectName("strong")
        self.said.setObjectName("caption")
        for label in (self.now, self.said):
            label.setWordWrap(True)
            label.setTextFormat(Qt.PlainText)
            label.setAlignment(Qt.AlignTop)
        self.button = QPushButton()
        self._lines: list[str] = []
        self._is_fresh = True
        self._layout, self._head = QVBoxLayout(self), QHBoxLayout()
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.button)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self.now)
        self._layout.addWidget(self.said)
        self.button.clicked.connect(self.wanted)
        self.show_running(False, "")

    def show_running(self, running: bool, why_not: str) -> None:
        """why_not: why it cannot begin, "" where it can."""
        self.button.setText(self.tr("End") if running else self.tr("Begin"))
        self.button.setEnabled(running or not why_not)
        stop = self.tr(
            "Each signal is shown for three seconds. A PLC may act on it: stop the line and the station first."
        )
        hint = why_not or stop
        if not running and self._is_fresh:
            self.now.setText(hint)
        self.now.setObjectName("strong" if running else "caption")
        self.now.style().unpolish(self.now)
        self.now.style().polish(self.now)

    def begin(self) -> None:
        """Nothing was shown yet."""
        self._lines, self._is_fresh = [], True
        self.said.clear()
        self.now.setText(self.tr("Waiting until the outputs listen …"))
        self.said.setMinimumHeight(self.said.fontMetrics().lineSpacing() * MOST_LINES)  # the page does not move with it

    def hear(self, line: dict[str, Any]) -> None:
        """A line of what the command says."""
        if "says" in line:
            if not self._is_fresh:
                self._note(self.now.text())
            self._is_fresh = False
            self.now.setText(translated(line["says"]))
        elif "asks" in line:
            self._note(self.tr("The plant asks over %1: %2").replace("%1", line["output"]).replace("%2", line["asks"]))
        elif line.get("fault"):
            self._note(f"{line['output']}: {translated(line['fault'])}")
        elif "fault" in line:
            self._note(self.tr("%1: no fault").replace("%1", line["output"]))

    def end(self, sentence: str) -> None:
        self._is_fresh = False
        self.now.setText(sentence or self.tr("All signals were shown."))

    def _note(self, sentence: str) -> None:
        """The newest first: it is the one that matters."""
        self._lines = [sentence, *self._lines][:MOST_LINES]
        self.said.setText("\n".join(self._lines))

    def scale(self, em: int) -> None:
        edge, gap = round(em * theme.GAP_L), round(em * theme.GAP_M)
        self._layout.setContentsMargins(edge, gap, edge, gap)
        self._layout.setSpacing(round(em * theme.GAP_S))
        self.button.setFixedWidth(round(em * 9))


class OutputsSection(SettingsSection):
    """switched: a way to the plant, and whether it is on. What is off does nothing, and listens nowhere.

    is_on: whether there is a way to try out.
    """

    switched = pyqtSignal(str, bool)

    def __init__(self) -> None:
        super().__init__("")
        self.title = self.tr("Outputs")
        self.trial, self.is_on = Trial(), False
        self.ways = {"modbus": self._modbus(), "opcua": self._opcua(), "mqtt": self._mqtt(), "webhook": self._webhook()}
        self.add(self.trial)
        for name, form in self.ways.items():
            form.switched.connect(lambda on, name=name: self.switched.emit(name, on))
            self.add(form)

    def _server(self, form: SettingsForm) -> None:
        form.text(
            "address",
            self.tr("Address to listen on"),
            self.tr("127.0.0.1: this machine alone; 0.0.0.0: every network that it is in"),
            empty="",
        )
        form.number("port", self.tr("Port"))
        form.flag("handshake", self.tr("Handshake"), self.tr("Answers triggers alone"))

    def _pair(self, form: SettingsForm) -> None:
        form.text("certificate", self.tr("Certificate (file)"), self.tr("With its key: encrypted"))
        form.text("key", self.tr("Key (file)"))

    def _modbus(self) -> SettingsForm:
        form = SettingsForm(self.tr("Modbus TCP"), ("outputs", "modbus"), columns=3, can_switch=True)
        self._server(form)
        self._pair(form)
        form.text("authority", self.tr("Who signed the clients (file)"))
        return form

    def _opcua(self) -> SettingsForm:
        form = SettingsForm(self.tr("OPC UA"), ("outputs", "opcua"), columns=3, can_switch=True)
        self._server(form)
        self._pair(form)
        form.text(
            "trusted", self.tr("Trusted clients (folder)"), self.tr("Who may connect by a password: in settings.yaml")
        )
        return form

    def _mqtt(self) -> SettingsForm:
        form = SettingsForm(self.tr("MQTT"), ("outputs", "mqtt"), columns=3, can_switch=True)
        form.text("host", self.tr("Broker"), empty="")
        form.number("port", self.tr("Port"), self.tr("Empty: 1883, and 8883 with TLS"))
        form.text("station", self.tr("Name of this station"), self.tr("As no other is called there"), empty="")
        form.text("root", self.tr("Topics begin with"), empty="")
        form.text("group", self.tr("Group"), empty="")
        form.flag("tls", self.tr("TLS"), self.tr("Encrypted"))
        form.text("user", self.tr("User"))
        form.text("password", self.tr("Password"), secret=True)
        form.text("authority", self.tr("Who signed the broker (file)"))
        self._pair(form)
        return form

    def _webhook(self) -> SettingsForm:
        form = SettingsForm(self.tr("Webhook"), ("outputs", "webhook"), columns=2, can_switch=True)
        form.text("url", self.tr("Address"), self.tr("https://…, to which each inspection is posted"), empty="")
        form.text("secret", self.tr("Secret"), self.tr("Sent in the header below"), secret=True)
        form.text("header", self.tr("Header"), empty="")
        form.text("authority", self.tr("Who signed the server (file)"))
        return form

    def show_sheet(self, sheet: Sheet, faults: Sequence[Fault], locked: bool) -> None:
        super().show_sheet(sheet, faults, locked)
        self.is_on = any(sheet.at(("outputs", name)) is not None for name in self.ways)

    def scale(self, em: int) -> None:
        super().scale(em)
        self.trial.scale(em)

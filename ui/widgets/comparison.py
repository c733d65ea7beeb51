"""The bundles of a recipe, one beside the other: a column for each, the newest at the left."""

from datetime import datetime
from typing import TYPE_CHECKING

from PyQt5.QtCore import QRectF, Qt, pyqtSignal
from PyQt5.QtGui import QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QWidget

from inspector.inspection.verdict import Verdict
from ui import theme
from ui.durations import brief
from ui.widgets.shapes import Sign
from ui.widgets.table import Cell, cell_widget

if TYPE_CHECKING:
    from inspector.bundle import Ledger, Manifest
    from inspector.validation.account import Account
    from inspector.validation.lineup import Candidate, Lineup

WIDTH = 17.5
"""Of a column, in em."""


class Columns(QWidget):
    """The grid, on a ground for each column; the one in use has a stronger edge."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout(self)
        self.in_use: int | None = None
        self.last_row = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, em = QPainter(self), theme.em_of(self)
        painter.setRenderHint(QPainter.Antialiasing)
        pad = em * 0.8
        for column in range(1, self.grid.columnCount() - 1):
            last = self.grid.itemAtPosition(self.last_row, column).geometry()
            box = QRectF(last.left() - pad, 1, last.width() + 2 * pad, last.bottom() + pad)
            used = column == self.in_use
            painter.setPen(QPen(theme.TONES[Verdict.OK].line if used else theme.RAISED, em * (0.14 if used else 0.07)))
            painter.setBrush(theme.SURFACE)
            painter.drawRoundedRect(box, em * 0.5, em * 0.5)
        painter.end()


class Comparison(QScrollArea):
    """promoted, validated: what a person wants to do with a bundle, by its id; stepped_back: give the station the one
    before.
    """

    promoted = pyqtSignal(str)
    validated = pyqtSignal(str)
    stepped_back = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.NoFocus)
        self.setAccessibleName(self.tr("The bundles of this recipe"))
        self.columns, self._em = Columns(), theme.em_of(self)
        self._place()

    def _place(self) -> None:
        self.setWidget(self.columns)
        self.viewport().setAutoFillBackground(False)
        self.columns.setAutoFillBackground(False)

    def show_lineup(self, lineup: "Lineup") -> None:
        """Its bundles, a column each."""
        self.columns = Columns()
        for row, caption in enumerate(self._captions()):
            label = QLabel(caption)
            label.setObjectName("caption")
            self.columns.grid.addWidget(label, row, 0, Qt.AlignTop)
        for column, one in enumerate(lineup.bundles, 1):
            self._fill(column, one, may_go_back=any(other.before for other in lineup.bundles))
        self.columns.grid.setColumnStretch(len(lineup.bundles) + 1, 1)
        self.columns.grid.setRowStretch(len(self._captions()) + 2, 1)
        self._place()
        self.scale(self._em)

    def _captions(self) -> list[str]:
        return [
            self.tr("Made"),
            self.tr("At the station"),
            self.tr("How"),
            self.tr("Taught by"),
            self.tr("Negatives"),
            self.tr("Counts from"),
            self.tr("Never seen before"),
        ]

    def _fill(self, column: int, one: "Candidate", may_go_back: bool) -> None:
        cells = (
            Cell(_when(one.manifest.created_at), one.manifest.id.rsplit("-", 1)[-1], strong=True),
            self._use(one),
            self._how(one.manifest),
            self._taught(one.manifest.ledger),
            self._negatives(one.manifest.ledger),
            Cell("\n".join(f"{name} {score:.2f}" for name, score in one.manifest.thresholds.items())),
            self._held_out(one.account),
        )
        for row, cell in enumerate(cells):
            self.columns.grid.addWidget(cell_widget(cell), row, column, Qt.AlignTop)
        if one.in_use:
            self.columns.in_use = column
        for row, button in enumerate(self._buttons(one, may_go_back), len(cells)):
            self.columns.grid.addWidget(button, row, column)
            self.columns.last_row = row

    def _buttons(self, one: "Candidate", may_go_back: bool) -> list[QPushButton]:
        name = one.manifest.id
        validate = QPushButton(self.tr("Validate again") if one.account else self.tr("Validate"))
        validate.clicked.connect(lambda _: self.validated.emit(name))
        use = QPushButton(self.tr("Go back to the one before") if one.in_use else self.tr("Use at the station"))
        if one.in_use:
            use.setEnabled(may_go_back)
            use.clicked.connect(lambda _: self.stepped_back.emit(name))
        else:
            use.clicked.connect(lambda _: self.promoted.emit(name))
        return [validate, use]

    def _use(self, one: "Candidate") -> Cell:
        if one.in_use:
            return Cell(self.tr("in use"), sign=Sign.STAR, color=theme.TONES[Verdict.OK].line, strong=True)
        return Cell(self.tr("the one before") if one.before else self.tr("not in use"))

    def _how(self, manifest: "Manifest") -> Cell:
        training = manifest.training
        preset = {"quick": self.tr("quick"), "standard": self.tr("standard"), "thorough": self.tr("thorough")}
        words = [preset.get(str(training.get("preset")), ""), str(training.get("family", ""))]
        note = f"{training.get('backbone', '')}, {training.get('steps', '?')} {self.tr('steps')}"
        seconds = training.get("seconds")
        note += f", {brief(float(seconds))}" if isinstance(seconds, (int, float)) else ""
        stopped = f" ({self.tr('ended early')})" if training.get("stopped") else ""
        return Cell(", ".join(word for word in words if word), note + stopped)

    def _taught(self, ledger: "Ledger") -> Cell:
        boxes = self.tr("%1 with boxes").replace("%1", str(ledger.images_with_boxes))
        return Cell(boxes, self.tr("%1 verified empty").replace("%1", str(ledger.empty_images)))

    def _negatives(self, ledger: "Ledger") -> Cell:
        """How many truly taught, and what was still found where nothing is."""
        taught = self.tr("%1 empty places taught").replace("%1", _short(ledger.negatives_in_loss))
        if ledger.first is None:
            return Cell(taught, self.tr("nobody looked for what fools it"))
        last = ledger.rounds[-1].fresh if ledger.rounds else ledger.first
        found = self.tr("seen on %1 empty frames: %2").replace("%1", str(last.frames)).replace("%2", str(last.found))
        rounds = self.tr("rounds with what fooled it: %1").replace("%1", str(len(ledger.rounds)))
        return Cell(taught, f"{rounds}\n{found}")

    def _held_out(self, account: "Account | None") -> Cell:
        if account is None:
            return Cell(self.tr("not validated yet"), color=theme.MUTED)
        escapes = sum(row.escapes.k for row in account.rows), sum(row.escapes.n for row in account.rows)
        overkill = sum(row.overkill.k for row in account.rows), sum(row.overkill.n for row in account.rows)
        passed = self.tr("%1 of %2 bad passed").replace("%1", str(escapes[0])).replace("%2", str(escapes[1]))
        refused = self.tr("%1 of %2 good rejected").replace("%1", str(overkill[0])).replace("%2", str(overkill[1]))
        return Cell(f"{passed}\n{refused}")

    def scale(self, em: int) -> None:
        self._em = em
        grid = self.columns.grid
        grid.setContentsMargins(0, round(em * theme.GAP_M), em, round(em * theme.GAP_M))
        grid.setHorizontalSpacing(round(em * 2.4))
        grid.setVerticalSpacing(round(em * 0.9))
        for column in range(1, grid.columnCount() - 1):
            grid.setColumnMinimumWidth(column, round(em * WIDTH))


def _when(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _short(number: int) -> str:
    """A count as a person reads it: "318 000" where single ones tell nothing."""
    return f"{number:,}".replace(",", "\u2009") if number < 10_000 else f"{round(number, -3):,}".replace(",", "\u2009")

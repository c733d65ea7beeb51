"""What a validation counted, in the words of whoever stands at the line, each with how sure it is."""

from typing import TYPE_CHECKING

from PyQt5.QtWidgets import QLabel, QVBoxLayout, QWidget

from inspector.inspection.verdict import Verdict
from ui import theme
from ui.widgets.shapes import Sign
from ui.widgets.table import Cell, Table

if TYPE_CHECKING:
    from inspector.validation.account import Account, Row, Share


class Figures(QWidget):
    """A row for each component, and what the figures rest on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table, self.rests = Table((0, 12, 12, 12, 7)), QLabel()
        self.rests.setObjectName("caption")
        self.rests.setWordWrap(True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.table, self.rests):
            self._layout.addWidget(part)

    def show_account(self, account: "Account") -> None:
        heads = [
            self.tr("Component"),
            self.tr("Bad, but passed"),
            self.tr("Good, but rejected"),
            self.tr("Seen where nothing is"),
            self.tr("Counts from"),
        ]
        self.table.set_rows(heads, [self._row(row) for row in account.rows])
        self.rests.setText(" ".join(self._sentences(account)))

    def _row(self, row: "Row") -> list[Cell]:
        return [
            Cell(row.component, strong=True),
            self._share(row.escapes, Verdict.NOT_OK),
            self._share(row.overkill, Verdict.NOT_DECIDABLE),
            self._seen(row),
            Cell(f"{row.working:.2f}"),
        ]

    def _share(self, share: "Share", bad: Verdict) -> Cell:
        """K of n, and between which bounds the share truly lies; a sign says which way it went."""
        if not share.n:
            return Cell(self.tr("none to count"), self.tr("nothing is known"), Sign.RING, theme.MUTED)
        text = self.tr("%1 of %2").replace("%1", str(share.k)).replace("%2", str(share.n))
        bounds = self.tr("surely below %2 %") if not share.k else self.tr("%1 to %2 %")
        note = bounds.replace("%1", f"{100 * share.low:.1f}").replace("%2", f"{100 * share.high:.1f}")
        if share.k:
            return Cell(text, note, Sign.CROSS, theme.TONES[bad].line, strong=True)
        return Cell(text, note, Sign.CHECK, theme.TONES[Verdict.OK].line, strong=True)

    def _seen(self, row: "Row") -> Cell:
        if not row.negatives:
            return Cell(self.tr("no empty frame"), self.tr("nothing is known"), Sign.RING, theme.MUTED)
        text = self.tr("%1 on %2 frames").replace("%1", str(row.false_detections)).replace("%2", str(row.negatives))
        note = self.tr("loudest %1").replace("%1", f"{row.highest_on_negative or 0:.2f}")
        bad = row.false_detections > 0
        tone = theme.TONES[Verdict.NOT_OK if bad else Verdict.OK]
        return Cell(text, note, Sign.CROSS if bad else Sign.CHECK, tone.line, strong=True)

    def _sentences(self, account: "Account") -> list[str]:
        told = [self.tr("On %1 frames that it never learned from; bounds at 95 %.").replace("%1", str(account.frames))]
        if account.tuned:
            text = self.tr(
                "On %1 of them it was chosen from which score things count, so the figures flatter: record one more "
                "video of each component, and validate again."
            )
            told.append(text.replace("%1", str(account.tuned)))
        sources = ", ".join(map(self._source, account.sources))
        return [*told, self.tr("What is true was said: %1.").replace("%1", sources)] if sources else told

    def _source(self, told: str) -> str:
        """Who says what is true, and of how many frames, as an account keeps it."""
        count, by, who = told.partition(" by ")
        if not by:
            return told
        words = {
            "attestation": self.tr("%1 by attestation"),
            "suggestion": self.tr("%1 by accepted suggestions"),
            "tracking": self.tr("%1 by boxes that were followed"),
            "detector": self.tr("%1 by a detector's suggestions"),
        }
        return words.get(who, self.tr("%1 by %2")).replace("%1", count).replace("%2", who)

    def scale(self, em: int) -> None:
        self._layout.setSpacing(round(em * theme.GAP_S))
        self.table.scale(em)

"""What a recording is said to show, as a person sees it: a word, a tone and a shape that say the same."""

from dataclasses import dataclass

from PyQt5.QtCore import QRectF, Qt
from PyQt5.QtGui import QBrush, QColor, QPainter, QPixmap, QTransform

from inspector.capture.claim import Claim
from inspector.inspection.verdict import Verdict
from ui import theme
from ui.translation import translate
from ui.widgets.shapes import Sign, draw_sign, silhouette, square


@dataclass(frozen=True)
class ClaimLook:
    """word: short, for a button; title, text: for the banner over the picture; striped: its frame is, where the
    component is not there.
    """

    word: str
    title: str
    text: str
    sign: Sign
    outline: Verdict
    striped: bool

    @property
    def tone(self) -> theme.Tone:
        return theme.TONES[self.outline]

    @property
    def sentence(self) -> str:
        return f"{self.title}, {self.text}"


def claim_look(claim: Claim) -> ClaimLook:
    """With the component: a disc and a whole frame. Without it: an octagon and a striped one."""
    name = claim.component
    if claim.lookalike:
        text = translate("ClaimLook", "only what looks like the %1").replace("%1", name)
        return ClaimLook(
            translate("ClaimLook", "Lookalike"),
            translate("ClaimLook", "LOOKALIKE"),
            text,
            Sign.ALIKE,
            Verdict.NOT_DECIDABLE,
            True,
        )
    if claim.pattern is not None:
        title = f"{name}: {claim.pattern}"
        if claim.positive:
            return ClaimLook(
                claim.pattern, title, translate("ClaimLook", "as it should be"), Sign.CHECK, Verdict.OK, False
            )
        return ClaimLook(
            claim.pattern, title, translate("ClaimLook", "as it must not be"), Sign.CROSS, Verdict.NOT_OK, False
        )
    if claim.positive:
        text = translate("ClaimLook", "with the %1").replace("%1", name)
        return ClaimLook(
            translate("ClaimLook", "Positive"), translate("ClaimLook", "POSITIVE"), text, Sign.PLUS, Verdict.OK, False
        )
    text = translate("ClaimLook", "without the %1").replace("%1", name)
    return ClaimLook(
        translate("ClaimLook", "Negative"), translate("ClaimLook", "NEGATIVE"), text, Sign.MINUS, Verdict.NOT_OK, True
    )


def in_words(claim: Claim) -> str:
    """`tape, negative` or `screw: on`, for lists and sentences."""
    look = claim_look(claim)
    return look.title if claim.pattern and not claim.lookalike else f"{claim.component}, {look.word.lower()}"


def draw_claim(painter: QPainter, look: ClaimLook, box: QRectF, fill: QColor, ink: QColor) -> None:
    """Its badge in the middle of a box."""
    place = square(box)
    painter.save()
    painter.setRenderHint(QPainter.Antialiasing)
    painter.fillPath(silhouette(look.outline, place), fill)
    draw_sign(painter, look.sign, square(box, 0.56), ink)
    painter.restore()


def frame_brush(look: ClaimLook, em: float) -> QBrush:
    """What the frame around the picture is filled with while it is recorded."""
    if not look.striped:
        return QBrush(look.tone.fill)
    side = max(8, round(em * 1.6))
    tile = QPixmap(side, side)
    tile.fill(look.tone.fill)
    painter = QPainter(tile)
    painter.fillRect(0, 0, side // 2, side, theme.PICTURE)
    painter.end()
    brush = QBrush(tile)
    brush.setTransform(QTransform().rotate(45))
    return brush


def claim_pixmap(claim: Claim, size: int, ratio: float) -> QPixmap:
    """Its badge, size in logical pixels."""
    look = claim_look(claim)
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.transparent)
    painter = QPainter(pixmap)
    draw_claim(painter, look, QRectF(0, 0, size, size), look.tone.fill, look.tone.ink)
    painter.end()
    return pixmap

"""How the app looks: colours, sizes and type, each named once.

Greys carry the page and colour carries meaning only (ISA-101). The meanings differ in hue, in lightness and, wherever
they are drawn, in shape, so they can be told apart by colour-blind people and on a bad screen.
"""

from dataclasses import dataclass

from PyQt5.QtGui import QColor, QFont, QFontDatabase, QFontInfo
from PyQt5.QtWidgets import QWidget

from inspector.inspection.verdict import Verdict

BACKGROUND = QColor("#1c1f22")
SURFACE = QColor("#26292d")
RAISED = QColor("#33383d")
BORDER = QColor("#464c52")
PICTURE = QColor("#101214")
TEXT = QColor("#eceeef")
MUTED = QColor("#a3abb2")
FAINT = QColor("#6b737a")
FOCUS = QColor("#8ab8e8")


@dataclass(frozen=True)
class Tone:
    """The colours of one meaning: `fill` under `ink` on panels and tiles, `line` on dark ground and on the picture."""

    fill: QColor
    ink: QColor
    line: QColor


CALM = Tone(SURFACE, MUTED, MUTED)
FAULT = Tone(QColor("#e9ebec"), QColor("#1c1f22"), QColor("#ffffff"))
TONES = {
    Verdict.UNDEFINED: CALM,
    Verdict.OK: Tone(QColor("#00795c"), QColor("#ffffff"), QColor("#2bd0a2")),
    Verdict.NOT_OK: Tone(QColor("#d9480f"), QColor("#ffffff"), QColor("#ff784c")),
    Verdict.NOT_DECIDABLE: Tone(QColor("#f2b632"), QColor("#1c1f22"), QColor("#ffe08a")),
}

# The type scale and the spacing, in em: multiples of the page's font size.
SMALL, BODY, STRONG, TITLE, FIGURE = 0.85, 1.0, 1.15, 1.6, 2.2
GAP_S, GAP_M, GAP_L = 0.4, 0.8, 1.4
TOUCH = 3.2  # the least height of what a finger in a glove presses

FONTS = ("Noto Sans", "Inter", "Segoe UI", "Roboto", "Liberation Sans", "DejaVu Sans")


def em_for(width: int, height: int) -> int:
    """The page's font size in pixels for a window of that size: the page grows with the screen that it fills."""
    return max(12, round(15 * min(width / 1280, height / 800)))


def em_of(widget: QWidget) -> int:
    """The widget's font size in pixels."""
    return widget.fontInfo().pixelSize()


def family() -> str:
    """The first of our fonts that this system has, else the system's own."""
    known = set(QFontDatabase().families())
    return next((name for name in FONTS if name in known), QFont().defaultFamily())


def font(base: QFont, scale: float = BODY, bold: bool = False) -> QFont:
    """The base font at a step of the type scale."""
    result = QFont(base)
    result.setPixelSize(max(1, round(QFontInfo(base).pixelSize() * scale)))
    result.setWeight(QFont.DemiBold if bold else QFont.Normal)
    return result


def style_sheet(em: int) -> str:
    """The style of Qt's own widgets at that font size in pixels."""

    def px(scale: float) -> str:
        return f"{round(em * scale)}px"

    return f"""
    QWidget#page, QMainWindow {{ background: {BACKGROUND.name()}; }}
    QWidget {{ color: {TEXT.name()}; font-size: {px(BODY)}; }}
    QLabel#caption {{ color: {MUTED.name()}; font-size: {px(SMALL)}; }}
    QFrame#rule {{ background: {RAISED.name()}; }}
    QFrame#notice {{ background: {SURFACE.name()}; border: 1px solid {BORDER.name()}; border-radius: {px(0.6)}; }}
    QLabel#noticeTitle {{ font-size: {px(TITLE)}; font-weight: 600; }}
    QLabel#noticeText {{ color: {TEXT.name()}; font-size: {px(STRONG)}; }}
    QLabel#noticeCommand {{ color: {TEXT.name()}; background: {PICTURE.name()}; padding: {px(GAP_M)};
        border-radius: {px(GAP_S)}; font-size: {px(SMALL)}; font-family: "DejaVu Sans Mono", "Consolas", monospace; }}
    QComboBox {{ background: {RAISED.name()}; border: 1px solid {BORDER.name()}; border-radius: {px(0.4)};
        padding: 0 {px(0.8)}; min-height: {px(TOUCH - 0.2)}; selection-background-color: {BORDER.name()}; }}
    QComboBox:focus, QPushButton:focus {{ border: 2px solid {FOCUS.name()}; }}
    QComboBox:disabled {{ color: {MUTED.name()}; background: {SURFACE.name()}; border-color: {RAISED.name()}; }}
    QComboBox::drop-down {{ border: none; width: {px(2.2)}; }}
    QComboBox::down-arrow {{ image: none; }}
    QComboBox QAbstractItemView {{ background: {RAISED.name()}; border: 1px solid {BORDER.name()}; outline: none;
        selection-background-color: {BORDER.name()}; }}
    QComboBox QAbstractItemView::item {{ min-height: {px(TOUCH)}; padding: 0 {px(0.8)}; }}
    QComboBox QLineEdit {{ background: transparent; border: none; selection-background-color: {FAINT.name()}; }}
    QPushButton {{ background: {RAISED.name()}; border: 1px solid {BORDER.name()}; border-radius: {px(0.4)};
        padding: 0 {px(1.2)}; min-height: {px(TOUCH - 0.2)}; font-weight: 600; }}
    QPushButton:hover {{ background: {BORDER.name()}; }}
    QPushButton:pressed {{ background: {FAINT.name()}; }}
    QPushButton:disabled {{ color: {FAINT.name()}; background: {SURFACE.name()}; border-color: {RAISED.name()}; }}
    QPushButton#start[inviting="true"] {{ background: {TEXT.name()}; color: {BACKGROUND.name()};
        border-color: {TEXT.name()}; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: {px(0.6)}; }}
    QScrollBar::handle:vertical {{ background: {BORDER.name()}; border-radius: {px(0.3)}; min-height: {px(2)}; }}
    QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
    """

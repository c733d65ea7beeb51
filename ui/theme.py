"""How the app looks: colours, sizes and type, each named once.

Greys carry the page and colour carries meaning only (ISA-101). The meanings differ in hue, in lightness and, wherever
they are drawn, in shape, so they can be told apart by colour-blind people and on a bad screen.

There are two looks, dark and light. Whoever draws holds these objects and no copy: `use` changes them in place.
"""

from dataclasses import dataclass

from PyQt5.QtGui import QColor, QFont, QFontDatabase, QFontInfo
from PyQt5.QtWidgets import QWidget

from inspector.inspection.verdict import Verdict

BACKGROUND, SURFACE, RAISED, BORDER, PICTURE, TEXT, MUTED, FAINT, FOCUS = (QColor() for _ in range(9))


@dataclass(frozen=True)
class Tone:
    """The colours of one meaning: `fill` under `ink` on panels and tiles, `line` on the page, `mark` on a picture."""

    fill: QColor
    ink: QColor
    line: QColor
    mark: QColor


CALM = Tone(SURFACE, MUTED, MUTED, QColor("#a3abb2"))
FAULT = Tone(QColor(), QColor(), QColor(), QColor("#ffffff"))
TONES = {
    Verdict.UNDEFINED: CALM,
    Verdict.OK: Tone(QColor("#00795c"), QColor("#ffffff"), QColor(), QColor("#2bd0a2")),
    Verdict.NOT_OK: Tone(QColor("#d9480f"), QColor("#ffffff"), QColor(), QColor("#ff784c")),
    Verdict.NOT_DECIDABLE: Tone(QColor("#f2b632"), QColor("#1c1f22"), QColor(), QColor("#ffe08a")),
}
WITH, WITHOUT = TONES[Verdict.OK], TONES[Verdict.NOT_OK]
"""Of a recording: with the component, and without it."""

_CHANGING = (
    *(BACKGROUND, SURFACE, RAISED, BORDER, PICTURE, TEXT, MUTED, FAINT, FOCUS, FAULT.fill, FAULT.ink, FAULT.line),
    *(TONES[verdict].line for verdict in (Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE)),
)
LOOKS = {
    "dark": (
        *("#1c1f22", "#26292d", "#33383d", "#464c52", "#101214", "#eceeef", "#a3abb2", "#6b737a", "#8ab8e8"),
        *("#e9ebec", "#1c1f22", "#ffffff", "#2bd0a2", "#ff784c", "#ffe08a"),
    ),
    "light": (
        *("#f2f4f5", "#ffffff", "#e9ecee", "#bfc6cc", "#1b1e21", "#16191c", "#4c545b", "#8b949b", "#1d62a8"),
        *("#262a2e", "#ffffff", "#000000", "#006b52", "#741600", "#856400"),
    ),
}


def use(look: str) -> None:
    """Change all colours to those of a look; who has drawn already must draw again."""
    for color, value in zip(_CHANGING, LOOKS[look], strict=True):
        color.setNamedColor(value)


use("dark")

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
    QWidget#rail {{ background: {SURFACE.name()}; }}
    QLabel#caption, QCheckBox#caption {{ color: {MUTED.name()}; font-size: {px(SMALL)}; }}
    QLabel#title {{ font-size: {px(TITLE)}; font-weight: 600; }}
    QLabel#hint {{ color: {MUTED.name()}; }}
    QLabel#figure {{ font-size: {px(FIGURE)}; font-weight: 600; }}
    QLabel#strong {{ font-size: {px(STRONG)}; font-weight: 600; }}
    QFrame#card {{ background: {SURFACE.name()}; border: 1px solid {RAISED.name()}; border-radius: {px(0.6)}; }}
    QFrame#rule {{ background: {RAISED.name()}; }}
    QFrame#notice {{ background: {SURFACE.name()}; border: 1px solid {BORDER.name()}; border-radius: {px(0.6)}; }}
    QLabel#noticeTitle {{ font-size: {px(TITLE)}; font-weight: 600; }}
    QLabel#noticeText {{ color: {TEXT.name()}; font-size: {px(STRONG)}; }}
    QLabel#noticeCommand {{ color: {TEXT.name()}; background: {RAISED.name()}; padding: {px(GAP_M)};
        border-radius: {px(GAP_S)}; font-size: {px(SMALL)}; font-family: "DejaVu Sans Mono", "Consolas", monospace; }}
    QComboBox {{ background: {RAISED.name()}; border: 1px solid {BORDER.name()}; border-radius: {px(0.4)};
        padding: 0 {px(0.8)}; min-height: {px(TOUCH - 0.2)}; selection-background-color: {BORDER.name()}; }}
    QComboBox:focus, QPushButton:focus, QLineEdit:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus,
        QListView:focus, QTableView:focus {{ border: 2px solid {FOCUS.name()}; }}
    QLineEdit, QAbstractSpinBox, QPlainTextEdit {{ background: {RAISED.name()}; border: 1px solid {BORDER.name()};
        border-radius: {px(0.4)}; padding: 0 {px(0.8)}; selection-background-color: {FOCUS.name()};
        selection-color: {BACKGROUND.name()}; }}
    QLineEdit, QAbstractSpinBox {{ min-height: {px(TOUCH - 0.2)}; }}
    QLineEdit:disabled, QAbstractSpinBox:disabled {{ color: {MUTED.name()}; background: {SURFACE.name()}; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
    QCheckBox, QRadioButton {{ spacing: {px(0.6)}; min-height: {px(TOUCH - 0.6)}; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: {px(1.3)}; height: {px(1.3)};
        background: {RAISED.name()}; border: 1px solid {FAINT.name()}; border-radius: {px(0.25)}; }}
    QRadioButton::indicator {{ border-radius: {px(0.7)}; }}
    QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ background: {TEXT.name()};
        border: {px(0.3)} solid {RAISED.name()}; }}
    QCheckBox:focus, QRadioButton:focus {{ color: {FOCUS.name()}; }}
    QListView, QTableView {{ background: {SURFACE.name()}; border: 1px solid {RAISED.name()};
        border-radius: {px(0.4)}; outline: none; gridline-color: {RAISED.name()};
        selection-background-color: {BORDER.name()}; selection-color: {TEXT.name()}; }}
    QListView::item {{ min-height: {px(TOUCH)}; padding: 0 {px(0.6)}; }}
    QHeaderView::section {{ background: {SURFACE.name()}; color: {MUTED.name()}; border: none;
        padding: {px(0.4)} {px(0.6)}; }}
    QProgressBar {{ background: {RAISED.name()}; border: none; border-radius: {px(0.3)}; max-height: {px(0.6)};
        min-height: {px(0.6)}; color: transparent; }}
    QProgressBar::chunk {{ background: {TEXT.name()}; border-radius: {px(0.3)}; }}
    QToolTip {{ background: {RAISED.name()}; color: {TEXT.name()}; border: 1px solid {BORDER.name()};
        padding: {px(0.3)}; }}
    QComboBox:disabled {{ color: {MUTED.name()}; background: {SURFACE.name()}; border-color: {RAISED.name()}; }}
    QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: {px(2.2)}; }}
    QComboBox::down-arrow, QDateEdit::down-arrow {{ image: none; }}
    QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {RAISED.name()}; }}
    QCalendarWidget QToolButton {{ background: transparent; border: none; font-weight: 600; padding: {px(0.5)}; }}
    QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
    QComboBox QAbstractItemView {{ background: {RAISED.name()}; border: 1px solid {BORDER.name()}; outline: none;
        selection-background-color: {BORDER.name()}; }}
    QComboBox QAbstractItemView::item {{ min-height: {px(TOUCH)}; padding: 0 {px(0.8)}; }}
    QComboBox QLineEdit {{ background: transparent; border: none; selection-background-color: {FAINT.name()}; }}
    QPushButton {{ background: {RAISED.name()}; border: 1px solid {BORDER.name()}; border-radius: {px(0.4)};
        padding: 0 {px(1.2)}; min-height: {px(TOUCH - 0.2)}; font-weight: 600; }}
    QPushButton:hover {{ background: {BORDER.name()}; }}
    QPushButton:pressed {{ background: {FAINT.name()}; }}
    QPushButton:disabled {{ color: {FAINT.name()}; background: {SURFACE.name()}; border-color: {RAISED.name()}; }}
    QPushButton#start[inviting="true"], QPushButton#primary:enabled {{ background: {TEXT.name()};
        color: {BACKGROUND.name()}; border-color: {TEXT.name()}; }}
    QPushButton#primary:enabled:focus {{ border: 3px solid {FOCUS.name()}; }}
    QPushButton#quiet {{ background: transparent; border-color: transparent; }}
    QPushButton#quiet:hover {{ background: {RAISED.name()}; }}
    QPushButton#quiet:focus {{ border: 2px solid {FOCUS.name()}; }}
    QPushButton#missing {{ background: transparent; border: 2px dashed {FAINT.name()}; text-align: left;
        font-weight: normal; }}
    QPushButton#missing:hover {{ background: {RAISED.name()}; }}
    QPushButton#missing:focus, QFrame#card:focus {{ border: 2px solid {FOCUS.name()}; }}
    QPushButton#tab {{ background: transparent; border: 2px solid transparent; border-radius: {px(0.4)};
        text-align: left; padding: 0 {px(0.9)}; color: {MUTED.name()}; min-height: {px(TOUCH)}; }}
    QPushButton#tab:hover {{ background: {RAISED.name()}; }}
    QPushButton#tab:checked {{ background: {RAISED.name()}; color: {TEXT.name()};
        border-left: {px(0.25)} solid {TEXT.name()}; }}
    QPushButton#tab:focus {{ border-color: {FOCUS.name()}; }}
    QPushButton[bare="true"] {{ padding: 0; }}
    QPushButton#segment {{ color: {MUTED.name()}; background: {SURFACE.name()}; padding: 0 {px(0.4)}; }}
    QPushButton#segment:checked {{ color: {TEXT.name()}; background: {BORDER.name()}; border-color: {FAINT.name()}; }}
    QPushButton#segment:disabled {{ color: {FAINT.name()}; }}
    QPushButton#segment:checked:disabled {{ color: {MUTED.name()}; background: {RAISED.name()}; }}
    QPushButton#segment:focus {{ border: 2px solid {FOCUS.name()}; }}
    QLineEdit[wrong="true"], QAbstractSpinBox[wrong="true"] {{ border: 2px solid {WITHOUT.line.name()}; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: {px(0.6)}; }}
    QScrollBar::handle:vertical {{ background: {BORDER.name()}; border-radius: {px(0.3)}; min-height: {px(2)}; }}
    QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
    """

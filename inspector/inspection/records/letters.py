"""The letters of what is printed: people, workpieces and components have names in more than Western Europe's."""

from functools import cache
from typing import NamedTuple

from reportlab.lib.styles import StyleSheet1, getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

FONTS = (("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"), ("arial.ttf", "arialbd.ttf"), ("Arial.ttf", "Arial Bold.ttf"))
"""Plain and bold: of Linux, Windows and macOS. Each has the Latin, Greek and Cyrillic letters of Europe."""


class Letters(NamedTuple):
    """What reportlab calls a font, and its bold one."""

    plain: str
    bold: str


WESTERN = Letters("Helvetica", "Helvetica-Bold")
"""What reportlab always has: the letters of Latin-1."""
OWN = Letters("Letters", "Letters-Bold")


@cache
def letters() -> Letters:
    """The first of FONTS that this system has, else WESTERN."""
    for files in FONTS:
        try:
            fonts = [TTFont(name, file) for name, file in zip(OWN, files, strict=True)]
        except TTFError:
            continue
        for font in fonts:
            pdfmetrics.registerFont(font)
        pdfmetrics.registerFontFamily(OWN.plain, OWN.plain, OWN.bold, OWN.plain, OWN.bold)
        return OWN
    return WESTERN


@cache
def styles() -> StyleSheet1:
    """The samples that reportlab has, in these letters."""
    sheet, (plain, bold) = getSampleStyleSheet(), letters()
    for name in ("Normal", "BodyText"):
        # DejaVu is wider than the font that the columns were made for.
        sheet[name].fontName, sheet[name].fontSize = plain, 9
    for name in ("Title", "Heading2"):
        sheet[name].fontName = bold
    # From when to when, in one line.
    sheet["Title"].fontSize, sheet["Title"].leading = 15, 19
    return sheet

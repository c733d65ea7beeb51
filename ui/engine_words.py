"""What the engine says in English, said in the language of the window.

The engine knows no window and no language. Its sentences are known by their shapes: `make translations` reads these out
of its code, with %1, %2 … where a value goes in, into the list beside the translations. What has none of these shapes
stays as it is.
"""

import json
import re
from dataclasses import dataclass
from functools import cache

from PyQt5.QtCore import QLocale

from ui.translation import FOLDER, translate

CONTEXT, PAPER = "Engine", "Paper"
LIST = FOLDER / "engine.json"
GAP = re.compile(r"(?<=[.?!])(\s+)|(\n)")
"""Between two sentences."""
VALUE = re.compile(r"%\d+")


def on_paper(english: str) -> str:
    """A phrase of a report, whose values are not put in yet; `make translations` reads these out of its code."""
    return translate(PAPER, english)


@dataclass(frozen=True)
class Shape:
    """A sentence with its values left out. english: as it is translated; pattern: what it matches whole."""

    english: str
    pattern: re.Pattern[str]

    def said(self, sentence: str) -> str | None:
        """It in the window's language, its values too where they are sentences; None where it has another shape."""
        found = self.pattern.fullmatch(sentence)
        if found is None:
            return None
        values = [translated(value) for value in found.groups()]
        return VALUE.sub(lambda value: values[int(value[0][1:]) - 1], translate(CONTEXT, self.english))


def translated(sentence: object) -> str:
    """What the engine said, an error say, in the language of the window."""
    text = str(sentence)
    if QLocale().language() in (QLocale.C, QLocale.English) or not text:
        return text
    if (whole := _said(text)) is not None:
        return whole
    return "".join(_after_its_place(part) for part in GAP.split(text) if part)


def _after_its_place(text: str) -> str:
    """One sentence of several, perhaps with the file and the line before it that it is about."""
    starts = [0, *(colon.end() for colon in re.finditer(": ", text))]
    return next((text[:start] + said for start in starts if (said := _said(text[start:])) is not None), text)


def _said(text: str) -> str | None:
    said = _shaped(text)
    if said is None and text.endswith("."):
        # A fault that stands alone is made a sentence, with a capital and a full stop that its shape has not.
        part = _shaped(text[:1].lower() + text[1:-1])
        said = part and f"{part[:1].upper()}{part[1:]}."
    return said


def _shaped(text: str) -> str | None:
    return next((said for shape in _shapes() if (said := shape.said(text)) is not None), None)


@cache
def _shapes() -> tuple[Shape, ...]:
    """Those that say the most come first: others could take part of what they say for a value."""
    found = json.loads(LIST.read_text(encoding="utf-8"))
    return tuple(Shape(english, pattern_of(english)) for english in sorted(found, key=_weight, reverse=True))


def _weight(english: str) -> int:
    return len(VALUE.sub("", english))


def pattern_of(english: str) -> re.Pattern[str]:
    """What matches a sentence of that shape, with a group for each value."""
    return re.compile("(.+?)".join(re.escape(part) for part in VALUE.split(english)), re.DOTALL)

"""What was said of a component and why it is no OK, in the language of the window.

Accounts and records keep it as one sentence, of parts that are too short to be known by their shapes among all that the
engine says.
"""

import re

from ui.engine_words import VALUE, translated
from ui.translation import translate

PERHAPS = "perhaps "
BETWEEN = re.compile(r", (?!(?:\d+|none) expected)")
"""Between two parts, each of which is a fault of its own."""


def as_told(reason: str) -> str:
    """It, with names and numbers as they are; what is none of the judge's, as the engine's sentences are."""
    if reason.startswith(PERHAPS):
        return translate("Judged", "perhaps %1").replace("%1", as_told(reason.removeprefix(PERHAPS)))
    name, colon, rest = reason.partition(": ")
    if colon and (said := _part(rest) or _parts(rest)):
        return f"{name}: {said}"
    return _part(reason) or translated(reason)


def _parts(said: str) -> str:
    """All faults of a component; "" where one of them is said otherwise."""
    parts = [_part(part) for part in BETWEEN.split(said)]
    return ", ".join(parts) if all(parts) else ""


def _part(said: str) -> str:
    """One fault; "" for what is said otherwise."""
    shapes = (
        (r"missing", translate("Judged", "missing")),
        (r"(\S+) missing", translate("Judged", "%1 missing")),
        (r"(\d+) of (\d+) missing", translate("Judged", "%1 of %2 missing")),
        (r"(\d+) found, none expected", translate("Judged", "%1 found, none expected")),
        (r"(\d+) found, (\d+) expected", translate("Judged", "%1 found, %2 expected")),
        (r"1 is (\S+)", translate("Judged", "1 is %1")),
        (r"(\d+) are (\S+)", translate("Judged", "%1 are %2")),
        (r"(\d+) outside the region", translate("Judged", "%1 outside the region")),
        (
            r"the picture is (\S+), the recipe was taught on (\S+): set the camera to \2",
            translate("Judged", "the picture is %1, the recipe was taught on %2: set the camera to %2"),
        ),
        (
            r"not (\d+) of (\d+) pictures agreed within (\S+) s",
            translate("Judged", "not %1 of %2 pictures agreed within %3 s"),
        ),
        (
            r"its place changed from picture to picture within (\S+) s",
            translate("Judged", "its place changed from picture to picture within %1 s"),
        ),
        (
            r"too few pictures came within (\S+) s: (\d+) must agree",
            translate("Judged", "too few pictures came within %1 s: %2 must agree"),
        ),
    )
    for pattern, text in shapes:
        if found := re.fullmatch(pattern, said):
            return VALUE.sub(lambda value: found[int(value[0][1:])], text)
    return ""

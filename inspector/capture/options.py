"""What a source's text asks of a camera: `width=1920,fps=30`."""

from collections.abc import Collection, Mapping
from math import isfinite

from inspector.errors import InputError, did_you_mean


def read_options(text: str, known: Collection[str], who: str) -> dict[str, float]:
    """Settings by name. Args: known: the names; who: has them, for the sentence.

    Raises: InputError for another name, and for what is no number.
    """
    found: dict[str, float] = {}
    for part in filter(None, text.split(",")):
        key, _, value = part.partition("=")
        if key not in known:
            raise InputError(f"{who} has no setting '{key}'.{did_you_mean(key, list(known))}")
        try:
            found[key] = float(value)
            if not isfinite(found[key]):
                raise ValueError
        except ValueError:
            raise InputError(f"The setting '{key}' should be a number, as in {key}=30; it is '{value}'.") from None
    return found


def take_word(text: str, key: str) -> tuple[str, str]:
    """What the one setting that is no number is to be, "" where nobody said; and the rest of the text."""
    parts = text.split(",")
    words = [part.partition("=")[2] for part in parts if part.startswith(f"{key}=")]
    return (words or [""])[-1], ",".join(part for part in parts if not part.startswith(f"{key}="))


def differ(told: float | None, wanted: float) -> bool:
    """Whether what a camera says of a setting is not what was wanted, give or take a hundredth."""
    return told is None or abs(told - wanted) > 0.01 * abs(wanted)


def write_options(source: str, wanted: Mapping[str, float | None]) -> str:
    """The source's text, asking for these settings; None asks for nothing, and others stay as they are."""
    device, *parts = source.split(",")
    others = [part for part in parts if part.partition("=")[0] not in wanted]
    asked = [f"{key}={value:g}" for key, value in wanted.items() if value is not None]
    return ",".join([device, *others, *asked])

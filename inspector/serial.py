"""What is asked of a workpiece's serial number."""

import re
from enum import StrEnum

from pydantic import Field, field_validator

from inspector.files import Section
from inspector.region import Region


class Code(StrEnum):
    """A kind of code that can be read from the picture."""

    CODE_128 = "code128"
    EAN = "ean"
    DATA_MATRIX = "datamatrix"
    QR = "qr"


class Scanned(StrEnum):
    """When a workpiece's number is scanned: also before it is inspected, or only while it is."""

    AHEAD = "ahead"
    IN_PLACE = "in_place"


class Serial(Section):
    """What is asked of a workpiece's serial number.

    pattern: a regular expression that the whole number must match; another one is refused.
    needed: an inspection without a serial number is not decidable. once: so is one of a number that had one before.
    scanned: whether what a scanner read before the inspection began counts for it.
    codes: the kinds of code that are read from the picture, of several cameras the first one's, and none by default;
    region: where in it.
    """

    pattern: str | None = Field(default=None, max_length=500)
    needed: bool = False
    once: bool = False
    scanned: Scanned = Scanned.AHEAD
    codes: tuple[Code, ...] = ()
    region: Region = None

    @field_validator("pattern")
    @classmethod
    def _pattern(cls, value: str | None) -> str | None:
        try:
            re.compile(value or "")
        except re.error as error:
            raise ValueError(f"'{value}' is no regular expression: {error}") from None
        return value

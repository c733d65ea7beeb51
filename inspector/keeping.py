"""Where a station keeps what it inspected, and for how long: the section `records` of `settings.yaml`."""

from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from inspector.files import Section

DRIVER = "postgresql+psycopg"
FORM = f"{DRIVER}://NAME:PASSWORD@HOST/DATABASE"


class Keeping(Section):
    """What is kept, where, and for how long.

    database: the plant's PostgreSQL, to which all is copied; without it all stays here. Its password may be in libpq's
        own files instead (`~/.pgpass`).
    station: what this one is called in the plant; without it, as the computer is.
    keep_days: how long an inspection is kept on this machine; without it, for ever.
    keep_pictures_days: how long its picture is; without it, as long as `keep_gb` allows.
    keep_gb: how much all pictures may take, in 10^9 bytes; the oldest go first.
    """

    database: str | None = None
    station: str | None = Field(default=None, min_length=1, max_length=80)
    keep_days: float | None = Field(default=None, gt=0, le=100_000)
    keep_pictures_days: float | None = Field(default=None, gt=0, le=100_000)
    keep_gb: float = Field(default=50.0, gt=0, le=1_000_000)

    @field_validator("database", mode="before")
    @classmethod
    def _is_a_database(cls, value: Any) -> Any:
        """A fault never repeats what was written: there may be a password in it."""
        if value is not None and not (isinstance(value, str) and _names_a_database(value)):
            raise ValueError(f"should be {FORM}")
        return value


def _names_a_database(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme == DRIVER and bool(parts.path.strip("/")) and (parts.port or 1) > 0
    except ValueError:
        return False

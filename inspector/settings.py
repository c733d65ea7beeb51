"""Where things are, and what this machine was told about itself."""

import getpass
import os
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, field_validator

from inspector.errors import InputError, did_you_mean
from inspector.files import Document, Section, read_document
from inspector.keeping import Keeping
from inspector.outputs import Outputs
from inspector.shifts import Shifts, times_of_day
from inspector.triggers import Triggers

VARIABLE = "ASSEMBLY_INSPECTOR_WORKSPACE"
PROGRAMS = ("attestation", "import", "suggestion", "tracking", "detector")
"""Who says what no person said, so no person's name: as annotations and recordings keep it."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


class AtTheStation(Section):
    """`people:` of the settings.

    lock_after_s: seconds in which nobody touches the station, after which whoever was at it is there no more.
    audit_key: a file with a secret of 32 bytes at least, which seals the audit log; None seals it with nothing secret.
    """

    lock_after_s: float = Field(default=120.0, ge=5, le=24 * 3600)
    audit_key: Path | None = None


class ProofTimes(Section):
    """`proof:` of the settings: when a station proves itself again, beside at its start.

    at: times of the day on the clock of the wall, when a shift begins say, `06:00`. every_hours: after the last proof;
    None for never.
    """

    at: tuple[str, ...] = ()
    every_hours: float | None = Field(default=None, gt=0, le=10_000)

    @field_validator("at")
    @classmethod
    def _at(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return times_of_day(value)


class Settings(Document):
    """`settings.yaml` of a workspace. Every key may be left out.

    source: the camera that the station opens when none is named.
    cameras: where a recipe has several, the source of each by its name there.
    recipe: the recipe that the station runs when none is named.
    threads: processor threads for the network.
    backend: the library that trains; auto takes the first that has a GPU, else TensorFlow.
    people: how long somebody is at the station, and what seals the audit log.
    outputs: the ways to the plant that are switched on.
    triggers: what asks for inspections, and tells serial numbers.
    records: where inspections are kept besides this machine, and for how long.
    proof: when a station proves itself again.
    shifts: when shifts begin.
    """

    source: str = "simulator"
    cameras: dict[str, str] = {}
    recipe: str | None = None
    threads: int = Field(default=2, ge=1, le=256)
    backend: Literal["auto", "tensorflow", "torch", "jax"] = "auto"
    people: AtTheStation = AtTheStation()
    outputs: Outputs = Outputs()
    triggers: Triggers = Triggers()
    records: Keeping = Keeping()
    proof: ProofTimes = ProofTimes()
    shifts: Shifts = Shifts()

    @property
    def destinations(self) -> frozenset[str]:
        """Whom each inspection is carried to, by the names under which the records know them."""
        ways = {"plant": self.records.database, "mqtt": self.outputs.mqtt, "webhook": self.outputs.webhook}
        return frozenset(name for name, way in ways.items() if way is not None)


@dataclass(frozen=True)
class Workspace:
    """One folder with everything a station or a technician works on."""

    folder: Path

    @classmethod
    def find(cls, wanted: Path | None = None) -> "Workspace":
        """`wanted`, else the environment's, else the current folder if it is one, else the user's data folder.

        Raises: InputError where the current folder is needed to know, and was deleted.
        """
        named = wanted or os.environ.get(VARIABLE)
        try:
            if named:
                return cls(Path(named).expanduser().absolute())
            here = Path.cwd()
        except FileNotFoundError:
            raise InputError("The current folder was deleted. Change to another one, and try again.") from None
        if (here / "recipes").is_dir() or (here / "inspector" / "__main__.py").is_file():
            return cls(here)
        return cls(Path(platformdirs.user_data_dir("assembly-inspector", appauthor=False)))

    @property
    def recipes(self) -> Path:
        return self.folder / "recipes"

    @property
    def recordings(self) -> Path:
        return self.folder / "recordings"

    @property
    def trash(self) -> Path:
        """Where recipes and recordings lie that a person deleted."""
        return self.folder / "trash"

    @property
    def datasets(self) -> Path:
        return self.folder / "datasets"

    @property
    def trainings(self) -> Path:
        return self.folder / "trainings"

    @property
    def bundles(self) -> Path:
        return self.folder / "bundles"

    @property
    def places(self) -> Path:
        """Where a picture of each recipe's empty place lies."""
        return self.folder / "places"

    @property
    def records(self) -> Path:
        return self.folder / "records"

    @property
    def reports(self) -> Path:
        return self.folder / "reports"

    @property
    def tasks(self) -> Path:
        """Pictures of the line that somebody said were judged wrong, until a technician takes them."""
        return self.folder / "tasks"

    def settings(self) -> Settings:
        """The workspace's settings; the defaults where it has no file."""
        path = self.folder / "settings.yaml"
        return read_document(path, Settings) if path.exists() else Settings()


def person() -> str:
    """Who sits at the machine, as the system knows; told apart where an account is called as a part of the program."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
    return f"{name} (account)" if name in PROGRAMS else name


def person_named(name: str) -> str:
    """The name, where it can be a person's. Raises: InputError."""
    if name in PROGRAMS:
        raise InputError(f"'{name}' is what the program says of itself; name the person who looked.")
    return name


def new_name(recipe: str) -> str:
    """A name for something made for a recipe now, which nothing has yet."""
    return f"{recipe}-{datetime.now(UTC):%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}"


def check_name(name: str, what: str) -> str:
    """A name that may become a file's or a folder's.

    Raises: ValueError for one that could leave its folder or that a file system would not take.
    """
    if not NAME.fullmatch(name) or name.endswith("."):
        raise ValueError(
            f"{what} '{name}' should hold letters, digits, '-', '_' and '.' only, and start with a letter or digit"
        )
    return name


def pick(wanted: str, known: Sequence[str], what: str) -> str:
    """The wanted name if it is known.

    Raises: InputError with the nearest known name.
    """
    if wanted in known:
        return wanted
    raise InputError(f"There is no {what} '{wanted}'.{did_you_mean(wanted, known)}")

"""A folder that is watched: each file that appears asks for one inspection."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from inspector.errors import InputError
from inspector.frame import utc_now
from inspector.inspection.triggers.wish import Wish
from inspector.inspection.verdict import Inspection

TAKEN, DONE, REFUSED = "taken", "done", "refused"
UNFINISHED = frozenset({".tmp", ".part", ".partial", ".crdownload"})
"""How programs call files that they still write."""
SETTLED_S = 0.5
"""For how long a file whose content counts must not have changed."""
EMPTY_S = 5.0
"""For how long one may be empty: a program may make it first and fill it later."""
MOST_BYTES = 4096
BLIND_S = 1.0
"""For how long nobody may have looked: by then a file may be of a workpiece that has left."""


class Sight(NamedTuple):
    """A file as it was when it was last found changed: bytes, nanoseconds, and monotonic seconds of that look."""

    size: int
    changed_ns: int
    since_s: float


class Folder:
    """Wishes for one inspection of each file that appears, whose name or first line is the serial number.

        folder/ ── claimed ──▶ taken/ ── inspected ──▶ done/
           └── refused, or there before the station ──▶ refused/

    A file is moved before it is asked for, so no file counts twice, and one station alone gets it. Hidden files, and
    those called as unfinished ones are (`.tmp`, `.part`), are left alone, and so is one of the same name as another
    that is claimed and not inspected yet. Where the first line counts, a file is claimed once it has not changed for
    half a second.

    What lies there at the first look is refused: nobody knows which workpiece it was meant for. So is what came while
    the folder could not be looked into, and what a station that was killed had taken. Raises: InputError where there is
    no such folder.
    """

    def __init__(self, folder: Path, serial_in: Literal["name", "content"]) -> None:
        if not folder.is_dir():
            raise InputError(f"There is no folder {folder} to watch for triggers. Make it, or name another.")
        self.fault = ""
        self._folder = folder
        self._serial_in = serial_in
        self._sights: dict[str, Sight] = {}
        self._claimed: dict[str, Path] = {}
        self._begun = False
        self._looked_s = float("-inf")

    def look(self, now_s: float) -> Iterator[Wish]:
        """A wish for each file that is ready. now_s: monotonic seconds."""
        try:
            if not self._begun:
                self._begin()
            elif now_s - self._looked_s > BLIND_S and (missed := self._refuse_in(self._folder)):
                self.fault = f"Nobody could watch {self._folder} for a while. Triggers refused for that: {missed}."
                self._looked_s = now_s
                return
            for path in self._ready(now_s):
                yield self._claim(path)
            self.fault, self._looked_s = "", now_s
        except OSError as error:
            self.fault = f"Cannot watch {self._folder} for triggers: {error.strerror or error}."
            self._looked_s = float("-inf")

    def answered(self, wish: Wish, refusal: str) -> None:
        """Put a refused one aside; one that is accepted stays in `taken` until it was inspected."""
        if refusal:
            self._put(wish.by, REFUSED)

    def heard(self, inspection: Inspection) -> None:
        """It was inspected, and is done."""
        self._put(inspection.trigger, DONE)

    def _put(self, by: str, kept: str) -> None:
        path = self._claimed.pop(by, None)
        if path is not None:
            # It counts no more, wherever it lies.
            with suppress(OSError):
                self._move(path, kept)

    def _begin(self) -> None:
        for kept in (TAKEN, DONE, REFUSED):
            (self._folder / kept).mkdir(exist_ok=True)
        self._refuse_in(self._folder / TAKEN)
        self._refuse_in(self._folder)
        self._begun = True

    def _refuse_in(self, folder: Path) -> int:
        """Put aside all that lies there; how many files that are."""
        files = self._files(folder)
        for path in files:
            self._move(path, REFUSED)
        return len(files)

    def _files(self, folder: Path) -> list[Path]:
        """Whole files, the oldest first."""
        found = [path for path in folder.iterdir() if not path.name.startswith(".")]
        found = [path for path in found if path.suffix.lower() not in UNFINISHED and not path.name.endswith("~")]
        found = [path for path in found if path.is_file() and not path.is_symlink()]
        return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))

    def _ready(self, now_s: float) -> list[Path]:
        # Of two of one name nobody could tell which was answered: the second waits for the first one's inspection.
        files = [path for path in self._files(self._folder) if _by(path) not in self._claimed]
        self._sights = {path.name: self._sight(path, now_s) for path in files}
        return [path for path in files if self._whole(self._sights[path.name], now_s)]

    def _sight(self, path: Path, now_s: float) -> Sight:
        stat, before = path.stat(), self._sights.get(path.name)
        if before is not None and (before.size, before.changed_ns) == (stat.st_size, stat.st_mtime_ns):
            return before
        return Sight(stat.st_size, stat.st_mtime_ns, now_s)

    def _whole(self, sight: Sight, now_s: float) -> bool:
        if self._serial_in == "name":
            return True
        return now_s - sight.since_s >= (SETTLED_S if sight.size else EMPTY_S)

    def _claim(self, path: Path) -> Wish:
        by = _by(path)
        claimed = self._claimed[by] = self._move(path, TAKEN)
        try:
            return Wish(by, path.stem if self._serial_in == "name" else _first_line(claimed))
        except OSError:
            self._put(by, REFUSED)
            raise

    def _move(self, path: Path, kept: str) -> Path:
        """Into the folder of that name, where it takes nobody's place."""
        target = self._folder / kept / path.name
        if target.exists():
            target = target.with_name(f"{path.stem}-{utc_now():%Y%m%dT%H%M%S%f}{path.suffix}")
        return path.rename(target)


def _by(path: Path) -> str:
    r"""Who asks, where that file does, as the records can keep it: `\xe4` say stands for a byte that is no UTF-8."""
    return f"file:{os.fsencode(path.name).decode(errors='backslashreplace')}"


def _first_line(path: Path) -> str:
    """The first line that is not blank; "" where there is none."""
    with path.open("rb") as file:
        text = file.read(MOST_BYTES).decode("utf-8-sig", errors="replace")
    return next((line.strip() for line in text.splitlines() if line.strip()), "")

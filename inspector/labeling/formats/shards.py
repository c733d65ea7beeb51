"""Which files of records a person means: one, a folder of them, or a set that was cut into shards.

A shard is called `name.record-00003-of-00010`, numbers from 0, as the TensorFlow Object Detection API names them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

from inspector.errors import InputError

RECORDS = re.compile(r".+\.(tf)?records?(-[\d?*].*)?", re.IGNORECASE)
SHARD = re.compile(r"(?P<set>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})")


def shard_names(name: str, count: int) -> list[str]:
    """The files of a set cut into that many; one keeps its name."""
    return [f"{name}-{number:05}-of-{count:05}" for number in range(count)] if count > 1 else [name]


def is_records(path: Path) -> bool:
    """Whether the name says that it is a file of records, a shard, a set of shards, or a pattern of such names."""
    return RECORDS.fullmatch(path.name) is not None and not path.is_dir()


def record_files(path: Path) -> list[Path]:
    """The files that a path means, sorted: itself; all records of a folder; the shards of a set, by the set's name or
    by a pattern (`name.record-?????-of-00010`).

    Raises: InputError where there is none, or where shards of a set are missing.
    """
    if path.is_file():
        return [path]
    folder = path if path.is_dir() else path.parent
    files = sorted(file for file in folder.iterdir() if file.is_file()) if folder.is_dir() else []
    if path.is_dir():
        found = [file for file in files if is_records(file)]
    else:
        found = [file for file in files if _set_of(file) == path.name or fnmatch(file.name, path.name)]
    if not found:
        raise InputError(f"There is no .record file in {path}." if path.is_dir() else f"There is no file {path}.")
    _check_whole(found)
    return found


def _set_of(file: Path) -> str | None:
    shard = SHARD.fullmatch(file.name)
    return shard["set"] if shard else None


def _check_whole(files: Iterable[Path]) -> None:
    """Raises: InputError where shards of a set are missing: it would teach less than the person thinks."""
    sets: dict[tuple[Path, str, int], set[int]] = defaultdict(set)
    for file in files:
        if shard := SHARD.fullmatch(file.name):
            sets[file.parent, shard["set"], int(shard["count"])].add(int(shard["number"]))
    for (folder, name, count), numbers in sets.items():
        missing = sorted(set(range(count)) - numbers)
        if missing:
            raise InputError(
                f"{folder / name} is cut into {count} shards, and {len(missing)} of them are missing, the first is "
                f"{shard_names(name, count)[missing[0]]}. Copy them into {folder}, or name single shards."
            )

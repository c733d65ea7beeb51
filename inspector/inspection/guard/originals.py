"""A bundle's files while it runs."""

from collections.abc import Mapping
from pathlib import Path

from inspector.bundle import FILE, SEAL, Bundle, changed
from inspector.files import sha256

Stamp = tuple[int, int, int]


class Originals:
    """Remembers a bundle's files, and notices when one is no longer what it was: by a look at its date, size and place
    on the disk, and by its hash only where one of these changed.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        own = {name: sha256(bundle.folder / name) for name in (FILE, SEAL) if (bundle.folder / name).is_file()}
        self._hashes: Mapping[str, str] = {**bundle.manifest.files, **own}
        stamps = {name: _stamp(bundle.folder / name) for name in self._hashes}
        self._stamps = {name: stamp for name, stamp in stamps.items() if stamp is not None}

    def check(self) -> None:
        """Raises: InputError where a file is gone, or holds something else."""
        for name, stamp in self._stamps.items():
            now = _stamp(self._bundle.folder / name)
            if now != stamp:
                self._stamps[name] = self._same(name, now)

    def _same(self, name: str, stamp: Stamp | None) -> Stamp:
        """The new stamp of a file that holds what it held: it was copied again, say."""
        if stamp is None:
            raise changed(self._bundle.manifest.id, [f"{name} is missing"])
        try:
            same = sha256(self._bundle.folder / name) == self._hashes[name]
        except OSError:
            same = False
        if not same:
            raise changed(self._bundle.manifest.id, [f"{name} is not the file that was made"])
        return stamp


def _stamp(path: Path) -> Stamp | None:
    """None where there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino

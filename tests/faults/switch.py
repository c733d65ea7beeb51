"""What the harness tells the processes that it torments: a file for each thing, read whenever it matters."""

from pathlib import Path


class Switch:
    """Words by name in a folder; "" where nothing is set."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def set(self, name: str, word: str) -> None:
        """From now on; whoever reads it meanwhile sees the old word or the new one."""
        new = self._folder / f".{name}"
        new.write_text(word)
        new.rename(self._folder / name)

    def get(self, name: str) -> str:
        """What is set."""
        try:
            return (self._folder / name).read_text()
        except FileNotFoundError:
            return ""

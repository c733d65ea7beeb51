"""Files whose names nearly are those of frames: what they say must not be lost where silence means an empty frame."""

import re
from collections.abc import Collection, Iterable, Iterator

from inspector.errors import Problem
from inspector.labeling.formats.entry import Entry


def nearly_named(entries: Iterable[Entry], silent: Collection[str]) -> Iterator[Problem]:
    """A fault for each entry of no frame whose name holds that of a frame of which the files say nothing else.

    Args: entries: those that belong to no frame; silent: the stems of frames that would count as empty.
    """
    if not silent:
        return
    frames = {stem.casefold(): stem for stem in silent}
    names = "|".join(map(re.escape, sorted(frames, key=len, reverse=True)))
    holds = re.compile(rf"(?<![^\W_])(?:{names})(?![^\W_])")
    for entry in entries:
        if found := holds.search(entry.stem.casefold()):
            yield Problem(
                entry.path,
                f"'{entry.stem}' is no frame, but nearly '{frames[found[0]]}', which would count as empty; give it the "
                "frame's name, or take it away",
                entry.line,
            )

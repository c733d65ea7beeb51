"""Many faults on a page that has room for a few."""

from collections.abc import Sequence

from ui.translation import translate

MOST = 4


def in_few_lines(faults: Sequence[str]) -> str:
    """A line for each of the last ones, and how many more there are."""
    lines, more = [*faults[-MOST:]], len(faults) - MOST
    if more > 0:
        lines.append(translate("Faults", "… and %1 more.").replace("%1", str(more)))
    return "\n".join(lines)

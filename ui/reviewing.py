"""When recordings are held against what was said of them, and with which command: decided here for every page."""

FIRST = ("extract", "suggest")
"""Commands after which there is something new to search, or to search for."""


def follows(stage: str, code: int, cancelled: bool) -> bool:
    """Whether a review follows a command that ended so."""
    return stage in FIRST and not code and not cancelled


def review_of(recipe: str, thorough: bool = False) -> tuple[str, ...]:
    """The command. thorough: two detectors learn for it, and judge each other's frames."""
    return ("review", recipe, *(("--quick-detector",) if thorough else ()))

"""Durations as they stand on a page: short, and the same in each language."""


def brief(seconds: float) -> str:
    """As in "40 s", "7 min", "2 h 10 min", "3 d"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    hours, rest = divmod(round(minutes / 10) * 10, 60)
    if hours >= 48:
        return f"{round(minutes / 60 / 24)} d"
    return f"{hours} h {rest} min" if rest else f"{hours} h"

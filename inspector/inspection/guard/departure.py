"""How a picture departs from what was taught, and how much of that is too much. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log

from inspector.inspection.guard.alarm import RAISE_S

SPREAD = 1.5
"""How many times as far as the golden frames, which were taught or nearly so, a picture may depart."""
LOST = (
    "What was taught is not in the picture: turn the camera back to where it looked, or clear what covers the ground."
)
LOST_S = 3.0
"""For how long nothing of the ground must be found before it is told: workpieces and hands lie over it for a while."""


@dataclass(frozen=True)
class Departure:
    """Of a picture from a view; each is 0 where it is as it was, and None where nothing can be said.

    bright, red, blue: logarithm of how many times as much. sharp: the same of sharpness. glare: by how much larger the
    share of each place is that glares, by what is looked for there. moved: of the longer side. lost: whether none
    of the ground is found, wherever it might have moved.
    """

    bright: float | None
    red: float | None
    blue: float | None
    sharp: float | None
    glare: dict[str, float]
    moved: float | None
    lost: bool | None


@dataclass(frozen=True)
class Tolerance:
    """The most that each may depart, by its amount."""

    bright: float = log(1.4)
    colour: float = log(1.12)
    soft: float = log(1 / 0.55)
    glare: float = 0.05
    moved: float = 0.012

    @classmethod
    def of(cls, known: Sequence[Departure]) -> "Tolerance":
        """What pictures that are fine depart by, with room beyond; never less than what is the least that matters."""

        def most(amounts: Sequence[float | None], least: float) -> float:
            return max(least, SPREAD * max((abs(a) for a in amounts if a is not None), default=0.0))

        least = cls()
        return cls(
            bright=most([d.bright for d in known], least.bright),
            colour=most([a for d in known for a in (d.red, d.blue)], least.colour),
            soft=most([min(d.sharp or 0.0, 0.0) for d in known], least.soft),
            glare=most([g for d in known for g in d.glare.values()], least.glare),
            moved=most([d.moved for d in known], least.moved),
        )


@dataclass(frozen=True)
class Excess:
    """One kind of departure: its amount, 1 being the most that is right, and what to do about it once it lasts."""

    kind: str
    amount: float | None
    sentence: str
    raise_s: float = RAISE_S


def excesses(departure: Departure, tolerance: Tolerance) -> Iterator[Excess]:
    """Each kind, those first that make nonsense of those after them: a dark or blurred picture seems to have moved."""
    yield Excess("light", _part(departure.bright, tolerance.bright), _light(departure.bright or 0.0))
    colour = max(departure.red or 0.0, departure.blue or 0.0, key=abs)
    yield Excess("colour", _part(colour, tolerance.colour), _colour(departure.red or 0.0, departure.blue or 0.0))
    soft = None if departure.sharp is None else min(departure.sharp, 0.0)
    yield Excess("blur", _part(soft, tolerance.soft), "The picture is blurred: clean the lens, and set its focus.")
    place, share = max(departure.glare.items(), key=lambda item: item[1], default=("", 0.0))
    yield Excess("glare", share / tolerance.glare, _glare(place, share))
    yield Excess("place", _part(departure.moved, tolerance.moved), _moved(departure.moved or 0.0))
    yield Excess("lost", None if departure.lost is None else 2.0 * departure.lost, LOST, LOST_S)


def _part(amount: float | None, most: float) -> float | None:
    return None if amount is None else abs(amount) / most


def _light(bright: float) -> str:
    if bright > 0:
        return f"The picture is {exp(bright):.1f} times as bright as taught: set light and exposure as they were."
    return f"The picture is only {100 * exp(bright):.0f} % as bright as taught: set light and exposure as they were."


def _colour(red: float, blue: float) -> str:
    most = max(red, blue, key=abs)
    percent = f"{100 * abs(exp(most) - 1):.0f}"
    match most == red, most > 0:
        case True, True:
            return f"The picture has {percent} % more red than taught: set lamp and white balance as they were."
        case True, False:
            return f"The picture has {percent} % less red than taught: set lamp and white balance as they were."
        case False, True:
            return f"The picture has {percent} % more blue than taught: set lamp and white balance as they were."
        case _:
            return f"The picture has {percent} % less blue than taught: set lamp and white balance as they were."


def _glare(place: str, share: float) -> str:
    percent = f"{100 * share:.0f}"
    if place:
        return f"Light glares on {percent} % of where '{place}' is looked for: turn the lamp, or shade the place."
    return f"Light glares on {percent} % of the picture: turn the lamp, or shade the place."


def _moved(moved: float) -> str:
    return f"The camera or the fixture has moved by {100 * moved:.1f} % of the picture: put it back as it was."

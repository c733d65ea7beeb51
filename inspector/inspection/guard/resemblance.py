"""Whether pictures are still as those that the detector was taught on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import log

from inspector.frame import Frame, Image
from inspector.inspection.guard.alarm import BACK, Alarm
from inspector.inspection.guard.departure import Departure, Tolerance, excesses
from inspector.inspection.guard.lighting import Lighting, glare
from inspector.inspection.guard.standpoint import standpoints
from inspector.inspection.rest import Rest
from inspector.labeling.fingerprint import Seen, sharpness_of, small_of
from inspector.recipe import Recipe

LOOK_S = 0.2
"""How often a picture is looked at: a fault is told RAISE_S after it was seen first, which is within a second."""
BLURRED = ("light", "blur")
"""Kinds that make a picture look as if it had moved."""


class Resemblance:
    """Holds pictures against the views that a bundle keeps of its recordings.

    A picture may be as in any of them: what was taught in two lights is looked at in either. What is right is what was
    taught, and as far beyond it as the golden frames show that it varies.

    doubt: what seemed wrong with the last picture that was looked at and is not told yet; it must lead to no verdict.
    """

    def __init__(self, seen: Sequence[Seen], golden: Iterable[Image], recipe: Recipe, camera: str = "") -> None:
        self._views = [Taught(one, recipe, camera) for one in seen]
        known = [small_of(image) for image in golden] if seen else []
        views = [one.view for one in seen]
        self._places = standpoints(views, known)
        # Of a view that is alone nobody can say that it is not seen, and a workpiece may cover all that there is.
        self._grounded = all(place.known for place in self._places) and all(map(self._shows_ground, (*views, *known)))
        self._tolerance = Tolerance()
        self._alarms: dict[str, Alarm] = {}
        self._rest = Rest(settled=1)
        self._next_s = 0.0
        fine = [self._departure(image) for image in known]
        self._tolerance = Tolerance.of([one for one in fine if one is not None])

    @property
    def doubt(self) -> str | None:
        return next((alarm.doubt for alarm in self._alarms.values() if alarm.doubt), None)

    @property
    def unchecked(self) -> str:
        """What cannot be told, and what to do about it; "" where all can."""
        if not self._views:
            return "Light, sharpness and place are not checked: the bundle keeps no views. Train the recipe again."
        if not any(place.known for place in self._places):
            return (
                "Whether the camera was moved cannot be told: nothing in the picture stays where it is. "
                "Put four marks on the ground, record and train again."
            )
        return ""

    def see(self, frame: Frame) -> str | None:
        """A sentence while something is wrong with what the camera sees; looks at a picture each LOOK_S."""
        if not self._views:
            return None
        rests = self._rest.add(frame.image)
        # A file that begins anew has an earlier time.
        if not self._next_s - LOOK_S < frame.time_s < self._next_s:
            self._next_s = frame.time_s + LOOK_S
            self._look(small_of(frame.image), frame.time_s, rests)
        return next((alarm.told for alarm in self._alarms.values() if alarm.told), None)

    def _look(self, image: Image, time_s: float, rests: bool) -> None:
        departure = self._departure(image)
        if departure is None:
            return
        if not rests:
            # What moves is blurred by that, however clean the lens, and covers the ground.
            departure = replace(departure, sharp=None, lost=None)
        for excess in excesses(departure, self._tolerance):
            alarm = self._alarms.setdefault(excess.kind, Alarm(excess.raise_s))
            alarm.hear(excess.amount, excess.sentence, time_s)

    def _departure(self, image: Image) -> Departure | None:
        """From the view that it is most like; None where none is of its shape."""
        departures: list[Departure] = []
        sharpness = sharpness_of(image)
        for view in [view for view in self._views if view.shape == image.shape]:
            departures.append(view.departure(image, sharpness))
            if self._worst(departures[-1]) < BACK:
                break
        if not departures:
            return None
        nearest = min(departures, key=self._worst)
        if not self._clear(nearest):
            return nearest
        moved = self._moved(image)
        lost = moved is None and not self._shows_ground(image) if self._grounded else None
        return replace(nearest, moved=moved, lost=lost)

    def _shows_ground(self, image: Image) -> bool:
        return any(place.glimpsed(image) for place in self._places)

    def _worst(self, departure: Departure) -> float:
        return max(excess.amount or 0.0 for excess in excesses(departure, self._tolerance))

    def _clear(self, departure: Departure) -> bool:
        """Whether it can be told from where it was taken: in another light, or blurred, all looks elsewhere."""
        return all((e.amount or 0.0) <= 1 for e in excesses(departure, self._tolerance) if e.kind in BLURRED)

    def _moved(self, image: Image) -> float | None:
        """The least by which it lies elsewhere than one of the views; None where nothing can be said."""
        found = [(place.moved(image), place.known) for place in self._places]
        # A view that is alone may excuse and not accuse: what stayed in it may be the workpiece.
        told = [moved for moved, known in found if moved is not None and (known or moved <= self._tolerance.moved)]
        return min(told, default=None)


class Taught:
    """One recording's view, prepared to hold pictures against."""

    def __init__(self, seen: Seen, recipe: Recipe, camera: str) -> None:
        self.shape = seen.view.shape
        self._lighting = Lighting(seen.view)
        self._sharpness = seen.numbers.sharpness
        self._places = dict(_places(recipe, camera, seen.view))
        self._glare = {name: glare(seen.view, place) for name, place in self._places.items()}

    def departure(self, image: Image, sharpness: float) -> Departure:
        """Of a picture as large as the view, and how sharp it is; `moved` and `lost` are not asked."""
        light = self._lighting.of(image)
        return Departure(
            bright=log(light.bright) if light else None,
            red=log(light.red) if light else None,
            blue=log(light.blue) if light else None,
            sharp=log(max(sharpness, 1e-3) / self._sharpness) if self._sharpness else None,
            glare={name: glare(image, place) - self._glare[name] for name, place in self._places.items()},
            moved=None,
            lost=None,
        )


def _places(recipe: Recipe, camera: str, view: Image) -> Iterator[tuple[str, tuple[slice, slice]]]:
    """Where glare is looked for: each region, and the whole picture, by the name "", for components without one."""
    frame_size = recipe.views[camera]
    for component in (component for component in recipe.components if component.camera == camera):
        if component.region is None or frame_size is None:
            yield "", (slice(None), slice(None))
        else:
            scale = view.shape[1] / frame_size[0]
            xmin, ymin, xmax, ymax = (round(edge * scale) for edge in component.region)
            yield component.name, (slice(ymin, max(ymax, ymin + 1)), slice(xmin, max(xmax, xmin + 1)))

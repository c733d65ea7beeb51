"""Looks at what a network cannot tell of itself: whether its pictures and its machine are as they should be."""

from inspector.bundle import Bundle
from inspector.frame import Frame
from inspector.inspection.guard.footing import Footing
from inspector.inspection.guard.resemblance import Resemblance
from inspector.inspection.guard.taught import golden_of, seen_by
from inspector.inspection.judge import named
from inspector.recipe import Recipe


class Guard:
    """Before a frame is judged: what the station stands on, and whether each camera's frame is as the bundle's
    recordings were.

    alone: each frame is judged alone: doubt is then enough, no later frame will tell.

    Raises: InputError or FileProblems where the bundle's golden frames or fingerprints cannot be read.
    """

    def __init__(self, bundle: Bundle, recipe: Recipe, footing: Footing) -> None:
        self.alone = False
        self._footing = footing
        self._cameras = {
            camera: Resemblance(seen_by(bundle, recipe, camera), golden_of(bundle, recipe, camera), recipe, camera)
            for camera in recipe.views
        }

    @property
    def doubt(self) -> str | None:
        """What seemed wrong, and is not told yet: what is seen now must lead to no verdict."""
        return next((named(name, one.doubt) for name, one in self._cameras.items() if one.doubt), None)

    @property
    def unchecked(self) -> str:
        """What of the pictures cannot be checked, and what to do about it; "" where all is."""
        return next((named(name, one.unchecked) for name, one in self._cameras.items() if one.unchecked), "")

    @property
    def remark(self) -> str:
        """What a person should know and no verdict depends on, in a sentence; "" for nothing."""
        return self._footing.remark

    def footing(self) -> str | None:
        """A sentence where there is no room, or the clock is wrong. Raises: InputError where the bundle was changed."""
        return self._footing.fault()

    def see(self, camera: str, frame: Frame) -> str | None:
        """Why the frame must not be judged. Raises: as `footing`."""
        fault = self.footing()
        if fault is not None or camera not in self._cameras:
            return fault
        resemblance = self._cameras[camera]
        fault = resemblance.see(frame) or (resemblance.doubt if self.alone else None)
        return None if fault is None else named(camera, fault)

    def expect_other_places(self) -> None:
        """The pictures stand alone, each of another place and in another light."""
        self._cameras.clear()

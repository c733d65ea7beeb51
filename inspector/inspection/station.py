"""One camera, one recipe, one detector, running."""

from collections.abc import Callable

from inspector.bundle import Bundle, Detector
from inspector.capture.camera import Camera
from inspector.inspection.records import Records
from inspector.inspection.verdict import Inspection
from inspector.inspection.view import State, View
from inspector.recipe import Recipe

__all__ = ["State", "Station", "View"]


class Station:
    """Signatures first, for those who build on them; the threads follow.

    source: a source's text, or a function that opens the camera.
    every_frame: judge each frame alone, with no vote.
    on_inspection: called on the thread `deliver`, after the inspection is in the records.
    """

    def __init__(
        self,
        recipe: Recipe,
        bundle: Bundle,
        source: str | Callable[[], Camera],
        *,
        records: Records | None = None,
        every_frame: bool = False,
        on_inspection: Callable[[Inspection], None] | None = None,
        detector: Detector | None = None,
        threads: int = 2,
    ) -> None: ...

    def start(self) -> None:
        """Begin; returns at once. A station that runs is left alone."""

    def stop(self) -> None:
        """End; returns at once. What was decided is still delivered."""

    def view(self) -> View:
        """The newest moment: cheap, from any thread."""
        return View()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Block until all is delivered: the source has ended, or `stop` was called. False when the time ran out first.

        Raises: InputError or MachineError, the one that ended the station.
        """
        return True

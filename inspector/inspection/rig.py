"""All cameras of a station together: one frame of each at a time."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from inspector.capture.camera import Camera
from inspector.capture.checks import STALE_S, stale
from inspector.capture.grabber import Grabber
from inspector.errors import InputError, InspectorError, MachineError
from inspector.frame import Frame
from inspector.inspection.judge import named

Opener = Callable[[], Camera]


class Rig:
    """The cameras that look at a workpiece, each read by a Grabber of its own.

    What they show is only true together. So it gives their frames in sets, one of each camera, and none twice: of live
    cameras the newest, and all within STALE_S, so that the slowest sets the pace; of files one after the other.

    Args: cameras, by name, opened again after a loss. ended: no set will come any more. skipped: frames that no set
    took.
    """

    def __init__(self, cameras: Mapping[str, Opener]) -> None:
        self.ended = False
        self._grabbers = {name: Grabber(opener) for name, opener in cameras.items()}
        self._held: dict[str, Frame] = {}
        self._passed_over = 0

    def start(self) -> None:
        """Begin; returns at once, before the cameras are open."""
        for grabber in self._grabbers.values():
            grabber.start()

    def stop(self) -> None:
        """End; returns at once."""
        for grabber in self._grabbers.values():
            grabber.stop()

    def wait(self, timeout_s: float) -> None:
        """Once it was stopped: block until each camera is closed, or does not come back in time."""
        deadline = time.monotonic() + timeout_s
        for grabber in self._grabbers.values():
            grabber.wait(max(0.0, deadline - time.monotonic()))

    def take(self, timeout_s: float) -> dict[str, Frame] | None:
        """The newest set, once; None when it was not full in time. A fault in it names its camera."""
        deadline = time.monotonic() + timeout_s
        over = [name for name, grabber in self._grabbers.items() if grabber.ended]
        for name, grabber in self._grabbers.items():
            if name in self._held:
                continue
            if (frame := grabber.latest.take(max(0.0, deadline - time.monotonic()))) is not None:
                self._held[name] = frame
        if not self.missing:
            self._refresh()
        if self.missing:
            self.ended = any(name in over for name in self.missing)
            return None
        taken = {name: _told(name, self._held[name]) for name in self._grabbers}
        self._held.clear()
        return taken

    @property
    def missing(self) -> tuple[str, ...]:
        """The cameras of which the next set has no frame yet."""
        return tuple(name for name in self._grabbers if name not in self._held)

    @property
    def cameras(self) -> dict[str, Camera]:
        """Those that are open now, for their names and settings."""
        return {name: camera for name, grabber in self._grabbers.items() if (camera := grabber.camera) is not None}

    @property
    def live(self) -> bool:
        """Whether they run on whether or not somebody reads. Raises: InputError where some do and some do not."""
        kinds = {camera.live: named(name, camera.name) for name, camera in self.cameras.items()}
        if len(kinds) > 1:
            raise InputError(
                f"{kinds[True]} is a live camera and {kinds[False]} is not, so they show no moment together: "
                "name live cameras only, or files only."
            )
        return next(iter(kinds), True)

    @property
    def still(self) -> bool:
        """Whether pictures stand alone, with no time between them."""
        return any(camera.still for camera in self.cameras.values())

    @property
    def skipped(self) -> int:
        return self._passed_over + sum(grabber.latest.skipped for grabber in self._grabbers.values())

    @property
    def error(self) -> InspectorError | None:
        """What ended the first camera that did not end by itself."""
        for name, grabber in self._grabbers.items():
            if grabber.error is not None:
                kind = InputError if isinstance(grabber.error, InputError) else MachineError
                return kind(named(name, str(grabber.error))) if name else grabber.error
        return None

    def fault(self, silent_s: float | None) -> str | None:
        """What is wrong with the first camera that keeps a set from being full.

        Args: silent_s, since the last set came; None where none has come yet, and a camera may still be opening.
        """
        for name in self.missing:
            said = self._grabbers[name].fault or (None if silent_s is None else stale(silent_s))
            if said is not None:
                return named(name, said)
        return None

    def describe(self, frames: Mapping[str, Frame]) -> str:
        """What an inspection keeps of the cameras whose frames decided it, in JSON: as `Inspection.cameras`. Each is
        named, also one that is away just then.
        """
        cameras, told = self.cameras, []
        for name, frame in frames.items():
            camera = cameras.get(name)
            source, settings = ("", {}) if camera is None else (camera.name, camera.settings)
            told.append({"name": name, "source": source, "frame": frame.number, "settings": settings})
        return json.dumps(told, default=str, ensure_ascii=False)

    def _refresh(self) -> None:
        """Of live cameras the newest frames, and none that is much older than the others: it is of another moment."""
        if len(self._grabbers) == 1 or not self.live:
            return
        before = self._held
        newest = {name: grabber.latest.take(0) or before[name] for name, grabber in self._grabbers.items()}
        newest_s = max(frame.time_s for frame in newest.values())
        self._held = {name: frame for name, frame in newest.items() if newest_s - frame.time_s <= STALE_S}
        self._passed_over += sum(self._held.get(name) is not frame for name, frame in before.items())


def _told(camera: str, frame: Frame) -> Frame:
    return replace(frame, fault=named(camera, frame.fault)) if frame.fault and camera else frame

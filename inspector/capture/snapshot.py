"""One picture, to draw on: of a source as it is now, or out of a recipe's recordings."""

import time
from collections.abc import Collection
from pathlib import Path

from inspector.capture.camera import open_camera
from inspector.capture.grabber import LEAVING_S, SETTLED_FRAMES, TICK_S, Grabber
from inspector.capture.recording import frames_of, recordings_of
from inspector.errors import MachineError
from inspector.frame import Frame

PATIENCE_S = 20.0
DEEPEST = 300
"""Frames into a video that are decoded at most to reach its middle."""


def snapshot(source: str, within_s: float = PATIENCE_S) -> Frame:
    """A picture of the source; of a live camera one for which its exposure has settled.

    Raises: InputError where there is no such source; MachineError where no picture comes in time.
    """
    grabber = Grabber(lambda: open_camera(source))
    grabber.start()
    try:
        return _settled(grabber, time.monotonic() + within_s)
    finally:
        grabber.stop()
        grabber.wait(LEAVING_S)


def _settled(grabber: Grabber, deadline: float) -> Frame:
    newest: Frame | None = None
    while time.monotonic() < deadline and not grabber.ended:
        frame = grabber.latest.take(TICK_S)
        if frame is None:
            # Whoever waits for one picture wants to hear at once that the camera does not answer.
            if newest is None and grabber.fault:
                break
            continue
        newest, camera = frame, grabber.camera
        if camera is None or not camera.live or frame.number >= SETTLED_FRAMES:
            return frame
    if newest is not None:
        return newest
    raise grabber.error or MachineError(
        grabber.fault or "No picture came. Check the camera's cable, or choose another."
    )


def recorded_picture(recordings: Path, recipe: str, components: Collection[str] | None = None) -> Frame | None:
    """A frame of the newest recording that shows something passing, else of the newest one; None where there is none.

    Args: recordings: the workspace's; components: what one camera sees, where only its recordings count.
    Raises: FileProblems where it is damaged.
    """
    found = [
        (folder, recording)
        for folder, recording in recordings_of(recordings, recipe)
        if components is None or set(components).intersection(recording.components)
    ]
    best = next((pair for pair in reversed(found) if pair[1].positive), found[-1] if found else None)
    if best is None:
        return None
    folder, recording = best
    return next(frames_of(folder, recording, [min(recording.frames // 2, DEEPEST)]))

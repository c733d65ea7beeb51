"""Writes what a camera sends to disk so that a crash costs less than a second of it."""

import errno
import logging
import queue
import shutil
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from inspector.capture.camera import Camera
from inspector.capture.claim import draft_of
from inspector.capture.grabber import Grabber
from inspector.capture.recording import SEGMENTS, UNFINISHED, Draft, Media, Recording, finish, recover
from inspector.capture.segment import Segment
from inspector.errors import InputError, InspectorError, MachineError
from inspector.files import sync_folder, write_document
from inspector.frame import Frame, utc_now
from inspector.interruption import on_signals
from inspector.recipe import Recipe
from inspector.settings import Workspace

log = logging.getLogger(__name__)

SEGMENT_S = 10.0
SYNC_S = 0.5
TICK_S = 0.05
CLOSING_S = 2.0
QUEUE = 48
"""Frames that wait for the disk: 1.6 s at 30 frames/s, 300 MB of memory at 1080p."""

Progress = Callable[[int, int | None], object]
"""Called with (done, total); total is None where nobody knows it."""


class Recorder:
    """Writes frames to `recordings/<id>/` on the thread `write`. `put` may be a Grabber's sink.

    A camera does not wait for the disk: what finds the queue full is dropped and counted. With `wait`, for files, `put`
    waits instead. Frames later than `most_s` after the first are left out.

    frames: taken until now. seconds: from the first frame to the newest one taken. fault: what ended the writing, else
    None.
    """

    def __init__(self, folder: Path, draft: Draft, wait: bool = False, most_s: float | None = None) -> None:
        """Raises: MachineError where the folder cannot be written."""
        self.folder = folder
        self.draft = draft
        self.frames = 0
        self.dropped = 0
        self.seconds = 0.0
        self.fault: MachineError | None = None
        self._wait = wait
        self._most_s = most_s
        self._recording: Recording | None = None
        self._first_s: float | None = None
        self._last_s = 0.0
        self._segment: Segment | None = None
        self._media: list[Media] = []
        self._sizes: set[tuple[int, int]] = set()
        self._queue: queue.Queue[Frame] = queue.Queue(QUEUE)
        self._ending = False
        self._synced_at = 0.0
        self._thread = threading.Thread(target=self._run, name="write", daemon=True)
        write_document(folder / UNFINISHED, draft)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End; returns at once. What was taken is still written."""
        self._ending = True

    @property
    def full(self) -> bool:
        """Whether it has all that it wants, or cannot go on."""
        return self._ending or (self._most_s is not None and self.seconds >= self._most_s)

    def finish(self) -> Recording | None:
        """Stop, and wait until all is on disk; None where no frame came.

        Raises: MachineError where writing failed; what was written until then is kept.
        """
        self.stop()
        self._thread.join()
        if self.fault is not None:
            raise self.fault
        return self._recording

    def put(self, frame: Frame) -> None:
        """Take a frame, to be called from one thread."""
        if self._first_s is None:
            self._first_s = frame.time_s
        self.seconds = frame.time_s - self._first_s
        while not self.full:
            try:
                self._queue.put(frame, timeout=TICK_S if self._wait else 0)
                self.frames += 1
                return
            except queue.Full:
                if not self._wait:
                    self.dropped += 1
                    return

    def _run(self) -> None:
        try:
            self._write_all()
        except Exception as error:
            # Whatever it is: with no fault, what is written would be taken for nothing.
            self.fault = MachineError(self._what_failed(error))
            self._save_the_rest()
        finally:
            self._ending = True

    def _save_the_rest(self) -> None:
        with suppress(Exception):
            self._close_segment()
        # What the last segment truly holds can only be read back; without room to say so, a later reader does it.
        with suppress(Exception):
            self._recording = recover(self.folder)

    def _what_failed(self, error: Exception) -> str:
        kept = f"What was recorded until then is kept in {self.folder}."
        if not isinstance(error, (OSError, MachineError)):
            log.error("A recording could not be written", exc_info=error)
            reason = f"a fault in the program stopped it ({type(error).__name__})"
            return f"Recording stopped after {self.seconds:.1f} s: {reason}. {kept} Details are in the log."
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        reason = "the disk is full" if full else f"the disk failed ({error})"
        return f"Recording stopped after {self.seconds:.1f} s: {reason}. {kept} Free some space, then record again."

    def _write_all(self) -> None:
        while not (self._ending and self._queue.empty()):
            frame = self._next()
            if frame is not None:
                self._last_s = self._time_s(frame)
                self._segment_for(frame).write(frame.image, self._last_s)
            self._sync()
        self._close_segment()
        if self._media:
            size = self._sizes.pop() if len(self._sizes) == 1 else None
            self._recording = finish(self.folder, self.draft, self._media, size, self.dropped, self._last_s)

    def _next(self) -> Frame | None:
        try:
            return self._queue.get(timeout=TICK_S)
        except queue.Empty:
            return None

    def _time_s(self, frame: Frame) -> float:
        assert self._first_s is not None
        return frame.time_s - self._first_s

    def _segment_for(self, frame: Frame) -> Segment:
        """The segment at hand, or a new one after SEGMENT_S, or where the camera came back with another size."""
        time_s, at_hand = self._time_s(frame), self._segment
        if at_hand is not None and at_hand.size == frame.size and time_s < at_hand.start_s + SEGMENT_S:
            return at_hand
        self._close_segment()
        self._sizes.add(frame.size)
        path = self.folder / f"video-{len(self._media) + 1:04}.mkv"
        self._segment = Segment(path, frame.size, time_s)
        sync_folder(self.folder)
        return self._segment

    def _close_segment(self) -> None:
        segment, self._segment = self._segment, None
        if segment is not None:
            self._media.append(segment.close())

    def _sync(self) -> None:
        if time.monotonic() - self._synced_at >= SYNC_S:
            self._synced_at = time.monotonic()
            (self.folder / UNFINISHED).touch()
            if self._segment is not None:
                self._segment.sync()


def record(
    camera: Camera,
    workspace: Workspace,
    recipe: Recipe,
    components: Sequence[str],
    positive: bool,
    pattern: str | None,
    seconds: float,
    by: str,
    progress: Progress | None = None,
    watch: Callable[[Frame], object] = lambda frame: None,
) -> Path:
    """Record from an open camera, which is closed afterwards; Ctrl-C ends it early and keeps what is there.

    Args: components, positive, pattern as in Recording; by: who records, and attests a negative one; progress in
    seconds; watch: sees the newest frame now and then.
    Returns: the recording's folder.
    Raises: InputError where the claim does not agree with the recipe; MachineError where the camera is lost or the disk
    is full, with what was recorded until then kept.
    """
    draft = draft_of(
        recipe,
        components,
        positive,
        pattern,
        by=by,
        source=camera.name,
        settings=camera.settings,
        recorded_at=utc_now(),
    )
    recorder = Recorder(workspace.recordings / draft.id, draft, wait=not camera.live, most_s=seconds)
    grabber = Grabber(camera, sink=recorder.put)
    recorder.start()
    # As an exception Ctrl-C could come in the moment in which a lock is taken, or again while all is brought to disk.
    with on_signals(recorder.stop, signal.SIGINT):
        try:
            grabber.start()
            _wait_for(grabber, recorder, seconds, progress or (lambda done, total: None), watch)
        finally:
            grabber.stop()
            grabber.wait(CLOSING_S)
        return conclude(recorder, grabber.error)


def _wait_for(
    grabber: Grabber, recorder: Recorder, seconds: float, progress: Progress, watch: Callable[[Frame], object]
) -> None:
    while not (grabber.ended or recorder.full):
        # A file is not read on before the frame was taken.
        if (frame := grabber.latest.take(TICK_S)) is not None:
            watch(frame)
        progress(min(round(recorder.seconds), round(seconds)), round(seconds))


def conclude(recorder: Recorder, lost: InspectorError | None) -> Path:
    """End a recording; waits until all is on disk. lost: what took the camera away, if anything did.

    Returns: its folder.
    Raises: InputError or MachineError with the sentence of what did not go well, and where the rest is.
    """
    recording = recorder.finish()
    if recording is None:
        # Whatever went wrong: what holds pictures is nobody's to delete.
        if not any(recorder.folder.glob(SEGMENTS)):
            shutil.rmtree(recorder.folder, ignore_errors=True)
        raise lost or MachineError("No picture came from the camera, so nothing was recorded.")
    if lost is not None:
        kind = InputError if isinstance(lost, InputError) else MachineError
        raise kind(f"{lost} What was recorded until then, {recording.frames} frames, is kept in {recorder.folder}.")
    return recorder.folder

"""Reads a camera on a thread of its own, notices when it lies or falls silent, and gets it back."""

import atexit
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from typing import Generic, TypeVar

from inspector.capture.camera import Camera
from inspector.capture.checks import Repeats, light, stale
from inspector.capture.proof import not_kept
from inspector.errors import InputError, InspectorError, MachineError
from inspector.frame import Frame

GRAB = "grab"
Opener = Callable[[], Camera]
T = TypeVar("T")

SILENCE_S = 1.0
OPENING_S = 20.0
FROZEN_REOPEN_S = 2.0
TICK_S = 0.05
PAUSES_S = (0.0, 0.5, 1.0, 2.0, 5.0)
"""Before opening again; the first after a camera that had worked well."""
SETTLED_FRAMES = 10
MOST_GIVEN_UP = 4
LEAVING_S = 4.0
"""Longer than a network camera's read may block."""


class Latest(Generic[T]):
    """A slot between two threads where the newest item wins; what nobody took is counted in `skipped`."""

    def __init__(self) -> None:
        self.skipped = 0
        self._item: T | None = None
        self._closed = False
        self._changed = threading.Condition()

    def put(self, item: T) -> None:
        """Replace what is there; never waits."""
        with self._changed:
            self.skipped += self._item is not None
            self._item = item
            self._changed.notify_all()

    def take(self, timeout_s: float) -> T | None:
        """The newest item, once; None when none came in time, or at once when the slot is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._item is not None or self._closed, timeout_s)
            item, self._item = self._item, None
            self._changed.notify_all()
            return item

    def wait_taken(self) -> None:
        """Wait until somebody took the item, or the slot was closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._item is None or self._closed)

    def close(self) -> None:
        """Let go of all who wait."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class _Reader:
    """One camera from opening to closing, on the thread `grab`. Who gives it up never waits for it.

    opening ──▶ reading ──▶ done (ended, or error)
       └── given up: closes when the call that blocks comes back ──▶ done
    """

    def __init__(self, opener: Opener, deliver: Callable[["_Reader", Frame], None]) -> None:
        self.given_up = threading.Event()
        self.done = threading.Event()
        self.error: InspectorError | None = None
        self.camera: Camera | None = None
        self.frames = 0
        self.fault: str | None = None
        self._opener = opener
        self._deliver = deliver
        self._blocked_since: float | None = time.monotonic()
        threading.Thread(target=self._run, name=GRAB, daemon=True).start()

    def _run(self) -> None:
        try:
            with closing(self._opener()) as camera:
                self.camera = camera
                self._read(camera)
        except InspectorError as error:
            self.error = error
        except BaseException as error:
            # A driver may raise anything; a thread that dies without a word would look like a camera at its end.
            self.error = _failed(error)
        finally:
            self._blocked_since = None
            self.done.set()

    def _read(self, camera: Camera) -> None:
        while not self.given_up.is_set():
            self._blocked_since = time.monotonic()
            frame = camera.read()
            self._blocked_since = None
            if frame is None:
                return
            self._deliver(self, frame)
            self.frames += 1

    def silent_for_s(self) -> float:
        """How long the camera has not come back from a call; waiting for a slow consumer does not count."""
        since = self._blocked_since
        return 0.0 if since is None else time.monotonic() - since


def _failed(error: BaseException) -> MachineError:
    failure = MachineError(f"The camera failed: {error}")
    failure.__cause__ = error
    return failure


@atexit.register
def _let_readers_come_back() -> None:
    """Before Python shuts down: a thread that comes back from OpenCV afterwards aborts the process, exit code and all.

    One that a driver holds for ever does no harm; it ends with the process.
    """
    deadline = time.monotonic() + LEAVING_S
    with suppress(KeyboardInterrupt):
        for thread in threading.enumerate():
            if thread.name == GRAB:
                thread.join(max(0.0, deadline - time.monotonic()))


class Grabber:
    """Keeps the newest frame of a camera in `latest`, whatever the camera does.

    A live camera that raises, falls silent or freezes is given up and opened again, with growing pauses; opening it
    sets its settings again, and proves them again. Frames of one that came back without a setting that it had before
    bear a fault: they are not as what was taught. A file is read frame by frame: each waits until the one before was
    taken from `latest`.
    A bit-identical repeat is no news and does not reach `latest`; it does reach `sink`.

    camera: opens it, also after a loss; or a Camera that is open, which is then not opened again.
    sink: also gets every frame, on the thread `grab`.
    fault: a sentence while something is wrong, else None. error: what ended it, if it did not end by itself.
    lost: what took the camera away the last time; losses: how often that was.
    Numbers count on over a reconnect.
    """

    def __init__(
        self, camera: Camera | Opener, sink: Callable[[Frame], None] | None = None, silence_s: float = SILENCE_S
    ) -> None:
        self.latest: Latest[Frame] = Latest()
        self.fault: str | None = None
        self.error: InspectorError | None = None
        self.lost: InspectorError | None = None
        self.losses = 0
        self.ended = False
        self.reconnects = 0
        self._reopens = callable(camera)
        self._opener: Opener = camera if callable(camera) else lambda: camera
        self._sink = sink
        self._silence_s = silence_s
        self._repeats = Repeats()
        self._never_kept: set[str] | None = None
        self._next_number = 0
        self._offset = 0
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._readers: list[_Reader] = []
        self._watcher = threading.Thread(target=self._watch, name="watch camera", daemon=True)

    def start(self) -> None:
        """Begin; returns at once, before the camera is open."""
        self._watcher.start()

    def stop(self) -> None:
        """End; returns at once. A read that blocks is left to come back by itself."""
        self._stopping.set()
        self.latest.close()
        with self._lock:
            for reader in self._readers:
                reader.given_up.set()

    def wait(self, timeout_s: float) -> bool:
        """Block until all has ended and each camera is closed; False where one does not come back in time."""
        deadline = time.monotonic() + timeout_s
        if self._watcher.ident is not None:
            self._watcher.join(timeout_s)
        ends = [reader.done.wait(max(0.0, deadline - time.monotonic())) for reader in self._readers]
        return all(ends) and not self._watcher.is_alive()

    @property
    def camera(self) -> Camera | None:
        """The camera that is open now, for its name and settings."""
        return self._readers[-1].camera if self._readers else None

    def _watch(self) -> None:
        attempt = 0
        try:
            while (reader := self._open()) is not None:
                error = self._follow(reader)
                if error is None:
                    return
                self.lost, self.fault = error, str(error)
                self.losses += 1
                if self._is_final(error, reader):
                    self.error = error
                    return
                attempt = 0 if reader.frames > SETTLED_FRAMES and not self._repeats.count else attempt + 1
                self._stopping.wait(PAUSES_S[min(attempt, len(PAUSES_S) - 1)])
        except BaseException as error:  # no memory or no thread is left
            self.error = _failed(error)
        finally:
            self.ended = True
            self.latest.close()

    def _is_final(self, error: InspectorError, reader: _Reader) -> bool:
        is_file = reader.camera is not None and not reader.camera.live
        # A serial number that nothing has is a mistake, but not once its camera was there.
        mistaken = isinstance(error, InputError) and not self._next_number
        return mistaken or is_file or not self._reopens

    def _has_room(self) -> bool:
        """Threads that never come back must not pile up; nobody can end them from outside."""
        self._readers = [reader for reader in self._readers if not reader.done.is_set()]
        return len(self._readers) < MOST_GIVEN_UP

    def _open(self) -> _Reader | None:
        """A reader of its own for a newly opened camera; None where `stop` was called."""
        while True:
            with self._lock:
                if self._stopping.is_set():
                    return None
                if self._has_room():
                    self.reconnects += self._next_number > 0
                    self._offset = self._next_number
                    self._readers.append(_Reader(self._opener, self._deliver))
                    return self._readers[-1]
            self._stopping.wait(TICK_S)

    def _follow(self, reader: _Reader) -> InspectorError | None:
        """Watch one reader to its end; None where the source ended by itself or `stop` was called."""
        while not reader.done.wait(TICK_S):
            if self._stopping.is_set():
                return None
            error = self._lost(reader)
            if error is not None:
                with self._lock:
                    reader.given_up.set()
                return error
        return reader.error

    def _lost(self, reader: _Reader) -> MachineError | None:
        live = reader.camera is not None and reader.camera.live
        sentence = stale(reader.silent_for_s(), self._silence_s if live and reader.frames else OPENING_S)
        if sentence is None and self._repeats.lasts_s >= FROZEN_REOPEN_S and reader.frames > SETTLED_FRAMES:
            sentence = self._repeats.frozen
        return MachineError(sentence) if sentence else None

    def _came_back_without(self, reader: _Reader) -> str | None:
        """A sentence where the camera does not hold what it held when it was opened first."""
        lost = not_kept(reader.camera.settings) if reader.camera is not None else set()
        if self._never_kept is None:
            self._never_kept = lost
        forgotten = ", ".join(sorted(lost - self._never_kept))
        return f"The camera came back without its {forgotten}: unplug it, and plug it in again." if forgotten else None

    def _deliver(self, reader: _Reader, frame: Frame) -> None:
        live = reader.camera is not None and reader.camera.live
        with self._lock:
            # A picture that comes late, from a reader already given up, must not pass for a new one.
            if reader.given_up.is_set():
                return
            if not reader.frames:
                reader.fault = self._came_back_without(reader)
            if live:
                self._repeats.see(frame)
            self.fault = self._repeats.frozen or reader.fault or light(frame.image)
            frame = replace(frame, number=frame.number + self._offset, fault=self.fault)
            self._next_number = frame.number + 1
            if not self._repeats.count or self.fault:
                self.latest.put(frame)
        if self._sink:
            self._sink(frame)
        if not live:
            self.latest.wait_taken()

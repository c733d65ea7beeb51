"""A camera in front of a person: its live picture, the coach who watches it, and the recording that is made of it."""

import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from inspector.capture.camera import Camera, open_camera
from inspector.capture.checks import stale
from inspector.capture.claim import Claim, draft_of
from inspector.capture.grabber import Grabber, Opener
from inspector.capture.offer import Offer
from inspector.capture.recorder import Recorder, conclude
from inspector.capture.recording import FILE
from inspector.errors import InputError, InspectorError, MachineError
from inspector.frame import Frame, utc_now
from inspector.labeling.coach import Advice, Coach, Level
from inspector.recipe import Recipe
from inspector.settings import Workspace

TICK_S = 0.05
CLOSING_S = 5.0
SHORT_BYTES = 2 * 2**30
"""Free space from which on a person should know how much there is: some minutes of 1080p."""
ASK_DISK_S = 2.0


@dataclass(frozen=True)
class Shooting:
    """A recording at work. seconds, frames, dropped: until now."""

    claim: Claim
    seconds: float
    frames: int
    dropped: int


@dataclass(frozen=True)
class Judged:
    """What the coach says. advice: while recording all that matters, else only what is wrong with the picture."""

    advice: Advice = Advice.NONE
    light: Level = field(default_factory=Level)
    sharpness: Level = field(default_factory=Level)
    views: int = 0
    enough: bool = False


@dataclass(frozen=True, eq=False)
class Glance:
    """One moment of a studio.

    frame: the newest, None before the first; live: it is of what lies there now; fault: why it is not, or why it is not
    to be trusted; shooting: None while nothing is recorded; settings: of the camera, as read back; offers: what it can
    send, as far as it tells, None where none is open; free_bytes: on the disk, None where there is plenty.
    """

    frame: Frame | None = None
    live: bool = False
    fault: str = ""
    shooting: Shooting | None = None
    judged: Judged = field(default_factory=Judged)
    settings: dict[str, Any] = field(default_factory=dict)
    free_bytes: int | None = None
    offers: tuple[Offer, ...] | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a recording. recipe: the one that it teaches; folder: None where nothing is kept; sentence: what
    went wrong, "" for nothing.
    """

    recipe: str
    claim: Claim
    folder: Path | None
    sentence: str


@dataclass(frozen=True)
class _Wish:
    """A recording that somebody wants."""

    recipe: Recipe
    claim: Claim
    by: str


def open_live(source: str) -> Camera:
    """The camera that a source's text names.

    Raises: as open_camera; InputError for a file, which would have ended before anybody is ready.
    """
    camera = open_camera(source)
    if not camera.live:
        camera.close()
        raise InputError(f"'{source}' is no camera, so it cannot be recorded from: import it.")
    return camera


class Studio:
    """Grabs on one thread, coaches on a second one and writes on a third, so that none waits for another.

    Whoever looks asks for `view`, which returns at once. deliver: is called with each Outcome, on the coach's thread.
    A camera that is lost is opened again; a recording that was under way ends, and is kept.
    """

    def __init__(self, opener: Opener, workspace: Workspace, deliver: Callable[[Outcome], object]) -> None:
        self._workspace = workspace
        self._deliver = deliver
        self._grabber = Grabber(opener, sink=self._see)
        self._coach = Coach()
        self._frame: Frame | None = None
        self._judged = Judged()
        self._orders: SimpleQueue[_Wish | None] = SimpleQueue()
        self._work: tuple[Recorder, Claim] | None = None
        self._losses = 0
        self._free_bytes: int | None = None
        self._asked_disk_s = -ASK_DISK_S
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="coach", daemon=True)

    def start(self) -> None:
        """Begin to look; returns at once, before the camera is open."""
        self._grabber.start()
        self._thread.start()

    def record(self, recipe: Recipe, claim: Claim, by: str) -> None:
        """Begin a recording; returns at once. by: who records, and attests a negative one.

        What stands in its way is delivered as an Outcome.
        """
        self._orders.put(_Wish(recipe, claim, by))

    def end(self) -> None:
        """End the recording, which is delivered as an Outcome when it is on disk; returns at once."""
        self._orders.put(None)

    def stop(self) -> None:
        """End all; returns at once. A recording that is under way is kept, and delivered."""
        self._stopping.set()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Until all is on disk and the camera is closed; False when the time ran out first."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive() and self._grabber.wait(CLOSING_S)

    def view(self) -> Glance:
        """How things stand now."""
        frame, camera, fault = self._frame, self._grabber.camera, self._grabber.fault or ""
        late = stale(time.monotonic() - frame.time_s) if frame else None
        live, settings = frame is not None and late is None, camera.settings if camera else {}
        offers = getattr(camera, "offers", ()) if camera else None  # a file has none
        told = fault or late or ""
        return Glance(frame, live, told, self._shooting(), self._judged, settings, self._free_bytes, offers)

    def _shooting(self) -> Shooting | None:
        work = self._work
        if work is None:
            return None
        recorder, claim = work
        return Shooting(claim, recorder.seconds, recorder.frames, recorder.dropped)

    def _see(self, frame: Frame) -> None:
        """Each frame, on the thread that grabs."""
        self._frame = frame
        # What comes from a camera that was lost and found belongs to no recording from before.
        if (work := self._work) is not None and self._grabber.losses == self._losses:
            work[0].put(frame)

    # On the coach's thread

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._look()
                self._ask_disk()
                self._tend()
        finally:
            self._conclude()
            self._grabber.stop()
            self._grabber.wait(CLOSING_S)

    def _look(self) -> None:
        frame = self._grabber.latest.take(TICK_S)
        if frame is None:
            # A slot that is closed returns at once.
            self._stopping.wait(TICK_S if self._grabber.ended else 0)
            return
        coach = self._coach
        coach.see(frame)
        advice = coach.advice if self._work else coach.fault
        self._judged = Judged(advice, coach.light, coach.sharpness, coach.views, coach.enough)

    def _ask_disk(self) -> None:
        now = time.monotonic()
        if now - self._asked_disk_s < ASK_DISK_S:
            return
        self._asked_disk_s = now
        with suppress(OSError):
            free = shutil.disk_usage(self._workspace.folder).free
            self._free_bytes = free if free < SHORT_BYTES else None

    def _tend(self) -> None:
        """End what cannot go on, and do what was asked for, in order."""
        if self._work is not None and (self._work[0].full or self._grabber.losses != self._losses):
            self._conclude()
        with suppress(Empty):
            order = self._orders.get_nowait()
            if order is None:
                self._conclude()
            elif self._work is None:
                self._try(order)

    def _try(self, wish: _Wish) -> None:
        try:
            self._begin(wish)
        except InspectorError as error:
            self._deliver(Outcome(wish.recipe.name, wish.claim, None, str(error)))

    def _begin(self, wish: _Wish) -> None:
        camera = self._grabber.camera
        if camera is None or self._frame is None:
            raise MachineError(self._grabber.fault or "The camera gives no picture yet. Wait for it, then record.")
        draft = draft_of(
            wish.recipe,
            [wish.claim.component],
            wish.claim.positive,
            wish.claim.pattern,
            by=wish.by,
            source=camera.name,
            settings=camera.settings,
            recorded_at=utc_now(),
        )
        recorder = Recorder(self._workspace.recordings / draft.id, draft)
        recorder.start()
        self._coach.begin()
        self._judged = replace(self._judged, views=0, enough=False)
        self._losses = self._grabber.losses
        self._work = recorder, wish.claim

    def _conclude(self) -> None:
        """End the recording, if there is one, and say what became of it."""
        work, self._work = self._work, None
        if work is None:
            return
        recorder, claim = work
        lost = self._grabber.lost if self._grabber.losses != self._losses else None
        sentence = ""
        try:
            conclude(recorder, lost)
        except InspectorError as error:
            sentence = str(error)
        kept = recorder.folder if (recorder.folder / FILE).exists() else None
        self._deliver(Outcome(recorder.draft.recipe, claim, kept, sentence))

"""One run of a station, from start to end."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from inspector.bundle import Bundle
from inspector.capture.camera import Camera
from inspector.capture.checks import stale
from inspector.capture.grabber import Grabber
from inspector.detections import Detections
from inspector.detector import Detector
from inspector.errors import InspectorError, MachineError
from inspector.frame import Frame, utc_now
from inspector.inspection.delivery import Decided, Delivery, Hear, sentence
from inspector.inspection.judge import look_at, unjudged
from inspector.inspection.records import Records
from inspector.inspection.verdict import Finding, Inspection, Verdict
from inspector.inspection.view import State, View
from inspector.inspection.vote import EVERY_FRAME, Decision, Look, Votes
from inspector.recipe import Recipe

TICK_S = 0.1
FRESH_S = 2.0
"""How old the picture may be that a verdict is true of, on the screen and in the records."""
RATE_FRAMES = 20
AFTER_THE_END = frozenset({"inspection", "counts"})


@dataclass(frozen=True)
class Setup:
    """What a station was given; the recipe is a settled one."""

    recipe: Recipe
    bundle: Bundle
    open_camera: Callable[[], Camera]
    records: Records | None
    hear: Hear | None
    detector: Detector | None
    threads: int
    every_frame: bool
    wait_for_camera: bool


class Run:
    """From start to end: the thread `detect`, with a Grabber before it and a Delivery behind it.

        STARTING ──▶ READY ──▶ RUNNING ◀──▶ ERROR (the camera is gone; it is looked for)
            └───────────┴─────────┴──▶ ERROR (anything else: this run is over) or STOPPED

    Whatever fails, the verdict shown becomes UNDEFINED in the same step.
    """

    def __init__(self, setup: Setup, before: "Run | None") -> None:
        self.done = threading.Event()
        self.error: InspectorError | None = None
        self.left: list[Decided] = []
        self._setup = setup
        self._before = before
        self._lock = threading.Lock()
        self._view = View(State.STARTING)
        self._stopping = threading.Event()
        self._over = False
        self._grabber = Grabber(self._open_camera)
        self._votes: Votes | None = None
        self._alone = setup.every_frame
        self._live = True
        self._judged_s: deque[float] = deque(maxlen=RATE_FRAMES)
        self._newest_s = time.monotonic()
        threading.Thread(target=self._work, name="detect", daemon=True).start()

    def stop(self) -> None:
        """End it; returns at once. What was decided is still delivered."""
        self._end("", Verdict.UNDEFINED)
        self._grabber.stop()

    def view(self) -> View:
        """The newest moment; a verdict on a picture that has grown old is taken back on the way."""
        with self._lock:
            old = self._live and time.monotonic() - self._newest_s > FRESH_S
            if old and self._view.verdict is not Verdict.UNDEFINED:
                message = self._view.message or f"No picture was judged for {FRESH_S:g} s."
                self._view = replace(self._view, verdict=Verdict.UNDEFINED, message=message)
            return self._view

    def _work(self) -> None:
        """The thread `detect`, whole."""
        delivery = Delivery(self._setup.records, self._setup.hear, self._fail, self._left_before())
        try:
            detector = self._prepare()
            self._publish(state=State.READY)
            self._grabber.start()
            self._watch(detector, delivery)
        except Exception as error:
            self._fail(error)
        finally:
            self._grabber.stop()
            delivery.finish()
            self.left = delivery.left
            # The verdict on a file's last picture stays true of that picture; a live one's does not.
            self._end(self._view.message, Verdict.UNDEFINED if self._live else self._view.verdict)
            self.done.set()

    def _left_before(self) -> list[Decided]:
        """What the run before could not deliver. It must be over: a detector is no thing for two threads."""
        before, self._before = self._before, None
        if before is None:
            return []
        before.done.wait()
        return before.left

    def _prepare(self) -> Detector:
        bundle = self._setup.bundle
        detector = self._setup.detector or bundle.detector(self._setup.threads)
        bundle.prove(detector)
        return detector

    def _open_camera(self) -> Camera:
        """On the thread `grab`. The first opening tells whether the person named a camera that is there."""
        try:
            return self._setup.open_camera()
        except InspectorError as error:
            if self._votes is None and not self._setup.wait_for_camera:
                self._fail(error)
            raise

    def _watch(self, detector: Detector, delivery: Delivery) -> None:
        while not self._stopping.is_set():
            ended = self._grabber.ended
            frame = self._grabber.latest.take(TICK_S)
            if frame is not None:
                self._see(frame, detector, delivery)
            elif not ended:
                self._miss()
            elif self._grabber.error is not None:
                raise self._grabber.error
            else:
                return

    def _miss(self) -> None:
        """No picture came within a tick: from a file that means nothing, from a live camera perhaps a fault."""
        camera = self._grabber.camera
        if camera is not None and not camera.live:
            return
        begun = self._votes is not None
        fault = self._grabber.fault or (stale(time.monotonic() - self._newest_s) if begun else None)
        if fault is None or fault == self._view.message:
            return
        if not begun and not self._setup.wait_for_camera:
            raise MachineError(fault)
        if self._votes is not None:
            self._votes.clear()
        self._publish(state=State.ERROR, message=fault, verdict=Verdict.UNDEFINED, findings=())

    def _see(self, frame: Frame, detector: Detector, delivery: Delivery) -> None:
        """Judge a frame, let it vote, hand on what was decided, and show it."""
        votes = self._votes or self._begin()
        since_s = frame.time_s if self._live else time.monotonic()
        frame, seen, findings = self._judge(frame, detector)
        decision = None
        if frame.fault and not self._alone:
            votes.clear()
        else:
            decision = votes.add(frame.image, Look.at(frame, findings))
        latency_ms = 1000 * (time.monotonic() - since_s)
        if decision is not None:
            self._decide(decision, latency_ms, frame, seen, delivery)
        with self._lock:
            self._newest_s = since_s
            self._judged_s.append(time.monotonic())
        self._publish(
            state=State.RUNNING,
            message=frame.fault or "",
            frame=frame,
            detections=seen,
            findings=findings,
            verdict=Verdict.NOT_DECIDABLE if frame.fault else votes.verdict,
            skipped=self._grabber.latest.skipped,
            latency_ms=latency_ms,
            frames_per_s=self._rate(),
            taken_s=since_s,
        )

    def _begin(self) -> Votes:
        """The first picture came, so the camera is known."""
        camera = self._grabber.camera
        if camera is not None:
            self._live = camera.live
            self._alone = self._alone or camera.still
        self._votes = Votes(EVERY_FRAME if self._alone else self._setup.recipe.vote)
        return self._votes

    def _judge(self, frame: Frame, detector: Detector) -> tuple[Frame, Detections, tuple[Finding, ...]]:
        """The frame, with its fault where it must not be judged, what is seen in it, and the findings."""
        recipe = self._setup.recipe
        if not frame.fault:
            everything = detector.detect(frame.image)
            # Asked once it has been looked at: by then the workpiece may be gone.
            frame = replace(frame, fault=self._late(frame))
        if frame.fault:
            return frame, Detections.none(detector.labels), unjudged(recipe, frame.fault)
        return frame, *look_at(recipe, everything, frame.size)

    def _late(self, frame: Frame) -> str | None:
        age_s = time.monotonic() - frame.time_s
        if not self._live or age_s <= FRESH_S:
            return None
        return f"This picture was {age_s:.1f} s old before it was judged: the computer is too slow, or was held up."

    def _decide(
        self, decision: Decision, latency_ms: float, frame: Frame, seen: Detections, delivery: Delivery
    ) -> None:
        counts = dict(self._view.counts)
        inspection = Inspection(
            id=f"{utc_now():%Y%m%dT%H%M%S%f}-{sum(counts.values()):06d}",
            recipe=self._setup.recipe.name,
            bundle=self._setup.bundle.manifest.id,
            first_frame=decision.first.number,
            last_frame=decision.last.number,
            started_at=decision.first.taken_at,
            verdict=decision.verdict,
            findings=decision.findings,
            latency_ms=latency_ms,
        )
        counts[inspection.verdict] += 1
        self._publish(inspection=inspection, counts=MappingProxyType(counts))
        delivery.put(Decided(inspection, frame, seen))

    def _rate(self) -> float:
        span_s = self._judged_s[-1] - self._judged_s[0]
        return (len(self._judged_s) - 1) / span_s if span_s > 0 else 0.0

    def _fail(self, error: BaseException) -> None:
        """Any thread: this run is over, for this reason; said even where a stop was said before."""
        with self._lock:
            self.error = self.error or sentence(error)
            self._over = True
            message = str(self.error)
            self._view = replace(self._view, state=State.ERROR, message=message, verdict=Verdict.UNDEFINED)
        self._stopping.set()

    def _end(self, message: str, verdict: Verdict) -> None:
        """This run stops, unless it is over already; so is what it shows."""
        with self._lock:
            if not self._over:
                self._over = True
                self._view = replace(self._view, state=State.STOPPED, message=message, verdict=verdict)
        self._stopping.set()

    def _publish(self, **changes: Any) -> None:
        with self._lock:
            if self._over:
                changes = {key: value for key, value in changes.items() if key in AFTER_THE_END}
            self._view = replace(self._view, **changes)

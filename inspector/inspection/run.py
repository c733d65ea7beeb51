"""One run of a station, from start to end."""

import threading
import time
from collections import deque
from collections.abc import ItemsView, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np

from inspector.capture.camera import Camera
from inspector.detections import Detections
from inspector.detector import Detector
from inspector.errors import InspectorError, MachineError
from inspector.frame import Frame, Image, freeze, utc_now
from inspector.inspection.aspect import Aspect
from inspector.inspection.delivery import Decided, Delivery, sentence
from inspector.inspection.guard.clock import Clock
from inspector.inspection.guard.footing import Footing
from inspector.inspection.guard.guard import Guard
from inspector.inspection.judge import named
from inspector.inspection.proving.prover import Prover
from inspector.inspection.rig import Opener, Rig
from inspector.inspection.setup import Setup
from inspector.inspection.triggers.asked import NO_FRAME, Ask
from inspector.inspection.triggers.occasions import Occasions
from inspector.inspection.triggers.serials import Receipt
from inspector.inspection.verdict import Inspection, Verdict
from inspector.inspection.view import NO_ASPECTS, State, View
from inspector.inspection.vote import Decision, Look
from inspector.recipe import Size, Trigger

TICK_S = 0.1
FRESH_S = 0.8
"""How old a picture may be when it is judged, and how long that stands: what fails is seen within a second."""
CLOSES_S = 1.0
"""How long the end waits for the cameras. A program that ends while a thread is in OpenCV is aborted; one that a camera
holds for longer does not come back to be."""
RATE_FRAMES = 20
NO_PICTURE = (640, 480)
"""The size of the blank that stands for a picture which never came."""
WATCHING = (State.PROVING, State.RUNNING)
AFTER_THE_END = frozenset({"inspection", "counts"})


class Run:
    """From start to end: the thread `detect`, with a Rig before it and a Delivery behind it.

        STARTING ──▶ PROVING ──▶ READY ──▶ RUNNING ◀──▶ ERROR (the camera is gone; it is looked for)
            │           │ ▲         │         ├──▶ PROVING (again: its time has come, or somebody asked)
            │           ▼ │         │         │
            │          ERROR (it failed; until the next proof)
            └───────────┴───────────┴─────────┴──▶ ERROR (anything else: this run is over) or STOPPED

    Whatever fails, the verdict shown becomes UNDEFINED in the same step. An OK is shown once it is in the records.
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
        self._rig = Rig({name: partial(self._open_camera, opener) for name, opener in setup.cameras.items()})
        self._occasions = Occasions(setup.recipe, setup.triggers, setup.empty)
        self._begun = False
        self._alone = setup.every_frame
        self._live = True
        self._judged_s: deque[float] = deque(maxlen=RATE_FRAMES)
        self._newest_s = time.monotonic()
        self._alive_s: float | None = None
        self._counted: Mapping[str, Aspect] = NO_ASPECTS
        self._guard: Guard
        # One clock for all runs of a station: what they record has to stay in order.
        self.clock: Clock = Clock(setup.bundle.manifest.created_at) if before is None else before.clock
        self.prover = Prover(setup.recipe, setup.bundle, setup.proof, self.clock, setup.hear_proof)
        try:
            threading.Thread(target=self._work, name="detect", daemon=True).start()
        except RuntimeError as error:  # the system gives no thread
            self._fail(error)
            self.done.set()

    def stop(self) -> None:
        """End it; returns at once. What was decided is still delivered."""
        self._end("", Verdict.UNDEFINED)
        self._rig.stop()

    def ask(self, serial: str, by: str, at_s: float | None) -> str:
        """Accept a trigger: "", or why it is refused."""
        view = self.view()
        if view.state not in (State.READY, State.RUNNING):
            return f"The station is not ready for a trigger: {view.message or view.state.value}"
        now_s = time.monotonic()
        asked_s = now_s if at_s is None else min(at_s, now_s)
        refusal = self._occasions.ask(Ask(by, asked_s, utc_now() - timedelta(seconds=now_s - asked_s), serial))
        self._publish()
        return refusal

    def scan(self, serial: str) -> Receipt:
        """Take what a scanner read, or refuse it; that of a known workpiece that is asked for names no other."""
        if self.view().sample is not None:
            return Receipt(False, "")
        receipt = self._occasions.scan(serial, time.monotonic())
        self._publish()
        return receipt

    def view(self) -> View:
        """The newest moment; one that has grown old without another is a fault, found on the way."""
        with self._lock:
            alive_s = self._alive_s if self._live and self._view.state in WATCHING else None
            if alive_s is not None and time.monotonic() - alive_s > FRESH_S:
                message = f"No picture was judged for {FRESH_S:g} s."
                self._view = replace(self._view, state=State.ERROR, verdict=Verdict.UNDEFINED, message=message)
            return self._view

    def _work(self) -> None:
        """The thread `detect`, whole."""
        try:
            delivery = Delivery(self._setup.records, self._setup.hear, self._fail, self._left_before())
            try:
                self._inspect(delivery)
            except BaseException as error:  # also SystemExit: a thread that dies without a word looks like an end
                self._fail(error)
            finally:
                self._rig.stop()
                self._overdue(self._occasions.end("The station was ended.", time.monotonic()), delivery)
                delivery.finish()
                self.left = delivery.left
                # The verdict on a file's last picture stays true of that picture; a live one's does not.
                self._end(self._view.message, Verdict.UNDEFINED if self._live else delivery.last)
                self._rig.wait(CLOSES_S)
        except BaseException as error:
            self._fail(error)
        self.done.set()

    def _inspect(self, delivery: Delivery) -> None:
        detector = self._prepare()
        self.prover.start(detector)
        self._announce()
        self._rig.start()
        self._watch(detector, delivery)

    def _left_before(self) -> list[Decided]:
        """What the run before could not deliver. It must be over: a detector is no thing for two threads."""
        before, self._before = self._before, None
        if before is None:
            return []
        before.done.wait()
        return before.left

    def _prepare(self) -> Detector:
        """The detector, once what the station stands on holds; looked at again and again until it does."""
        setup = self._setup
        footing = Footing(setup.bundle, setup.records.folder if setup.records else None, self.clock)
        detector = setup.detector or setup.bundle.detector(setup.threads)
        self._guard = Guard(setup.bundle, setup.recipe, footing)
        while (fault := self._guard.footing()) is not None and not self._stopping.wait(TICK_S):
            self._publish(state=State.ERROR, message=fault)
        return detector

    def _open_camera(self, opener: Opener) -> Camera:
        """On a thread `grab`. The first opening tells whether the person named a camera that is there."""
        try:
            return opener()
        except InspectorError as error:
            if not self._begun and not self._setup.wait_for_camera:
                self._fail(error)
            raise

    def _watch(self, detector: Detector, delivery: Delivery) -> None:
        while not self._stopping.is_set():
            self._attend(detector)
            frames = self._rig.take(TICK_S)
            self._overdue(self._occasions.tick(time.monotonic()), delivery)
            if frames is not None:
                self._see(frames, detector, delivery)
            elif not self._rig.ended:
                self._miss()
            elif self._rig.error is not None:
                raise self._rig.error
            else:
                return

    def _attend(self, detector: Detector) -> None:
        """Between two frames: what the station stands on, and a proof that is due."""
        self._guard.footing()
        before, right, began_s = (self.prover.message, self.prover.holds), self.prover.right, time.monotonic()
        self.prover.attend(detector)
        if self.prover.right > right:
            # A golden frame is no picture of the camera: one that fell silent gets the time it took, and no more.
            self._alive_s = self._alive_s and self._alive_s + time.monotonic() - began_s
            self._publish(golden=self.prover.right)
        if before != (self.prover.message, self.prover.holds):
            self._announce()

    def _announce(self) -> None:
        """A proof begins, goes on to another workpiece, or has passed."""
        self._publish(
            state=self.prover.state if self.prover.holds else State.READY,
            message=self.prover.message,
            verdict=Verdict.UNDEFINED,
            findings=(),
            sample=self.prover.sample,
            golden=self.prover.right,
            unchecked=self._guard.unchecked,
        )

    def _miss(self) -> None:
        """No picture came within a tick: from a file that means nothing, from a live camera perhaps a fault."""
        if not self._rig.live:
            return
        fault = self._rig.fault(time.monotonic() - self._newest_s if self._begun else None)
        if fault is None or fault == self._view.message:
            return
        if not self._begun and not self._setup.wait_for_camera:
            raise MachineError(fault)
        self._occasions.clear(fault)
        self._publish(state=State.ERROR, message=fault, verdict=Verdict.UNDEFINED, findings=())

    def _see(self, frames: Mapping[str, Frame], detector: Detector, delivery: Delivery) -> None:
        """Judge a frame of each camera, let them vote as one, hand on what was decided, and show it."""
        if not self._begun:
            self._begin()
        since_s = min(frame.time_s for frame in frames.values()) if self._live else time.monotonic()
        aspects = self._judge(frames, detector)
        look = Look.at(self._setup.recipe, aspects)
        first = next(iter(aspects.values()))
        fault = next((aspect.frame.fault for aspect in aspects.values() if aspect.frame.fault), None)
        decision = self._vote({name: frame.image for name, frame in frames.items()}, look, since_s, fault)
        latency_ms = 1000 * (time.monotonic() - since_s)
        if look.number == (self._occasions.counted if decision is None else decision.last.number):
            self._counted = aspects
        if decision is not None:
            self._decide(decision, latency_ms, delivery)
        with self._lock:
            self._newest_s = since_s
            self._alive_s = time.monotonic()
            self._judged_s.append(self._alive_s)
        self._publish(
            **self._standing(fault, delivery, anew=decision is not None and not self._alone),
            remark=self._guard.remark or self._setup.remark(),
            frame=first.frame,
            detections=first.detections,
            findings=look.findings,
            aspects=aspects,
            skipped=self._rig.skipped,
            latency_ms=latency_ms,
            frames_per_s=self._rate(),
            taken_s=since_s,
            sample=self.prover.sample,
            golden=self.prover.right,
        )

    def _vote(self, images: Mapping[str, Image], look: Look, since_s: float, fault: str | None) -> Decision | None:
        """Let the frames say what they show, to the proof where one is under way; the decision if they bring one."""
        proves = self.prover.holds
        if proves:
            self._prove_on(look, fault)
        if fault and not self._alone:
            self._occasions.clear(fault)
        elif proves or self._guard.doubt:
            self._occasions.watch(images, look)
        else:
            return self._occasions.add(images, look, since_s)
        return None

    def _prove_on(self, look: Look, fault: str | None) -> None:
        if fault:
            self.prover.interrupt()
        elif not self._guard.doubt:
            self.prover.see(look)
        if not self.prover.holds:
            self._occasions.clear("Samples were put where the workpieces lie.")

    def _standing(self, fault: str | None, delivery: Delivery, anew: bool) -> dict[str, Any]:
        """State, message and verdict once the frames were judged. anew: a decision was handed over just now."""
        if self.prover.holds:
            state = self.prover.state
            message = self.prover.message if state is State.ERROR else fault or self.prover.message
            return {"state": state, "message": message, "verdict": Verdict.UNDEFINED}
        anew = anew and self._setup.recipe.vote.trigger is not Trigger.CONTINUOUS
        verdict = delivery.kept(Verdict.NOT_DECIDABLE if fault else self._occasions.verdict, anew)
        return {"state": State.RUNNING, "message": fault or delivery.fault or "", "verdict": verdict}

    def _begin(self) -> None:
        """The first pictures came, so the cameras are known."""
        self._live = self._rig.live
        self._alone = self._guard.alone = self._alone or self._rig.still
        if self._rig.still:
            self._guard.expect_other_places()
        if not self._live:
            self.prover.without_samples()
        if self._alone:
            self._occasions.alone()
        self._begun = True

    def _judge(self, frames: Mapping[str, Frame], detector: Detector) -> Mapping[str, Aspect]:
        """What each camera shows, its frame with the fault for which it must not be judged."""
        nothing = Detections.none(detector.labels)
        frames = {name: replace(f, fault=f.fault or self._guard.see(name, f)) for name, f in frames.items()}
        seen = {name: nothing if frame.fault else detector.detect(frame.image) for name, frame in frames.items()}
        aspects = {}
        for name, frame in frames.items():
            # Asked once all have been looked at: by then the workpiece may be gone.
            marked = replace(frame, fault=frame.fault or self._late(name, frame))
            aspects[name] = Aspect.of(self._setup.recipe, name, marked, seen[name])
        return aspects

    def _late(self, camera: str, frame: Frame) -> str | None:
        age_s = time.monotonic() - frame.time_s
        if not self._live or age_s <= FRESH_S:
            return None
        late = f"This picture was {age_s:.1f} s old before it was judged: the computer is too slow, or was held up."
        return named(camera, late)

    def _overdue(self, decision: Decision | None, delivery: Delivery) -> None:
        """Hand on what was decided because its time is over: of the last frames looked at, or of none."""
        if decision is None:
            return
        self._decide(decision, 0.0, delivery)

    def _evidence(self, decision: Decision) -> Mapping[str, Aspect]:
        """The pictures that counted last, blank ones where none did: what lies there now may be the next workpiece."""
        counted = next(iter(self._counted.values()), None)
        if counted is not None and counted.frame.number == decision.last.number:
            return self._counted
        return {name: self._blank(size or NO_PICTURE, decision.last) for name, size in self._views}

    @property
    def _views(self) -> ItemsView[str, Size | None]:
        return self._setup.recipe.views.items()

    def _blank(self, size: Size, look: Look) -> Aspect:
        """What stands for a camera's picture that never came."""
        image = freeze(np.zeros((size[1], size[0], 3), np.uint8))
        nothing = Detections.none(self._setup.bundle.manifest.labels)
        return Aspect(Frame(image, NO_FRAME, look.time_s, look.taken_at, "no picture"), nothing, nothing, look.findings)

    def _decide(self, decision: Decision, latency_ms: float, delivery: Delivery) -> None:
        aspects = self._evidence(decision)
        (_, first), *others = aspects.items()
        counts = dict(self._view.counts)
        inspection = Inspection(
            id=f"{self.clock.now():%Y%m%dT%H%M%S%f}-{sum(counts.values()):06d}",
            recipe=self._setup.recipe.name,
            bundle=self._setup.bundle.manifest.id,
            first_frame=decision.first.number,
            last_frame=decision.last.number,
            started_at=decision.first.taken_at,
            verdict=decision.verdict,
            findings=decision.findings,
            latency_ms=latency_ms,
            camera=self._rig.describe({name: aspect.frame for name, aspect in aspects.items()}),
            serial=decision.serial,
            trigger=decision.trigger,
        )
        counts[inspection.verdict] += 1
        self._publish(inspection=inspection, counts=MappingProxyType(counts))
        delivery.put(Decided(inspection, first.frame, first.detections, dict(others)))

    def _rate(self) -> float:
        span_s = self._judged_s[-1] - self._judged_s[0]
        return (len(self._judged_s) - 1) / span_s if span_s > 0 else 0.0

    def _fail(self, error: BaseException) -> None:
        """Any thread: this run is over, for this reason; said even where a stop was said before."""
        with self._lock:
            self.error = self.error or sentence(error)
            self._over = True
            message = str(self.error)
            self._view = replace(self._view, state=State.ERROR, message=message, remark="", verdict=Verdict.UNDEFINED)
        self._stopping.set()

    def _end(self, message: str, verdict: Verdict) -> None:
        """This run stops, unless it is over already; so is what it shows."""
        with self._lock:
            if not self._over:
                self._over = True
                self._view = replace(self._view, state=State.STOPPED, message=message, remark="", verdict=verdict)
        self._stopping.set()

    def _publish(self, **changes: Any) -> None:
        with self._lock:
            if self._over:
                changes = {key: value for key, value in changes.items() if key in AFTER_THE_END}
            busy, scanned = self._occasions.busy, self._occasions.scanned(time.monotonic())
            self._view = replace(self._view, **changes, busy=busy, scanned=scanned)

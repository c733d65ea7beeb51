"""One recipe, its cameras, one detector, running."""

import time
from collections.abc import Callable, Mapping

from inspector.bundle import Bundle
from inspector.capture.camera import open_camera
from inspector.detector import Detector
from inspector.errors import InputError
from inspector.frame import Image
from inspector.inspection.judge import settled
from inspector.inspection.proving.proof import Proof, keeping
from inspector.inspection.records import Records
from inspector.inspection.rig import Opener
from inspector.inspection.run import Run
from inspector.inspection.setup import Setup
from inspector.inspection.triggers.serials import Receipt
from inspector.inspection.verdict import Inspection
from inspector.inspection.view import State, View
from inspector.recipe import Label, Recipe
from inspector.settings import ProofTimes
from inspector.triggers import Triggers

__all__ = ["State", "Station", "View"]

TICK_S = 0.2
NOT_STARTED = "The station was not started."
Source = str | Opener
"""A source's text, or what opens a camera."""
ALWAYS_AT_THE_START = ProofTimes()


class Station:
    """Watches a camera, or several, and says of each workpiece whether it is as the recipe asks.

    Its threads: `grab` (a Grabber's, one for each camera) keeps the newest frame, `detect` judges one of each camera
    and lets them vote as one, `deliver` writes what was decided and tells it. Nothing here blocks the caller but
    `wait`. A screen pulls `view()` with a timer.

    It first proves itself: on the bundle's golden frames, then on the recipe's samples, put under the camera one after
    the other (state PROVING, the view says which; `present` says that it lies there). Until that has passed it is not
    ready and gives no verdict; `prove` asks for it again.

    A camera lost in mid-run is looked for until it is back: meanwhile state ERROR with its sentence, no verdict,
    and no vote that reaches over the gap. Any other failure ends the run in ERROR. `start` begins anew.

    recipe: its scores and counts outweigh those of the copy in the bundle.
    source: a source's text, or a function that opens the camera, and opens it again after a loss; where the recipe has
        several cameras, one for each by its name.
    every_frame: judge each frame alone, with no vote; so it is for pictures that stand alone, in any case.
    on_inspection: called on the thread `deliver`, after the inspection is in the records.
    detector: instead of the bundle's network. threads: processor threads for the network.
    wait_for_camera: one that does not answer at the start is waited for, as one lost later is; else that is the end.
    triggers: what the settings say of them. empty: the place of a workpiece with none in it, as the camera sees it,
    for the recipe's trigger `workpiece`.
    proof: when the station proves itself again, beside at its start. on_proof: called on the thread `detect` with each
    proof that is over, after it was kept beside the records.
    remark: asked on the thread `detect` for what the view shall say of what is around the station, "" where all is
    well.

    Raises: InputError where the bundle was taught other components, by other cameras, or on pictures of another size
    than the recipe asks for; and where sources are not those of its cameras.
    """

    def __init__(
        self,
        recipe: Recipe,
        bundle: Bundle,
        source: Source | Mapping[str, Source],
        *,
        records: Records | None = None,
        every_frame: bool = False,
        on_inspection: Callable[[Inspection], None] | None = None,
        detector: Detector | None = None,
        threads: int = 2,
        wait_for_camera: bool = False,
        triggers: Triggers | None = None,
        empty: Image | None = None,
        proof: ProofTimes = ALWAYS_AT_THE_START,
        on_proof: Callable[[Proof], None] | None = None,
        remark: Callable[[], str] = str,
    ) -> None:
        sources = source if isinstance(source, Mapping) else {"": source}
        _check_labels(recipe, bundle, detector)
        _check_cameras(recipe, bundle, sources)
        _check_frame_sizes(recipe, bundle)
        _check_scores(recipe, bundle)
        self._setup = Setup(
            recipe=settled(recipe, bundle.manifest.thresholds, bundle.manifest.sizes),
            bundle=bundle,
            cameras={name: _opener(sources[name]) for name in recipe.views},
            records=records,
            hear=on_inspection,
            detector=detector,
            threads=threads,
            every_frame=every_frame,
            wait_for_camera=wait_for_camera,
            triggers=triggers or Triggers(),
            empty=empty,
            proof=proof,
            hear_proof=keeping(records.folder if records else None, on_proof),
            remark=remark,
        )
        self._run: Run | None = None

    def start(self) -> None:
        """Begin; returns at once. A station that runs is left alone."""
        if self._run is None or self.view().state is State.STOPPED or self._run.error is not None:
            self._run = Run(self._setup, self._run)

    def stop(self) -> None:
        """End; returns at once. What was decided is still delivered."""
        if self._run is not None:
            self._run.stop()

    def trigger(self, serial: str = "", by: str = "plc", at_s: float | None = None) -> str:
        """Ask for one inspection, of pictures taken from now on; the recipe's trigger is `asked`. From any thread.

        An accepted trigger comes to exactly one inspection, NOT_DECIDABLE where no picture comes within the recipe's
        `decide_within_s`. by: what its `trigger` will be. at_s: monotonic, when it was asked for, where that was a
        while ago: what lay there then is meant, so that `decide_within_s` counts from there.
        Returns: "", or a sentence why it is refused: another one is pending, the station is not ready, the number is
        none of this product.
        """
        return NOT_STARTED if self._run is None else self._run.ask(serial, by, at_s)

    def scan(self, serial: str) -> Receipt:
        """Take what a barcode scanner read: the serial number of the workpiece whose inspection comes next, or is under
        way, as the recipe says.
        """
        return Receipt(False, NOT_STARTED) if self._run is None else self._run.scan(serial)

    def prove(self, by: str = "") -> None:
        """Ask for a proof; returns at once. by: who asks. A station that does not run proves itself when it starts."""
        if self._run is not None:
            self._run.prover.prove(by)

    def present(self, name: str = "") -> None:
        """Say that the sample which the view asks for lies under the camera. name: what is written on it, if read."""
        if self._run is not None:
            self._run.prover.present(name)

    def judge_golden(self) -> None:
        """Ask that one golden frame is judged now; returns at once: the view's `golden` grows, or the run ends."""
        if self._run is not None:
            self._run.prover.judge_golden()

    def view(self) -> View:
        """The newest moment: cheap, from any thread."""
        return View() if self._run is None else self._run.view()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Block until all is delivered: the source has ended, or `stop` was called. False when the time ran out first.

        Raises: InputError or MachineError, the one that ended the station.
        """
        run = self._run
        if run is None:
            return True
        deadline = None if timeout_s is None else time.monotonic() + timeout_s
        # In ticks: on Windows, Ctrl-C does not reach a thread that waits without end.
        while not run.done.wait(TICK_S if deadline is None else min(TICK_S, max(0.0, deadline - time.monotonic()))):
            if deadline is not None and time.monotonic() >= deadline:
                return False
        if run.error is not None:
            raise run.error
        return True


def _check_labels(recipe: Recipe, bundle: Bundle, detector: Detector | None) -> None:
    asked = set(recipe.labels)
    for labels in (bundle.manifest.labels, detector.labels if detector else bundle.manifest.labels):
        if set(labels) != asked:
            raise InputError(
                f"The recipe '{recipe.name}' asks for {_said(asked)}, the bundle {bundle.manifest.id} was taught "
                f"{_said(set(labels))}. Train the recipe again, or change it back."
            )


def _check_cameras(recipe: Recipe, bundle: Bundle, sources: Mapping[str, Source]) -> None:
    if set(sources) != set(recipe.views):
        wanted = f"the cameras {', '.join(recipe.views)}" if recipe.cameras else "one camera, which has no name"
        raise InputError(f"The recipe '{recipe.name}' is of {wanted}: name one source for each, and no other.")
    if recipe.shared_views != bundle.manifest.recipe.shared_views:
        raise InputError(
            f"In the recipe '{recipe.name}' other components share a camera than in the bundle {bundle.manifest.id}, "
            "which never saw them there. Record and train the recipe again, or change it back."
        )


def _check_frame_sizes(recipe: Recipe, bundle: Bundle) -> None:
    learnt = recipe.taught_views(bundle.manifest.sizes)
    for camera, asked in recipe.views.items():
        taught = learnt[camera]
        if asked is not None and taught is not None and asked != taught:
            raise InputError(
                f"The recipe '{recipe.name}' is for pictures of {asked[0]}x{asked[1]}, the bundle {bundle.manifest.id} "
                f"was taught on {taught[0]}x{taught[1]}. Record and train the recipe again, or change it back."
            )


def _check_scores(recipe: Recipe, bundle: Bundle) -> None:
    missing = [c.name for c in recipe.components if c.threshold is None and c.name not in bundle.manifest.thresholds]
    if missing:
        raise InputError(
            f"The bundle {bundle.manifest.id} has no working score for '{missing[0]}'. Train the recipe again, "
            "or set its 'threshold' in the recipe."
        )


def _opener(source: Source) -> Opener:
    return source if callable(source) else lambda: open_camera(source)


def _said(labels: set[Label]) -> str:
    return ", ".join(sorted(map(str, labels)))

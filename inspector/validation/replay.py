"""A bundle run over frames whose truth is known, and what that shows of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from inspector.bundle import Bundle
from inspector.detections import Detections
from inspector.detector import Detector
from inspector.frame import Image
from inspector.inspection.judge import look_at, settled
from inspector.inspection.verdict import Finding, Verdict
from inspector.recipe import Component
from inspector.validation.metrics import (
    Rate,
    Tradeoff,
    Truth,
    component_score,
    escapes_at,
    mean_average_precision,
)

STATED_OVERKILL = 0.005


@dataclass(frozen=True, eq=False)
class Replay:
    """Frames in step: what is true of each, and all that the detector saw in it, down to its floor."""

    bundle: Bundle
    truths: tuple[Truth, ...]
    found: tuple[Detections, ...]
    sizes: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Figures:
    """What a replay shows of one component.

    overkill: of the frames with the complete component, those not judged OK; escapes: of the others, those judged OK,
    both at the working score. tradeoff: escapes where overkill may be STATED_OVERKILL, of frames that lack some; None
    of what must not be there, where a higher score means another thing. negatives: frames verified empty of it;
    false_detections: working detections on them; highest_on_negative: the highest score there, None without any.
    """

    component: str
    overkill: Rate
    escapes: Rate
    tradeoff: Tradeoff | None
    negatives: int
    false_detections: int
    highest_on_negative: float | None
    average_precision: float

    def as_json(self) -> dict[str, float | int | None]:
        """The figures as a program reads them; None where there was nothing to count."""
        return {
            "good": self.overkill.n,
            "overkill": self.overkill.k,
            "bad": self.escapes.n,
            "escapes": self.escapes.k,
            "escapes_at_stated_overkill": self.tradeoff.escapes.k if self.tradeoff else None,
            "negatives": self.negatives,
            "false_detections": self.false_detections,
            "highest_on_negative": self.highest_on_negative,
            "average_precision": None if np.isnan(self.average_precision) else self.average_precision,
        }


def replay(
    bundle: Bundle,
    detector: Detector,
    frames: Iterable[tuple[Truth, Image]],
    progress: Callable[[int], None] = lambda done: None,
) -> Replay:
    """Run the detector over frames with their truth, calling progress with the number done."""
    truths, found, sizes = [], [], []
    for truth, image in frames:
        truths.append(truth)
        found.append(detector.detect(image))
        sizes.append((image.shape[1], image.shape[0]))
        progress(len(truths))
    return Replay(bundle, tuple(truths), tuple(found), tuple(sizes))


def figures(run: Replay) -> list[Figures]:
    """The figures of each component, in the recipe's order."""
    return [_figures(run, component) for component in run.bundle.manifest.recipe.components]


def wrong(run: Replay) -> list[int]:
    """The frames on which some component was judged otherwise than it is."""
    recipe = run.bundle.manifest.recipe
    mistaken = (_mistaken(run, component, told_frames(run, component)) for component in recipe.components)
    return sorted(set(chain.from_iterable(mistaken)))


def _figures(run: Replay, component: Component) -> Figures:
    told = told_frames(run, component)
    good = [i for i in told if run.truths[i].complete(component)]
    bad = sorted(set(told) - set(good))
    empty = [i for i in told if not _holds(run.truths[i], component)]
    on_empty = [run.found[i].of(component.name) for i in empty]
    return Figures(
        component=component.name,
        overkill=Rate(sum(not passes(run, i, component) for i in good), len(good)),
        escapes=Rate(sum(passes(run, i, component) for i in bad), len(bad)),
        tradeoff=_tradeoff(run, component, good, bad) if component.count else None,
        negatives=len(empty),
        false_detections=sum(len(run.bundle.working(seen)) for seen in on_empty),
        highest_on_negative=max((float(s.scores.max()) for s in on_empty if len(s)), default=0.0) if empty else None,
        average_precision=_average_precision(run, component, told),
    )


def _tradeoff(run: Replay, component: Component, good: Sequence[int], bad: Sequence[int]) -> Tradeoff:
    """Of frames with too many, or with a failing pattern, the score says nothing."""
    lacking = [i for i in bad if run.truths[i].count(component) < component.count]
    full, short = ([component_score(component, run.found[i]) for i in some] for some in (good, lacking))
    return escapes_at(full, short, STATED_OVERKILL)


def passes(run: Replay, frame: int, component: Component) -> bool:
    """Whether a station would judge the frame alone OK of that component."""
    return finding_on(run, frame, component).verdict is Verdict.OK


def finding_on(run: Replay, frame: int, component: Component) -> Finding:
    """What a station would find of that component in the frame alone."""
    manifest = run.bundle.manifest
    recipe = settled(manifest.recipe, manifest.thresholds, manifest.sizes)
    _, findings = look_at(recipe, run.found[frame], run.sizes[frame])
    return findings[recipe.components.index(recipe.component(component.name))]


def told_frames(run: Replay, component: Component) -> list[int]:
    """The frames that say something about the component."""
    return [i for i, truth in enumerate(run.truths) if component.name in truth.components]


def _mistaken(run: Replay, component: Component, told: Sequence[int]) -> list[int]:
    return [i for i in told if passes(run, i, component) != run.truths[i].complete(component)]


def _holds(truth: Truth, component: Component) -> bool:
    return any(truth.labels[int(k)].component == component.name for k in truth.classes)


def _average_precision(run: Replay, component: Component, told: Sequence[int]) -> float:
    mine = [_only(run.truths[i], component) for i in told]
    return mean_average_precision(mine, [run.found[i].of(component.name) for i in told])


def _only(truth: Truth, component: Component) -> Truth:
    """The frame's truth of that component alone."""
    keep = np.array([truth.labels[int(k)].component == component.name for k in truth.classes], bool)
    return Truth(truth.name, truth.boxes[keep], truth.classes[keep], truth.labels, (component.name,))

"""Whether what was seen in one frame is what the recipe asks for. Pure: the same input gives the same findings."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from inspector.boxes import inside
from inspector.bundle import at_least
from inspector.detections import Detections
from inspector.inspection.verdict import Finding, Kind, Verdict
from inspector.recipe import Component, Recipe, Size

DOUBT_ODDS = 2 / 3
"""How near below its working score a detection is doubtful, as a share of the odds s / (1 - s): 0.5 doubts from 0.4 on,
0.9 from 0.857. Odds, because near 0 and near 1 a plain difference of scores means something else than in the middle."""


def settled(recipe: Recipe, thresholds: Mapping[str, float], sizes: Mapping[str, Size]) -> Recipe:
    """The recipe with everything filled in that it leaves to the bundle: each working score, and each frame size.

    Args: thresholds, a score for each component; sizes, (width, height) of the pictures that taught a component, where
    that is known.
    """
    components = tuple(
        c if c.threshold is not None else c.model_copy(update={"threshold": thresholds[c.name]})
        for c in recipe.components
    )
    taught = recipe.taught_views(sizes)
    views = {camera: size or taught[camera] for camera, size in recipe.views.items()}
    cameras = tuple(camera.model_copy(update={"frame_size": views[camera.name]}) for camera in recipe.cameras)
    return recipe.model_copy(update={"components": components, "cameras": cameras, "frame_size": views.get("")})


def working(recipe: Recipe, detections: Detections, odds: float = 1.0) -> Detections:
    """Those at or above their component's working score; with odds below 1, those nearly there as well.

    The recipe is a settled one.
    """
    scores = {c.name: c.threshold or 0.0 for c in recipe.components}
    return at_least(detections, {name: least * odds / (1 - least + least * odds) for name, least in scores.items()})


def judge(recipe: Recipe, detections: Detections, generous: Detections | None = None) -> tuple[Finding, ...]:
    """A finding for each component of the recipe, in its order.

    OK is said only where the count is exact, nothing fails, and it would still be OK if each doubtful detection were
    real. Doubt takes an OK away and gives none: a part whose score does not reach its working score is missing, and
    remains so, for "almost seen" must not soften a FAIL into something that one waves through.

    Args: detections, at or above their working scores; generous, the same and the doubtful ones.
    """
    findings = []
    for component in recipe.components:
        finding = _judge(component, detections.of(component.name))
        if finding.verdict is Verdict.OK and generous is not None:
            perhaps = _judge(component, generous.of(component.name))
            if perhaps.verdict is not Verdict.OK:
                doubt = f"perhaps {perhaps.reason}"
                finding = replace(perhaps, verdict=Verdict.NOT_DECIDABLE, reason=doubt, kind=Kind.DOUBTFUL)
        findings.append(finding)
    return tuple(findings)


def look_at(recipe: Recipe, everything: Detections, frame_size: Size) -> tuple[Detections, tuple[Finding, ...]]:
    """What counts as seen, and what it means: a station and whoever examines a bundle both say this, and nothing else.

    A picture of another size than a component was taught in is not decidable of it: its region, and what the network
    knows, lie elsewhere there.

    Args: a settled recipe; everything, all that the detector saw in one picture, down to its floor.
    Returns: the detections at or above their working scores, and the findings, doubt included.
    """
    seen = working(recipe, everything)
    findings = list(judge(recipe, seen, working(recipe, everything, DOUBT_ODDS)))
    for index, component in enumerate(recipe.components):
        taught = recipe.views[component.camera]
        if taught is not None and taught != frame_size:
            findings[index] = _unjudged(component, named(component.camera, _other_size(taught, frame_size)))
    return seen, tuple(findings)


def unjudged(recipe: Recipe, reason: str) -> tuple[Finding, ...]:
    """The findings for a picture that nothing can be said of, and why."""
    return tuple(_unjudged(component, reason) for component in recipe.components)


def _unjudged(component: Component, reason: str) -> Finding:
    passing = _passing(component)
    return Finding(component.name, passing, component.count, 0, Verdict.NOT_DECIDABLE, reason, Kind.UNJUDGED)


def named(camera: str, sentence: str) -> str:
    """What is said of one of several cameras; where there is one only, it has no name."""
    return f"{camera}: {sentence}" if camera else sentence


def overall(findings: tuple[Finding, ...]) -> Verdict:
    """The verdict on the whole: a proved fault outweighs a doubt, a doubt what is fine; nothing judged is UNDEFINED."""
    said = {finding.verdict for finding in findings}
    for verdict in (Verdict.NOT_OK, Verdict.NOT_DECIDABLE, Verdict.UNDEFINED, Verdict.OK):
        if verdict in said:
            return verdict
    return Verdict.UNDEFINED


def _judge(component: Component, seen: Detections) -> Finding:
    """The finding for one component, from its own detections."""
    here = seen if component.region is None else seen.where(inside(seen.boxes, component.region))
    counts = Counter(here.label(i).pattern for i in range(len(here)))
    failing = {p.name: counts[p.name] for p in component.patterns if not p.passes and counts[p.name]}
    found = len(here) - sum(failing.values())
    fine = found == component.count and not failing
    pattern = max(failing, key=lambda name: failing[name]) if failing else _passing(component)
    said = list(_reasons(component, found, failing))
    if len(here) < len(seen):
        said.append(f"{len(seen) - len(here)} outside the region")
    return Finding(
        component.name,
        pattern,
        component.count,
        found,
        Verdict.OK if fine else Verdict.NOT_OK,
        _sentence(component, said),
        _kind(component, found, failing),
        _least_score(here, pattern if failing else None),
    )


def _kind(component: Component, found: int, failing: Mapping[str, int]) -> Kind:
    if failing:
        return Kind.WRONG
    if found < component.count:
        return Kind.MISSING
    return Kind.EXTRA if found > component.count else Kind.FINE


def _least_score(here: Detections, pattern: str | None) -> float | None:
    """Of those in the pattern, or of all."""
    scores = [float(here.scores[i]) for i in range(len(here)) if pattern in (None, here.label(i).pattern)]
    return round(min(scores), 4) if scores else None


def _reasons(component: Component, found: int, failing: Mapping[str, int]) -> list[str]:
    """What is wrong, each in a few words."""
    said = [f"{n} {'is' if n == 1 else 'are'} {pattern}" for pattern, n in failing.items()]
    missing = component.count - found - sum(failing.values())
    if missing > 0:
        said.append("missing" if component.count == 1 else f"{missing} of {component.count} missing")
    elif found > component.count:
        said.append(f"{found} found, {component.count or 'none'} expected")
    return said


def _sentence(component: Component, said: list[str]) -> str:
    if not said:
        return ""
    return f"{component.name} missing" if said == ["missing"] else f"{component.name}: {', '.join(said)}"


def _passing(component: Component) -> str | None:
    return next((p.name for p in component.patterns if p.passes), None)


def _other_size(taught: Size, got: Size) -> str:
    wanted = "{}x{}".format(*taught)
    return "the picture is {}x{}, the recipe was taught on ".format(*got) + f"{wanted}: set the camera to {wanted}"

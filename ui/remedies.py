"""What whoever holds the workpiece is to do, in words for each finding that is not OK."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector.inspection.verdict import Finding, Verdict
from inspector.recipe import Component, Recipe
from ui.engine_words import translated
from ui.translation import translate


@dataclass(frozen=True)
class Remedy:
    """verdict: NOT_OK or NOT_DECIDABLE. fault: what is wrong with the component; deed: what to do about it."""

    component: str
    verdict: Verdict
    fault: str
    deed: str


def remedies(findings: Sequence[Finding], recipe: Recipe | None) -> tuple[Remedy, ...]:
    """The proved faults first, each in the order of the recipe."""
    known = {component.name: component for component in recipe.components} if recipe else {}
    wrong = [f for f in findings if f.verdict is Verdict.NOT_OK]
    unsure = [f for f in findings if f.verdict is Verdict.NOT_DECIDABLE]
    return (*(_wrong(finding, known.get(finding.component)) for finding in wrong), *map(_unsure, unsure))


def _wrong(finding: Finding, component: Component | None) -> Remedy:
    fault, deed = _words(finding, component)
    return Remedy(finding.component, finding.verdict, fault, deed)


def _words(finding: Finding, component: Component | None) -> tuple[str, str]:
    passing = [p.name for p in component.patterns if p.passes] if component else []
    failing = [p.name for p in component.patterns if not p.passes] if component else []
    missing = finding.expected - finding.found
    if finding.pattern in failing:
        text = translate("Remedy", "is “%1”").replace("%1", str(finding.pattern))
        should = translate("Remedy", "It should be “%1”").replace("%1", passing[0] if passing else "")
        return text, should
    if missing > 0 and finding.expected == 1:
        return translate("Remedy", "is missing"), translate("Remedy", "Put it in")
    if missing > 0:
        return _numbers(translate("Remedy", "%1 of %2 missing"), missing, finding.expected), translate(
            "Remedy", "Put in what is missing"
        )
    if missing < 0 and finding.expected:
        return _numbers(translate("Remedy", "%1 too many"), -missing, 0), translate("Remedy", "Take out what is extra")
    if missing < 0:
        return translate("Remedy", "does not belong here"), translate("Remedy", "Take it out")
    return translated(finding.reason.replace(f"{finding.component}: ", "", 1)), ""


def _numbers(text: str, one: int, other: int) -> str:
    return text.replace("%1", str(one)).replace("%2", str(other))


def _unsure(finding: Finding) -> Remedy:
    reason = translated(finding.reason.replace(f"{finding.component}: ", "", 1))
    return Remedy(finding.component, finding.verdict, translate("Remedy", "not sure"), reason)

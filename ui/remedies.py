"""What whoever holds the workpiece is to do, in words for each finding that is not OK."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspector.inspection.verdict import Finding, Kind, Verdict
from inspector.recipe import Component, Recipe
from ui.judged import as_told
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


def said(finding: Finding) -> str:
    """What is said of the component, without its name; "" where there is nothing to say."""
    if finding.verdict not in (Verdict.NOT_OK, Verdict.NOT_DECIDABLE):
        return _reason(finding)
    (one,) = remedies((finding,), None)
    return one.deed if one.deed and one.verdict is Verdict.NOT_DECIDABLE else one.fault


def said_of_all(findings: Sequence[Finding]) -> str:
    """Why a verdict is no PASS, in one line."""
    wrong = (f for f in findings if f.verdict in (Verdict.NOT_OK, Verdict.NOT_DECIDABLE))
    return "; ".join(dict.fromkeys(f"{finding.component} {said(finding)}" for finding in wrong))


def _wrong(finding: Finding, component: Component | None) -> Remedy:
    fault, deed = _words(finding, component)
    return Remedy(finding.component, finding.verdict, fault, deed)


def _words(finding: Finding, component: Component | None) -> tuple[str, str]:
    """What is wrong, and what to do."""
    missing = finding.expected - finding.found
    match finding.kind:
        case Kind.WRONG:
            passing = next((p.name for p in component.patterns if p.passes), "") if component else ""
            fault = translate("Remedy", "is “%1”").replace("%1", str(finding.pattern))
            return fault, translate("Remedy", "It should be “%1”").replace("%1", passing)
        case Kind.MISSING if finding.expected == 1:
            return translate("Remedy", "is missing"), translate("Remedy", "Put it in")
        case Kind.MISSING:
            fault = _numbers(translate("Remedy", "%1 of %2 missing"), missing, finding.expected)
            return fault, translate("Remedy", "Put in what is missing")
        case Kind.EXTRA if finding.expected:
            fault = _numbers(translate("Remedy", "%1 too many"), -missing)
            return fault, translate("Remedy", "Take out what is extra")
        case Kind.EXTRA:
            return translate("Remedy", "does not belong here"), translate("Remedy", "Take it out")
    return _reason(finding), ""


def _unsure(finding: Finding) -> Remedy:
    match finding.kind:
        case Kind.DOUBTFUL:
            why = translate("Remedy", "Perhaps %1 found, %2 expected: see that it lies well")
            deed = _numbers(why, finding.found, finding.expected)
        case Kind.UNDECIDED:
            deed = translate("Remedy", "The pictures did not agree: let it lie still")
        case _:
            deed = _reason(finding)
    return Remedy(finding.component, finding.verdict, translate("Remedy", "not sure"), deed)


def _reason(finding: Finding) -> str:
    """As judge and vote say it, without the component's name, which stands before it."""
    return as_told(finding.reason).replace(f"{finding.component}: ", "", 1)


def _numbers(text: str, one: int, other: int = 0) -> str:
    return text.replace("%1", str(one)).replace("%2", str(other))

"""What a station page says of a moment of its station. Pure, but for the language."""

from inspector.inspection.judge import overall
from inspector.inspection.verdict import Finding, Verdict
from inspector.inspection.view import State, View
from inspector.recipe import Recipe
from ui.engine_words import translated
from ui.stations import Advice, Offer
from ui.translation import translate
from ui.widgets.findings import expected


def told_findings(view: View, recipe: Recipe | None) -> tuple[Finding, ...]:
    """The findings behind the verdict that is shown; where none is shown, what will be looked for.

    A frame's own findings change with every hand that passes: they are shown only where they agree with the verdict.
    """
    if view.verdict is Verdict.UNDEFINED:
        return expected(recipe) if recipe else ()
    if overall(view.findings) is view.verdict or view.inspection is None:
        return view.findings
    return view.inspection.findings


def is_true(view: View) -> bool:
    """Whether the picture is of what lies there now, or is the last of a source that has come to its end."""
    return view.state in (State.PROVING, State.READY, State.RUNNING) or view.verdict is not Verdict.UNDEFINED


def advice_on(view: View, offer: Offer | None, ended_with: Advice | None, guarded: bool = False) -> Advice | None:
    """What to do next, where there is something to do. guarded: whoever looks at it cannot start anything."""
    if view.state is State.ERROR:
        return Advice(translate("StationPage", "The station has a fault"), translated(view.message))
    if view.state is State.PROVING:
        return _of_proof(view)
    if view.state is not State.STOPPED:
        return None
    if ended_with is not None or offer is None:
        return ended_with
    if offer.advice is None and view.frame is None and not guarded:
        return Advice(
            translate("StationPage", "Ready to start"),
            translate("StationPage", "Choose the source and press Start, or the space bar."),
        )
    return offer.advice


def _of_proof(view: View) -> Advice | None:
    """Which known workpiece to put under the camera; nothing while golden frames are judged."""
    if view.sample is None:
        return None
    good = translate("StationPage", "Put a good workpiece under the camera")
    bad = translate("StationPage", "Put a bad workpiece under the camera")
    lying = translate("StationPage", "It lies there")
    return Advice(good if view.sample.good else bad, translated(view.message), button=lying)


def measures(view: View) -> str:
    """How fast it goes."""
    if view.state is not State.RUNNING:
        return ""
    return (
        translate("StationPage", "%1 frames/s    %2 ms    %3 skipped")
        .replace("%1", f"{view.frames_per_s:.1f}")
        .replace("%2", f"{view.latency_ms:.0f}")
        .replace("%3", str(view.skipped))
    )

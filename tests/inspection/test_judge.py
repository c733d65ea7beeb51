"""One frame against the recipe: worked examples, and that only an exact count is OK."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.boxes import as_boxes
from inspector.detections import Detections
from inspector.inspection.judge import DOUBT_ODDS, judge, look_at, overall, settled, working
from inspector.inspection.verdict import Finding, Kind, Verdict
from inspector.recipe import Component, Mode, Pattern, Recipe, Viewpoint

ON, OFF = Pattern(name="on", passes=True), Pattern(name="off", passes=False)
SCREW = Component(name="screw", mode=Mode.CLASSIFICATION, patterns=(ON, OFF), count=4)
TAPE = Component(name="tape", region=(100, 0, 200, 100))
RECIPE = settled(Recipe(name="box", frame_size=(640, 480), components=(SCREW, TAPE)), {"screw": 0.5, "tape": 0.4}, {})
OK, NOT_OK, NOT_DECIDABLE = Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE


def seen(*things: tuple[str, float, float], recipe: Recipe = RECIPE) -> Detections:
    """Detections from (label's name, score, xmin); each box is 10 pixels wide and high."""
    names = [label.name for label in recipe.labels]
    boxes = as_boxes([(x, 10, x + 10, 20) for _, _, x in things])
    scores = np.array([score for _, score, _ in things], np.float32)
    return Detections(boxes, scores, np.array([names.index(n) for n, _, _ in things], np.int32), recipe.labels)


def screws(on: int, off: int = 0) -> list[tuple[str, float, float]]:
    return [("on" if i < on else "off", 0.9, 20.0 * i) for i in range(on + off)]


TAPE_THERE = ("tape", 0.9, 150.0)


@pytest.mark.parametrize(
    ("on", "off", "expected"),
    [
        (4, 0, Finding("screw", "on", 4, 4, OK, "", Kind.FINE, 0.9)),
        (2, 0, Finding("screw", "on", 4, 2, NOT_OK, "screw: 2 of 4 missing", Kind.MISSING, 0.9)),
        (0, 0, Finding("screw", "on", 4, 0, NOT_OK, "screw: 4 of 4 missing", Kind.MISSING, None)),
        (3, 1, Finding("screw", "off", 4, 3, NOT_OK, "screw: 1 is off", Kind.WRONG, 0.9)),
        (2, 1, Finding("screw", "off", 4, 2, NOT_OK, "screw: 1 is off, 1 of 4 missing", Kind.WRONG, 0.9)),
        (0, 4, Finding("screw", "off", 4, 0, NOT_OK, "screw: 4 are off", Kind.WRONG, 0.9)),
        (5, 0, Finding("screw", "on", 4, 5, NOT_OK, "screw: 5 found, 4 expected", Kind.EXTRA, 0.9)),
        (4, 1, Finding("screw", "off", 4, 4, NOT_OK, "screw: 1 is off", Kind.WRONG, 0.9)),
    ],
)
def test_patterns(on: int, off: int, expected: Finding) -> None:
    finding, _ = judge(RECIPE, seen(*screws(on, off), TAPE_THERE))
    assert finding == expected


@pytest.mark.parametrize(
    ("tapes", "expected"),
    [
        ([150], Finding("tape", None, 1, 1, OK, "", Kind.FINE, 0.9)),
        ([], Finding("tape", None, 1, 0, NOT_OK, "tape missing", Kind.MISSING)),
        ([110, 150], Finding("tape", None, 1, 2, NOT_OK, "tape: 2 found, 1 expected", Kind.EXTRA, 0.9)),
        ([300], Finding("tape", None, 1, 0, NOT_OK, "tape: missing, 1 outside the region", Kind.MISSING)),
        ([150, 300], Finding("tape", None, 1, 1, OK, "tape: 1 outside the region", Kind.FINE, 0.9)),
        ([95], Finding("tape", None, 1, 1, OK, "", Kind.FINE, 0.9)),  # its centre is at 100: just inside
        ([94.5], Finding("tape", None, 1, 0, NOT_OK, "tape: missing, 1 outside the region", Kind.MISSING)),
    ],
)
def test_count_and_region(tapes: list[float], expected: Finding) -> None:
    _, finding = judge(RECIPE, seen(*screws(4), *(("tape", 0.9, x) for x in tapes)))
    assert finding == expected


def test_a_component_that_must_not_be_there() -> None:
    recipe = settled(Recipe(name="box", components=(Component(name="chip", count=0),)), {"chip": 0.5}, {})
    assert judge(recipe, seen(recipe=recipe))[0].verdict is OK
    (finding,) = judge(recipe, seen(("chip", 0.9, 5), recipe=recipe))
    assert (finding.verdict, finding.reason) == (NOT_OK, "chip: 1 found, none expected")


def test_two_patterns_that_pass_count_together() -> None:
    patterns = (Pattern(name="left", passes=True), Pattern(name="right", passes=True), Pattern(name="up", passes=False))
    clip = Component(name="clip", mode=Mode.CLASSIFICATION, patterns=patterns, count=2)
    recipe = settled(Recipe(name="box", components=(clip,)), {"clip": 0.5}, {})
    assert judge(recipe, seen(("left", 0.9, 0), ("right", 0.9, 50), recipe=recipe))[0].verdict is OK


def test_the_score_is_that_of_the_weakest_of_what_is_told() -> None:
    things = [("on", 0.9, 0), ("on", 0.7, 20), ("off", 0.8, 40), ("off", 0.6, 60), TAPE_THERE]
    finding, _ = judge(RECIPE, seen(*things))
    assert (finding.pattern, finding.score) == ("off", 0.6)
    finding, _ = judge(RECIPE, seen(*things[:2], TAPE_THERE))
    assert (finding.pattern, finding.score) == ("on", 0.7)


def test_another_picture_size_is_not_decidable_even_if_all_is_there() -> None:
    _, findings = look_at(RECIPE, seen(*screws(4), TAPE_THERE), (1280, 720))
    assert {(f.verdict, f.kind) for f in findings} == {(NOT_DECIDABLE, Kind.UNJUDGED)}
    assert "1280x720" in findings[0].reason
    assert "set the camera to 640x480" in findings[0].reason


def test_the_size_that_the_bundle_learnt_counts_where_the_recipe_names_none() -> None:
    plain = Recipe(name="box", components=(Component(name="chip"),))
    recipe = settled(plain, {"chip": 0.5}, {"chip": (640, 480)})
    assert recipe.frame_size == (640, 480)
    _, (finding,) = look_at(recipe, seen(("chip", 0.9, 5), recipe=recipe), (320, 240))
    assert finding.verdict is NOT_DECIDABLE


def test_each_camera_has_a_picture_size_of_its_own() -> None:
    views = (Viewpoint(name="top", frame_size=(640, 480)), Viewpoint(name="side"))
    parts = (Component(name="a", camera="top"), Component(name="b", camera="side"), Component(name="c", camera="side"))
    recipe = Recipe(name="box", components=parts, cameras=views)
    scores = dict.fromkeys("abc", 0.5)
    filled = settled(recipe, scores, {"a": (9, 9), "b": (320, 240), "c": (320, 240)})
    assert filled.views == {"top": (640, 480), "side": (320, 240)}
    assert settled(recipe, scores, {"b": (320, 240), "c": (300, 200)}).views["side"] is None
    assert settled(recipe, scores, {"b": (320, 240)}).views["side"] is None
    _, findings = look_at(filled, seen(("a", 0.9, 0), ("b", 0.9, 20), ("c", 0.9, 40), recipe=filled), (640, 480))
    assert [f.verdict for f in findings] == [OK, NOT_DECIDABLE, NOT_DECIDABLE]
    wanted = "side: the picture is 640x480, the recipe was taught on 320x240: set the camera to 320x240"
    assert findings[1].reason == wanted


def test_the_recipes_score_outweighs_the_bundles() -> None:
    recipe = Recipe(name="box", components=(Component(name="a", threshold=0.7), Component(name="b")))
    filled = settled(recipe, {"a": 0.2, "b": 0.3}, {})
    assert [c.threshold for c in filled.components] == [0.7, 0.3]


def test_working_keeps_what_reaches_its_score_and_generous_a_little_less() -> None:
    detections = seen(("on", 0.5, 0), ("on", 0.45, 20), ("off", 0.39, 40), ("tape", 0.4, 150), ("tape", 0.31, 120))
    assert working(RECIPE, detections).scores.tolist() == pytest.approx([0.5, 0.4])
    # odds of 0.4 are 2/3, two thirds of them 4/9, which is a score of 4/13 = 0.308
    assert working(RECIPE, detections, DOUBT_ODDS).scores.tolist() == pytest.approx([0.5, 0.45, 0.4, 0.31])


@pytest.mark.parametrize(
    ("things", "verdict", "reason"),
    [
        ([*screws(4), TAPE_THERE, ("off", 0.45, 200)], NOT_DECIDABLE, "perhaps screw: 1 is off"),
        ([*screws(4), TAPE_THERE, ("on", 0.45, 200)], NOT_DECIDABLE, "perhaps screw: 5 found, 4 expected"),
        ([*screws(4), TAPE_THERE, ("off", 0.39, 200)], OK, ""),
        ([*screws(3), TAPE_THERE, ("on", 0.49, 200)], NOT_OK, "screw: 1 of 4 missing"),  # nearly seen is not seen
        ([*screws(4), TAPE_THERE, ("tape", 0.35, 300)], OK, ""),  # doubtful where it does not count
        ([*screws(4), TAPE_THERE, ("tape", 0.35, 130)], NOT_DECIDABLE, "perhaps tape: 2 found, 1 expected"),
    ],
)
def test_doubt_takes_an_ok_away_and_gives_none(
    things: list[tuple[str, float, float]], verdict: Verdict, reason: str
) -> None:
    everything = seen(*things)
    findings = judge(RECIPE, working(RECIPE, everything), working(RECIPE, everything, DOUBT_ODDS))
    assert overall(findings) is verdict
    assert "; ".join(f.reason for f in findings if f.verdict is not OK) == reason
    assert (Kind.DOUBTFUL in {f.kind for f in findings}) == (verdict is NOT_DECIDABLE)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], Verdict.UNDEFINED),
        ([OK, OK], OK),
        ([OK, NOT_DECIDABLE], NOT_DECIDABLE),
        ([NOT_DECIDABLE, NOT_OK, OK], NOT_OK),
        ([OK, Verdict.UNDEFINED], Verdict.UNDEFINED),
    ],
)
def test_overall(verdicts: list[Verdict], expected: Verdict) -> None:
    assert overall(tuple(Finding("a", None, 1, 1, verdict) for verdict in verdicts)) is expected


ODD_THING = st.tuples(
    st.sampled_from(["on", "off", "tape"]), st.integers(1, 100).map(lambda n: n / 100), st.integers(0, 600).map(float)
)
# A right product, with perhaps one thing taken away and a few added: plain random things would hardly ever be OK.
THINGS = st.builds(
    lambda gone, extra: [*(thing for i, thing in enumerate([*screws(4), TAPE_THERE]) if i != gone), *extra],
    st.integers(0, 10),
    st.lists(ODD_THING, max_size=3),
)


@given(THINGS)
def test_ok_means_exactly_what_the_recipe_asks_for(things: list[tuple[str, float, float]]) -> None:
    everything = seen(*things)
    findings = judge(RECIPE, working(RECIPE, everything), working(RECIPE, everything, DOUBT_ODDS))
    names = [name for name, score, x in things if score >= 0.5 or (name == "tape" and score >= np.float32(0.4))]
    if overall(findings) is OK:
        assert names.count("on") == 4
        assert "off" not in names
        assert "tape" in names


@given(THINGS)
def test_doubt_never_makes_a_frame_better(things: list[tuple[str, float, float]]) -> None:
    everything = seen(*things)
    plain = judge(RECIPE, working(RECIPE, everything))
    doubted = judge(RECIPE, working(RECIPE, everything), working(RECIPE, everything, DOUBT_ODDS))
    for before, after in zip(plain, doubted, strict=True):
        assert after == before or (before.verdict, after.verdict) == (OK, NOT_DECIDABLE)

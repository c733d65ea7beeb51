"""What looks and a detector say of one frame: worked scores."""

import numpy as np

from inspector.boxes import as_boxes
from inspector.detections import Detections
from inspector.labeling.annotation import Box
from inspector.labeling.evidence import Evidence
from inspector.labeling.search import Search
from inspector.labeling.suspicion import Searcher, Seems, Suspicion
from inspector.recipe import Label
from tests.labeling.test_search import POSITIVE, shelf

BOTTLE, ON, SCREW = Label("bottle"), Label("screw", "on"), Label("screw")
BLIND = Search([], [])
LOOKS = {BOTTLE: Search(POSITIVE, [shelf(number) for number in range(20, 26)]), ON: BLIND}
PLACE = (30.0, 26.0, 55.0, 96.0)
BOXED = Box(component="bottle", xyxy=PLACE)


def seen(score: float, place: tuple[float, ...] = PLACE, label: Label = BOTTLE) -> Detections:
    boxes = as_boxes([list(place)])
    return Detections(boxes, np.array([score], np.float32), np.zeros(1, np.int32), (label,))


def evidence(full: bool, detections: Detections | None = None) -> Evidence:
    return Evidence(3, shelf(7, 30) if full else shelf(8), LOOKS, detections)


def who(found: list[Suspicion]) -> list[tuple[Searcher, ...]]:
    return [one.by for one in found]


def test_either_of_them_suffices_to_suspect_that_it_is_there() -> None:
    nothing = Detections.none((BOTTLE,))
    (both,) = evidence(True, seen(0.9)).there(BOTTLE)
    assert (both.index, both.seems, both.label) == (3, Seems.THERE, BOTTLE)
    assert both.score >= 0.9
    assert both.box is not None
    assert np.allclose(both.box, PLACE, atol=2)
    assert who([both]) == [(Searcher.TEMPLATE, Searcher.DETECTOR)]
    assert who(list(evidence(True, nothing).there(BOTTLE))) == [(Searcher.TEMPLATE,)]
    assert who(list(evidence(False, seen(0.5)).there(BOTTLE))) == [(Searcher.DETECTOR,)]
    assert not list(evidence(False, seen(0.49)).there(BOTTLE))
    assert not list(evidence(False).there(BOTTLE))


def test_what_one_sees_elsewhere_is_another_suspicion() -> None:
    place = (150.0, 26.0, 175.0, 96.0)
    here, elsewhere = evidence(True, seen(0.75, place)).there(BOTTLE)
    assert who([here, elsewhere]) == [(Searcher.TEMPLATE,), (Searcher.DETECTOR,)]
    assert (elsewhere.box, elsewhere.score) == (place, 0.75)


def test_it_takes_both_to_suspect_that_a_box_holds_nothing() -> None:
    (alone,) = evidence(False).not_at(BOXED)
    assert (alone.seems, alone.box, alone.by) == (Seems.OUT_OF_SIGHT, PLACE, (Searcher.TEMPLATE,))
    (both,) = evidence(False, seen(0.2)).not_at(BOXED)
    assert both.score == 1 - max(np.float32(0.2), 1 - alone.score)
    assert not list(evidence(False, seen(0.4)).not_at(BOXED))
    assert not list(evidence(True, Detections.none((BOTTLE,))).not_at(BOXED))
    # What is seen elsewhere is not what the box says.
    assert list(evidence(False, seen(0.9, (150, 26, 175, 96))).not_at(BOXED))


def test_without_a_box_all_of_the_picture_is_asked() -> None:
    (found,) = evidence(False).nowhere([BOTTLE])
    assert (found.seems, found.box) == (Seems.OUT_OF_SIGHT, None)
    assert not list(evidence(True).nowhere([BOTTLE]))
    assert not list(evidence(False, seen(0.9, (150, 26, 175, 96))).nowhere([BOTTLE]))


def test_where_nobody_can_tell_nothing_is_suspected() -> None:
    on = Box(component="screw", pattern="on", xyxy=PLACE)
    for one in (evidence(False), evidence(False, Detections.none((BOTTLE,)))):
        assert not [*one.there(ON), *one.not_at(on), *one.nowhere([ON])]


def test_a_detector_that_was_taught_no_patterns_speaks_for_each() -> None:
    on = Box(component="screw", pattern="on", xyxy=PLACE)
    assert list(evidence(False, seen(0.9, label=SCREW)).there(ON))
    assert not list(evidence(False, seen(0.9, label=SCREW)).not_at(on))
    assert list(evidence(False, Detections.none((SCREW,))).not_at(on))

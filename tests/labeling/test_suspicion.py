"""Frames that contradict, gathered into moments: worked examples."""

from inspector.labeling.suspicion import Place, Searcher, Seems, Suspicion, clustered
from inspector.recipe import Label

TAPE, SCREW = Label("tape"), Label("screw", "on")
HERE, THERE = (0.0, 0.0, 10.0, 10.0), (50.0, 50.0, 60.0, 60.0)
BOTH = (Searcher.TEMPLATE, Searcher.DETECTOR)


def suspicion(
    index: int,
    score: float = 0.6,
    box: Place | None = HERE,
    label: Label = TAPE,
    seems: Seems = Seems.THERE,
    by: tuple[Searcher, ...] = (Searcher.TEMPLATE,),
) -> Suspicion:
    return Suspicion(index, seems, label, box, score, by)


def indices(groups: list[list[Suspicion]]) -> list[list[int]]:
    return [[one.index for one in group] for group in groups]


TIMES = [0.0, 2.0, 4.0, 4.5, 5.0, 9.0, 20.0, 21.0, 40.0]


def test_frames_in_a_row_and_frames_near_in_time_are_one_moment_and_the_strongest_stands_for_it() -> None:
    # 0, 1 and 2 follow each other; 4 comes a second after 2; 6 follows nothing.
    found = clustered([suspicion(0), suspicion(1, 0.9), suspicion(2), suspicion(4, 0.7), suspicion(6, 0.8)], TIMES)
    assert indices(found) == [[1, 4, 0, 2], [6]]


def test_what_is_suspected_of_another_component_or_the_other_way_round_is_another_moment() -> None:
    some = [suspicion(0), suspicion(0, 0.7, label=SCREW), suspicion(1, 0.8, seems=Seems.OUT_OF_SIGHT)]
    assert sorted(indices(clustered(some, TIMES))) == [[0], [0], [1]]


def test_what_two_searchers_say_comes_first() -> None:
    some = [suspicion(0, 0.99, THERE), suspicion(5, 0.6, by=BOTH), suspicion(8, 0.7, (80, 0, 90, 10))]
    assert indices(clustered(some, TIMES)) == [[5], [0], [8]]


def test_each_place_is_asked_about_once_before_any_is_again() -> None:
    lamp = [suspicion(index, 0.9 - index / 100) for index in (0, 3, 6)]
    part = suspicion(8, 0.6, THERE)
    assert indices(clustered([*lamp, part], TIMES)) == [[0], [8], [3], [6]]


def test_frames_without_a_place_are_places_of_their_own() -> None:
    some = [suspicion(index, 0.9, None, seems=Seems.OUT_OF_SIGHT) for index in (0, 8)]
    assert indices(clustered([*some, suspicion(5, 0.6)], TIMES)) == [[0], [8], [5]]


def test_nothing_suspected_is_no_moment() -> None:
    assert clustered([], TIMES) == []

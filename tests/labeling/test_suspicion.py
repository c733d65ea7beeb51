"""Frames that contradict, gathered into moments: worked examples."""

from inspector.labeling.suspicion import (
    Place,
    Searcher,
    Seems,
    Suspicion,
    clustered,
    distinct,
    is_same_place,
    not_dismissed,
)
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


def test_what_lasts_at_one_place_takes_in_nothing_at_another() -> None:
    lasting = [suspicion(index, 0.9) for index in range(5)]
    short = [suspicion(index, 0.6, THERE) for index in (2, 3)]
    assert indices(clustered([*lasting, *short], TIMES)) == [[0, 1, 2, 3, 4], [2, 3]]


def test_what_moves_is_followed_and_a_frame_without_a_place_is_in_between() -> None:
    moved = [suspicion(index, 0.9 - index / 10, (4.0 * index, 0, 4.0 * index + 10, 10)) for index in range(4)]
    assert indices(clustered(moved, TIMES)) == [[0, 1, 2, 3]]
    some = [suspicion(0, 0.9), suspicion(1, 0.8, None), suspicion(2, 0.7), suspicion(2, 0.6, THERE)]
    assert indices(clustered(some, TIMES)) == [[0, 1, 2], [2]]


def test_places_are_the_same_where_each_holds_the_other_s_middle() -> None:
    assert is_same_place((0, 40, 100, 60), (40, 0, 60, 100))  # the same strip, turned
    assert not is_same_place((0, 0, 10, 10), (6, 0, 16, 10))
    assert not is_same_place((0, 0, 100, 100), (0, 0, 10, 10))


def test_one_thing_that_is_taken_for_two_labels_of_a_component_is_suspected_once() -> None:
    on, off = suspicion(3, 0.6, label=SCREW), suspicion(3, 0.7, (1, 1, 11, 11), Label("screw", "off"))
    elsewhere, tape = suspicion(3, 0.5, THERE, SCREW), suspicion(3, 0.65)
    assert distinct([on, off, elsewhere, tape]) == [off, tape, elsewhere]


def test_with_what_was_dismissed_go_its_others_at_that_place_and_nothing_else() -> None:
    drifting = [suspicion(index, box=(4.0 * index, 0, 4.0 * index + 10, 10)) for index in range(5)]
    there = [suspicion(index, box=THERE) for index in (1, 2)]
    others = [suspicion(3, label=SCREW, box=(12, 0, 22, 10)), suspicion(4, seems=Seems.OUT_OF_SIGHT, box=None)]
    left = not_dismissed([*drifting, *there, *others], drifting[2], [0, 1, 2, 3])
    assert left == [drifting[4], *there, *others]


def test_nothing_suspected_is_no_moment() -> None:
    assert clustered([], TIMES) == []

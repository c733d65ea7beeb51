"""What is followed from two annotated frames into those between: sure where both agree, else a question."""

from collections.abc import Mapping

import numpy as np
import pytest

from inspector.boxes import as_boxes, iou
from inspector.frame import Frame, freeze, utc_now
from inspector.labeling import tracking
from inspector.labeling.tracking import Marks, Tracked, merged, track
from inspector.recipe import Label
from tests.labeling.test_flow import BEHIND, THING, box, noise, picture

ON, OFF = Label("screw", "on"), Label("screw", "off")


def marks(*some: tuple[Label, tuple[float, ...]]) -> Marks:
    return [(label, np.array(xyxy, np.float32)) for label, xyxy in some]


def test_two_ways_are_joined_nearer_to_the_nearer_end() -> None:
    # 10 x 10 against the same shifted by 2: they share 8 x 10 = 80 of 120.
    (mark,), (sure,) = merged(marks((ON, (0, 0, 10, 10))), marks((ON, (2, 0, 12, 10))), 0.25)
    assert mark[0] == ON
    assert mark[1].tolist() == [0.5, 0, 10.5, 10]
    assert sure == pytest.approx(80 / 120)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (marks((ON, (0, 0, 10, 10))), marks((ON, (20, 0, 30, 10)))),
        (marks((ON, (0, 0, 10, 10))), marks((OFF, (0, 0, 10, 10)))),
    ],
    ids=["elsewhere", "another look"],
)
def test_what_comes_from_one_side_alone_is_not_sure(before: Marks, after: Marks) -> None:
    both, sure = merged(before, after, 0.5)
    assert (len(both), sure) == (2, (0.0, 0.0))


def test_two_things_beside_each_other_are_not_mixed_up() -> None:
    one, other = (ON, (0.0, 0, 10, 10)), (ON, (9.0, 0, 19, 10))
    both, sure = merged(marks(one, other), marks(other, one), 0.5)
    assert [mark[1].tolist() for mark in both] == [list(one[1]), list(other[1])]
    assert sure == (1, 1)


def run(pictures: list[np.ndarray], annotated: Mapping[int, Marks]) -> dict[int, Tracked]:
    frames = [
        Frame(freeze(np.dstack([one] * 3)), number, number / 30, utc_now(), "drawn")
        for number, one in enumerate(pictures)
    ]
    wanted = [number for number in range(len(pictures)) if number not in annotated]
    return {one.number: one for one in track(frames, annotated, wanted)}


def at(left: float) -> Marks:
    return marks((ON, box(left, 40)))


def test_between_two_frames_it_is_sure_and_right() -> None:
    lefts = [20 + 2 * i for i in range(21)]
    found = run([picture(left, 40) for left in lefts], {0: at(20), 20: at(60)})
    assert sorted(found) == list(range(1, 20))
    for number, one in found.items():
        ((label, xyxy),) = one.marks
        assert label == ON
        assert one.confidence[0] > 0.7
        assert iou(xyxy[None], as_boxes([box(lefts[number], 40)]))[0, 0] > 0.85


def test_before_the_first_and_after_the_last_nothing_is_sure() -> None:
    found = run([picture(50, 40)] * 9, {4: at(50)})
    assert sorted(found) == [0, 1, 2, 3, 5, 6, 7, 8]
    assert {one.confidence for one in found.values()} == {(0.0,)}


def test_where_it_was_taken_away_between_nothing_is_sure_and_nothing_is_seen() -> None:
    pictures = [picture(50, 40)] * 4 + [BEHIND] * 3 + [picture(50, 40)] * 4
    found = run(pictures, {0: at(50), 10: at(50)})
    assert sorted(found) == [1, 2, 3, 7, 8, 9]
    assert {one.confidence for one in found.values()} == {(0.0,)}


def test_where_one_of_two_ends_shows_more_nothing_is_sure() -> None:
    still = (OFF, (100.0, 60.0, 130.0, 100.0))
    found = run([picture(30, 40)] * 5, {0: [*at(30), *marks(still)], 4: at(30)})
    assert {one.confidence for one in found.values()} == {(0.0, 0.0)}


def also(base: np.ndarray, left: int, top: int, thing: np.ndarray = THING) -> np.ndarray:
    """The picture, with another thing on it."""
    shown = base.copy()
    shown[top : top + thing.shape[0], left : left + thing.shape[1]] = thing
    return shown


def test_where_another_thing_like_it_comes_and_goes_nothing_is_sure() -> None:
    still = picture(20, 10)
    found = run([still] * 3 + [also(still, 100, 70)] * 3 + [still] * 3, {0: like(20, 10), 8: like(20, 10)})
    assert {number: one.confidence[0] > 0.9 for number, one in found.items()} == {
        1: True, 2: True, 3: False, 4: False, 5: False, 6: True, 7: True,
    }  # fmt: skip


def test_what_lies_beside_it_all_the_time_is_nothing_new() -> None:
    found = run([also(picture(20, 10), 100, 70)] * 5, {0: like(20, 10), 4: like(20, 10)})
    assert min(one.confidence[0] for one in found.values()) > 0.9


def test_where_it_looks_otherwise_for_a_while_nothing_is_sure() -> None:
    still = picture(20, 10)
    turned = also(still, 20, 10, (0.45 * THING + 0.55 * noise(77, 40, 30)).astype(np.uint8))
    found = run([still] * 3 + [turned] * 2 + [still] * 3, {0: like(20, 10), 7: like(20, 10)})
    assert [number for number, one in found.items() if one.confidence[0] > 0.9] == [1, 2, 5, 6]
    assert all(found[number].confidence == (0.0,) for number in (3, 4) if number in found)


def like(left: float, top: float) -> Marks:
    return marks((ON, box(left, top)))


def test_between_two_empty_frames_nothing_is_said() -> None:
    assert run([BEHIND] * 5, {0: [], 4: []}) == {}


def test_further_than_its_reach_nobody_vouches_for_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracking, "REACH", 3)
    found = run([picture(50, 40)] * 11, {0: at(50), 10: at(50)})
    assert {number: one.confidence for number, one in found.items()} == dict.fromkeys((1, 2, 3, 7, 8, 9), (0.0,))


def test_where_the_size_changes_nothing_is_followed_across() -> None:
    found = run([picture(50, 40)] * 4 + [picture(50, 40)[:100]] * 4, {0: at(50), 7: at(50)})
    assert {number: one.confidence for number, one in found.items()} == dict.fromkeys(range(1, 7), (0.0,))


def test_a_large_picture_is_looked_at_smaller_and_told_in_its_own_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracking, "WORK_SIDE", 80)
    found = run([picture(50 + i, 40) for i in range(9)], {0: at(50), 8: at(58)})
    ((_, xyxy),) = found[4].marks
    assert iou(xyxy[None], as_boxes([box(54, 40)]))[0, 0] > 0.8

"""Worked splits, and what every split must hold to."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.labeling.split import FEWEST, Footage, Side, split, split_by_lot

TRAIN, HELD_OUT, NEITHER = Side.TRAIN, Side.HELD_OUT, Side.NEITHER


def video(recording: str, times: list[float], group: str = "screw positive", empty: bool = False) -> Footage:
    return Footage(recording, group, np.array(times, np.float64), np.full(len(times), empty))


def photos(recording: str, empty: list[bool], group: str = "screw positive") -> Footage:
    return Footage(recording, group, np.arange(len(empty), dtype=np.float64), np.array(empty, bool), independent=True)


def test_one_video_holds_out_its_end_after_a_gap() -> None:
    # 20 s: the gap is min(1 s, 5 %) = 1 s. A fifth of 10 frames is 2, from 16 s on; nothing lies within 15 to 16 s.
    done = split([video("one", [0, 2, 4, 6, 8, 10, 12, 14, 16, 20])])
    assert done.sides[0].tolist() == [TRAIN] * 8 + [HELD_OUT] * 2
    assert done.sentence == (
        "screw positive: one recording only, its last 2 of 10 frames held out after a gap of 1 s (0 frames in neither "
        "part).\n"
        "Frames of one recording show the same scene, so figures on those held out flatter: record a second one."
    )


def test_frames_in_the_gap_are_in_neither_part() -> None:
    # Ten frames a second for 4 s: the gap is 5 % of 3.9 s = 0.195 s. The start moves so that few frames are lost to it:
    # 8 frames are held out from 3.2 s on, and 3.1 lies within 0.195 s of them; 3.0 does not.
    done = split([video("one", [i / 10 for i in range(40)])])
    assert np.flatnonzero(done.sides[0] == HELD_OUT).tolist() == list(range(32, 40))
    assert np.flatnonzero(done.sides[0] == NEITHER).tolist() == [31]


def test_frames_out_of_order_in_time_are_split_by_time() -> None:
    done = split([video("one", [20, 0, 2, 16, 4, 6, 8, 10, 12, 14])])
    assert done.sides[0].tolist() == [HELD_OUT, TRAIN, TRAIN, HELD_OUT] + [TRAIN] * 6


def test_two_recordings_of_a_group_are_split_whole() -> None:
    done = split([video("short", [0, 1, 2]), video("long", [0, 1, 2, 3])])
    assert done.sides[0].tolist() == [HELD_OUT] * 3
    assert done.sides[1].tolist() == [TRAIN] * 4
    assert done.sentence == "screw positive: 1 of 2 recordings held out whole (short)."


def test_of_ten_recordings_two_are_held_out() -> None:
    done = split([video(f"r{i}", [0, 1, 2]) for i in range(10)])
    assert sum((sides == HELD_OUT).all() for sides in done.sides) == 2
    assert "2 of 10 recordings" in done.sentence


def test_groups_are_split_apart() -> None:
    done = split([video("p", [float(i) for i in range(10)]), video("n1", [0, 1, 2], "n"), video("n2", [0, 1], "n")])
    assert (done.sides[0] == HELD_OUT).sum() == 2
    assert done.sides[2].tolist() == [HELD_OUT] * 2


def test_a_recording_without_frames_does_not_make_two_of_one() -> None:
    done = split([video("some", [float(i) for i in range(10)]), video("none", [])])
    assert (done.sides[0] == HELD_OUT).sum() == 2
    assert "one recording only" in done.sentence


def test_photos_are_drawn_by_lot_from_full_and_empty_alike() -> None:
    empty = [False] * 40 + [True] * 10
    done = split([photos("set", empty)])
    assert (done.sides[0][:40] == HELD_OUT).sum() == 8
    assert (done.sides[0][40:] == HELD_OUT).sum() == 2
    assert done.sentence == ("screw positive: one recording of independent photos, 10 of 50 held out by lot (seeded).")


def test_the_seed_decides_which_photos() -> None:
    item = [photos("set", [False] * 40)]
    assert split(item, 1).sides[0].tolist() == split(item, 1).sides[0].tolist()
    assert split(item, 1).sides[0].tolist() != split(item, 2).sides[0].tolist()


def test_another_group_changes_nothing_for_this_one() -> None:
    mine = photos("set", [False] * 40)
    alone = split([mine]).sides[0].tolist()
    assert split([photos("other", [True] * 9, "other"), mine]).sides[1].tolist() == alone


def test_too_few_frames_all_teach_and_the_sentence_says_so() -> None:
    done = split([video("few", [0, 1, 2, 3])])
    assert done.sides[0].tolist() == [TRAIN] * 4
    assert "too few to hold any out" in done.sentence


def test_frames_at_one_moment_are_split_by_order() -> None:
    assert split([video("still", [3.0] * 5)]).sides[0].tolist() == [TRAIN] * 4 + [HELD_OUT]


moments = st.lists(st.floats(0, 1e5, allow_nan=False), max_size=60)
footages = st.lists(
    st.builds(
        lambda group, times, independent: Footage(
            "r", group, np.array(times, np.float64), np.array([t % 2 < 1 for t in times], bool), independent
        ),
        st.sampled_from(["a positive", "a negative", "b positive (on)"]),
        moments,
        st.booleans(),
    ),
    max_size=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(footages, st.integers(0, 9))
def test_every_split_holds_to_the_rules(footage: list[Footage], seed: int) -> None:
    done = split(footage, seed)
    for item, sides in zip(footage, done.sides, strict=True):
        assert len(sides) == len(item)
        assert set(sides.tolist()) <= {TRAIN, HELD_OUT, NEITHER}
    for group in {item.group for item in footage}:
        _check_group([(f, s) for f, s in zip(footage, done.sides, strict=True) if f.group == group and len(f)])


def _check_group(members: list[tuple[Footage, np.ndarray]]) -> None:
    sides = {side for _, some in members for side in some.tolist()}
    if len(members) > 1:
        assert all(len(set(some.tolist())) == 1 for _, some in members)
        assert sides == {TRAIN, HELD_OUT}
        return
    for item, some in members:
        if len(item) >= FEWEST:
            assert {TRAIN, HELD_OUT} <= sides
        if not item.independent and HELD_OUT in sides:
            _check_gap(item.times_s, some)


def _check_gap(times: np.ndarray, sides: np.ndarray) -> None:
    gap = min(1.0, 0.05 * (times.max() - times.min()))
    assert times[sides == HELD_OUT].min() - times[sides == TRAIN].max() >= gap * (1 - 1e-6) - 1e-9


def test_by_lot_a_fifth_of_each_recording_is_held_out_from_all_over_it() -> None:
    one, other = video("one", [float(i) for i in range(100)]), video("other", [float(i) for i in range(10)], empty=True)
    few = video("few", [0, 1, 2, 3])
    done = split_by_lot([one, other, few])
    assert [int((sides == HELD_OUT).sum()) for sides in done.sides] == [20, 2, 0]
    assert all((sides != NEITHER).all() for sides in done.sides)
    held = np.flatnonzero(done.sides[0] == HELD_OUT)
    assert held.min() < 20 < 80 < held.max()
    assert [sides.tolist() for sides in split_by_lot([few, one]).sides][1] == done.sides[0].tolist()

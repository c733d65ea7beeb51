"""Things at seams: seen whole in one tile and cut in the other, longer than the overlap, side by side.

A frame of 100x60 in three tiles of 40x60 that share 10 pixels: [0, 40], [30, 70], [60, 100].
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.boxes import as_boxes
from inspector.detections import Detections
from inspector.recipe import Label
from inspector.seams import merge
from inspector.tiles import ROOM, Tiling

LABELS = (Label("screw", "on"), Label("screw", "off"), Label("tape"))
TILES = Tiling(size=(40, 60), overlap=(10, 10)).tiles((100, 60))

Thing = tuple[float, float, float, float, float]
"""xyxy and score."""


def saw(*things: Thing, label: int = 0) -> Detections:
    boxes = as_boxes([thing[:4] for thing in things])
    return Detections(
        boxes, np.array([thing[4] for thing in things], np.float32), np.full(len(things), label, np.int32), LABELS
    )


def merged(first: Detections, second: Detections, third: Detections | None = None) -> list[tuple[str, list[float]]]:
    """(label, xyxy and score) of each, best first."""
    found = merge([first, second, third or saw()], TILES, 0.01)
    return [
        (str(found.label(i)), [*found.boxes[i].tolist(), round(float(found.scores[i]), 3)]) for i in range(len(found))
    ]


def test_nothing_seen() -> None:
    assert merged(saw(), saw()) == []


def test_a_thing_inside_one_tile_stays_as_it_is() -> None:
    assert merged(saw((5, 5, 15, 15, 0.9)), saw((45, 5, 55, 15, 0.8))) == [
        ("screw/on", [5, 5, 15, 15, 0.9]),
        ("screw/on", [45, 5, 55, 15, 0.8]),
    ]


def test_a_thing_that_two_tiles_saw_whole_is_one() -> None:
    assert merged(saw((31, 5, 39, 15, 0.7)), saw((31.5, 5, 39, 15, 0.9))) == [("screw/on", [31.5, 5, 39, 15, 0.9])]


@pytest.mark.parametrize("score", [0.3, 0.8, 0.95])
def test_the_whole_one_stands_for_the_one_cut_by_the_seam_however_sure_that_is(score: float) -> None:
    whole, part = (35, 5, 44, 15, 0.8), (35, 5, 40, 15, score)
    assert merged(saw(part), saw(whole)) == [("screw/on", [35, 5, 44, 15, 0.8])]


def test_a_whisper_does_not_silence_what_may_be_whole() -> None:
    # In tiles of 400 a box that ends 3 pixels before the seam may be a whole thing: it stands, however little the
    # other tile, which shows it whole, believes of it.
    tiles = Tiling(size=(400, 400), overlap=(100, 0)).tiles((700, 400))
    near = saw((340, 50, 397, 100, 0.99))
    for other in (saw(), saw((340, 50, 397, 100, 0.3))):
        found = merge([near, other], tiles, 0.01)
        assert found.scores.tolist() == [pytest.approx(0.99)]
    at_it = saw((340, 50, 399, 100, 0.99))
    assert len(merge([at_it, saw()], tiles, 0.01)) == 0


@settings(max_examples=200, deadline=None)
@given(st.floats(15, 198), st.floats(0, 1), st.sampled_from([(640, 220), (640, 46), (320, 100)]), st.integers(0, 2**31))
def test_a_thing_is_one_wherever_it_lies_and_however_its_edges_are_found(
    length: float, at: float, tiling: tuple[int, int], seed: int
) -> None:
    """Each tile finds the edges up to 1.5 pixels off, and sees what shows 60 % of itself."""
    side, overlap = tiling
    length = min(length, overlap / ROOM)
    tiles = Tiling(size=(side, side), overlap=(overlap, 0)).tiles((1500, side))
    start, rng = at * (1500 - length), np.random.default_rng(seed)
    seen = []
    for tile in tiles:
        edges = np.clip([start, start + length], tile[0], tile[2])
        there = edges[1] - edges[0] >= 0.6 * length
        low, high = np.clip(edges + rng.uniform(-1.5, 1.5, 2), tile[0], tile[2])
        seen.append(saw((low, 50, high, 80, 0.9)) if there else saw())
    found = merge(seen, tiles, 0.01)
    assert len(found) == 1
    assert found.boxes[0, [0, 2]] == pytest.approx([start, start + length], abs=3)


def test_what_looks_like_it_only_where_it_is_cut_is_none() -> None:
    # The end of a longer thing in one tile; the other shows all of that, and sees nothing or hardly believes it.
    part, whisper = (35, 5, 40, 15, 0.9), (31, 4, 47, 18, 0.02)
    assert merged(saw(part), saw()) == []
    assert merged(saw(part), saw(whisper)) == [("screw/on", [31, 4, 47, 18, 0.02])]
    assert merged(saw(part), saw((35, 5, 44, 15, 0.9), label=1)) == [("screw/off", [35, 5, 44, 15, 0.9])]


def test_what_no_other_tile_shows_whole_stands() -> None:
    # Longer than the overlap; and one that the other tile cuts as well.
    assert merged(saw((28, 5, 40, 15, 0.9)), saw()) == [("screw/on", [28, 5, 40, 15, 0.9])]
    assert merged(saw((30.5, 5, 40, 15, 0.9)), saw()) == [("screw/on", [30.5, 5, 40, 15, 0.9])]


def test_a_thing_longer_than_the_overlap_is_joined() -> None:
    assert merged(saw((20, 5, 40, 15, 0.8)), saw((30, 6, 55, 15, 0.9))) == [("screw/on", [20, 5, 55, 15, 0.9])]


def test_a_thing_longer_than_a_tile_is_joined_over_all_of_them() -> None:
    parts = saw((10, 5, 40, 15, 0.8)), saw((30, 5, 70, 15, 0.9)), saw((60, 5, 90, 15, 0.7))
    assert merged(*parts) == [("screw/on", [10, 5, 90, 15, 0.9])]


def test_a_thing_larger_than_the_overlap_is_joined_round_a_corner() -> None:
    tiles = Tiling(size=(40, 40), overlap=(10, 10)).tiles((70, 70))
    first = saw((20, 20, 40, 40, 0.9)), saw((30, 20, 50, 40, 0.8))
    second = saw((20, 30, 40, 50, 0.8)), saw((30, 30, 50, 50, 0.7))
    found = merge((*first, *second), tiles, 0.01)
    assert found.boxes.tolist() == [[20, 20, 50, 50]]


def test_two_neighbours_side_by_side_stay_two() -> None:
    # Along the seam: both cross it, one above the other, both too long to be seen whole.
    above, below = [20, 5, 55, 15], [20, 15, 55, 25]
    first = saw((20, 5, 40, 15, 0.9), (20, 15, 40, 25, 0.8))
    second = saw((30, 5, 55, 15, 0.9), (30, 15, 55, 25, 0.8))
    assert [thing[:4] for _, thing in merged(first, second)] == [above, below]
    # Across it: one ends in what both tiles see, and the other begins there.
    left, right = (10, 5, 34, 15, 0.9), (35, 5, 60, 15, 0.8)
    first = saw(left, (35, 5, 40, 15, 0.7))
    second = saw((30, 5, 34, 15, 0.7), right)
    assert [thing[:4] for _, thing in merged(first, second)] == [list(left[:4]), list(right[:4])]
    # Even where no tile shows either whole.
    assert len(merged(saw((29, 5, 40, 10, 0.7)), saw((30, 11, 41, 16, 0.7)))) == 2


def test_what_one_tile_believes_and_the_other_whispers_is_not_joined() -> None:
    found = merged(saw((20, 5, 40, 15, 0.9)), saw((30, 2, 60, 15, 0.03)))
    assert found[0] == ("screw/on", [20, 5, 40, 15, 0.9])
    assert [thing[4] for _, thing in found[1:]] in ([], [0.03])


def test_other_components_are_neither_joined_nor_suppressed() -> None:
    tape = saw((30, 5, 55, 15, 0.9), label=2)
    assert len(merged(saw((20, 5, 40, 15, 0.8)), tape)) == 2
    assert len(merged(saw((32, 5, 38, 15, 0.8)), saw((32, 5, 38, 15, 0.9), label=2))) == 2


def test_patterns_compete_across_a_seam_as_within_a_picture() -> None:
    # One tile says `on`, the other `off`: 0.9 * (1 - 0.8), surely neither.
    on, off = saw((31, 5, 39, 15, 0.9)), saw((31, 5, 39, 15, 0.8), label=1)
    assert merged(on, off) == [("screw/on", [31, 5, 39, 15, 0.18])]


def test_the_edge_of_the_frame_is_no_seam() -> None:
    at_edge = (0, 0, 8, 8, 0.9)
    assert merged(saw(at_edge), saw()) == [("screw/on", list(at_edge))]
    bottom = (5, 50, 15, 60, 0.9), (5, 40, 15, 60, 0.8)
    assert len(merged(saw(*bottom), saw())) == 1


def test_one_tile_is_left_as_it_is() -> None:
    one = saw((0, 0, 5, 5, 0.9))
    assert merge([one], TILES[:1], 0.01) is one


def test_whispers_without_end_do_not_fill_the_memory() -> None:
    rng = np.random.default_rng(0)
    corner = rng.uniform(0, 30, (3000, 2))
    boxes = np.concatenate([corner, corner + 5], axis=1)
    noisy = saw(*[(*box, 0.011) for box in boxes.tolist()], (35, 40, 38, 43, 0.9))
    assert merged(noisy, noisy)[0] == ("screw/on", [35, 40, 38, 43, 0.9])

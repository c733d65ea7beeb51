import numpy as np
import pytest

from inspector.boxes import as_boxes, intersection
from inspector.learning.augmentation.places import draw_places

SIZE = (96, 64)
BOX = as_boxes([[40, 20, 56, 32]])[0]


def truth(full, empty, taught=None):
    """Full pictures with one box each at about one place, then empty ones."""
    boxes, classes = np.zeros((full + empty, 2, 4), np.float32), np.full((full + empty, 2), -1, np.int32)
    boxes[:full, 0] = BOX + np.arange(full)[:, None] % 3
    classes[:full, 0] = 0
    return {
        "boxes": boxes,
        "classes": classes,
        "taught": np.ones((full + empty, 1), bool) if taught is None else taught,
    }


def drawn(seed, known, wanted=0.5):
    return draw_places(np.random.default_rng(seed), known, SIZE, wanted)


def exchanging(places):
    return np.flatnonzero(places["partner"] != np.arange(len(places["partner"])))


@pytest.mark.parametrize("seed", range(5))
def test_two_and_two_exchange_one_place(seed):
    places = drawn(seed, truth(4, 4))
    who = exchanging(places)
    partner = places["partner"]
    assert len(who) == 4
    assert (partner[partner] == np.arange(8)).all()
    assert (places["place"][who] == places["place"][partner[who]]).all()
    assert (places["seam"][who] == places["seam"][partner[who]]).all()


def test_only_pictures_that_teach_the_same_exchange():
    taught = np.array([[1, 0], [0, 1]] * 4, bool)
    for seed in range(50):
        partner = drawn(seed, truth(4, 4, taught))["partner"]
        assert (taught[partner] == taught).all()


def test_where_each_picture_teaches_something_else_none_exchanges():
    assert not len(exchanging(drawn(0, truth(2, 2, np.eye(4, dtype=bool)))))


@pytest.mark.parametrize("wanted", [0.25, 0.5])
def test_as_many_exchange_as_wanted(wanted):
    shares = [len(exchanging(drawn(seed, truth(3, 3), wanted))) / 6 for seed in range(300)]
    assert np.mean(shares) == pytest.approx(wanted, abs=0.03)


def test_who_exchanges_does_not_depend_on_what_is_in_the_pictures():
    for seed in range(50):
        one, other = drawn(seed, truth(4, 4)), drawn(seed, truth(1, 7))
        assert (one["partner"] == other["partner"]).all()
        assert (one["seam"] == other["seam"]).all()


def test_empty_pictures_exchange_the_places_of_the_others():
    # Two empty pictures: their place is round a box that neither of them holds.
    round_boxes = {"full": [], "empty": []}
    for seed in range(400):
        known = truth(2, 6)
        places = drawn(seed, known)
        for picture in exchanging(places):
            both_empty = picture >= 2 and places["partner"][picture] >= 2
            inside = intersection(places["place"][picture][None], BOX[None])[0, 0] > 0.9 * 16 * 12
            round_boxes["empty" if both_empty else "full"].append(inside)
    assert np.mean(round_boxes["empty"]) == pytest.approx(np.mean(round_boxes["full"]), abs=0.06)
    assert 0.7 < np.mean(round_boxes["full"]) < 0.9


def test_a_place_keeps_its_seam_clear_of_the_box_or_lies_anywhere():
    apart = []
    for seed in range(200):
        places = drawn(seed, truth(1, 1))
        who = exchanging(places)
        near = places["place"][who] + places["seam"][who][:, None] / 2 * [1, 1, -1, -1]
        apart += [(row[:2] < BOX[:2]).all() and (row[2:] > BOX[2:]).all() for row in near]
    assert 0.7 < np.mean(apart) < 0.9


def test_without_any_box_places_lie_anywhere_inside():
    for seed in range(50):
        places = drawn(seed, truth(0, 4))
        place = places["place"][exchanging(places)]
        assert (place[:, 2:] > place[:, :2]).all()
        assert (place[:, :2] < SIZE).all()
        assert (place[:, 2:] > 0).all()

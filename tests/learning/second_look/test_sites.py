"""Which places of a frame teach a second look."""

import numpy as np

from inspector.boxes import EMPTY, as_boxes, center, inside, iou
from inspector.frame import freeze
from inspector.labeling.dataset import DOUBTFUL
from inspector.learning.scenes import Scene
from inspector.learning.second_look.sites import BESIDE_IT, Kind, Sites, elsewhere, moved, sites_in

SIZE = (200, 100)
ON, OFF, TAPE, PAPER, NOTHING = 0, 1, 2, 3, 4
SCREW = np.array([True, True, False, False])


def scene(*things):
    boxes = as_boxes([box for box, _ in things])
    classes = np.array([label for _, label in things], np.int32)
    return Scene(freeze(np.zeros((100, 200, 3), np.uint8)), boxes, classes, np.ones(4, bool))


def taught(shown, asked=SCREW, usual=EMPTY, found=EMPTY, seed=0) -> Sites:
    return sites_in(shown, asked, usual, found, np.random.default_rng(seed))


def of(places, kind):
    """(class, box) of each of that kind."""
    return [(int(places.classes[i]), places.boxes[i]) for i in np.flatnonzero(places.kinds == kind)]


def test_true_things_are_shown_a_little_off_and_as_they_are_called():
    places = taught(scene(([20, 20, 60, 60], ON), ([100, 20, 140, 60], OFF), ([0, 80, 90, 95], TAPE)))
    true = of(places, Kind.TRUE)
    assert sorted(label for label, _ in true) == [ON] * 6 + [OFF] * 6
    for label, box in true:
        assert iou(box[None], as_boxes([[20 + 80 * label, 20, 60 + 80 * label, 60]]))[0, 0] > 0.4
    assert len({tuple(box) for _, box in true}) == 12


def test_of_many_things_each_is_shown_less_often():
    things = [([10 * i, 10, 10 * i + 8, 18], ON) for i in range(20)]
    assert len(of(taught(scene(*things)), Kind.TRUE)) == 16


def test_what_the_detector_sees_on_a_thing_is_that_thing_and_beside_it_is_a_mistake():
    shown = scene(([20, 20, 60, 60], OFF))
    found = as_boxes([[22, 20, 62, 60], [100, 20, 140, 60], [36, 20, 76, 60]])  # IoU 0.9, 0 and 0.43
    places = taught(shown, found=found)
    assert (found[0] == np.array([box for _, box in of(places, Kind.TRUE)])).all(axis=1).any()
    mistakes = of(places, Kind.MISTAKE)
    assert [label for label, _ in mistakes] == [NOTHING] * 3
    for _, box in mistakes:
        assert iou(box[None], found)[0].argmax() == 1


def test_what_it_sees_on_a_lookalike_is_the_lookalike():
    tape = np.array([False, False, True, True])
    places = taught(scene(([20, 20, 60, 60], PAPER)), asked=tape, found=as_boxes([[20, 20, 60, 58]]))
    assert {label for label, _ in of(places, Kind.TRUE)} == {PAPER}
    assert not of(places, Kind.MISTAKE)


def test_what_is_cut_off_is_neither_a_thing_nor_a_mistake_nor_a_bare_place():
    half = [20, 20, 60, 60]
    places = taught(scene((half, DOUBTFUL)), usual=as_boxes([[0.1, 0.2, 0.3, 0.6]]), found=as_boxes([half]))
    assert not of(places, Kind.TRUE)
    assert not of(places, Kind.MISTAKE)
    assert (iou(places.boxes, as_boxes([half])) < BESIDE_IT).all()


def test_an_empty_frame_shows_the_bare_place():
    usual = as_boxes([[0.1, 0.2, 0.3, 0.6]])
    places = taught(scene(), usual=usual)
    bare = of(places, Kind.PLACE)
    assert len(bare) == len(places.boxes) >= 3
    assert {label for label, _ in bare} == {NOTHING}
    there = [iou(box[None], as_boxes([[20, 20, 60, 60]]))[0, 0] > 0.4 for _, box in bare]
    assert sum(there) >= 3


def test_a_bare_place_is_beside_every_thing_and_in_the_frame():
    things = as_boxes([[20, 20, 60, 60], [100, 20, 140, 60]])
    for seed in range(30):
        some = elsewhere(things, things, SIZE, np.random.default_rng(seed))
        assert (iou(some, things) < BESIDE_IT).all()
        assert inside(some, (0, 0, *SIZE)).all()
    assert len(elsewhere(EMPTY, things, SIZE, np.random.default_rng(0))) == 0


def test_a_box_moves_by_a_share_of_its_own_sides():
    box = as_boxes([[0, 0, 100, 10]] * 500)
    off = moved(box, np.random.default_rng(0))
    shift = np.abs(center(off) - center(box)).max(axis=0)
    np.testing.assert_allclose(shift, [12, 1.2], rtol=0.05)
    np.testing.assert_array_equal(moved(box, np.random.default_rng(0), 0.0), box)


def test_the_same_lot_gives_the_same_places():
    shown = scene(([20, 20, 60, 60], ON))
    one, other = (taught(shown, usual=as_boxes([[0.1, 0.2, 0.3, 0.6]]), seed=3) for _ in range(2))
    np.testing.assert_array_equal(one.boxes, other.boxes)

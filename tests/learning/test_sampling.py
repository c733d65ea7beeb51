from dataclasses import replace

import numpy as np
import pytest

from inspector.boxes import EMPTY
from inspector.errors import InputError
from inspector.learning import sampling
from inspector.learning.anchors import lay_out, plan
from inspector.learning.sampling import Batches, draw_frames, groups_of


def frames(full, empty, size, step=0, seed=0):
    return draw_frames([np.arange(full)], [np.arange(full, full + empty)] if empty else [], size, step, seed)


@pytest.mark.parametrize(
    ("full", "empty", "size", "empties"),
    [(100, 5, 8, 4), (5, 100, 8, 4), (100, 2, 8, 4), (100, 0, 8, 0), (1, 50, 9, 4)],
)
def test_half_of_a_batch_is_empty_whatever_the_counts(full, empty, size, empties):
    for step in range(5):
        assert (frames(full, empty, size, step) >= full).sum() == empties


def test_every_frame_has_its_turn_before_any_has_its_second():
    drawn = np.concatenate([frames(12, 4, 8, step) for step in range(3)])
    full, empty = drawn[drawn < 12], drawn[drawn >= 12]
    assert sorted(full) == list(range(12))
    assert sorted(empty) == sorted([12, 13, 14, 15] * 3)


def test_a_component_with_few_frames_teaches_as_often_as_one_with_many():
    many, few = np.arange(100), np.arange(100, 103)
    drawn = np.concatenate([draw_frames([many, few], [], 5, step, 0) for step in range(6)])
    assert (drawn >= 100).sum() == 15
    assert sorted(drawn[drawn >= 100]) == sorted([100, 101, 102] * 5)
    assert len(set(drawn[drawn < 100])) == 15


def test_groups_are_what_frames_teach():
    taught = np.array([[1, 0], [0, 1], [1, 0], [1, 1]], bool)
    assert sorted(map(list, groups_of(np.array([0, 1, 2]), taught))) == [[0, 2], [1]]
    assert groups_of(np.array([], int), taught) == []


def test_the_seed_decides():
    assert (frames(40, 40, 8, 3, seed=1) == frames(40, 40, 8, 3, seed=1)).all()
    assert (frames(40, 40, 8, 3, seed=1) != frames(40, 40, 8, 3, seed=2)).any()


def batches(part, size=8, seed=0):
    anchors = lay_out(plan([np.concatenate(part.boxes)[:, 2:] - np.concatenate(part.boxes)[:, :2]]), (96, 96))
    return Batches(part, anchors, np.ones(len(part), bool), size, 5, seed), len(anchors)


def test_a_batch(squares):
    made, anchors = batches(squares.train)
    pictures, truth = made[0]
    assert len(made) == 5
    assert pictures.shape == (8, 96, 96, 3)
    assert pictures.dtype == np.uint8
    assert {key: value.shape for key, value in truth.items()} == {
        "matched": (8, anchors),
        "classes": (8, anchors),
        "deltas": (8, anchors, 4),
        "taught": (8, 2),
        "empty": (8,),
    }
    assert truth["empty"].tolist() == [False] * 4 + [True] * 4
    assert (truth["matched"][truth["empty"]] == -1).all()


def test_every_batch_holds_a_positive(squares):
    made, _ = batches(squares.train)
    for step in range(5):
        assert (made[step][1]["matched"] >= 0).any()


def test_a_batch_is_the_same_whenever_it_is_made(squares):
    made, _ = batches(squares.train, seed=7)
    later, _ = batches(squares.train, seed=7)
    made[0]
    assert (made[3][0] == later[3][0]).all()
    assert (made[3][1]["deltas"] == later[3][1]["deltas"]).all()
    assert (batches(squares.train, seed=8)[0][3][0] != made[3][0]).any()


def test_nothing_to_learn_without_a_box(squares):
    bare = replace(squares.train, boxes=(EMPTY,) * len(squares.train))
    with pytest.raises(InputError, match="No training frame holds a box"):
        Batches(bare, EMPTY, [True], 4, 1, 0)


def test_full_and_empty_pictures_are_changed_alike(squares, monkeypatch):
    # The same dataset with its boxes taken away: what is drawn for each place in a batch must not move.
    def drawn(part):
        seen = []
        monkeypatch.setattr(sampling, "draw", lambda *given: seen.append(real(*given)) or seen[-1])
        made, _ = batches(part)
        for slot in range(12):
            made._example(slot, (0, 0, slot))
        return np.stack([change.affine for change in seen]), np.stack([change.curve for change in seen])

    real = sampling.draw
    # One box stays, since a part without any is refused.
    bare = replace(squares.train, boxes=(*(EMPTY,) * 39, *squares.train.boxes[39:]))
    for full, empty in zip(drawn(squares.train), drawn(bare), strict=True):
        assert (full == empty).all()

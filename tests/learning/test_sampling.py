from dataclasses import replace

import numpy as np
import pytest

from inspector.boxes import EMPTY, as_boxes
from inspector.errors import InputError
from inspector.learning.augmentation.changes import Augmentation
from inspector.learning.network import NOTHING
from inspector.learning.sampling import Batches, draw_frames, groups_of, padded


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
    return Batches(part, np.ones(len(part), bool), size, 5, seed, Augmentation())


def test_a_batch(squares):
    made = batches(squares.train)
    batch = made[0]
    assert len(made) == 5
    assert batch["pictures"].shape == (8, 96, 96, 3)
    assert batch["pictures"].dtype == np.uint8
    assert {key: (value.shape, value.dtype) for key, value in batch["truth"].items()} == {
        "boxes": ((8, 1, 4), np.float32),
        "classes": ((8, 1), np.int32),
        "taught": ((8, 2), np.bool_),
        "empty": ((8,), np.float32),
    }
    assert batch["truth"]["empty"].tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert (batch["truth"]["classes"][4:] == NOTHING).all()
    assert {len(value) for value in batch["changes"].values()} == {8}


def test_every_batch_holds_a_positive(squares):
    made = batches(squares.train)
    for step in range(5):
        assert (made[step]["truth"]["classes"] >= 0).any()


def test_a_batch_is_the_same_whenever_it_is_made(squares):
    made, later = batches(squares.train, seed=7), batches(squares.train, seed=7)
    made[0]
    assert (made[3]["pictures"] == later[3]["pictures"]).all()
    assert (made[3]["truth"]["boxes"] == later[3]["truth"]["boxes"]).all()
    assert all((value == later[3]["changes"][key]).all() for key, value in made[3]["changes"].items())
    assert (batches(squares.train, seed=8)[3]["pictures"] != made[3]["pictures"]).any()


def test_truth_is_padded_to_the_fullest_frame():
    truth = padded(as_boxes([[1, 2, 3, 4]]), np.array([1]), 3)
    assert truth["boxes"].tolist() == [[1, 2, 3, 4], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert truth["classes"].tolist() == [1, NOTHING, NOTHING]


def test_nothing_to_learn_without_a_box(squares):
    bare = replace(squares.train, boxes=(EMPTY,) * len(squares.train))
    with pytest.raises(InputError, match="No training frame holds a box"):
        batches(bare)

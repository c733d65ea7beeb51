"""The worked vectors: ten disjoint boxes with losses 1, 2, 4 ... 512, so that the sum says which were kept."""

import keras
import numpy as np
import pytest

from inspector.learning.mining import Mining, Rank, mine

POWERS = 2.0 ** np.arange(10, dtype=np.float32)
DISJOINT = np.array([[20 * i, 0, 20 * i + 10, 10] for i in range(10)], np.float32)
EMPTY = np.full(10, -1)
EASIEST_POSITIVE = np.array([0] + [-1] * 9)


def keep(matched, losses=POWERS, boxes=DISJOINT, box_losses=None, **settings):
    if box_losses is None:
        box_losses = np.zeros_like(losses)
    kept = mine(losses[None], box_losses[None], boxes[None], np.asarray(matched, np.int32)[None], Mining(**settings))
    return keras.ops.convert_to_numpy(kept)[0]


def kept_loss(matched, **settings):
    return float((keep(matched, **settings) * POWERS).sum())


R3 = {"max_negatives_per_positive": 3}


@pytest.mark.parametrize(
    ("matched", "settings", "loss"),
    [
        (EMPTY, R3, 0),
        (EMPTY, {**R3, "min_negatives_per_image": 2}, 512 + 256),
        (EMPTY, {"min_negatives_per_image": 2}, 1023),
        (EMPTY, {"min_negatives_per_image": 2, "num_hard_examples": 4}, 960),
        (EMPTY, {**R3, "min_negatives_per_image": 5, "num_hard_examples": 3}, 512 + 256 + 128),
        (EMPTY, {"min_negatives_per_image": 5, "num_hard_examples": 3}, 512 + 256 + 128),
        (EASIEST_POSITIVE, {**R3, "num_hard_examples": 4}, 0),
        (EASIEST_POSITIVE, {**R3, "num_hard_examples": 0}, 1 + 512 + 256 + 128),
    ],
)
def test_compatible_mode_is_the_api(matched, settings, loss):
    assert kept_loss(matched, compatible=True, **settings) == loss


@pytest.mark.parametrize(
    ("matched", "settings", "loss"),
    [
        (EMPTY, {**R3, "min_negatives_per_image": 2}, 512 + 256),
        (EMPTY, {"min_negatives_per_image": 2}, 1023),
        (EMPTY, {"min_negatives_per_image": 2, "num_hard_examples": 4}, 960),
        # The minimum holds above the cap, and without a ratio.
        (EMPTY, {**R3, "min_negatives_per_image": 5, "num_hard_examples": 3}, 512 + 256 + 128 + 64 + 32),
        (EMPTY, {"min_negatives_per_image": 5, "num_hard_examples": 3}, 512 + 256 + 128 + 64 + 32),
        # A positive that the cap would have cut still counts, and still teaches.
        (EASIEST_POSITIVE, {**R3, "num_hard_examples": 4}, 1 + 512 + 256 + 128),
        (EASIEST_POSITIVE, {**R3, "num_hard_examples": 0}, 1 + 512 + 256 + 128),
    ],
)
def test_our_mode_never_lets_an_image_teach_nothing(matched, settings, loss):
    assert kept_loss(matched, **settings) == loss


@pytest.mark.parametrize("compatible", [True, False])
@pytest.mark.parametrize(("threshold", "loss"), [(0.7, 512 + 128), (1.0, 512 + 256 + 128), (0.9, 512 + 256 + 128)])
def test_a_box_that_overlaps_a_harder_one_is_dropped(compatible, threshold, loss):
    boxes = DISJOINT.copy()
    boxes[8] = boxes[9] + [0, 0, 0, 2]  # IoU 10/12
    kept = keep(EMPTY, boxes=boxes, iou_threshold=threshold, compatible=compatible)
    assert float((kept * POWERS)[7:].sum()) == loss


def test_a_suppressed_positive_is_not_counted_by_the_api_and_is_by_us():
    boxes = DISJOINT.copy()
    boxes[0] = boxes[9]
    assert kept_loss_of(boxes, compatible=True) == 0
    assert kept_loss_of(boxes, compatible=False) == 1 + 512 + 256 + 128


def kept_loss_of(boxes, compatible):
    return float((keep(EASIEST_POSITIVE, boxes=boxes, compatible=compatible, **R3) * POWERS).sum())


@pytest.mark.parametrize("compatible", [True, False])
def test_the_defaults_are_those_of_the_api(compatible):
    mining = Mining()
    assert (mining.num_hard_examples, mining.iou_threshold, mining.loss_type) == (64, 0.7, Rank.BOTH)
    assert (mining.max_negatives_per_positive, mining.min_negatives_per_image) == (0, 0)
    many = np.arange(100, dtype=np.float32)
    boxes = np.array([[20 * i, 0, 20 * i + 10, 10] for i in range(100)], np.float32)
    kept = keep(np.full(100, -1), losses=many, boxes=boxes, compatible=compatible)
    assert kept.tolist() == [0.0] * 36 + [1.0] * 64


@pytest.mark.parametrize(("rank", "hardest"), [(Rank.CLASSIFICATION, 2), (Rank.LOCALIZATION, 0), (Rank.BOTH, 1)])
def test_what_ranks(rank, hardest):
    class_loss, box_loss = np.array([1, 4, 5], np.float32), np.array([6, 5, 1], np.float32)
    kept = keep(
        [0, 0, 0],
        losses=class_loss,
        box_losses=box_loss,
        boxes=DISJOINT[:3],
        num_hard_examples=1,
        loss_type=rank,
        compatible=True,
    )
    assert kept.argmax() == hardest
    assert kept.sum() == 1


def test_ignored_anchors_are_never_taken_for_negatives():
    matched = EMPTY.copy()
    matched[9] = -2
    assert kept_loss(matched, min_negatives_per_image=2, num_hard_examples=1) == 256 + 128


def test_each_picture_of_a_batch_is_mined_alone():
    losses = np.stack([POWERS, POWERS[::-1]])
    matched = np.stack([EMPTY, EASIEST_POSITIVE]).astype(np.int32)
    mining = Mining(min_negatives_per_image=1, **R3)
    kept = keras.ops.convert_to_numpy(mine(losses, np.zeros_like(losses), np.stack([DISJOINT] * 2), matched, mining))
    assert kept.sum(axis=1).tolist() == [1, 4]
    assert (kept * losses).sum(axis=1).tolist() == [512, 512 + 256 + 128 + 64]


@pytest.mark.parametrize("compatible", [True, False])
def test_suppression_goes_on_below_a_dropped_anchor(compatible):
    # Nine and eight lie on one another; with K = 2 the second place goes to the next one apart.
    boxes = DISJOINT.copy()
    boxes[8] = boxes[9]
    assert kept_loss_with(boxes, EMPTY, num_hard_examples=2, compatible=compatible) == 512 + 128


@pytest.mark.parametrize(
    ("matched", "settings", "loss"),
    [
        # The positive is the hardest: it drops the negative on it and counts, 2 negatives beside it.
        ([-1] * 9 + [0], {"max_negatives_per_positive": 2}, 512 + 128 + 64),
        # A ratio is cut down to a whole number: 1.5 of one positive is one.
        ([-1] * 9 + [0], {"max_negatives_per_positive": 1.5}, 512 + 128),
        # The cap comes before the ratio: of the three places one is the positive's.
        ([-1] * 9 + [0], {"max_negatives_per_positive": 5, "num_hard_examples": 3}, 512 + 128 + 64),
        # Below the cap the minimum holds.
        ([-1] * 10, {"max_negatives_per_positive": 2, "min_negatives_per_image": 2}, 512 + 128),
    ],
)
def test_compatible_mode_suppresses_first_and_counts_afterwards(matched, settings, loss):
    boxes = DISJOINT.copy()
    boxes[8] = boxes[9]
    assert kept_loss_with(boxes, matched, compatible=True, **settings) == loss


def test_by_default_a_positive_drops_no_negative():
    # A negative that lies on the positive is the one that most needs to hear that it is none.
    boxes = DISJOINT.copy()
    boxes[8] = boxes[9]
    assert kept_loss_with(boxes, [-1] * 9 + [0], max_negatives_per_positive=2) == 512 + 256 + 128


def test_suppression_is_the_reason_where_the_minimum_is_not_reached():
    boxes = np.repeat(DISJOINT[:1], 10, axis=0)
    assert kept_loss_with(boxes, EMPTY, min_negatives_per_image=5) == 512


def kept_loss_with(boxes, matched, **settings):
    return float((keep(matched, boxes=boxes, **settings) * POWERS).sum())


def test_in_compatible_mode_an_ignored_anchor_takes_a_place_and_none_of_the_ratio():
    # As in that API, where an anchor of weight 0 has loss 0 and ranks last.
    losses = POWERS.copy()
    losses[9] = 0
    matched = [-1] * 8 + [0, -2]
    kept = keep(matched, losses=losses, compatible=True, max_negatives_per_positive=2, num_hard_examples=0)
    assert float((kept * losses).sum()) == 256 + 128 + 64


@pytest.mark.parametrize("compatible", [True, False])
def test_anchors_beyond_the_first_block(compatible):
    count = 500
    losses = np.arange(count, dtype=np.float32)
    crowd = np.array([[20 * (i // 250), 0, 20 * (i // 250) + 10, 10] for i in range(count)], np.float32)
    kept = keep(np.full(count, -1), losses=losses, boxes=crowd, num_hard_examples=3, compatible=compatible)
    assert np.flatnonzero(kept).tolist() == [249, 499]


def test_an_overlap_threshold_of_zero_is_no_off_switch():
    with pytest.raises(ValueError, match="1 drops none"):
        Mining(iou_threshold=0)
    assert Mining(iou_threshold=0, compatible=True).iou_threshold == 0

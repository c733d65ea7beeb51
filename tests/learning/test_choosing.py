import numpy as np
import pytest
from keras import ops

from inspector.learning.choosing import counting, drawn, normaliser
from inspector.learning.mining import Mining
from inspector.learning.objective import Objective, RandomExamples


def picture(positives, negatives, ignored=0):
    return [0] * positives + [-1] * negatives + [-2] * ignored


def taken(matched, order=None, **examples):
    matched = np.array([matched], np.int32)
    draws = np.arange(matched.shape[1], dtype=np.int32) if order is None else np.asarray(order, np.int32)
    kept = ops.convert_to_numpy(drawn(matched, draws[None], RandomExamples(**examples)))[0]
    return int(kept[matched[0] >= 0].sum()), int(kept[matched[0] == -1].sum()), int(kept[matched[0] == -2].sum())


@pytest.mark.parametrize(
    ("positives", "negatives", "examples", "expected"),
    [
        # The design's vectors for the sampler without a batch size.
        (5, 395, {"positive_sample_fraction": 0.25, "compatible": True}, (5, 15)),
        (0, 400, {"positive_sample_fraction": 0.25, "compatible": True}, (0, 0)),
        (100, 300, {"positive_sample_fraction": 0.25, "compatible": True}, (100, 300)),
        (390, 10, {"positive_sample_fraction": 0.25, "compatible": True}, (390, 10)),
        (5, 395, {"positive_sample_fraction": 0.25, "min_negatives_per_image": 20, "compatible": True}, (5, 15)),
        # Ours: a floor for pictures without any.
        (5, 395, {"positive_sample_fraction": 0.25}, (5, 15)),
        (0, 400, {"positive_sample_fraction": 0.25, "min_negatives_per_image": 16}, (0, 16)),
        (5, 395, {"positive_sample_fraction": 0.25, "min_negatives_per_image": 20}, (5, 20)),
        (0, 7, {"positive_sample_fraction": 0.25, "min_negatives_per_image": 16}, (0, 7)),
        (2, 398, {}, (2, 198)),
    ],
)
def test_random_examples(positives, negatives, examples, expected):
    assert taken(picture(positives, negatives, ignored=3), **examples) == (*expected, 0)


def test_the_order_decides_which():
    matched = np.array([[-1, -1, 0, -1]], np.int32)
    half = RandomExamples(positive_sample_fraction=0.5)
    for order, kept in (([0, 1, 2, 3], [1, 0, 1, 0]), ([3, 2, 1, 0], [0, 0, 1, 1])):
        assert ops.convert_to_numpy(drawn(matched, np.array([order], np.int32), half))[0].tolist() == kept


def chosen(pictures, **asked):
    matched = np.full((2, 300), -1, np.int32)
    losses, boxes = np.zeros((2, 300), np.float32), np.zeros((2, 300, 4), np.float32)
    return ops.convert_to_numpy(counting(losses, losses, boxes, matched, pictures, Objective(**asked)))


def test_the_same_batch_draws_the_same_examples_and_another_draws_others():
    one, other = np.random.default_rng(0).integers(0, 256, (2, 2, 8, 8, 3)).astype(np.uint8)
    examples = RandomExamples(min_negatives_per_image=20)
    first, again, then = (chosen(pictures, random_examples=examples) for pictures in (one, one, other))
    assert (first == again).all()
    assert (first != then).any(axis=1).all()
    assert (first[0] != first[1]).any()
    assert first.sum(axis=1).tolist() == [20, 20]


def test_without_a_choice_all_count_but_the_ignored():
    matched = np.array([[0, -1, -2]], np.int32)
    zeros = np.zeros((1, 3), np.float32)
    kept = counting(zeros, zeros, np.zeros((1, 3, 4), np.float32), matched, None, Objective())
    assert ops.convert_to_numpy(kept).tolist() == [[1, 1, 0]]


R3 = Mining(max_negatives_per_positive=3)
COMPATIBLE = Mining(max_negatives_per_positive=3, compatible=True)


@pytest.mark.parametrize(
    ("asked", "divisor"),
    [
        (Objective(mining=R3), 24 / 3),
        (Objective(mining=COMPATIBLE), 1),
        (Objective(random_examples=RandomExamples(positive_sample_fraction=0.2)), 24 / 4),
        # A share below one negative for a positive would make of a floor of negatives a great many positives.
        (Objective(random_examples=RandomExamples(positive_sample_fraction=0.9)), 24),
        (Objective(random_examples=RandomExamples(compatible=True)), 1),
        (Objective(), 2),
        (Objective(classification="focal"), 2),
    ],
)
def test_the_normaliser_of_an_all_negative_batch(asked, divisor):
    matched, kept = np.full((2, 30), -1, np.int32), np.zeros((2, 30), np.float32)
    kept[:, :12] = 1
    assert float(normaliser(kept, np.zeros_like(kept), matched, asked)) == pytest.approx(divisor)


@pytest.mark.parametrize("asked", [Objective(mining=R3), Objective(mining=COMPATIBLE), Objective()])
def test_the_normaliser_of_a_batch_with_positives(asked):
    matched = np.array([[0, 0, 0, 1, -1, -1, -1, -1]], np.int32)
    kept = np.array([[1, 1, 1, 1, 1, 1, 1, 0]], np.float32)
    assert float(normaliser(kept, (matched >= 0).astype(np.float32), matched, asked)) == 4

import keras
import numpy as np
import pytest

from inspector.learning.mining import Mining, Rank
from inspector.learning.network import DOUBTFUL, NOTHING
from inspector.learning.two_stage.examples import drawn, examples, hardest
from inspector.learning.two_stage.stages import SecondStage

# Ten disjoint proposals; the truth lies on the first, a pixel aside, and one row of it is padding.
PROPOSALS = np.array([[20 * i, 0, 20 * i + 10, 10] for i in range(10)], np.float32)
POWERS = 2.0 ** np.arange(12, dtype=np.float32)
TRUTH = [[1, 0, 11, 10], [0, 0, 0, 0]]


def arrays(*given):
    return [keras.ops.convert_to_tensor(np.asarray(one)) for one in given]


def of(classes, there=None):
    """A batch with one picture for each row of classes."""
    count = len(classes)
    there = np.ones((count, 10), bool) if there is None else there
    boxes, labels = np.float32([TRUTH] * count), np.int32(classes)
    proposals, proposed, boxes, labels = arrays(np.stack([PROPOSALS] * count), there, boxes, labels)
    return examples(proposals, proposed, {"boxes": boxes, "classes": labels}, 0.5)


def numpy(value):
    return keras.ops.convert_to_numpy(value)


def test_the_truth_is_among_the_regions_and_padding_is_not():
    given = of([[3, NOTHING]])
    assert numpy(given.wanted.matched).tolist() == [[0, -2, 0, *[-1] * 9]]
    assert numpy(given.wanted.classes)[0, [0, 2]].tolist() == [3, 3]
    assert numpy(given.boxes)[0, 0].tolist() == TRUTH[0]
    assert numpy(given.negatives).tolist() == [9]


def test_fillers_and_doubtful_places_teach_nothing():
    there = np.ones((1, 10), bool)
    there[0, 9] = False
    given = of([[DOUBTFUL, NOTHING]], there)
    assert numpy(given.wanted.matched).tolist() == [[-2, -2, -2, *[-1] * 8, -2]]
    assert numpy(given.teaching).tolist() == [[0, 0, 0, *[1] * 8, 0]]


def test_a_balanced_draw_of_each_picture():
    pictures = np.random.default_rng(0).integers(0, 256, (2, 8, 8, 3)).astype(np.uint8)
    stage = SecondStage(batch_size=4, balance_fraction=0.25)
    found = drawn(of([[3, NOTHING], [NOTHING, NOTHING]]), *arrays(pictures), stage)
    assert numpy(found.teaching).tolist() == [[1] * 4] * 2
    assert (numpy(found.wanted.matched) == 0).sum(axis=1).tolist() == [1, 0]
    assert numpy(found.negatives).tolist() == [3, 4]
    assert numpy(found.weights) == pytest.approx(np.full((2, 4), 1 / 8))
    again = drawn(of([[3, NOTHING], [NOTHING, NOTHING]]), *arrays(pictures), stage)
    assert (numpy(found.boxes) == numpy(again.boxes)).all()


def test_where_too_few_can_be_drawn_the_rest_are_fillers():
    there = np.zeros((1, 10), bool)
    there[0, 4] = True
    (picture,) = arrays(np.zeros((1, 8, 8, 3), np.uint8))
    found = drawn(of([[NOTHING, NOTHING]], there), picture, SecondStage())
    assert numpy(found.teaching).sum() == 1
    assert numpy(found.boxes)[numpy(found.teaching) > 0].tolist() == [PROPOSALS[4].tolist()]
    assert numpy(found.weights).sum() == 1


def mined(given, losses, box_losses=None, **settings):
    """The losses that are learned from, of each picture."""
    box_losses = np.zeros_like(losses) if box_losses is None else box_losses
    found = hardest(given, *arrays(losses, box_losses), Mining(**settings))
    places = numpy(found.boxes)[..., 0].astype(float) / 20
    return [
        sorted(row[taught > 0].round(2).tolist()) for row, taught in zip(places, numpy(found.teaching), strict=True)
    ]


def test_the_hardest_of_every_picture_are_learned_from_positive_or_not():
    losses = np.stack([POWERS, POWERS[::-1]])
    # The second picture's hardest is the truth, then padding, which teaches nothing, then the proposal beside it.
    assert mined(of([[3, NOTHING]] * 2), losses, num_hard_examples=3) == [[7, 8, 9], [0.05, 1, 2]]


def test_hardest_regions_lie_apart():
    # The proposal on the truth overlaps it by 9/11.
    assert mined(of([[3, NOTHING]]), POWERS[None, ::-1], num_hard_examples=2) == [[0.05, 1]]
    assert mined(of([[3, NOTHING]]), POWERS[None, ::-1], num_hard_examples=2, iou_threshold=1) == [[0, 0.05]]


def test_a_ratio_and_a_floor_have_no_effect_and_no_number_is_no_cap():
    in_vain = {"max_negatives_per_positive": 1, "min_negatives_per_image": 9}
    assert mined(of([[NOTHING] * 2]), POWERS[None], num_hard_examples=2, **in_vain) == [[8, 9]]
    assert mined(of([[NOTHING] * 2]), POWERS[None], num_hard_examples=0) == [list(range(10))]


def test_what_ranks():
    wrong_box = {"box_losses": 10 * POWERS[None, ::-1], "num_hard_examples": 1}
    assert mined(of([[NOTHING] * 2]), POWERS[None], **wrong_box, loss_type=Rank.CLASSIFICATION) == [[9]]
    assert mined(of([[NOTHING] * 2]), POWERS[None], **wrong_box, loss_type=Rank.LOCALIZATION) == [[0]]

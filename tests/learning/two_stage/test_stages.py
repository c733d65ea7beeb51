import numpy as np
import pytest
from pydantic import ValidationError

from inspector.learning.mining import Mining
from inspector.learning.two_stage.stages import FirstStage, Grid, SecondStage


def test_the_defaults_are_those_of_the_api():
    first, second = FirstStage(), SecondStage()
    assert (first.minibatch_size, first.positive_balance_fraction, first.max_proposals) == (256, 0.5, 300)
    assert (first.nms_score_threshold, first.nms_iou_threshold) == (0, 0.7)
    assert (second.batch_size, second.balance_fraction, second.score_converter) == (64, 0.25, "softmax")
    assert (first.localization_loss_weight, first.objectness_loss_weight) == (1, 1)
    assert (second.localization_loss_weight, second.classification_loss_weight) == (1, 1)


def test_a_grid_holds_every_scale_in_every_shape():
    grid = Grid(scales=(0.25, 2), aspect_ratios=(0.25, 1))
    # A ratio of 1/4 at scale 1 is 128 wide and 512 high: the area of 256 x 256.
    assert grid.sizes == ((32, 128), (256, 1024), (64, 64), (512, 512))
    assert FirstStage(anchor_generator=grid).level([]).stride == 16
    assert FirstStage(anchor_generator=grid, features_stride=8).level([]).sizes == grid.sizes


SMALL, LARGE = np.array([[16, 18], [17, 17]]), np.array([[150, 160], [140, 150]])


def test_anchors_suit_the_dataset_and_all_stand_on_one_stride():
    level = FirstStage().level([SMALL, LARGE])
    assert level.stride == 8
    assert {round(size[0] / 10) for size in level.sizes} == {2, 14}
    assert FirstStage().level([LARGE]).stride == 16
    assert FirstStage().level([SMALL], finest=16).stride == 16
    assert FirstStage(features_stride=16).level([SMALL]).stride == 16


def test_a_ratio_and_a_floor_are_said_to_have_no_effect_beside_the_second_stages_miner():
    assert SecondStage().remarks == ()
    assert SecondStage(hard_example_miner=Mining()).remarks == ()
    (ratio,) = SecondStage(hard_example_miner=Mining(max_negatives_per_positive=3)).remarks
    assert ratio.startswith("max_negatives_per_positive of hard_example_miner has no effect in the second stage")
    both = SecondStage(hard_example_miner=Mining(max_negatives_per_positive=3, min_negatives_per_image=4)).remarks
    assert [remark.split()[0] for remark in both] == ["max_negatives_per_positive", "min_negatives_per_image"]


def test_a_name_that_is_none_is_refused():
    with pytest.raises(ValidationError, match="first_stage_max_proposals"):
        FirstStage(first_stage_max_proposals=3)

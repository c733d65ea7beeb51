import pytest
from pydantic import ValidationError

from inspector.learning.anchor_free import AnchorFree
from inspector.learning.families import objective_of
from inspector.learning.families import settle as settle_settings
from inspector.learning.mining import Mining
from inspector.learning.objective import LEAST_NEGATIVES, Objective, RandomExamples, settle
from inspector.learning.settings import TrainingSettings
from inspector.learning.ssd import Ssd


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"classification": "focal", "mining": {}}, "the focal loss weighs every anchor by itself: leave mining away"),
        ({"classification": "quality", "mining": {}}, "the quality loss weighs every anchor by itself"),
        ({"mining": {}, "random_examples": {}}, "leave one of them away"),
        (
            {"mining": {"iou_threshold": 0}},
            "iou_threshold 0 drops every anchor that touches a harder one; 1 drops none",
        ),
        ({"mining": {"loss_type": "localization"}}, "ranks by the box, which no negative has: take both"),
        ({"random_examples": {"positive_sample_fraction": 1}}, "lets no negative teach"),
        ({"random_examples": {"positive_sample_fraction": 0}}, "greater than 0"),
        ({"classification": "softmax", "alpha": 0.5}, "the softmax loss has no alpha: leave it away, or take focal"),
        ({"classification": "quality", "alpha": 0.5}, "the quality loss has no alpha"),
        ({"gamma": 2}, "the sigmoid loss has no gamma"),
        ({"classification": "focal", "alpha": 1}, "less than 1"),
        ({"classification": "quality", "gamma": 0.5}, "should be 1 or more"),
        ({"localization_weight": 0}, "greater than 0"),
        ({"clasification": "focal"}, "Extra inputs"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(asked, sentence):
    with pytest.raises(ValidationError, match=sentence):
        Objective.model_validate(asked)


def test_what_the_original_does_can_be_had():
    mining = {"iou_threshold": 0, "loss_type": "localization", "compatible": True}
    assert Objective(mining=Mining(**mining)).compatible
    random = RandomExamples(positive_sample_fraction=1, compatible=True)
    assert Objective(random_examples=random).compatible


def test_an_objective_survives_being_written_down():
    for asked in (Ssd.OBJECTIVE, AnchorFree.OBJECTIVE, Objective(classification="focal", alpha=0.5)):
        assert Objective.model_validate(asked.model_dump(mode="json")) == asked


def test_a_ratio_without_a_floor_gets_ours_beside_empty_images():
    asked = Objective(mining=Mining(max_negatives_per_positive=3))
    taken, remarks = settle(asked, empty_images=30)
    assert taken.mining == Mining(max_negatives_per_positive=3, min_negatives_per_image=LEAST_NEGATIVES)
    assert remarks == (
        "mining lets negatives teach beside positives only, but there are 30 verified-empty images: "
        "min_negatives_per_image is taken as 16, so that they teach too. Set it, or set compatible.",
    )
    assert settle(taken, empty_images=30) == (taken, ())
    assert settle(asked, empty_images=0) == (asked, ())


def test_random_examples_without_a_floor_get_ours_beside_empty_images():
    taken, remarks = settle(Objective(random_examples=RandomExamples()), empty_images=1)
    assert taken.random_examples == RandomExamples(min_negatives_per_image=LEAST_NEGATIVES)
    assert remarks[0].startswith("random_examples lets negatives teach beside positives only")


@pytest.mark.parametrize(
    "selection",
    [
        {"mining": Mining(max_negatives_per_positive=3, compatible=True)},
        {"random_examples": RandomExamples(compatible=True)},
    ],
)
def test_compatible_keeps_the_original_and_says_what_it_costs(selection):
    asked = Objective(**selection)
    taken, remarks = settle(asked, empty_images=30)
    assert taken == asked
    assert "the 30 verified-empty images teach nothing" in remarks[0]


@pytest.mark.parametrize(
    ("mining", "words"),
    [
        (Mining(num_hard_examples=0, iou_threshold=0.7), ["takes longer than the learning"]),
        (Mining(num_hard_examples=0, iou_threshold=1), ["takes every negative"]),
        (Mining(), []),
        (Mining(num_hard_examples=0, max_negatives_per_positive=3, min_negatives_per_image=2), []),
    ],
)
def test_mining_that_hardly_anybody_means(mining, words):
    _, remarks = settle(Objective(mining=mining), empty_images=3)
    assert len(remarks) == len(words)
    assert all(word in remark for word, remark in zip(words, remarks, strict=True))


@pytest.mark.parametrize("own", [Ssd.OBJECTIVE, AnchorFree.OBJECTIVE])
def test_of_our_own_there_is_nothing_to_remark(own):
    assert settle(own, empty_images=30) == (own, ())


def test_how_many_negatives_stand_beside_a_positive():
    assert Ssd.OBJECTIVE.negatives_per_positive == 3
    assert Objective(classification="quality").negatives_per_positive is None
    assert Objective(mining=Mining()).negatives_per_positive == 3
    quarter = Objective(random_examples=RandomExamples(positive_sample_fraction=0.25))
    assert quarter.negatives_per_positive == 3


def test_settings_have_the_objective_of_their_family():
    assert objective_of(TrainingSettings()) == Ssd.OBJECTIVE
    assert objective_of(TrainingSettings(family="anchor_free")) == AnchorFree.OBJECTIVE
    settled, remarks = settle_settings(TrainingSettings(objective=Objective(random_examples=RandomExamples())), 5)
    assert settled.objective == Objective(random_examples=RandomExamples(min_negatives_per_image=LEAST_NEGATIVES))
    assert len(remarks) == 1


def test_an_anchor_free_box_is_learned_as_a_whole():
    with pytest.raises(ValidationError, match="set the objective's localization to giou"):
        TrainingSettings(family="anchor_free", objective=Objective())

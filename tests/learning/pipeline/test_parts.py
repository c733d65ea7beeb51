"""Losses, backbones, input sizes and lessons of a pipeline, each with the API's defaults."""

from pathlib import Path
from typing import Any

import pytest

from inspector.learning.pipeline.listing import Fate
from tests.learning.pipeline.configs import faster_rcnn, options, read, ssd, told, train


@pytest.mark.parametrize(
    ("text", "objective"),
    [
        (
            "hard_example_miner { }",
            {
                "mining": {
                    "num_hard_examples": 64,
                    "iou_threshold": 0.7,
                    "loss_type": "both",
                    "max_negatives_per_positive": 0,
                    "min_negatives_per_image": 0,
                },
                "random_examples": None,
            },
        ),
        ("random_example_sampler { }", {"mining": None, "random_examples": {"positive_sample_fraction": 0.01}}),
        (
            "random_example_sampler { positive_sample_fraction: 0.25 }",
            {"random_examples": {"positive_sample_fraction": 0.25}},
        ),
        ("classification_loss { weighted_softmax { } }", {"classification": "softmax", "mining": None}),
        ("classification_loss { bootstrapped_sigmoid { } }", {"classification": "sigmoid"}),
        ("classification_loss { weighted_sigmoid_focal { alpha: 0.9 } }", {"alpha": 0.9, "gamma": 2.0}),
        ("classification_loss { weighted_sigmoid_focal { } }", {"classification": "focal", "alpha": 0.5, "gamma": 2.0}),
        ("localization_loss { weighted_giou { } }", {"localization": "giou"}),
        ("localization_loss { weighted_iou { } }", {"localization": "giou"}),
        ("localization_loss { weighted_l2 { } }", {"localization": "smooth_l1"}),
        ("localization_weight: 2", {"localization_weight": 2.0, "classification_weight": 1.0}),
        ("} normalize_loc_loss_by_codesize: true loss_of_nothing {", {"localization_weight": 0.25}),
    ],
)
def test_losses_and_their_defaults(text: str, objective: dict[str, Any], tmp_path: Path) -> None:
    found = options(read(tmp_path, ssd(text)))["objective"]
    assert {name: found[name] for name in objective} == objective


def test_hard_examples_in_the_second_stage_stand_in_the_place_of_the_draw(tmp_path: Path) -> None:
    inside = "second_stage_batch_size: 32 hard_example_miner { num_hard_examples: 128 max_negatives_per_positive: 3 }"
    pipeline = read(tmp_path, faster_rcnn(inside))
    stage = options(pipeline)["second_stage"]
    assert stage["hard_example_miner"] == {"num_hard_examples": 128, "iou_threshold": 0.7, "loss_type": "both"}
    assert "batch_size" not in stage
    assert told(pipeline, "second_stage_batch_size").how == "of no effect beside a hard_example_miner, as there"
    assert told(pipeline, "max_negatives_per_positive").fate is Fate.NOT_USED


@pytest.mark.parametrize(
    ("text", "fate", "ours"),
    [
        ("", Fate.TAKEN, None),
        ("second_stage_classification_loss { weighted_sigmoid { } }", Fate.TAKEN, "sigmoid"),
        ("second_stage_classification_loss { weighted_sigmoid_focal { gamma: 2 } }", Fate.TRANSLATED, "sigmoid"),
    ],
)
def test_the_loss_of_the_second_stage(text: str, fate: Fate, ours: str | None, tmp_path: Path) -> None:
    after = f"second_stage_post_processing {{ score_converter: {(ours or 'softmax').upper()} }}"
    pipeline = read(tmp_path, faster_rcnn(f"{text} {after}"))
    assert options(pipeline)["second_stage"].get("score_converter") == ours
    assert told(pipeline, "score_converter").fate is Fate.TAKEN
    if text:
        (choice,) = (one for one in pipeline.listing.settings if one.name.split(".")[-1].startswith("weighted_"))
        assert choice.fate is fate


@pytest.mark.parametrize(
    ("kind", "ours", "fate"),
    [
        ("ssd_resnet50_v1_fpn_keras", "resnet50", Fate.TAKEN),
        ("ssd_mobilenet_v2_fpn_keras", "mobilenet_v2", Fate.TAKEN),
        ("faster_rcnn_resnet152_keras", "resnet101", Fate.TRANSLATED),
        ("faster_rcnn_inception_resnet_v2", "resnet101", Fate.TRANSLATED),
        ("ssd_mobiledet_cpu", "compact", Fate.TRANSLATED),
    ],
)
def test_the_nearest_backbone(kind: str, ours: str, fate: Fate, tmp_path: Path) -> None:
    pipeline = read(tmp_path, ssd(rest=f"feature_extractor {{ type: '{kind}' }}"))
    assert (pipeline.options["backbone"], told(pipeline, "type").fate) == (ours, fate)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", {"batch": 32, "clip": None}),
        ("batch_size: 1", {"batch": 2}),
        ("batch_size: 512", {"batch": 256}),
        ("num_steps: 0", {"clip": None}),
        ("num_steps: 25000 gradient_clipping_by_norm: 5", {"steps": 25000, "clip": 5.0}),
        ("optimizer { adam_optimizer { learning_rate { cosine_decay_learning_rate { } } } }", {"rate": 0.002}),
        (
            "optimizer { adam_optimizer { learning_rate { constant_learning_rate { learning_rate: 1e-4 } } } }",
            {"rate": 1e-4},
        ),
    ],
)
def test_how_it_trains(text: str, wanted: dict[str, Any], tmp_path: Path) -> None:
    found = options(read(tmp_path, train(text)))
    assert {name: found.get(name, "absent") for name in wanted} == wanted
    assert ("steps" in found) == ("steps" in wanted)


def test_rates_of_another_optimizer_are_left(tmp_path: Path) -> None:
    text = "optimizer { momentum_optimizer { learning_rate { constant_learning_rate { learning_rate: 0.08 } } } }"
    pipeline = read(tmp_path, train(text))
    assert "rate" not in pipeline.options
    assert told(pipeline, "constant_learning_rate.learning_rate").fate is Fate.NOT_USED


def test_flips_are_the_recipe_s_and_crops_are_alike(tmp_path: Path) -> None:
    steps = ("random_horizontal_flip", "ssd_random_crop", "random_adjust_hue", "normalize_image", "random_nonsense")
    text = " ".join(f"data_augmentation_options {{ {step} {{ }} }}" for step in steps)
    pipeline = read(tmp_path, train(text))
    fates = [told(pipeline, f"data_augmentation_options.{step}").fate for step in steps]
    assert fates == [Fate.TRANSLATED] * 3 + [Fate.NOT_USED] * 2
    assert "`turns`" in told(pipeline, "random_horizontal_flip").how


@pytest.mark.parametrize(
    ("frame", "size"),
    [((600, 789), (608, 800)), ((1920, 1080), (1024, 576)), ((300, 300), (608, 608)), ((9000, 10), (1024, 32))],
)
def test_frames_keep_their_shape(frame: tuple[int, int], size: tuple[int, int], tmp_path: Path) -> None:
    pipeline = read(tmp_path, faster_rcnn("image_resizer { keep_aspect_ratio_resizer { } }"))
    assert pipeline.resizer is not None
    assert pipeline.resizer.input_size([frame]) == size


def test_the_input_holds_frames_of_every_shape(tmp_path: Path) -> None:
    pipeline = read(
        tmp_path, ssd(rest="image_resizer { keep_aspect_ratio_resizer { min_dimension: 320 max_dimension: 640 } }")
    )
    assert pipeline.resizer is not None
    assert pipeline.resizer.input_size([(640, 480), (480, 640)]) == (448, 448)
    assert read(tmp_path, ssd()).resizer is None

"""Pipelines of the TensorFlow Object Detection API: what is taken, translated and left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.errors import FileProblems, InputError
from inspector.labeling.formats.prototext import Message, read_prototext
from inspector.learning.pipeline.listing import Fate
from inspector.learning.pipeline.takeover import read_pipeline
from tests.learning.pipeline.configs import options, read, ssd, told, train

API = "tf_object_detection_api"
TWO_STAGE = "faster_rcnn_resnet101_screws"
SINGLE_STAGE = ("ssd_mobilenet_v1_pets", "ssd_efficientdet_d0_512x512_coco17_tpu-8")


def test_the_screws_of_faster_rcnn(shared_data: Path) -> None:
    pipeline = read_pipeline(shared_data / API / "faster_rcnn_resnet101_screws.config")
    assert options(pipeline) == {
        "family": "faster_rcnn",
        "backbone": "resnet101",
        "first_stage": {
            "features_stride": 16,
            "minibatch_size": 256,
            "positive_balance_fraction": 0.5,
            "nms_score_threshold": 0.0,
            "nms_iou_threshold": 0.7,
            "max_proposals": 300,
            "localization_loss_weight": 2.0,
            "objectness_loss_weight": 1.0,
            "anchor_generator": {
                "scales": (0.25, 0.5, 1.0, 2.0),
                "aspect_ratios": (0.5, 1.0, 2.0),
                "height": 256,
                "width": 256,
            },
        },
        "second_stage": {
            "pooling": "crop",
            "initial_crop_size": 14,
            "maxpool_kernel_size": 2,
            "maxpool_stride": 2,
            "batch_size": 64,
            "balance_fraction": 0.25,
            "localization_loss_weight": 2.0,
            "classification_loss_weight": 1.0,
        },
        "batch": 2,
        "steps": 200000,
        "clip": 10.0,
    }
    assert pipeline.resizer is not None
    assert pipeline.resizer.input_size([(600, 789)]) == (608, 800)
    assert told(pipeline, "batch_size").fate is Fate.TRANSLATED
    assert told(pipeline, "fine_tune_checkpoint").fate is Fate.NOT_USED
    assert "screw_val.record --recipe" in told(pipeline, "eval_input_reader.tf_record_input_reader.input_path").how
    assert "names hole, screw" in told(pipeline, "train_input_reader.label_map_path").how
    assert told(pipeline, "train_input_reader.tf_record_input_reader.input_path").how.startswith("not there")


def test_the_pets_of_ssd(shared_data: Path) -> None:
    pipeline = read_pipeline(shared_data / API / "ssd_mobilenet_v1_pets.config")
    assert options(pipeline) == {
        "family": "ssd",
        "backbone": "mobilenet_v2",
        "objective": {
            "classification": "sigmoid",
            "localization": "smooth_l1",
            "mining": {
                "num_hard_examples": 3000,
                "iou_threshold": 0.99,
                "loss_type": "classification",
                "max_negatives_per_positive": 3,
                "min_negatives_per_image": 0,
            },
            "random_examples": None,
            "classification_weight": 1.0,
            "localization_weight": 1.0,
        },
        "batch": 24,
        "steps": 200000,
        "clip": None,
    }
    assert pipeline.resizer is not None
    assert pipeline.resizer.input_size([(640, 480), (208, 360)]) == (320, 320)
    assert told(pipeline, "feature_extractor.type").how == "backbone mobilenet_v2, the nearest here"
    hard = told(pipeline, "hard_example_miner.num_hard_examples")
    assert (hard.fate, hard.how) == (
        Fate.TRANSLATED,
        "objective.mining.num_hard_examples 3000, which never cuts what matched",
    )
    assert told(pipeline, "hard_example_miner.iou_threshold").fate is Fate.TAKEN


def test_efficientdet_becomes_an_ssd_with_a_focal_loss(shared_data: Path) -> None:
    pipeline = read_pipeline(shared_data / API / "ssd_efficientdet_d0_512x512_coco17_tpu-8.config")
    assert options(pipeline) == {
        "family": "ssd",
        "backbone": "mobilenet_v2",
        "objective": {
            "classification": "focal",
            "alpha": 0.25,
            "gamma": 1.5,
            "localization": "smooth_l1",
            "mining": None,
            "random_examples": None,
            "classification_weight": 1.0,
            "localization_weight": 0.25,
        },
        "batch": 16,
        "steps": 8000,
        "clip": None,
    }
    assert pipeline.resizer is not None
    assert pipeline.resizer.input_size([(640, 480)]) == (512, 512)
    assert told(pipeline, "model.ssd").fate is Fate.TRANSLATED
    assert told(pipeline, "class_prediction_bias_init").fate is Fate.TAKEN
    assert told(pipeline, "multiscale_anchor_generator.anchor_scale").fate is Fate.TRANSLATED


def leaves(message: Message, before: str = "") -> Iterator[tuple[str, int]]:
    for field in message.fields:
        if isinstance(field.value, Message) and field.value.fields:
            yield from leaves(field.value, f"{before}{field.name}.")
        else:
            yield before + field.name, field.line


@pytest.mark.parametrize("name", [*SINGLE_STAGE, "faster_rcnn_resnet101_screws"])
def test_no_setting_of_a_file_is_passed_over(name: str, shared_data: Path) -> None:
    path = shared_data / API / f"{name}.config"
    listing = read_pipeline(path).listing
    assert {leaf for leaf, _ in leaves(read_prototext(path))} <= {one.name for one in listing.settings}
    assert sum(listing.counts.values()) == len(listing.settings) == len(listing.rows)
    assert listing.counts["not known"] == 0
    lines = [one.line for one in listing.settings if one.line]
    assert lines == sorted(lines)


def test_a_default_is_shown_as_one(tmp_path: Path) -> None:
    pipeline = read(tmp_path, train("num_steps: 5"))
    shown = {row[0]: row[1] for row in pipeline.listing.rows}
    assert (shown["train_config.batch_size"], shown["train_config.num_steps"]) == ("32 (default)", "5")


def test_what_the_api_does_not_know_has_a_neighbour(tmp_path: Path) -> None:
    pipeline = read(tmp_path, ssd("hard_example_miner {\n min_negative_per_image: 3 }"))
    one = told(pipeline, "min_negative_per_image")
    assert (one.fate, one.line) == (Fate.NOT_KNOWN, 2)
    assert one.how == "no setting of that API. Did you mean 'min_negatives_per_image'?"


def test_a_file_too_large_for_a_pipeline_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "pipeline.config"
    path.write_text("model { ssd { } }\n" + "x: 1\n" * 60_000)
    with pytest.raises(InputError) as refused:
        read_pipeline(path)
    assert str(refused.value) == f"{path} is too large for a file of its kind."


def test_center_net_becomes_our_own_without_anchors(tmp_path: Path) -> None:
    pipeline = read(
        tmp_path, "model { center_net { num_classes: 3 object_center_params { min_box_overlap_iou: 0.7 } } }"
    )
    assert options(pipeline) == {"family": "anchor_free"}
    assert told(pipeline, "min_box_overlap_iou").fate is Fate.TRANSLATED


MMDETECTION = "_base_ = './faster_rcnn_r50_fpn.py'\nmodel = dict(type='FasterRCNN')\n"
DETECTRON = 'MODEL:\n  META_ARCHITECTURE: "GeneralizedRCNN"\nSOLVER:\n  STEPS: (60000, 80000)\n'
DARKNET = "[net]\nbatch=64\nwidth=416\n\n[convolutional]\nfilters=32\n"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.py", MMDETECTION, "a.py is a Python file, as MMDetection's and Detectron2's; a pipeline.config of the"),
        ("a.yaml", DETECTRON, "a.yaml is YAML, as Ultralytics' and Detectron2's; a pipeline.config of the TensorFlow"),
        ("a.yml", "nc: 80\nepochs: 300\n", "a.yml is YAML"),
        ("yolov3.cfg", DARKNET, "yolov3.cfg is a .cfg file, as Darknet's; a pipeline.config"),
        ("a.json", '{"model": {"ssd": {}}}', "a.json is JSON; a pipeline.config"),
        ("a.config", MMDETECTION, "a.config:1: this cannot be read: = './faster_rcnn_r50; a pipeline.config of the"),
        ("a.config", DARKNET, "a.config:2: this cannot be read: =64; a pipeline.config of the"),
        ("a.config", "", "a.config is a file without a model { ... } that we know; a pipeline.config"),
        ("a.config", "item { id: 1 }", "a.config is a file without a model"),
        ("a.config", "model { experimental_model { name: 'x' } }", "teaches a 'experimental_model', which we do not"),
        (
            "a.config",
            "model { ssd {",
            "a.config:1: a setting's name or } should stand here, the end of the file does; a",
        ),
    ],
)
def test_another_program_s_file_is_one_sentence(name: str, text: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError) as caught:
        read_pipeline(tmp_path / name)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (train("batch_size: 1.5"), ":1: 'train_config.batch_size' should be a whole number, got 1.5"),
        (train("batch_size: '8'"), "'train_config.batch_size' should be a whole number, got '8'"),
        (train("optimizer: 3"), "'train_config.optimizer' should be a message in { }, got 3"),
        (train("batch_size: 8\nbatch_size: 9"), ":2: 'train_config.batch_size' stands in line 1 already"),
        (ssd("hard_example_miner { loss_type: 'BOTH' }"), "loss_type' should be a bare word, got 'BOTH'"),
        (ssd("localization_weight: true"), "localization_weight' should be a number, got true"),
        (
            ssd(rest="image_resizer { fixed_shape_resizer { width: 0 } }"),
            "width' should be a picture's side in pixels, got 0",
        ),
        (
            ssd("classification_loss { weighted_sigmoid_focal { } }\n hard_example_miner { }"),
            ":2: 'model.ssd.loss.hard_example_miner' and a focal loss both choose among negatives",
        ),
        (
            ssd("random_example_sampler { }\nhard_example_miner { }"),
            ":2: 'model.ssd.loss.hard_example_miner' and random",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(FileProblems) as caught:
        read(tmp_path, text)
    assert fault in str(caught.value)


def test_all_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileProblems) as caught:
        read(tmp_path, "model { ssd { } }\ntrain_config {\n batch_size: 'x'\n num_steps: 1.5\n}")
    assert [problem.line for problem in caught.value.problems] == [3, 4]


def test_what_our_settings_do_not_allow_is_told_with_its_line(tmp_path: Path) -> None:
    schedule = "constant_learning_rate {\n learning_rate: -1 }"
    pipeline = read(tmp_path, train(f"optimizer {{ adam_optimizer {{ learning_rate {{ {schedule} }} }} }}"))
    with pytest.raises(
        FileProblems, match=r":2: '.*constant_learning_rate\.learning_rate': this should be more than 0, got"
    ):
        pipeline.check()
    read(tmp_path, train("num_steps: 7")).check()


@pytest.mark.parametrize("name", [TWO_STAGE, *SINGLE_STAGE])
def test_our_settings_allow_what_is_taken(name: str, shared_data: Path) -> None:
    read_pipeline(shared_data / API / f"{name}.config").check()


WHOLE = """model { faster_rcnn {
image_resizer { fixed_shape_resizer { } }
first_stage_anchor_generator { grid_anchor_generator { scales: [1, 2] } }
feature_extractor { type: 'x' } hard_example_miner { loss_type: BOTH }
} }
train_config { batch_size: 8 optimizer { adam_optimizer { } } data_augmentation_options { ssd_random_crop { } } }
train_input_reader { label_map_path: 'a.pbtxt' tf_record_input_reader { input_path: ['a.record', 'b.record'] } }
"""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.integers(0, len(WHOLE)), length=st.integers(0, 30), other=st.sampled_from(["", "{", "}", " x: 1 ", "'"])
)
def test_no_broken_file_is_more_than_told(start: int, length: int, other: str, tmp_path: Path) -> None:
    broken = WHOLE[:start] + other + WHOLE[start + length :]
    try:
        pipeline = read(tmp_path, broken)
    except InputError:
        return
    assert pipeline.listing.settings

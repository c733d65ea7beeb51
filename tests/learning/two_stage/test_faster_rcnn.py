import keras
import numpy as np
import pytest
from pydantic import ValidationError

from inspector.boxes import iou
from inspector.learning.anchors import Level
from inspector.learning.backbones import Backbone
from inspector.learning.editions.export import to_tflite
from inspector.learning.families import build, design
from inspector.learning.lesson import Lesson
from inspector.learning.mining import Mining
from inspector.learning.network import COUNTS, DOUBTFUL, NOTHING
from inspector.learning.pipeline.takeover import read_pipeline
from inspector.learning.settings import Family, TrainingSettings
from inspector.learning.training import train
from inspector.learning.two_stage.faster_rcnn import FasterRcnn
from inspector.learning.two_stage.stages import FirstStage, Grid, SecondStage

LEVEL = Level(8, ((16.0, 16.0), (24.0, 12.0)))
FIRST = FirstStage(minibatch_size=32, max_proposals=12, candidates=40)
SECOND = SecondStage(batch_size=8)
# The settings of faster_rcnn_resnet101_screws.config.
SCREWS = TrainingSettings(
    family=Family.FASTER_RCNN,
    backbone=Backbone.RESNET101,
    first_stage=FirstStage(
        features_stride=16,
        anchor_generator=Grid(scales=(0.25, 0.5, 1.0, 2.0), aspect_ratios=(0.5, 1.0, 2.0)),
        nms_score_threshold=0.0,
        nms_iou_threshold=0.7,
        max_proposals=300,
        localization_loss_weight=2.0,
        objectness_loss_weight=1.0,
    ),
    second_stage=SecondStage(
        pooling="crop",
        initial_crop_size=14,
        maxpool_kernel_size=2,
        maxpool_stride=2,
        score_converter="softmax",
        localization_loss_weight=2.0,
        classification_loss_weight=1.0,
    ),
)


def tiny(first=FIRST, second=SECOND):
    keras.utils.set_random_seed(3)
    return FasterRcnn((64, 64), LEVEL, labels=2, first=first, second=second)


@pytest.fixture(scope="module")
def network():
    return tiny()


def batch_of(*pictures, taught=True):
    """Noise, and for each picture its truth as (box, class), or None."""
    rng = np.random.default_rng(0)
    truth = {
        "boxes": np.zeros((len(pictures), 3, 4), np.float32),
        "classes": np.full((len(pictures), 3), NOTHING, np.int32),
        "taught": np.full((len(pictures), 2), taught),
    }
    for number, held in enumerate(pictures):
        if held is not None:
            truth["boxes"][number, 0], truth["classes"][number, 0] = held
    return {"pictures": rng.integers(0, 256, (len(pictures), 64, 64, 3)).astype(np.uint8), "truth": truth}


FULL = ((10, 10, 28, 26), 1)


def learn(network, batch):
    on_device = keras.tree.map_structure(keras.ops.convert_to_tensor, batch)
    said = network.learn(on_device["pictures"], on_device["truth"], training=False)
    return {name: float(value) for name, value in said.items()}


def test_shapes_and_fillers(network):
    seen = keras.tree.map_structure(keras.ops.convert_to_numpy, network(batch_of(None, None)["pictures"]))
    assert seen["boxes"].shape == (2, 12, 4)
    assert seen["scores"].shape == (2, 12, 2)
    assert seen["boxes"].min() >= 0
    assert seen["boxes"].max() <= 64
    assert ((seen["scores"] >= 0) & (seen["scores"].sum(axis=-1, keepdims=True) < 1)).all()


def test_a_batch_of_empty_pictures_teaches_both_stages():
    lesson = Lesson(tiny())
    lesson.compile(optimizer=keras.optimizers.SGD(0.1), jit_compile=False)
    lesson.optimizer.build(lesson.trainable_variables)
    parts = {name: lesson.network.get_layer(name) for name in ("look", "judge")}
    before = {name: [keras.ops.convert_to_numpy(w) for w in part.trainable_weights] for name, part in parts.items()}
    logs = lesson.train_on_batch(batch_of(None, None), return_dict=True)
    assert logs["loss"] > 0
    assert [float(logs[name]) for name in COUNTS] == [2, 16, 16]
    for name, part in parts.items():
        after = [keras.ops.convert_to_numpy(weight) for weight in part.trainable_weights]
        assert np.isfinite(np.concatenate([weight.ravel() for weight in after])).all()
        assert any((a != b).any() for a, b in zip(before[name], after, strict=True)), name


def test_an_empty_picture_weighs_as_much_as_another(network):
    """The losses of a batch are the mean of its pictures' own, whatever they hold."""
    both = batch_of(FULL, None)
    single = [keras.tree.map_structure(lambda a, row=row: a[row : row + 1], both) for row in (0, 1)]
    together, apart = learn(network, both), [learn(network, one) for one in single]
    for name in ("loss", "objectness", "proposal_localization", "classification", "localization"):
        assert together[name] == pytest.approx((apart[0][name] + apart[1][name]) / 2, rel=1e-4), name
    assert apart[1]["objectness"] > 0
    assert apart[1]["classification"] > 0
    assert apart[1]["localization"] == apart[1]["proposal_localization"] == 0
    assert apart[0]["localization"] > 0


def test_the_loss_is_the_weighted_sum_of_its_parts(network):
    weighted = tiny(
        FIRST.model_copy(update={"localization_loss_weight": 2.0, "objectness_loss_weight": 0.5}),
        SECOND.model_copy(update={"localization_loss_weight": 3.0, "classification_loss_weight": 4.0}),
    )
    weighted.set_weights(network.get_weights())
    plain, said = learn(network, batch_of(FULL)), learn(weighted, batch_of(FULL))
    factors = {"objectness": 0.5, "proposal_localization": 2, "classification": 4, "localization": 3}
    for name, factor in factors.items():
        assert said[name] == pytest.approx(factor * plain[name], rel=1e-4), name
    assert said["loss"] == pytest.approx(sum(said[name] for name in factors), rel=1e-5)


def test_a_silent_picture_and_a_doubtful_one_teach_nothing(network):
    assert learn(network, batch_of(None, taught=False))["loss"] == 0
    doubtful = learn(network, batch_of(((0, 0, 64, 64), DOUBTFUL)))
    assert doubtful["loss"] == 0
    assert [doubtful[name] for name in COUNTS] == [0, 0, 0]


def test_the_same_batch_is_drawn_from_alike(network):
    assert learn(network, batch_of(FULL, None)) == learn(network, batch_of(FULL, None))


def test_the_hardest_regions_of_every_picture(network):
    mined = tiny(second=SecondStage(hard_example_miner=Mining(num_hard_examples=3)))
    mined.set_weights(network.get_weights())
    said = learn(mined, batch_of(None, None, None))
    assert [said[name] for name in COUNTS] == [3, 9, 9]
    # Three of twelve that lie apart: harder than those drawn.
    assert said["classification"] > learn(network, batch_of(None, None, None))["classification"]


def test_sigmoid_asks_for_each_label_by_itself():
    asked = tiny(second=SecondStage(batch_size=8, score_converter="sigmoid"))
    scores = keras.ops.convert_to_numpy(asked(batch_of(None)["pictures"])["scores"])
    assert scores.shape == (1, 12, 2)
    assert ((scores > 0) & (scores < 1)).all()
    assert learn(asked, batch_of(None))["classification"] > 0


def test_the_settings_of_the_screws_config_build_its_network(squares, recipe):
    architecture = design(squares, recipe, SCREWS)
    (level,) = architecture["levels"]
    assert level[0] == 16
    assert level[1][:4] == [pytest.approx([256 * s / 2**0.5, 256 * s * 2**0.5]) for s in (0.25, 0.5, 1.0, 2.0)]
    assert len(level[1]) == 12
    network = build(architecture, SCREWS)
    assert network.get_layer("read").output.shape == (None, 7, 7, 1024)
    assert network.get_layer("judge").get_layer("conv5_block3_3_conv").filters == 2048
    assert network.first == SCREWS.first_stage
    assert network.second == SCREWS.second_stage


@pytest.mark.data
def test_the_screws_config_says_those_settings(shared_data):
    pipeline = read_pipeline(shared_data / "tf_object_detection_api" / "faster_rcnn_resnet101_screws.config")
    read = TrainingSettings.model_validate(pipeline.options)
    assert (read.family, read.backbone) == (SCREWS.family, SCREWS.backbone)
    assert (read.first_stage, read.second_stage) == (SCREWS.first_stage, SCREWS.second_stage)


def test_a_resnet_finds_regions_at_one_stride():
    wanted = {"family": "faster_rcnn", "first_stage": {"features_stride": 8}}
    with pytest.raises(ValidationError, match=r"resnet50 finds regions at .* set first_stage\.features_stride to 16"):
        TrainingSettings(backbone="resnet50", **wanted)
    assert TrainingSettings(**wanted).first_stage.features_stride == 8


def test_litert_and_keras_see_the_same(network):
    from ai_edge_litert.interpreter import Interpreter

    pictures = batch_of(None, None)["pictures"]
    expected = network.inference.predict_on_batch(pictures)
    interpreter = Interpreter(model_content=to_tflite(network), num_threads=1)
    interpreter.allocate_tensors()
    for number in range(2):
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], pictures[number : number + 1])
        interpreter.invoke()
        said = [interpreter.get_tensor(detail["index"])[0] for detail in interpreter.get_output_details()]
        boxes, scores = sorted(said, key=lambda values: -values.shape[-1])
        np.testing.assert_allclose(boxes, expected["boxes"][number], atol=0.01)
        np.testing.assert_allclose(scores, expected["scores"][number], atol=1e-4)


def settings(**changes):
    """For the squares, of which each picture holds one at most: few examples, the hardest."""
    first = FirstStage(minibatch_size=64, max_proposals=64, candidates=200)
    second = SecondStage(hard_example_miner=Mining(num_hard_examples=16))
    return TrainingSettings(family=Family.FASTER_RCNN, first_stage=first, second_stage=second, **changes)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_run(squares, recipe):
    one, other = (train(squares, recipe, settings(steps=2, batch=2, seed=4)) for _ in range(2))
    for a, b in zip(one.network.weights, other.network.weights, strict=True):
        assert (keras.ops.convert_to_numpy(a) == keras.ops.convert_to_numpy(b)).all()
    assert one.ledger.negatives_in_loss_from_empty == 2 * 16


def right(seen, part):
    """How many pictures are seen as they are: nothing at 0.5 and over, or the one thing, in its place, by its name."""
    count = 0
    for boxes, scores, truth, classes in zip(seen["boxes"], seen["scores"], part.boxes, part.classes, strict=True):
        best = np.unravel_index(scores.argmax(), scores.shape)
        if len(truth):
            there = scores[best] >= 0.5 and iou(boxes[[best[0]]], truth)[0, 0] > 0.5
            count += bool(there and best[1] == classes[0])
        else:
            count += bool(scores[best] < 0.5)
    return count


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_it_learns_the_squares(squares, recipe):
    losses = []
    trained = train(squares, recipe, settings(steps=300), lambda progress: losses.append(progress.loss))
    assert losses[-1] < 0.3 * losses[0]
    assert right(trained.network.inference.predict_on_batch(squares.held_out.images), squares.held_out) >= 36


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_resnet_101_learns(squares, recipe):
    """From random weights, with the settings of the screws' config but for the number of regions: the loss falls."""
    few = SCREWS.second_stage.model_copy(update={"batch_size": 16})
    first = SCREWS.first_stage.model_copy(update={"max_proposals": 32})
    changes = {"steps": 30, "batch": 2, "rate": 3e-4, "first_stage": first, "second_stage": few}
    losses = []
    train(squares, recipe, SCREWS.model_copy(update=changes), lambda progress: losses.append(progress.loss))
    assert losses[-1] < 0.5 * losses[0]

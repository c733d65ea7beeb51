import keras
import numpy as np
import pytest

from inspector.detector import LiteRtDetector
from inspector.learning.anchor_free import AnchorFree, Reach, cells, reach
from inspector.learning.editions.export import to_tflite
from inspector.learning.editions.parity import box_iou, score_difference
from inspector.learning.keras_detector import KerasDetector
from inspector.learning.network import NOTHING
from inspector.learning.objective import LEAST_NEGATIVES, Objective
from inspector.recipe import Label

POINTS = 12 * 8 + 6 * 4 + 3 * 2


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(2)
    return AnchorFree((64, 96), labels=2)


def test_cells_lie_by_stride_then_row_and_column():
    assert cells((8, 16), (32, 16)).tolist() == [
        *([8.0 * x, 8.0 * y, 8.0 * x + 8, 8.0 * y + 8] for y in range(2) for x in range(4)),
        [0, 0, 16, 16],
        [16, 0, 32, 16],
    ]


def test_sides_reach_from_a_point():
    square = np.array([[8, 8, 16, 16]], np.float32)
    assert reach(np.zeros((1, 1, 4), np.float32), square)[0].numpy().tolist() == [[8, 8, 16, 16]]
    # e^x - 1/2 cells: 1 cell, 2 cells, 0 and a half cell beyond the point (12, 12).
    deltas = np.log(np.array([[[1.5, 2.5, 0.5, 0.0067379]]], np.float32))
    assert reach(deltas, square)[0, 0].numpy() == pytest.approx([4, -4, 12, 8.05], abs=0.01)


def test_no_delta_is_too_large():
    square = np.array([[8, 8, 16, 16]], np.float32)
    for far in (1e6, -1e6):
        assert np.isfinite(reach(np.full((1, 1, 4), far, np.float32), square)).all()


def test_boxes_are_cut_to_the_input():
    boxes = Reach((8,), (16, 16))(np.full((1, 4, 4), 5.0, np.float32))
    assert keras.ops.convert_to_numpy(boxes)[0].tolist() == [[0, 0, 16, 16]] * 4
    assert Reach.from_config(Reach((8,), (16, 16)).get_config()).strides == (8,)


def test_shapes(network):
    pictures = np.zeros((2, 96, 64, 3), np.uint8)
    seen = network.inference(pictures)
    assert seen["boxes"].shape == (2, POINTS, 4)
    assert seen["scores"].shape == (2, POINTS, 2)
    assert len(network.cells) == POINTS


def test_what_is_smaller_than_a_cell_is_learned(network):
    truth = {
        "boxes": np.array([[[13, 13, 15, 15]], [[0, 0, 0, 0]]], np.float32),
        "classes": np.array([[1], [NOTHING]], np.int32),
        "taught": np.ones((2, 2), bool),
    }
    pictures = np.random.default_rng(0).integers(0, 256, (2, 96, 64, 3)).astype(np.uint8)
    losses = {name: float(value) for name, value in network.learn(pictures, truth, training=False).items()}
    assert losses["localization"] > 0
    assert losses["empty_images_drawn"] == 1
    assert losses["negatives_in_loss"] == 2 * LEAST_NEGATIVES
    assert losses["negatives_in_loss_from_empty"] == LEAST_NEGATIVES
    assert losses["loss"] == pytest.approx(losses["classification"] + losses["localization"])


@pytest.mark.parametrize("classification", ["quality", pytest.param("softmax", marks=pytest.mark.slow)])
def test_it_runs_on_litert_with_nothing_but_its_own_operations(network, classification, tmp_path):
    asked, network.objective = network.objective, Objective(classification=classification, localization="giou")
    try:
        (tmp_path / "network.tflite").write_bytes(to_tflite(network))
        detector = LiteRtDetector(tmp_path / "network.tflite", (Label("a", "a"), Label("b", "b")))
        pictures = np.random.default_rng(0).integers(0, 256, (2, 96, 64, 3)).astype(np.uint8)
        said = list(zip(KerasDetector(network, detector.taught).say(pictures), detector.say(pictures), strict=True))
    finally:
        network.objective = asked
    assert max(score_difference(*pair) for pair in said) < 1e-4
    assert min(box_iou(*pair) for pair in said) > 0.999

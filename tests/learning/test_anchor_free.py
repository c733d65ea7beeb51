import keras
import numpy as np
import pytest

from inspector.boxes import iou
from inspector.detector import LiteRtDetector
from inspector.learning.anchor_free import AnchorFree, Reach, cells, reach
from inspector.learning.export import to_tflite
from inspector.learning.keras_detector import KerasDetector
from inspector.learning.lesson import Lesson
from inspector.learning.network import NOTHING
from inspector.learning.objective import Objective
from inspector.learning.parity import box_iou, score_difference
from inspector.learning.sampling import padded
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
    seen = network.inference.predict_on_batch(pictures)
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
    assert losses["negatives_in_loss"] == 2 * POINTS - 1
    assert losses["negatives_in_loss_from_empty"] == POINTS
    assert losses["loss"] == pytest.approx(losses["classification"] + losses["localization"])


def test_it_learns_a_batch(squares):
    keras.utils.set_random_seed(4)
    lesson = Lesson(AnchorFree((96, 96), labels=2))
    lesson.compile(optimizer=keras.optimizers.Adam(3e-3), jit_compile=False)
    part, rows = squares.train, [0, 1, 40, 41]
    full = [padded(part.boxes[row], part.classes[row], 1) for row in rows]
    truth = {key: np.stack([one[key] for one in full]) for key in full[0]} | {"taught": part.taught[rows]}
    batch = {"pictures": part.images[rows], "truth": truth}
    told = [lesson.train_on_batch(batch, return_dict=True) for _ in range(40)]
    assert told[-1]["loss"] < 0.5 * told[0]["loss"]
    logits = keras.ops.convert_to_numpy(lesson.network(part.images[rows], training=True)["logits"])
    points = logits.max(axis=2).argmax(axis=1)
    assert logits[:2].max(axis=(1, 2)).min() > logits[2:].max()
    for row, point in zip(rows[:2], points, strict=False):
        assert iou(lesson.network.cells[point][None], part.boxes[row])[0, 0] > 0


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

import keras
import numpy as np
import pytest

from inspector.learning.two_stage.regions import Pooling, Regions, aligned, cropped

SIZE = (64, 32)
"""(width, height) of the input; its features have 8 x 4 cells of 8 pixels."""


def read(features, boxes, pooling=Pooling.ALIGN, **sizes):
    regions = Regions(SIZE, pooling, **sizes)
    cells = regions([keras.ops.convert_to_tensor(np.asarray(a, np.float32)) for a in (features, boxes)])
    return keras.ops.convert_to_numpy(cells)


def slope():
    """Features `(1, 4, 8, 2)` that say where their centre is: x and y in pixels."""
    y, x = np.mgrid[0:4, 0:8] * 8.0 + 4
    return np.stack([x, y], axis=-1)[None]


def test_a_region_of_a_slope_reads_the_centres_of_its_cells():
    # 28 pixels in 7 cells; between cells a slope is read exactly.
    cells = read(slope(), [[[12, 4, 40, 28]]])
    assert cells.shape == (1, 7, 7, 2)
    assert cells[0, 3, :, 0] == pytest.approx(12 + 4 * np.arange(7) + 2)
    assert cells[0, :, 3, 1] == pytest.approx(4 + 24 / 7 * (np.arange(7) + 0.5), rel=1e-5)


def test_beyond_the_outer_centres_the_edge_goes_on():
    cells = read(slope(), [[[0, 0, 2, 2]]])
    assert cells[..., 0] == pytest.approx(np.full((1, 7, 7), 4.0))


def by_the_definition(features, box, side=7, samples=2):
    """RoIAlign, one bin, one point and one corner after the other."""
    height, width, channels = features.shape
    xmin, ymin, xmax, ymax = np.asarray(box, float) / 8
    cells = np.zeros((side, side, channels))
    for row, column in np.ndindex(side, side):
        for i, j in np.ndindex(samples, samples):
            y = np.clip(ymin + (row + (i + 0.5) / samples) * (ymax - ymin) / side - 0.5, 0, height - 1)
            x = np.clip(xmin + (column + (j + 0.5) / samples) * (xmax - xmin) / side - 0.5, 0, width - 1)
            for v, u in np.ndindex(2, 2):
                top, left = min(int(y) + v, height - 1), min(int(x) + u, width - 1)
                share = (y % 1 if v else 1 - y % 1) * (x % 1 if u else 1 - x % 1)
                cells[row, column] += share * features[top, left] / samples**2
    return cells


def test_align_is_its_definition():
    rng = np.random.default_rng(1)
    features = rng.normal(size=(2, 4, 8, 3))
    boxes = [[[3, 2, 50, 30], [0, 0, 64, 32]], [[20.5, 7.25, 21.5, 8.25], [40, 0, 64, 5]]]
    cells = read(features, boxes)
    expected = [by_the_definition(features[b], box) for b in range(2) for box in boxes[b]]
    assert cells == pytest.approx(np.stack(expected), abs=1e-5)


def test_crop_goes_from_edge_to_edge():
    # The whole picture: the first point on the first cell, the last on the last, 13 steps over 7 cells.
    weights = keras.ops.convert_to_numpy(
        cropped(*(keras.ops.convert_to_tensor(np.float32([[v]])) for v in (0, 64)), cells=8, pixels=64, side=14)
    )[0, 0]
    assert weights @ np.arange(8) == pytest.approx(7 / 13 * np.arange(14), rel=1e-5)
    assert weights.sum(axis=1) == pytest.approx(np.ones(14))


def test_crop_keeps_the_largest_of_each_window():
    features = np.zeros((1, 4, 8, 1))
    features[0, 3, 7] = 5
    cells = read(features, [[[0, 0, 64, 32]]], Pooling.CROP)
    assert cells.shape == (1, 7, 7, 1)
    assert cells[0, 6, 6, 0] == pytest.approx(5)
    assert read(features, [[[0, 0, 64, 32]]], Pooling.CROP, crop=4, kernel=2, stride=1).shape == (1, 3, 3, 1)


def test_the_bins_of_a_region_share_its_features_out():
    weights = aligned(*(keras.ops.convert_to_tensor(np.float32([[v]])) for v in (9, 47)), cells=8, pixels=64, side=5)
    assert keras.ops.convert_to_numpy(weights).sum(axis=-1) == pytest.approx(np.ones((1, 1, 5)))


@pytest.mark.parametrize("pooling", Pooling)
def test_the_layer_is_built_again_from_its_config(pooling):
    layer = Regions(SIZE, pooling, crop=8)
    again = Regions.from_config(layer.get_config())
    assert (again.pooling, again.crop, again.side, again.input_size) == (pooling, 8, 4, SIZE)
    shapes = [(None, 4, 8, 5), (None, 3, 4)]
    assert layer.compute_output_shape(shapes) == (None, 4, 4, 5)

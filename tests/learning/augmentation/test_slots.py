import numpy as np
import pytest
from keras import ops

from inspector.learning.augmentation.slots import in_some, window


@pytest.mark.parametrize(("count", "slots"), [(1, 1), (2, 1), (4, 1), (5, 2), (8, 2)])
def test_a_quarter_of_the_pictures_is_changed(count, slots):
    x = np.zeros((count, 2, 2, 3), np.float32)
    changed = in_some(x, np.ones(count, np.float32), 1, lambda some, rows: some + 1)
    assert (ops.convert_to_numpy(changed).max(axis=(1, 2, 3)) == 1).sum() == slots


def test_the_strongest_are_changed():
    strength = np.array([0, 3, 0, 1, 0, 2, 0, 0], np.float32)
    changed = in_some(
        np.zeros((8, 1, 1, 1), np.float32),
        strength,
        2,
        lambda some, rows: ops.cast(rows, "float32")[:, None, None, None],
    )
    assert ops.convert_to_numpy(changed).ravel()[[1, 3, 5]].tolist() == [1, 3, 5]


def test_a_window_fades_half_outside():
    inside = ops.convert_to_numpy(window(np.array([[2, 1, 6, 3]], np.float32), np.array([2], np.float32), 4, 8))
    assert inside.shape == (1, 4, 24)
    red = inside[0, :, ::3]
    assert red[1] == pytest.approx(0.75 * np.array([0, 0.25, 0.75, 1, 1, 0.75, 0.25, 0]))
    assert (inside.reshape(4, 8, 3) == red[..., None]).all()


def test_a_box_of_no_area_has_no_window():
    assert not ops.convert_to_numpy(window(np.zeros((1, 4), np.float32), np.ones(1, np.float32), 4, 8)).any()

import cv2
import numpy as np
import pytest
from keras import ops

from inspector.learning.augmentation.light import add_noise, blur, cover, light

PICTURES = np.random.default_rng(0).integers(0, 256, (4, 32, 64, 3)).astype(np.float32)


def lit(pictures=PICTURES, **given):
    count = len(pictures)
    same = {
        "gamma": np.ones(count, np.float32),
        "gain": np.ones((count, 3), np.float32),
        "offset": np.zeros(count, np.float32),
        "shades": np.zeros((count, 2, 2, 3), np.float32),
        "depths": np.zeros((count, 2), np.float32),
    }
    return ops.convert_to_numpy(light(pictures, same | given))


def test_plain_light_changes_nothing():
    # Black is lifted by a half, which the logarithm needs and rounding takes away.
    assert lit() == pytest.approx(np.maximum(PICTURES, 0.5), abs=0.01)


def test_gamma_gain_and_offset():
    gamma, offset = np.array([0.8, 1, 1.2, 1.3], np.float32), np.array([5, -3, 0, 8], np.float32)
    gain = np.random.default_rng(1).uniform(0.7, 1.3, (4, 3)).astype(np.float32)
    wanted = 255 * (np.maximum(PICTURES, 0.5) / 255) ** gamma[:, None, None, None] * gain[:, None, None]
    assert lit(gamma=gamma, gain=gain, offset=offset) == pytest.approx(wanted + offset[:, None, None, None], abs=0.05)


def test_a_spot_of_shadow_is_darkest_in_its_middle_and_ends():
    shades = np.zeros((4, 2, 2, 3), np.float32)
    shades[0, 0] = [[4, 0, -2], [0, 4, -1]]  # round, its middle at half the width and a quarter of the height
    depths = np.zeros((4, 2), np.float32)
    depths[0, 0] = np.log(0.5)
    shaded = lit(np.full_like(PICTURES, 100), shades=shades, depths=depths)
    assert shaded[0, 8, 32, 0] == pytest.approx(50, abs=2)
    assert shaded[0, 8, 2, 0] == pytest.approx(100, abs=0.5)
    assert shaded[0, 31, 32, 0] == pytest.approx(100, abs=1)
    assert shaded[1:] == pytest.approx(np.full_like(PICTURES[1:], 100), abs=0.01)


def test_a_patch_covers_its_pixels_in_one_picture():
    patches, colours = np.zeros((4, 2, 4), np.float32), np.zeros((4, 2, 3), np.float32)
    patches[2, 0], colours[2, 0] = [8, 4, 20, 16], [10, 20, 30]
    covered = ops.convert_to_numpy(cover(PICTURES, {"patches": patches, "colours": colours}))
    wanted = PICTURES.copy()
    wanted[2, 4:16, 8:20] = [10, 20, 30]
    assert (covered == wanted).all()


@pytest.mark.parametrize("deviations", [(1.2, 1.2), (0.5, 0.9), (0.3, 1.1)])
def test_blur_is_that_of_opencv(deviations):
    amount = np.zeros((4, 2), np.float32)
    amount[1] = deviations
    blurred = ops.convert_to_numpy(blur(PICTURES, {"blur": amount}))
    down, across = deviations
    wanted = cv2.GaussianBlur(PICTURES[1], (21, 21), sigmaX=across, sigmaY=down)
    inner = np.s_[6:-6, 6:-6]  # beyond the edge OpenCV mirrors, and we weigh what there is
    assert blurred[1][inner] == pytest.approx(wanted[inner], abs=0.05)
    assert (blurred[[0, 2, 3]] == PICTURES[[0, 2, 3]]).all()


def test_a_slot_without_blur_leaves_its_picture():
    assert ops.convert_to_numpy(blur(PICTURES, {"blur": np.zeros((4, 2), np.float32)})) == pytest.approx(PICTURES)


def test_noise_has_its_strength_and_differs_from_row_to_row():
    noise = np.array([0, 2, 5, 5], np.float32)
    rows = np.array([[3, 5], [3, 5], [3, 5], [3, 6]], np.int32)
    added = ops.convert_to_numpy(add_noise(PICTURES, {"noise": noise, "rows": rows})) - PICTURES
    assert (added[0] == 0).all()
    assert added[1:].std(axis=(1, 2, 3)) == pytest.approx(noise[1:], rel=0.05)
    assert np.abs(np.corrcoef([added[2].ravel(), added[3].ravel()])[0, 1]) < 0.2
    assert np.abs(np.corrcoef(added[2].reshape(32, -1)) - np.eye(32)).max() < 0.4

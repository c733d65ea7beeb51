import cv2
import numpy as np
import pytest
from keras import ops

from inspector.learning.augmentation.jpeg import compress


@pytest.fixture(scope="module")
def picture():
    """Coloured shapes with sharp edges on a gradient, and some texture."""
    y, x = np.mgrid[:96, :128]
    picture = np.stack([x, y * 2, 255 - x], axis=-1).astype(np.uint8)
    cv2.circle(picture, (40, 40), 22, (220, 30, 40), -1)
    cv2.rectangle(picture, (70, 20), (110, 80), (20, 200, 220), 3)
    texture = np.random.default_rng(0).normal(0, 6, picture.shape)
    return np.clip(picture + texture, 0, 255).astype(np.float32)


def compressed(picture, quality):
    pictures = np.stack([picture] * 4)
    given = np.array([100, quality, 100, 100], np.float32)
    return ops.convert_to_numpy(compress(pictures, {"quality": given}))


def error(picture, other):
    return float(np.sqrt(np.mean((np.asarray(picture, float) - np.asarray(other, float)) ** 2)))


@pytest.mark.parametrize("quality", [20, 40, 60, 80, 95])
def test_it_does_as_much_harm_as_a_true_jpeg(picture, quality):
    ours = np.clip(np.rint(compressed(picture, quality)[1]), 0, 255)
    flags = [cv2.IMWRITE_JPEG_QUALITY, quality]
    # OpenCV takes the first colour for blue.
    true = cv2.imdecode(cv2.imencode(".jpg", picture.astype(np.uint8)[..., ::-1], flags)[1], cv2.IMREAD_COLOR)[
        ..., ::-1
    ]
    assert error(picture, ours) == pytest.approx(error(picture, true), rel=0.2)
    assert error(ours, true) < error(picture, true)


def test_only_the_picture_with_a_quality_is_changed(picture):
    assert (compressed(picture, 30)[[0, 2, 3]] == picture).all()


def test_a_slot_without_a_quality_leaves_its_picture(picture):
    assert (compressed(picture, 100) == picture).all()


def test_a_flat_block_keeps_its_grey():
    flat = np.full((16, 16, 3), 130, np.float32)
    assert compressed(flat, 40)[1] == pytest.approx(flat, abs=1.5)

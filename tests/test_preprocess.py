"""The one way from a frame into the network's input, and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.boxes import as_boxes
from inspector.frame import Image, freeze
from inspector.preprocess import PAD_GREY, Letterbox, cut_out, letterbox

SIZES = st.tuples(st.integers(1, 2000), st.integers(1, 2000))


def test_a_wide_frame_is_padded_below() -> None:
    fit = Letterbox((640, 360), (320, 320))
    assert (fit.scale, fit.content_size) == (0.5, (320, 180))
    np.testing.assert_array_equal(fit.to_input(as_boxes([[10, 20, 640, 360]])), [[5, 10, 320, 180]])
    np.testing.assert_array_equal(fit.to_frame(as_boxes([[5, 10, 320, 180]])), [[10, 20, 640, 360]])


def test_a_tall_frame_is_padded_at_the_right() -> None:
    fit = Letterbox((208, 360), (320, 320))
    assert (fit.scale, fit.content_size) == (320 / 360, (185, 320))


def test_boxes_in_the_padding_are_cut_to_the_frame() -> None:
    fit = Letterbox((640, 360), (320, 320))
    np.testing.assert_array_equal(fit.to_frame(as_boxes([[-4, 170, 330, 300]])), [[0, 340, 640, 360]])


def test_the_picture_becomes_rgb_and_the_rest_grey() -> None:
    image = np.zeros((2, 4, 3), np.uint8)
    image[..., 0], image[..., 2] = 10, 30  # blue, red
    picture, fit = letterbox(freeze(image), (4, 4))
    assert (picture.shape, picture.dtype, fit.scale) == ((4, 4, 3), np.uint8, 1)
    assert (picture[:2] == (30, 0, 10)).all()
    assert (picture[2:] == PAD_GREY).all()


def test_a_fine_line_survives_shrinking() -> None:
    image = np.zeros((64, 64, 3), np.uint8)
    image[:, 9] = 255
    picture, _ = letterbox(freeze(image), (16, 16))
    np.testing.assert_allclose(picture[:, 2], 255 / 4, atol=1)
    assert picture.sum(dtype=np.int64) == picture[:, 2].sum(dtype=np.int64)


@pytest.mark.parametrize(("small", "large"), [((8, 8), (32, 32)), ((5, 3), (20, 20)), ((1, 1), (7, 5))])
def test_a_small_frame_is_enlarged(small: tuple[int, int], large: tuple[int, int]) -> None:
    width, height = small
    picture, fit = letterbox(freeze(np.full((height, width, 3), 200, np.uint8)), large)
    content_width, content_height = fit.content_size
    assert (picture[:content_height, :content_width] == 200).all()
    assert (picture[content_height:] == PAD_GREY).all()
    assert (picture[:, content_width:] == PAD_GREY).all()


@given(frame_size=SIZES, input_size=SIZES)
def test_the_content_fits_and_fills_one_side(frame_size: tuple[int, int], input_size: tuple[int, int]) -> None:
    width, height = Letterbox(frame_size, input_size).content_size
    assert 1 <= width <= input_size[0]
    assert 1 <= height <= input_size[1]
    assert width == input_size[0] or height == input_size[1]


@given(frame_size=SIZES, input_size=SIZES, share=st.lists(st.floats(0, 1, width=32), min_size=4, max_size=4))
def test_there_and_back_is_the_same_place(
    frame_size: tuple[int, int], input_size: tuple[int, int], share: list[float]
) -> None:
    box = np.array([share], np.float32) * np.array([*frame_size, *frame_size], np.float32)
    fit = Letterbox(frame_size, input_size)
    np.testing.assert_allclose(fit.to_frame(fit.to_input(box)), box, rtol=1e-5, atol=1e-3)


def frame_of_places() -> Image:
    """100x60: each pixel says its column (blue) and row (green)."""
    image = np.zeros((60, 100, 3), np.uint8)
    image[..., 0], image[..., 1] = np.arange(100)[None], np.arange(60)[:, None]
    return freeze(image)


def test_a_place_is_cut_out_as_it_is_where_it_fits() -> None:
    cut = cut_out(frame_of_places(), np.array([30, 20, 46, 28], np.float32), 0.25, 24)
    # Round (38, 24), 12 to each side: half of 16, and a quarter of it more.
    assert cut.shape == (24, 24, 3)
    assert cut[..., 2].tolist() == [list(range(26, 50))] * 24
    assert cut[:, 0, 1].tolist() == list(range(12, 36))


def test_beyond_the_frame_it_is_grey() -> None:
    cut = cut_out(frame_of_places(), np.array([0, 50, 8, 58], np.float32), 0.5, 16)
    # Round (4, 54), 8 to each side: columns -4 to 11, rows 46 to 61.
    assert (cut[:, :4] == PAD_GREY).all()
    assert (cut[14:] == PAD_GREY).all()
    assert cut[0, 4:, 2].tolist() == list(range(12))


def test_a_large_place_is_made_smaller() -> None:
    assert cut_out(frame_of_places(), np.array([0, 0, 100, 60], np.float32), 0.25, 32).shape == (32, 32, 3)


@given(st.floats(0, 99), st.floats(0, 59), st.floats(1, 200), st.floats(1, 200), st.floats(0, 2))
def test_any_place_in_a_frame_can_be_cut_out(x: float, y: float, width: float, height: float, context: float) -> None:
    box = np.array([x - width / 2, y - height / 2, x + width / 2, y + height / 2], np.float32)
    cut = cut_out(frame_of_places(), box, context, 16)
    assert (cut.shape, cut.dtype) == ((16, 16, 3), np.uint8)

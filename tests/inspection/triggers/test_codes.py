"""Codes drawn into pictures, and read from them."""

import numpy as np
import pytest

from inspector.frame import Image, freeze
from inspector.inspection.triggers.codes import read_codes
from inspector.serial import Code, Serial

zxingcpp = pytest.importorskip("zxingcpp")

FORMAT = {Code.CODE_128: "Code128", Code.EAN: "EAN13", Code.DATA_MATRIX: "DataMatrix", Code.QR: "QRCode"}
TEXT = {Code.EAN: "4006381333931"}


def text_of(code: Code) -> str:
    return TEXT.get(code, "SN-00042")


def drawn(code: Code, text: str) -> np.ndarray:
    """The code with some pixels to its finest line, and white around."""
    made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, FORMAT[code]))
    small = np.asarray(zxingcpp.write_barcode_to_image(made), np.uint8)
    size = 2 if code in (Code.CODE_128, Code.EAN) else 4
    return np.pad(small.repeat(size, axis=0).repeat(size, axis=1), 12, constant_values=255)


def picture(*placed: tuple[np.ndarray, int, int], noise: float = 6.0, seed: int = 0) -> Image:
    """A grey picture of 640x480 with noise, and codes on it at (x, y)."""
    grey = np.full((480, 640), 110, np.float32)
    for code, x, y in placed:
        grey[y : y + code.shape[0], x : x + code.shape[1]] = 40 + code * (160 / 255)
    grey += np.random.default_rng(seed).normal(0, noise, grey.shape)
    return freeze(np.clip(grey, 0, 255).astype(np.uint8)[..., None].repeat(3, axis=2))


@pytest.mark.parametrize("code", list(Code))
@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_each_kind_is_read_however_it_is_turned(code: Code, quarter: int) -> None:
    shown = picture((np.rot90(drawn(code, text_of(code)), quarter), 40, 20))
    assert read_codes(shown, Serial(codes=tuple(Code))) == (text_of(code),)


def test_kinds_that_are_not_asked_for_are_not_read() -> None:
    shown = picture((drawn(Code.QR, "SN-1"), 40, 20))
    assert read_codes(shown, Serial(codes=(Code.DATA_MATRIX, Code.CODE_128))) == ()
    assert read_codes(shown, Serial()) == ()


def test_all_codes_of_a_picture_are_read_each_once() -> None:
    one, two = drawn(Code.QR, "SN-2"), drawn(Code.DATA_MATRIX, "SN-1")
    shown = picture((one, 20, 20), (two, 300, 20), (one, 20, 250))
    assert read_codes(shown, Serial(codes=(Code.QR, Code.DATA_MATRIX))) == ("SN-1", "SN-2")


def test_only_the_region_is_looked_at() -> None:
    shown = picture((drawn(Code.QR, "left"), 20, 20), (drawn(Code.QR, "right"), 340, 20))
    assert read_codes(shown, Serial(codes=(Code.QR,), region=(320, 0, 640, 480))) == ("right",)


def test_a_region_that_the_picture_does_not_have_shows_nothing() -> None:
    assert read_codes(picture(), Serial(codes=(Code.QR,), region=(700, 500, 900, 700))) == ()


@pytest.mark.parametrize("code", list(Code))
def test_a_damaged_code_is_read_right_or_not_at_all(code: Code) -> None:
    whole = drawn(code, text_of(code))
    for seed in range(20):
        harmed, rng = whole.copy(), np.random.default_rng(seed)
        y, x = rng.integers(0, whole.shape[0] - 20), rng.integers(0, whole.shape[1] - 20)
        harmed[y : y + 20, x : x + 20] = rng.integers(0, 2) * 255
        assert read_codes(picture((harmed, 40, 20), seed=seed), Serial(codes=tuple(Code))) in ((text_of(code),), ())


def test_an_empty_picture_shows_nothing() -> None:
    for seed in range(5):
        assert read_codes(picture(noise=20, seed=seed), Serial(codes=tuple(Code))) == ()

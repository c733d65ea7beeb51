"""Colours that can be told apart, and sizes that follow the screen."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from PyQt5.QtGui import QColor

from ui import theme

# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB.
SEEN_BY = {
    "everyone": np.eye(3),
    "protanopes": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopes": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopes": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(color: QColor) -> np.ndarray:
    values = np.array(color.getRgbF()[:3])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear RGB under D65."""
    ratio = TO_XYZ @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(a: QColor, b: QColor) -> float:
    """WCAG 2: from 1 to 21."""
    bright, dark = sorted((float(TO_XYZ[1] @ linear(c)) for c in (a, b)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.fixture(params=theme.LOOKS)
def look(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each look; afterwards it is the first one's again."""
    theme.use(request.param)
    yield request.param
    theme.use("dark")


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21, abs=0.05)


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("part", ["fill", "line", "mark"])
@pytest.mark.usefixtures("look")
def test_verdicts_differ_to_all_eyes(eyes: str, part: str) -> None:
    tones = [*theme.TONES.values(), theme.FAULT]
    if part != "fill":
        tones.remove(theme.CALM)  # grey is never drawn as a line beside the others
    colors = [getattr(tone, part) for tone in tones]
    for one, other in combinations(colors, 2):
        seen = [lab(SEEN_BY[eyes] @ linear(color)) for color in (one, other)]
        assert np.linalg.norm(seen[0] - seen[1]) > 20, (one.name(), other.name())


@pytest.mark.parametrize("tone", [*theme.TONES.values(), theme.FAULT])
@pytest.mark.usefixtures("look")
def test_words_stand_out_on_their_panels(tone: theme.Tone) -> None:
    assert contrast(tone.fill, tone.ink) >= 3.9
    assert contrast(tone.line, theme.RAISED) >= 4.5
    assert contrast(tone.mark, theme.PICTURE) >= 4.5


@pytest.mark.parametrize("ground", [theme.BACKGROUND, theme.SURFACE, theme.RAISED])
@pytest.mark.usefixtures("look")
def test_text_is_readable_on_every_surface(ground: QColor) -> None:
    assert contrast(theme.TEXT, ground) >= 7
    assert contrast(theme.MUTED, ground) >= 4.5


@pytest.mark.parametrize(
    ("width", "height", "em"), [(1280, 800, 15), (1920, 1080, 20), (3840, 2160, 40), (1280, 400, 12), (640, 480, 12)]
)
def test_type_follows_the_window(width: int, height: int, em: int) -> None:
    assert theme.em_for(width, height) == em

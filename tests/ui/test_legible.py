"""From how far the verdict and the band are read: heights of capitals on common screens."""

import math
from collections.abc import Iterator
from typing import Any

import pytest
from PyQt5.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from inspector.inspection.verdict import Verdict
from inspector.inspection.view import State
from ui import preferences, translation
from ui.kiosk import Kiosk
from ui.pages.station import StationPage
from ui.widgets.band import band_look
from ui.widgets.look import verdict_look

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LEAST = math.tan(math.radians(16 / 60))
"""ISO 9241-303: a capital is 16 minutes of arc high at least."""


@pytest.fixture(params=list(preferences.LANGUAGES))
def language(request: pytest.FixtureRequest, qapp: object) -> Iterator[str]:
    translation.use(request.param)
    yield request.param
    translation.use("en")


def read_from_m(font: Any, width: int, height: int, inches: float) -> float:
    """The distance in metres from which capitals of that font are read on a screen of that size."""
    pitch_m = inches * 0.0254 / math.hypot(width, height)
    return float(QFontMetricsF(font).capHeight()) * pitch_m / LEAST


@pytest.mark.parametrize(("width", "height", "inches"), [(1920, 1080, 24.0), (2560, 1440, 27.0)])
def test_all_is_read_from_five_metres(
    qtbot: QtBot, given: Any, language: str, width: int, height: int, inches: float
) -> None:
    kiosk = Kiosk(StationPage(given), awake=lambda parent: None)

    def end(_: object) -> None:
        with qtbot.waitSignal(kiosk.finished):
            kiosk.end()

    qtbot.addWidget(kiosk, before_close_func=end)
    kiosk.page.guard(True)
    kiosk.resize(width, height)
    kiosk.show()
    panel = kiosk.page.verdict
    qtbot.waitUntil(lambda: panel.height() > height * 0.3)
    for verdict in (Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE):
        panel.set_look(verdict_look(State.RUNNING, verdict))
        assert read_from_m(panel.word_font(), width, height, inches) > 5.0, panel.look.word
    for state in State:
        kiosk.band.set_look(band_look(state))
        assert read_from_m(kiosk.band.word_font(), width, height, inches) > 5.0, kiosk.band.look.word
        assert kiosk.grab().toImage().pixelColor(5, 5) == kiosk.band.look.tone.fill

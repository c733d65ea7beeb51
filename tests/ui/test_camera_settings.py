"""What the panel of a camera's settings says of what that camera can send."""

import pytest

from inspector.capture.offer import Offer
from tests.ui.shoot import Shoot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_what_the_camera_can_send_is_listed_and_fills_in_size_and_rate(shoot: Shoot) -> None:
    page, offer = shoot.page, Offer("MJPG", (1920, 1080), rates=(29.97, 15.0))
    settings = page.bar.settings
    page.bar.choice.choose("usb:0")
    page.bar.button.click()
    shoot.until(lambda: settings.offers.itemText(0) == "Formats: not told")
    assert not settings.offers.isEnabled()
    shoot.plug.camera.offers = (Offer("YUYV", (640, 480), (64, 48)), offer)  # type: ignore[attr-defined]
    shoot.until(settings.offers.isEnabled)
    assert settings.offers.itemText(1) == "MJPG   1920x1080   29.97, 15"
    assert settings.offers.itemText(0) == "YUYV   64x48 - 640x480"
    settings.offers.activated[int].emit(1)
    assert [settings.asked[key].text() for key in ("width", "height", "fps")] == ["1920", "1080", "29.97"]
    assert page.picture.rect().contains(settings.geometry())
    page.bar.choice.choose("rtsp://camera/1")
    page.bar.button.click()
    page.bar.button.click()
    assert settings.offers.isHidden(), "nothing can be asked of that one"

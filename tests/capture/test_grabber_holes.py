"""A grabber whose driver or system raises what it should not: an error, and never a source at its end."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from inspector.capture.grabber import Grabber
from inspector.frame import Frame

Make = Callable[..., Any]
LONG_S = 30.0


class Broken:
    """A camera whose driver raises at the first picture."""

    name, live, still, settings = "broken", True, False, {}

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def read(self) -> Frame:
        raise self._error

    def close(self) -> None: ...


@pytest.mark.parametrize("error", [MemoryError("no room"), SystemExit(1)])
def test_a_driver_that_raises_what_it_should_not_is_lost_and_not_at_its_end(
    fake_camera: Make, error: BaseException
) -> None:
    cameras = [Broken(error), fake_camera(range(3), live=False)]
    grabber = Grabber(lambda: cameras.pop(0))
    grabber.start()
    while not grabber.ended:
        grabber.latest.take(0.05)
    assert grabber.wait(LONG_S)
    assert str(grabber.lost).startswith("The camera failed")
    assert grabber.losses == 1
    assert grabber.error is None


def test_a_system_without_a_thread_left_is_an_error_and_no_end(
    fake_camera: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = threading.Thread.start

    def refuse(self: threading.Thread) -> None:
        if self.name == "grab":
            raise RuntimeError("can't start new thread")
        start(self)

    monkeypatch.setattr(threading.Thread, "start", refuse)
    grabber = Grabber(lambda: fake_camera(range(3)))
    grabber.start()
    assert grabber.wait(LONG_S)
    assert grabber.ended
    assert "can't start new thread" in str(grabber.error)

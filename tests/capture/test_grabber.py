import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from inspector.capture.camera import Camera, open_camera
from inspector.capture.grabber import Grabber, Latest
from inspector.errors import InputError, MachineError
from inspector.frame import Frame, Image

Make = Callable[..., Any]
LONG_S = 30.0
GONE = MachineError("The camera fake gives no picture.")


@pytest.fixture
def grab() -> Iterator[Callable[..., Grabber]]:
    """Starts grabbers, and stops them at the end."""
    started: list[Grabber] = []

    def start(*args: Any, **options: Any) -> Grabber:
        grabber = Grabber(*args, **options)
        grabber.start()
        started.append(grabber)
        return grabber

    yield start
    for grabber in started:
        grabber.stop()


def opener_of(*cameras: Camera) -> Callable[[], Camera]:
    """Opens one after the other; a camera that is not there yet is an exception."""
    left = list(cameras)

    def opener() -> Camera:
        camera = left.pop(0)
        if isinstance(camera, Exception):
            raise camera
        return camera

    return opener


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + LONG_S
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.005)


def take_all(grabber: Grabber) -> list[Frame]:
    frames = []
    while not grabber.ended:
        frame = grabber.latest.take(0.05)
        if frame is not None:
            frames.append(frame)
    return frames


class TestLatest:
    def test_the_newest_wins_and_the_rest_is_counted(self) -> None:
        latest: Latest[int] = Latest()
        for item in (1, 2, 3):
            latest.put(item)
        assert latest.take(0) == 3
        assert latest.skipped == 2
        assert latest.take(0) is None

    def test_whoever_waits_gets_what_comes(self) -> None:
        latest: Latest[int] = Latest()
        threading.Timer(0.01, latest.put, (7,)).start()
        assert latest.take(LONG_S) == 7
        assert latest.skipped == 0

    def test_closing_lets_both_sides_go(self) -> None:
        latest: Latest[int] = Latest()
        taking = threading.Thread(target=latest.take, args=(LONG_S,))
        taking.start()
        latest.close()
        taking.join()
        latest.put(1)
        latest.wait_taken()
        assert latest.take(LONG_S) == 1
        assert latest.take(LONG_S) is None

    def test_a_giver_can_wait_until_it_was_taken(self) -> None:
        latest: Latest[int] = Latest()
        latest.put(1)
        waiting = threading.Thread(target=latest.wait_taken)
        waiting.start()
        assert waiting.is_alive()
        latest.take(0)
        waiting.join()


def test_a_file_is_read_frame_by_frame_by_a_slow_consumer(fake_camera: Make, grab: Make) -> None:
    grabber = grab(opener_of(fake_camera(range(20), live=False)))
    frames = []
    while not grabber.ended:
        frame = grabber.latest.take(0.1)
        time.sleep(0.003)
        frames += [frame] if frame is not None else []
    assert [frame.number for frame in frames] == list(range(20))
    assert grabber.latest.skipped == 0
    assert grabber.error is None


def test_of_a_live_camera_the_newest_wins(fake_camera: Make, grab: Make, gate: threading.Event) -> None:
    camera = fake_camera([*range(20), gate])
    grabber = grab(opener_of(camera))
    camera.blocking.wait(LONG_S)
    frame = grabber.latest.take(LONG_S)
    assert frame.number == 19
    assert grabber.latest.skipped == 19


def test_the_sink_gets_every_frame(fake_camera: Make, grab: Make) -> None:
    got: list[Frame] = []
    grabber = grab(opener_of(fake_camera(range(20))), sink=got.append)
    until(lambda: grabber.ended)
    assert [frame.number for frame in got] == list(range(20))


def test_a_camera_is_closed_by_the_thread_that_read_it(fake_camera: Make, grab: Make) -> None:
    camera = fake_camera(range(3))
    grabber = grab(opener_of(camera))
    assert grabber.wait(LONG_S)
    assert camera.closed == 1


def test_stop_leaves_a_read_that_blocks_to_itself(fake_camera: Make, grab: Make, gate: threading.Event) -> None:
    camera = fake_camera([1, gate])
    grabber = grab(opener_of(camera))
    camera.blocking.wait(LONG_S)
    grabber.stop()
    until(lambda: grabber.ended)
    assert not grabber.wait(0.01)
    assert camera.closed == 0
    gate.set()
    assert grabber.wait(LONG_S)
    assert camera.closed == 1
    assert grabber.error is None


def test_a_silent_camera_is_given_up_and_replaced(fake_camera: Make, grab: Make, gate: threading.Event) -> None:
    silent = fake_camera([*range(3), gate, 99])
    fresh = fake_camera([*range(10, 13), gate])
    faults = []

    def opener() -> Camera:
        faults.append(grabber.fault)
        return cameras.pop(0)

    cameras = [silent, fresh]
    grabber = Grabber(opener, silence_s=0.1)
    numbers: list[int] = []
    grabber._sink = lambda frame: numbers.append(frame.number)
    grabber.start()
    assert fresh.blocking.wait(LONG_S)
    assert faults[0] is None
    assert "has sent no picture for" in faults[1]
    gate.set()
    assert grabber.wait(LONG_S)
    # The picture that the silent one still had did not pass for a new one, and numbers count on.
    assert numbers == [0, 1, 2, 3, 4, 5]
    assert silent.closed == fresh.closed == 1


def test_a_camera_that_raises_is_opened_again_until_it_answers(fake_camera: Make, grab: Make) -> None:
    got: list[Frame] = []
    cameras = opener_of(fake_camera([1, 2, GONE]), MachineError("not there yet"), fake_camera([3, 4]))
    grabber = grab(cameras, sink=got.append)
    until(lambda: grabber.ended)
    assert [frame.number for frame in got] == [0, 1, 2, 3]
    assert grabber.fault is None
    assert grabber.error is None


def test_while_a_camera_is_gone_there_is_a_fault_and_no_frame(
    fake_camera: Make, grab: Make, gate: threading.Event
) -> None:
    back = threading.Event()

    def opener() -> Camera:
        if not opened:
            opened.append(1)
            return fake_camera([1, GONE])
        if not back.is_set():
            raise GONE
        return fake_camera([2, gate])

    opened: list[int] = []
    grabber = grab(opener)
    until(lambda: grabber.fault == str(GONE))
    grabber.latest.take(0)
    assert grabber.latest.take(0.05) is None
    back.set()
    frame = grabber.latest.take(LONG_S)
    assert (frame.number, grabber.fault) == (1, None)


def test_a_driver_may_raise_anything(fake_camera: Make, grab: Make) -> None:
    grabber = grab(fake_camera([1, OSError("no such device")]))
    until(lambda: grabber.ended)
    assert str(grabber.error) == "The camera failed: no such device"


def test_a_network_camera_that_falls_silent_is_found_again(grab: Make, http_camera: Any) -> None:
    """The connection stands, so that OpenCV's `read` blocks."""
    grabber = grab(lambda: open_camera(http_camera.url))
    before = grabber.latest.take(LONG_S)
    http_camera.silent.set()
    until(lambda: grabber.fault)
    assert "has sent no picture for" in grabber.fault
    grabber.latest.take(0)
    http_camera.silent.clear()
    after = grabber.latest.take(LONG_S)
    assert after.number > before.number
    assert grabber.fault is None
    grabber.stop()
    assert grabber.wait(LONG_S)


def test_a_network_camera_whose_power_fails_is_found_again(grab: Make, http_camera: Any) -> None:
    grabber = grab(lambda: open_camera(http_camera.url))
    before = grabber.latest.take(LONG_S)
    http_camera.stop()
    until(lambda: grabber.fault)
    grabber.latest.take(0)
    http_camera.start()
    after = grabber.latest.take(LONG_S)
    assert after.number > before.number
    assert grabber.fault is None
    grabber.stop()
    assert grabber.wait(LONG_S)


def test_a_camera_that_nothing_names_any_more_is_waited_for_once_it_was_there(fake_camera: Make, grab: Make) -> None:
    """While it is unplugged, a serial number names no camera."""
    got: list[Frame] = []
    gone = InputError("'genicam:1' names 0 cameras.")
    cameras = opener_of(fake_camera([1, 2, GONE]), gone, gone, fake_camera([3]))  # type: ignore[arg-type]
    grabber = grab(cameras, sink=got.append)
    until(lambda: grabber.ended)
    assert [frame.number for frame in got] == [0, 1, 2]
    assert grabber.error is None


def test_the_user_s_mistake_ends_it(grab: Make) -> None:
    def opener() -> Camera:
        raise InputError("There is no source 'x'.")

    grabber = grab(opener)
    until(lambda: grabber.ended)
    assert isinstance(grabber.error, InputError)
    assert grabber.fault == "There is no source 'x'."
    assert grabber.latest.take(LONG_S) is None


def test_a_damaged_file_ends_it(fake_camera: Make, grab: Make) -> None:
    grabber = grab(opener_of(fake_camera([1, 2, InputError("damaged after 2 frames")], live=False)))
    frames = take_all(grabber)
    assert len(frames) == 2
    assert str(grabber.error) == "damaged after 2 frames"


def test_a_camera_that_was_handed_over_open_is_not_opened_again(fake_camera: Make, grab: Make) -> None:
    camera = fake_camera([1, GONE, 2])
    grabber = grab(camera)
    until(lambda: grabber.ended)
    assert grabber.error is GONE
    assert camera.closed == 1


def test_a_repeat_is_no_news_but_reaches_the_sink(fake_camera: Make, grab: Make, gate: threading.Event) -> None:
    got: list[Frame] = []
    camera = fake_camera([1, 1, 1, gate])
    grabber = grab(opener_of(camera), sink=got.append)
    camera.blocking.wait(LONG_S)
    assert [frame.number for frame in got] == [0, 1, 2]
    assert grabber.latest.take(0).number == 0
    assert grabber.latest.take(0) is None
    assert grabber.latest.skipped == 0


def test_a_frozen_picture_bears_its_fault(fake_camera: Make, grab: Make, gate: threading.Event) -> None:
    camera = fake_camera([*range(3), *[7] * 11, gate])
    grabber = grab(opener_of(camera))
    camera.blocking.wait(LONG_S)
    frame = grabber.latest.take(0)
    assert frame.number == 13
    assert "frozen" in frame.fault
    assert grabber.fault == frame.fault


def test_a_frozen_camera_is_opened_again_and_stays_frozen_until_it_moves(
    fake_camera: Make, grab: Make, gate: threading.Event
) -> None:
    """`read` succeeds for ever after an unplug, with the last picture: 10 pictures a second, 2.9 s long."""
    frozen = fake_camera([1, *[7] * 30, gate])
    still_frozen = fake_camera([7, 7, gate], start_s=110.0)
    got: list[Frame] = []
    grabber = grab(opener_of(frozen, still_frozen), sink=got.append)
    assert still_frozen.blocking.wait(LONG_S)
    assert grabber.reconnects == 1
    assert "frozen" in grabber.fault
    assert "frozen" in got[-1].fault


def test_a_dark_picture_bears_its_fault_and_light_takes_it_away(grab: Make, gate: threading.Event) -> None:
    levels = [100, 5, 101]

    class Lamp:
        name, live, still = "lamp", False, False
        settings: dict[str, Any] = {}

        def read(self) -> Frame | None:
            if not levels:
                return None
            image: Image = np.full((80, 80, 3), levels.pop(0), np.uint8)
            return Frame(image, 2 - len(levels), 0.0, None, "lamp")  # type: ignore[arg-type]

        def close(self) -> None:
            return

    grabber = grab(opener_of(Lamp()))
    frames = take_all(grabber)
    assert [frame.fault is not None for frame in frames] == [False, True, False]


def test_threads_that_never_come_back_do_not_pile_up(fake_camera: Make, grab: Make, gate: threading.Event) -> None:
    opened = []

    def opener() -> Camera:
        camera = fake_camera([*range(20), gate])
        opened.append(camera)
        return camera

    grabber = grab(opener, silence_s=0.05)
    until(lambda: sum(camera.blocking.is_set() for camera in opened) == 4)
    so_far = len(opened)
    time.sleep(0.3)
    assert len(opened) == so_far
    grabber.stop()
    gate.set()
    assert grabber.wait(LONG_S)
    assert {camera.closed for camera in opened} == {1}


LEAVES_WHILE_READING = """
import sys
from inspector.capture.camera import open_camera
from inspector.capture.grabber import Grabber
grabber = Grabber(lambda: open_camera(sys.argv[1]))
grabber.start()
assert grabber.latest.take(30.0) is not None
grabber.stop()
"""


def test_a_program_may_end_while_a_camera_is_read(http_camera: Any) -> None:
    """OpenCV's thread, coming back into a Python that is shutting down, would abort the process."""
    command = [sys.executable, "-c", LEAVES_WHILE_READING, http_camera.url]
    left = subprocess.run(command, capture_output=True, text=True, timeout=LONG_S, check=False)
    assert (left.returncode, left.stderr) == (0, "")

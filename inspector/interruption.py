"""The system's signals: what a person's Ctrl-C or a service manager's request to end does for a while."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def on_signals(act: Callable[[], object], *numbers: signal.Signals) -> Iterator[None]:
    """While it lasts, each of these signals calls `act`, on the main thread, between any two steps of what it does.

    So `act` sets a value, or raises, and takes no lock, be it that of a threading.Event: what it interrupts may hold
    it, and that may be `act` itself. Off the main thread, which alone may say what a signal does, they do what they
    did.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def handler(number: int, frame: FrameType | None) -> None:
        act()

    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)

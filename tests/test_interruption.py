"""What a signal does for a while."""

import signal
import threading

import pytest

from inspector.interruption import on_signals

BOTH = (signal.SIGINT, signal.SIGTERM)


@pytest.mark.parametrize("number", BOTH)
def test_each_signal_is_heard_while_it_lasts_and_does_after_what_it_did(number: signal.Signals) -> None:
    before, heard = signal.getsignal(number), list[int]()
    with on_signals(lambda: heard.append(1), *BOTH):
        signal.raise_signal(number)
        signal.raise_signal(number)
        with on_signals(lambda: heard.append(2), number):
            signal.raise_signal(number)
        signal.raise_signal(number)
    assert heard == [1, 1, 2, 1]
    assert signal.getsignal(number) is before


def test_what_it_raises_comes_out_and_leaves_all_as_it_was() -> None:
    def leave() -> None:
        raise SystemExit(3)

    before = [signal.getsignal(number) for number in BOTH]
    with pytest.raises(SystemExit), on_signals(leave, *BOTH):
        signal.raise_signal(signal.SIGTERM)
    assert [signal.getsignal(number) for number in BOTH] == before


def test_another_thread_changes_nothing() -> None:
    before, inside = signal.getsignal(signal.SIGINT), list[object]()

    def elsewhere() -> None:
        with on_signals(lambda: None, signal.SIGINT):
            inside.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert inside == [before]

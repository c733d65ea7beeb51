"""In order, none lost, whatever is away meanwhile."""

import threading
from collections.abc import Callable, Iterator

import pytest

from inspector.plant.sending import BATCH, Inspection, Sender, Unsent
from tests.plant.peers import PATIENCE_S, Shelf, until

Start = Callable[[Callable[[Inspection], None]], Sender]


@pytest.fixture
def start(shelf: Shelf) -> Iterator[Start]:
    """Begin to send from the shelf, with short pauses."""
    begun: list[Sender] = []

    def begin(send: Callable[[Inspection], None]) -> Sender:
        begun.append(Sender("test", shelf.source, send, pause_s=0.001))
        return begun[-1]

    yield begin
    for sender in begun:
        sender.close()


def ids(sent: list[Inspection]) -> list[str]:
    return [one["id"] for one in sent]


def test_all_are_sent_in_order_and_noted(shelf: Shelf, start: Start) -> None:
    names = [f"{number:03d}" for number in range(2 * BATCH + 1)]
    shelf.add(*names)
    sent: list[Inspection] = []
    start(sent.append)
    until(lambda: shelf.position == len(names))
    assert ids(sent) == names


def test_many_are_noted_together_and_each_that_takes_its_time(
    shelf: Shelf, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note is a write to the records, and the station waits for it with what it has to keep."""
    shelf.add(*"abcdefghij")
    start(lambda _: None)
    until(lambda: shelf.position == 10)
    assert shelf.notes == 1
    monkeypatch.setattr("inspector.plant.sending.NOTES_S", 0.0)
    shelf.add(*"klm")
    until(lambda: shelf.position == 13)
    assert shelf.notes == 4


def test_what_cannot_be_noted_is_not_sent_again(shelf: Shelf, start: Start) -> None:
    shelf.read_only = "the records are locked"
    shelf.add("a", "b")
    sent: list[Inspection] = []
    sender = start(sent.append)
    until(lambda: "the records are locked" in sender.fault)
    until(lambda: sender._pause_s > 0.01)  # several times
    shelf.read_only = ""
    until(lambda: shelf.position == 2)
    assert ids(sent) == ["a", "b"]


def test_records_that_begin_anew_are_sent_from_their_beginning(shelf: Shelf, start: Start) -> None:
    """As where damaged ones were set aside."""
    shelf.add("a", "b")
    sent: list[Inspection] = []
    start(sent.append)
    until(lambda: shelf.position == 2)
    shelf.kept, shelf.position = [], 0
    shelf.add("c")
    until(lambda: shelf.position == 1)
    assert ids(sent) == ["a", "b", "c"]


def test_one_that_comes_later_is_sent_when_it_is_told(shelf: Shelf, start: Start) -> None:
    sent: list[Inspection] = []
    sender = start(sent.append)
    shelf.add("a")
    sender.wake()
    until(lambda: shelf.position == 1)


def test_those_behind_one_that_is_not_taken_wait(shelf: Shelf, start: Start) -> None:
    shelf.add("a", "b", "c")
    tries: list[str] = []

    def refuse_b_twice(inspection: Inspection) -> None:
        tries.append(inspection["id"])
        if tries.count("b") < 3 and inspection["id"] == "b":
            raise Unsent("The receiver has no paper.")

    sender = start(refuse_b_twice)
    until(lambda: shelf.position == 3)
    assert tries == ["a", "b", "b", "b", "c"]
    until(lambda: not sender.fault)


def test_what_is_wrong_is_said_until_it_is_over(shelf: Shelf, start: Start) -> None:
    shelf.add("a")
    away = threading.Event()
    away.set()

    def send(_: Inspection) -> None:
        if away.is_set():
            raise Unsent("The receiver is away.")

    sender = start(send)
    until(lambda: sender.fault == "The receiver is away.")
    away.clear()
    sender.retry()
    until(lambda: shelf.position == 1 and not sender.fault)


def test_a_source_that_cannot_be_read_is_tried_again(shelf: Shelf, start: Start) -> None:
    shelf.broken = "the disk is slow"
    sent: list[Inspection] = []
    sender = start(sent.append)
    until(lambda: sender.fault == "Inspections cannot be sent (RuntimeError: the disk is slow); they are tried again.")
    shelf.add("a")
    shelf.broken = ""
    sender.retry()
    until(lambda: ids(sent) == ["a"])


def test_after_a_restart_it_goes_on_where_it_was(shelf: Shelf, start: Start) -> None:
    shelf.add("a", "b")
    sent: list[Inspection] = []

    def send_one(inspection: Inspection) -> None:
        if inspection["id"] == "b":
            raise Unsent("no")
        sent.append(inspection)

    first = start(send_one)
    until(lambda: shelf.position == 1)
    first.close()
    start(sent.append)
    until(lambda: shelf.position == 2)
    assert ids(sent) == ["a", "b"]


def test_what_hangs_keeps_nobody_from_the_end(shelf: Shelf, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspector.plant.sending.LEAVING_S", 0.1)
    shelf.add("a")
    hanging, over = threading.Event(), threading.Event()

    def send(_: Inspection) -> None:
        hanging.set()
        over.wait()

    sender = start(send)
    assert hanging.wait(PATIENCE_S)
    closing = threading.Thread(target=sender.close)
    closing.start()
    closing.join(PATIENCE_S)
    ended = not closing.is_alive()
    over.set()
    assert ended
    assert shelf.position == 0


def test_pauses_grow_and_begin_anew_after_a_success(shelf: Shelf) -> None:
    sender = Sender("test", shelf.source, lambda _: None, pause_s=8.0)
    sender.close()
    grown = []
    for _ in range(5):
        grown.append(sender._pause_s)
        sender._pause("away")
    assert grown == [8.0, 16.0, 32.0, 60.0, 60.0]

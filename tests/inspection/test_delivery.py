"""What may be shown while an inspection is still on its way to the records."""

import threading
from collections.abc import Iterator

import pytest

import inspector.inspection.delivery
from inspector.detections import Detections
from inspector.frame import Frame, utc_now
from inspector.inspection.delivery import Decided, Delivery
from inspector.inspection.verdict import Inspection
from tests.inspection.scripted import GOOD, NOT_OK, OK, PATIENCE_S, UNDEFINED, picture, until

AN_INSPECTION = Decided(
    Inspection("1", "box", "box-1", 0, 1, utc_now(), OK, (), 1.0),
    Frame(picture(GOOD, 0), 0, 0.0, utc_now(), "camera"),
    Detections.none(()),
)


class Disk:
    """Whoever hears, as slow as a test wants; it may fail."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.error: Exception | None = None
        self.heard: list[Inspection] = []
        self.failures: list[BaseException] = []

    def hear(self, inspection: Inspection) -> None:
        self.go_on.wait(PATIENCE_S)
        self.go_on.clear()
        if self.error is not None:
            raise self.error
        self.heard.append(inspection)


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def delivery(disk: Disk) -> Iterator[Delivery]:
    made = Delivery(None, disk.hear, disk.failures.append, ())
    yield made
    finished = threading.Thread(target=made.finish)
    finished.start()
    while finished.is_alive():
        disk.go_on.set()
        finished.join(0.01)


def test_an_ok_waits_until_it_is_kept_and_stays_while_more_are_on_their_way(delivery: Delivery, disk: Disk) -> None:
    assert delivery.kept(UNDEFINED) is UNDEFINED
    delivery.put(AN_INSPECTION)
    assert delivery.kept(OK) is UNDEFINED
    disk.go_on.set()
    until(lambda: delivery.kept(OK) is OK)
    delivery.put(AN_INSPECTION)
    assert delivery.kept(OK) is OK


def test_the_next_workpieces_ok_waits_again(delivery: Delivery, disk: Disk) -> None:
    delivery.put(AN_INSPECTION)
    disk.go_on.set()
    until(lambda: len(disk.heard) == 1)
    until(lambda: delivery.kept(OK) is OK)
    delivery.kept(UNDEFINED)
    delivery.put(AN_INSPECTION)
    assert delivery.kept(OK) is UNDEFINED


def test_it_waits_again_where_it_comes_with_nothing_between(delivery: Delivery, disk: Disk) -> None:
    delivery.put(AN_INSPECTION)
    disk.go_on.set()
    until(lambda: delivery.kept(OK) is OK)
    delivery.put(AN_INSPECTION)
    assert delivery.kept(OK, anew=True) is delivery.kept(OK) is UNDEFINED
    disk.go_on.set()
    until(lambda: delivery.kept(OK) is OK)


def test_what_is_not_ok_waits_for_nothing(delivery: Delivery) -> None:
    delivery.put(AN_INSPECTION)
    assert delivery.kept(NOT_OK) is NOT_OK


def test_an_ok_goes_when_the_next_is_not_kept_in_time(
    delivery: Delivery, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery.put(AN_INSPECTION)
    disk.go_on.set()
    until(lambda: delivery.kept(OK) is OK)
    assert delivery.fault is None
    monkeypatch.setattr(inspector.inspection.delivery, "WAITS_S", 0.02)
    delivery.put(AN_INSPECTION)
    until(lambda: delivery.kept(OK) is UNDEFINED)
    assert "waits to be kept" in (delivery.fault or "")
    disk.go_on.set()
    until(lambda: delivery.kept(OK) is OK)


def test_the_last_verdict_stands_only_where_all_was_kept(disk: Disk) -> None:
    for error, last in ((None, OK), (OSError("the disk is full"), UNDEFINED)):
        disk.error = error
        delivery = Delivery(None, disk.hear, disk.failures.append, ())
        delivery.put(AN_INSPECTION)
        delivery.kept(OK)
        disk.go_on.set()
        delivery.finish()
        assert delivery.last is last
    assert len(disk.failures) == 1

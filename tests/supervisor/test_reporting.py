"""What a station tells its supervisor, and what becomes of it when the supervisor is gone."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import Any

import pytest

from inspector.frame import Frame, utc_now
from inspector.inspection.verdict import Verdict
from inspector.inspection.view import State, View
from inspector.plant.signals import Phase, Prove, Trigger
from inspector.supervisor.link import VARIABLE, Link, start_with_link
from inspector.supervisor.reporting import Reporting, reporting
from inspector.supervisor.reports import PLANT, Decided, Refused, Report, Seen, Trouble, decoded, encoded_request
from tests.inspection.scripted import picture
from tests.supervisor.recording import PATIENCE_S, until
from tests.supervisor.test_reports import AN_INSPECTION

ROOT = Path(__file__).resolve().parents[2]


class Told:
    """A supervisor's end of the line, and a station whose view a test sets."""

    def __init__(self) -> None:
        ours, theirs = Pipe()
        self.line = Link(ours)
        self.lost = threading.Event()
        self.view = View()
        self.reporting = Reporting(Link(theirs), "a", self.lost.set)
        self.reports: list[Report] = []

    def next(self) -> Report:
        self.reports.append(decoded(self.line.receive()))
        return self.reports[-1]

    def until_seen(self, **values: Any) -> Seen:
        """The first report from now on that says so."""
        while True:
            report = self.next()
            if isinstance(report, Seen) and all(getattr(report, key) == value for key, value in values.items()):
                return report

    def show(self, **values: Any) -> None:
        self.view = replace(self.view, **values)


@pytest.fixture
def told() -> Iterator[Told]:
    here = Told()
    yield here
    here.reporting.close()
    here.line.close()


def a_frame(number: int, fault: str | None = None) -> Frame:
    return Frame(picture(1, number), number, 0.0, utc_now(), "scripted", fault)


def test_nothing_is_said_before_there_is_a_station(told: Told) -> None:
    told.reporting.watch(lambda: told.view, "box", "box-1")
    first = told.next()
    assert isinstance(first, Seen)
    assert (first.number, first.generation, first.recipe, first.bundle) == (0, "a", "box", "box-1")


@pytest.mark.parametrize("state", State)
def test_each_state_of_a_station_has_its_phase(told: Told, state: State) -> None:
    told.show(state=state, message="a sentence")
    told.reporting.watch(lambda: told.view, "box", "box-1")
    seen = told.until_seen(message="a sentence")
    assert seen.phase is (Phase.FAULT if state is State.ERROR else Phase(state.value))


def test_each_picture_that_could_be_judged_is_progress_once(told: Told) -> None:
    told.reporting.watch(lambda: told.view, "box", "box-1")
    told.show(state=State.RUNNING, frame=a_frame(0), taken_s=3.5, verdict=Verdict.OK)
    seen = told.until_seen(looked=1)
    assert (seen.progress, seen.taken_s, seen.verdict) == (1, 3.5, 1)
    assert told.until_seen().progress == 1  # the same picture again
    told.show(frame=a_frame(1, "The picture is dark."))
    assert told.until_seen(looked=2).progress == 1
    told.show(frame=a_frame(2))
    assert told.until_seen(looked=3).progress == 2


def test_an_inspection_is_told_after_what_is_true_of_the_newest_picture(told: Told) -> None:
    told.reporting.watch(lambda: told.view, "box", "box-1")
    told.next()
    told.show(state=State.RUNNING, frame=a_frame(0), inspection=AN_INSPECTION, verdict=Verdict.NOT_OK)
    told.reporting.tell(AN_INSPECTION)
    while not isinstance(told.next(), Decided):
        pass
    seen, decided = told.reports[-2:]
    assert isinstance(seen, Seen)
    assert isinstance(decided, Decided)
    assert seen.inspection == decided.id == AN_INSPECTION.id
    assert (decided.verdict, decided.reasons) == (2, ("part missing",))
    assert [report.number for report in told.reports] == list(range(len(told.reports)))


def test_what_was_told_last_is_still_said(told: Told) -> None:
    told.reporting.watch(lambda: told.view, "box", "box-1")
    inspections = [replace(AN_INSPECTION, id=f"i{i}") for i in range(50)]
    for inspection in inspections:
        told.reporting.tell(inspection)
    told.reporting.close()
    with suppress(EOFError):
        while True:
            told.next()
    assert [r.id for r in told.reports if isinstance(r, Decided)] == [i.id for i in inspections]
    assert not told.lost.is_set()


def test_what_the_plant_asks_arrives_in_order(told: Told) -> None:
    asked = [Trigger("S1", "t1"), Prove(), Trigger("S2", "t2")]
    heard: queue.Queue[Trigger | Prove] = queue.Queue()
    told.reporting.watch(lambda: told.view, "box", "box-1", heard.put)
    for request in asked:
        told.line.send(encoded_request(request))
    assert [heard.get(timeout=PATIENCE_S) for _ in asked] == asked


def test_what_is_wrong_with_a_way_to_the_plant_is_known_until_it_is_well(told: Told) -> None:
    for text in ("The broker does not answer.", ""):
        told.line.send(encoded_request(Trouble(text)))
        until(lambda text=text: told.reporting.trouble == text)


def test_a_trigger_that_the_station_refuses_is_told_with_its_reason(told: Told) -> None:
    told.reporting.watch(lambda: told.view, "box", "box-1", lambda request: "Busy." if request.id == "t1" else "")
    for trigger in ("t0", "t1"):
        told.line.send(encoded_request(Trigger("", trigger)))
    while not isinstance(refused := told.next(), Refused):
        pass
    assert (refused.trigger, refused.why) == ("t1", "Busy.")
    assert [report.number for report in told.reports] == list(range(len(told.reports)))


@pytest.mark.parametrize(("trigger", "plants"), [(f"{PLANT}t7", "t7"), ("workpiece", ""), ("file:a.txt", "")])
def test_the_plant_knows_an_inspection_by_its_own_trigger(told: Told, trigger: str, plants: str) -> None:
    told.reporting.watch(lambda: told.view, "box", "box-1")
    told.reporting.tell(replace(AN_INSPECTION, trigger=trigger))
    while not isinstance(decided := told.next(), Decided):
        pass
    assert (decided.trigger, decided.said["trigger"]) == (plants, trigger)


def test_golden_frames_are_progress_also_of_a_station_that_begins_anew(told: Told) -> None:
    told.reporting.watch(lambda: told.view, "box", "box-1")
    told.show(golden=2)
    assert told.until_seen(progress=2).looked == 0
    told.show(golden=0)
    told.show(golden=1)
    assert told.until_seen(progress=3).looked == 0


@pytest.mark.parametrize("how", ["close", "garble"])
def test_a_supervisor_that_is_gone_or_talks_nonsense_is_lost(told: Told, how: str) -> None:
    told.line.close() if how == "close" else told.line.send(b"hello")
    assert told.lost.wait(PATIENCE_S)


def test_a_process_that_nobody_supervises_reports_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    with reporting() as nobody:
        assert nobody is None


HANGS = """
import sys, time
sys.path.insert(0, sys.argv[1])
from inspector.supervisor.reporting import reporting
with reporting() as supervised:
    assert supervised
    told = False
    while True:
        try:
            if not told:
                supervised._link.send(b"here")
                told = True
            time.sleep(60)
        except BaseException:
            pass
"""
SUPERVISES = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from inspector.supervisor.link import start_with_link
child, line = start_with_link([sys.executable, "-c", sys.argv[2], sys.argv[1]], "a", os.environ)
assert line.receive() == b"here"
sys.stdout.write(f"{child.pid}\\n")
sys.stdout.flush()
time.sleep(60)
"""


def test_a_child_that_does_not_want_to_end_ends_with_the_line() -> None:
    child, line = start_with_link([sys.executable, "-c", HANGS, str(ROOT)], "a", os.environ)
    assert line.receive() == b"here"
    line.close()
    assert child.wait(PATIENCE_S) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends the child of a process that died")
def test_a_child_that_was_stopped_ends_with_its_supervisor() -> None:
    command = [sys.executable, "-c", SUPERVISES, str(ROOT), HANGS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        pid = int(supervisor.stdout.readline())
        os.kill(pid, signal.SIGSTOP)
        supervisor.kill()
    until(lambda: _is_gone(pid))


def _is_gone(pid: int) -> bool:
    """Also one that its new parent has not buried yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True

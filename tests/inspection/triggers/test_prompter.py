"""The thread that asks: what is accepted, what is refused, and what is told of it."""

import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inspector.errors import InputError
from inspector.inspection.triggers.folder import Folder
from inspector.inspection.triggers.prompter import Prompter, wishers_of
from inspector.inspection.triggers.timer import Timer
from inspector.inspection.triggers.wish import Wish
from inspector.inspection.verdict import Inspection, Verdict
from inspector.recipe import Component, Recipe, Trigger, Vote
from inspector.triggers import Triggers
from tests.inspection.scripted import until

INSPECTED = Inspection("1", "box", "b", 0, 1, datetime(2026, 1, 1, tzinfo=UTC), Verdict.OK, (), 1.0)
ASKED = Recipe(name="box", components=(Component(name="tape"),), vote=Vote(trigger=Trigger.ASKED))


class Scripted:
    """Gives what was put into it, once, and keeps the answers."""

    def __init__(self) -> None:
        self.fault = ""
        self.coming: list[Wish] = []
        self.answers: list[tuple[Wish, str]] = []
        self.inspections: list[Inspection] = []

    def look(self, now_s: float) -> Iterator[Wish]:
        while self.coming:
            yield self.coming.pop(0)

    def answered(self, wish: Wish, refusal: str) -> None:
        self.answers.append((wish, refusal))

    def heard(self, inspection: Inspection) -> None:
        self.inspections.append(inspection)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def source() -> Scripted:
    return Scripted()


@pytest.fixture
def prompter(source: Scripted, told: list[str]) -> Iterator[Prompter]:
    made = Prompter([source], told.append)
    yield made
    made.close()


def test_each_wish_is_asked_for_and_answered(prompter: Prompter, source: Scripted, told: list[str]) -> None:
    source.coming = [Wish("file:a", "A"), Wish("file:b", "B")]
    prompter.start(lambda wish: "" if wish.serial == "A" else "Busy.")
    until(lambda: len(source.answers) == 2)
    assert source.answers == [(Wish("file:a", "A"), ""), (Wish("file:b", "B"), "Busy.")]
    until(lambda: told == ["The trigger file:b was refused. Busy."])


def test_the_same_refusal_again_and_again_is_told_once(prompter: Prompter, source: Scripted, told: list[str]) -> None:
    answers = iter(["Busy.", "Busy.", "Busy.", "", "Busy."])
    source.coming = [Wish("timer")] * 5
    prompter.start(lambda _: next(answers))
    until(lambda: len(source.answers) == 5)
    until(lambda: told == ["The trigger timer was refused. Busy."] * 2)


def test_a_fault_of_a_source_is_told_when_it_comes_and_when_it_goes(
    prompter: Prompter, source: Scripted, told: list[str]
) -> None:
    source.fault = "Cannot watch."
    prompter.start(lambda _: "")
    until(lambda: told == ["Cannot watch."])
    source.fault = ""
    until(lambda: told == ["Cannot watch.", "What asks for inspections can be reached again."])


def test_what_was_inspected_is_passed_on_where_it_holds_nobody_up_and_also_at_the_end(
    prompter: Prompter, source: Scripted, told: list[str]
) -> None:
    heard_by, heard = set[str](), source.heard

    def slowly(inspection: Inspection) -> None:
        heard_by.add(threading.current_thread().name)
        heard(inspection)

    source.heard = slowly  # type: ignore[method-assign]
    prompter.start(lambda _: "")
    prompter.heard(INSPECTED)
    until(lambda: source.inspections == [INSPECTED])
    prompter.heard(INSPECTED)
    prompter.close()
    assert source.inspections == [INSPECTED] * 2
    assert heard_by == {"trigger"}


def test_a_failure_is_told_and_ends_it(prompter: Prompter, source: Scripted, told: list[str]) -> None:
    def fail(wish: Wish) -> str:
        raise RuntimeError("oh")

    source.coming = [Wish("timer")]
    prompter.start(fail)
    until(lambda: told == ["Nothing asks for inspections any more (RuntimeError: oh). Start again."])


def test_without_a_source_there_is_no_thread(told: list[str]) -> None:
    prompter = Prompter([], told.append)
    prompter.start(lambda _: "")
    assert "trigger" not in {thread.name for thread in threading.enumerate()}
    prompter.close()


def test_the_settings_say_what_asks(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(writing)
    found = wishers_of(ASKED, Triggers(every_s=2, folder=tmp_path), reading)
    assert [type(source).__name__ for source in found] == ["Keys", "Timer", "Folder"]
    assert isinstance(found[1], Timer)
    assert isinstance(found[2], Folder)
    assert wishers_of(ASKED, Triggers()) == ()
    assert wishers_of(Recipe(name="box", components=ASKED.components), Triggers(every_s=2), reading) == ()
    until(lambda: bool(found[0].fault))
    os.close(reading)
    with pytest.raises(InputError, match="no folder"):
        wishers_of(ASKED, Triggers(folder=tmp_path / "nowhere"))

"""Who is registered: names, roles, PINs, and what wrong ones cost, over restarts, clocks and full disks."""

import os
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inspector.errors import FileProblems, InputError, MachineError
from inspector.people import REGISTER
from inspector.people.register import Refused, Register
from inspector.people.role import Role
from tests.full_disk import no_file_larger_than
from tests.people.cheap import cheap_pins

PIN, OTHER, WRONG = "482915", "739164", "111222"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_pins(monkeypatch)


class Clocks:
    """Both clocks of a machine, to be set."""

    def __init__(self) -> None:
        self.wall, self.steady = datetime(2026, 11, 26, 12, tzinfo=UTC), 1000.0

    def wait(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds

    def register(self, folder: Path) -> Register:
        return Register(folder, lambda: self.wall, lambda: self.steady)


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def register(tmp_path: Path, clocks: Clocks) -> Register:
    """With one engineer, maria."""
    made = clocks.register(tmp_path)
    made.add("maria", Role.ENGINEER, PIN)
    return made


def fail(register: Register, times: int, name: str = "maria") -> Refused:
    for _ in range(times):
        with pytest.raises(Refused) as told:
            register.prove(name, WRONG)
    return told.value


def test_whoever_is_first_is_an_engineer(tmp_path: Path, clocks: Clocks) -> None:
    register = clocks.register(tmp_path / "new" / "workspace")
    assert register.people == {}
    with pytest.raises(InputError, match="first must be an engineer"):
        register.add("maria", Role.TECHNICIAN, PIN)
    assert not register.path.exists()
    register.add("maria", Role.ENGINEER, PIN)
    register.add("Jo Müller-Ülm", Role.OPERATOR, OTHER)
    assert {name: one.role for name, one in clocks.register(register.path.parent).people.items()} == {
        "maria": Role.ENGINEER,
        "Jo Müller-Ülm": Role.OPERATOR,
    }


def test_a_pin_counts_with_its_name_alone(register: Register) -> None:
    register.add("jo", Role.OPERATOR, OTHER)
    assert register.prove("jo", OTHER).role is Role.OPERATOR
    assert register.prove("maria", PIN).role is Role.ENGINEER
    for name, pin in (("jo", PIN), ("maria", OTHER), ("maria", "")):
        with pytest.raises(Refused, match=r"^This PIN is wrong\.$"):
            register.prove(name, pin)
    with pytest.raises(InputError, match=r"There is no person 'mara'\. Did you mean 'maria'"):
        register.prove("mara", PIN)


def test_no_pin_is_in_the_file_nor_in_what_is_said(register: Register) -> None:
    assert PIN not in register.path.read_text()
    assert "argon2" not in repr(register.people)
    assert WRONG not in str(fail(register, 6))


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_its_owner_alone_may_read_the_file(register: Register) -> None:
    fail(register, 1)
    assert stat.S_IMODE(register.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["", " maria", "a  b", "x" * 41, "a\nb", "a\x1bb", "Mu\u0308ller", "import", "MARIA"])
def test_names_that_nobody_can_have(register: Register, name: str) -> None:
    with pytest.raises(InputError):
        register.add(name, Role.OPERATOR, OTHER)
    assert list(register.people) == ["maria"]


@pytest.mark.parametrize("name", ["123", "on", "null", "Ärztin 2", "o'neill", "x" * 40, "a: b", "- c"])
def test_names_come_through_the_file(register: Register, clocks: Clocks, name: str) -> None:
    register.add(name, Role.OPERATOR, OTHER)
    assert list(clocks.register(register.path.parent).people) == ["maria", name]


def test_the_last_engineer_stays_one(register: Register) -> None:
    register.add("jo", Role.TECHNICIAN, OTHER)
    with pytest.raises(InputError, match="maria is the last engineer and cannot be removed"):
        register.remove("maria")
    with pytest.raises(InputError, match="cannot be made operator"):
        register.give("maria", Role.OPERATOR)
    register.give("maria", Role.ENGINEER)
    register.give("jo", Role.ENGINEER)
    register.remove("maria")
    assert list(register.people) == ["jo"]
    with pytest.raises(InputError, match="last engineer"):
        register.remove("jo")
    with pytest.raises(InputError, match="There is no person 'maria'"):
        register.give("maria", Role.ENGINEER)


def test_after_five_wrong_pins_the_right_one_has_to_wait_too(register: Register, clocks: Clocks) -> None:
    assert fail(register, 4).wait_s == 0
    refused = fail(register, 1)
    assert (refused.wait_s, refused.begins) == (30, True)
    assert "maria can try again in 30 s" in str(refused)
    with pytest.raises(Refused, match="After 5 wrong PINs maria has to wait for 30 s") as told:
        register.prove("maria", PIN)
    assert not told.value.begins
    clocks.wait(29.5)
    assert register.wait_s("maria") == pytest.approx(0.5)
    clocks.wait(1)
    register.prove("maria", PIN)
    assert register.wait_s("maria") == 0
    assert fail(register, 4).wait_s == 0


def test_the_pause_grows_and_what_was_not_looked_at_does_not_count(register: Register, clocks: Clocks) -> None:
    pauses = [fail(register, 5).wait_s]
    for _ in range(6):
        fail(register, 3)
        clocks.wait(pauses[-1])
        pauses.append(fail(register, 1).wait_s)
    assert pauses == [30, 60, 120, 240, 480, 900, 900]


def test_one_person_s_pause_is_nobody_else_s(register: Register) -> None:
    register.add("jo", Role.OPERATOR, OTHER)
    fail(register, 5, "jo")
    assert register.prove("maria", PIN)


def test_a_restart_makes_no_try_free(register: Register, clocks: Clocks) -> None:
    folder = register.path.parent
    for _ in range(5):
        fail(clocks.register(folder), 1)
    with pytest.raises(Refused, match="After 5 wrong PINs"):
        clocks.register(folder).prove("maria", PIN)


def test_a_kill_while_a_pin_is_looked_at_makes_no_try_free(
    register: Register, clocks: Clocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr("inspector.people.register.matches", killed)
        for _ in range(5):
            with pytest.raises(KeyboardInterrupt):
                clocks.register(register.path.parent).prove("maria", PIN)
    with pytest.raises(Refused, match="After 5 wrong PINs"):
        register.prove("maria", PIN)


def test_a_clock_set_forward_ends_no_pause_in_a_running_program(register: Register, clocks: Clocks) -> None:
    fail(register, 5)
    clocks.wall += timedelta(days=365)
    with pytest.raises(Refused, match="After 5"):
        register.prove("maria", PIN)
    clocks.steady += 30
    assert register.prove("maria", PIN)


@pytest.mark.parametrize("restarted", [False, True])
def test_a_clock_set_far_back_locks_for_one_pause_more(register: Register, clocks: Clocks, restarted: bool) -> None:
    folder = register.path.parent
    fail(register, 5)
    clocks.wait(29)
    clocks.wall -= timedelta(days=20_000)
    again = clocks.register(folder) if restarted else register
    with pytest.raises(Refused, match="wait for 30 s"):
        again.prove("maria", PIN)
    for _ in range(3):  # each a program of its own, as commands are
        clocks.wait(9)
        with pytest.raises(Refused):
            clocks.register(folder).prove("maria", PIN)
    clocks.wait(3)
    assert (clocks.register(folder) if restarted else register).prove("maria", PIN)


def test_an_engineer_ends_a_pause_from_another_program(register: Register, clocks: Clocks) -> None:
    fail(register, 6 - 1)
    clocks.register(register.path.parent).end_pause("maria")
    assert register.prove("maria", PIN)


def test_a_new_pin_is_the_only_one_and_ends_a_pause(register: Register) -> None:
    fail(register, 5)
    register.set_pin("maria", OTHER)
    assert register.prove("maria", OTHER)
    fail(register, 1)
    with pytest.raises(InputError, match="among the first"):
        register.set_pin("maria", "121212")
    with pytest.raises(Refused):
        register.prove("maria", PIN)


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on a file's size that stands for a full disk is Unix's")
def test_on_a_full_disk_an_engineer_still_gets_in_and_nobody_tries_for_free(register: Register) -> None:
    with no_file_larger_than(10):
        assert register.prove("maria", PIN)
        assert fail(register, 5).wait_s == 30
        with pytest.raises(Refused, match="After 5"):
            register.prove("maria", PIN)
        with pytest.raises(MachineError):
            register.set_pin("maria", OTHER)


def test_who_is_removed_by_another_program_is_known_at_once(register: Register, clocks: Clocks) -> None:
    register.add("jo", Role.OPERATOR, OTHER)
    assert set(register.people) == {"maria", "jo"}
    clocks.register(register.path.parent).remove("jo")
    assert set(register.people) == {"maria"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("role: engineer", "role: operator", "nobody is an engineer"),
        ("role: engineer", "role: boss", "role"),
        ("maria:", "' maria':", "a name has 1 to 40 letters"),
        ("since:", "sinse:", "Did you mean 'since'"),
    ],
)
def test_a_file_with_faults_lets_nobody_in(register: Register, old: str, new: str, told: str) -> None:
    text = register.path.read_text()
    assert old in text
    register.path.write_text(text.replace(old, new))
    for attempt in (lambda: register.people, lambda: register.prove("maria", PIN), lambda: register.remove("maria")):
        with pytest.raises(FileProblems, match=told):
            attempt()


@pytest.mark.parametrize("written", [PIN, f"'{PIN}'", "[482915]", "{pin: 482915}"])
def test_a_pin_that_somebody_wrote_into_the_file_is_not_repeated(register: Register, written: str) -> None:
    kept = register.people["maria"].pin
    register.path.write_text(register.path.read_text().replace(kept, written))
    with pytest.raises(FileProblems, match="a PIN is never written here") as told:
        register.prove("maria", PIN)
    assert PIN not in str(told.value)


def test_the_file_is_one_of_ours(register: Register) -> None:
    assert register.path.name == REGISTER
    assert register.path.read_text().startswith("format: 1\npeople:\n  maria:\n    role: engineer\n")

"""Who is at the station, for how long, and what they may do."""

from pathlib import Path

import pytest

from inspector.errors import FileProblems, InputError, MachineError
from inspector.people.audit import Audit
from inspector.people.register import Refused, Register
from inspector.people.role import Deed, Role
from inspector.people.session import ENTERED, LOCKED_OUT, Session, session_of
from inspector.settings import Workspace, person
from tests.people.cheap import cheap_pins

PINS = {"maria": "482915", "tom": "739164", "olga": "604283"}
LOCK_AFTER_S = 60.0


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_pins(monkeypatch)


class Clock:
    def __init__(self) -> None:
        self.now_s = 500.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def free(tmp_path: Path, clock: Clock) -> Session:
    """Where nobody is registered."""
    return Session(Register(tmp_path), Audit(tmp_path), LOCK_AFTER_S, clock)


@pytest.fixture
def session(free: Session) -> Session:
    """Where one of each role is, and the log says so."""
    free._audit.add(Deed.PEOPLE, person())
    for name, role in zip(PINS, (Role.ENGINEER, Role.TECHNICIAN, Role.OPERATOR), strict=True):
        free.register.add(name, role, PINS[name])
    return free


def told(session: Session) -> list[tuple[str, str]]:
    entries = [(entry.deed, entry.who) for entry in session._audit.entries()]
    return [entry for entry in entries if entry[0] != Deed.PEOPLE]


def test_where_nobody_is_registered_everybody_may_do_everything_and_is_told(free: Session) -> None:
    assert free.open
    assert free.says.startswith("Nobody is registered, so everybody may do everything")
    assert all(free.may(deed) for deed in Deed)
    with free.doing(Deed.PROMOTE, bundle="b") as who:
        assert who == person()
    assert told(free) == [(Deed.PROMOTE, person())]


def test_without_a_session_nothing_may_be_done_that_takes_a_role(session: Session) -> None:
    assert (session.open, session.says, session.who, session.role) == (False, "", "", None)
    assert not any(session.may(deed) for deed in Deed)
    with pytest.raises(InputError, match="It takes the role technician to leave the kiosk: choose your name"):
        session.demand(Deed.UNLOCK)


def test_each_may_do_what_the_role_may(session: Session) -> None:
    session.enter("tom", PINS["tom"])
    assert (session.who, session.role) == ("tom", Role.TECHNICIAN)
    assert session.demand(Deed.UNLOCK) == "tom"
    assert (session.may(Deed.MARK), session.may(Deed.PROMOTE)) == (True, False)
    with pytest.raises(InputError, match="It takes the role engineer to promote a bundle, and tom has the role techn"):
        session.demand(Deed.PROMOTE)
    session.leave()
    assert not session.may(Deed.MARK)


def test_a_wrong_pin_sends_whoever_was_there_away(session: Session) -> None:
    session.enter("maria", PINS["maria"])
    with pytest.raises(Refused):
        session.enter("tom", PINS["olga"])
    assert session.who == ""


def test_whoever_touches_nothing_for_a_while_is_not_there_any_more(session: Session, clock: Clock) -> None:
    session.enter("olga", PINS["olga"])
    clock.now_s += LOCK_AFTER_S
    session.touch()
    clock.now_s += LOCK_AFTER_S - 1
    session.demand(Deed.MARK)
    clock.now_s += LOCK_AFTER_S
    assert session.who == "olga"
    clock.now_s += 0.1
    assert not session.may(Deed.MARK)
    session.touch()
    assert session.who == ""


def test_who_is_removed_or_given_less_may_do_no_more_at_once(session: Session, tmp_path: Path) -> None:
    session.enter("tom", PINS["tom"])
    other = Register(tmp_path)
    other.give("tom", Role.OPERATOR)
    assert (session.may(Deed.MARK), session.may(Deed.UNLOCK)) == (True, False)
    other.remove("tom")
    assert not session.may(Deed.MARK)
    with pytest.raises(InputError, match="choose your name"):
        session.demand(Deed.MARK)


def test_people_that_cannot_be_read_let_nobody_do_anything(session: Session) -> None:
    session.enter("maria", PINS["maria"])
    session.register.path.write_text("format: 2\n")
    assert not any(session.may(deed) for deed in Deed)
    assert "format" in session.says
    with pytest.raises(FileProblems):
        session.demand(Deed.UNLOCK)


def test_what_is_done_is_in_the_audit_before_and_what_failed_after(session: Session) -> None:
    session.enter("maria", PINS["maria"])
    with session.doing(Deed.SETTINGS, key="source"):
        assert told(session)[-1] == (Deed.SETTINGS, "maria")
    with pytest.raises(RuntimeError), session.doing(Deed.PROMOTE, bundle="b-1"):
        raise RuntimeError("no room")
    *_, entry, failed = session._audit.entries()
    assert (entry.deed, entry.what) == (Deed.PROMOTE, {"bundle": "b-1"})
    assert (failed.deed, failed.what) == ("did not do it after all", {"entry": entry.number, "why": "no room"})


def test_what_is_not_allowed_is_not_in_the_audit(session: Session) -> None:
    with pytest.raises(InputError), session.doing(Deed.UNLOCK):
        pytest.fail("nobody is there")
    assert told(session) == []


def test_who_comes_and_who_has_to_wait_is_in_the_audit(session: Session) -> None:
    session.enter("olga", PINS["olga"])
    for _ in range(7):
        with pytest.raises(Refused):
            session.enter("tom", "111222")
    assert told(session) == [(ENTERED, "olga"), (LOCKED_OUT, "")]
    assert list(session._audit.entries())[-1].what == {"name": "tom", "seconds": 30}


def test_where_the_audit_cannot_be_written_only_the_kiosk_is_left(session: Session) -> None:
    session._audit.log.unlink()
    session._audit.log.mkdir()  # no file can be written there
    session.enter("maria", PINS["maria"])
    with session.doing(Deed.UNLOCK) as who:
        assert who == "maria"
    with pytest.raises((InputError, MachineError)), session.doing(Deed.PROMOTE, bundle="b"):
        pytest.fail("it is not written down")


def test_a_workspace_says_for_how_long(workspace: Workspace) -> None:
    (workspace.folder / "settings.yaml").write_text("format: 1\npeople:\n  lock_after_s: 7\n")
    assert session_of(workspace)._lock_after_s == 7
    (workspace.folder / "settings.yaml").write_text("format: 1\npeople:\n  audit_key: there.key\n")
    with pytest.raises(InputError, match=r"Cannot read the key of the audit log, .*there\.key"):
        session_of(workspace)

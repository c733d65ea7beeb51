"""The line between a supervisor and its child: nobody else is on it, and either end hears of the other's death."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inspector.supervisor import link
from inspector.supervisor.link import VARIABLE, Link, inherited, start_with_link
from inspector.supervisor.reports import MOST_BYTES
from tests.supervisor.recording import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
ECHO = "from inspector.supervisor.link import inherited; line, name = inherited(); line.send(name.encode()); "
NEEDS_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")


def started(program: str) -> tuple["subprocess.Popen[bytes]", Link]:
    return start_with_link([sys.executable, "-c", program], "child 7", {**os.environ, "PYTHONPATH": str(ROOT)})


def test_a_child_hears_and_is_heard() -> None:
    child, line = started(ECHO + "line.send(line.receive() * 2)")
    assert line.receive() == b"child 7"
    line.send(b"abc")
    assert line.receive() == b"abcabc"
    with pytest.raises(EOFError):
        line.receive()
    assert child.wait(PATIENCE_S) == 0
    line.close()


def test_the_death_of_a_child_is_heard() -> None:
    child, line = started(ECHO + "line.receive()")
    line.receive()
    child.send_signal(signal.SIGKILL)
    with pytest.raises((EOFError, OSError)):
        line.receive()
    child.wait(PATIENCE_S)
    line.close()


def test_letting_go_is_heard_by_the_child() -> None:
    child, line = started(ECHO + "import pytest\nwith pytest.raises(EOFError): line.receive()")
    line.receive()
    line.close()
    assert child.wait(PATIENCE_S) == 0


def test_what_a_child_starts_is_not_on_the_line() -> None:
    """Else a child's own child, a training say, would keep the line open after its death."""
    program = ECHO + (
        f"import os, subprocess, sys; assert {VARIABLE!r} not in os.environ; "
        "subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE, close_fds=False); "
        "line.receive(); os.kill(os.getpid(), 9)"
    )
    child, line = started(program)
    line.receive()
    line.send(b"now")
    with pytest.raises((EOFError, OSError)):
        line.receive()
    child.wait(PATIENCE_S)
    line.close()


@NEEDS_LINUX
def test_there_is_no_address_for_a_stranger() -> None:
    child, line = started(ECHO + "line.receive()")
    line.receive()
    opened = {str(fd.readlink()) for fd in Path(f"/proc/{child.pid}/fd").iterdir()}
    sockets = {name[len("socket:[") : -1] for name in opened if name.startswith("socket:[")}
    assert len(sockets) == 1
    unix = [row.split() for row in Path("/proc/net/unix").read_text().splitlines()[1:]]
    # Neither a name that one could connect to, which would be the eighth column, nor one that listens.
    assert [(len(row), row[3]) for row in unix if row[6] in sockets] == [(7, "00000000")]
    child.kill()
    child.wait()
    line.close()


def test_a_message_without_end_is_none_of_ours() -> None:
    child, line = started(ECHO + f"line.send(bytes({MOST_BYTES + 1})); line.receive()")
    line.receive()
    with pytest.raises(OSError, match="length"):
        line.receive()
    line.close()
    child.wait(PATIENCE_S)


def test_a_program_that_nobody_supervises_has_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert inherited() is None
    monkeypatch.setenv(VARIABLE, "none of ours")
    assert inherited() is None


def test_what_cannot_be_started_leaves_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(link, "Pipe", lambda: made.append(PIPE()) or made[-1])
    with pytest.raises(OSError, match="No such file"):
        start_with_link(["/nowhere/python"], "a", {})
    assert [end.closed for pair in made for end in pair] == [True, True]


PIPE = link.Pipe

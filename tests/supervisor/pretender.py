"""A child without pictures that behaves as its first argument says, for tests of who supervises it."""

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from inspector.inspection.verdict import Verdict  # noqa: E402
from inspector.plant.signals import Phase  # noqa: E402
from inspector.supervisor.link import Link, inherited  # noqa: E402
from inspector.supervisor.reports import decoded_request, encoded  # noqa: E402
from tests.supervisor.saying import Saying  # noqa: E402


def healthy(link: Link, saying: Saying) -> None:
    """Passes a workpiece, and judges pictures of it for ever."""
    for number in range(10**6):
        link.send(encoded(saying.seen(time.monotonic(), inspection="i1", verdict=1)))
        if number == 0:
            link.send(encoded(saying.decided(time.monotonic(), "i1")))
        time.sleep(0.02)


def asked(link: Link, saying: Saying) -> None:
    """Is ready, and answers the first trigger."""
    link.send(encoded(saying.seen(time.monotonic())))
    trigger = decoded_request(link.receive())
    link.send(encoded(saying.seen(time.monotonic(), inspection="i1", verdict=1)))
    link.send(encoded(saying.decided(time.monotonic(), "i1", trigger=trigger.id, serial=trigger.serial)))
    healthy(link, saying)


def repeats(link: Link, saying: Saying) -> None:
    """Passes, and complains of what is wrong with a way to the plant, as whoever stands there reads it."""
    link.send(encoded(saying.seen(time.monotonic())))
    trouble = decoded_request(link.receive())
    while True:
        link.send(encoded(saying.seen(time.monotonic(), message=f"read: {trouble.text}")))
        time.sleep(0.02)


def garbage(link: Link, saying: Saying) -> None:
    """Passes, and then says what is no report."""
    link.send(encoded(saying.seen(time.monotonic(), inspection="i1", verdict=1)))
    link.send(encoded(saying.decided(time.monotonic(), "i1")))
    link.send(b'{"passed": true}')
    time.sleep(60)


def replay(link: Link, saying: Saying) -> None:
    """Says the same report twice."""
    report = encoded(saying.seen(time.monotonic()))
    link.send(report)
    link.send(report)
    time.sleep(60)


def complains(link: Link, saying: Saying) -> None:
    """Ends at once, and says why."""
    sys.stderr.write("There is no recipe 'lid'.\n")
    sys.exit(2)


def silent(link: Link, saying: Saying) -> None:
    """Passes, and says nothing any more."""
    link.send(encoded(saying.seen(time.monotonic(), inspection="i1", verdict=1)))
    link.send(encoded(saying.decided(time.monotonic(), "i1")))
    time.sleep(60)


def lets_go(link: Link, saying: Saying) -> None:
    """Passes, and lets go of the line, but lives on, and does not want to end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    link.send(encoded(saying.seen(time.monotonic(), inspection="i1", verdict=1)))
    link.send(encoded(saying.decided(time.monotonic(), "i1")))
    link.close()
    time.sleep(60)


def last_word(link: Link, saying: Saying) -> None:
    """Decides one more when it is asked to end."""

    def leave(number: int, frame: object) -> None:
        link.send(encoded(saying.decided(time.monotonic(), "the last")))
        sys.exit(0)

    signal.signal(signal.SIGTERM, leave)
    while True:
        link.send(encoded(saying.seen(time.monotonic(), phase=Phase.RUNNING, verdict=Verdict.UNDEFINED.value)))
        time.sleep(0.02)


MANNERS: tuple[Callable[[Link, Saying], None], ...] = (
    *(healthy, asked, repeats, garbage, replay),
    *(complains, silent, lets_go, last_word),
)


def main() -> None:
    """Find the line and behave."""
    found = inherited()
    assert found is not None
    link, generation = found
    {manner.__name__: manner for manner in MANNERS}[sys.argv[1]](link, Saying(generation))


if __name__ == "__main__":
    main()

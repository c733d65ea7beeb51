"""What nobody says any more is not believed."""

from inspector.plant.feed import Feed
from inspector.plant.output import SAFE_AFTER_S
from inspector.plant.signals import SAFE, safe
from tests.plant.peers import Hands, result


def test_nothing_was_ever_said() -> None:
    assert Feed(Hands()).newest() == Feed(Hands()).silence() == SAFE


def test_it_is_believed_for_a_second_and_no_longer() -> None:
    clock = Hands()
    feed = Feed(clock)
    feed.put(result())
    clock.now += SAFE_AFTER_S
    assert feed.silence() is None
    assert feed.newest() == result()
    clock.now += 0.001
    assert feed.newest() == feed.silence() == safe(result())


def test_who_speaks_again_is_believed_again() -> None:
    clock = Hands()
    feed = Feed(clock)
    feed.put(result())
    clock.now += 60
    feed.put(result())
    assert feed.newest() == result()

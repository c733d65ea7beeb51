from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from inspector.inspection.guard.alarm import LOWER_S, RAISE_S, Alarm


def heard(amounts: list[float | None], every_s: float = 0.2) -> list[tuple[bool, bool]]:
    """Whether it is told, and whether there is doubt, after each amount."""
    alarm, found = Alarm(), []
    for number, amount in enumerate(amounts):
        alarm.hear(amount, f"It is {amount}.", number * every_s)
        found.append((alarm.told is not None, alarm.doubt is not None))
    return found


def test_it_is_doubted_at_once_told_after_a_while_and_taken_back_after_a_longer_one() -> None:
    told = heard([0.1, 2, 2, 2, *[0.1] * 7])
    # 2 x 0.2 s until it is told; 1 s, counted from the first that is right, until it is not.
    assert told[:4] == [(False, False), (False, True), (False, True), (True, False)]
    assert told[4:] == [(True, False)] * 5 + [(False, False)] * 2


def test_what_passes_is_never_told() -> None:
    assert not any(told for told, _ in heard([2, 2, 0.9] * 10))


def test_what_lies_at_the_limit_stays_told() -> None:
    assert all(told for told, _ in heard([1.1] * 3 + [0.9, 1.1, 0.95, 0.85] * 10)[2:])


def test_what_cannot_be_told_changes_nothing() -> None:
    assert heard([2, 2, None, 2, 2])[-1] == (False, True)
    assert all(told for told, _ in heard([2, 2, 2, *[None] * 20])[2:])


def test_the_sentence_does_not_dance() -> None:
    alarm = Alarm()
    for number in range(10):
        alarm.hear(2 + number, f"It is {number}.", number * 0.2)
    assert alarm.told == "It is 2."


@given(st.lists(st.one_of(st.none(), st.floats(0, 3)), max_size=60))
def test_it_turns_only_after_so_long_of_the_same(amounts: list[float | None]) -> None:
    told = [False] + [told for told, _ in heard(amounts)]
    for index, (before, after) in enumerate(pairwise(told)):
        if before != after:
            needed = round((RAISE_S if after else LOWER_S) / 0.2) + 1
            last = amounts[max(0, index - needed + 1) : index + 1]
            assert len(last) == needed
            assert all(a is not None and (a > 1 if after else a < 1) for a in last)

"""Sets of settings, and how long they take in words."""

import pytest

from inspector.presets import PRESETS, in_words


def test_each_takes_on_more_than_the_one_before():
    sides = [preset.long_side for preset in PRESETS.values()]
    efforts = [preset.settings.get("effort", 1) for preset in PRESETS.values()]
    assert sides == sorted(sides)
    assert efforts == sorted(efforts)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (89, "89 seconds"), (90, "2 minutes"), (5000, "83 minutes"), (5400, "1 hour 30 minutes"),
     (7800, "2 hours 10 minutes"), (7200, "2 hours"), (172000, "47 hours 50 minutes"),
     (172800, "2 days"), (220000, "3 days")],
)  # fmt: skip
def test_durations_in_words(seconds, words):
    assert in_words(seconds) == words

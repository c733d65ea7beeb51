"""Tones: what is heard of each verdict, and silence where nothing can sound."""

import sys
from array import array
from itertools import combinations, pairwise

import pytest
from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from inspector.inspection.verdict import Verdict
from ui import tones
from ui.tones import RATE, TUNES, Silence, Tones, choose, chosen, samples
from ui.widgets.tones_card import TonesCard

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Heard:
    """A speaker that notes what it plays."""

    able = True

    def __init__(self) -> None:
        self.waves: list[bytes] = []

    def play(self, wave: bytes) -> None:
        self.waves.append(wave)


def crossings(wave: array) -> int:
    """How often it goes up through nothing."""
    return sum(before < 0 <= after for before, after in pairwise(wave))


@pytest.mark.parametrize("name", [name for name in TUNES if name != "none"])
def test_a_tune_lasts_as_long_as_its_notes_and_does_not_click(name: str) -> None:
    wave = array("h", samples(TUNES[name]))
    assert len(wave) == pytest.approx(RATE * sum(seconds for _, seconds in TUNES[name]), abs=len(TUNES[name]))
    assert abs(wave[0]) < 500
    assert abs(wave[-1]) < 500
    assert 12_000 < max(wave) <= 32_767


def test_a_tone_has_its_pitch() -> None:
    assert crossings(array("h", samples(((440.0, 1.0),)))) == pytest.approx(440, abs=2)


def test_no_two_tunes_sound_alike() -> None:
    waves = [samples(notes) for notes in TUNES.values()]
    assert all(one != other for one, other in combinations(waves, 2))


def test_each_verdict_has_the_tone_that_was_chosen(qapp: object) -> None:
    heard = Heard()
    sounds = Tones(heard)
    sounds.say(Verdict.OK)
    assert heard.waves == []
    choose(Verdict.OK, "high")
    choose(Verdict.NOT_OK, "none")
    for verdict in (Verdict.OK, Verdict.NOT_OK, Verdict.NOT_DECIDABLE):
        sounds.say(verdict)
    assert heard.waves == [samples(TUNES["high"]), samples(TUNES["twice"])]


def test_a_name_that_nobody_knows_is_silence(qapp: object) -> None:
    choose(Verdict.OK, "trumpet")
    assert chosen(Verdict.OK) == "none"


def test_without_what_qt_needs_there_is_silence_and_no_exception(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PyQt5.QtMultimedia", None)
    sounds = Tones()
    assert not sounds.able
    sounds.say(Verdict.NOT_OK)
    assert isinstance(tones.speaker(QObject()), Silence)


def test_a_tone_is_heard_when_it_is_chosen(qtbot: QtBot) -> None:
    page, heard = QWidget(), Heard()
    over = QWidget(page)
    page.resize(800, 600)
    over.resize(800, 600)
    card = TonesCard(over, Tones(heard))
    qtbot.addWidget(page)
    page.show()
    card.come()
    choice = card.choices[Verdict.NOT_OK]
    assert choice.currentText() == "Two tones, falling"
    choice.setCurrentIndex(list(TUNES).index("alarm"))
    choice.activated[int].emit(choice.currentIndex())
    assert heard.waves == [samples(TUNES["alarm"])]
    assert chosen(Verdict.NOT_OK) == "alarm"
    assert not card._silent.isVisible()

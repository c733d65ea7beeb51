"""What the large panel and the small indicator say of a moment of the station. Pure."""

from dataclasses import dataclass

from PyQt5.QtCore import QCoreApplication

from inspector.inspection.verdict import Verdict
from inspector.inspection.view import State
from ui.theme import CALM, FAULT, TONES, Tone
from ui.widgets.shapes import SIGNS, Sign


@dataclass(frozen=True)
class Look:
    """A sign, a word and the colours that belong to them. loud: fill the panel, to be read from five metres."""

    sign: Sign
    word: str
    tone: Tone
    verdict: Verdict = Verdict.UNDEFINED
    loud: bool = False


def verdict_look(state: State, verdict: Verdict) -> Look:
    """The large panel. A fault outweighs whatever verdict there was."""
    if state is State.ERROR:
        return Look(Sign.ALARM, _tr("FAULT"), FAULT, loud=True)
    if verdict is not Verdict.UNDEFINED:
        return Look(SIGNS[verdict], _tr(verdict.word), TONES[verdict], verdict, loud=True)
    sign, word = {
        State.STOPPED: (Sign.STOP, _tr("Not inspecting")),
        State.STARTING: (Sign.ARC, _tr("Starting")),
        State.READY: (Sign.RING, _tr("Waiting for the camera")),
        State.RUNNING: (Sign.RING, _tr("Looking")),
    }[state]
    return Look(sign, word, CALM)


def state_look(state: State) -> Look:
    """The small indicator."""
    sign, word = {
        State.STOPPED: (Sign.STOP, _tr("Stopped")),
        State.STARTING: (Sign.ARC, _tr("Starting")),
        State.READY: (Sign.RING, _tr("Ready")),
        State.RUNNING: (Sign.PLAY, _tr("Running")),
        State.ERROR: (Sign.ALARM, _tr("Fault")),
    }[state]
    return Look(sign, word, FAULT if state is State.ERROR else CALM, loud=state is State.ERROR)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Look", text)

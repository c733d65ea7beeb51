"""What the large panel and the small indicator say of a moment of the station. Pure."""

from dataclasses import dataclass

from inspector.inspection.verdict import Verdict
from inspector.inspection.view import State
from ui.theme import CALM, FAULT, TONES, Tone
from ui.translation import translate
from ui.widgets.shapes import SIGNS, Sign


@dataclass(frozen=True)
class Look:
    """A sign, a word and the colours that belong to them. loud: fill the panel, to be read from five metres."""

    sign: Sign
    word: str
    tone: Tone
    verdict: Verdict = Verdict.UNDEFINED
    loud: bool = False


def word_of(verdict: Verdict) -> str:
    """As the screen says it; "" where nothing was judged."""
    return {
        Verdict.UNDEFINED: "",
        Verdict.OK: translate("Look", "PASS"),
        Verdict.NOT_OK: translate("Look", "FAIL"),
        Verdict.NOT_DECIDABLE: translate("Look", "UNSURE"),
    }[verdict]


def verdict_look(state: State, verdict: Verdict) -> Look:
    """The large panel. A fault outweighs whatever verdict there was."""
    if state is State.ERROR:
        return Look(Sign.ALARM, translate("Look", "FAULT"), FAULT, loud=True)
    if verdict is not Verdict.UNDEFINED:
        return Look(SIGNS[verdict], word_of(verdict), TONES[verdict], verdict, loud=True)
    sign, word = {
        State.STOPPED: (Sign.STOP, translate("Look", "Not inspecting")),
        State.STARTING: (Sign.ARC, translate("Look", "Starting")),
        State.PROVING: (Sign.ARC, translate("Look", "Proving")),
        State.READY: (Sign.RING, translate("Look", "Waiting for the camera")),
        State.RUNNING: (Sign.RING, translate("Look", "Looking")),
    }[state]
    return Look(sign, word, CALM)


def state_look(state: State) -> Look:
    """The small indicator."""
    sign, word = {
        State.STOPPED: (Sign.STOP, translate("Look", "Stopped")),
        State.STARTING: (Sign.ARC, translate("Look", "Starting")),
        State.PROVING: (Sign.ARC, translate("Look", "Proving")),
        State.READY: (Sign.RING, translate("Look", "Ready")),
        State.RUNNING: (Sign.PLAY, translate("Look", "Running")),
        State.ERROR: (Sign.ALARM, translate("Look", "Fault")),
    }[state]
    return Look(sign, word, FAULT if state is State.ERROR else CALM, loud=state is State.ERROR)

"""How a frame's standing looks: a word, a sign and a tone that say the same. Pure."""

from dataclasses import dataclass

from inspector.inspection.verdict import Verdict
from inspector.labeling.reel import Standing
from ui import theme
from ui.translation import translate
from ui.widgets.shapes import Sign


@dataclass(frozen=True)
class StandingLook:
    """sign: where there is room for one; on the timeline, the height and the filling of a bar take its place."""

    word: str
    sign: Sign
    tone: theme.Tone


def standing_look(standing: Standing) -> StandingLook:
    """What a person is shown of it."""
    unsure = theme.TONES[Verdict.NOT_DECIDABLE]
    match standing:
        case Standing.BOXES:
            return StandingLook(translate("StandingLook", "Boxes"), Sign.BOX, theme.TONES[Verdict.OK])
        case Standing.EMPTY:
            return StandingLook(translate("StandingLook", "Empty"), Sign.NOTHING, theme.FAULT)
        case Standing.IGNORED:
            return StandingLook(translate("StandingLook", "Ignored"), Sign.CROSS, theme.CALM)
        case Standing.WAITING:
            return StandingLook(translate("StandingLook", "Suggested"), Sign.DASHED, unsure)
        case Standing.DOUBTFUL:
            return StandingLook(translate("StandingLook", "Doubtful"), Sign.QUESTION, unsure)
        case Standing.CONTRADICTING:
            return StandingLook(translate("StandingLook", "Contradicts"), Sign.ALARM, theme.TONES[Verdict.NOT_OK])
        case Standing.UNLABELED:
            return StandingLook(translate("StandingLook", "Unlabeled"), Sign.DOT, theme.CALM)

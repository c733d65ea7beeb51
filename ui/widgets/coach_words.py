"""What the coach says, in the person's language."""

from inspector.labeling.coach import Advice, AlmostRight, Grade
from ui.translation import translate


def advice_in_words(advice: Advice) -> str:
    """A sentence; "" for nothing."""
    return {
        Advice.NONE: "",
        Advice.DARK: translate("Coach", "The picture is dark: check the light and the lens cap."),
        Advice.DIM: translate("Coach", "The picture is dim: add light, or lengthen the exposure."),
        Advice.BLOWN_OUT: translate("Coach", "The picture is blown out: shorten the exposure or dim the light."),
        Advice.GLARE: translate(
            "Coach", "A part of the picture is blown out: tilt the lamp or the product, or shorten the exposure."
        ),
        Advice.BLURRED: translate("Coach", "The picture is blurred: move slower, or look after the focus."),
        Advice.ENOUGH: translate("Coach", "Enough: nothing new comes any more."),
        Advice.NOTHING_NEW: translate(
            "Coach", "Nothing new: move and turn the product a little, and shade the light with a hand."
        ),
        Advice.REACHES_IN: translate(
            "Coach",
            "Something reaches over the picture's edge: show the part whole, and take the hand away now and then.",
        ),
        Advice.RESTLESS: translate("Coach", "Let it rest now and then: the station judges what rests."),
    }[advice]


def grade_in_words(grade: Grade, good: str) -> str:
    """good: what to call it where all is well."""
    return {
        Grade.UNKNOWN: "",
        Grade.DARK: translate("Coach", "too dark"),
        Grade.BLOWN_OUT: translate("Coach", "blown out"),
        Grade.BLURRED: translate("Coach", "blurred"),
        Grade.GOOD: good,
    }[grade]


def almost_right() -> str:
    """What to show in a negative too."""
    words = {
        AlmostRight.EMPTY: translate("Coach", "the empty place"),
        AlmostRight.VARIANT: translate("Coach", "another variant"),
        AlmostRight.HALF_SEATED: translate("Coach", "the component half seated"),
        AlmostRight.COVERED: translate("Coach", "a hand or a tool in its place"),
    }
    return ", ".join(words[one] for one in AlmostRight)

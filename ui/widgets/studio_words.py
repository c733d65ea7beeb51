"""What a page says of a studio: the sentence of the moment, what to show next, and what lies over the picture."""

from inspector.capture.claim import Claim
from inspector.labeling.studio import Glance
from ui.stations import Advice
from ui.translation import translate
from ui.widgets.claim_look import claim_look
from ui.widgets.coach_words import advice_in_words, almost_right


def said_of(glance: Glance, closed: bool, covered: bool) -> str:
    """The coach's sentence of the moment, or what is wrong with the picture.

    closed: no camera is open. covered: something lies over the picture, so that nothing is said there.
    """
    if glance.frame is None and not glance.fault and not closed:
        return translate("RecordPage", "The camera is being opened.")
    said = advice_in_words(glance.judged.advice) if glance.live else ""
    return said or (glance.fault if glance.live or covered else "")


def hint_of(claim: Claim | None) -> str:
    """What to show for it."""
    if claim is None:
        return ""
    if claim.empty:
        return translate("RecordPage", "Show also what is almost right: %1.").replace("%1", almost_right())
    return translate("RecordPage", "It must be in every frame. Move and turn the product, and let it rest in between.")


def without_recipe(fault: str) -> Advice:
    """fault: why the recipe cannot be read, "" where there is none."""
    if fault:
        return Advice(translate("RecordPage", "This recipe cannot be read"), fault)
    text = translate("RecordPage", "Make one on the page of the recipes; then record it here.")
    return Advice(translate("RecordPage", "No recipe yet"), text)


def dragged_over(claim: Claim) -> Advice:
    """Files are held over the page."""
    return Advice(translate("RecordPage", "Drop it to import it"), claim_look(claim).sentence)


def no_picture(why: str) -> Advice:
    return Advice(translate("RecordPage", "There is no picture"), why)


def not_done(why: str) -> Advice:
    """What follows a recording failed."""
    title = translate("RecordPage", "The recordings are kept")
    return Advice(title, why, button=translate("RecordPage", "Understood"))

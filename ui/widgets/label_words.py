"""What the label page says in the place of a picture, and of what went wrong."""

from ui.stations import Advice
from ui.translation import translate


def without_recipe(fault: str) -> Advice:
    """fault: why the recipe cannot be read, "" where there is none."""
    if fault:
        return Advice(translate("LabelPage", "This recipe cannot be read"), fault)
    text = translate("LabelPage", "Make one on the page of the recipes, then record it.")
    return Advice(translate("LabelPage", "No recipe yet"), text)


def nothing_recorded() -> Advice:
    """There is nothing to label."""
    text = translate(
        "LabelPage", "Record the component once where it is there and once where it is not; its frames come here."
    )
    return Advice(translate("LabelPage", "Nothing is recorded yet"), text)


def no_frames() -> Advice:
    """Something is recorded, and its frames can be taken."""
    text = translate("LabelPage", "Sharp, different frames are taken out of the recordings of this recipe.")
    return Advice(translate("LabelPage", "No frames yet"), text, button=translate("LabelPage", "Take the frames"))


def cannot_be_labeled(fault: str) -> Advice:
    return Advice(translate("LabelPage", "This recording cannot be labeled"), fault)


def cannot_be_shown(fault: str) -> Advice:
    return Advice(translate("LabelPage", "This picture cannot be shown"), fault)


def not_written(count: int, fault: str) -> Advice:
    """So many changes wait to be written, and why."""
    text = translate("LabelPage", "%1 Nothing is lost: it is kept here, and written with the next change or Ctrl+S.")
    title = translate("LabelPage", "Changes that are not written yet: %1").replace("%1", str(count))
    return Advice(title, text.replace("%1", fault))


def went_wrong(complaint: str, fault: str) -> Advice | None:
    """complaint: what a person can take note of; fault: what lasts; None where there is neither."""
    button = translate("LabelPage", "Understood") if complaint else ""
    text = complaint or fault
    return Advice(translate("LabelPage", "Please note"), text, button=button) if text else None

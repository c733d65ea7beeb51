"""Who says what is known of a frame, in a few words."""

from inspector.labeling.annotation import ATTESTATION, IMPORT, UNSEEN, Annotation
from inspector.labeling.suggestions import Origin, Suggested
from ui.translation import translate


def detail_of(known: Annotation, waits: Suggested | None, attested_by: str | None) -> str:
    """attested_by: who says that the component is nowhere in the recording."""
    if waits is not None:
        return _proposed(waits)
    if known.by is None:
        if known.rejected is not None:
            return translate("FrameWords", "the suggestion was rejected")
        return translate("FrameWords", "nobody has looked yet")
    sure = "" if known.confidence is None else f", {known.confidence:.0%}"
    match known.by:
        case str(by) if by == ATTESTATION:
            return translate("FrameWords", "attested by %1").replace("%1", attested_by or "?")
        case str(by) if by == IMPORT:
            return translate("FrameWords", "imported")
        case str(by) if by in UNSEEN:
            return translate("FrameWords", "taken without a look") + sure
        case by:
            return translate("FrameWords", "by %1").replace("%1", by)


def _proposed(waits: Suggested) -> str:
    text = {
        Origin.CONTRAST: translate("FrameWords", "by contrast, %1 sure"),
        Origin.TRACKING: translate("FrameWords", "followed, %1 sure"),
        Origin.DETECTOR: translate("FrameWords", "by a quick detector, %1 sure"),
    }[waits.origin]
    return text.replace("%1", f"{waits.sure:.0%}")

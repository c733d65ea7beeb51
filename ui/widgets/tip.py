"""Tool tips that say what somebody else typed: a serial number with brackets is text, and no mark-up."""

import html

from PyQt5.QtCore import Qt


def as_tip(text: str) -> str:
    """The text for `setToolTip`, which takes what looks like HTML for that."""
    is_rich = Qt.mightBeRichText(text)  # type: ignore[call-arg, arg-type]  # the stubs take it for a method
    return f"<p>{html.escape(text).replace(chr(10), '<br>')}</p>" if is_rich else text

"""Tool tips that say what somebody else typed: a serial number with brackets is text, and no mark-up."""

import html

from PyQt5.QtCore import Qt


def as_tip(text: str) -> str:
    """The text for `setToolTip`, which takes what looks like HTML for that."""
    return f"<p>{html.escape(text).replace(chr(10), '<br>')}</p>" if Qt.mightBeRichText(text) else text

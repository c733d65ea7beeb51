"""What others typed is shown in tool tips as it is."""

from PyQt5.QtCore import Qt

from ui.widgets.tip import as_tip


def test_what_looks_like_mark_up_is_text() -> None:
    tip = as_tip('<img src="file:///etc/x">\nSN-1 & 2')
    assert tip == "<p>&lt;img src=&quot;file:///etc/x&quot;&gt;<br>SN-1 &amp; 2</p>"


def test_other_text_stays_as_it_is() -> None:
    assert as_tip("SN-1 < 2\nB") == "SN-1 < 2\nB"
    assert not Qt.mightBeRichText("SN-1 < 2\nB")

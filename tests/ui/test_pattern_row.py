"""A pattern's row in a recipe."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui import preferences, theme, translation
from ui.widgets.pattern_row import PatternRow


@pytest.fixture(params=preferences.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    translation.use(request.param)
    yield request.param
    translation.use("en")


@pytest.mark.parametrize("passes", [True, False])
def test_whether_it_passes_is_written_whole_in_every_language(qtbot: QtBot, language: str, passes: bool) -> None:
    row = PatternRow()
    qtbot.addWidget(row)
    row.setStyleSheet(theme.style_sheet(15))
    row.resize(370, 60)
    row.show()
    row.scale()
    row.show_pattern({"name": "on", "passes": passes}, "", "")
    assert row.passing.sizeHint().width() <= row.passing.width(), row.passing.text()

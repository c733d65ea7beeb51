"""What the history page writes for somebody else, while it goes on."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.inspection.records import Records
from inspector.people.session import session_of
from inspector.settings import Workspace
from tests.ui.given import open_page, settle
from tests.ui.kept import inspection, keep
from ui.archive import Form
from ui.desk import Desk
from ui.pages.history import HistoryPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_what_is_being_written_is_followed_and_can_be_cancelled(
    workspace: Workspace, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(workspace, inspection(1, datetime.now().astimezone()))
    page = HistoryPage(Desk(workspace), lambda: session_of(workspace))
    open_page(qtbot, page)
    told: list[str] = []
    page.told.connect(told.append)
    goes_on, now = threading.Event(), [100.0]
    monkeypatch.setattr("ui.widgets.underway.time.monotonic", lambda: now[0])

    def slow(_: Records, __: Path, ___: object, ____: object, progress: Callable[[int, int], None]) -> int:
        progress(100, 900)
        assert goes_on.wait(20)
        progress(300, 900)
        return 900

    monkeypatch.setattr("inspector.inspection.records.export.export", slow)
    page.write(Form.CSV, page.search.asked, tmp_path / "out")
    line = page.working.underway.line
    qtbot.waitUntil(lambda: line.text == "Writing: 100 of 900" and page.working.isVisible())
    now[0] += 4
    qtbot.waitUntil(lambda: line.text == "Writing: 100 of 900  0:32 left")
    page.write(Form.CSV, page.search.asked, tmp_path / "other")
    assert told[-1] == "Something is being written already: wait, or cancel it."
    page.working.button.click()
    goes_on.set()
    settle(qtbot, page)
    assert (told[-1], page.working.isVisible()) == ("Cancelled: nothing was written.", False)

"""What `settings.yaml` says of records: where, how long, and never the password."""

import pytest

from inspector.errors import FileProblems
from inspector.keeping import Keeping
from inspector.settings import Workspace

ADDRESS = "postgresql+psycopg://plant:secret@host:5432/line"


def test_the_section_is_read(workspace: Workspace) -> None:
    write(workspace, f"  database: {ADDRESS}\n  station: left\n  keep_days: 400\n  keep_gb: 20\n")
    assert workspace.settings().records == Keeping(database=ADDRESS, station="left", keep_days=400, keep_gb=20)


@pytest.mark.parametrize(
    "database",
    [
        "postgresql://plant:secret@host/line",
        "postgresql+psycopg://plant:secret@host",
        "postgresql+psycopg://plant:secret@host:port/line",
        "secret",
        "[secret]",
        "{secret: secret}",
        "''",
    ],
)
def test_what_is_no_database_is_told_without_repeating_it(workspace: Workspace, database: str) -> None:
    write(workspace, f"  database: {database}\n")
    with pytest.raises(FileProblems, match=r"settings\.yaml:3: records\.database: should be postgresql") as told:
        workspace.settings()
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("line", ["keep_days: 0", "keep_gb: -1", "keep_pictures_days: .nan", "station: ''"])
def test_limits_that_keep_nothing_are_faults(workspace: Workspace, line: str) -> None:
    write(workspace, f"  {line}\n")
    with pytest.raises(FileProblems, match=r"settings\.yaml:3: records\."):
        workspace.settings()


def write(workspace: Workspace, lines: str) -> None:
    (workspace.folder / "settings.yaml").write_text(f"format: 1\nrecords:\n{lines}")

"""The bundles of a recipe side by side."""

from pathlib import Path

from inspector.bundle import FILE, Bundle, promote
from inspector.frame import utc_now
from inspector.recipe import Component, Recipe
from inspector.settings import Workspace
from inspector.validation.account import Account, write_account
from inspector.validation.lineup import Lineup, lineup_of
from tests.test_bundle import make


def test_an_empty_workspace_has_none(workspace: Workspace) -> None:
    assert lineup_of(workspace, "lamp") == Lineup()


def test_the_newest_is_first_and_the_one_in_use_is_known(workspace: Workspace, red_network: Path) -> None:
    for name in ("lamp-1", "lamp-2", "lamp-3"):
        make(workspace.bundles / name, red_network)
    make(workspace.bundles / "box-1", red_network, Recipe(name="box", components=(Component(name="lamp"),)))
    for name in ("lamp-1", "lamp-3"):
        promote(workspace.bundles, Bundle.open(workspace.bundles / name))
    account = Account(bundle="lamp-2", recipe="lamp", made_at=utc_now(), frames=3, rows=())
    write_account(workspace.reports, account)
    lineup = lineup_of(workspace, "lamp")
    assert [(one.manifest.id, one.in_use, one.before) for one in lineup.bundles] == [
        ("lamp-3", True, False),
        ("lamp-2", False, False),
        ("lamp-1", False, True),
    ]
    assert [one.account for one in lineup.bundles] == [None, account, None]
    assert lineup.in_use is lineup.bundles[0]


def test_a_damaged_one_is_told_and_hides_no_other(workspace: Workspace, red_network: Path) -> None:
    for name in ("lamp-1", "lamp-2"):
        make(workspace.bundles / name, red_network)
    (workspace.bundles / "lamp-1" / FILE).write_text("format: 1\n")
    workspace.reports.mkdir()
    lineup = lineup_of(workspace, "lamp")
    assert [one.manifest.id for one in lineup.bundles] == ["lamp-2"]
    assert lineup.faults == ("The bundle lamp-1 was changed since it was made. Copy it again, or train again.",)
    (workspace.reports / "lamp-2.yaml").write_text("format: 2\n")
    lineup = lineup_of(workspace, "lamp")
    assert [(one.manifest.id, one.account) for one in lineup.bundles] == [("lamp-2", None)]
    assert lineup.faults[1] == "What the validation of lamp-2 kept is damaged: validate it again."

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inspector.errors import MachineError
from inspector.inspection.proving.proof import FILE, Proof, Showing, keep, keeping, kept_proofs
from inspector.inspection.proving.schedule import Why
from inspector.inspection.verdict import Verdict

AT = datetime(2026, 6, 1, 6, tzinfo=UTC)
PROOF = Proof(
    AT, AT, Why.SHIFT, "Ada", "box", "box-1", (Showing("bad", "B-7", Verdict.OK, False, "why"),), "It was PASS."
)


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / FILE).read_text().splitlines()]


def test_each_is_a_line(tmp_path: Path) -> None:
    keep(tmp_path, PROOF)
    keep(tmp_path, PROOF)
    assert lines(tmp_path) == 2 * [
        {
            "started_at": "2026-06-01T06:00:00+00:00",
            "ended_at": "2026-06-01T06:00:00+00:00",
            "why": "shift",
            "by": "Ada",
            "recipe": "box",
            "bundle": "box-1",
            "passed": False,
            "fault": "It was PASS.",
            "showings": [{"what": "bad", "name": "B-7", "verdict": "OK", "right": False, "reason": "why"}],
        }
    ]


def test_what_a_power_cut_left_of_a_line_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"started_at": "2026-')
    keep(tmp_path, PROOF)
    assert json.loads((tmp_path / FILE).read_text().splitlines()[-1])["by"] == "Ada"


def test_what_was_kept_is_read_again_the_newest_first(tmp_path: Path) -> None:
    assert kept_proofs(tmp_path, 9) == []
    later = replace(PROOF, started_at=AT + timedelta(hours=8), fault="", by="")
    keep(tmp_path, PROOF)
    with (tmp_path / FILE).open("a") as file:
        file.write('{"started_at": "2026-\n[]\nnull\n')
    keep(tmp_path, later)
    assert kept_proofs(tmp_path, 9) == [later, PROOF]
    assert kept_proofs(tmp_path, 1) == [later]


def test_what_cannot_be_kept_is_not_told(tmp_path: Path) -> None:
    told: list[Proof] = []
    with pytest.raises(MachineError, match="Cannot write"):
        keeping(tmp_path / "gone", told.append)(PROOF)
    assert told == []


def test_without_a_folder_it_is_told_alone() -> None:
    told: list[Proof] = []
    keeping(None, told.append)(PROOF)
    assert told == [PROOF]

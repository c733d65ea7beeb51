"""What others marked, as it is read here."""

import json
from pathlib import Path

from tests.benchmarks.marked import read_coco, read_voc


def test_coco_gives_each_picture_its_boxes_and_a_picture_without_any_stays(tmp_path: Path) -> None:
    known = {
        "images": [{"id": 7, "file_name": "b.jpg"}, {"id": 3, "file_name": "a.jpg"}],
        "categories": [{"id": 1, "name": "open"}, {"id": 4, "name": "short"}],
        "annotations": [{"image_id": 7, "category_id": 4, "bbox": [10, 20, 5, 6]}],
    }
    (tmp_path / "annotations.json").write_text(json.dumps(known))
    marked, names = read_coco(tmp_path)
    assert names == ["open", "short"]
    assert [path.name for path in marked] == ["a.jpg", "b.jpg"]
    (none, nothing), (boxes, classes) = marked.values()
    assert (len(none), nothing) == (0, [])
    assert (boxes.tolist(), classes) == ([[10, 20, 15, 26]], [1])


def test_voc_gives_boxes_and_the_numbers_of_their_names(tmp_path: Path) -> None:
    box = "<bndbox><xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>5</ymax></bndbox>"
    (tmp_path / "a.xml").write_text(f"<annotation><object><name>hole</name>{box}</object></annotation>")
    boxes, classes = read_voc(tmp_path / "a.xml", ("screw", "hole"))
    assert (boxes.tolist(), classes) == ([[1, 2, 3, 5]], [1])

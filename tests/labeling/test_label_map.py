from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.errors import FileProblems, InputError
from inspector.labeling.formats.label_map import Item, read_label_map, write_label_map

names = st.lists(st.text(min_size=1), max_size=5, unique=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(labels=names.filter(bool))
def test_what_goes_out_comes_in_again(labels: list[str], tmp_path: Path) -> None:
    write_label_map(tmp_path / "a.pbtxt", labels)
    items = read_label_map(tmp_path / "a.pbtxt")
    assert items == tuple(Item(number, label) for number, label in enumerate(labels, 1))


def test_what_is_written_looks_like_their_own(tmp_path: Path, shared_data: Path) -> None:
    write_label_map(tmp_path / "a.pbtxt", ["hole", "screw"])
    theirs = shared_data / "tf_object_detection_api" / "screw_label_map.pbtxt"
    assert (tmp_path / "a.pbtxt").read_text().split() == theirs.read_text().split()
    assert read_label_map(theirs) == (Item(1, "hole"), Item(2, "screw"))


def read(tmp_path: Path, text: str) -> tuple[Item, ...]:
    (tmp_path / "map.pbtxt").write_text(text)
    return read_label_map(tmp_path / "map.pbtxt")


def test_people_read_the_display_name_and_the_background_is_no_label(tmp_path: Path) -> None:
    text = """item { id: 0 name: "background" }
    item: { name: "/m/01g317", id: 1, display_name: "person" keypoints { id: 1 label: "nose" } }
    item { id: 3 display_name: "car" ancestor_ids: [1, 2] }"""
    assert [(item.id, item.name, item.label) for item in read(tmp_path, text)] == [
        (1, "/m/01g317", "person"),
        (3, "car", "car"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", ": this label map holds no item"),
        ("items { id: 1 name: 'a' }", ":1: a label map holds items alone, not 'items'. Did you mean 'item'?"),
        ("item: 1", "holds items alone"),
        ("item { name: 'a' }", "id should be a whole number from 1"),
        ("item { id: 1.5 name: 'a' }", "id should be a whole number from 1"),
        ("item { id: -1 name: 'a' }", "id should be a whole number from 1"),
        ("item { id: 0 name: 'a' }", "0 is kept for the background"),
        ("item { id: 1 }", "the item 1 has neither a name nor a display_name"),
        ("item { id: 1 name: a }", "name should be a text in quotes"),
        ("item { id: 1 name: 'a' id: 2 }", "has 2 values of 'id'"),
        ("item { id: 1 name: 'a' }\nitem { id: 1 name: 'b' }", ":2: another item has the id 1 too"),
        ("item { id: 1 name: 'a' }\nitem { id: 2 name: 'a' }", ":2: another item has the name 'a' too"),
        ("item { id: 1 name: 'a'", "should stand here, the end of the file does"),
    ],
)
def test_a_bad_label_map_is_told(text: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(FileProblems) as caught:
        read(tmp_path, text)
    assert fault in str(caught.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileProblems) as caught:
        read(tmp_path, "item { id: 1 name: 'a' }\nitem { id: 1 }\nthing {}\nitem { id: 1 name: 'b' }")
    assert [problem.line for problem in caught.value.problems] == [2, 3, 4]


def test_a_label_map_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        read_label_map(tmp_path / "none.pbtxt")

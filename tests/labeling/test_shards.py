from pathlib import Path

import pytest

from inspector.errors import InputError
from inspector.labeling.formats.shards import is_records, record_files, shard_names


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).touch()


def found(path: Path) -> list[str]:
    return [file.name for file in record_files(path)]


def test_a_set_of_one_keeps_its_name() -> None:
    assert shard_names("a.record", 1) == ["a.record"]
    assert shard_names("a.record", 2) == ["a.record-00000-of-00002", "a.record-00001-of-00002"]


@pytest.mark.parametrize(
    ("name", "so"),
    [
        ("a.record", True),
        ("a.TFRecord", True),
        ("a.tfrecords-00000-of-00010", True),
        ("a.record-?????-of-00010", True),
        ("a.record-*", True),
        (".record", False),
        ("a.mp4", False),
        ("a.record-old.png", False),
        ("records", False),
    ],
)
def test_the_name_says_whether_it_is_of_records(name: str, so: bool, tmp_path: Path) -> None:
    assert is_records(tmp_path / name) is so


def test_a_folder_of_pictures_may_be_called_as_it_likes(tmp_path: Path) -> None:
    (tmp_path / "a.record").mkdir()
    assert not is_records(tmp_path / "a.record")


def test_a_set_is_found_by_its_name_its_pattern_and_its_folder(tmp_path: Path) -> None:
    shards = shard_names("a.record", 3)
    touch(tmp_path, *shards, "b.tfrecord", "label_map.pbtxt", "a.record.txt")
    assert found(tmp_path / "a.record") == shards
    assert found(tmp_path / "a.record-?????-of-00003") == shards
    assert found(tmp_path / "a.record-00001-of-00003") == shards[1:2]
    assert found(tmp_path) == [*shards, "b.tfrecord"]


def test_a_set_with_a_missing_shard_is_told(tmp_path: Path) -> None:
    touch(tmp_path, "a.record-00000-of-00003", "a.record-00002-of-00003")
    for path in (tmp_path, tmp_path / "a.record"):
        with pytest.raises(InputError, match=r"1 of them are missing, the first is a\.record-00001-of-00003"):
            record_files(path)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no \.record file in"):
        record_files(tmp_path)
    for name in ("a.record", "nowhere/a.record"):
        with pytest.raises(InputError, match="There is no file"):
            record_files(tmp_path / name)

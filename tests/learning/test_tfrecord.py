"""TFRecords both ways: what the TensorFlow Object Detection API writes and reads."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.errors import FileProblems, InputError, MachineError, Problem
from inspector.labeling.formats.entry import Entry, Picture, Size
from inspector.learning.example import Example
from inspector.learning.tfrecord import Records

LABELS = ["on", "off", "tape"]
DECODER = {
    "image/encoded": tf.io.FixedLenFeature((), tf.string, default_value=""),
    "image/format": tf.io.FixedLenFeature((), tf.string, default_value="jpeg"),
    "image/filename": tf.io.FixedLenFeature((), tf.string, default_value=""),
    "image/key/sha256": tf.io.FixedLenFeature((), tf.string, default_value=""),
    "image/source_id": tf.io.FixedLenFeature((), tf.string, default_value=""),
    "image/height": tf.io.FixedLenFeature((), tf.int64, default_value=1),
    "image/width": tf.io.FixedLenFeature((), tf.int64, default_value=1),
    "image/object/bbox/xmin": tf.io.VarLenFeature(tf.float32),
    "image/object/bbox/xmax": tf.io.VarLenFeature(tf.float32),
    "image/object/bbox/ymin": tf.io.VarLenFeature(tf.float32),
    "image/object/bbox/ymax": tf.io.VarLenFeature(tf.float32),
    "image/object/class/label": tf.io.VarLenFeature(tf.int64),
    "image/object/class/text": tf.io.VarLenFeature(tf.string),
    "image/object/area": tf.io.VarLenFeature(tf.float32),
    "image/object/is_crowd": tf.io.VarLenFeature(tf.int64),
    "image/object/difficult": tf.io.VarLenFeature(tf.int64),
    "image/object/group_of": tf.io.VarLenFeature(tf.int64),
    "image/object/weight": tf.io.VarLenFeature(tf.float32),
}
"""The keys, kinds and defaults that `tf_example_decoder.py` of the API asks for."""


def picture(folder: Path, name: str = "a.png", size: Size = (100, 80)) -> Path:
    file = folder / name
    cv2.imwrite(str(file), np.random.default_rng(1).integers(0, 255, (size[1], size[0], 3), np.uint8))
    return file


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return picture(tmp_path_factory.mktemp("picture"), size=(4, 4))


def decoded(path: Path) -> list[dict[str, Any]]:
    """The examples of a file as the API decodes them; boxes and labels as lists."""
    found = []
    for record in tf.data.TFRecordDataset([str(path)]):
        values = tf.io.parse_single_example(record, DECODER)
        dense = {k: tf.sparse.to_dense(v) if isinstance(v, tf.SparseTensor) else v for k, v in values.items()}
        arrays = {key: value.numpy() for key, value in dense.items()}
        found.append({key: value.tolist() if isinstance(value, np.ndarray) else value for key, value in arrays.items()})
    return found


def test_what_is_written_is_what_the_api_decodes(tmp_path: Path) -> None:
    file = picture(tmp_path)
    boxed = Picture("a.png", (100, 80), (("tape", (5, 8, 15, 28)), ("on", (50, 40, 100, 80))), file)
    Records().write(tmp_path / "out", [boxed, Picture("b.png", (100, 80), (), file)], LABELS)
    full, empty = decoded(tmp_path / "out" / "annotations.record")
    assert full["image/encoded"] == file.read_bytes()
    assert (full["image/format"], full["image/filename"], full["image/source_id"]) == (b"png", b"a.png", b"a.png")
    assert (full["image/height"], full["image/width"]) == (80, 100)
    assert full["image/object/bbox/xmin"] == pytest.approx([0.05, 0.5])
    assert full["image/object/bbox/ymin"] == pytest.approx([0.1, 0.5])
    assert full["image/object/bbox/xmax"] == pytest.approx([0.15, 1])
    assert full["image/object/bbox/ymax"] == pytest.approx([0.35, 1])
    assert full["image/object/class/text"] == [b"tape", b"on"]
    assert full["image/object/class/label"] == [3, 1]
    assert full["image/object/difficult"] == [0, 0]
    assert empty["image/filename"] == b"b.png"
    assert [empty[key] for key in DECODER if key.startswith("image/object")] == [[]] * 11
    image = tf.io.decode_image(full["image/encoded"]).numpy()
    assert (image[..., ::-1] == cv2.imread(str(file))).all()


def entries(path: Path, size: Size | None = (100, 80), records: Records | None = None) -> list[Entry]:
    items = list((records or Records()).read(path, lambda stem: size))
    assert [item for item in items if isinstance(item, Problem)] == []
    return [item for item in items if isinstance(item, Entry)]


@st.composite
def pictures(draw: st.DrawFn, stem: str, file: Path) -> Picture:
    size = draw(st.tuples(st.integers(1, 4000), st.integers(1, 4000)))
    corners = [st.lists(st.integers(0, side * 1000), min_size=2, max_size=2, unique=True).map(sorted) for side in size]
    boxes = []
    for _ in range(draw(st.integers(0, 3))):
        (xmin, xmax), (ymin, ymax) = draw(corners[0]), draw(corners[1])
        boxes.append((draw(st.sampled_from(LABELS)), (xmin / 1000, ymin / 1000, xmax / 1000, ymax / 1000)))
    return Picture(f"{stem}.png", size, tuple(boxes), file)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data(), shards=st.integers(1, 3))
def test_what_goes_out_comes_in_again(data: st.DataObject, shards: int, small: Path, tmp_path: Path) -> None:
    stems = data.draw(st.lists(st.from_regex(r"[a-zA-Z0-9äß_-]{1,8}", fullmatch=True), min_size=1, max_size=4))
    distinct = {stem.casefold(): stem for stem in stems}.values()
    wanted = [data.draw(pictures(stem, small)) for stem in distinct]
    out = tmp_path / str(len(list(tmp_path.iterdir())))
    Records(shards).write(out, wanted, LABELS)
    sizes = {one.stem: one.size for one in wanted}
    came = {entry.stem: entry for entry in Records().read(out, sizes.get) if isinstance(entry, Entry)}
    assert came.keys() == sizes.keys()
    for one in wanted:
        boxes = [(mark.label, tuple(round(v, 3) for v in mark.xyxy)) for mark in came[one.stem].boxes]
        assert boxes == list(one.boxes)


def features(**values: Sequence[Any]) -> Mapping[str, Sequence[Any]]:
    """Features of an example; the names of its keys without what they share."""
    names = {
        "text": "object/class/text",
        "label": "object/class/label",
        "crowd": "object/is_crowd",
        **{corner: f"object/bbox/{corner}" for corner in ("xmin", "ymin", "xmax", "ymax")},
    }
    return {f"image/{names.get(key, key)}": value for key, value in values.items()}


BOX = {"xmin": [0.1], "ymin": [0.25], "xmax": [0.5], "ymax": [0.75]}


def example(values: Mapping[str, Sequence[Any]]) -> bytes:
    made = tf.train.Example()
    for key, some in values.items():
        feature = made.features.feature[key]
        kind = {bytes: "bytes_list", float: "float_list", int: "int64_list"}[type(some[0])]
        getattr(feature, kind).value.extend(some)
    return bytes(made.SerializeToString())


def record(folder: Path, *examples: bytes, name: str = "a.record") -> Path:
    with tf.io.TFRecordWriter(str(folder / name)) as writer:
        for one in examples:
            writer.write(one)
    return folder / name


def faults(path: Path) -> list[str]:
    return [str(item).removeprefix(f"{path}: ") for item in Records().examples(path) if isinstance(item, Problem)]


def test_numbers_are_named_by_a_label_map_given_or_beside_or_not_at_all(tmp_path: Path) -> None:
    path = record(tmp_path, example(features(filename=[b"a.jpg"], label=[2], **BOX)))
    (entry,) = entries(path)
    assert entry.boxes[0].label == "2"
    assert entry.boxes[0].xyxy == pytest.approx((10, 20, 50, 60))
    (tmp_path / "given.pbtxt").write_text("item { id: 2 name: '/m/02' display_name: 'screw' }")
    (entry,) = entries(path, records=Records(label_map=tmp_path / "given.pbtxt"))
    assert entry.boxes[0].label == "screw"
    (tmp_path / "label_map.pbtxt").write_text("item { id: 2 name: 'tape' }")
    (entry,) = entries(path)
    assert entry.boxes[0].label == "tape"
    (tmp_path / "label_map.pbtxt").write_text("item { id: 1 name: 'tape' }")
    assert faults(path) == ["example 1 has the label 2, which the label map does not name"]


def test_a_name_goes_before_a_number(tmp_path: Path) -> None:
    (tmp_path / "label_map.pbtxt").write_text(
        "item { id: 1 name: 'tape' } item { id: 2 name: 'n02' display_name: 'on' }"
    )
    values = features(filename=[b"a.jpg"], label=[1, 1, 1], text=[b"n02", b"own", b""])
    path = record(tmp_path, example(values | features(**{corner: some * 3 for corner, some in BOX.items()})))
    (entry,) = entries(path)
    assert [mark.label for mark in entry.boxes] == ["on", "own", "tape"]


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"text": [b"x"]}, "example 1 holds 0, 0, 0, 0, 1, 0 of xmin, ymin, xmax, ymax, names and numbers"),
        ({**BOX}, "example 1 has a box without a label"),
        ({**BOX, "xmax": [0.5, 0.6], "text": [b"x"]}, "holds 1, 1, 2, 1, 1, 0 of"),
        ({**BOX, "text": [b"x", b"y"]}, "holds 1, 1, 1, 1, 2, 0 of"),
        ({**BOX, "text": [b"x"], "label": [1, 2]}, "holds 1, 1, 1, 1, 1, 2 of"),
        ({**BOX, "label": [1.0]}, "holds fractions under 'image/object/class/label', where whole numbers should be"),
        ({**BOX, "xmin": [10], "label": [1]}, "whole numbers under 'image/object/bbox/xmin', where fractions should"),
        ({**BOX, "label": [1], "crowd": [1]}, "has one box round many things"),
        ({"height": [1, 2]}, "holds 2 values under 'image/height', where one should be"),
        ({"filename": [7]}, "holds whole numbers under 'image/filename', where texts should be"),
    ],
)
def test_a_bad_example_is_told_by_its_number(values: dict[str, Any], fault: str, tmp_path: Path) -> None:
    (told,) = faults(record(tmp_path, example(features(**values))))
    assert fault in told


def test_all_bad_examples_are_told_and_the_good_ones_come(tmp_path: Path) -> None:
    path = record(tmp_path, example(features(filename=[1])), b"nonsense", example(features(filename=[b"c.png"])))
    first, second, third = Records().examples(path)
    assert str(first).startswith(f"{path}: example 1 holds")
    assert str(second) == f"{path}: example 2 is no tf.train.Example; make the file again"
    assert isinstance(third, Example)
    assert (third.number, third.stem) == (3, "c")


def three(folder: Path) -> Path:
    return record(folder, *(example(features(filename=[name])) for name in (b"a.png", b"b.png", b"c.png")))


@pytest.mark.parametrize(("at", "number"), [(10, 1), (0.5, 2), (-6, 3)])
def test_a_damaged_example_is_told_by_its_number(at: float, number: int, tmp_path: Path) -> None:
    path = three(tmp_path)
    content = bytearray(path.read_bytes())
    content[int(at * len(content)) if isinstance(at, float) else at] ^= 0xFF
    path.write_bytes(content)
    *good, last = Records().examples(path)
    assert len(good) == number - 1
    assert str(last) == (
        f"{path}: example {number} is damaged or cut short, and whatever follows it cannot be read; copy the file again"
    )


def test_a_file_cut_short_and_one_of_another_kind(tmp_path: Path) -> None:
    path = three(tmp_path)
    path.write_bytes(path.read_bytes()[:-3])
    assert faults(path)[0].startswith("example 3 is damaged or cut short")
    path.write_bytes(b"<annotation/>" * 9)
    assert faults(path)[0].startswith("example 1 is damaged or cut short")


def test_a_length_that_nobody_has_room_for_does_not_end_the_process(tmp_path: Path) -> None:
    """The checksum of the length is right, so that it is believed."""
    path = three(tmp_path)
    path.write_bytes(path.read_bytes() + struct.pack("<QI", 2**62, 0x00F0857F) + b"abc")
    *good, last = Records().examples(path)
    assert [one.stem for one in good if isinstance(one, Example)] == ["a", "b", "c"]
    assert str(last).startswith(f"{path}: example 4 is damaged or cut short")


def test_records_without_an_example_are_told(tmp_path: Path) -> None:
    path = record(tmp_path)
    with pytest.raises(InputError, match=r"a\.record holds no example"):
        list(Records().examples(path))


def test_every_picture_gets_a_name_of_its_own_that_can_be_kept(tmp_path: Path) -> None:
    names = (b"a.jpg", b"/home/me/A.png", b"C:\\x\\b?.jpg", b"..", b"", b"a-2.jpg", b"\xff\x07.png", b"x" * 500)
    path = record(
        tmp_path, *(example(features(filename=[name])) for name in names), example({"image/source_id": [b"s"]})
    )
    stems = [item.stem for item in Records().examples(path) if isinstance(item, Example)]
    assert stems == ["a", "A-2", "b_", "a.record-000004", "a.record-000005", "a-2-6", "a.record-000007", "x" * 120, "s"]


def test_shares_mean_nothing_on_a_picture_that_stands_where_theirs_lay(tmp_path: Path) -> None:
    path = record(tmp_path, example(features(filename=[b"a.jpg"], width=[800], height=[600], text=[b"x"], **BOX)))
    assert entries(path, (80, 60))[0].size is None
    assert entries(path, (60, 60))[0].size is None
    assert entries(path, (60, 80))[0].size == (800, 600)
    assert entries(path, None)[0].boxes == ()


def on_its_side(folder: Path) -> Path:
    """A photograph of 64x48 pixels as stored, which its EXIF data turns to 48x64; its top left is white."""
    image = np.full((48, 64, 3), 40, np.uint8)
    image[:24, :32] = 220
    jpeg = cv2.imencode(".jpg", image)[1].tobytes()
    exif = b"Exif\0\0" + struct.pack("<2sHLHHHLHHL", b"II", 42, 8, 1, 0x0112, 3, 1, 6, 0, 0)
    path = folder / "phone.jpg"
    path.write_bytes(jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:])
    return path


def unpack(path: Path, folder: Path) -> list[Path]:
    folder.mkdir()
    Records().unpack(path, folder, lambda done, total: None)
    return sorted(folder.iterdir())


def test_pictures_come_out_byte_for_byte_under_the_stems_of_their_entries(tmp_path: Path) -> None:
    jpeg = cv2.imencode(".jpg", np.zeros((8, 8, 3), np.uint8))[1].tobytes()
    path = record(tmp_path, *(example(features(filename=[n], encoded=[jpeg])) for n in (b"one.png", b"two")))
    files = unpack(path, tmp_path / "out")
    assert [file.name for file in files] == ["one.jpg", "two.jpg"]
    assert all(file.read_bytes() == jpeg for file in files)


@pytest.mark.parametrize(("size", "upright"), [((64, 48), False), (None, False), ((48, 64), True)])
def test_a_photograph_on_its_side_lies_as_its_boxes_mean_it(size: Size | None, upright: bool, tmp_path: Path) -> None:
    stored = on_its_side(tmp_path).read_bytes()
    said = features(width=[size[0]], height=[size[1]]) if size else {}
    path = record(tmp_path, example({**features(filename=[b"p.jpg"], encoded=[stored]), **said}))
    (file,) = unpack(path, tmp_path / "out")
    image = cv2.imread(str(file))
    assert image is not None
    assert image.shape[:2] == ((64, 48) if upright else (48, 64))
    assert image[4, -4 if upright else 4].mean() > 200
    assert (file.suffix == ".jpg") == upright


def test_a_photograph_on_its_side_goes_out_upright(tmp_path: Path) -> None:
    Records().write(tmp_path / "out", [Picture("p.jpg", (48, 64), (), on_its_side(tmp_path))], LABELS)
    (made,) = decoded(tmp_path / "out" / "annotations.record")
    image = tf.io.decode_image(made["image/encoded"]).numpy()
    assert made["image/format"] == b"png"
    assert image.shape == (64, 48, 3)
    assert image[4, -4].mean() > 200


@pytest.mark.parametrize("suffix", ["jpg", "bmp", "webp", "tif"])
def test_any_picture_goes_out_in_a_format_that_is_decoded_there(suffix: str, tmp_path: Path) -> None:
    file = picture(tmp_path, f"a.{suffix}")
    Records().write(tmp_path / "out", [Picture(file.name, (100, 80), (), file)], LABELS)
    (made,) = decoded(tmp_path / "out" / "annotations.record")
    assert made["image/format"] == (b"jpeg" if suffix == "jpg" else b"png")
    assert (made["image/encoded"] == file.read_bytes()) == (suffix == "jpg")
    assert tf.io.decode_image(made["image/encoded"]).shape == (80, 100, 3)


def test_pictures_that_cannot_be_read_are_told_at_once(tmp_path: Path) -> None:
    good = cv2.imencode(".png", np.zeros((8, 8, 3), np.uint8))[1].tobytes()
    encoded = ([good[:-20]], [good], [b"text"])
    names = ([b"a.png"], [b"b.png"], [b"c.png"], [b"d.png"])
    made = [example(features(filename=n, encoded=e)) for n, e in zip(names, encoded, strict=False)]
    path = record(tmp_path, *made, example(features(filename=names[3])))
    with pytest.raises(FileProblems) as caught:
        unpack(path, tmp_path / "out")
    assert [problem.text for problem in caught.value.problems] == [
        f"example {number}, '{stem}', holds no picture that can be read whole"
        for number, stem in ((1, "a"), (3, "c"), (4, "d"))
    ]


def test_a_full_disk_while_writing_is_one_sentence(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def __init__(self, path: str) -> None:
            raise tf.errors.ResourceExhaustedError(None, None, f"{path}; No space left on device")

    monkeypatch.setattr(tf.io, "TFRecordWriter", Full)
    with pytest.raises(MachineError, match=r"Cannot write .*annotations\.record: .*No space left.*Free some space"):
        Records().write(tmp_path / "out", [Picture("a.png", (4, 4), (), small)], LABELS)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["label_map.pbtxt"]


def test_the_screws_as_the_api_wrote_them(shared_data: Path) -> None:
    path = shared_data / "tf_object_detection_api" / "screw_val.record"
    found = entries(path, (600, 789))
    assert len(found) == 30
    first = found[0]
    assert first.stem == "48_1011"
    assert [mark.label for mark in first.boxes] == ["screw", "hole", "screw", "screw"]
    assert first.boxes[0].xyxy == pytest.approx((5, 69, 261, 326), abs=1e-3)
    for entry in found:
        told = ["screw" if digit == "1" else "hole" for digit in entry.stem.rsplit("_", 1)[1]]
        assert [mark.label for mark in entry.boxes] == told

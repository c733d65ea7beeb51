"""Each format's reader and writer alone: files in, entries and faults out."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.errors import InputError, Problem
from inspector.labeling.annotation import XYXY
from inspector.labeling.formats import FORMATS, coco, csv, voc, yolo
from inspector.labeling.formats.entry import Entry, Format, Picture, Size, stem_of

LABELS = ["on", "off", "tape"]


def written(form: Format, folder: Path, pictures: Sequence[Picture]) -> list[Entry]:
    """The entries that come back of pictures written out."""
    form.write(folder, pictures, LABELS)
    sizes = {picture.stem: picture.size for picture in pictures}
    items = list(form.read(folder, sizes.get))
    assert [item for item in items if isinstance(item, Problem)] == []
    return [item for item in items if isinstance(item, Entry)]


def faults(form: Format, path: Path, size: Size | None = (100, 80)) -> list[str]:
    """The faults that a file has, each without its path."""
    items = list(form.read(path, lambda stem: size))
    return [str(item).removeprefix(str(item.path)) for item in items if isinstance(item, Problem)]


def only_entry(form: Format, path: Path, size: Size | None = (100, 80)) -> Entry:
    (entry,) = form.read(path, lambda stem: size)
    assert isinstance(entry, Entry), entry
    return entry


sides = st.integers(1, 4000)


@st.composite
def pictures(draw: st.DrawFn, name: str) -> Picture:
    width, height = draw(sides), draw(sides)

    def edges(most: int) -> st.SearchStrategy[tuple[float, float]]:
        pair = st.lists(st.integers(0, most * 1000), min_size=2, max_size=2, unique=True)
        return pair.map(lambda ends: (min(ends) / 1000, max(ends) / 1000))

    boxes = []
    for _ in range(draw(st.integers(0, 4))):
        (xmin, xmax), (ymin, ymax) = draw(edges(width)), draw(edges(height))
        boxes.append((draw(st.sampled_from(LABELS)), (xmin, ymin, xmax, ymax)))
    return Picture(name, (width, height), tuple(boxes))


names = st.lists(
    st.from_regex(r"[A-Za-z0-9_ -]{1,8}(\.[a-z]{1,3})?", fullmatch=True), max_size=4, unique_by=str.casefold
)


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_goes_out_comes_in_again(
    form: Format, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    wanted = [data.draw(pictures(f"{stem}.png")) for stem in data.draw(names) if stem.strip() == stem != "classes"]
    came = {entry.stem: entry for entry in written(form, tmp_path_factory.mktemp("out"), wanted)} if wanted else {}
    assert sorted(came) == sorted(picture.stem for picture in wanted)
    for picture in wanted:
        entry = came[picture.stem]
        assert entry.size in (None, picture.size)
        rounded = [(mark.label, tuple(round(v, 3) for v in mark.xyxy)) for mark in entry.boxes]
        assert rounded == list(picture.boxes)


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_picture_without_boxes_survives(form: Format, tmp_path: Path) -> None:
    boxed = Picture("full.png", (100, 80), (("tape", (1, 2, 30, 40)),))
    entries = written(form, tmp_path / "out", [Picture("bare.png", (100, 80)), boxed])
    assert {entry.stem: len(entry.boxes) for entry in entries} == {"bare": 0, "full": 1}


# Pixel conventions: the same box of 10 x 20 pixels whose first pixel is (5, 6), in each format by hand.
BOX: XYXY = (5, 6, 15, 26)


def test_voc_numbers_are_edges(tmp_path: Path) -> None:
    voc.write(tmp_path, [Picture("a.png", (100, 80), (("tape", BOX),))], LABELS)
    text = (tmp_path / "a.xml").read_text()
    assert "<xmin>5</xmin>" in text
    assert "<xmax>15</xmax>" in text
    assert "<filename>a.png</filename>" in text
    assert only_entry(voc, tmp_path / "a.xml").boxes[0].xyxy == BOX


def test_yolo_numbers_are_the_centre_and_size_in_shares(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("2 0.1 0.2 0.1 0.25\n")
    (tmp_path / "classes.txt").write_text("on\noff\ntape\n")
    (mark,) = only_entry(yolo, tmp_path).boxes
    assert mark.label == "tape"
    assert mark.xyxy == pytest.approx(BOX)


def test_coco_numbers_are_the_corner_and_size(tmp_path: Path) -> None:
    coco.write(tmp_path, [Picture("a.png", (100, 80), (("tape", BOX),))], LABELS)
    values = json.loads((tmp_path / "annotations.json").read_text())
    assert values["annotations"][0]["bbox"] == [5, 6, 10, 20]
    assert values["annotations"][0]["category_id"] == 3
    assert only_entry(coco, tmp_path).boxes[0].xyxy == BOX


def test_csv_with_semicolons_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("filename;width;height;class;xmin;ymin;xmax;ymax\na.png;100;80;screw;10;20;30;40\n")
    (box,) = only_entry(csv, path).boxes
    assert (box.label, box.xyxy) == ("screw", (10, 20, 30, 40))
    path.write_text("filename;width;height;class;xmin;ymin;xmax;ymax\na.png;100;80;screw;10,5;20;30;40\n")
    assert faults(csv, path)[0].endswith(":2: xmin should be a number, got '10,5'")


def test_csv_numbers_are_edges(tmp_path: Path) -> None:
    boxed, bare = Picture("a.png", (100, 80), (("tape", BOX),)), Picture("b.png", (100, 80))
    csv.write(tmp_path, [boxed, bare], LABELS)
    assert (tmp_path / "annotations.csv").read_text() == (
        "filename,width,height,class,xmin,ymin,xmax,ymax\na.png,100,80,tape,5,6,15,26\nb.png,100,80,,,,,\n"
    )


@pytest.mark.parametrize("box", ["-1,-1,-1,-1", "-1.0,-1.0,-1.0,-1.0", " -1 ,,,", "-1,0,0,0", ",,,", ",0,0,0"])
def test_an_xmin_of_minus_one_or_none_is_a_picture_without(box: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"filename,width,height,class,xmin,ymin,xmax,ymax\nb.png,100,80,tape,{box}\n")
    assert only_entry(csv, path).boxes == ()


def test_rows_of_one_picture_are_gathered_wherever_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    head = "\ufefffilename,width,height,class,xmin,ymin,xmax,ymax,by\n"
    path.write_text(head + "a.png,9,9,x,0,0,1,1,me\nb.png,9,9,x,0,0,2,2,me\na.png,9,9,y,0,0,3,3,me\n")
    first, second = csv.read(path, lambda stem: None)
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert [(mark.label, mark.line) for mark in first.boxes] == [("x", 2), ("y", 4)]
    assert second.stem == "b"


def test_yolo_without_names_gives_the_numbers_and_skips_strange_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("3 0.5 0.5 0.1 0.1\n\n")
    assert only_entry(yolo, tmp_path).boxes[0].label == "3"
    (tmp_path / "a.txt").write_text("Thanks for reading me.\n")
    assert only_entry(yolo, tmp_path, size=None).boxes == ()


def test_names_may_stand_above_the_folder(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "a.txt").write_text("0 0.5 0.5 0.1 0.1\n")
    (tmp_path / "classes.txt").write_text("tape\n")
    assert only_entry(yolo, tmp_path / "labels").boxes[0].label == "tape"


def test_a_picture_called_classes_cannot_go_out_as_yolo(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Rename it"):
        yolo.write(tmp_path, [Picture("classes.png", (9, 9))], LABELS)


def annotation(body: str, name: str = "a.png", size: str = "<width>100</width><height>80</height>") -> str:
    return f"<annotation><filename>{name}</filename><size>{size}</size>{body}</annotation>"


BILLION_LAUGHS = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>' + annotation("<note>&c;</note>")
OUTSIDER = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>' + annotation("<note>&b;</note>")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "not valid XML"),
        (annotation("")[:-5], "not valid XML"),
        ("\0\1\2", "not valid XML"),
        ("<a>" * 300_000, "not valid XML"),
        ("<a>" * 300_000 + "</a>" * 300_000, "starts with <a>, not <annotation>"),
        (BILLION_LAUGHS, "<!DOCTYPE) is not allowed"),
        (OUTSIDER, "<!DOCTYPE) is not allowed"),
        ("<svg/>", "starts with <svg>, not <annotation>"),
        (annotation("", name="b.png"), "made for another picture: <filename> says 'b.png'"),
        (annotation("", name="../a.png"), "leaves the folder"),
        (annotation("", name="C:\\a.png"), "leaves the folder"),
        (annotation("", size=""), "whole numbers, got 'None' and 'None'"),
        (annotation("", size="<width>0</width><height>80</height>"), "0x80 pixels cannot be"),
        (annotation("", size="<width>9999999999</width><height>80</height>"), "cannot be"),
        (annotation("<object><bndbox/></object>"), "has no <name>"),
        (annotation("<object><name>x</name></object>"), "xmin should be a number, got ''"),
        (annotation("<object><name>x</name><bndbox><xmin>a</xmin></bndbox></object>"), "got 'a'"),
    ],
)
def test_a_bad_voc_file_is_told(text: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(text)
    (told,) = faults(voc, tmp_path)
    assert fault in told


def test_faults_of_all_voc_files_are_told_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(annotation("\n<object/>\n<object/>"))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.xml").write_text("<oops")
    first, second, third = faults(voc, tmp_path)
    assert first.startswith(":2: an object")
    assert second.startswith(":3: an object")
    assert "not valid XML" in third


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("0 0.5 0.5 0.1", ":1: a line should hold five numbers, class x y w h; this one holds 4"),
        ("0 0.5 0.5 0.1 0.1 0.9", "this one holds 6"),
        ("0 0.5 0.5 wide 0.1", "w should be a number, got 'wide'"),
        ("-1 0.5 0.5 0.1 0.1", "whole number from 0, got '-1'"),
        ("1.0 0.5 0.5 0.1 0.1", "whole number from 0, got '1.0'"),
        ("2 0.5 0.5 0.1 0.1", "there is no class 2: classes.txt names 2, from 0"),
    ],
)
def test_a_bad_yolo_line_is_told(line: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "classes.txt").write_text("on\noff\n")
    (tmp_path / "a.txt").write_text(line)
    (told,) = faults(yolo, tmp_path)
    assert fault in told


def test_a_yolo_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\0")
    assert faults(yolo, tmp_path) == [": this is not a text file in UTF-8"]


HEAD = "filename,width,height,class,xmin,ymin,xmax,ymax\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "'filename' is missing"),
        ("file,width,height,class,xmin,ymin,xmax,ymax\n", "'filename' is missing. Did you mean 'file'?"),
        (HEAD + "a.png,100,80,x,1,2,3\n", ":2: this row has more or fewer columns"),
        (HEAD + "a.png,100,80,x,1,2,3,4,5\n", "more or fewer columns"),
        (HEAD + "a.png,wide,80,x,1,2,3,4\n", "whole numbers, got 'wide' and '80'"),
        (HEAD + "a.png,100,80,x,1,2,3,four\n", "ymax should be a number, got 'four'"),
        (HEAD + "a.png,100,80,,1,2,3,4\n", "a box without a class"),
        (HEAD + "a.png,100,80,x,,2,3,4\n", ":2: an xmin of '' says that there is no box, but ymin is 2"),
        (HEAD + "a.png,100,80,x,-1,-1,3,4\n", "an xmin of '-1' says that there is no box, but xmax is 3"),
        (HEAD + "../../a.png,100,80,x,1,2,3,4\n", "leaves the folder"),
        (HEAD + "/a.png,100,80,x,1,2,3,4\n", "leaves the folder"),
        (HEAD + "a.png,100,80,x,1,2,3,4\na.png,80,80,x,1,2,3,4\n", ":3: this picture has another size than in line 2"),
        (HEAD + "a.png,100,80,x,1,2,3,4\na.png,100,80,,,,,\n", "one of the two says that it has no box"),
        (HEAD + 'a.png,100,80,"x', "not valid CSV"),
        ('"filename,width', ":1: this is not valid CSV"),
        (HEAD + "a" * 200_000, "not valid CSV"),
    ],
)
def test_a_bad_csv_is_told(text: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    assert fault in faults(csv, path)[0]


IMAGE = {"id": 1, "file_name": "a.png", "width": 100, "height": 80}
CATEGORY = {"id": 1, "name": "tape"}
MARK = {"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "iscrowd": 0, "area": 12, "note": "of theirs"}


def coco_text(images: object = None, annotations: object = None, categories: object = None) -> str:
    values = {"images": images or [IMAGE], "annotations": annotations or [MARK], "categories": categories or [CATEGORY]}
    return json.dumps({"info": {}, **values})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "not a COCO file"),
        ("[1]", "not a COCO file"),
        ("[" * 100_000, "not a COCO file"),
        (coco_text()[:-3], "not a COCO file"),
        (json.dumps({"images": [], "annotations": []}), "'categories' is missing"),
        (coco_text().replace('"annotations"', '"annotation"'), "'annotations' is missing"),
        (coco_text()[:-1] + ', "annotations": []}', "the key 'annotations' stands twice in one object"),
        (coco_text().replace('"id": 1', '"id": 1, "id": 2', 1), "the key 'id' stands twice in one object"),
        (coco_text(categories=[CATEGORY, {**CATEGORY, "name": "on"}]), "two categories have the id 1"),
        (coco_text(images=[{**IMAGE, "width": 0}]), "images.0.width"),
        (coco_text(images=[{**IMAGE, "width": 10**400}]), "images.0.width"),
        (coco_text(images=[{**IMAGE, "width": "w"}]).replace('"w"', "9" * 5000), "as JSON: number out of range"),
        (coco_text(images=[{**IMAGE, "file_name": "../a.png"}]), "image 1: '../a.png'"),
        (coco_text(images=[IMAGE, {**IMAGE, "file_name": "b.png"}]), "two images have the id 1"),
        (coco_text(annotations=[{**MARK, "image_id": 7}]), "an image 7 that is not in the file"),
        (coco_text(annotations=[{**MARK, "category_id": 7}]), "annotations.0: there is no category 7"),
        (coco_text(annotations=[{**MARK, "bbox": [1, 2, 3]}]), "annotations.0.bbox"),
        (coco_text(annotations=[{**MARK, "bbox": [1, 2, 3, float("nan")]}]), "annotations.0.bbox.3"),
        (coco_text(annotations=[{**MARK, "bbox": [1, 2, 3, float("inf")]}]), "annotations.0.bbox.3"),
        (coco_text(annotations=[{**MARK, "iscrowd": 1}]), "annotations.0.iscrowd"),
    ],
)
def test_a_bad_coco_file_is_told(text: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    assert fault in faults(coco, path)[0]


def test_an_ending_in_capitals_is_the_same_ending(tmp_path: Path) -> None:
    voc.write(tmp_path, [Picture("a.png", (100, 80), (("tape", BOX),))], LABELS)
    (tmp_path / "a.xml").rename(tmp_path / "a.XML")
    assert only_entry(voc, tmp_path).boxes[0].xyxy == BOX


def test_names_of_classes_in_capitals_are_names_of_classes(tmp_path: Path) -> None:
    (tmp_path / "A.TXT").write_text("2 0.1 0.2 0.1 0.25\n")
    (tmp_path / "Classes.TXT").write_text("on\noff\ntape\n")
    assert [mark.label for mark in only_entry(yolo, tmp_path).boxes] == ["tape"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("object>", "Object>", "<Object> would be passed over: it is called <object>"),
        ("object>", "pascal:object>", "<pascal:object> would be passed over: it is called <object>"),
        ("object>", "thing>", "<thing> holds a box: objects are called <object>"),
    ],
)
def test_what_looks_like_an_object_is_not_passed_over(old: str, new: str, fault: str, tmp_path: Path) -> None:
    voc.write(tmp_path, [Picture("a.png", (100, 80), (("tape", BOX),))], LABELS)
    (tmp_path / "a.xml").write_text((tmp_path / "a.xml").read_text().replace(old, new))
    assert fault in faults(voc, tmp_path / "a.xml")[0]


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_path_that_is_not_there_is_told(form: Format, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no"):
        list(form.read(tmp_path / "nothing", lambda stem: None))
    (tmp_path / "bare").mkdir()
    with pytest.raises(InputError, match="There is no"):
        list(form.read(tmp_path / "bare", lambda stem: None))


def test_a_file_too_large_for_its_format_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.xml").open("wb") as file:
        file.truncate(voc.MAX_BYTES + 1)
    with pytest.raises(InputError, match="too large"):
        list(voc.read(tmp_path, lambda stem: None))


@pytest.mark.parametrize(
    ("name", "stem"), [("a.png", "a"), ("train\\a.b.jpg", "a.b"), ("images/a.png", "a"), (" a", "a")]
)
def test_the_stem_of_a_name(name: str, stem: str) -> None:
    assert stem_of(name) == stem


@pytest.mark.parametrize(
    "name", ["", " ", "..", "../a.png", "a/../../b.png", "/a.png", "\\\\host\\a.png", "c:a.png", "a\0"]
)
def test_a_name_that_leaves_the_folder(name: str) -> None:
    with pytest.raises(ValueError, match="leaves the folder"):
        stem_of(name)

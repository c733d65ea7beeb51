"""Annotations onto a recording's frames and out again, in every format."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.capture.importing import import_media
from inspector.capture.recording import Recording, read_recording
from inspector.errors import FileProblems, InputError, MachineError
from inspector.labeling.annotation import Annotation, Annotations, Box, State, read_annotations, write_annotations
from inspector.labeling.extraction import extract
from inspector.labeling.formats import FORMATS, Imported, export_annotations, import_annotations
from inspector.labeling.takes import USABLE
from inspector.recipe import Component, Label, Mode, Pattern, Recipe
from inspector.settings import Workspace

SCREW = Component(
    name="screw",
    mode=Mode.CLASSIFICATION,
    patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
)
RECIPE = Recipe(name="block", components=(SCREW, Component(name="tape")))
LABELS = [Label("screw", "on"), Label("screw", "off"), Label("tape")]
WIDTH, HEIGHT = 64, 48
NAMES = ["a.png", "b.png", "c.png", "d.png"]


def recording_in(
    place: Workspace, names: Sequence[str] = NAMES, components: Sequence[str] = ("screw", "tape"), positive: bool = True
) -> tuple[Path, Recording]:
    """A recording of grey pictures of those names, extracted."""
    source = place.folder / "source"
    source.mkdir(parents=True)
    for name in names:
        cv2.imwrite(str(source / name), np.full((HEIGHT, WIDTH, 3), 90, np.uint8))
    folder = import_media(source, place, RECIPE, components, positive=positive, pattern=None, by="maria")
    shutil.rmtree(source)
    recording = read_recording(folder)
    extract(folder, recording)
    return folder, recording


@pytest.fixture
def recorded(workspace: Workspace) -> tuple[Path, Recording]:
    return recording_in(workspace)


@pytest.fixture(scope="module")
def shared_recording(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Recording]:
    return recording_in(Workspace(tmp_path_factory.mktemp("workspace")))


def take_in(
    recorded: tuple[Path, Recording],
    path: Path,
    form: str = "csv",
    without_boxes: State = State.UNLABELED,
    label_map: Mapping[str, str] | None = None,
    replace: bool = False,
) -> Imported:
    return import_annotations(
        *recorded, RECIPE, path, FORMATS[form], without_boxes=without_boxes, label_map=label_map, replace=replace
    )


def states(folder: Path) -> dict[str, str]:
    return {name: str(annotation.state) for name, annotation in sorted(read_annotations(folder).frames.items())}


HEAD = "filename,width,height,class,xmin,ymin,xmax,ymax\n"


def table(path: Path, *rows: str) -> Path:
    file = path / "table.csv"
    file.write_text(HEAD + "".join(f"{row}\n" for row in rows))
    return file


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, right = sorted(draw(st.lists(st.integers(0, WIDTH * 1000), min_size=2, max_size=2, unique=True)))
    top, bottom = sorted(draw(st.lists(st.integers(0, HEIGHT * 1000), min_size=2, max_size=2, unique=True)))
    return Box.of(draw(st.sampled_from(LABELS)), (left / 1000, top / 1000, right / 1000, bottom / 1000))


annotations = st.one_of(
    st.lists(boxes(), min_size=1, max_size=3).map(
        lambda some: Annotation(state=State.BOXES, boxes=tuple(some), by="x")
    ),
    st.sampled_from([State.VERIFIED_EMPTY, State.IGNORED, State.UNLABELED]).map(lambda state: Annotation(state=state)),
)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(known=st.fixed_dictionaries(dict.fromkeys(NAMES, annotations)))
def test_out_and_in_again_gives_the_same(
    form: str,
    known: dict[str, Annotation],
    shared_recording: tuple[Path, Recording],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder, recording = shared_recording
    write_annotations(folder, Annotations(frames=known))
    out = tmp_path_factory.mktemp("out")
    export_annotations(folder, recording, RECIPE, out, FORMATS[form])
    write_annotations(folder, Annotations())
    if not any(annotation.state in USABLE for annotation in known.values()):
        # Nothing went out in the format, and a folder without a file of the format is refused.
        return
    made = take_in(shared_recording, out, form, without_boxes=State.VERIFIED_EMPTY)
    for name, annotation in known.items():
        assert made.frames[name].says_the_same_as(annotation), name
    assert read_annotations(folder).frames == {n: a for n, a in made.frames.items() if a.state is not State.UNLABELED}


@pytest.mark.parametrize(
    ("without_boxes", "expected"),
    [
        (
            State.VERIFIED_EMPTY,
            {"a.png": "boxes", "b.png": "verified empty", "c.png": "verified empty", "d.png": "verified empty"},
        ),
        (State.UNLABELED, {"a.png": "boxes"}),
    ],
)
def test_whoever_imports_says_what_a_picture_without_boxes_is(
    recorded: tuple[Path, Recording], tmp_path: Path, without_boxes: State, expected: dict[str, str]
) -> None:
    path = table(tmp_path, "a.jpg,64,48,tape,1,2,30,40", "b.jpg,64,48,,,,,", "strange.jpg,64,48,,,,,")
    made = take_in(recorded, path, without_boxes=without_boxes)
    assert states(recorded[0]) == expected
    assert made.unmatched == ("strange",)
    assert made.changed == len(expected)
    assert len(made.frames) == len(NAMES)


def test_a_file_that_says_which_frames_it_is_about_says_nothing_of_others(workspace: Workspace, tmp_path: Path) -> None:
    recorded = recording_in(workspace, names=[f"{number:06d}.png" for number in range(4)])
    meta = "<meta><job><start_frame>1</start_frame><stop_frame>2</stop_frame></job></meta>"
    box = '<box frame="1" outside="0" xtl="1" ytl="2" xbr="30" ybr="40"/>'
    path = tmp_path / "job.xml"
    path.write_text(
        f'<annotations>{meta}<track label="tape">{box}<box frame="2" outside="1" xtl="1" ytl="2" xbr="30" ybr="40"/>'
        "</track></annotations>"
    )
    take_in(recorded, path, "cvat", State.VERIFIED_EMPTY)
    assert states(recorded[0]) == {"000001.png": "boxes", "000002.png": "verified empty"}


def test_it_must_be_one_of_the_two(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'verified empty' or 'unlabeled'"):
        take_in(recorded, tmp_path, without_boxes=State.IGNORED)


def test_labels_are_renamed_to_those_of_the_recipe(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    path = table(tmp_path, "a.png,64,48,hole,1,2,3,4", "a.png,64,48,band,5,6,7,8", "a.png,64,48,on,9,9,10,10")
    take_in(recorded, path, label_map={"hole": "screw/off", "band": "tape"})
    labels = [box.label for box in read_annotations(recorded[0]).of("a.png").boxes]
    assert labels == [Label("screw", "off"), Label("tape"), Label("screw", "on")]


def test_unknown_labels_are_told_all_at_once(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    path = table(tmp_path, "a.png,64,48,tap,1,2,3,4", "b.png,64,48,tap,5,6,7,8", "a.png,64,48,nut,9,9,10,10")
    with pytest.raises(FileProblems) as caught:
        take_in(recorded, path)
    first, second = caught.value.problems
    assert (first.line, second.line) == (2, 4)
    assert first.text == (
        "the recipe has no label 'tap'. Did you mean 'tape'? Say which it is with --map tap=LABEL (2 boxes)"
    )
    assert "'nut'. Known: off, on," in second.text
    assert states(recorded[0]) == {}


def test_a_map_to_no_label_is_told(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no label in recipe 'block' 'taep'.* Did you mean 'tape'"):
        take_in(recorded, table(tmp_path, "a.png,64,48,x,1,2,3,4"), label_map={"x": "taep"})


def test_a_component_that_the_recording_does_not_teach_is_told(workspace: Workspace, tmp_path: Path) -> None:
    recorded = recording_in(workspace, components=["screw"])
    with pytest.raises(FileProblems, match=r"'tape' is of component 'tape', but recording .* teaches screw"):
        take_in(recorded, table(tmp_path, "a.png,64,48,tape,1,2,3,4"))


def test_boxes_on_a_negative_recording_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    recorded = recording_in(workspace, components=["tape"], positive=False)
    with pytest.raises(FileProblems, match=r"'a' has boxes, but recording .* is attested to show nothing"):
        take_in(recorded, table(tmp_path, "a.png,64,48,tape,1,2,3,4"))
    take_in(recorded, table(tmp_path, "a.png,64,48,,,,,"))
    assert set(states(recorded[0]).values()) == {"verified empty"}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("a.png,640,480,tape,1,2,3,4", "is 640x480 here, but the picture is 64x48 pixels: this was made for another"),
        ("a.png,64,48,tape,1,2,66,4", r"a box \[1, 2, 66, 4\] outside the picture of 64x48"),
        ("a.png,64,48,tape,-2,2,3,4", "outside the picture"),
        ("a.png,64,48,tape,1,2,1e300,4", "outside the picture"),
        ("a.png,64,48,tape,nan,2,3,4", "not made of finite numbers"),
        ("a.png,64,48,tape,1,2,inf,4", "not made of finite numbers"),
        ("a.png,64,48,tape,3,2,3,4", "without area"),
        ("a.png,64,48,tape,3,4,5,2", "without area"),
        ("a.png,64,48,tape,64.5,2,65,4", "without area"),
    ],
)
def test_a_box_that_cannot_be_is_told(recorded: tuple[Path, Recording], tmp_path: Path, row: str, fault: str) -> None:
    with pytest.raises(FileProblems, match=fault) as caught:
        take_in(recorded, table(tmp_path, row))
    assert caught.value.problems[0].line == 2


def test_a_nan_in_yolo_is_told(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("0 0.5 0.5 nan 0.1\n")
    with pytest.raises(FileProblems, match="not made of finite numbers"):
        take_in(recorded, tmp_path, "yolo", label_map={"0": "tape"})


def test_a_rounding_of_other_programs_is_cut_off(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    take_in(recorded, table(tmp_path, "a.png,64,48,tape,-0.4,2,65,48.9"))
    assert read_annotations(recorded[0]).of("a.png").boxes[0].xyxy == (0, 2, 64, 48)


def test_faults_of_all_files_are_told_at_once(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    for name, line in (("a", "0 0.5 0.5 0.1"), ("b", "0 0.5 0.5 9 9"), ("c", "1 0.5 0.5 0.1 0.1")):
        (tmp_path / f"{name}.txt").write_text(f"{line}\n")
    with pytest.raises(FileProblems) as caught:
        take_in(recorded, tmp_path, "yolo", label_map={"0": "tape"})
    assert [problem.path.name for problem in caught.value.problems] == ["a.txt", "b.txt", "c.txt"]
    assert states(recorded[0]) == {}


def test_a_picture_named_twice_is_told(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    path = table(tmp_path, "train/a.png,64,48,tape,1,2,3,4", "test/a.png,64,48,tape,1,2,3,4")
    with pytest.raises(FileProblems, match="a picture 'a' stands in line 2 too"):
        take_in(recorded, path)


def test_files_of_other_pictures_are_told(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"pictures there are called x, the frames a, b, c\."):
        take_in(recorded, table(tmp_path, "x.png,64,48,tape,1,2,3,4"), without_boxes=State.VERIFIED_EMPTY)
    assert states(recorded[0]) == {}


def test_what_a_person_stated_is_overwritten_only_on_demand(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    mine = Annotation(state=State.IGNORED, by="maria")
    write_annotations(recorded[0], Annotations(frames={"a.png": mine, "b.png": mine}))
    path = table(tmp_path, "a.png,64,48,tape,1,2,3,4", "c.png,64,48,tape,1,2,3,4")
    with pytest.raises(InputError, match=r"1 of these frames otherwise, the first is a\.png.* --replace"):
        take_in(recorded, path)
    assert states(recorded[0]) == {"a.png": "ignored", "b.png": "ignored"}
    take_in(recorded, path, without_boxes=State.VERIFIED_EMPTY, replace=True)
    assert states(recorded[0]) == {"a.png": "boxes", "b.png": "ignored", "c.png": "boxes", "d.png": "verified empty"}


def test_saying_nothing_overwrites_nothing(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    mine = Annotation(state=State.VERIFIED_EMPTY, by="maria")
    write_annotations(recorded[0], Annotations(frames={"a.png": mine}))
    take_in(recorded, table(tmp_path, "a.png,64,48,,,,,", "b.png,64,48,,,,,"), replace=True)
    assert states(recorded[0]) == {"a.png": "verified empty"}


@pytest.mark.parametrize("name", ["c.png.txt", "C.txt", "frame_c.txt"])
def test_a_file_that_nearly_has_a_frame_s_name_makes_no_frame_empty(
    name: str, recorded: tuple[Path, Recording], tmp_path: Path
) -> None:
    for file in ("a.txt", name):
        (tmp_path / file).write_text("2 0.5 0.5 0.25 0.25\n")
    (tmp_path / "classes.txt").write_text("on\noff\ntape\n")
    (tmp_path / "README.txt").write_text("Boxes.\n")
    with pytest.raises(FileProblems, match="is no frame, but nearly 'c'"):
        take_in(recorded, tmp_path, "yolo", State.VERIFIED_EMPTY)
    assert states(recorded[0]) == {}
    take_in(recorded, tmp_path, "yolo", State.UNLABELED)
    assert states(recorded[0]) == {"a.png": "boxes"}


def test_an_export_names_what_it_leaves_out(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    write_annotations(recorded[0], Annotations(frames={"a.png": Annotation(state=State.IGNORED, by="maria")}))
    assert export_annotations(*recorded, RECIPE, tmp_path / "out", FORMATS["voc"]) == 0
    text = (tmp_path / "out" / "left_out.csv").read_text()
    assert text == "filename,state\na.png,ignored\nb.png,unlabeled\nc.png,unlabeled\nd.png,unlabeled\n"


def test_a_list_of_those_left_out_that_is_no_table_is_told(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    (tmp_path / "left_out.csv").write_text(f"filename,state\n{'a' * 140_000},ignored\n")
    with pytest.raises(FileProblems, match=r"left_out.csv:2: this is not valid CSV: field larger"):
        take_in(recorded, table(tmp_path, "a.png,64,48,,,,,"))


def test_boxes_drawn_elsewhere_outweigh_the_list_of_an_older_export(
    recorded: tuple[Path, Recording], tmp_path: Path
) -> None:
    write_annotations(recorded[0], Annotations(frames={"a.png": Annotation(state=State.IGNORED, by="import")}))
    out = tmp_path / "out"
    export_annotations(*recorded, RECIPE, out, FORMATS["yolo"])
    for stem in "ab":
        (out / f"{stem}.txt").write_text("2 0.5 0.5 0.25 0.25\n")
    (out / "c.txt").touch()
    take_in(recorded, out, "yolo", State.VERIFIED_EMPTY)
    assert states(recorded[0]) == {"a.png": "boxes", "b.png": "boxes"}


@pytest.mark.parametrize("text", ["", "name,state\n", "filename,state\na.png,empty\n", "filename,state\na.png\n"])
def test_a_bad_list_of_those_left_out_is_told(recorded: tuple[Path, Recording], tmp_path: Path, text: str) -> None:
    (tmp_path / "left_out.csv").write_text(text)
    with pytest.raises(FileProblems, match="should"):
        take_in(recorded, table(tmp_path, "a.png,64,48,,,,,"))


def test_an_export_never_mixes_with_an_older_one(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    (tmp_path / "old.xml").write_text("<annotation/>")
    with pytest.raises(InputError, match="is there already"):
        export_annotations(*recorded, RECIPE, tmp_path, FORMATS["voc"])


def test_half_an_export_does_not_stay(
    recorded: tuple[Path, Recording], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MachineError("the disk is full")

    monkeypatch.setattr("inspector.labeling.formats.exchange.write_left_out", full)
    with pytest.raises(MachineError, match="the disk is full"):
        export_annotations(*recorded, RECIPE, tmp_path / "out", FORMATS["createml"])
    assert not (tmp_path / "out").exists()


def test_a_label_that_the_recipe_lost_is_told_at_export(recorded: tuple[Path, Recording], tmp_path: Path) -> None:
    gone = Annotation(state=State.BOXES, boxes=(Box(component="screw", pattern="loose", xyxy=(1, 2, 3, 4)),))
    write_annotations(recorded[0], Annotations(frames={"a.png": gone}))
    with pytest.raises(InputError, match="no label 'screw/loose'"):
        export_annotations(*recorded, RECIPE, tmp_path / "out", FORMATS["voc"])
    assert not (tmp_path / "out").exists()

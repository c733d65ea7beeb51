"""Recipes: what they may say, and every fault of one told at once."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from inspector.errors import FileProblems, InputError
from inspector.files import write_document
from inspector.recipe import Component, Label, Mode, Pattern, Recipe, Viewpoint, Vote, find_recipe, read_recipe
from inspector.sample import Sample
from inspector.serial import Scanned
from inspector.settings import Workspace

SCREW = Component(
    name="screw",
    mode=Mode.CLASSIFICATION,
    patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
    count=4,
)
TAPE = Component(name="tape")
RECIPE = Recipe(name="box", components=(SCREW, TAPE))

BY_HAND = """\
format: 1
name: box
frame_size: [640, 360]
components:
- name: screw
  mode: detection+classification
  patterns:
  - {name: on, passes: true}
  - {name: off, passes: false}
  count: 4
- name: tape
  region: [0, 0, 640, 360]
vote: {frames: 7, agree: 5}
"""


def test_labels_are_the_patterns_or_else_the_component() -> None:
    assert RECIPE.labels == (Label("screw", "on"), Label("screw", "off"), Label("tape"))
    assert [label.name for label in RECIPE.labels] == ["on", "off", "tape"]
    assert [str(label) for label in RECIPE.labels] == ["screw/on", "screw/off", "tape"]


def test_lookalikes_are_taught_after_what_is_reported() -> None:
    both = RECIPE.taught_labels({"tape", "screw"})
    assert both == (*RECIPE.labels, Label("screw", "lookalike"), Label("tape", "lookalike"))
    assert RECIPE.taught_labels({"tape"}) == (*RECIPE.labels, Label("tape", "lookalike"))
    assert RECIPE.taught_labels(()) == RECIPE.labels
    assert [label.lookalike for label in both] == [False] * 3 + [True] * 2
    assert [label.name for label in both[3:]] == ["screw/lookalike", "tape/lookalike"]


def test_when_a_number_is_scanned_is_one_of_two_and_ahead_where_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "box.yaml"
    path.write_text(f"{BY_HAND}serial: {{needed: true}}\n")
    assert read_recipe(path).serial.scanned is Scanned.AHEAD
    path.write_text(f"{BY_HAND}serial: {{scanned: in_place}}\n")
    assert read_recipe(path).serial.scanned is Scanned.IN_PLACE
    path.write_text(f"{BY_HAND}serial: {{scanned: later}}\n")
    with pytest.raises(FileProblems, match=r"serial\.scanned"):
        read_recipe(path)


def test_no_pattern_is_called_lookalike() -> None:
    for name in ("lookalike", "Lookalike"):
        with pytest.raises(ValidationError, match="is the word for what is not the component"):
            Pattern(name=name, passes=False)


def test_a_component_and_a_pattern_are_found_by_name() -> None:
    assert RECIPE.component("tape") is TAPE
    assert SCREW.pattern("off") is SCREW.patterns[1]
    with pytest.raises(InputError, match=r"no component in recipe 'box' 'scrwe'\. Did you mean 'screw'"):
        RECIPE.component("scrwe")
    with pytest.raises(InputError, match=r"pattern of 'screw' 'of'\. Did you mean 'off'"):
        SCREW.pattern("of")


def test_a_recipe_is_written_and_read_back(workspace: Workspace) -> None:
    write_document(workspace.recipes / "box.yaml", RECIPE)
    assert find_recipe(workspace.recipes, "box") == RECIPE


def test_a_recipe_written_by_hand_needs_no_quotes(tmp_path: Path) -> None:
    path = tmp_path / "box.yaml"
    path.write_text(BY_HAND)
    recipe = read_recipe(path)
    assert recipe.components[0] == SCREW
    assert recipe.vote == Vote(frames=7, agree=5)


def test_an_unknown_recipe_is_named_with_the_nearest(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="There is no recipe in"):
        find_recipe(workspace.recipes, "box")
    write_document(workspace.recipes / "box.yaml", RECIPE)
    with pytest.raises(InputError, match="Did you mean 'box'"):
        find_recipe(workspace.recipes, "bok")


def test_a_recipe_has_the_name_of_its_file(tmp_path: Path) -> None:
    write_document(tmp_path / "lid.yaml", RECIPE)
    with pytest.raises(InputError, match="the recipe in it is called 'box'"):
        read_recipe(tmp_path / "lid.yaml")


def test_several_faults_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "box.yaml"
    text = BY_HAND.replace("count: 4", "count: -4").replace("name: tape", "name: ../tape").replace("vote", "voet")
    path.write_text(text.replace("[640, 360]\nc", "[640]\nc"))
    with pytest.raises(FileProblems) as caught:
        read_recipe(path)
    assert [(problem.line, problem.text.split(" ")[0]) for problem in caught.value.problems] == [
        (3, "'frame_size.1'"),
        (10, "components.0.count:"),
        (11, "components.1.name:"),
        (13, "unknown"),
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"patterns": SCREW.patterns}, "its mode should be 'detection\\+classification'"),
        ({"mode": "detection+classification"}, "at least two patterns"),
        (
            {
                "mode": "detection+classification",
                "patterns": [{"name": "a", "passes": True}, {"name": "b", "passes": True}],
            },
            "a pattern that passes and one that does not",
        ),
        (
            {
                "mode": "detection+classification",
                "patterns": [{"name": "a", "passes": True}, {"name": "A", "passes": False}],
            },
            "two patterns are called 'a' and 'A'",
        ),
        ({"mode": "detector"}, "Input should be 'detection' or 'detection\\+classification'"),
        ({"region": [5, 5, 5, 9]}, "a region is \\[xmin, ymin, xmax, ymax\\]"),
        ({"region": [-1, 0, 5, 9]}, "none below 0"),
        ({"threshold": 1}, "less than 1"),
        ({"count": 1.5}, "valid integer"),
        ({"name": "a/b"}, "the component 'a/b'"),
    ],
)
def test_what_a_component_may_not_be(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        Component(**{"name": "tape", **changes})


def test_names_of_components_and_labels_are_distinct() -> None:
    with pytest.raises(ValidationError, match="two components are called 'tape' and 'Tape'"):
        Recipe(name="box", components=(TAPE, Component(name="Tape")))
    with pytest.raises(ValidationError, match="two labels are called 'on'"):
        Recipe(name="box", components=(SCREW, Component(name="on")))


def test_a_region_needs_the_picture_it_was_drawn_on() -> None:
    placed = Component(name="tape", region=(0, 0, 640, 360))
    with pytest.raises(ValidationError, match="needs 'frame_size"):
        Recipe(name="box", components=(placed,))
    with pytest.raises(ValidationError, match="leaves the picture of 640x359"):
        Recipe(name="box", components=(placed,), frame_size=(640, 359))
    assert Recipe(name="box", components=(placed,), frame_size=(640, 360)).component("tape") is not None


def test_a_recipe_without_a_component_is_none() -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        Recipe(name="box", components=())


@pytest.mark.parametrize(("frames", "agree", "decides"), [(5, 3, True), (5, 2, False), (4, 2, False), (5, 6, False)])
def test_a_vote_takes_a_majority(frames: int, agree: int, decides: bool) -> None:
    if decides:
        assert Vote(frames=frames, agree=agree).agree == agree
        return
    with pytest.raises(ValidationError, match="more than half of frames"):
        Vote(frames=frames, agree=agree)


@pytest.mark.parametrize("size", ["[-3, 480]", "[640, 0]", "[640, 100000000000000000000]"])
def test_a_picture_without_an_area_is_a_fault(tmp_path: Path, size: str) -> None:
    path = tmp_path / "lid.yaml"
    path.write_text(f"format: 1\nname: lid\nframe_size: {size}\ncomponents: [{{name: tape}}]\n")
    with pytest.raises(FileProblems, match=r"lid\.yaml:3: frame_size"):
        read_recipe(path)


def test_a_vote_waits_for_no_more_frames_than_it_looks_at() -> None:
    assert Vote(frames=5, agree=3, fresh=5).fresh == 5
    with pytest.raises(ValidationError, match="fresh should be at most frames"):
        Vote(frames=5, agree=3, fresh=6)


TWO_SIDED = """\
format: 1
name: box
cameras:
- {name: top, frame_size: [640, 480]}
- name: side
components:
- name: lid
  camera: top
  region: [0, 0, 640, 480]
- name: seal
  camera: side
- name: screw
  camera: top
"""


def test_each_component_is_seen_by_one_of_several_cameras(tmp_path: Path) -> None:
    path = tmp_path / "box.yaml"
    path.write_text(TWO_SIDED)
    recipe = read_recipe(path)
    assert recipe.views == {"top": (640, 480), "side": None}
    assert (recipe.seen_by("top"), recipe.seen_by("side")) == (("lid", "screw"), ("seal",))
    assert recipe.shared_views == {frozenset({"lid", "screw"}), frozenset({"seal"})}
    write_document(path, recipe)
    assert read_recipe(path) == recipe


def test_a_recipe_with_one_camera_names_none() -> None:
    assert RECIPE.views == {"": None}
    assert RECIPE.seen_by("") == ("screw", "tape")
    assert RECIPE.shared_views == {frozenset({"screw", "tape"})}


@pytest.mark.parametrize(
    ("old", "new", "line", "fault"),
    [
        ("  camera: side\n", "", 10, "'seal' is seen by one of the cameras: top, side"),
        ("camera: side", "camera: sied", 11, "'seal' is seen by one of the cameras: top, side"),
        ("- name: side\n", "", 10, "'seal' is seen by one of the cameras: top"),
        ("- name: side\n", "- name: side\n- name: back\n", 6, "no component is seen by the camera 'back'"),
        ("- name: side\n", "- name: Top\n", 5, "two cameras are called 'top' and 'Top'"),
        ("- name: side\n", "- name: si/de\n", 5, "the camera 'si/de' should hold"),
        ("cameras:", "frame_size: [9, 9]\ncameras:", 3, "each of several cameras has a frame_size of its own"),
        (", frame_size: [640, 480]", "", 9, "a recipe with a region needs 'frame_size"),
        ("[640, 480]", "[639, 480]", 9, "the region of 'lid' leaves the picture of 639x480"),
    ],
)
def test_what_is_wrong_with_cameras_is_told_where_it_stands(
    tmp_path: Path, old: str, new: str, line: int, fault: str
) -> None:
    path = tmp_path / "box.yaml"
    path.write_text(TWO_SIDED.replace(old, new, 1))
    with pytest.raises(FileProblems) as caught:
        read_recipe(path)
    (problem,) = caught.value.problems
    assert fault in problem.text
    assert problem.line == line


def test_a_camera_that_the_recipe_does_not_have_is_a_fault() -> None:
    with pytest.raises(ValidationError, match="there is no camera 'top': name it under 'cameras'"):
        Recipe(name="box", components=(Component(name="lid", camera="top"),))


def test_a_camera_was_taught_one_size_where_all_its_components_were() -> None:
    parts = (Component(name="a", camera="top"), Component(name="b", camera="top"), Component(name="c", camera="side"))
    recipe = Recipe(name="box", components=parts, cameras=(Viewpoint(name="top"), Viewpoint(name="side")))
    small, large = (64, 48), (640, 480)
    assert recipe.taught_views({"a": small, "b": small, "c": large}) == {"top": small, "side": large}
    assert recipe.taught_views({"a": small, "b": large, "c": large}) == {"top": None, "side": large}
    assert recipe.taught_views({"a": small}) == {"top": None, "side": None}


def test_samples_are_read(tmp_path: Path) -> None:
    text = (
        "format: 1\nname: box\ncomponents: [{name: tape}]\n"
        "samples:\n- {good: true, name: G-1}\n- {good: false, lacks: tape}\n"
    )
    (tmp_path / "box.yaml").write_text(text)
    samples = read_recipe(tmp_path / "box.yaml").samples
    assert samples == (Sample(good=True, name="G-1"), Sample(good=False, lacks="tape"))


@pytest.mark.parametrize(
    ("sample", "fault"),
    [
        ("{good: false, lacks: tpae}", "no component is called 'tpae'. Did you mean 'tape'?"),
        ("{good: true, lacks: tape}", "a good workpiece lacks nothing"),
        ("{lacks: tape}", "good' is missing"),
    ],
)
def test_a_sample_that_cannot_be_is_told(tmp_path: Path, sample: str, fault: str) -> None:
    (tmp_path / "box.yaml").write_text(f"format: 1\nname: box\ncomponents: [{{name: tape}}]\nsamples: [{sample}]\n")
    with pytest.raises(FileProblems) as caught:
        read_recipe(tmp_path / "box.yaml")
    assert fault in str(caught.value)
    assert "box.yaml:4" in str(caught.value)

"""A recipe while it is being changed: what may be changed, what it is then, and what is wrong with it where."""

from typing import Any

import pytest

from inspector.recipe import Component, Label, Mode, Pattern, Recipe, Trigger, Viewpoint
from inspector.sketch import Sketch, Steps, fixed, fixed_pattern, free_name, name_fault, new_sketch
from inspector.yaml_lines import Place

SCREW = Component(
    name="screw",
    mode=Mode.CLASSIFICATION,
    patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
    count=4,
)
TAPE = Component(name="tape")
SKETCH = Sketch.of(Recipe(name="box", components=(SCREW, TAPE)))


def names(sketch: Sketch) -> list[str]:
    return [component["name"] for component in sketch.components]


def test_a_sketch_of_a_recipe_is_that_recipe() -> None:
    recipe = Recipe(
        name="box", frame_size=(640, 360), components=(SCREW, TAPE.model_copy(update={"region": (0, 0, 9, 9)}))
    )
    assert Sketch.of(recipe).checked() == (recipe, ())
    assert new_sketch("box").checked()[0] == Recipe(name="box", components=(Component(name="part"),))


@pytest.mark.parametrize(
    ("place", "value", "where", "text"),
    [
        (("components", 1, "name"), "ta pe", None, "The component 'ta pe' should hold letters"),
        (("components", 1, "name"), "SCREW", None, "Two components are called 'screw' and 'SCREW'."),
        (("components", 1, "name"), "on", None, "Two labels are called 'on' and 'on'."),
        (("components", 1, "threshold"), "much", None, "this should be a number, got 'much'."),
        (("components", 1, "threshold"), 1.5, None, "should be less than 1, got 1.5."),
        (("components", 1, "count"), -1, None, "should be 0 or more, got -1."),
        (("components", 1, "region"), [0, 0, 9, 9], None, "A recipe with a region needs"),
        (("components", 0, "patterns", 1, "name"), "ON", None, "Two patterns are called 'on' and 'ON'."),
        (("components", 0, "patterns", 1, "name"), "", None, "The pattern '' should hold"),
        (("components", 0, "patterns", 1, "passes"), True, ("components", 0, "patterns"), "one that does not."),
        (("vote", "agree"), 9, None, "Agree should be more than half of frames"),
        (("vote", "frames"), 0, None, "should be 1 or more, got 0."),
        (("components",), [], None, "This should hold at least 1, got 0."),
    ],
)
def test_a_fault_stands_at_the_value_to_change(place: Place, value: Any, where: Place | None, text: str) -> None:
    recipe, faults = SKETCH.with_value(place, value).checked()
    assert recipe is None
    assert [fault.place for fault in faults] == [where or place]
    assert text.casefold() in faults[0].text.casefold()
    assert faults[0].text.endswith(".")


def test_several_faults_are_told_at_once() -> None:
    sketch = SKETCH.with_value(("components", 0, "name"), "").with_value(("components", 1, "threshold"), "x")
    assert [fault.place[-1] for fault in sketch.checked()[1]] == ["name", "threshold"]


def test_a_change_leaves_the_sketch_before_as_it_was() -> None:
    SKETCH.with_value(("components", 0, "patterns", 0, "name"), "there").with_component()
    assert Sketch.of(Recipe(name="box", components=(SCREW, TAPE))) == SKETCH


def test_components_come_go_and_change_places() -> None:
    more = SKETCH.with_component().with_component()
    assert names(more) == ["screw", "tape", "part", "part-2"]
    assert names(more.without_component(1)) == ["screw", "part", "part-2"]
    assert names(more.with_component_moved(3, -1)) == ["screw", "tape", "part-2", "part"]
    assert names(more.with_component_moved(0, 1)) == ["tape", "screw", "part", "part-2"]
    assert more.with_component_moved(0, -1) == more == more.with_component_moved(3, 1)
    assert more.checked()[0] is not None


def test_a_mode_brings_and_takes_its_patterns() -> None:
    both = SKETCH.with_mode(1, Mode.CLASSIFICATION)
    assert both.at(("components", 1, "patterns")) == [
        {"name": "on-2", "passes": True},
        {"name": "off-2", "passes": False},
    ]
    assert both.checked()[0] is not None
    assert both.with_mode(1, Mode.DETECTION) == SKETCH
    assert both.with_mode(0, Mode.CLASSIFICATION) == both


def test_patterns_come_and_go() -> None:
    more = SKETCH.with_pattern(0)
    recipe, _ = more.checked()
    assert recipe is not None
    assert recipe.components[0].patterns[2] == Pattern(name="look", passes=False)
    assert more.without_pattern(0, 2) == SKETCH
    assert more.without_pattern(0, 0).checked()[1][0].place == ("components", 0, "patterns")


def test_a_region_is_whole_inside_and_on_one_picture() -> None:
    drawn = SKETCH.with_region(1, (300.4, -20, 99.6, 80), (640, 360))
    recipe, _ = drawn.checked()
    assert recipe is not None
    assert recipe.components[1].region == (100, 0, 300, 80)
    assert recipe.frame_size == (640, 360)
    assert drawn.with_region(0, (0, 0, 50, 50), (1920, 1080)) is drawn
    assert drawn.with_region(1, (5, 5, 9, 200), (640, 360)) is drawn
    free = drawn.without_region(1)
    assert free.drawn_on("") is None
    assert free.with_region(0, (0, 0, 50, 50), (1920, 1080)).drawn_on("") == (1920, 1080)


def test_a_region_is_on_the_picture_of_the_camera_that_sees_it() -> None:
    parts = (Component(name="lid", camera="top"), Component(name="seal", camera="side"))
    views = (Viewpoint(name="top"), Viewpoint(name="side"))
    sketch = Sketch.of(Recipe(name="box", components=parts, cameras=views))
    drawn = sketch.with_region(0, (0, 0, 50, 50), (640, 360)).with_region(1, (0, 0, 90, 90), (1920, 1080))
    recipe, _ = drawn.checked()
    assert recipe is not None
    assert recipe.views == {"top": (640, 360), "side": (1920, 1080)}
    assert [component.region for component in recipe.components] == [(0, 0, 50, 50), (0, 0, 90, 90)]
    assert drawn.with_region(0, (0, 0, 60, 60), (1920, 1080)) is drawn
    assert (drawn.drawn_on("top"), drawn.without_region(1).drawn_on("side")) == ((640, 360), None)
    assert [component["name"] for component in drawn.seen_by("side")] == ["seal"]


def test_a_component_is_given_one_of_several_cameras_and_loses_the_region_on_another_s_picture() -> None:
    views = (Viewpoint(name="top", frame_size=(640, 360)), Viewpoint(name="side", frame_size=(400, 300)))
    lid, seal = Component(name="lid", camera="top", region=(20, 20, 90, 90)), Component(name="seal", camera="side")
    added = Sketch.of(Recipe(name="two", cameras=views, components=(lid, seal))).with_component()
    _, (fault,) = added.checked()
    assert fault.place == ("components", 2, "camera")
    assert added.with_region(2, (10, 10, 50, 50), (640, 360)) is added, "nobody knows on which picture it is"
    given, _ = added.with_camera(2, "side").with_region(2, (10, 10, 50, 50), (400, 300)).checked()
    assert given is not None
    assert (given.components[2].camera, given.components[2].region) == ("side", (10, 10, 50, 50))
    turned = Sketch.of(given).with_camera(0, "side")
    assert (turned.components[0]["region"], turned.components[2]["region"]) == (None, [10, 10, 50, 50])
    _, (fault,) = turned.checked()
    assert fault.text == "No component is seen by the camera 'top'."
    assert turned.with_camera(0, "side") is turned


def test_steps_are_taken_back_and_made_again() -> None:
    one, two = SKETCH.with_component(), SKETCH.with_component().with_component()
    steps = Steps(SKETCH)
    assert not steps.undo()
    assert not steps.take(SKETCH)
    assert steps.take(one)
    assert steps.take(two)
    assert steps.undo()
    assert steps.now is one
    assert steps.redo()
    assert steps.now is two
    assert not steps.redo()
    steps.undo()
    steps.take(SKETCH)
    assert not steps.can_redo
    assert steps.can_undo


def test_letters_that_follow_one_another_are_one_step() -> None:
    place: Place = ("components", 1, "name")
    steps = Steps(SKETCH)
    for word in ("l", "li", "lid"):
        steps.take(SKETCH.with_value(place, word), place)
    steps.pause()
    steps.take(SKETCH.with_value(place, "lids"), place)
    steps.undo()
    assert names(steps.now) == ["screw", "lid"]
    steps.undo()
    assert steps.now is SKETCH


@pytest.mark.parametrize(
    ("wanted", "taken", "free"),
    [("box", [], "box"), ("box", ["BOX"], "box-2"), ("box", ["box", "box-3", "Box-2"], "box-4")],
)
def test_a_free_name_is_the_next_one(wanted: str, taken: list[str], free: str) -> None:
    assert free_name(wanted, taken) == free


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "A recipe needs a name."),
        ("gear box", "The recipe 'gear box' should hold letters, digits"),
        ("../x", "should hold"),
        ("x" * 81, "should hold"),
        ("Box", "There is already a recipe 'box'."),
        ("lid.v2", ""),
    ],
)
def test_why_a_recipe_cannot_be_called_so(name: str, fault: str) -> None:
    said = name_fault(name, ["box"])
    assert fault in said
    assert bool(said) == bool(fault)


def test_what_was_recorded_holds_a_component_as_it_is() -> None:
    recorded = {Label("screw", "off"): 2, Label("screw", "lookalike"): 1, Label("lid"): 1}
    assert "There are 3 recordings of 'screw'" in fixed("screw", recorded)
    assert "There is a recording of 'lid'" in fixed("lid", recorded)
    assert fixed("tape", recorded) == ""
    assert "2 recordings of 'screw off'" in fixed_pattern("screw", "off", recorded)
    assert fixed_pattern("screw", "on", recorded) == ""
    assert fixed_pattern("lid", "shut", recorded)


def test_the_rare_values_are_there_too() -> None:
    recipe, _ = SKETCH.with_value(("vote", "trigger"), "rest").with_value(("components", 1, "turns"), True).checked()
    assert recipe is not None
    assert recipe.vote.trigger is Trigger.REST
    assert recipe.components[1].turns

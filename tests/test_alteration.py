"""What an entry of the audit log tells of a recipe that was changed."""

import pytest

from inspector.alteration import MOST, altered
from inspector.people.entry import canonical
from inspector.recipe import Component, Mode, Pattern, Recipe, Viewpoint, Vote
from inspector.sample import Sample

LOOKS = (Pattern(name="on", passes=True), Pattern(name="off", passes=False))
SCREW = Component(name="screw", mode=Mode.CLASSIFICATION, patterns=LOOKS, count=4)
TAPE = Component(name="tape", region=(20, 20, 300, 200))
BOX = Recipe(name="box", frame_size=(640, 360), components=(SCREW, TAPE))


def with_components(*components: Component) -> Recipe:
    return BOX.model_copy(update={"components": components})


def changed(component: Component, **values: object) -> Component:
    return component.model_copy(update=values)


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (BOX, {}),
        (with_components(changed(SCREW, count=3), TAPE), {"components.screw.count": "4 -> 3"}),
        (with_components(changed(SCREW, threshold=0.4), TAPE), {"components.screw.threshold": "nothing -> 0.4"}),
        (
            with_components(SCREW, changed(TAPE, region=None)),
            {"components.tape.region": "20, 20, 300, 200 -> nothing"},
        ),
        (with_components(SCREW, changed(TAPE, turns=True)), {"components.tape.turns": "false -> true"}),
        (with_components(TAPE, SCREW), {"components": "screw, tape -> tape, screw"}),
        (
            with_components(SCREW, changed(TAPE, name="label")),
            {
                "components": "screw, tape -> screw, label",
                "components.label.region": "nothing -> 20, 20, 300, 200",
                "components.tape.region": "20, 20, 300, 200 -> nothing",
            },
        ),
        (
            with_components(changed(SCREW, patterns=(*LOOKS, Pattern(name="loose", passes=False))), TAPE),
            {
                "components.screw.patterns": "on, off -> on, off, loose",
                "components.screw.patterns.loose.passes": "nothing -> false",
            },
        ),
        (BOX.model_copy(update={"vote": Vote(decide_within_s=2.5)}), {"vote.decide_within_s": "3 -> 2.5"}),
    ],
)
def test_each_value_that_is_another_one_is_told_before_and_after(after: Recipe, told: dict[str, str]) -> None:
    assert altered(BOX, after) == told
    canonical(altered(BOX, after))


def test_of_a_new_one_what_is_no_default_is_told() -> None:
    assert altered(None, BOX) == {
        "components": "screw, tape",
        "components.screw.count": "4",
        "components.screw.mode": "detection+classification",
        "components.screw.patterns": "on, off",
        "components.screw.patterns.on.passes": "true",
        "components.screw.patterns.off.passes": "false",
        "components.tape.region": "20, 20, 300, 200",
        "frame_size": "640, 360",
    }


def test_samples_without_a_name_are_told_by_their_number() -> None:
    before = BOX.model_copy(update={"samples": (Sample(good=True), Sample(good=False, lacks="tape"))})
    after = BOX.model_copy(update={"samples": (Sample(good=True), Sample(good=False, lacks="screw"))})
    assert altered(before, after) == {"samples.2.lacks": "tape -> screw"}


def test_more_than_an_entry_holds_is_not_told() -> None:
    many = with_components(*(Component(name=f"part-{number}", count=2) for number in range(MOST)))
    assert altered(BOX, many) == {}
    wide = with_components(*(Component(name=f"{number}{'x' * 70}") for number in range(8)))
    assert altered(BOX, wide) == {}
    views = BOX.model_copy(update={"cameras": (Viewpoint(name="top"), Viewpoint(name="side"))})
    assert altered(BOX, views) == {"cameras": "nothing -> top, side"}

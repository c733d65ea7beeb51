"""`--set NAME=VALUE`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.commands.wishes import over, read_wishes
from inspector.errors import InputError
from inspector.presets import PRESETS


def test_values_are_those_of_yaml_and_dots_lead_into_sections() -> None:
    texts = ("boosting=0.5", "objective.classification=focal", "objective.mining.iou_threshold=1", "clip=null")
    assert read_wishes(texts) == {
        "boosting": 0.5,
        "objective": {"classification": "focal", "mining": {"iou_threshold": 1}},
        "clip": None,
    }
    assert read_wishes(("augmentation.turns=false", "weights=a=b.h5", "xla=on")) == {
        "augmentation": {"turns": False},
        "xla": "on",
        "weights": "a=b.h5",
    }
    assert read_wishes(()) == {}


def test_a_single_option_takes_the_place_of_the_preset_s() -> None:
    thorough = PRESETS["thorough"].settings
    assert over(thorough, {"steps": 40, "clip": None}) == {"effort": 3, "batch": 16, "steps": 40, "clip": None}
    assert over(thorough, {"batch": 4})["batch"] == 4


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (
            ("boosting",),
            "--set takes NAME=VALUE, as boosting=0.5 or objective.classification=focal; 'boosting' is not.",
        ),
        (("=1",), "--set takes NAME=VALUE, as boosting=0.5 or objective.classification=focal; '=1' is not."),
        (("a..b=1",), "--set takes NAME=VALUE, as boosting=0.5 or objective.classification=focal; 'a..b=1' is not."),
        (("clip=[1",), "--set clip: '[1' is no value, as 0.5, true, focal or [1, 2] would be."),
        (("clip=",), "--set clip: '' is no value, as 0.5, true, focal or [1, 2] would be."),
        (("clip=&a [*a]",), "--set clip: '&a [*a]' is no value, as 0.5, true, focal or [1, 2] would be."),
        (("clip=1", "clip=2"), "clip is said twice, and not alike: leave one of them away."),
        (("rounds=1", "rounds.most=2"), "rounds is said twice, and not alike: leave one of them away."),
    ],
)
def test_what_is_no_wish(texts: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        read_wishes(texts)
    assert str(refused.value) == sentence


SETTINGS = st.recursive(
    st.integers() | st.none(), lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3), max_leaves=6
)
SECTIONS = st.dictionaries(st.sampled_from("abc"), SETTINGS, max_size=3)


@given(SECTIONS, SECTIONS)
def test_what_is_above_counts_and_nothing_else_is_lost(below: dict[str, object], above: dict[str, object]) -> None:
    both = over(below, above)
    assert over(both, above) == both
    assert both.keys() == below.keys() | above.keys()
    for name in both:
        if name not in above:
            assert both[name] == below[name]
        elif not isinstance(above[name], dict):
            assert both[name] == above[name]

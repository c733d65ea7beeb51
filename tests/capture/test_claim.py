import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.capture.claim import Claim, check_claim, claim_of, claims, draft_of, missing, needed, new_id
from inspector.capture.recording import Draft
from inspector.errors import InputError
from inspector.recipe import LOOKALIKE, Component, Recipe, Viewpoint
from inspector.settings import check_name

MOMENT = datetime(2026, 11, 23, 14, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("components", "positive", "pattern"),
    [
        (["tape"], True, None),
        (["tape"], False, None),
        (["screw"], True, "on"),
        (["screw"], False, "off"),
        (["screw"], False, None),
        (["screw", "tape"], False, None),
        (["screw"], False, "lookalike"),
        (["tape"], False, "lookalike"),
    ],
)
def test_what_agrees_with_the_recipe_passes(
    recipe: Recipe, components: list[str], positive: bool, pattern: str | None
) -> None:
    check_claim(recipe, components, positive, pattern)


@pytest.mark.parametrize(
    ("components", "positive", "pattern", "words"),
    [
        ([], True, None, "Say which component"),
        (["tape", "tape"], True, None, "named twice"),
        (["tap"], True, None, "Did you mean 'tape'"),
        (["screw"], True, "onn", "Did you mean 'on'"),
        (["screw"], True, None, "Say which pattern of 'screw' it shows: 'on' or 'off'"),
        (["screw", "tape"], True, None, "Say which pattern of 'screw'"),
        (["screw"], False, "on", "is positive: the pattern passes"),
        (["screw"], True, "off", "is negative: the pattern does not pass"),
        (["tape"], True, "on", "'tape' has no patterns"),
        (["screw", "tape"], True, "on", "of one component only"),
        (["screw", "tape"], False, "lookalike", "of one component only"),
        (["tape"], True, "lookalike", "What looks like 'tape' and is none is recorded as --negative"),
    ],
)
def test_what_does_not_is_told(
    recipe: Recipe, components: list[str], positive: bool, pattern: str | None, words: str
) -> None:
    with pytest.raises(InputError) as refusal:
        check_claim(recipe, components, positive, pattern)
    assert words in str(refusal.value)


def test_pictures_whose_boxes_will_say_it_may_mix_patterns(recipe: Recipe) -> None:
    check_claim(recipe, ["screw"], True, None, mixed=True)


@pytest.mark.parametrize(
    ("positive", "pattern", "attested_by"),
    [(True, "on", None), (False, "off", None), (False, None, "ann"), (False, "lookalike", "ann")],
)
def test_only_an_empty_recording_needs_a_witness(
    recipe: Recipe, positive: bool, pattern: str | None, attested_by: str | None
) -> None:
    draft = draft_of(recipe, ["screw"], positive, pattern, by="ann", source="usb:0", recorded_at=MOMENT)
    assert draft.attested_by == attested_by
    assert draft.verified_empty is (attested_by is not None)


def test_names_that_are_no_text_can_be_written_down(recipe: Recipe) -> None:
    draft = draft_of(recipe, ["tape"], False, None, by="J\udcfcrgen", source="\udcff.mp4", recorded_at=MOMENT)
    assert (draft.source, draft.recorded_by, draft.attested_by) == ("?.mp4", "J?rgen", "J?rgen")


def test_somebody_must_stand_behind_it(recipe: Recipe) -> None:
    with pytest.raises(InputError, match="Say who records"):
        draft_of(recipe, ["tape"], False, None, by=" ", source="usb:0", recorded_at=MOMENT)


def test_an_id_says_when_and_what() -> None:
    assert re.fullmatch(r"20261123-141530-screw-on-[0-9a-f]{4}", new_id(MOMENT, "screw", "on"))


@settings(deadline=None)
@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", fullmatch=True),
)
def test_an_id_is_a_safe_name_that_sorts_by_time(moment: datetime, component: str, shows: str) -> None:
    made = new_id(moment, component, shows)
    assert check_name(made, "the recording") == made
    assert made < new_id(moment.replace(year=moment.year + 1, day=1), component, shows)


TAPE, NO_TAPE = Claim("tape", True), Claim("tape", False)
ON, OFF = Claim("screw", True, "on"), Claim("screw", False, "off")


def test_what_is_needed_and_what_can_be_recorded(recipe: Recipe) -> None:
    tape, screw = recipe.component("tape"), recipe.component("screw")
    assert needed(tape) == (TAPE, NO_TAPE)
    assert claims(tape) == (TAPE, NO_TAPE, Claim("tape", False, LOOKALIKE))
    assert needed(screw) == (ON, OFF)
    assert claims(screw) == (ON, OFF, Claim("screw", False), Claim("screw", False, LOOKALIKE))
    assert [claim.empty for claim in claims(screw)] == [False, False, True, True]


def test_every_claim_is_one_that_the_recipe_agrees_with(recipe: Recipe) -> None:
    for component in recipe.components:
        for claim in claims(component):
            draft = draft_of(
                recipe, [component.name], claim.positive, claim.pattern, by="a", source="s", recorded_at=MOMENT
            )
            assert claim_of(draft) == claim


def test_what_is_missing_shrinks_with_what_is_recorded(recipe: Recipe) -> None:
    def recorded(claim: Claim) -> Draft:
        return draft_of(
            recipe, [claim.component], claim.positive, claim.pattern, by="a", source="s", recorded_at=MOMENT
        )

    everything = missing(recipe, [])
    assert set(everything) == {TAPE, NO_TAPE, ON, OFF}
    assert missing(recipe, [recorded(TAPE), recorded(OFF)]) == [one for one in everything if one not in (TAPE, OFF)]
    # What only looks like it is as empty of it as any negative.
    assert NO_TAPE not in missing(recipe, [recorded(Claim("tape", False, LOOKALIKE))])
    assert missing(recipe, [recorded(claim) for claim in everything]) == []


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (TAPE, "--component tape --positive"),
        (NO_TAPE, "--component tape --negative"),
        (OFF, "--component screw --pattern off"),
        (Claim("tape", False, LOOKALIKE), "--component tape --lookalike"),
    ],
)
def test_a_claim_as_the_commands_say_it(claim: Claim, said: str) -> None:
    assert " ".join(claim.options) == said


def test_a_recording_is_of_one_camera() -> None:
    parts = (Component(name="lid", camera="top"), Component(name="seal", camera="side"))
    two_sided = Recipe(name="box", components=parts, cameras=(Viewpoint(name="top"), Viewpoint(name="side")))
    check_claim(two_sided, ["lid"], False, None)
    with pytest.raises(InputError, match="No camera sees all of lid, seal: record each by the camera that sees it"):
        check_claim(two_sided, ["lid", "seal"], False, None)

"""`inspector train, promote, validate`: what a person is told before anything is loaded or changed."""

from pathlib import Path
from typing import Any

import pytest

from inspector.backend import MACHINES
from inspector.bundle import Bundle
from inspector.commands.console import Voice
from inspector.commands.learn import tell_narrow, tell_unproved
from inspector.learning.backbones import Backbone
from inspector.learning.settings import Family, Second
from inspector.presets import BACKBONES, FAMILIES, SECOND_LOOKS
from inspector.settings import Workspace
from tests.test_bundle import make

Inspector = Any


def test_what_is_offered_is_what_there_is() -> None:
    assert list(FAMILIES) == [str(family) for family in Family]
    assert list(BACKBONES) == [str(backbone) for backbone in Backbone]
    assert list(SECOND_LOOKS) == [str(second) for second in Second]


def test_an_unknown_backbone_has_a_neighbour(inspector: Inspector) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    said = inspector("train", "lid", "--backbone", "mobilnet_v2")
    assert (said.code, said.err) == (2, "There is no backbone 'mobilnet_v2'. Did you mean 'mobilenet_v2'?\n")


def test_tiles_that_are_no_size_are_refused_before_anything_is_packed(inspector: Inspector) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    said = inspector("train", "lid", "--tiles", "640")
    assert said.code == 2
    assert said.err == "Tiles are 'auto', 'off', or a size in pixels such as 640x640; this is '640'.\n"


def test_a_worker_has_a_place(inspector: Inspector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MACHINES, "")
    inspector("recipe", "new", "lid", "--component", "tape")
    said = inspector("train", "lid", "--workers", "a:2222,b:2222", "--worker", "2")
    assert (said.code, said.err) == (2, "There are 2 workers, from 0 to 1; there is no number 2.\n")
    said = inspector("train", "lid", "--workers", "")
    assert (said.code, said.err) == (2, "A worker is named HOST:PORT, as in 192.168.0.5:2222; '' is not.\n")
    said = inspector("train", "lid", "--workers", "a:2222,b:2222", "--resume")
    assert (said.code, said.err) == (
        2,
        "A training goes on as it began: leave --workers away, or leave --resume away.\n",
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ("--worker", "1"),
            "--worker says which of several machines this is: name all of them with --workers.\n",
        ),
        (
            ("--workers", "a:2222,b:2222", "--expect"),
            "--expect times the training on this machine alone: leave --workers away.\n",
        ),
    ],
    ids=["nobody beside it", "only asked how long"],
)
def test_nobody_waits_for_machines_that_are_not_there(
    inspector: Inspector, options: tuple[str, ...], sentence: str
) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    said = inspector("train", "lid", *options)
    assert (said.code, said.err) == (2, sentence)


@pytest.mark.parametrize("option", [("--expect",), ("--tiles", "off")], ids=lambda option: option[0])
def test_a_training_that_goes_on_keeps_its_dataset_as_it_is(inspector: Inspector, option: tuple[str, ...]) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    said = inspector("train", "lid", "--resume", *option)
    assert (said.code, said.err) == (
        2,
        f"A training goes on as it began: leave {option[0]} away, or leave --resume away.\n",
    )


def test_without_patterns_there_is_nothing_to_decide(inspector: Inspector) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    said = inspector("train", "lid", "--second-look", "decides")
    assert (said.code, said.err) == (
        2,
        "No component of 'lid' has patterns to decide on: take --second-look confirms.\n",
    )


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ("bosting=1", "So it cannot be taught: unknown key 'bosting'. Did you mean 'boosting'?\n"),
        ("augmentation.blurr=1", "So it cannot be taught: unknown key 'augmentation.blurr'. Did you mean 'blur'?\n"),
        ("boosting=2", "So it cannot be taught: boosting: this should be 1 or less, got 2.\n"),
        (
            "objective={classification: focal, mining: {}}",
            "So it cannot be taught: objective: ",
        ),
        ("nonsense", "--set takes NAME=VALUE"),
    ],
)
def test_a_setting_that_is_none_is_refused_before_the_frames_are_packed(
    inspector: Inspector, wish: str, sentence: str
) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    said = inspector("train", "lid", "--set", wish)
    assert said.code == 2
    assert said.err.startswith(sentence)
    assert len(said.err.splitlines()) == 1


def test_an_option_and_a_setting_that_differ_are_not_weighed_against_each_other(inspector: Inspector) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    said = inspector("train", "lid", "--rounds", "0", "--set", "rounds.most=3")
    assert (said.code, said.err) == (2, "rounds is said twice, and not alike: leave one of them away.\n")


@pytest.mark.parametrize(
    ("usual", "said", "mining", "localization"),
    [
        ({}, {"localization": "giou"}, 3, "giou"),
        ({}, {"mining": {"max_negatives_per_positive": 5}}, 5, "smooth_l1"),
        ({}, {"classification": "focal"}, None, "smooth_l1"),
        ({}, {"random_examples": {}}, None, "smooth_l1"),
        ({"family": "anchor_free"}, {"localization_weight": 1.0}, 3, "giou"),
        ({"objective": {"localization": "giou"}}, {"localization_weight": 1.0}, None, "giou"),
    ],
    ids=["box", "ratio", "focal", "random", "anchor_free", "pipeline"],
)
def test_what_is_not_said_of_an_objective_is_the_family_s_own(
    workspace: Workspace, usual: dict[str, Any], said: dict[str, Any], mining: float | None, localization: str
) -> None:
    from inspector.commands.training import settings_of

    objective = settings_of(workspace, usual, {"objective": said}).objective
    assert objective is not None
    assert (objective.mining and objective.mining.max_negatives_per_positive) == mining
    assert objective.localization == localization
    if mining == 5:
        assert objective.mining is not None
        assert objective.mining.min_negatives_per_image == 16


def test_options_are_named_as_a_person_types_them(inspector: Inspector) -> None:
    inspector("recipe", "new", "lid", "--component", "tape")
    said = inspector("train", "lid", "--resume", "--second-look", "none")
    assert said.err == "A training goes on as it began: leave --second-look away, or leave --resume away.\n"


def test_training_without_recordings_lists_what_is_missing(inspector: Inspector) -> None:
    inspector("recipe", "new", "lid", "--component", "tape", "--component", "screw=on/off")
    said = inspector("train", "lid")
    assert said.code == 2
    for command in ("--component tape --positive", "--component tape --negative", "--component screw --pattern on"):
        assert command in said.err


@pytest.mark.parametrize(("score", "told"), [(0.99, False), (0.9991, True)])
def test_a_working_score_that_leaves_no_room_above_it_is_told(
    score: float, told: bool, tmp_path: Path, red_network: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make(tmp_path / "lamp-1", red_network, threshold=score)
    tell_narrow(Voice(as_json=False), Bundle.open(folder).manifest)
    assert ("lamp counts from a score of 0.9991 only" in capsys.readouterr().err) is told


def test_a_bundle_that_sees_nothing_is_told_before_anybody_uses_it(
    tmp_path: Path, red_network: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = Bundle.open(make(tmp_path / "lamp-1", red_network)).manifest
    tell_unproved(Voice(as_json=True), manifest)
    assert capsys.readouterr() == ("", "")
    unproved = manifest.model_copy(update={"golden": ()})
    tell_unproved(Voice(as_json=True), unproved)
    told = "It sees no lamp in any golden frame, so nothing proves that it sees it at all."
    assert capsys.readouterr() == (f'{{"says": "{told}"}}\n', f"{told}\n")
    tell_unproved(Voice(as_json=False), unproved)
    assert capsys.readouterr() == ("Look at what it misses: inspector validate lamp-1\n", f"{told}\n")


def test_promoting_what_is_not_there(inspector: Inspector) -> None:
    said = inspector("promote", "lid-1")
    assert said.code == 2
    assert "There is no bundle 'lid-1'" in said.err


def test_going_back_where_there_was_no_bundle_before(inspector: Inspector) -> None:
    for name in ("lid", "../lid", "a" * 300):
        said = inspector("promote", name, "--back")
        assert (said.code, said.err) == (2, f"There is no recipe with a bundle '{name}'.\n")

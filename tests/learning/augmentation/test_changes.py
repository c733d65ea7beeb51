import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from inspector.learning.augmentation.changes import Augmentation, draw

SIZE = (96, 64)


def truth(count, full):
    boxes, classes = np.zeros((count, 1, 4), np.float32), np.full((count, 1), -1, np.int32)
    boxes[:full], classes[:full] = [20, 20, 40, 36], 0
    return {"boxes": boxes, "classes": classes, "taught": np.ones((count, 1), bool)}


def drawn(seed=0, count=8, full=4, turns=False, how=None):
    may = np.full(count, turns)
    return draw(np.random.default_rng(seed), truth(count, full), may, SIZE, how or Augmentation())


@settings(max_examples=50)
@given(st.integers(0, 2**32), st.booleans(), st.integers(1, 9))
def test_what_is_drawn_stays_moderate(seed, turns, count):
    changes = drawn(seed, count, 1, turns)
    affine = changes["affine"].astype(float)
    zoom = np.abs(np.linalg.det(affine[:, :, :2])) ** 0.5
    assert ((zoom > 0.67) & (zoom < 1.21)).all()
    assert (np.abs(affine @ [48, 32, 1] - [48, 32]) <= [9.61, 6.41]).all()
    assert ((changes["gain"] > 0.5) & (changes["gain"] < 1.65)).all()
    assert (np.abs(changes["offset"]) < 47).all()
    assert ((changes["gamma"] > 0.74) & (changes["gamma"] < 1.36)).all()
    assert (changes["blur"] <= 1.2).all()
    assert ((changes["quality"] >= 40) & (changes["quality"] <= 100)).all()
    assert all(len(value) == count for value in changes.values())
    assert {value.dtype for value in changes.values()} <= {np.dtype("float32"), np.dtype("int32")}


@settings(max_examples=50)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_dear_kinds_stay_within_their_slots(seed, count):
    changes = drawn(seed, count, 0)
    slots = -(-count // 4)
    sides = changes["patches"][:, :, 2:] - changes["patches"][:, :, :2]
    for some in (changes["blur"].any(axis=1), changes["quality"] < 100, sides.any(axis=(1, 2))):
        assert some.sum() <= slots
    assert (changes["partner"] != np.arange(count)).sum() <= 2 * slots


def test_the_seed_decides():
    one, same, other = drawn(3), drawn(3), drawn(4)
    assert all((one[key] == same[key]).all() for key in one)
    assert all((one[key] != other[key]).any() for key in one)


def test_upright_components_are_never_mirrored_or_turned():
    linear = np.concatenate([drawn(seed)["affine"][:, :, :2] for seed in range(50)])
    assert (np.linalg.det(linear) > 0).all()
    assert (linear[:, 0, 0] > 0.75).all()


def test_turning_components_come_in_all_eight_ways():
    linear = np.concatenate([drawn(seed, turns=True)["affine"][:, :, :2] for seed in range(50)])
    quarters = np.rint(np.arctan2(linear[:, 1, 1], linear[:, 0, 1]) / (np.pi / 2)).astype(int) % 4
    assert len(set(zip(quarters.tolist(), (np.linalg.det(linear) > 0).tolist(), strict=True))) == 8


def test_only_frames_that_may_turn_are_turned():
    may = np.array([True, False] * 4)
    for seed in range(50):
        affine = draw(np.random.default_rng(seed), truth(8, 4), may, SIZE, Augmentation())["affine"]
        assert (affine[~may, 0, 0] > 0.75).all()


def test_full_and_empty_pictures_are_changed_alike():
    # The same places of a batch with other contents: but for where places are exchanged, nothing that is drawn moves.
    for seed in range(20):
        mixed, others = drawn(seed, full=4), drawn(seed, full=8)
        assert all((mixed[key] == others[key]).all() for key in mixed.keys() - {"place"})


def test_every_place_in_a_batch_is_changed_alike():
    # Full pictures come first in a batch: no kind of change may prefer them.
    batches = [drawn(seed) for seed in range(300)]
    for key in ("blur", "noise", "quality", "patches", "depths", "partner"):
        values = np.stack([batch[key] for batch in batches])
        usual = {"quality": 100, "partner": np.arange(8)}.get(key, 0)
        changed = (values != usual).reshape(300, 8, -1).any(axis=2).mean(axis=0)
        assert changed[:4].mean() == pytest.approx(changed[4:].mean(), abs=0.06), key
        assert 0.15 < changed.min() < changed.max() < 0.65, key


def test_switching_a_kind_off_leaves_the_others_as_they_were():
    every, without = drawn(), drawn(how=Augmentation(grafts=0, noise=0))
    assert every.keys() - without.keys() == {"partner", "place", "seam", "noise", "rows"}
    assert all((every[key] == without[key]).all() for key in without)


@pytest.mark.parametrize("kind", ["exposure", "white_balance", "contrast", "brightness", "gamma", "shadows"])
def test_each_kind_of_light_is_there_alone(kind):
    default = Augmentation.model_fields[kind].default
    changes = drawn(how=Augmentation.none().model_copy(update={kind: default}))
    assert changes.keys() == {"gamma", "gain", "offset", "shades", "depths"}
    moved = {
        "gamma": (changes["gamma"] != 1).any(),
        "gain": np.abs(changes["gain"] - 1).max() > 0.01,
        "offset": changes["offset"].any(),
        "depths": changes["depths"].any(),
    }
    wanted = {"gamma": {"gamma"}, "shadows": {"depths"}, "contrast": {"gain", "offset"}, "brightness": {"offset"}}
    assert {key for key, value in moved.items() if value} == wanted.get(kind, {"gain"})


def test_nothing_is_drawn_where_nothing_is_wanted():
    assert drawn(how=Augmentation.none()) == {}


@pytest.mark.parametrize("wrong", [{"grafts": 0.6}, {"shift": -0.1}, {"blurr": 1}, {"jpeg": 100}])
def test_settings_that_make_no_sense(wrong):
    with pytest.raises(ValidationError):
        Augmentation(**wrong)

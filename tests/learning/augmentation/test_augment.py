import keras
import numpy as np
import pytest
from keras import ops

from inspector.learning.augmentation.augment import augment
from inspector.learning.augmentation.changes import Augmentation, draw
from inspector.preprocess import PAD_GREY

SIDE = 96
GROUND = 90


def batch(rng, count=8, turns=False):
    """Half of the pictures hold a light square at about one place, and half hold none; the light varies a little."""
    pictures = rng.normal(GROUND, 2, (count, SIDE, SIDE, 3)) + rng.uniform(-6, 6, (count, 1, 1, 3))
    boxes, classes = np.zeros((count, 1, 4), np.float32), np.full((count, 1), -1, np.int32)
    for i in range(count // 2):
        x, y = rng.integers(34, 40, 2)
        pictures[i, y : y + 24, x : x + 24] += 130
        boxes[i], classes[i] = [x, y, x + 24, y + 24], 0
    truth = {"boxes": boxes, "classes": classes, "taught": np.ones((count, 1), bool)}
    return np.clip(pictures, 0, 255).astype(np.uint8), truth, np.full(count, turns)


def augmented(seed, settings, **more):
    rng = np.random.default_rng(seed)
    pictures, truth, turns = batch(rng, **more)
    return *numpy(augment(pictures, truth, draw(rng, truth, turns, (SIDE, SIDE), settings))), pictures, truth


def numpy(changed):
    pictures, truth = changed
    return ops.convert_to_numpy(pictures), {key: ops.convert_to_numpy(value) for key, value in truth.items()}


def only(**kinds):
    return Augmentation.none().model_copy(update=kinds)


def test_no_change_changes_nothing():
    pictures, truth, before, known = augmented(0, Augmentation.none())
    assert (pictures == before).all()
    assert all((truth[key] == known[key]).all() for key in known)


@pytest.mark.parametrize("count", [1, 2, 8])
def test_what_comes_out(count):
    pictures, truth, _, known = augmented(0, Augmentation(), count=count)
    assert pictures.shape == (count, SIDE, SIDE, 3)
    assert pictures.dtype == np.uint8
    assert {key: (value.shape, value.dtype) for key, value in truth.items()} == {
        "boxes": ((count, 2, 4), np.float32),
        "classes": ((count, 2), np.int32),
        "taught": ((count, 1), np.bool_),
    }
    assert (truth["taught"] == known["taught"]).all()


def test_compiled_it_does_the_same():
    rng = np.random.default_rng(1)
    pictures, truth, turns = batch(rng, 5)
    changes = draw(rng, truth, turns, (SIDE, SIDE), Augmentation())
    one, known = numpy(augment(pictures, truth, changes))
    compiled = keras.Sequential([keras.layers.Lambda(lambda given: augment(*given))])
    compiled.compile()
    other, told = numpy(compiled.predict_on_batch((pictures, truth, changes)))
    assert np.abs(one.astype(int) - other).max() <= 1
    assert all(known[key] == pytest.approx(told[key], abs=1e-4) for key in known)


def test_the_truth_is_what_can_be_seen():
    # Whatever is moved, exchanged and covered: where the truth calls the square there it is light, and nowhere else.
    settings = only(shift=0.1, scale=0.2, rotation=5.0, grafts=0.5)
    for seed in range(12):
        pictures, truth, _, _ = augmented(seed, settings)
        for picture, boxes, classes in zip(pictures, truth["boxes"], truth["classes"], strict=True):
            told = np.zeros((SIDE, SIDE), bool)
            for box, kind in zip(boxes, classes, strict=True):
                xmin, ymin, xmax, ymax = np.rint(box).astype(int)
                if kind == 0:
                    assert np.median(picture[ymin:ymax, xmin:xmax]) > 180
                if kind != -1:
                    told[max(0, ymin - 3) : ymax + 3, max(0, xmin - 3) : xmax + 3] = True
            # A trace of a thing that is nothing any more may be left, a twentieth of it.
            assert (picture.min(axis=2) > 180)[~told].sum() <= 2 * 0.05 * 24 * 24


def test_components_come_to_empty_pictures_as_often_as_they_leave_full_ones():
    came, left = 0, 0
    for seed in range(20):
        _, truth, _, _ = augmented(seed, only(grafts=0.5))
        came += (truth["classes"][4:] == 0).any(axis=1).sum()
        left += (truth["classes"][:4] == -1).all(axis=1).sum()
    assert came == left > 10


def test_a_thing_pushed_out_or_covered_is_doubtful_and_a_trace_is_nothing():
    boxes = np.array([[[10, 10, 22, 22]], [[26, 10, 46, 30]], [[60, 10, 80, 30]], [[0, 10, 10, 20]]], np.float32)
    patches = np.zeros((4, 2, 4), np.float32)
    patches[2, 0] = [40, 10, 60, 24]
    changes = {
        "affine": np.tile(np.array([[1, 0, -20], [0, 1, 0]], np.float32), (4, 1, 1)),
        "patches": patches,
        "colours": np.zeros((4, 2, 3), np.float32),
    }
    truth = {"boxes": boxes, "classes": np.zeros((4, 1), np.int32), "taught": np.ones((4, 1), bool)}
    _, told = numpy(augment(np.zeros((4, SIDE, SIDE, 3), np.uint8), truth, changes))
    assert told["classes"].ravel().tolist() == [-2, 0, -2, -1]
    assert told["boxes"][:, 0].tolist() == [[0, 10, 2, 22], [6, 10, 26, 30], [40, 10, 60, 30], [0, 0, 0, 0]]


def test_what_is_seen_after_one_change_counts_for_the_next():
    # A quarter is covered of what is left when a quarter was cut off: little more than a half of it is seen.
    changes = {
        "affine": np.array([[[1, 0, -5], [0, 1, 0]]], np.float32),
        "patches": np.array([[[0, 0, 20, 5], [0, 0, 0, 0]]], np.float32),
        "colours": np.zeros((1, 2, 3), np.float32),
    }
    boxes = np.array([[[0, 0, 20, 20]]], np.float32)
    truth = {"boxes": boxes, "classes": np.zeros((1, 1), np.int32), "taught": np.ones((1, 1), bool)}
    for kinds, wanted in ((["affine"], 0), (["patches", "colours"], 0), (list(changes), -2)):
        given = {kind: changes[kind] for kind in kinds}
        _, told = numpy(augment(np.zeros((1, SIDE, SIDE, 3), np.uint8), truth, given))
        assert told["classes"].item() == wanted


def ways_apart(values, full):
    """The chance that a full picture's value is above an empty one's: a half where the value tells nothing."""
    above = np.subtract.outer(values[full], values[~full])
    return ((above > 0) + 0.5 * (above == 0)).mean()


def padding(picture):
    return (picture == PAD_GREY).all(axis=-1).mean()


def test_neither_zoom_nor_padding_tells_a_full_picture_from_an_empty_one():
    shares, zooms, full = [], [], []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        pictures, truth, turns = batch(rng)
        settings = only(shift=0.1, scale=0.2, rotation=5.0)
        changes = draw(rng, truth, turns, (SIDE, SIDE), settings)
        changed, told = numpy(augment(pictures, truth, changes))
        shares += [padding(picture) for picture in changed]
        zooms += np.linalg.det(changes["affine"][:, :, :2]).tolist()
        full += (told["classes"] != -1).any(axis=1).tolist()
    assert ways_apart(np.array(shares), np.array(full)) == pytest.approx(0.5, abs=0.08)
    assert ways_apart(np.array(zooms), np.array(full)) == pytest.approx(0.5, abs=0.08)


def test_a_seam_does_not_tell_a_full_picture_from_an_empty_one():
    # The ground of each picture has stripes of its own, which seams above and below the component break.
    seams, full, exchanged = [], [], []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        pictures, truth, turns = batch(rng)
        pictures = np.clip(pictures + rng.normal(0, 6, (8, 1, SIDE, 1)), 0, 255).astype(np.uint8)
        changes = draw(rng, truth, turns, (SIDE, SIDE), only(grafts=0.5))
        changed, told = numpy(augment(pictures, truth, changes))
        steps = np.abs(np.diff(changed[:, :, 36:60].astype(float), axis=1)).mean(axis=(2, 3))
        seams += steps[:, np.r_[:32, 66:95]].max(axis=1).tolist()
        full += (told["classes"] == 0).any(axis=1).tolist()
        exchanged += (changes["partner"] != np.arange(8)).tolist()
    assert ways_apart(np.array(seams), np.array(exchanged)) > 0.75
    assert ways_apart(np.array(seams), np.array(full)) == pytest.approx(0.5, abs=0.08)

"""The drawn light box: what is drawn lies exactly where the truth says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from inspector.boxes import area, as_boxes, intersection
from inspector.capture.scene.housing import TURNS, Workpiece
from inspector.capture.scene.lightbox import HEIGHT, WIDTH
from inspector.capture.scene.picture import Darkroom, Lay, Light, Part, draw, parts
from inspector.capture.scene.shapes import FINE, Grid, blurred, capsule, disc, joined, rise, slab
from inspector.capture.scene.sprite import Pose, Sprite
from inspector.capture.scene.tape import LOOKS

SOLID = (None,) * 4
STILL = (0,) * 4
poses = st.builds(Pose, st.floats(275, 365), st.floats(205, 275), st.floats(-15, 15))


def lay(screws: tuple[bool | None, ...], pose: Pose, turns: tuple[int, ...] = STILL) -> Lay:
    return Lay(((Workpiece(screws, turns), pose),))


def changed(one: Lay, other: Lay, least: float) -> NDArray[np.intp]:
    """The (x, y) of pixels that differ by more than noise and soft shadow would."""
    difference = np.abs(draw(one).astype(int) - draw(other)).max(axis=2)
    rows, columns = np.nonzero(difference > least)
    return np.stack([columns, rows], axis=1)


def assert_tight(pixels: NDArray[np.intp], part: Part) -> None:
    """Touching each edge of the box within two pixels: beyond is only the rim of a contact shadow."""
    found = np.array([*pixels.min(0), *(pixels.max(0) + 1)])
    outwards = np.array([-1, -1, 1, 1]) * (found - part.box)
    assert np.abs(outwards).max() <= 2.0, (found, part)


@settings(max_examples=12, deadline=None)
@given(poses, st.integers(0, 3), st.booleans(), st.integers(0, TURNS - 1))
def test_a_screw_place_has_a_tight_box(pose: Pose, corner: int, screwed: bool, turn: int) -> None:
    screws = tuple(screwed if k == corner else None for k in range(4))
    drawn = lay(screws, pose, (turn,) * 4)
    (part,) = parts(drawn)
    assert part.name == ("on" if screwed else "off")
    assert_tight(changed(drawn, lay(SOLID, pose), 28), part)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, LOOKS - 1), st.builds(Pose, st.floats(80, 560), st.floats(80, 400), st.floats(-90, 90)))
def test_a_strip_has_a_tight_box(look: int, pose: Pose) -> None:
    drawn = Lay(strips=((look, pose),))
    (part,) = parts(drawn)
    assert part.name == "tape"
    assert_tight(changed(drawn, Lay(), 45), part)


@pytest.mark.parametrize(("screwed", "least", "most"), [(True, 34, 40), (False, 22, 30)])
def test_sizes_of_head_and_hole(screwed: bool, least: float, most: float) -> None:
    boxes = as_boxes([part.box for part in parts(lay((screwed,) * 4, Pose(320, 240)))])
    sides = boxes[:, 2:] - boxes[:, :2]
    assert len(boxes) == 4
    assert (sides >= least).all()
    assert (sides <= most).all()


def test_a_screw_is_seen_where_its_hole_was() -> None:
    pose = Pose(300, 250, 7)
    on, off = (as_boxes([part.box for part in parts(lay((state,) * 4, pose))]) for state in (True, False))
    np.testing.assert_allclose(np.diagonal(intersection(on, off)), area(off), rtol=1e-4)
    assert len(changed(lay((True,) * 4, pose), lay((False,) * 4, pose), 40)) > 4 * 300


def test_a_strip_shows_on_every_ground() -> None:
    # Over the dark board it is hardest to see: what its adhesive scatters must stand out of the sensor's noise.
    ground = lay((True,) * 4, Pose(320, 240))
    for x, y in ((254, 214), (390, 215), (320, 150), (560, 420)):
        taped = Lay(ground.pieces, ((3, Pose(x, y, 10)),))
        box = np.array(parts(taped)[-1].box)
        share = len(changed(taped, ground, 8)) / float((box[2] - box[0]) * (box[3] - box[1]))
        assert share > 0.4, (x, y)


def test_half_out_of_the_picture_is_the_least_that_counts() -> None:
    # A head of 36 pixels whose middle lies on the edge shows half of itself.
    assert [part.name for part in parts(lay((True, None, None, None), Pose(150.5, 240)))] == ["on"]
    assert parts(lay((True, None, None, None), Pose(149.5, 240))) == []


def test_boxes_are_cut_to_the_picture() -> None:
    (part,) = parts(lay((True, None, None, None), Pose(155, 240)))
    assert part.box == pytest.approx((0, 125, 23, 161))


def test_an_empty_box_has_no_parts() -> None:
    assert parts(Lay()) == []
    assert draw(Lay()).shape == (HEIGHT, WIDTH, 3)


def test_a_hand_hides_but_the_boxes_stay() -> None:
    bare = lay((True,) * 4, Pose(320, 240))
    held = Lay(bare.pieces, hand=Pose(470, 260))
    assert parts(held) == parts(bare)
    assert len(changed(held, bare, 60)) > 10_000


def test_a_sprite_off_the_picture_changes_nothing() -> None:
    away = Lay(hand=Pose(320, 900), pieces=((Workpiece(SOLID, STILL), Pose(-400, 240)),))
    assert len(changed(away, Lay(), 0)) == 0


def test_the_same_shot_is_developed_alike_whatever_came_before() -> None:
    one, other = lay((True,) * 4, Pose(320, 240)), lay((False,) * 4, Pose(310, 240))
    fresh, used = Darkroom(5), Darkroom(5)
    used.develop(other, Light(), 0)
    np.testing.assert_array_equal(used.develop(one, Light(1.1), 1), fresh.develop(one, Light(1.1), 1))


def test_light_and_noise_change_the_picture() -> None:
    shot, room = lay((True,) * 4, Pose(320, 240)), Darkroom(5)
    plain = room.develop(shot, Light(), 1).astype(int)
    noise = room.develop(shot, Light(), 2) - plain
    assert 1.5 < noise.std() < 5
    brighter = room.develop(shot, Light(upper=1.1), 1) - plain
    assert brighter[:150].mean() > brighter[-150:].mean() > 1
    assert room.develop(shot, Light(person=0.5), 1).mean() < plain.mean() - 5


def test_a_sprite_lands_on_the_pixel_that_its_pose_names() -> None:
    full = np.ones((4 * FINE, 6 * FINE), np.float32)
    sprite = Sprite.solid(np.dstack([full] * 3), full, full, (3, 2))
    picture = np.zeros((20, 20, 4), np.uint8)
    sprite.lay(picture, Pose(10, 8))
    rows, columns = np.nonzero(picture[..., 0] == 255)
    assert (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1) == (7, 6, 13, 10)
    turned = np.zeros((20, 20, 4), np.uint8)
    sprite.lay(turned, Pose(10, 8, 90))
    rows, columns = np.nonzero(turned[..., 0] == 255)
    assert (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1) == (8, 5, 12, 11)


def test_a_pose_places_points_clockwise() -> None:
    placed = Pose(100, 50, 90).place(np.array([[10, 0], [0, 10]], np.float32))
    np.testing.assert_allclose(placed, [[100, 60], [90, 50]], atol=1e-4)


def test_distances_of_shapes() -> None:
    grid = Grid(np.array([[0.0, 3.0, 5.0, 8.0]], np.float32), np.zeros((1, 4), np.float32))
    np.testing.assert_allclose(disc(grid, 5), [[5, 2, 0, -3]])
    np.testing.assert_allclose(slab(grid, 10, 6, 1), [[3, 2, 0, -3]])
    np.testing.assert_allclose(capsule(grid, (-5, 0), (5, 0), 2, 1), [[1.5, 1.2, 1, -2]], atol=1e-6)
    np.testing.assert_allclose(rise(disc(grid, 5), 4), [[1, 0.5, 0, 0]])


def test_joined_shapes_round_their_inner_corner_only() -> None:
    far, near = np.float32([[5.0, 1.0]]), np.float32([[1.0, 1.0]])
    np.testing.assert_allclose(joined(far, near, 2), [[5.0, 1.5]])


def test_a_wide_blur_keeps_the_mean_and_the_size() -> None:
    field = np.random.default_rng(0).random((101, 77)).astype(np.float32)
    smooth = blurred(field, 9)
    assert smooth.shape == field.shape
    assert smooth.mean() == pytest.approx(field.mean(), abs=0.02)
    assert smooth.std() < 0.1 * field.std()

"""What differs, gathered into things: the maps, the blobs and the look that is drawn in."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from inspector.frame import Image
from inspector.labeling.alignment import IDENTITY, UNMOVED
from inspector.labeling.background import covered, difference, look_of, reference
from inspector.labeling.blobs import Blob, blobs_of
from inspector.labeling.confidence import Suggestion, usual_count, weigh
from inspector.labeling.own_look import drawn_in
from inspector.labeling.persistence import Sight


def striped(gain: float = 1.0, shift: int = 0) -> Image:
    image = np.full((120, 160, 3), (90, 120, 110), np.float32)
    image[:, 80 + shift :] = (140, 150, 160)
    cv2.rectangle(image, (20 + shift, 20), (50 + shift, 60), (60, 60, 60), 2)
    return np.clip(image * gain, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("other", [striped(0.75), striped(1.3), striped(shift=1)])
def test_light_and_a_pixels_shift_are_no_difference(other: Image) -> None:
    assert difference(look_of(other), [reference(look_of(striped()))]).max() < 0.06


def test_a_patch_differs_where_it_is_and_nowhere_else() -> None:
    image = striped()
    cv2.rectangle(image, (100, 70), (129, 99), (60, 80, 170), -1)
    values = difference(look_of(image), [reference(look_of(striped()))])
    assert values[75:95, 105:125].min() > 0.2
    values[64:106, 94:136] = 0
    assert values.max() < 0.06


def test_the_reference_that_explains_best_counts_and_none_explains_what_it_does_not_show() -> None:
    image = striped()
    cv2.rectangle(image, (100, 70), (129, 99), (60, 80, 170), -1)
    knows, knows_not = reference(look_of(image)), reference(look_of(striped()))
    assert difference(look_of(image), [knows_not, knows]).max() < 0.01
    away = np.array([[1, 0, 40], [0, 1, 0]], float)
    outside = ~covered((120, 160), away)
    assert np.isinf(difference(look_of(image), [reference(look_of(image), away)])[outside]).all()
    assert covered((120, 160), IDENTITY).all()


def plateau(*boxes: tuple[int, int, int, int], level: float = 3.0) -> NDArray[np.float32]:
    values = np.zeros((80, 100), np.float32)
    for xmin, ymin, xmax, ymax in boxes:
        values[ymin:ymax, xmin:xmax] = level
    return values


def test_fragments_within_the_gap_are_one_thing() -> None:
    values = plateau((10, 10, 20, 20), (24, 10, 34, 20))
    assert [blob.box.tolist() for blob in blobs_of(values, gap=6)] == [[10, 10, 34, 20]]
    assert sorted(blob.box.tolist() for blob in blobs_of(values, gap=0)) == [[10, 10, 20, 20], [24, 10, 34, 20]]


def test_specks_faint_places_and_thin_tails_are_dropped() -> None:
    speck, faint = plateau((60, 60, 63, 63)), plateau((70, 10, 90, 30), level=1.3)
    thing = plateau((10, 10, 40, 60), (40, 58, 60, 60))
    (blob,) = blobs_of(np.maximum(np.maximum(speck, faint), thing), gap=4)
    assert blob.box.tolist() == [10, 10, 40, 60]
    assert blob.area == 30 * 50
    assert blob.energy == 3 * 30 * 50


def test_nothing_differs_in_an_empty_map() -> None:
    assert blobs_of(np.zeros((40, 40), np.float32), gap=8) == []


def sight(box: tuple[int, int, int, int], share: float, placed: float | None = None) -> Sight:
    (blob,) = blobs_of(plateau(box), gap=0)
    return Sight(0, blob, share, share if placed is None else placed)


def weighed(*sights: Sight, values: NDArray[np.float32], expected: int = 1, familiar: float = 1.0) -> Suggestion:
    return weigh(sights, values, expected, familiar)


def test_confidence_falls_for_each_reason_to_doubt() -> None:
    box, other = (10, 10, 30, 30), (60, 40, 80, 60)
    values = plateau(box)
    assert weighed(sight(box, 1.0), values=values).confidence == pytest.approx([1.0])
    assert weighed(sight(box, 0.25), values=values).confidence == pytest.approx([0.5])
    assert weighed(sight(box, 1.0), values=values / 2).confidence == pytest.approx([0.5])
    assert weighed(sight(box, 1.0), values=values, familiar=0.3).confidence == pytest.approx([0.3])
    assert weighed(sight(box, 1.0), values=values, expected=2).confidence == pytest.approx([0.4])
    both = plateau(box, other)
    assert weighed(sight(box, 1.0), sight(other, 0.9), values=both).confidence == pytest.approx([0.4])
    assert weighed(sight(box, 0.9, 0.1), sight(other, 0.2, 0.1), values=both).confidence == pytest.approx([0.4])
    assert weighed(sight(box, 0.9), sight(other, 0.2), values=both).confidence == pytest.approx([1.0])


def test_what_differs_right_beside_a_box_makes_it_doubtful() -> None:
    box = (40, 30, 60, 50)
    beside = plateau(box, (66, 30, 76, 50))
    far = plateau(box, (5, 60, 25, 80))
    assert weighed(sight(box, 1.0), values=beside).sure < 0.8
    assert weighed(sight(box, 1.0), values=far).sure == pytest.approx(1.0)


def test_what_is_usual_is_counted_without_what_hardly_lasts() -> None:
    lasting, passing = sight((10, 10, 30, 30), 1.0), sight((60, 40, 80, 60), 0.05)
    assert usual_count([[lasting, passing], [lasting, passing], [lasting], []]) == 1
    assert usual_count([[], []]) == 0
    assert weighed(values=plateau()).sure == 0


def test_a_hole_is_drawn_in_from_the_heads_outline_and_a_head_is_not() -> None:
    def face(radius: int) -> Image:
        image = np.full((80, 100, 3), 150, np.uint8)
        cv2.circle(image, (50, 40), radius, (40, 40, 45), -1)
        return cv2.GaussianBlur(image, (0, 0), 0.8)

    y, x = np.mgrid[0:80, 0:100]
    head = np.where((x - 50) ** 2 + (y - 40) ** 2 <= 14**2, np.float32(3), np.float32(0))
    (thing,) = blobs_of(head, gap=0)
    hole = drawn_in(thing, [face(10)] * 3, [UNMOVED] * 3)
    assert np.allclose(hole.box, [40, 30, 61, 51], atol=1.5)
    assert np.allclose(drawn_in(thing, [face(14)] * 3, [UNMOVED] * 3).box, thing.box, atol=1.5)


def test_an_outline_stays_where_nothing_stands_out_or_at_the_rim() -> None:
    plain = np.full((80, 100, 3), 150, np.uint8)
    (middle,) = blobs_of(plateau((30, 30, 60, 60)), gap=0)
    (rim,) = blobs_of(plateau((0, 30, 30, 60)), gap=0)
    assert drawn_in(middle, [plain], [UNMOVED]) is middle
    assert drawn_in(rim, [plain], [UNMOVED]) is rim


def test_an_outline_turns_with_its_thing_and_its_box_stays_tight() -> None:
    """A disc that turns keeps its box; the box of its turned box would be larger by half."""
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    disc = Blob(np.stack([50 + 10 * np.cos(angles), 40 + 10 * np.sin(angles)], axis=1).astype(np.float32), 314, 900.0)
    matrix = np.asarray(cv2.getRotationMatrix2D((50, 40), 45, 1.0), np.float64)
    assert np.allclose(disc.mapped(matrix).box, disc.box, atol=0.2)

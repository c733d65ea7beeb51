"""What both looks together say of a place."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.boxes import EMPTY, as_boxes
from inspector.detections import Detections
from inspector.errors import InputError, MachineError
from inspector.frame import Image, freeze
from inspector.recipe import Label, without_patterns
from inspector.second_look import NETWORK, Lens, SecondLook, TwoLooks, confirmed, likelihoods

ON, OFF, TAPE, PAPER = Label("screw", "on"), Label("screw", "off"), Label("tape"), Label("tape", "lookalike")
TAUGHT = (ON, OFF, TAPE, PAPER)
NO_MATTER = 99.0


def found(labels: tuple[Label, ...], *seen: tuple[Label, float]) -> Detections:
    """Those labels with those scores, side by side."""
    boxes = as_boxes([[20 * i, 0, 20 * i + 10, 10] for i in range(len(seen))])
    classes = np.array([labels.index(label) for label, _ in seen], np.int32)
    return Detections(boxes, np.array([score for _, score in seen], np.float32), classes, labels)


def said(detections: Detections) -> list[tuple[str, float, float]]:
    """(label, score, left edge) of each, in order."""
    return [
        (str(detections.label(i)), round(float(detections.scores[i]), 3), float(detections.boxes[i, 0]))
        for i in range(len(detections))
    ]


def logits(*shares_of: tuple[float, float, float, float, float]) -> np.ndarray:
    """The logits of such shares (on, off, tape, paper, nothing)."""
    return np.log(np.array(shares_of, np.float32)).reshape(-1, 5)


def test_shares_are_among_those_asked_about_and_nothing() -> None:
    said_of = np.log(np.array([[1, 2, 3, 4, 5]], np.float32))
    one = likelihoods(said_of, np.array([[True, True, False, False]]))
    np.testing.assert_allclose(one, [[1 / 8, 2 / 8, 0, 0]], rtol=1e-5)
    np.testing.assert_allclose(likelihoods(said_of, np.zeros((1, 4), bool)), [[0, 0, 0, 0]])


def test_a_large_logit_that_nobody_asks_about_hides_nothing() -> None:
    one = likelihoods(np.array([[0, 0, 1e4, 0, 0]], np.float32), np.array([[True, True, False, False]]))
    np.testing.assert_allclose(one, [[1 / 3, 1 / 3, 0, 0]], rtol=1e-5)


def test_the_second_look_confirms_or_takes_away() -> None:
    first = found((ON, OFF, TAPE), (ON, 0.9), (OFF, 0.8), (TAPE, 0.6))
    second = logits((0.8, 0.1, 5, 5, 0.1), (0.9, 0.05, 5, 5, 0.05), (5, 5, 0.5, 0.25, 0.25))
    both = confirmed(first, second, TAUGHT)
    assert both.labels == (ON, OFF, TAPE)
    # 0.9 * 0.8; 0.6 * 0.5; 0.8 * 0.05: `off` where the second look says `on` is neither.
    assert said(both) == [("screw/on", 0.72, 0), ("tape", 0.3, 40), ("screw/off", 0.04, 20)]


def test_it_decides_where_the_detector_knows_no_patterns() -> None:
    first = found((Label("screw"), TAPE), (Label("screw"), 0.9), (Label("screw"), 0.8), (TAPE, 0.5))
    second = logits((0.8, 0.1, 5, 5, 0.1), (0.2, 0.6, 5, 5, 0.2), (5, 5, 0.1, 0.8, 0.1))
    both = confirmed(first, second, TAUGHT)
    assert said(both) == [("screw/on", 0.72, 0), ("screw/off", 0.48, 20), ("tape", 0.05, 40)]
    assert both.classes.tolist() == [0, 1, 2]


def test_what_falls_below_the_floor_is_gone() -> None:
    first = found((ON, OFF, TAPE), (TAPE, 0.9), (TAPE, 0.9))
    second = logits((5, 5, 0.001, 0.001, 0.998), (5, 5, 0.9, 0.05, 0.05))
    assert said(confirmed(first, second, TAUGHT)) == [("tape", 0.81, 20)]


def test_a_network_without_patterns_keeps_its_lookalikes() -> None:
    assert without_patterns(TAUGHT) == (Label("screw"), TAPE, PAPER)


class Finds:
    """A detector that finds the same in every picture."""

    def __init__(self, seen: Detections) -> None:
        self.labels = seen.labels
        self._seen = seen

    def detect(self, _: Image) -> Detections:
        """Always the same."""
        return self._seen


class Red(SecondLook):
    """Takes red for `on`, anything else for nothing."""

    def __init__(self) -> None:
        self.seen: list[np.ndarray] = []

    def run(self, picture: np.ndarray) -> np.ndarray:
        self.seen.append(picture)
        red = float((picture[..., 0] > 200).mean())
        return np.log(np.array([red + 1e-3, 1e-3, 1, 1, 1 - red + 1e-3], np.float32))


def test_every_place_is_cut_out_of_the_frame_itself() -> None:
    image = np.zeros((60, 100, 3), np.uint8)
    image[0:10, 20:30] = (0, 0, 255)
    second = Red()
    first = Finds(found((ON, OFF, TAPE), (ON, 0.9), (ON, 0.8)))
    both = TwoLooks(first, second, TAUGHT, Lens(side=20, context=0)).detect(freeze(image))
    assert said(both) == [("screw/on", 0.798, 20)]  # the left of the two, surer at first, is black
    assert [picture.shape for picture in second.seen] == [(20, 20, 3)] * 2
    nothing = TwoLooks(Finds(Detections.none((ON, OFF, TAPE))), second, TAUGHT, Lens()).detect(freeze(image))
    assert (len(nothing), nothing.labels) == (0, (ON, OFF, TAPE))
    np.testing.assert_array_equal(nothing.boxes, EMPTY)


def test_a_file_that_is_no_network_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / NETWORK
    path.write_bytes(b"not a network at all")
    with pytest.raises(InputError, match="is not a second look that this version can run"):
        SecondLook(path)


SCORES = st.floats(0.03125, 1, width=32)
LOGITS = st.tuples(*[st.floats(-20, 20, width=32)] * 5)


@given(st.lists(st.tuples(st.sampled_from((ON, OFF, TAPE)), SCORES, LOGITS), max_size=6))
def test_a_second_look_never_makes_anything_surer(seen: list[tuple[Label, float, tuple[float, ...]]]) -> None:
    first = found((ON, OFF, TAPE), *((label, score) for label, score, _ in seen))
    both = confirmed(first, np.array([one for *_, one in seen], np.float32).reshape(-1, 5), TAUGHT)
    assert (np.diff(both.scores) <= 0).all()
    before = {float(first.boxes[i, 0]): (first.label(i), float(first.scores[i])) for i in range(len(first))}
    for i in range(len(both)):
        label, score = before[float(both.boxes[i, 0])]
        assert both.label(i) == label
        assert both.scores[i] <= score


class Lost(SecondLook):
    """Has lost its weights."""

    def __init__(self) -> None:
        pass

    def run(self, _: np.ndarray) -> np.ndarray:
        return np.full(5, np.nan, np.float32)


def test_a_second_look_that_says_no_numbers_is_not_taken_for_nothing_seen() -> None:
    first = Finds(found((ON, OFF, TAPE), (ON, 0.9)))
    with pytest.raises(MachineError, match="The network says what is no number"):
        TwoLooks(first, Lost(), TAUGHT, Lens(side=20)).detect(freeze(np.zeros((40, 40, 3), np.uint8)))

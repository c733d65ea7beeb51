"""A replay over frames whose truth is known, with a detector whose answers are written out."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from inspector.boxes import as_boxes
from inspector.bundle import Bundle, Ledger, Manifest
from inspector.detections import Detections
from inspector.frame import Image, freeze, utc_now
from inspector.recipe import Component, Label, Recipe
from inspector.validation.metrics import Rate, Truth
from inspector.validation.replay import Replay, figures, replay, wrong
from inspector.validation.report import Page, figures_table
from inspector.validation.sheet import caption, draw, sheet

RECIPE = Recipe(name="lid", components=(Component(name="tape"), Component(name="seal")))
TAPE, SEAL = RECIPE.labels
BOX = [[10, 10, 30, 20]]


class Sees:
    """Sees in each picture what the script says, in turn: tape at these scores, always at BOX."""

    labels: tuple[Label, ...] = RECIPE.labels

    def __init__(self, scores: Sequence[Sequence[float]]) -> None:
        self._scores = iter(scores)

    def detect(self, image: Image) -> Detections:
        scores = np.array(next(self._scores), np.float32)
        boxes = as_boxes(BOX * len(scores))
        return Detections(boxes, scores, np.zeros(len(scores), np.int32), RECIPE.labels)


@pytest.fixture
def bundle() -> Bundle:
    ledger = Ledger(
        images_with_boxes=8,
        empty_images=6,
        empty_images_drawn=60,
        negatives_in_loss=900,
        negatives_in_loss_from_empty=400,
    )
    manifest = Manifest(
        id="lid-1",
        created_at=utc_now(),
        recipe=RECIPE,
        dataset="lid-d",
        recordings=("a",),
        input_size=(64, 64),
        thresholds={"tape": 0.5, "seal": 0.5},
        ledger=ledger,
        packages={},
        files={"network.tflite": "0"},
    )
    return Bundle(Path("lid-1"), manifest)


def with_tape(components: tuple[str, ...] = ("tape",)) -> tuple[Truth, Image]:
    return Truth("with", as_boxes(BOX), np.zeros(1, np.int32), RECIPE.labels, components), picture()


def without_tape(components: tuple[str, ...] = ("tape",)) -> tuple[Truth, Image]:
    return Truth("without", as_boxes([]), np.zeros(0, np.int32), RECIPE.labels, components), picture()


def picture() -> Image:
    return freeze(np.full((48, 64, 3), 90, np.uint8))


@pytest.fixture
def run(bundle: Bundle) -> Replay:
    """Seen, missed, silent on an empty frame, fired on an empty frame."""
    frames = [with_tape(), with_tape(), without_tape(), without_tape()]
    return replay(bundle, Sees([[0.9], [0.1], [], [0.8]]), frames)


def test_counts_what_was_missed_and_what_was_seen_where_nothing_is(run: Replay) -> None:
    tape, seal = figures(run)
    assert tape.overkill == Rate(1, 2)
    assert tape.escapes == Rate(1, 2)
    assert (tape.negatives, tape.false_detections) == (2, 1)
    assert tape.highest_on_negative == pytest.approx(0.8)
    assert seal.overkill == seal.escapes == Rate(0, 0)
    assert seal.highest_on_negative is None


def test_doubt_takes_a_pass_away_as_it_does_at_a_station(bundle: Bundle) -> None:
    doubtful = [[0.9, 0.45], [0.9, 0.3]]
    (tape, _) = figures(replay(bundle, Sees(doubtful), [with_tape(), with_tape()]))
    assert tape.overkill == Rate(1, 2)


def test_names_the_frames_judged_wrong(run: Replay) -> None:
    assert wrong(run) == [1, 3]


def test_a_frame_is_silent_on_components_that_its_recording_does_not_teach(bundle: Bundle) -> None:
    frames = [with_tape(("tape",)), without_tape(("seal",))]
    tape, seal = figures(replay(bundle, Sees([[0.9], [0.9]]), frames))
    assert tape.escapes == Rate(0, 0)
    assert seal.escapes == Rate(0, 1)


def test_what_must_not_be_there_escapes_where_it_is_missed_and_trades_nothing(bundle: Bundle) -> None:
    recipe = Recipe(name="lid", components=(Component(name="tape", count=0), Component(name="seal")))
    forbidding = Bundle(bundle.folder, bundle.manifest.model_copy(update={"recipe": recipe}))
    frames = [with_tape(), with_tape(), without_tape(), without_tape()]
    tape, seal = figures(replay(forbidding, Sees([[0.9], [0.1], [], [0.8]]), frames))
    assert tape.overkill == Rate(1, 2)
    assert tape.escapes == Rate(1, 2)
    assert tape.tradeoff is None
    assert tape.as_json()["escapes_at_stated_overkill"] is None
    assert [row[3] for row in figures_table([tape, seal])[1]] == ["-", "none to count"]


def test_too_many_are_judged_but_not_traded_against_scores(bundle: Bundle) -> None:
    two = Truth("two", as_boxes(BOX * 2), np.zeros(2, np.int32), RECIPE.labels, ("tape",)), picture()
    tape, _ = figures(replay(bundle, Sees([[0.9], [0.9, 0.8], [0.3]]), [with_tape(), two, without_tape()]))
    assert tape.escapes == Rate(0, 2)
    assert tape.tradeoff is not None
    assert tape.tradeoff.escapes == Rate(0, 1)


def test_progress_counts_the_frames(bundle: Bundle) -> None:
    told: list[int] = []
    replay(bundle, Sees([[], []]), [without_tape(), without_tape()], told.append)
    assert told == [1, 2]


def test_json_has_no_number_that_json_does_not_know(run: Replay) -> None:
    assert figures(run)[1].as_json()["average_precision"] is None
    assert figures(run)[0].as_json()["escapes"] == 1


def test_the_table_has_a_cell_for_each_head(run: Replay) -> None:
    heads, rows = figures_table(figures(run))
    assert [len(row) for row in rows] == [len(heads)] * 2
    assert rows[0][:3] == ("tape", "1 of 2 (1.3 to 98.7 %)", "1 of 2 (1.3 to 98.7 %)")


def test_a_page_escapes_what_it_is_given(tmp_path: Path) -> None:
    page = Page("<script>", "a & b")
    page.table(["<b>"], [["<i>"]])
    page.picture(picture(), 'quote " here')
    page.write(tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text()
    assert "<script>" not in text
    assert "<i>" not in text
    assert "&lt;i&gt;" in text
    assert "data:image/jpeg;base64," in text


def test_drawing_leaves_the_picture_alone() -> None:
    image = picture()
    seen = Detections(as_boxes(BOX), np.array([0.9], np.float32), np.zeros(1, np.int32), RECIPE.labels)
    drawn = draw(image, seen)
    assert (image == 90).all()
    assert (drawn != 90).any()


def test_a_sheet_lays_tiles_row_by_row() -> None:
    tile = caption(picture(), "1: good", (0, 0, 0), width=100)
    assert tile.shape == (75 + 30, 100, 3)
    assert sheet([tile] * 5, columns=2, gap=10).shape == (3 * 115 + 10, 2 * 110 + 10, 3)
    with pytest.raises(ValueError, match="at least one"):
        sheet([])

"""Recordings held against what was said of them, searched by looks alone. With detectors: test_quick.py."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import cv2
import pytest

from inspector.capture.importing import import_media
from inspector.capture.recording import read_recording
from inspector.frame import Image, utc_now
from inspector.labeling.annotation import (
    SUGGESTION,
    TRACKING,
    Annotation,
    Box,
    State,
    read_annotations,
    restate,
    write_annotations,
)
from inspector.labeling.extraction import extract
from inspector.labeling.moments import Moment, answer, read_moments, read_review
from inspector.labeling.review import MOST, review
from inspector.labeling.suggestions import Origin, Suggested, put
from inspector.labeling.suspicion import Searcher, Seems
from inspector.recipe import Component, Mode, Pattern, Recipe
from inspector.settings import Workspace
from tests.labeling.recorded import ask, moment_of
from tests.labeling.test_search import shelf

BOTTLES = Recipe(name="crate", components=(Component(name="bottle"),))
PATTERNS = (Pattern(name="on", passes=True), Pattern(name="off", passes=False))
CAPS = Recipe(name="caps", components=(Component(name="bottle", mode=Mode.CLASSIFICATION, patterns=PATTERNS),))
PLACE = (30.0, 26.0, 55.0, 96.0)


def pictures(
    place: Workspace, recipe: Recipe, images: Sequence[Image], positive: bool, pattern: str | None = None
) -> Path:
    source = place.folder / "source"
    source.mkdir()
    for number, image in enumerate(images):
        cv2.imwrite(str(source / f"{number:02}.png"), image)
    names = [component.name for component in recipe.components]
    folder = import_media(source, place, recipe, names, positive=positive, pattern=pattern, by="maria")
    shutil.rmtree(source)
    extract(folder, read_recording(folder))
    return folder


def boxed(folder: Path, count: int, by: str = SUGGESTION, pattern: str | None = None) -> None:
    """The first frames hold a box of the bottle's place."""
    one = Annotation(state=State.BOXES, boxes=(Box(component="bottle", pattern=pattern, xyxy=PLACE),), by=by)
    news = {f"{number:02}.png": one for number in range(count)}
    write_annotations(folder, read_annotations(folder).with_frames(news))


def full(numbers: Sequence[int]) -> list[Image]:
    return [shelf(number, 30) for number in numbers]


def bare(numbers: Sequence[int]) -> list[Image]:
    return [shelf(number) for number in numbers]


@pytest.fixture
def positive(workspace: Workspace) -> Path:
    """Eight frames with a bottle, of which six are boxed."""
    folder = pictures(workspace, BOTTLES, full(range(8)), positive=True)
    boxed(folder, 6)
    return folder


def test_clean_recordings_give_nothing(workspace: Workspace, positive: Path) -> None:
    negative = pictures(workspace, BOTTLES, bare(range(20, 28)), positive=False)
    assert read_review(negative).searched is None
    began = utc_now()
    assert [one.moments for one in review(workspace, BOTTLES, ["bottle"]).recordings] == [(), ()]
    for folder in (positive, negative):
        searched = read_review(folder).searched
        assert searched is not None, "that it was searched, with nothing found, is kept"
        assert began <= searched.at <= utc_now()
        assert (searched.by, searched.components, searched.found) == ((Searcher.TEMPLATE,), ("bottle",), 0)


def test_a_bottle_in_a_negative_is_one_moment_with_its_place(workspace: Workspace, positive: Path) -> None:
    images = [*bare(range(20, 25)), shelf(25, 160), shelf(26, 161), *bare(range(27, 32))]
    negative = pictures(workspace, BOTTLES, images, positive=False)
    _, reviewed = review(workspace, BOTTLES, ["bottle"]).recordings
    (moment,) = reviewed.moments
    assert set(moment.frames) == {"05.png", "06.png"}
    assert (moment.seems, moment.label, moment.by) == (Seems.THERE, BOTTLES.labels[0], (Searcher.TEMPLATE,))
    assert moment.xyxy is not None
    assert moment.xyxy[0] == pytest.approx(160, abs=3)
    assert read_moments(negative) == (moment,)
    searched = read_review(negative).searched
    assert searched is not None
    assert searched.found == 1
    answer(negative, moment, there=True, by="maria")
    assert [one.moments for one in review(workspace, BOTTLES, ["bottle"]).recordings] == [(), ()]
    assert read_moments(negative) == (moment,)


def test_what_is_taken_for_a_bottle_all_the_time_hides_no_true_one(workspace: Workspace, positive: Path) -> None:
    images = [shelf(number, 160, *([30] if number in (25, 26) else [])) for number in range(20, 32)]
    negative = pictures(workspace, BOTTLES, images, positive=False)

    def asked() -> dict[int, Moment]:
        moments = review(workspace, BOTTLES, ["bottle"]).recordings[1].moments
        assert len({moment.frame for moment in moments}) == len(moments)
        return {round(moment.xyxy[0]) // 100: moment for moment in moments if moment.xyxy}

    there, lasting = asked()[0], asked()[1]
    assert (there.frames, len(lasting.frames)) == (("05.png", "06.png"), 12)
    answer(negative, lasting, there=False, by="maria")
    left = asked()
    assert list(left) == [0]
    answer(negative, left[0], there=True, by="maria")
    assert asked() == {}
    said = read_annotations(negative)
    assert sum(said.of(f"{number:02}.png").state is State.IGNORED for number in range(12)) <= 2
    assert said.of(left[0].frame).state is State.IGNORED


def test_two_looks_that_take_one_thing_for_theirs_ask_once(workspace: Workspace) -> None:
    for pattern, passes in (("on", True), ("off", False)):
        folder = pictures(workspace, CAPS, full(range(8)), positive=passes, pattern=pattern)
        boxed(folder, 8, pattern=pattern)
    pictures(workspace, CAPS, [*bare(range(20, 25)), shelf(25, 160), *bare(range(26, 32))], positive=False)
    negative = review(workspace, CAPS, ["bottle"]).recordings[-1]
    assert [moment.frames for moment in negative.moments] == [("05.png",)]


def test_a_negative_that_mostly_shows_it_is_found_and_one_that_always_does_is_told(
    workspace: Workspace, positive: Path
) -> None:
    images = [shelf(number, *([30] if number < 28 else [])) for number in range(20, 32)]
    negative = pictures(workspace, BOTTLES, images, positive=False)
    (moment,) = review(workspace, BOTTLES, ["bottle"]).recordings[1].moments
    assert moment.frames == tuple(f"{number:02}.png" for number in range(8))
    shutil.rmtree(negative)
    pictures(workspace, BOTTLES, full(range(20, 32)), positive=False)
    found = review(workspace, BOTTLES, ["bottle"])
    assert found.recordings == ()
    (missed,) = found.unsearched
    assert (missed.component, missed.labels) == ("bottle", BOTTLES.labels)
    assert missed.says.startswith("The negative recording looks like the positive one: nothing tells bottle from its")


def test_what_cannot_be_searched_for_is_told_beside_what_can(workspace: Workspace, positive: Path) -> None:
    wanted = Recipe(name="crate", components=(Component(name="bottle"), Component(name="tin")))
    negative = pictures(workspace, BOTTLES, bare(range(20, 28)), positive=False)
    tin = moment_of("01.png", time_s=1.0, component="tin", by=(Searcher.DETECTOR,))
    ask(negative, tin)
    found = review(workspace, wanted, ["bottle", "tin"])
    assert [one.moments for one in found.recordings] == [(), ()]
    assert [one.component for one in found.unsearched] == ["tin"]
    assert found.unsearched[0].says.startswith("Nothing tells yet how tin looks beside its empty place")
    assert read_moments(negative) == (tin,)
    tins = Recipe(name="crate", components=(Component(name="tin"),))
    unsearched = pictures(workspace, tins, bare(range(40, 44)), positive=False)
    assert len(review(workspace, wanted, ["bottle", "tin"]).recordings) == 2
    assert read_review(unsearched).searched is None


def test_what_was_looked_at_is_not_asked_again_but_what_is_left_of_it_is(workspace: Workspace, positive: Path) -> None:
    images = [*bare(range(20, 25)), shelf(25, 30), shelf(26, 31), *bare(range(27, 32))]
    negative = pictures(workspace, BOTTLES, images, positive=False)
    (moment,) = review(workspace, BOTTLES, ["bottle"]).recordings[1].moments
    restate(negative, [moment.frame], State.IGNORED, "maria")  # as a key of the editor does
    (left,) = review(workspace, BOTTLES, ["bottle"]).recordings[1].moments
    assert {moment.frame, left.frame} == {"05.png", "06.png"}
    restate(negative, [left.frame], State.VERIFIED_EMPTY, "maria")
    assert review(workspace, BOTTLES, ["bottle"]).recordings[1].moments == ()


def test_no_more_than_a_person_will_look_at(workspace: Workspace, positive: Path) -> None:
    images = [image for number in range(20, 36, 2) for image in (shelf(number, 30), shelf(number + 1))]
    pictures(workspace, BOTTLES, images, positive=False)
    # Pictures are a second apart, so that one with a bottle and the next but one are two moments.
    assert len(review(workspace, BOTTLES, ["bottle"]).recordings[1].moments) == MOST


def test_a_positive_in_which_the_bottle_is_out_of_sight(workspace: Workspace) -> None:
    folder = pictures(workspace, BOTTLES, [*full(range(8)), *bare([8, 9]), *full([10]), *bare([11])], positive=True)
    boxed(folder, 9)  # the ninth box lies round nothing
    pictures(workspace, BOTTLES, bare(range(20, 28)), positive=False)
    first, second = review(workspace, BOTTLES, ["bottle"]).recordings[0].moments
    by_frame = {moment.frame: moment for moment in (first, second)}
    assert {name for moment in (first, second) for name in moment.frames} == {"08.png", "09.png", "11.png"}
    assert {moment.seems for moment in (first, second)} == {Seems.OUT_OF_SIGHT}
    assert by_frame["11.png"].xyxy is None
    # What was followed there from both sides is not doubted.
    boxed(folder, 9, by=TRACKING)
    box = Box(component="bottle", xyxy=PLACE)
    follows = Suggested(boxes=(box,), sure=0.4, origin=Origin.TRACKING)
    put(folder, read_annotations(folder), {"09.png": follows})
    assert [moment.frames for moment in review(workspace, BOTTLES, ["bottle"]).recordings[0].moments] == [("11.png",)]


def test_another_pattern_than_the_recording_shows(workspace: Workspace) -> None:
    shown = pictures(workspace, CAPS, full(range(8)), positive=True, pattern="on")
    boxed(shown, 8, pattern="on")
    images = [*bare(range(20, 26)), shelf(26, 30), *bare([27, 28])]
    other = pictures(workspace, CAPS, images, positive=False, pattern="off")
    boxed(other, 9, pattern="off")
    on, off = review(workspace, CAPS, ["bottle"]).recordings
    assert on.moments == ()
    assert {(moment.frame, moment.pattern) for moment in off.moments} >= {("06.png", "on")}


def test_a_sure_suggestion_tells_how_the_bottle_looks_as_an_annotation_does(workspace: Workspace) -> None:
    folder = pictures(workspace, BOTTLES, full(range(8)), positive=True)
    pictures(workspace, BOTTLES, [*bare(range(20, 25)), shelf(25, 160)], positive=False)
    box = Box(component="bottle", xyxy=PLACE)
    for sure, found in ((0.4, []), (0.6, [0, 1])):
        proposed = Suggested(boxes=(box,), sure=sure, origin=Origin.CONTRAST)
        put(folder, read_annotations(folder), {f"{number:02}.png": proposed for number in range(6)})
        assert [len(one.moments) for one in review(workspace, BOTTLES, ["bottle"]).recordings] == found

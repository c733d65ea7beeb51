"""How frames stand with the person who goes through them, and what follows from what is said of one."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inspector.capture.recording import Media, Recording
from inspector.labeling.annotation import (
    ATTESTATION,
    IMPORT,
    SUGGESTION,
    TRACKING,
    Annotation,
    Annotations,
    Box,
    State,
    read_annotations,
    undo,
    write_annotations,
)
from inspector.labeling.extraction import FILE as FRAMES
from inspector.labeling.extraction import ExtractedFrame
from inspector.labeling.reel import Extent, Reel, Standing, labels_in, read_reel
from inspector.labeling.suggestions import Origin, Suggested, put
from inspector.recipe import LOOKALIKE, Component, Label, Mode, Pattern, Recipe
from tests.labeling.recorded import moment_of

TAPE, OTHER = Label("tape"), Label("tape", LOOKALIKE)
SCREW = Component(
    name="screw",
    mode=Mode.CLASSIFICATION,
    patterns=(Pattern(name="on", passes=True), Pattern(name="off", passes=False)),
)
RECIPE = Recipe(name="lid", components=(Component(name="tape"), SCREW))
BOX = Box.of(TAPE, (10, 10, 50, 40))
EMPTY = Annotation(state=State.VERIFIED_EMPTY, by="maria")
ATTESTED = Annotation(state=State.VERIFIED_EMPTY, by=ATTESTATION)


def boxed(by: str = "maria", sure: float | None = None, *boxes: Box) -> Annotation:
    return Annotation(state=State.BOXES, boxes=boxes or (BOX,), by=by, confidence=sure)


def suggested(sure: float = 0.9, label: Label = TAPE) -> Suggested:
    return Suggested(boxes=(Box.of(label, (10, 10, 50, 40)),), sure=sure, origin=Origin.CONTRAST)


def recording(
    positive: bool = True, pattern: str | None = None, component: str = "tape", kind: str = "video"
) -> Recording:
    return Recording(
        id="one",
        recipe="lid",
        components=(component,),
        positive=positive,
        pattern=pattern,
        kind=kind,
        source="simulator",
        recorded_by="maria",
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        attested_by="maria",
        media=(Media(file="video.mkv", sha256="", frames=9),),
    )


def reel(*known: Annotation | None, of: Recording | None = None, **proposed: Suggested) -> Reel:
    """Frames a, b, c … with what is known of them, and what was proposed by their letters."""
    names = [chr(ord("a") + index) for index in range(len(known))]
    frames = tuple(ExtractedFrame(f"{n}.png", Path(f"{n}.png"), i, i / 10, "", 1.0, "") for i, n in enumerate(names))
    stated = {f"{name}.png": one for name, one in zip(names, known, strict=True) if one is not None}
    waits = {f"{name}.png": one for name, one in proposed.items()}
    return Reel(Path(), of or recording(), frames, Annotations(frames=stated), waits)


def test_frames_stand_as_a_person_left_them() -> None:
    one = reel(
        *(boxed(), EMPTY, Annotation(state=State.IGNORED, by="maria"), None, None, None),
        *(boxed(SUGGESTION, 0.5), boxed("maria", 0.5), boxed(TRACKING, 0.9), boxed(IMPORT), boxed(TRACKING, 0.0)),
        a=suggested(),
        e=suggested(0.8),
        f=suggested(0.79),
    )
    stand = Standing
    first = (stand.BOXES, stand.EMPTY, stand.IGNORED, stand.UNLABELED, stand.WAITING, stand.DOUBTFUL)
    rest = (stand.DOUBTFUL, stand.BOXES, stand.BOXES, stand.BOXES, stand.DOUBTFUL)
    assert one.standings == first + rest
    assert one.done == 6
    assert one.boxes(4) == suggested().boxes
    assert one.boxes(3) == ()


def test_what_contradicts_a_recording_waits_for_a_person() -> None:
    one = moment_of("a.png", "b.png")
    attested = Annotation(state=State.VERIFIED_EMPTY, by=ATTESTATION)
    asked = replace(reel(attested, attested, attested), moments={"a.png": one})
    assert asked.standings == (Standing.CONTRADICTING, Standing.EMPTY, Standing.EMPTY)
    assert (asked.done, asked.moment(0), asked.moment(1)) == (2, one, None)
    assert asked.answered(1, there=True, by="maria") == {}
    ignored = Annotation(state=State.IGNORED, by="maria")
    assert asked.answered(0, there=True, by="maria") == {"a.png": ignored, "b.png": ignored}
    looked_at = asked.stated(asked.answered(0, there=False, by="maria"))
    assert looked_at.standings == (Standing.EMPTY,) * 3
    assert looked_at.moment(0) is None
    extent = Extent.of(asked)
    assert (extent.done, extent.frames, extent.contradicting, extent.learnable) == (2, 3, 1, Counter())


def test_what_a_detector_can_learn_is_counted_by_component() -> None:
    screw, nut = Box.of(Label("screw", "on"), (60, 10, 90, 40)), Box.of(OTHER, (1, 1, 9, 9))
    both = boxed("maria", None, BOX, BOX, screw)
    one = reel(both, boxed(IMPORT), boxed("maria", None, nut), boxed(SUGGESTION, 0.9), EMPTY)
    assert Extent.of(one).learnable == Counter({"tape": 2, "screw": 1})
    doubted = replace(one, moments={"b.png": moment_of("a.png", "b.png", frame="b.png")})
    assert doubted.learnable == Counter({"tape": 1, "screw": 1}), "what a person has looked at stands"


def test_the_way_from_frame_to_frame() -> None:
    one = reel(boxed(), None, boxed(), None, boxed(), d=suggested(0.1))
    assert (one.beside(0, 1), one.beside(0, -1), one.beside(4, 1)) == (1, None, None)
    assert one.beside(0, 1, Standing.DOUBTFUL) == 3
    assert one.beside(4, -1, Standing.UNLABELED) == 1
    assert one.beside(1, 1, Standing.EMPTY) is None
    assert (one.to_do(0), one.to_do(1), one.to_do(3)) == (1, 3, 1)
    assert reel(None).to_do(0) is None
    assert (reel(None, None).untouched, reel(None, EMPTY).untouched, reel(None, a=suggested()).untouched) == (
        True,
        False,
        False,
    )


def test_a_refused_suggestion_waits_no_longer_but_another_one_does() -> None:
    one = reel(None, a=suggested())
    waits = one.suggested(0)
    assert waits is not None
    after = one.stated({"a.png": waits.rejected(one.known(0))})
    assert (after.suggested(0), after.standings) == (None, (Standing.UNLABELED,))
    moved = waits.model_copy(update={"boxes": (Box.of(TAPE, (11, 10, 50, 40)),)})
    assert moved.waits(after.known(0))
    assert waits.model_copy(update={"sure": 0.1}).waits(after.known(0)) is False


def test_a_refused_lookalike_leaves_the_attestation() -> None:
    one = reel(ATTESTED, of=recording(positive=False), a=suggested(label=OTHER))
    waits = one.suggested(0)
    assert waits is not None
    refused = waits.rejected(one.known(0))
    assert (refused.state, refused.by, waits.waits(refused)) == (State.VERIFIED_EMPTY, ATTESTATION, False)


def test_who_confirms_has_said_so() -> None:
    one = reel(None, boxed(TRACKING, 0.5), boxed(), None, ATTESTED, a=suggested())
    assert one.confirmed(0, "jo") == boxed("jo", 0.9)
    assert one.confirmed(1, "jo") == boxed("jo", 0.5)
    assert [one.confirmed(index, "jo") for index in (2, 3, 4)] == [None, None, None]


def test_who_takes_boxes_away_says_no_more_than_that() -> None:
    assert reel(None).drawn(0, (BOX,), "jo", Annotation()) == boxed("jo")
    assert reel(boxed()).drawn(0, (), "jo", before=boxed()) == Annotation()
    ignored = Annotation(state=State.IGNORED, by="maria")
    for before in (ATTESTED, ignored):
        assert reel(boxed(), of=recording(positive=False)).drawn(0, (), "jo", before) == before
    waits = suggested()
    refused = reel(None, a=waits).drawn(0, (), "jo", Annotation())
    assert refused == waits.rejected(Annotation())
    assert reel(refused, a=waits).suggested(0) is None


def test_boxes_are_copied_beside_those_that_are_there() -> None:
    near, far = Box.of(TAPE, (12, 11, 52, 41)), Box.of(TAPE, (60, 10, 90, 40))
    one = reel(boxed("maria", None, BOX, far), boxed("maria", None, near), EMPTY, None, d=suggested())
    assert one.copied(0, 1, "jo").boxes == (near, far)
    assert one.copied(0, 2, "jo").boxes == (BOX, far)
    assert one.copied(3, 2, "jo").boxes == suggested().boxes
    assert one.copied(2, 0, "jo").boxes == (BOX, far)


def test_what_may_be_drawn_follows_what_was_recorded() -> None:
    on, off, nut = Label("screw", "on"), Label("screw", "off"), Label("screw", LOOKALIKE)
    assert labels_in(RECIPE, recording()) == (TAPE, OTHER)
    assert labels_in(RECIPE, recording(positive=False)) == (OTHER,)
    assert labels_in(RECIPE, recording(False, LOOKALIKE)) == (OTHER,)
    assert labels_in(RECIPE, recording(True, "on", "screw")) == (on, off, nut)
    assert labels_in(RECIPE, recording(False, "off", "screw")) == (off, on, nut)


@pytest.mark.parametrize(
    ("known", "of", "origin"),
    [
        (None, recording(), Origin.CONTRAST),
        (boxed(), recording(), Origin.TRACKING),
        (boxed(SUGGESTION), recording(), Origin.TRACKING),
        (boxed(TRACKING), recording(), Origin.CONTRAST),
        (boxed("maria", None, Box.of(OTHER, (1, 1, 9, 9))), recording(positive=False), Origin.CONTRAST),
        (boxed(), recording(kind="pictures"), None),
    ],
)
def test_boxes_are_followed_as_soon_as_there_are_some(known: Annotation, of: Recording, origin: Origin | None) -> None:
    assert reel(known, of=of).origin is origin


def test_what_was_refused_or_accepted_waits_again_once_that_is_taken_back(tmp_path: Path) -> None:
    kept = "number: 1, time_s: 0, media: video.mkv, sharpness: 1, sha256: ''"
    (tmp_path / FRAMES).write_text(f"format: 1\nmost: 4\nframes:\n  a.png: {{file: frames/a.png, {kept}}}\n")
    put(tmp_path, Annotations(), {"a.png": suggested()})
    for after in (suggested().rejected(Annotation()), suggested().as_annotation("jo")):
        write_annotations(tmp_path, Annotations(frames={"a.png": after}))
        one = read_reel(tmp_path, recording())
        assert (one.annotations, one.suggested(0)) == (read_annotations(tmp_path), None)
        undo(tmp_path)
        assert read_reel(tmp_path, recording()).standings == (Standing.WAITING,)

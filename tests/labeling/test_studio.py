"""Looking through a camera, recording from it, and what goes wrong meanwhile."""

import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from inspector.capture.claim import Claim
from inspector.capture.recording import read_recording, verify
from inspector.errors import InputError
from inspector.labeling.coach import Advice, Grade
from inspector.labeling.studio import Outcome, Studio, open_live
from inspector.recipe import Component, Recipe
from inspector.settings import Workspace
from tests.full_disk import no_file_larger_than
from tests.labeling.live_camera import UNPLUGGED, Plug

BOX = Recipe(name="box", components=(Component(name="tape"),))
WITH, WITHOUT = Claim("tape", True), Claim("tape", False)


class Visit:
    """A studio on hand-made cameras, and what it delivers."""

    def __init__(self, workspace: Workspace) -> None:
        self.plug = Plug()
        self.outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self.studio = Studio(self.plug, workspace, self.outcomes.put)

    def until(self, there: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 20
        while not there():
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def record(self, claim: Claim = WITH, frames: int = 10, by: str = "ann") -> None:
        """Until so many frames are taken."""
        self.until(lambda: self.studio.view().live)
        self.studio.record(BOX, claim, by)
        self.until(lambda: (now := self.studio.view().shooting) is not None and now.frames >= frames)

    def outcome(self) -> Outcome:
        return self.outcomes.get(timeout=20)


@pytest.fixture
def visit(workspace: Workspace) -> Iterator[Visit]:
    made = Visit(workspace)
    made.studio.start()
    yield made
    made.studio.stop()
    assert made.studio.wait(10)


def kept(outcome: Outcome) -> Path:
    assert outcome.folder is not None
    return outcome.folder


def test_it_shows_the_newest_frame_and_how_the_picture_is(visit: Visit) -> None:
    visit.until(lambda: visit.studio.view().judged.light.grade is Grade.GOOD)
    glance = visit.studio.view()
    assert glance.live
    assert (glance.fault, glance.shooting, glance.judged.advice) == ("", None, Advice.NONE)
    assert glance.settings["exposure"] == 5.0
    visit.until(lambda: visit.studio.view().frame is not glance.frame)


def test_what_is_recorded_is_kept_as_it_was_claimed(visit: Visit) -> None:
    visit.record(WITHOUT, by="maria")
    visit.studio.end()
    outcome = visit.outcome()
    assert (outcome.claim, outcome.sentence) == (WITHOUT, "")
    recording = read_recording(kept(outcome))
    verify(kept(outcome), recording)
    assert recording.attested_by == "maria"
    assert recording.frames >= 10
    assert recording.dropped == 0
    assert recording.seconds is not None
    assert recording.seconds >= 0.05
    assert recording.settings["exposure"] == 5.0
    assert visit.studio.view().shooting is None


def test_one_recording_after_the_other_counts_its_own_views(visit: Visit) -> None:
    visit.record()
    visit.until(lambda: visit.studio.view().judged.views > 4)
    visit.studio.end()
    first = visit.outcome()
    visit.record(frames=1)
    assert visit.studio.view().judged.views < 4
    visit.studio.end()
    assert kept(visit.outcome()) != kept(first)


def test_the_coach_speaks_of_the_picture_before_anything_is_recorded(visit: Visit) -> None:
    visit.until(lambda: visit.studio.view().live)
    visit.plug.camera.dark = True
    visit.until(lambda: visit.studio.view().judged.advice is Advice.DARK)
    assert visit.studio.view().judged.light.grade is Grade.DARK


def test_a_camera_that_is_unplugged_ends_the_recording_and_comes_back(visit: Visit) -> None:
    visit.record()
    visit.plug.camera.unplugged = True
    outcome = visit.outcome()
    recording = read_recording(kept(outcome))
    assert outcome.sentence.startswith(f"{UNPLUGGED} What was recorded until then, {recording.frames} frames, is kept")
    visit.until(lambda: len(visit.plug.cameras) > 1 and visit.studio.view().live)
    assert visit.studio.view().fault == ""
    visit.record(frames=3)
    visit.studio.end()
    assert visit.outcome().sentence == ""


def test_a_camera_that_another_program_uses_is_told_and_tried_again(workspace: Workspace) -> None:
    visit = Visit(workspace)
    visit.plug.refuses = "The camera hand does not answer: check that no other program uses it."
    visit.studio.start()
    visit.until(lambda: visit.studio.view().fault == visit.plug.refuses)
    visit.studio.record(BOX, WITH, "ann")
    assert visit.outcome() == Outcome("box", WITH, None, visit.plug.refuses)
    visit.plug.refuses = ""
    visit.until(lambda: visit.studio.view().live)
    visit.studio.stop()
    assert visit.studio.wait(10)


def test_a_full_disk_ends_the_recording_and_keeps_what_fits(visit: Visit) -> None:
    with no_file_larger_than(60_000):
        visit.record(frames=1)
        outcome = visit.outcome()
    assert "the disk is full" in outcome.sentence
    assert read_recording(kept(outcome)).frames > 0


def test_a_workspace_that_cannot_be_written_is_told_and_nothing_begins(visit: Visit, workspace: Workspace) -> None:
    workspace.recordings.write_text("in the way")
    visit.until(lambda: visit.studio.view().live)
    visit.studio.record(BOX, WITH, "ann")
    outcome = visit.outcome()
    assert outcome.folder is None
    assert outcome.sentence.startswith("Cannot write")
    assert visit.studio.view().shooting is None


def test_a_studio_that_stops_keeps_what_it_records(workspace: Workspace) -> None:
    visit = Visit(workspace)
    visit.studio.start()
    visit.record()
    visit.studio.stop()
    assert visit.studio.wait(10)
    assert read_recording(kept(visit.outcome())).frames >= 10
    assert visit.plug.camera.closed


def test_without_a_name_nothing_is_recorded(visit: Visit) -> None:
    visit.until(lambda: visit.studio.view().live)
    visit.studio.record(BOX, WITH, " ")
    assert "needs a name" in visit.outcome().sentence


def test_a_file_is_not_recorded_from(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    cv2.imwrite(str(path), np.zeros((4, 4, 3), np.uint8))
    with pytest.raises(InputError, match="import it"):
        open_live(str(path))


def test_little_room_is_told(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    assert visit.studio.view().free_bytes is None
    monkeypatch.setattr("inspector.labeling.studio.SHORT_BYTES", 2**60)
    visit.until(lambda: visit.studio.view().free_bytes is not None)

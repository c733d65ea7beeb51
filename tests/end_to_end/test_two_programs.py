"""Two programs on one workspace at once: nothing is lost, nothing half-written, and who comes second is told."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from inspector.capture.recording import read_recording
from inspector.errors import InputError
from inspector.labeling.annotation import Annotation, State, read_annotations, redo, undo, write_annotations
from inspector.labeling.extraction import LOCK, extract, read_frames
from inspector.labeling.history import read_history
from inspector.lock import alone
from inspector.settings import Workspace

Inspector = Any
IGNORED = Annotation(state=State.IGNORED, by="ann")
EMPTY = Annotation(state=State.VERIFIED_EMPTY, by="bob")
MARKS = """
import sys
from pathlib import Path
from inspector.labeling.annotation import Annotation, State, read_annotations, write_annotations
folder, who = Path(sys.argv[1]), sys.argv[2]
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    mine = {f"{who}-{number}.png": Annotation(state=State.IGNORED, by=who)}
    write_annotations(folder, read_annotations(folder).with_frames(mine))
"""


@pytest.fixture
def tape(inspector: Inspector, workspace: Workspace) -> Path:
    """One recording."""
    assert inspector("recipe", "new", "box", "--component", "tape").code == 0
    source = "simulator:tape=on,screw=on,seed=1,frames=40,pace=0,hand=0"
    options = ("--recipe", "box", "--component", "tape", "--positive", "--seconds", "2", "--source", source)
    assert inspector("record", *options).code == 0
    (folder,) = workspace.recordings.iterdir()
    return folder


def test_the_second_extraction_at_once_is_told_and_changes_nothing(tape: Path, inspector: Inspector) -> None:
    assert inspector("extract", "box", "--most", "10").code == 0
    before = sorted((tape / "frames").iterdir())
    with alone(tape / LOCK, "no"):
        said = inspector("extract", "box", "--most", "20")
        assert said.code == 2
        assert f"Another program is taking frames out of {tape.name}: wait until it is done." in said.err
        # What is there already is no work, and may be looked at.
        assert inspector("extract", "box", "--most", "10").code == 0
    assert sorted((tape / "frames").iterdir()) == before
    assert inspector("extract", "box", "--most", "20").code == 0


def test_two_that_extract_at_once_leave_one_whole_set_of_frames(tape: Path) -> None:
    command = [sys.executable, "-m", "inspector", "extract", "box", "--most"]
    running = [
        subprocess.Popen([*command, most], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for most in ("12", "25")
    ]
    said = [(child.communicate()[1], child.returncode) for child in running]
    told = f"Another program is taking frames out of {tape.name}: wait until it is done."
    assert all(code == 0 or told in err for err, code in said)
    assert any(code == 0 for _, code in said)
    frames = read_frames(tape).frames
    assert {frame.path for frame in frames} == set((tape / "frames").iterdir())


def test_two_that_annotate_one_recording_at_once_lose_nothing(tape: Path) -> None:
    command = [sys.executable, "-c", MARKS, str(tape)]
    running = [
        subprocess.Popen([*command, who, "25"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for who in ("ann", "bob")
    ]
    for child in running:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    assert [child.communicate()[1] for child in running] == ["", ""]
    assert set(read_annotations(tape).frames) == {f"{who}-{n}.png" for who in ("ann", "bob") for n in range(25)}
    assert len(read_history(tape).done) == 50


def test_what_another_said_of_other_frames_since_they_were_read_stays(tape: Path) -> None:
    mine, other = read_annotations(tape), read_annotations(tape)
    write_annotations(tape, other.with_frames({"1.png": EMPTY}))
    mine = mine.with_frames({"2.png": IGNORED})
    write_annotations(tape, mine)
    write_annotations(tape, mine.with_frames({"2.png": EMPTY}))
    assert read_annotations(tape).frames == {"1.png": EMPTY, "2.png": EMPTY}
    assert undo(tape) == ["2.png"]
    assert read_annotations(tape).frames == {"1.png": EMPTY, "2.png": IGNORED}
    assert redo(tape) == ["2.png"]


def test_of_the_same_frame_the_second_is_told_and_nothing_is_overwritten(tape: Path) -> None:
    mine, other = read_annotations(tape), read_annotations(tape)
    write_annotations(tape, other.with_frames({"1.png": EMPTY}))
    with pytest.raises(
        InputError, match=r"Another program has changed 1\.png of .* meanwhile: nothing was changed now"
    ):
        write_annotations(tape, mine.with_frames({"1.png": IGNORED, "2.png": IGNORED}))
    assert read_annotations(tape).frames == {"1.png": EMPTY}
    # To say the same is no quarrel.
    write_annotations(tape, mine.with_frames({"1.png": EMPTY}))


def test_extracting_while_another_annotates_keeps_what_was_said(tape: Path) -> None:
    recording = read_recording(tape)
    extract(tape, recording, most=10)
    last = read_frames(tape).frames[-1].name
    write_annotations(tape, read_annotations(tape).with_frames({last: IGNORED}))
    assert last in [frame.name for frame in extract(tape, recording, most=5).frames]

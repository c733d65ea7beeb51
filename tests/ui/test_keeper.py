"""What a person says of frames is written, or kept until it can be; what somebody else wrote is not overwritten."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector.capture.recording import Recording
from inspector.labeling.annotation import FILE, Annotation, Box, State, read_annotations, write_annotations
from inspector.labeling.reel import Standing
from inspector.recipe import Label
from inspector.settings import Workspace
from tests.full_disk import no_file_larger_than
from tests.labeling.recorded import TAPE, recipe, recorded
from ui.errands import Errands
from ui.keeper import Keeper

IGNORED = Annotation(state=State.IGNORED, by="jo")
BOXED = Annotation(state=State.BOXES, boxes=(Box.of(Label("tape"), (1, 2, 30, 40)),), by="jo")
Kept = tuple[Path, Recording]


class Listener:
    """What a keeper told."""

    def __init__(self, keeper: Keeper) -> None:
        self.faults: list[str] = []
        self.overtaken: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        self.stepped: list[tuple[str, ...]] = []
        keeper.faulty.connect(self.faults.append)
        keeper.overtaken.connect(lambda names, dropped: self.overtaken.append((names, dropped)))
        keeper.stepped.connect(self.stepped.append)


@pytest.fixture
def kept(workspace: Workspace) -> Kept:
    return recorded(workspace, recipe(TAPE), "tape", frames=4)


@pytest.fixture
def errands(qtbot: QtBot) -> Iterator[list[Errands]]:
    """Those of each window; they are ended."""
    made: list[Errands] = []
    yield made
    for one in made:
        with qtbot.waitSignal(one.ended):
            one.close()


@pytest.fixture
def made(errands: list[Errands], kept: Kept) -> Callable[[], Keeper]:
    """A keeper that has not read the recording yet, as each window has its own."""

    def made() -> Keeper:
        errands.append(Errands("annotations"))
        return Keeper(*kept, errands[-1])

    return made


@pytest.fixture
def opened(qtbot: QtBot, made: Callable[[], Keeper]) -> Callable[[], Keeper]:
    """A keeper that has read it."""

    def opened() -> Keeper:
        keeper = made()
        keeper.look()
        rest(qtbot, keeper)
        return keeper

    return opened


def rest(qtbot: QtBot, keeper: Keeper) -> None:
    """Until nothing is read or written any more."""
    qtbot.waitUntil(lambda: not keeper._errands.busy)


def standings(keeper: Keeper) -> tuple[Standing, ...]:
    assert keeper.reel is not None
    return keeper.reel.standings


def test_what_is_said_is_shown_at_once_and_written(qtbot: QtBot, kept: Kept, opened: Callable[[], Keeper]) -> None:
    keeper = opened()
    keeper.state({"0.png": IGNORED})
    keeper.state({"1.png": BOXED})
    assert standings(keeper)[:2] == (Standing.IGNORED, Standing.BOXES)
    assert keeper.unwritten == 2
    rest(qtbot, keeper)
    assert (keeper.unwritten, keeper.fault) == (0, "")
    assert read_annotations(kept[0]).frames == {"0.png": IGNORED, "1.png": BOXED}


def test_what_is_so_already_is_not_written_again(qtbot: QtBot, opened: Callable[[], Keeper]) -> None:
    keeper = opened()
    keeper.state({"0.png": Annotation()})
    assert keeper.unwritten == 0


def test_changes_are_taken_back_one_by_one_and_made_again(
    qtbot: QtBot, kept: Kept, opened: Callable[[], Keeper]
) -> None:
    keeper = opened()
    heard = Listener(keeper)
    keeper.state({"0.png": IGNORED})
    keeper.state({"1.png": BOXED})
    keeper.undo()
    keeper.undo()
    keeper.redo()
    keeper.state({"3.png": IGNORED})
    rest(qtbot, keeper)
    assert heard.stepped == [("1.png",), ("0.png",), ("0.png",)]
    assert read_annotations(kept[0]).frames == {"0.png": IGNORED, "3.png": IGNORED}
    assert standings(keeper) == (Standing.IGNORED, Standing.UNLABELED, Standing.UNLABELED, Standing.IGNORED)
    again = opened()
    again.undo()
    again.undo()
    again.undo()
    rest(qtbot, again)
    assert again.fault == "There is nothing to take back."
    assert read_annotations(kept[0]).frames == {}


def test_a_full_disk_loses_nothing(qtbot: QtBot, kept: Kept, opened: Callable[[], Keeper]) -> None:
    keeper = opened()
    heard = Listener(keeper)
    keeper.state({"2.png": IGNORED})
    rest(qtbot, keeper)
    with no_file_larger_than(10):
        keeper.state({"0.png": IGNORED})
        keeper.state({"1.png": BOXED})
        rest(qtbot, keeper)
    assert "Cannot write" in heard.faults[0]
    assert keeper.unwritten == 2
    assert standings(keeper)[:2] == (Standing.IGNORED, Standing.BOXES)
    assert list(read_annotations(kept[0]).frames) == ["2.png"]
    keeper.state({"3.png": IGNORED})
    rest(qtbot, keeper)
    assert (heard.faults[-1], keeper.unwritten) == ("", 0)
    assert read_annotations(kept[0]).frames == {"2.png": IGNORED, "0.png": IGNORED, "1.png": BOXED, "3.png": IGNORED}
    keeper.undo()
    keeper.undo()
    rest(qtbot, keeper)
    assert list(read_annotations(kept[0]).frames) == ["2.png", "0.png"]


def test_a_recording_whose_disk_is_away_is_no_change_of_somebody_else(
    qtbot: QtBot, kept: Kept, opened: Callable[[], Keeper]
) -> None:
    keeper = opened()
    heard = Listener(keeper)
    keeper.state({"0.png": BOXED})
    rest(qtbot, keeper)
    away = kept[0].rename(kept[0].with_name("away"))
    keeper.state({"1.png": IGNORED})
    rest(qtbot, keeper)
    assert heard.faults[-1] == f"{kept[0]} is not there: see whether its disk or its network is."
    assert keeper.unwritten == 1
    assert standings(keeper)[:2] == (Standing.BOXES, Standing.IGNORED)
    away.rename(kept[0])
    keeper.look()
    rest(qtbot, keeper)
    assert (heard.faults[-1], keeper.unwritten, heard.overtaken) == ("", 0, [])
    assert read_annotations(kept[0]).frames == {"0.png": BOXED, "1.png": IGNORED}


def test_a_damaged_file_is_not_overwritten(qtbot: QtBot, kept: Kept, opened: Callable[[], Keeper]) -> None:
    keeper = opened()
    path = kept[0] / FILE
    path.write_text("format: 1\nframes: [")
    keeper.state({"0.png": IGNORED})
    rest(qtbot, keeper)
    assert f"{path}:" in keeper.fault
    assert (keeper.unwritten, path.read_text()) == (1, "format: 1\nframes: [")
    path.unlink()
    keeper.look()
    rest(qtbot, keeper)
    assert (keeper.unwritten, keeper.fault) == (0, "")
    assert read_annotations(kept[0]).frames == {"0.png": IGNORED}


def test_a_recording_that_cannot_be_read_says_why(qtbot: QtBot, kept: Kept, made: Callable[[], Keeper]) -> None:
    (kept[0] / FILE).write_text("frames: {}")
    keeper = made()
    keeper.look()
    rest(qtbot, keeper)
    assert keeper.reel is None
    assert "format: 1" in keeper.fault


def test_two_windows_on_one_recording_keep_what_both_say(
    qtbot: QtBot, kept: Kept, opened: Callable[[], Keeper]
) -> None:
    one, other = opened(), opened()
    heard = Listener(other)
    one.state({"0.png": IGNORED, "1.png": IGNORED})
    rest(qtbot, one)
    other.state({"1.png": BOXED, "2.png": BOXED})
    rest(qtbot, other)
    assert heard.overtaken == [(("0.png", "1.png"), ("1.png",))]
    assert read_annotations(kept[0]).frames == {"0.png": IGNORED, "1.png": IGNORED, "2.png": BOXED}
    assert standings(other)[:3] == (Standing.IGNORED, Standing.IGNORED, Standing.BOXES)
    other.state({"1.png": BOXED})
    rest(qtbot, other)
    assert read_annotations(kept[0]).of("1.png") == BOXED
    assert len(heard.overtaken) == 1


def test_what_another_window_did_is_not_taken_back_unseen(
    qtbot: QtBot, kept: Kept, opened: Callable[[], Keeper]
) -> None:
    keeper = opened()
    heard = Listener(keeper)
    write_annotations(kept[0], read_annotations(kept[0]).with_frames({"3.png": BOXED}))
    keeper.undo()
    rest(qtbot, keeper)
    assert (heard.overtaken, heard.stepped) == ([(("3.png",), ())], [])
    assert standings(keeper)[3] is Standing.BOXES
    keeper.undo()
    rest(qtbot, keeper)
    assert heard.stepped == [("3.png",)]


def test_what_was_said_of_a_frame_before_another_window_was_noticed_gives_way(
    qtbot: QtBot, kept: Kept, opened: Callable[[], Keeper]
) -> None:
    keeper = opened()
    heard = Listener(keeper)
    write_annotations(kept[0], read_annotations(kept[0]).with_frames({"0.png": IGNORED}))
    keeper.state({"1.png": BOXED})
    keeper.state({"0.png": BOXED})
    rest(qtbot, keeper)
    assert [name for _, dropped in heard.overtaken for name in dropped] == ["0.png"]
    assert read_annotations(kept[0]).frames == {"0.png": IGNORED, "1.png": BOXED}
    assert standings(keeper)[:2] == (Standing.IGNORED, Standing.BOXES)

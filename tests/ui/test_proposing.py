"""What the engine proposes, one command after the other."""

import pytest

from inspector.labeling.suggestions import Origin
from inspector.settings import Workspace
from tests.ui.given import SaidCommand
from ui.proposing import Proposing


class Heard(Proposing):
    """On a command whose lines the test says. heard: all that a person was told."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, None, SaidCommand)  # type: ignore[arg-type]
        self.heard: list[str] = []
        self.said.connect(self.heard.append)
        self.wrong.connect(lambda sentence: self.heard.append(f"wrong: {sentence}"))

    @property
    def started(self) -> list[tuple[str, ...]]:
        return self.command.started  # type: ignore[attr-defined, no-any-return]

    def finish(self, code: int = 0, sentence: str = "") -> None:
        self.command.finish(code, sentence)  # type: ignore[attr-defined]


@pytest.fixture
def proposing(workspace: Workspace) -> Heard:
    return Heard(workspace)


def test_what_was_proposed_is_held_against_what_was_said(proposing: Heard) -> None:
    proposing.suggest("box", ("tape", "lid"), Origin.CONTRAST)
    first = ("suggest", "box", "--component", "tape", "--component", "lid", "--from", "contrast")
    assert proposing.started == [first]
    proposing.command.told.emit({"component": "tape", "left": 4})
    proposing.command.told.emit({"component": "lid", "left": 0})
    proposing.finish()
    assert proposing.started == [first, ("review", "box")]
    proposing.command.told.emit({"recordings": 2, "moments": 3, "most": 5})
    proposing.finish()
    assert not proposing.running
    assert proposing.heard == [
        "Boxes are suggested for 4 frames. Look at each, and press Enter where they are right.",
        "Frames that seem to contradict what was said of their recordings: 3. Look at them.",
    ]


def test_where_nothing_tells_yet_what_to_search_for_nobody_is_bothered(proposing: Heard) -> None:
    proposing.suggest("box", ("tape",), Origin.CONTRAST)
    proposing.finish()
    proposing.command.told.emit({"searched": False, "alike": False, "says": "Nothing tells yet how tape looks."})
    proposing.command.told.emit({"recordings": 0, "moments": 0, "most": 5})
    proposing.finish()
    assert proposing.heard == []
    proposing.suggest("box", ("tape",), Origin.CONTRAST)
    proposing.finish()
    proposing.command.told.emit({"searched": False, "alike": True, "says": "The negative looks like the positive."})
    proposing.finish()
    assert proposing.heard.pop() == "wrong: The negative looks like the positive."
    proposing.suggest("box", ("tape",), Origin.CONTRAST)
    proposing.finish(2, "Record one without it.")
    assert proposing.heard == ["wrong: Record one without it."]
    assert len(proposing.started) == 5, "what failed is not reviewed"


def test_frames_that_were_taken_are_searched_too(proposing: Heard) -> None:
    proposing.extract("box")
    proposing.command.told.emit({"says": "b differs from a.", "differs": "b", "from": "a", "in": ["brighter"]})
    proposing.command.told.emit({"says": "c differs from a.", "differs": "c", "from": "a", "in": ["darker"]})
    proposing.finish()
    assert proposing.started == [("extract", "box"), ("review", "box")]
    proposing.command.told.emit({"recordings": 2, "moments": 0, "most": 5})
    proposing.finish()
    assert proposing.heard == ["wrong: b differs from a. c differs from a."]


def test_who_wants_a_search_is_told_what_came_of_it(proposing: Heard) -> None:
    proposing.search("box", thorough=False)
    proposing.command.told.emit({"searched": False, "alike": False, "says": "Nothing tells yet how tape looks."})
    proposing.command.told.emit({"searched": False, "alike": True, "says": "The negative looks like the positive."})
    proposing.command.told.emit({"recordings": 0, "moments": 0, "most": 5})
    proposing.finish()
    assert proposing.heard == ["wrong: Nothing tells yet how tape looks. The negative looks like the positive."]
    proposing.search("box", thorough=True)
    proposing.command.told.emit({"recordings": 3, "moments": 0, "most": 5})
    proposing.finish()
    assert proposing.started == [("review", "box"), ("review", "box", "--quick-detector")]
    assert proposing.heard[1:] == ["Searched: nothing in 3 recordings contradicts what was said of them."]


def test_who_cancels_is_told_nothing_and_nothing_follows(proposing: Heard) -> None:
    proposing.suggest("box", ("tape",), Origin.DETECTOR)
    proposing.extract("box")
    assert len(proposing.started) == 1, "one at a time"
    proposing.cancel()
    proposing.finish(130, "Stopped.")
    proposing.suggest("box", ("tape",), Origin.DETECTOR)
    proposing.cancel()
    proposing.finish()
    assert [one[0] for one in proposing.started] == ["suggest", "suggest"]
    assert proposing.heard == []

"""What there is to learn from, and what is missing of it."""

from inspector.labeling.annotation import State, read_annotations
from inspector.labeling.refusals import Remedy
from inspector.labeling.stock import stock_of
from inspector.labeling.suggestions import Origin, Suggested, put
from inspector.settings import Workspace
from tests.labeling.recorded import ON, SCREW, STRIP, TAPE, doubt, recipe, recorded, restate


def test_an_empty_workspace_lacks_every_recording(workspace: Workspace) -> None:
    stock = stock_of(workspace, recipe(SCREW, TAPE))
    assert not stock.recorded
    assert [lack.remedy for lack in stock.lacks] == [Remedy.RECORD] * 4
    assert stock.lacks[0].text == "there is no recording of 'screw/on'."
    assert str(stock.lacks[0]).endswith("--component screw --pattern on")
    assert [(one.component, one.pattern) for one in stock.counts] == [
        ("screw", "on"),
        ("screw", "off"),
        ("tape", None),
    ]


def test_what_is_there_is_counted_and_what_waits_too(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    folder, _ = recorded(workspace, wanted, "tape", label=STRIP)
    recorded(workspace, wanted, "tape", positive=False, frames=7)
    restate(folder, _0=State.UNLABELED, _1=State.UNLABELED, _2=State.IGNORED)
    box = read_annotations(folder).of("5.png").boxes
    put(folder, read_annotations(folder), {"0.png": Suggested(boxes=box, sure=0.4, origin=Origin.CONTRAST)})
    stock = stock_of(workspace, wanted)
    (count,) = stock.counts
    assert (count.recordings, count.with_boxes, count.verified_empty) == (2, 7, 7)
    assert (count.unlabeled, count.ignored) == (2, 1)
    assert stock.waiting == (1,)
    assert stock.lacks == ()


def test_what_seems_to_contradict_teaches_nothing_yet(workspace: Workspace) -> None:
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP)
    folder, _ = recorded(workspace, wanted, "tape", positive=False)
    doubt(folder, *range(6))
    stock = stock_of(workspace, wanted)
    (count,) = stock.counts
    assert (count.verified_empty, count.contradicting, stock.contradicting) == (4, 6, 1)
    assert [lack.remedy for lack in stock.lacks] == [Remedy.LABEL]


def test_a_suggestion_of_another_pattern_waits_for_that(workspace: Workspace) -> None:
    wanted = recipe(SCREW)
    folder, _ = recorded(workspace, wanted, "screw", pattern="on", label=ON)
    box = read_annotations(folder).of("5.png").boxes
    restate(folder, _0=State.UNLABELED)
    put(folder, read_annotations(folder), {"0.png": Suggested(boxes=box, sure=0.4, origin=Origin.CONTRAST)})
    assert stock_of(workspace, wanted).waiting == (1, 0)

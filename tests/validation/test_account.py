"""What a validation keeps for those who look again, with a network that finds what is red."""

import shutil
from pathlib import Path

import cv2
import pytest

from inspector.bundle import Bundle
from inspector.capture.importing import import_media
from inspector.capture.recording import read_recording
from inspector.errors import InputError
from inspector.files import write_document
from inspector.frame import Image
from inspector.labeling.annotation import Annotation, Annotations, Box, State, write_annotations
from inspector.labeling.extraction import extract
from inspector.recipe import Label
from inspector.settings import Workspace
from inspector.validation.account import Account, Kind, account_of, read_account, write_account
from inspector.validation.held_out import held_out_frames
from inspector.validation.replay import replay
from tests.test_bundle import LAMP, halves, make

LEFT, RIGHT = (0.0, 0.0, 64.0, 64.0), (64.0, 0.0, 128.0, 64.0)


def recorded(place: Workspace, *pictures: Image, positive: bool) -> Path:
    source = place.folder / "source"
    source.mkdir(parents=True)
    for number, picture in enumerate(pictures):
        cv2.imwrite(str(source / f"{number}.png"), picture)
    folder = import_media(source, place, LAMP, ["lamp"], positive=positive, pattern=None, by="maria")
    shutil.rmtree(source)
    extract(folder, read_recording(folder))
    return folder


@pytest.fixture
def account(workspace: Workspace, red_network: Path) -> Account:
    """Lamps at the left: one seen, one faint and one hardly; empty frames: one silent, one that nearly counts, one that
    counts. The working score is 0.5.
    """
    write_document(workspace.recipes / "lamp.yaml", LAMP)
    bundle = Bundle.open(make(workspace.bundles / "lamp-1", red_network))
    lamps = recorded(workspace, halves(204, 0), halves(102, 0), halves(51, 0), positive=True)
    boxed = Annotation(state=State.BOXES, boxes=(Box.of(Label("lamp"), LEFT),), by="maria")
    write_annotations(lamps, Annotations(frames={f"{number}.png": boxed for number in range(3)}))
    recorded(workspace, halves(0, 0), halves(0, 77), halves(204, 0), positive=False)
    frames = held_out_frames(workspace, bundle)
    run = replay(bundle, bundle.detector(), ((one.truth, one.shot.image()) for one in frames))
    return account_of(run, frames)


def test_what_passed_and_is_bad_comes_first_then_what_was_surest(account: Account) -> None:
    found = [(one.kind, Path(one.frame).name, round(one.score, 1)) for one in account.mistakes]
    assert found == [(Kind.ESCAPE, "2.png", 0.8), (Kind.OVERKILL, "2.png", 0.2), (Kind.OVERKILL, "1.png", 0.4)]
    escape, missed, _ = account.mistakes
    (lamp,), (faint,) = escape.seen, missed.seen
    assert (escape.size, escape.missed, lamp.xyxy, lamp.counts, lamp.right) == ((128, 64), (), LEFT, True, False)
    assert (faint.xyxy, faint.counts, faint.right) == (LEFT, False, False)
    assert [one.xyxy for one in missed.missed] == [LEFT]
    assert missed.reason
    assert Path(escape.picture).is_file()


def test_what_was_seen_where_nothing_is_says_whether_it_counts(account: Account) -> None:
    found = [(Path(one.frame).name, round(one.seen.score, 1), one.counts) for one in account.fired]
    assert found == [("2.png", 0.8, True), ("1.png", 0.3, False)]
    assert account.fired[1].seen.xyxy == RIGHT
    assert not account.fired[0].known


def test_shares_have_their_bounds_and_the_truth_its_source(account: Account) -> None:
    (row,) = account.rows
    assert (row.working, row.overkill.k, row.overkill.n, row.escapes.k, row.escapes.n) == (0.5, 2, 3, 1, 3)
    assert row.escapes.low == pytest.approx(0.0084, abs=1e-4)
    assert row.escapes.high == pytest.approx(0.9057, abs=1e-4)
    assert account.sources == ("3 by attestation", "3 by maria")
    assert (account.frames, account.tuned) == (6, 0)


def test_it_is_read_as_it_was_written(account: Account, workspace: Workspace) -> None:
    assert read_account(workspace.reports, "lamp-1") is None
    path = write_account(workspace.reports, account)
    assert read_account(workspace.reports, "lamp-1") == account
    path.write_text("format: 1\nbundl: x\n")
    with pytest.raises(InputError, match="What the validation of lamp-1 kept is damaged"):
        read_account(workspace.reports, "lamp-1")


def test_the_worst_are_kept_where_there_are_too_many(
    account: Account, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inspector.validation.account.MOST_MISTAKES", 1)
    bundle = Bundle.open(workspace.bundles / "lamp-1")
    frames = held_out_frames(workspace, bundle)
    run = replay(bundle, bundle.detector(), ((one.truth, one.shot.image()) for one in frames))
    short = account_of(run, frames)
    assert (len(short.mistakes), short.mistakes_in_all) == (1, 3)
    assert short.mistakes[0].kind is Kind.ESCAPE

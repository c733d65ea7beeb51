"""The recordings of a recipe as a list shows them."""

from pathlib import Path

import numpy as np
import pytest

from inspector.capture.claim import Claim
from inspector.capture.recorder import record
from inspector.labeling.collection import Collection, collection_of, picture_of
from inspector.labeling.extraction import extract
from inspector.recipe import Component, Recipe
from inspector.settings import Workspace
from tests.labeling.live_camera import HandCamera

BOX = Recipe(name="box", components=(Component(name="tape"), Component(name="seal")))


def made(workspace: Workspace, component: str, positive: bool) -> Path:
    return record(HandCamera(), workspace, BOX, [component], positive, None, 0.3, "ann")


def test_an_empty_workspace_misses_everything(workspace: Workspace) -> None:
    claims = [Claim(name, positive) for name in ("tape", "seal") for positive in (True, False)]
    assert collection_of(workspace, BOX) == Collection((), tuple(claims))


def test_the_newest_stands_first_and_what_is_there_is_not_missing(workspace: Workspace) -> None:
    first, second = made(workspace, "tape", True), made(workspace, "seal", False)
    collection = collection_of(workspace, BOX)
    assert [kept.folder for kept in collection.kept] == [second, first]
    assert [kept.claim for kept in collection.kept] == [Claim("seal", False), Claim("tape", True)]
    assert collection.missing == (Claim("tape", False), Claim("seal", True))


def test_views_are_known_once_frames_are_extracted(workspace: Workspace) -> None:
    folder = made(workspace, "tape", True)
    (kept,) = collection_of(workspace, BOX).kept
    assert kept.views is None
    extract(folder, kept.recording)
    (kept,) = collection_of(workspace, BOX).kept
    # Each frame is of other noise.
    assert kept.views is not None
    assert kept.views > 5


@pytest.mark.parametrize("extracted", [False, True])
def test_its_picture_is_one_of_its_frames(workspace: Workspace, extracted: bool) -> None:
    folder = made(workspace, "tape", True)
    (kept,) = collection_of(workspace, BOX).kept
    if extracted:
        extract(folder, kept.recording)
        (kept,) = collection_of(workspace, BOX).kept
    picture = picture_of(kept, 32)
    assert picture.shape == (24, 32, 3)
    assert 90 < np.median(picture) < 160

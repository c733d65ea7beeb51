"""Pictures that are decoded before they are asked for, and let go of when nobody wants them."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ui.album import Album


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    for number in range(5):
        cv2.imwrite(str(tmp_path / f"{number}.png"), np.full((6, 8, 3), number, np.uint8))
    return [tmp_path / f"{number}.png" for number in range(5)]


@pytest.fixture
def album(qtbot: QtBot) -> Iterator[Album]:
    made = Album()
    yield made
    with qtbot.waitSignal(made.errands.ended):
        made.errands.close()


def test_what_is_wanted_comes_in_order_and_the_rest_goes(qtbot: QtBot, album: Album, paths: list[Path]) -> None:
    ready: list[Path] = []
    album.ready.connect(ready.append)
    album.want([paths[2], paths[0]])
    assert album.page(paths[2]) is None
    qtbot.waitUntil(lambda: not album.errands.busy)
    assert ready == [paths[2], paths[0]]
    page = album.page(paths[2])
    assert isinstance(page, np.ndarray)
    assert page[0, 0].tolist() == [2, 2, 2]
    album.want([paths[0], paths[1]])
    qtbot.waitUntil(lambda: not album.errands.busy)
    assert ready[2:] == [paths[1]]
    assert album.page(paths[2]) is None


def test_who_leafs_on_does_not_wait_for_what_was_wanted_before(qtbot: QtBot, album: Album, paths: list[Path]) -> None:
    ready: list[Path] = []
    album.ready.connect(ready.append)
    for path in paths:
        album.want([path])
    qtbot.waitUntil(lambda: not album.errands.busy)
    assert ready == [paths[4]]


def test_a_picture_that_cannot_be_read_says_why(qtbot: QtBot, album: Album, paths: list[Path]) -> None:
    paths[1].write_bytes(b"")
    album.want(paths[1:3])
    qtbot.waitUntil(lambda: not album.errands.busy)
    assert "is empty (0 bytes)" in str(album.page(paths[1]))
    assert isinstance(album.page(paths[2]), np.ndarray)

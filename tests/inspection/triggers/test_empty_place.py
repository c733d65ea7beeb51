"""The picture of the empty place: kept, read, and held to the recipe's size."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from inspector.errors import InputError
from inspector.frame import Frame
from inspector.inspection.triggers.empty import empty_place, keep_empty_place
from tests.inspection.scripted import a_recipe
from tests.inspection.triggers.bench import scene


def test_what_was_kept_is_read_as_it_was(tmp_path: Path) -> None:
    assert empty_place(tmp_path, a_recipe()) is None
    image = scene(None)
    path = keep_empty_place(tmp_path, a_recipe(), Frame(image, 0, 0.0, datetime(2026, 1, 1, tzinfo=UTC), "usb:0"))
    assert path == tmp_path / "box.png"
    read = empty_place(tmp_path, a_recipe())
    assert read is not None
    assert np.array_equal(read, image)


def test_one_of_another_size_is_refused(tmp_path: Path) -> None:
    keep_empty_place(tmp_path, a_recipe(), Frame(scene(None), 0, 0.0, datetime(2026, 1, 1, tzinfo=UTC), "usb:0"))
    larger = a_recipe().model_copy(update={"frame_size": (640, 480)})
    with pytest.raises(InputError, match="a picture of 320x240"):
        empty_place(tmp_path, larger)

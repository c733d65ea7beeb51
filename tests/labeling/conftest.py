"""A recipe with its recordings, for the tests of datasets."""

import pytest

from inspector.recipe import Recipe
from inspector.settings import Workspace
from tests.labeling.recorded import STRIP, TAPE, recipe, recorded


@pytest.fixture
def tape(workspace: Workspace) -> Recipe:
    """A recipe with one positive and one negative recording of ten pictures each."""
    wanted = recipe(TAPE)
    recorded(workspace, wanted, "tape", label=STRIP)
    recorded(workspace, wanted, "tape", positive=False)
    return wanted

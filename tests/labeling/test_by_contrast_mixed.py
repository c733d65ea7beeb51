"""What suggestion refuses to guess at: videos that show several components."""

import pytest

from inspector.capture.recorder import record
from inspector.capture.recording import recordings_of
from inspector.capture.simulator import open_simulator
from inspector.errors import InputError
from inspector.labeling.annotation import read_annotations
from inspector.labeling.by_contrast import suggest_recordings
from inspector.labeling.extraction import extract
from inspector.recipe import Component, Recipe
from inspector.settings import Workspace

RECIPE = Recipe(name="box", components=(Component(name="tape"), Component(name="screw", count=4)))
BOTH = ["tape", "screw"]


def test_a_video_of_several_components_is_not_guessed_at(workspace: Workspace) -> None:
    for positive, there in ((True, "on"), (False, "off")):
        camera = open_simulator(f"simulator:screw={there},tape={there},frames=6,pace=0,hand=0")
        record(camera, workspace, RECIPE, BOTH, positive=positive, pattern=None, seconds=9, by="maria")
    found = recordings_of(workspace.recordings, "box")
    for folder, recording in found:
        extract(folder, recording)
    for name in BOTH:
        with pytest.raises(InputError, match="shows several components \\(tape, screw\\)"):
            suggest_recordings(workspace, RECIPE, name, accept=0.0)
    positive_folder = next(folder for folder, recording in found if recording.positive)
    assert read_annotations(positive_folder).frames == {}

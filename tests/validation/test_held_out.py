"""What is said of the frames that a bundle is examined on."""

from pathlib import Path

import numpy as np

from inspector.boxes import EMPTY
from inspector.capture.recording import Media, Recording
from inspector.frame import utc_now
from inspector.labeling.annotation import Annotations
from inspector.labeling.takes import Shot, Take
from inspector.recipe import Label
from inspector.validation.held_out import KnownFrame, sources_of_truth, what_was_tuned
from inspector.validation.metrics import Truth


def known(by: str, tuned: bool) -> KnownFrame:
    truth = Truth("r/0.png", EMPTY, np.zeros(0, np.int32), (Label("tape"),), ("tape",))
    shot = Shot("0.png", Path("0.png"), 0.0)
    draft = {"id": "r", "recipe": "lid", "components": ("tape",), "positive": True, "source": "usb:0"}
    media = (Media(file="0.png", sha256="0", frames=1),)
    recording = Recording(**draft, recorded_by="maria", recorded_at=utc_now(), media=media)
    return KnownFrame(truth, Take(Path("r"), recording, (shot,), Annotations()), shot, by, tuned)


def test_frames_that_set_the_working_scores_are_said_to_flatter() -> None:
    frames = [known("maria", True), known("maria", True), known("attestation", False)]
    assert what_was_tuned(frames).startswith("On 2 of the 3 frames the working scores were chosen")
    assert what_was_tuned(frames[2:]) == ""


def test_a_figure_names_who_says_what_is_true() -> None:
    frames = [known("maria", True), known("attestation", False), known("maria", False)]
    assert list(sources_of_truth(frames)) == ["1 by attestation", "2 by maria"]

"""The small recording that the repository keeps opens and is what it says."""

from pathlib import Path

from inspector.capture.recording import frames_of, read_recording, verify

SAMPLE = Path(__file__).resolve().parents[2] / "recordings" / "sample"


def test_the_sample_recording_opens_whole() -> None:
    recording = read_recording(SAMPLE)
    verify(SAMPLE, recording)
    frames = list(frames_of(SAMPLE, recording))
    assert [frame.number for frame in frames] == list(range(recording.frames))
    assert {frame.size for frame in frames} == {recording.frame_size}

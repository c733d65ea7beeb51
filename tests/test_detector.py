"""Detectors where something is missing. What they see is shown in `test_bundle.py` and `test_edition.py`."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from inspector.detector import NetworkDetector, OpenVinoDetector, Seen
from inspector.errors import InputError, MachineError
from inspector.frame import freeze
from inspector.recipe import Label

LABELS = (Label("lamp"),)


def test_without_openvino_a_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(
        MachineError, match=r"not installed on this machine.*pip install 'assembly-inspector\[openvino\]'"
    ):
        OpenVinoDetector(tmp_path / "network.xml", LABELS)


@pytest.mark.parametrize("content", [None, b"", b"<net>", b"<?xml version='1.0'?><net name='a' version='11'></net>"])
def test_a_file_that_is_no_openvino_network_is_one_sentence(tmp_path: Path, content: bytes | None) -> None:
    pytest.importorskip("openvino")
    path = tmp_path / "network.xml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"network\.xml is not a detector that this version can run: .+") as caught:
        OpenVinoDetector(path, LABELS)
    assert "\n" not in str(caught.value)


class Says(NetworkDetector):
    """Says two boxes, the second with a score that cannot count."""

    taught, input_size, classes = LABELS, (32, 32), 1

    def __init__(self, score: float, edge: float, far_edge: float) -> None:
        self.score, self.boxes = score, np.array([[0, 0, edge, 8], [0, 0, far_edge, 8]], np.float32)

    def run(self, _: np.ndarray) -> Seen:
        return self.boxes, np.array([[self.score], [0.001]], np.float32)


@pytest.mark.parametrize(("score", "edge"), [(float("nan"), 8), (0.9, float("nan")), (0.9, float("inf"))])
def test_what_is_no_number_is_not_taken_for_nothing_seen(score: float, edge: float) -> None:
    picture = freeze(np.zeros((32, 32, 3), np.uint8))
    with pytest.raises(MachineError, match="The network says what is no number"):
        Says(score, edge, 8).detect(picture)
    assert len(Says(0.9, 8, float("nan")).detect(picture)) == 1


def test_openvino_reports_to_nobody() -> None:
    pytest.importorskip("openvino")
    code = (
        "import sys; from inspector.detector import load_openvino; load_openvino();"
        "print([name for name in sys.modules if name.startswith('openvino_telemetry') and sys.modules[name]])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_a_signal_ends_in_order_a_process_in_which_openvino_detectors_came_and_went(tmp_path: Path) -> None:
    pytest.importorskip("openvino")
    code = """
import signal, sys
from pathlib import Path
from inspector.detector import OpenVinoDetector
from inspector.errors import InputError

kept = []
for _ in range(4):
    try:
        OpenVinoDetector(Path(sys.argv[1]), ())
    except InputError as error:
        kept.append(error)  # and with it what the detector had begun with
while kept:
    kept.pop(0)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
signal.raise_signal(signal.SIGTERM)
"""
    said = subprocess.run([sys.executable, "-X", "faulthandler", "-c", code, str(tmp_path / "none.xml")], check=False)
    assert said.returncode == 0

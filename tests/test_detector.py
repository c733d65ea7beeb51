"""Detectors where something is missing. What they see is shown in `test_bundle.py` and `test_edition.py`."""

import subprocess
import sys
from pathlib import Path

import pytest

from inspector.detector import OpenVinoDetector
from inspector.errors import InputError, MachineError
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


def test_openvino_reports_to_nobody() -> None:
    pytest.importorskip("openvino")
    code = (
        "import sys; from inspector.detector import load_openvino; load_openvino();"
        "print([name for name in sys.modules if name.startswith('openvino_telemetry') and sys.modules[name]])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"

"""`inspector detect, run, promote`: what a bundle sees and says, with a network that finds the redder half."""

import csv
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from inspector.bundle import Bundle, Golden, promotions, write_manifest
from inspector.commands import learn
from inspector.commands.inspect import Faults
from inspector.files import write_document
from inspector.inspection.records import Records
from inspector.settings import Workspace
from tests.inspection.inspected import inspection, note
from tests.ports import free_port
from tests.test_bundle import LAMP, halves, make

Inspector = Any
KEYS = {"id", "first_frame", "last_frame", "verdict", "findings", "latency_ms", "cameras"}
PROVING = "Proving it on this machine ...\n"


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Three pictures of two halves: the left one lit, both, and a black one, of which nothing can be said."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name, lit in {"1.png": (204, 0), "2.png": (204, 204), "10.png": (0, 0)}.items():
        cv2.imwrite(str(folder / name), np.asarray(halves(*lit)))
    return folder


@pytest.fixture
def bundle(workspace: Workspace, red_network: Path) -> str:
    """A bundle of a recipe that wants one lamp."""
    write_document(workspace.recipes / "lamp.yaml", LAMP)
    return make(workspace.bundles / "lamp-a", red_network).name


def test_detect_prints_a_line_a_frame(inspector: Inspector, pictures: Path, bundle: str) -> None:
    said = inspector("detect", bundle, str(pictures), "--json")
    assert said.code == 0
    first, second, third = said.lines
    assert [line["name"] for line in said.lines] == ["1.png", "2.png", "10.png"]
    assert (first["frame"], first["width"], first["height"]) == (0, 128, 64)
    (seen,) = first["detections"]
    assert (seen["label"], seen["component"], seen["pattern"]) == ("lamp", "lamp", None)
    assert seen["box"] == [0.0, 0.0, 64.0, 64.0]
    assert seen["score"] == pytest.approx(0.8)
    assert (len(second["detections"]), len(third["detections"])) == (2, 0)


def test_detect_shows_what_scores_at_least_the_threshold(inspector: Inspector, pictures: Path, bundle: str) -> None:
    said = inspector("detect", bundle, str(pictures / "1.png"), "--threshold", "0.9", "--json")
    assert said.lines[0]["detections"] == []


def test_run_prints_a_line_an_inspection_and_keeps_it(
    inspector: Inspector, pictures: Path, bundle: str, tmp_path: Path
) -> None:
    said = inspector("run", "lamp", "--bundle", bundle, "--source", str(pictures), "--json")
    assert said.code == 0, said.err
    assert [line["verdict"] for line in said.lines] == ["OK", "NOT_OK", "NOT_DECIDABLE"]
    assert all(set(line) == KEYS for line in said.lines)
    assert [line["first_frame"] for line in said.lines] == [line["last_frame"] for line in said.lines] == [0, 1, 2]
    (finding,) = said.lines[1]["findings"]
    assert (finding["expected"], finding["found"], finding["reason"]) == (1, 2, "lamp: 2 found, 1 expected")

    kept = inspector("records", "list", "--json").lines
    assert [line["id"] for line in kept] == [line["id"] for line in reversed(said.lines)]
    assert len(inspector("records", "list", "--verdict", "fail", "--json").lines) == 1
    table = tmp_path / "all.csv"
    assert inspector("records", "export", str(table)).code == 0
    rows = csv.DictReader(table.read_text().splitlines())
    assert [row["verdict"] for row in rows] == ["NOT_DECIDABLE", "NOT_OK", "OK"]


def test_promoting_what_was_hardly_taught_says_so(
    inspector: Inspector, workspace: Workspace, bundle: str, red_network: Path
) -> None:
    said = inspector("promote", bundle)
    assert "quick" not in said.err
    make(workspace.bundles / "lamp-b", red_network, training={"preset": "quick"})
    said = inspector("promote", "lamp-b")
    assert said.code == 0
    assert said.err.endswith("is not for a station.\n")
    assert "inspector train lamp" in said.out
    *_, advice, _ = inspector("promote", "lamp-b", "--json").lines
    assert advice["says"].endswith("is not for a station."), "a window has a page for it, and no command"


def test_run_takes_the_promoted_bundle_and_goes_back(
    inspector: Inspector, workspace: Workspace, pictures: Path, bundle: str, red_network: Path
) -> None:
    said = inspector("run", "lamp", "--source", str(pictures))
    assert said.code == 2
    assert "inspector train lamp" in said.err
    make(workspace.bundles / "lamp-b", red_network)
    assert inspector("promote", bundle).code == inspector("promote", "lamp-b").code == 0
    assert inspector("promote", "lamp", "--back", "--json").lines == [{"recipe": "lamp", "bundle": "lamp-a"}]
    assert inspector("run", "lamp", "--source", str(pictures)).code == 0


def test_a_bundle_whose_golden_frames_show_nothing_is_promoted_with_a_word(
    inspector: Inspector, workspace: Workspace, bundle: str, red_network: Path
) -> None:
    assert inspector("promote", bundle).err == PROVING
    folder = make(workspace.bundles / "lamp-b", red_network)
    manifest = Bundle.open(folder).manifest
    # In no golden frame does anything score that much.
    blind = {"golden": (Golden(file=manifest.golden[0].file),), "thresholds": {"lamp": 0.9}}
    write_manifest(folder, manifest.model_copy(update=blind))
    said = inspector("promote", "lamp-b")
    assert said.code == 0
    assert said.err == f"{PROVING}It sees no lamp in any golden frame, so nothing proves that it sees it at all.\n"
    assert "Look at what it misses: inspector validate lamp-b\n" in said.out


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_a_promotion_tells_how_far_its_proof_is_and_is_left_with_ctrl_c_until_it_is_written(
    inspector: Inspector, workspace: Workspace, bundle: str, red_network: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *steps, end = inspector("promote", bundle, "--json").lines
    assert [(one["stage"], one["done"], one["total"]) for one in steps] == [("prove", 0, None), ("prove", 1, 1)]
    assert end == {"recipe": "lamp", "bundle": bundle}
    make(workspace.bundles / "lamp-b", red_network)
    prove_on, promote = Bundle.prove_on, learn.promote_bundle

    def interrupted(self: Bundle, *arguments: Any) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        prove_on(self, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(Bundle, "prove_on", interrupted)
        assert inspector("promote", "lamp-b").code == 130
    assert promotions(workspace.bundles, "lamp").bundles == (bundle,)

    def too_late(*arguments: Any) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        promote(*arguments)

    monkeypatch.setattr(learn, "promote_bundle", too_late)
    assert inspector("promote", "lamp-b").code == 0
    assert promotions(workspace.bundles, "lamp").bundles == (bundle, "lamp-b")


def test_a_changed_byte_is_refused(inspector: Inspector, workspace: Workspace, pictures: Path, bundle: str) -> None:
    path = workspace.bundles / bundle / "network.tflite"
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    for command in (("detect", bundle, str(pictures)), ("run", "lamp", "--bundle", bundle), ("promote", bundle)):
        said = inspector(*command)
        assert said.code == 2
        assert "was changed: network.tflite is not the file that was made" in said.err


def test_a_source_that_is_not_there(inspector: Inspector, pictures: Path, bundle: str) -> None:
    said = inspector("detect", bundle, str(pictures / "3.png"))
    assert said.code == 2
    assert "There is no source" in said.err


def test_selftest_says_whether_the_machine_works(inspector: Inspector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    said = inspector("selftest", "--json")
    assert said.code == 0
    found = {line["check"]: line["ok"] for line in said.lines}
    assert found["libraries"]
    assert found["workspace"]
    assert found["training"]


def test_an_empty_source_or_bundle_is_never_another_one(inspector: Inspector, bundle: str) -> None:
    inspector("promote", bundle)
    assert "There is no source ''" in inspector("run", "lamp", "--source", "").err
    assert "There is no bundle ''" in inspector("run", "lamp", "--bundle", "").err


def test_a_recipe_with_one_camera_takes_one_source(inspector: Inspector, bundle: str, pictures: Path) -> None:
    said = inspector("run", "lamp", "--bundle", bundle, "--source", str(pictures), "--source", "usb:0")
    assert (said.code, said.err) == (2, "The recipe 'lamp' has one camera: name one source, not 2.\n")


def test_a_run_tells_of_whom_records_are_kept_for_in_vain(
    inspector: Inspector, workspace: Workspace, bundle: str, pictures: Path
) -> None:
    with closing(Records(workspace.records)) as kept:
        note(kept, inspection(0))
        kept.position("webhook")
    said = inspector("run", "lamp", "--bundle", bundle, "--source", str(pictures))
    assert "forget it: inspector records tidy --forget webhook." in said.err


def test_a_run_tells_that_the_plant_s_database_is_not_reached(workspace: Workspace, bundle: str) -> None:
    gone = f"postgresql+psycopg://plant:secret@127.0.0.1:{free_port()}/postgres"
    (workspace.folder / "settings.yaml").write_text(f"format: 1\nrecords:\n  database: {gone}\n")
    command = [sys.executable, "-m", "inspector", "run", "lamp", "--bundle", bundle, "--source", "simulator"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as station:
        assert station.stderr is not None
        said = station.stderr.readline()
        station.terminate()
        assert (station.wait(), station.stderr.read()) == (0, "")
    assert said.startswith("Cannot reach the plant's database ")
    assert "secret" not in said


def test_a_service_manager_s_stop_ends_a_run_in_order(workspace: Workspace, bundle: str) -> None:
    command = [sys.executable, "-m", "inspector", "run", "lamp", "--bundle", bundle, "--source", "simulator", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as station:
        assert station.stdout is not None
        assert station.stderr is not None
        assert "verdict" in json.loads(station.stdout.readline())
        station.terminate()
        left = [json.loads(line) for line in station.stdout]
        assert (station.wait(), station.stderr.read()) == (0, "")
    with closing(Records(workspace.records)) as kept:
        assert len(kept.list()) == 1 + len(left)


def test_a_run_may_be_asked_by_keys_and_files(workspace: Workspace, bundle: str, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    asked.mkdir()
    triggers = ("--trigger", "key", "--trigger", f"file:{asked}")
    command = [sys.executable, "-m", "inspector", "run", "lamp", "--bundle", bundle, "--source", "simulator", "--json"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*command, *triggers], **pipes, text=True) as station:
        by_key = _told(station, "key", lambda _: station.stdin.write("SN-1\n"))
        by_file = _told(station, "file", lambda number: (asked / f"SN-{number}.txt").touch())
        station.terminate()
        assert station.wait() == 0
        station.communicate()
    assert (by_key["serial"], by_key["trigger"]) == ("SN-1", "key")
    assert by_file["trigger"] == f"file:{by_file['serial']}.txt"
    assert (asked / "done" / f"{by_file['serial']}.txt").exists()


def _told(station: "subprocess.Popen[str]", by: str, ask: Callable[[int], object]) -> dict[str, Any]:
    """The first inspection of that trigger; asked again and again, for the station may not be ready, or be busy."""
    assert station.stdin is not None
    assert station.stdout is not None
    for number in count(100):
        ask(number)
        station.stdin.flush()
        while select.select([station.stdout], [], [], 0.5)[0]:
            line: dict[str, Any] = json.loads(station.stdout.readline())
            if line["trigger"].startswith(by):
                return line
    raise AssertionError


def test_every_frame_is_not_asked_for(inspector: Inspector, bundle: str) -> None:
    said = inspector("run", "lamp", "--bundle", bundle, "--every-frame", "--trigger", "key")
    assert (said.code, said.err.split(":")[0]) == (2, "--every-frame judges all frames, and --trigger those asked for")


@pytest.mark.parametrize("wanted", ["keys", "timer:0", "file:/nowhere/at/all"])
def test_a_trigger_that_is_none_is_the_persons_mistake(inspector: Inspector, bundle: str, wanted: str) -> None:
    said = inspector("run", "lamp", "--bundle", bundle, "--trigger", wanted)
    assert said.code == 2
    assert wanted.partition(":")[2] in said.err


def test_a_fault_is_told_once_beside_the_verdicts(inspector: Inspector, bundle: str, tmp_path: Path) -> None:
    dark = tmp_path / "dark"
    dark.mkdir()
    for number in range(60):
        cv2.imwrite(str(dark / f"{number}.png"), np.zeros((720, 1280, 3), np.uint8))
    said = inspector("run", "lamp", "--bundle", bundle, "--source", str(dark), "--json")
    assert {line["verdict"] for line in said.lines} == {"NOT_DECIDABLE"}
    assert said.err == "The picture is dark: check the light and the lens cap.\n"


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_nobody_who_reads_ends_a_run_in_a_sentence(workspace: Workspace, bundle: str, as_json: tuple[str, ...]) -> None:
    """More is decided than may wait to be delivered."""
    scene = "simulator:frames=60,pace=0"
    command = [sys.executable, "-m", "inspector", "run", "lamp", "--bundle", bundle, "--source", scene, "--every-frame"]
    with subprocess.Popen([*command, *as_json], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as station:
        assert station.stdout is not None
        assert station.stderr is not None
        station.stdout.readline()
        station.stdout.close()
        assert station.wait(60) == 3
        assert station.stderr.read() == "Nobody reads the standard output any more.\n"


class Listening:
    """A voice whose warnings are kept."""

    def __init__(self) -> None:
        self.warned: list[str] = []

    def warn(self, text: str) -> None:
        self.warned.append(text)


def test_a_fault_is_warned_of_once_it_lasts_and_so_is_what_follows_it() -> None:
    voice = Listening()
    faults = Faults(voice)
    for message in ["", "dark", "", "put A", "put A", "put A", "put B", "put B", "1.1 s", "1.2 s", "1.3 s", "", "", ""]:
        faults.see(message)
    assert voice.warned == ["put A", "put B", "The picture is good again."]


def test_what_is_no_fault_is_remarked_once() -> None:
    voice = Listening()
    faults = Faults(voice)
    for remark in ["", "set back", "set back", "", "set back"]:
        faults.see("", remark)
    assert voice.warned == ["set back", "set back"]

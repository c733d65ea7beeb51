import os
from pathlib import Path

import pytest

from inspector.bundle import Bundle, write_manifest
from inspector.errors import InputError
from inspector.files import sha256
from inspector.inspection.guard.originals import Originals
from tests.inspection.scripted import a_bundle, a_recipe


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    network = tmp_path / "network.tflite"
    network.write_bytes(b"as it was made")
    plain = a_bundle(tmp_path, a_recipe())
    manifest = plain.manifest.model_copy(update={"files": {"network.tflite": sha256(network)}})
    write_manifest(tmp_path, manifest)
    return Bundle(tmp_path, manifest)


def test_files_that_stay_are_fine(bundle: Bundle) -> None:
    originals = Originals(bundle)
    originals.check()
    originals.check()


@pytest.mark.parametrize("name", ["network.tflite", "bundle.yaml", "bundle.yaml.sha256"])
def test_a_file_that_is_written_over_is_told(bundle: Bundle, name: str) -> None:
    originals = Originals(bundle)
    (bundle.folder / name).write_bytes(b"something else")
    with pytest.raises(InputError, match=f"box-1 was changed: {name} is not the file that was made"):
        originals.check()


def test_a_file_that_is_gone_is_told(bundle: Bundle) -> None:
    originals = Originals(bundle)
    (bundle.folder / "network.tflite").unlink()
    with pytest.raises(InputError, match=r"network\.tflite is missing"):
        originals.check()


def test_other_bytes_of_the_same_length_are_told(bundle: Bundle) -> None:
    originals = Originals(bundle)
    path = bundle.folder / "network.tflite"
    path.write_bytes(b"as it was Made")
    os.utime(path, (1, 1))
    with pytest.raises(InputError, match="is not the file"):
        originals.check()


def test_the_same_bytes_copied_again_are_fine(bundle: Bundle) -> None:
    originals = Originals(bundle)
    path = bundle.folder / "network.tflite"
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)
    originals.check()
    path.write_bytes(b"something else")
    with pytest.raises(InputError):
        originals.check()

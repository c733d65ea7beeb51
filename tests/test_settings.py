"""Where the workspace is, and which names it takes."""

from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.errors import FileProblems, InputError
from inspector.labeling.annotation import Annotation, State
from inspector.settings import (
    PROGRAMS,
    VARIABLE,
    ProofTimes,
    Settings,
    Workspace,
    check_name,
    person,
    person_named,
    pick,
)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and an environment that names no workspace."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_wanted_workspace_comes_first(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(elsewhere / "other"))
    assert Workspace.find(Path("wanted")).folder == elsewhere / "wanted"


def test_the_environment_comes_before_the_current_folder(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "recipes").mkdir()
    monkeypatch.setenv(VARIABLE, str(elsewhere / "other"))
    assert Workspace.find().folder == elsewhere / "other"


def test_the_current_folder_is_one_where_it_holds_recipes(elsewhere: Path) -> None:
    (elsewhere / "recipes").mkdir()
    assert Workspace.find().folder == elsewhere


def test_a_checkout_of_the_project_is_a_workspace(elsewhere: Path) -> None:
    (elsewhere / "inspector").mkdir()
    (elsewhere / "inspector" / "__main__.py").touch()
    assert Workspace.find().folder == elsewhere


def test_else_it_is_the_users_data_folder(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda name, **_: str(elsewhere / name))
    assert Workspace.find().folder == elsewhere / "assembly-inspector"


def test_a_workspace_without_settings_has_the_defaults(workspace: Workspace) -> None:
    assert workspace.settings() == Settings()


def test_settings_are_read(workspace: Workspace) -> None:
    (workspace.folder / "settings.yaml").write_text("format: 1\nsource: usb:0\nthreads: 4\n")
    assert workspace.settings() == Settings(source="usb:0", threads=4)


def test_settings_tell_which_source_each_of_several_cameras_is(workspace: Workspace) -> None:
    (workspace.folder / "settings.yaml").write_text("format: 1\ncameras: {top: usb:1, side: usb:2}\n")
    assert workspace.settings().cameras == {"top": "usb:1", "side": "usb:2"}


def test_times_of_a_proof_need_no_quotes(workspace: Workspace) -> None:
    text = "format: 1\nproof:\n  at: [06:00, 14:00, 22:30]\n  every_hours: 4\n"
    (workspace.folder / "settings.yaml").write_text(text)
    assert workspace.settings().proof == ProofTimes(at=("06:00", "14:00", "22:30"), every_hours=4)


@pytest.mark.parametrize("wrong", ["24:00", "6:00", "06:60", "noon"])
def test_a_time_that_is_none_is_told(workspace: Workspace, wrong: str) -> None:
    (workspace.folder / "settings.yaml").write_text(f"format: 1\nproof:\n  at: [{wrong}]\n")
    with pytest.raises(FileProblems, match=f"'{wrong}' should be a time of the day from 00:00 to 23:59"):
        workspace.settings()


def test_settings_with_a_fault_are_never_taken_for_defaults(workspace: Workspace) -> None:
    (workspace.folder / "settings.yaml").write_text("format: 1\nsuorce: usb:0\n")
    with pytest.raises(FileProblems, match="Did you mean 'source'"):
        workspace.settings()


@pytest.mark.parametrize("name", ["screw", "M4x10", "7", "left-bench_1.v2", "a" * 80])
def test_names_that_may_become_files(name: str) -> None:
    assert check_name(name, "the recipe") == name


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "a\\b", "C:", "-x", ".x", "a b", "a.", "a\n", "é", "a" * 81]
)
def test_names_that_may_not(name: str) -> None:
    with pytest.raises(ValueError, match="the recipe"):
        check_name(name, "the recipe")


@given(st.text(max_size=12))
def test_a_name_that_passes_stays_in_its_folder(name: str) -> None:
    try:
        check_name(name, "it")
    except ValueError:
        return
    folder = Path("/folder")
    assert (folder / name).resolve().parent == folder.resolve()


def test_pick_offers_the_nearest_name() -> None:
    assert pick("tape", ["screw", "tape"], "component") == "tape"
    with pytest.raises(InputError, match=r"There is no component 'tpae'\. Did you mean 'tape'\?"):
        pick("tpae", ["screw", "tape"], "component")


@pytest.mark.parametrize("threads", ["0", "-1", "1000000", "nan"])
def test_threads_that_no_processor_has_are_a_fault_of_the_file(tmp_path: Path, threads: str) -> None:
    (tmp_path / "settings.yaml").write_text(f"format: 1\nthreads: {threads}\n")
    with pytest.raises(FileProblems, match=r"settings\.yaml:2: threads"):
        Workspace(tmp_path).settings()


def test_a_current_folder_that_was_deleted_is_told(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = elsewhere / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for wanted in (None, Path("here")):
        with pytest.raises(InputError, match="current folder was deleted"):
            Workspace.find(wanted)
    assert Workspace.find(elsewhere).folder == elsewhere


@pytest.mark.parametrize("name", PROGRAMS)
def test_an_account_called_as_a_part_of_the_program_is_a_person_s(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", name)
    assert person() == f"{name} (account)"
    assert Annotation(state=State.IGNORED, by=person()).by_person
    with pytest.raises(InputError, match=f"'{name}' is what the program says of itself"):
        person_named(name)


def test_an_account_is_called_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "maria")
    assert person() == person_named("maria") == "maria"

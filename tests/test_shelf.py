"""The recipes of a workspace: read with their faults, written with their comments, never over somebody else's."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from inspector.bundle import Promotions
from inspector.capture.recording import FILE, Media, Recording
from inspector.capture.trash import destroy
from inspector.errors import InputError, InspectorError
from inspector.files import write_document
from inspector.people.audit import audit_of
from inspector.people.role import Deed
from inspector.recipe import Component, Label, Recipe, Size, Viewpoint, find_recipe
from inspector.settings import Workspace, person
from inspector.shelf import Overtaken, Taught, keep, look, make, put_back, throw_away, thrown_recipes, trace
from inspector.sketch import Sketch
from tests.inspection.scripted import a_bundle

BOX = Recipe(name="box", components=(Component(name="tape"),))
BY_HAND = "# of line 3\nformat: 1\nname: box\ncomponents:\n- name: tape  # yellow\n"


def record(workspace: Workspace, name: str, pattern: str | None = None) -> None:
    recording = Recording(
        id=name,
        recipe="box",
        components=("tape",),
        positive=True,
        pattern=pattern,
        source="test",
        recorded_by="me",
        recorded_at=datetime.now(UTC),
        media=(Media(file="a.mkv", sha256="0", frames=1),),
    )
    write_document(workspace.recordings / name / FILE, recording)


def test_an_empty_workspace_has_an_empty_shelf(workspace: Workspace) -> None:
    shelf = look(workspace)
    assert shelf.entries == ()
    assert shelf.fault == ""
    assert shelf.entry("box") is None


def test_each_recipe_is_seen_with_what_is_wrong_with_it(workspace: Workspace) -> None:
    make(workspace, BOX)
    (workspace.recipes / "bad.yaml").write_text("format: 1\nname: bad\ncomponents:\n- naem: x\n")
    (workspace.recipes / "other.yaml").write_text(BY_HAND)
    (workspace.recipes / "binary.yaml").write_bytes(b"\xff\xfe")
    shelf = look(workspace)
    assert [entry.name for entry in shelf.entries] == ["bad", "binary", "box", "other"]
    bad, binary, box, other = shelf.entries
    assert [problem.line for problem in bad.problems] == [4, 4]
    assert "UTF-8" in binary.problems[0].text
    assert box.recipe == BOX
    assert other.problems[0].text.startswith("the recipe in it is called 'box'")


def test_what_was_recorded_is_counted(workspace: Workspace) -> None:
    make(workspace, BOX)
    for name, pattern in (("a", None), ("b", None), ("c", "lookalike")):
        record(workspace, name, pattern)
    entry = look(workspace).entry("box")
    assert entry is not None
    assert entry.recorded == {Label("tape"): 2, Label("tape", "lookalike"): 1}
    (workspace.recordings / "b" / FILE).write_text("nonsense")
    assert "recording.yaml" in look(workspace).fault


def test_what_it_was_taught_is_told(workspace: Workspace) -> None:
    make(workspace, BOX)
    assert look(workspace).entries[0].taught is Taught.NOT_YET
    write_document(workspace.bundles / "box.promoted.yaml", Promotions(bundles=("gone",)))
    assert look(workspace).entries[0].taught is Taught.CHANGED


@pytest.mark.parametrize(
    ("cameras", "sizes", "taught"),
    [
        (("top", "side"), (None, None), Taught.TAUGHT),
        (("above", "side"), ((640, 480), (64, 48)), Taught.TAUGHT),
        (("top", "side"), ((640, 480), (640, 480)), Taught.CHANGED),
        (("top", "top"), (None, None), Taught.CHANGED),
    ],
)
def test_other_cameras_than_it_was_taught_by_are_a_change(
    workspace: Workspace, cameras: tuple[str, str], sizes: tuple[Size | None, Size | None], taught: Taught
) -> None:
    learnt = a_bundle(workspace.bundles / "box-1", two_sided(("top", "side"), (None, None))).manifest
    sized = learnt.model_copy(update={"frame_size": None, "frame_sizes": {"lid": (640, 480), "seal": (64, 48)}})
    write_document(workspace.bundles / "box-1" / "bundle.yaml", sized)
    write_document(workspace.bundles / "box.promoted.yaml", Promotions(bundles=("box-1",)))
    make(workspace, two_sided(cameras, sizes))
    assert look(workspace).entries[0].taught is taught


def two_sided(cameras: tuple[str, str], sizes: tuple[Size | None, Size | None]) -> Recipe:
    views = dict(zip(cameras, sizes, strict=True))
    return Recipe(
        name="box",
        components=tuple(Component(name=n, camera=c) for n, c in zip(("lid", "seal"), cameras, strict=True)),
        cameras=tuple(Viewpoint(name=name, frame_size=size) for name, size in views.items()),
    )


def test_a_change_keeps_the_comments_of_a_file_written_by_hand(workspace: Workspace) -> None:
    path = workspace.recipes / "box.yaml"
    path.write_text(BY_HAND)
    entry = look(workspace).entries[0]
    changed = Sketch.of(BOX).with_value(("components", 0, "count"), 2).checked()[0]
    assert changed is not None
    kept = keep(workspace, entry, changed)
    assert path.read_text() == BY_HAND + "  count: 2\n" == kept.text
    assert look(workspace).entries[0].recipe == changed
    keep(workspace, kept, BOX)
    assert path.read_text() == BY_HAND


def test_what_somebody_else_wrote_is_not_written_over(workspace: Workspace) -> None:
    entry = make(workspace, BOX)
    entry.path.write_text(BY_HAND)
    with pytest.raises(Overtaken, match="changed by somebody else"):
        keep(workspace, entry, BOX)
    assert entry.path.read_text() == BY_HAND
    entry.path.unlink()
    with pytest.raises(Overtaken):
        keep(workspace, entry, BOX)
    assert not entry.path.exists()


def test_a_copy_has_the_comments_and_a_name_that_is_free(workspace: Workspace) -> None:
    (workspace.recipes / "box.yaml").write_text(BY_HAND)
    origin = look(workspace).entries[0]
    make(workspace, BOX.model_copy(update={"name": "box-2"}), origin)
    assert (workspace.recipes / "box-2.yaml").read_text() == BY_HAND.replace("name: box", "name: box-2")
    with pytest.raises(InputError, match="already a recipe 'box-2'"):
        make(workspace, BOX.model_copy(update={"name": "BOX-2"}))


def test_a_deleted_recipe_lies_in_the_trash_and_comes_back(workspace: Workspace) -> None:
    entry = make(workspace, BOX)
    throw_away(workspace, entry)
    assert look(workspace).entries == ()
    (thrown,) = thrown_recipes(workspace)
    assert thrown.path.parent == workspace.folder / "trash"
    assert (thrown.name, thrown.recording) == ("box", None)
    assert abs(datetime.now(UTC) - thrown.at) < timedelta(minutes=1)
    put_back(workspace, thrown)
    assert find_recipe(workspace.recipes, "box") == BOX
    assert thrown_recipes(workspace) == ()
    throw_away(workspace, entry)
    make(workspace, BOX)
    (thrown,) = thrown_recipes(workspace)
    with pytest.raises(InputError, match="another recipe 'box' by now"):
        put_back(workspace, thrown)
    assert thrown.path.exists()
    destroy(workspace, [thrown])
    entry.path.unlink()
    with pytest.raises(InputError, match="the trash was emptied"):
        put_back(workspace, thrown)


def test_a_trace_is_another_where_any_file_is(workspace: Workspace) -> None:
    seen = {trace(workspace)}
    entry = make(workspace, BOX)
    seen.add(trace(workspace))
    entry.path.write_text(BY_HAND)
    seen.add(trace(workspace))
    record(workspace, "a")
    seen.add(trace(workspace))
    write_document(workspace.bundles / "box.promoted.yaml", Promotions(bundles=("b",)))
    seen.add(trace(workspace))
    assert len(seen) == 5
    assert trace(workspace) in seen


def test_what_is_changed_and_made_is_in_the_audit_log(workspace: Workspace) -> None:
    entry = make(workspace, BOX, by="maria")
    changed = Sketch.of(BOX).with_value(("components", 0, "count"), 2).checked()[0]
    assert changed is not None
    kept = keep(workspace, entry, changed, "maria")
    keep(workspace, kept, changed, "tom")
    make(workspace, changed.model_copy(update={"name": "box-2"}), kept)
    copied = hashlib.sha256((workspace.recipes / "box-2.yaml").read_bytes()).hexdigest()
    assert [(one.who, one.deed, dict(one.what)) for one in audit_of(workspace).entries()] == [
        ("maria", Deed.RECIPE, {"recipe": "box", "made": True, "components": "tape"}),
        ("maria", Deed.RECIPE, {"recipe": "box", "components.tape.count": "1 -> 2"}),
        (person(), Deed.RECIPE, {"recipe": "box-2", "made": True, "like": "box", "sha256": copied}),
    ], "what is written as it was before is no entry"


def test_what_cannot_be_written_down_is_not_changed(workspace: Workspace) -> None:
    entry = make(workspace, BOX)
    (workspace.folder / "audit.jsonl").unlink()
    (workspace.folder / "audit.jsonl").mkdir()
    changed = Sketch.of(BOX).with_value(("components", 0, "count"), 2).checked()[0]
    assert changed is not None
    with pytest.raises(InspectorError, match=r"audit\.jsonl"):
        keep(workspace, entry, changed)
    with pytest.raises(InspectorError, match=r"audit\.jsonl"):
        make(workspace, BOX.model_copy(update={"name": "lid"}))
    assert find_recipe(workspace.recipes, "box") == BOX
    assert not (workspace.recipes / "lid.yaml").exists()

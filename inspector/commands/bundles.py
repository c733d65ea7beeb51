"""A bundle, as a person names it."""

from pathlib import Path

from inspector.bundle import Bundle
from inspector.settings import Workspace, pick


def find_bundle(workspace: Workspace, name: str) -> Bundle:
    """A bundle by its folder, or by its id in the workspace."""
    if name and Path(name).is_dir():
        return Bundle.open(Path(name))
    known = sorted(path.parent.name for path in workspace.bundles.glob("*/bundle.yaml"))
    return Bundle.open(workspace.bundles / pick(name, known, "bundle"))

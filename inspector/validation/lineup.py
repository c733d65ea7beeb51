"""The bundles of a recipe side by side: what taught each, what it was measured to do, and which one a station uses."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from inspector.bundle import FILE, Manifest, promotions
from inspector.errors import InputError, InspectorError
from inspector.files import is_sealed, read_document
from inspector.settings import Workspace
from inspector.validation.account import Account, read_account

T = TypeVar("T")


@dataclass(frozen=True)
class Candidate:
    """One bundle. account: None where it was not validated yet. in_use: whether stations run with it; before: whether
    they would, were the one in use taken back.
    """

    manifest: Manifest
    account: Account | None
    in_use: bool
    before: bool


@dataclass(frozen=True)
class Lineup:
    """All bundles of a recipe, the newest first. faults: a sentence for each file that is damaged. Where it is an
    account, its bundle stands there as one that was not validated yet.
    """

    bundles: tuple[Candidate, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def in_use(self) -> Candidate | None:
        """The one that stations run with; None where none was promoted."""
        return next((one for one in self.bundles if one.in_use), None)


def lineup_of(place: Workspace, recipe: str) -> Lineup:
    """Manifests are read and their seals held against them; the networks are not, which only who runs them must."""
    given = promotions(place.bundles, recipe).bundles
    found: list[Candidate] = []
    faults: list[str] = []
    for path in sorted(place.bundles.glob(f"*/{FILE}")):
        manifest = _read(partial(_sealed, path), faults)
        if manifest is not None and manifest.recipe.name == recipe:
            name = manifest.id
            account = _read(partial(read_account, place.reports, name), faults)
            found.append(Candidate(manifest, account, given[-1:] == (name,), given[-2:-1] == (name,)))
    return Lineup(tuple(sorted(found, key=lambda one: one.manifest.created_at, reverse=True)), tuple(faults))


def _read(read: Callable[[], T | None], faults: list[str]) -> T | None:
    """What it gives; where that is damaged None, and a sentence more among the faults."""
    try:
        return read()
    except InspectorError as error:
        faults.append(str(error))
        return None


def _sealed(path: Path) -> Manifest:
    if not is_sealed(path):
        raise InputError(f"The bundle {path.parent.name} was changed since it was made. Copy it again, or train again.")
    return read_document(path, Manifest)

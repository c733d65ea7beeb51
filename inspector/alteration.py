"""What was altered in a recipe, in the few words that the audit log may hold of it. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from inspector.people.audit import LONGEST
from inspector.people.entry import Said
from inspector.recipe import Recipe

MOST = 20
"""Values of one entry: of more than that nobody reads a list."""
NOTHING = "nothing"
ELSEWHERE = {"name"}
"""An entry says by itself of which recipe it is."""

Flat = Mapping[str, str]
"""Each value by its keys with dots between them."""


def altered(before: Recipe | None, after: Recipe) -> Mapping[str, Said]:
    """Each value that is another one now, as `before -> after`; of a component or a pattern by its name, since its
    place in the file changes with others.

    Args: before: None where the recipe is new; what it says that is no default is told then.
    Returns: nothing where there is nothing to tell, or more than an entry holds.
    """
    old, new = _flat(before), _flat(after)
    said = _stated(before) | _stated(after)
    told = {
        key: f"{old.get(key, NOTHING)} -> {new.get(key, NOTHING)}" if before else new[key]
        for key in sorted(old.keys() | new.keys())
        if key in said and old.get(key) != new.get(key)
    }
    return told if len(told) <= MOST and all(len(value) <= LONGEST for value in told.values()) else {}


def _flat(recipe: Recipe | None) -> Flat:
    return dict(_values(recipe.model_dump(mode="json", exclude=ELSEWHERE), ())) if recipe else {}


def _stated(recipe: Recipe | None) -> set[str]:
    """The keys of what is no default: of a component that comes or goes, the rest would say nothing."""
    if recipe is None:
        return set()
    return {key for key, _ in _values(recipe.model_dump(mode="json", exclude=ELSEWHERE, exclude_defaults=True), ())}


def _values(value: Any, place: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        named = {one.get("name") or str(number): one for number, one in enumerate(value, 1)}
        yield ".".join(place), ", ".join(named)
        value = {name: {key: rest for key, rest in one.items() if key != "name"} for name, one in named.items()}
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _values(one, (*place, key))
    else:
        yield ".".join(place), _plain(value)


def _plain(value: Any) -> str:
    """The audit log holds no fractions, since not all programs write one alike."""
    if isinstance(value, list):
        return ", ".join(map(_plain, value)) or NOTHING
    if isinstance(value, bool):
        return str(value).lower()
    return NOTHING if value is None else str(value).removesuffix(".0")

"""`--set NAME=VALUE`: any setting of a training, also one that has no option of its own."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from inspector.errors import FileProblems, InputError
from inspector.yaml_lines import parse


def read_wishes(texts: Sequence[str]) -> dict[str, Any]:
    """Settings by name, those of a section in a dictionary of their own: `objective.classification=focal` is
    {"objective": {"classification": "focal"}}. A value is what it would be in one of our files.

    Raises: InputError for what is no such wish, and for two of one name.
    """
    wishes: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not (equals and all(part.isidentifier() for part in name.split("."))):
            raise InputError(
                f"--set takes NAME=VALUE, as boosting=0.5 or objective.classification=focal; '{text}' is not."
            )
        wishes = beside(wishes, _nested(name.split("."), _value(name, value)))
    return wishes


def beside(some: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Both settings as one. Raises: InputError where they differ in anything."""
    one, other = over(some, others), over(others, some)
    for name in one:
        if one[name] != other[name]:
            raise InputError(f"{name} is said twice, and not alike: leave one of them away.")
    return one


def over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Both settings as one; where they differ, the upper ones, and what a section does not say stays as it was."""
    both = {**below, **above}
    for name in below.keys() & above.keys():
        if isinstance(below[name], Mapping) and isinstance(above[name], Mapping):
            both[name] = over(below[name], above[name])
    return both


def _nested(names: Sequence[str], value: Any) -> dict[str, Any]:
    return {names[0]: _nested(names[1:], value) if names[1:] else value}


def _value(name: str, text: str) -> Any:
    try:
        return parse(Path(name), text)  # by the rules of our files, where `on` is a word
    except FileProblems:
        raise InputError(f"--set {name}: '{text}' is no value, as 0.5, true, focal or [1, 2] would be.") from None

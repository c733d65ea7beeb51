"""`docs/settings.md` names every setting of a training, with its default and what it takes."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from inspector.learning.settings import TrainingSettings

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
SIGNS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
MINER = "second_stage.hard_example_miner."
"""Told once, of the objective's."""


def test_every_setting_is_there_as_it_is() -> None:
    told = [line.split(" | ")[:3] for line in DOCUMENT.read_text().splitlines() if line.startswith("| `")]
    known = [[f"| `{name}`", default, takes] for name, default, takes in rows(TrainingSettings)]
    assert told == known


def rows(model: type[BaseModel], place: str = "") -> Iterator[tuple[str, str, str]]:
    """Name, default, and what is taken, of every setting that a person may set."""
    for name, field in model.model_fields.items():
        inner = model_in(field)
        if inner and name != "pipeline" and f"{place}{name}." != MINER:
            yield from rows(inner, f"{place}{name}.")
        elif not inner:
            yield f"{place}{name}", default_of(field), taken_by(field)


def model_in(field: FieldInfo) -> type[BaseModel] | None:
    some = (field.annotation, *get_args(field.annotation))
    return next((one for one in some if isinstance(one, type) and issubclass(one, BaseModel)), None)


def default_of(field: FieldInfo) -> str:
    value: Any = field.default
    if isinstance(value, tuple):
        return f"[{', '.join(f'{one:g}' for one in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def taken_by(field: FieldInfo) -> str:
    kinds = {kind for kind in (field.annotation, *get_args(field.annotation)) if kind is not type(None)}
    words = [str(word) for kind in kinds if isinstance(kind, type) and issubclass(kind, StrEnum) for word in kind]
    words += [str(word) for kind in kinds if get_origin(kind) is Literal for word in get_args(kind)]
    if words:
        return ", ".join(words)
    if bool in kinds:
        return "true, false"
    limits = [one for one in field.metadata if any(hasattr(one, sign) for sign in SIGNS)]
    texts = [
        f"{SIGNS[sign]} {getattr(limit, sign):g}" if sign != "lt" or limit.lt < 2**32 else "less than 2^32"
        for limit in limits
        for sign in SIGNS
        if hasattr(limit, sign)
    ]
    whole = "whole, " if int in kinds else ""
    if Path in kinds:
        return "a file"
    some = any(get_origin(kind) is tuple for kind in chain(kinds, [field.annotation]))
    return "numbers, more than 0" if some else whole + ", ".join(texts)

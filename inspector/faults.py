"""What is wrong with values, each fault in words for the person who wrote them."""

import reprlib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from inspector.errors import did_you_mean
from inspector.yaml_lines import Place

SHOULD_BE: Mapping[str, str] = {
    **dict.fromkeys(
        ("int_type", "int_parsing", "int_parsing_size", "int_from_float"), "this should be a whole number, got {got}"
    ),
    **dict.fromkeys(("float_type", "float_parsing"), "this should be a number, got {got}"),
    "finite_number": "this should be a finite number, got {got}",
    "string_type": "this should be a text, got {got}",
    "string_too_short": "this should have {min_length} or more characters",
    "string_too_long": "this should have {max_length} characters or fewer",
    "string_pattern_mismatch": "this should hold letters, digits, '.', '_' and '-' alone, and begin with a letter",
    **dict.fromkeys(("bool_type", "bool_parsing"), "this should be true or false, got {got}"),
    **dict.fromkeys(("tuple_type", "list_type"), "this should be a list, got {got}"),
    **dict.fromkeys(
        ("dict_type", "model_type", "model_attributes_type"), "this should be keys with their values, got {got}"
    ),
    "greater_than": "this should be more than {gt}, got {got}",
    "greater_than_equal": "this should be {ge} or more, got {got}",
    "less_than": "this should be less than {lt}, got {got}",
    "less_than_equal": "this should be {le} or less, got {got}",
    "json_invalid": "this cannot be read as JSON: {error}",
    "too_short": "this should hold at least {min_length}, got {actual_length}",
    "too_long": "this should hold at most {max_length}, got {actual_length}",
    **dict.fromkeys(
        ("datetime_type", "datetime_parsing", "datetime_from_date_parsing", "timezone_aware"),
        "this should be a moment with its time zone, as 2026-01-31T12:00:00Z, got {got}",
    ),
}
"""What pydantic finds, by its own names, as it is told here: of its own words most are about the program."""
ONE, ONE_OF = "this should be {expected}, got {got}", "this should be one of {expected}, got {got}"


class PlacedFault(ValueError):
    """What is wrong with several values together, told at the one to change. place: from what was checked on."""

    def __init__(self, text: str, *place: str | int) -> None:
        super().__init__(text)
        self.place: Place = place


def in_one_sentence(error: ValidationError, kind: type[BaseModel]) -> str:
    """Everything that is wrong with values that do not come from a file, so that no line says where."""
    faults = "; ".join(explained(fault, kind, whole=True) for fault in own_faults(error))
    return faults if faults.endswith(("?", ".")) else f"{faults}."


def place_of(fault: Any) -> Place:
    """Where a fault of pydantic's stands: where its check says so, else at the value that was checked."""
    place: Place = fault["loc"]
    error = fault.get("ctx", {}).get("error")
    return (*place, *error.place) if isinstance(error, PlacedFault) else place


def own_faults(error: ValidationError) -> list[Any]:
    """Faults that stand for themselves: a list whose items are faulty is then also called too short by pydantic."""
    faults = error.errors()
    around = {fault["loc"][:end] for fault in faults for end in range(len(fault["loc"]))}
    return [fault for fault in faults if not (fault["type"] == "too_short" and fault["loc"] in around)]


def explained(fault: Any, kind: type[BaseModel] | None = None, whole: bool = False) -> str:
    """One fault of pydantic's, with where it is.

    Args: kind: what was checked, for keys that it does not know; whole: name these by their whole place.
    """
    place: Place = fault["loc"]
    where = ".".join(str(step) for step in place)
    match fault["type"]:
        case "extra_forbidden":
            key = where if whole else place[-1]
            return f"unknown key '{key}'.{did_you_mean(str(place[-1]), _keys_at(kind, place[:-1]) if kind else ())}"
        case "missing":
            return f"'{where}' is missing"
        case _:
            return f"{where}: {words_of(fault)}" if where else words_of(fault)


def words_of(fault: Any) -> str:
    """What is wrong with a value, without where it is."""
    known, got = fault.get("ctx", {}), reprlib.repr(fault["input"])
    match fault["type"]:
        case "value_error":
            return str(known["error"])
        case "literal_error" | "enum":
            some: Sequence[str] = known["expected"].split(" or ")
            return (ONE if len(some) == 1 else ONE_OF).format(expected=", ".join(some), got=got)
        case kind if kind in SHOULD_BE:
            limits = {name: f"{limit:g}" if isinstance(limit, float) else limit for name, limit in known.items()}
            return SHOULD_BE[kind].format(got=got, **limits)
        case _:
            return f"{fault['msg'][0].lower()}{fault['msg'][1:]}, got {got}"


def _keys_at(kind: type[BaseModel], place: Place) -> list[str]:
    """The keys that the model knows at a place inside it."""
    model = kind
    for step in place:
        # A step that names no field is an index of a list or a key of a mapping, and leads into the same model.
        field = model.model_fields.get(str(step))
        model = (_model_in(field.annotation) if field else None) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a field's type holds, however deep in tuples, mappings and options."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(argument) for argument in getattr(annotation, "__args__", ()))
    return next((model for model in inner if model is not None), None)

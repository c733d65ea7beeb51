"""What is wrong with values, in words that are no program's."""

from typing import Any, Literal

import pytest
from pydantic import AwareDatetime, Field, FiniteFloat, ValidationError

from inspector.faults import in_one_sentence
from inspector.files import Section
from inspector.recipe import Mode


class Part(Section):
    """A section inside another."""

    size: int = 1


class Thing(Section):
    """One of each kind of value that our files hold."""

    count: int = Field(default=1, ge=0, le=9)
    share: float = Field(default=0.5, gt=0, lt=1)
    side: FiniteFloat = 1.0
    name: str = ""
    on: bool = True
    places: tuple[int, ...] = Field(default=(1,), min_length=1, max_length=2)
    pair: tuple[int, int] = (1, 2)
    part: Part = Part()
    some: dict[str, int] = {}
    mode: Mode = Mode.DETECTION
    kind: Literal["one"] = "one"
    at: AwareDatetime | None = None


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("count", "x", "count: this should be a whole number, got 'x'."),
        ("count", 1.5, "count: this should be a whole number, got 1.5."),
        ("count", -1, "count: this should be 0 or more, got -1."),
        ("count", 10, "count: this should be 9 or less, got 10."),
        ("share", "x", "share: this should be a number, got 'x'."),
        ("share", 0, "share: this should be more than 0, got 0."),
        ("share", 1, "share: this should be less than 1, got 1."),
        ("side", float("inf"), "side: this should be a finite number, got inf."),
        ("name", 3, "name: this should be a text, got 3."),
        ("on", "maybe", "on: this should be true or false, got 'maybe'."),
        ("places", 3, "places: this should be a list, got 3."),
        ("places", (), "places: this should hold at least 1, got 0."),
        ("places", (1, 2, 3), "places: this should hold at most 2, got 3."),
        ("pair", (1,), "'pair.1' is missing."),
        ("part", 3, "part: this should be keys with their values, got 3."),
        ("part", {"sise": 3}, "unknown key 'part.sise'. Did you mean 'size'?"),
        ("some", 3, "some: this should be keys with their values, got 3."),
        ("mode", "x", "mode: this should be one of 'detection', 'detection+classification', got 'x'."),
        ("kind", "two", "kind: this should be 'one', got 'two'."),
        ("at", "x", "at: this should be a moment with its time zone, as 2026-01-31T12:00:00Z, got 'x'."),
        (
            "at",
            "2026-01-31T12:00",
            "at: this should be a moment with its time zone, as 2026-01-31T12:00:00Z, got '2026-01-31T12:00'.",
        ),
    ],
)
def test_what_should_stand_there_is_told(key: str, value: Any, told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Thing.model_validate({key: value})
    assert in_one_sentence(caught.value, Thing) == told

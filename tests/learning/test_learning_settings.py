"""What may be set of a training."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from inspector.faults import _model_in as model_in
from inspector.learning.settings import TrainingSettings

ENDLESS = float("inf")


def names_of_numbers(model: type[BaseModel], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every setting that takes a number with a fraction, with the sections that it stands in."""
    for name, field in model.model_fields.items():
        inner = model_in(field.annotation)
        if inner is not None:
            yield from names_of_numbers(inner, (*before, name))
        elif "float" in str(field.annotation):
            yield (*before, name)


@pytest.mark.parametrize("names", list(names_of_numbers(TrainingSettings)), ids=".".join)
@pytest.mark.parametrize("value", [ENDLESS, -ENDLESS, float("nan"), [ENDLESS]])
def test_no_setting_is_without_end(names, value):
    nested = value
    for name in reversed(names):
        nested = {name: nested}
    with pytest.raises(ValidationError):
        TrainingSettings.model_validate(nested)


def test_a_seed_is_one_that_every_library_takes():
    assert TrainingSettings(seed=2**32 - 1).seed == 2**32 - 1
    for seed in (-1, 2**32):
        with pytest.raises(ValidationError, match="seed"):
            TrainingSettings(seed=seed)


def test_weights_are_found_from_another_folder_too(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    kept = TrainingSettings(weights=Path("some.weights.h5")).model_dump(mode="json")
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert TrainingSettings(**kept).weights == tmp_path / "some.weights.h5"
    assert TrainingSettings().weights is None


@pytest.mark.parametrize("asked", [{"scales": [-1]}, {"aspect_ratios": [0.0]}, {"scales": []}])
def test_an_anchor_has_a_size(asked):
    with pytest.raises(ValidationError, match="anchor_generator"):
        TrainingSettings.model_validate({"first_stage": {"anchor_generator": asked}})

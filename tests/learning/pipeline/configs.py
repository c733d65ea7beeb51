"""Small pipelines to read, and what became of their settings."""

from pathlib import Path
from typing import Any

from inspector.learning.pipeline.listing import Setting
from inspector.learning.pipeline.takeover import Pipeline, read_pipeline


def read(folder: Path, text: str) -> Pipeline:
    path = folder / "pipeline.config"
    path.write_text(text)
    return read_pipeline(path)


def ssd(loss: str = "", rest: str = "") -> str:
    return f"model {{ ssd {{ loss {{ {loss} }} {rest} }} }}"


def faster_rcnn(inside: str = "") -> str:
    return f"model {{ faster_rcnn {{ {inside} }} }}"


def train(inside: str) -> str:
    return f"model {{ ssd {{ }} }} train_config {{ {inside} }}"


def options(pipeline: Pipeline) -> dict[str, Any]:
    """Without the listing."""
    return {name: value for name, value in pipeline.options.items() if name != "pipeline"}


def told(pipeline: Pipeline, name: str) -> Setting:
    """What became of the setting whose name ends so."""
    (found,) = (one for one in pipeline.listing.settings if f".{one.name}".endswith(f".{name}"))
    return found

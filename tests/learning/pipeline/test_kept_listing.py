"""What became of a pipeline's settings stays with what was trained by it."""

from dataclasses import replace
from pathlib import Path

from inspector.bundle import Bundle
from inspector.files import read_document
from inspector.labeling.dataset import Dataset
from inspector.learning.bundling import PIPELINE, make_bundle
from inspector.learning.pipeline.listing import Listing
from inspector.learning.pipeline.takeover import read_pipeline
from inspector.learning.settings import TrainingSettings
from inspector.learning.training import Trained
from inspector.recipe import Recipe


def test_the_listing_is_kept_in_the_bundle(taught: Trained, squares: Dataset, recipe: Recipe, tmp_path: Path) -> None:
    path = tmp_path / "pipeline.config"
    path.write_text("model { ssd { } } train_config { num_steps: 200 batch_size: 8 }")
    pipeline = read_pipeline(path)
    settings = TrainingSettings.model_validate(pipeline.options)
    assert (settings.steps, settings.batch, settings.pipeline) == (200, 8, pipeline.listing)
    folder = make_bundle(squares, recipe, replace(taught, settings=settings), tmp_path / "bundles")
    assert Bundle.open(folder).manifest.training["pipeline"] == str(path)
    assert PIPELINE in Bundle.open(folder).manifest.files
    assert read_document(folder / PIPELINE, Listing) == pipeline.listing

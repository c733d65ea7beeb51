"""A recording that comes with its annotations: both of them, or neither."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from inspector.capture.recording import read_recording
from inspector.labeling.annotation import State
from inspector.labeling.extraction import extract
from inspector.labeling.formats import Imported, import_annotations
from inspector.labeling.formats.entry import Format
from inspector.recipe import Recipe


def annotate_new(
    folder: Path, recipe: Recipe, path: Path, form: Format, *, without_boxes: State, label_map: Mapping[str, str]
) -> Imported:
    """Extract a recording that was just imported, and lay the annotations on that came with it, as in
    `import_annotations`.

    Raises: as `extract` and `import_annotations` do; the recording is taken away again then.
    """
    try:
        recording = read_recording(folder)
        extract(folder, recording)
        return import_annotations(
            folder, recording, recipe, path, form, without_boxes=without_boxes, label_map=label_map
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise

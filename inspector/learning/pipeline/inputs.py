"""What a pipeline trains on and is judged by. Frames come from recordings here, so it is only said what is there.

Names: input_reader.proto and eval.proto of the TensorFlow Object Detection API.
"""

from collections.abc import Iterator
from pathlib import Path

from inspector.errors import InputError
from inspector.labeling.formats.label_map import read_label_map
from inspector.labeling.formats.shards import record_files
from inspector.learning.pipeline.part import Part

READERS = ("train_input_reader", "eval_input_reader")
ORDER = "frames are drawn half from those with boxes and half from verified-empty ones"
JUDGED = "validation counts false detections, escapes and overkill on held-out frames"
ABSENT = "not there; the recipe's recordings teach"


def read_inputs(root: Part) -> None:
    """Read `train_input_reader`, `eval_input_reader` and `eval_config`."""
    folder = root.reading.path.parent
    for reader in (part for name in READERS for part in root.parts(name)):
        reader.leave(_label_map(reader.peek("label_map_path", ""), folder), "label_map_path")
        for records in reader.parts("tf_record_input_reader"):
            for path in records.texts("input_path"):
                records.leave(_records(path, folder), "input_path")
            records.finish()
        reader.leave_rest(ORDER)
    root.leave(JUDGED, "eval_config")


def _label_map(text: str, folder: Path) -> str:
    for path in _places(text, folder):
        if path.is_file():
            try:
                labels = ", ".join(item.label for item in read_label_map(path))
            except InputError as error:
                return f"there, but cannot be read: {'; '.join(str(error).splitlines())}"
            return f"there: {path} names {labels}; the recipe names the labels"
    return ABSENT


def _records(text: str, folder: Path) -> str:
    for path in _places(text, folder):
        try:
            record_files(path)
        except InputError:
            continue
        return f"there; take it over with: inspector import {path} --recipe RECIPE --component COMPONENT"
    return ABSENT


def _places(text: str, folder: Path) -> Iterator[Path]:
    """Where a file may be that another machine's path names: there, or beside the pipeline."""
    if text:
        yield from (Path(text), folder / text, folder / Path(text).name)

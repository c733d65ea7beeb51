"""Reads a pipeline, and applies what we have to our settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from inspector.errors import FileProblems, InputError, Problem
from inspector.faults import words_of
from inspector.files import sha256
from inspector.labeling.formats.prototext import Message, read_prototext
from inspector.learning.pipeline.inputs import read_inputs
from inspector.learning.pipeline.lessons import read_training
from inspector.learning.pipeline.listing import Fate, Listing
from inspector.learning.pipeline.part import Part, Reading
from inspector.learning.pipeline.resizer import Resizer, read_resizer
from inspector.learning.pipeline.single_stage import read_single_stage
from inspector.learning.pipeline.two_stage import read_two_stage
from inspector.learning.settings import TrainingSettings

WANTED = "a pipeline.config of the TensorFlow Object Detection API"
MAX_BYTES = 256 * 2**10
"""Some thirty times what such a file takes; each line of it becomes one of a table."""

FOREIGN = {
    ".py": "a Python file, as MMDetection's and Detectron2's",
    ".yaml": "YAML, as Ultralytics' and Detectron2's",
    ".yml": "YAML, as Ultralytics' and Detectron2's",
    ".cfg": "a .cfg file, as Darknet's",
    ".json": "JSON",
    ".toml": "TOML",
}


@dataclass(frozen=True)
class Pipeline:
    """What a file says to us.

    options: of TrainingSettings, as plain values, the listing among them; origins: our dotted name -> theirs and its
    line; resizer: how large the input shall be, None where the file does not say.
    """

    listing: Listing
    options: Mapping[str, Any]
    origins: Mapping[str, tuple[str, int]]
    resizer: Resizer | None

    def check(self) -> None:
        """Raises: FileProblems with each value that our settings do not allow, at its line in the file."""
        try:
            TrainingSettings.model_validate(self.options)
        except ValidationError as error:
            raise FileProblems(self._problem(fault) for fault in error.errors(include_url=False)) from None

    def _problem(self, fault: Any) -> Problem:
        ours = ".".join(map(str, fault["loc"]))
        name, line = self.origins.get(ours, (ours, None))
        return Problem(Path(self.listing.file), f"'{name}': {words_of(fault)}", line)


def read_pipeline(path: Path) -> Pipeline:
    """What a `pipeline.config` says to us.

    Raises: InputError where it is another program's file; FileProblems with all settings that cannot be read.
    """
    message = _message(path)
    reading = Reading(path)
    root = Part(reading, "", message)
    model = root.part("model")
    kind = model.choice()
    if kind not in MODELS:
        raise InputError(_no_model(path, kind))
    inner = model.part(kind)
    resizer = read_resizer(inner.part("image_resizer"))
    MODELS[kind](inner)
    model.finish()
    read_training(root.part("train_config"))
    read_inputs(root)
    root.leave("exported as int8 in our own way, calibrated on the dataset", "graph_rewriter")
    root.finish()
    if reading.problems:
        raise FileProblems(sorted(dict.fromkeys(reading.problems), key=lambda problem: problem.line or 0))
    listing = Listing(file=str(path), sha256=sha256(path), settings=reading.settings)
    options = _nested(reading.changes | {"pipeline": listing.model_dump(mode="json")})
    return Pipeline(listing, options, reading.origins, resizer)


def _nested(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Values by dotted names as mappings in each other."""
    options: dict[str, Any] = {}
    for name, value in changes.items():
        inside = options
        *outer, last = name.split(".")
        for step in outer:
            inside = inside.setdefault(step, {})
        inside[last] = value
    return options


def _message(path: Path) -> Message:
    try:
        return read_prototext(path, MAX_BYTES)
    except FileProblems as error:
        (problem,) = error.problems
        if path.suffix.lower() in FOREIGN:
            raise InputError(_no_model(path)) from None
        text = f"{problem.text}; {WANTED} is wanted here"
        raise FileProblems([Problem(path, text, problem.line)]) from None


def _no_model(path: Path, kind: str = "") -> str:
    if kind:
        return f"{path} teaches a '{kind}', which we do not have; take a pipeline of {', '.join(MODELS)}."
    foreign = FOREIGN.get(path.suffix.lower(), "a file without a model { ... } that we know")
    return f"{path} is {foreign}; {WANTED} is wanted here."


def _center_net(model: Part) -> None:
    model.reading.changes["family"] = "anchor_free"
    model.leave_rest("by anchor_free, which finds without anchors in its own way", Fate.TRANSLATED)


MODELS: Mapping[str, Callable[[Part], None]] = {
    "ssd": read_single_stage,
    "faster_rcnn": read_two_stage,
    "center_net": _center_net,
}

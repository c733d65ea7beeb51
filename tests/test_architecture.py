"""The rules of docs/architecture.md, executable: who may import whom, what things are called, how long a file is.

Each rule is a function from a module's name and source to the faults it finds, so that each can be shown a bad example.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent

ORDER = (
    *(
        "errors",
        "quiet",
        "loading",
        "interruption",
        "yaml_lines",
        "yaml_comments",
        "faults",
        "files",
        "table",
        "lock",
        "job",
        "backend",
        "keeping",
        "shifts",
        "outputs",
        "triggers",
        "settings",
        "boxes",
        "frame",
        "people",
        "preprocess",
        "tiles",
        "sample",
        "region",
        "serial",
        "recipe",
        "sketch",
        "alteration",
        "sheet",
        "detections",
        "seams",
        "detector",
        "tiled",
        "second_look",
        "edition",
    ),
    *(
        "bundle",
        "trainings",
        "capture",
        "shelf",
        "labeling",
        "inspection",
        "plant",
        "supervisor",
        "validation",
        "presets",
        "learning",
        "selftest",
        "commands",
        "__main__",
    ),
)
"""Each may import those before it, and itself."""

MAY_LEARN = ("inspector.learning", "tests.learning", "tests.benchmarks")
LEARNING_LIBRARIES = {"keras", "tensorflow", "torch", "jax"}
TENSORFLOW_FILES = {
    "inspector.learning.editions.export",
    "inspector.learning.tfrecord",
    "inspector.learning.distribution",
    "tests.learning.test_tfrecord",  # it reads as the other program does
    "tests.benchmarks.steps",  # it asks each backend for the memory of its GPU
}
OPENS_THE_WINDOW = {"inspector.__main__", "inspector.commands.demo"}
STARTS_A_STATION = (
    ("inspector.inspection.station", "inspector/inspection/station.py"),
    ("inspector.commands.inspect", "inspector/commands/inspect.py"),
    ("inspector.__main__", "inspector/__main__.py"),
    ("ui.app", "ui/app.py"),
)
MOST_LINES = 400
EMPTY_NAMES = {"utils", "util", "common", "helpers", "helper", "types", "misc", "manager", "service"}
EMPTY_SUFFIX = re.compile(r"(Manager|Service|Helper|Util|Utils|Data|Info|Result|Config)$")


class Import(NamedTuple):
    """One module that a source names; `inside` is the innermost function around it."""

    line: int
    module: str
    inside: str | None


@cache
def tree(source: str) -> ast.Module:
    """The parsed source; each rule looks at the same one."""
    return ast.parse(source)


@cache
def imports(source: str) -> tuple[Import, ...]:
    """Every module that a source imports, wherever in it."""
    return tuple(_imports(tree(source), None))


def _imports(node: ast.AST, inside: str | None) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(child.lineno, alias.name, inside) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            # `from inspector import bundle` names a module, `from inspector.bundle import Bundle` a class: the first
            # two words, which are all that the rules look at, are the module's either way.
            start = "." * child.level + (child.module or "")
            yield from (Import(child.lineno, f"{start}.{alias.name}", inside) for alias in child.names)
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _imports(child, child.name)
        else:
            yield from _imports(child, inside)


def one_way(module: str, source: str) -> Iterator[str]:
    """The engine's modules import those before them in ORDER, and nothing of the engine relatively."""
    if not module.startswith("inspector."):
        return
    mine = module.split(".")[1]
    if mine not in ORDER:
        yield f"{module} has no place in ORDER: say where it stands"
        return
    for line, name, _ in imports(source):
        if name.startswith("."):
            yield f"{module}:{line} imports relatively; write the module's full name"
        elif name.startswith("inspector."):
            other = name.split(".")[1]
            if other not in ORDER[: ORDER.index(mine) + 1]:
                yield f"{module}:{line} imports {name}, which comes after it"


def no_window_in_the_engine(module: str, source: str) -> Iterator[str]:
    """The engine knows no Qt, and opens the window only inside the function of a command that is asked to."""
    if not module.startswith("inspector"):
        return
    for line, name, inside in imports(source):
        top = name.split(".")[0]
        if top.startswith("PyQt") or (top == "ui" and not (inside and module in OPENS_THE_WINDOW)):
            yield f"{module}:{line} imports {name}"


def the_window_only_shows(module: str, source: str) -> Iterator[str]:
    """The app decides nothing: it neither learns nor is it a command."""
    if not module.startswith("ui"):
        return
    for line, name, _ in imports(source):
        if name.startswith(("inspector.learning", "inspector.commands", "inspector.__main__")):
            yield f"{module}:{line} imports {name}"


def may_name_tensorflow(module: str) -> bool:
    """The tests run on it, and ask its tape for gradients."""
    return module in TENSORFLOW_FILES or module.startswith("tests.learning")


def learning_alone_learns(module: str, source: str) -> Iterator[str]:
    """Keras in `learning`, its tests and measurements only; TensorFlow itself in the few files that need it."""
    for line, name, _ in imports(source):
        top = name.split(".")[0]
        if top in LEARNING_LIBRARIES and not module.startswith(MAY_LEARN):
            yield f"{module}:{line} imports {name}"
        elif top in LEARNING_LIBRARIES - {"keras"} and not may_name_tensorflow(module):
            yield f"{module}:{line} imports {name}; write it with keras.ops, for every backend"


def keras_is_backend_neutral(module: str, source: str) -> Iterator[str]:
    """Nothing outside TENSORFLOW_FILES writes `tf.`, however it came by the name."""
    if may_name_tensorflow(module):
        return
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "tf":
            yield f"{module}:{node.lineno} uses tf.{node.attr}"


def names_say_something(module: str, source: str) -> Iterator[str]:
    """No module that could hold anything, no class that could be anything."""
    if module.split(".")[-1] in EMPTY_NAMES:
        yield f"{module} is named after nothing"
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.ClassDef) and EMPTY_SUFFIX.search(node.name):
            yield f"{module}:{node.lineno} class {node.name}"


def no_file_is_long(module: str, source: str) -> Iterator[str]:
    """Files aim at 150 lines, and none passes MOST_LINES."""
    lines = source.count("\n")
    if lines > MOST_LINES:
        yield f"{module} has {lines} lines"


Rule = Callable[[str, str], Iterator[str]]
RULES: tuple[Rule, ...] = (
    one_way,
    no_window_in_the_engine,
    the_window_only_shows,
    learning_alone_learns,
    keras_is_backend_neutral,
    names_say_something,
    no_file_is_long,
)


@cache
def modules() -> dict[str, str]:
    """Name and source of every module of the project, its tests among them."""
    paths = (path for top in ("inspector", "ui", "tests") for path in sorted((ROOT / top).rglob("*.py")))
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text()
        for path in paths
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_project_keeps_the_rule(rule: Rule) -> None:
    faults = [fault for name, source in modules().items() for fault in rule(name, source)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("rule", "module", "source"),
    [
        (one_way, "inspector.boxes", "from inspector.frame import Frame"),
        (one_way, "inspector.boxes", "from inspector import frame"),
        (one_way, "inspector.capture.camera", "def f():\n    import inspector.labeling.split"),
        (one_way, "inspector.capture.camera", "from .grabber import Grabber"),
        (one_way, "inspector.capture.camera", "from inspector.anything import Thing"),
        (one_way, "inspector.anything", ""),
        (no_window_in_the_engine, "inspector.demo", "def f():\n    from PyQt5 import QtCore"),
        (no_window_in_the_engine, "inspector.__main__", "from ui.app import main"),
        (no_window_in_the_engine, "inspector.bundle", "def f():\n    import ui.app"),
        (the_window_only_shows, "ui.window", "from inspector.learning.training import train"),
        (the_window_only_shows, "ui.job", "import inspector.commands.learn"),
        (learning_alone_learns, "inspector.labeling.suggestion", "def f():\n    import keras"),
        (learning_alone_learns, "ui.app", "from tensorflow import lite"),
        (learning_alone_learns, "inspector.learning.losses", "import tensorflow as tf"),
        (learning_alone_learns, "inspector.learning.losses", "from torch import nn"),
        (keras_is_backend_neutral, "inspector.learning.ssd", "def call(x, tf):\n    return tf.nn.relu(x)"),
        (names_say_something, "inspector.learning.utils", ""),
        (names_say_something, "inspector.bundle", "class BundleManager: ..."),
        (names_say_something, "ui.page", "def f():\n    class _FrameInfo: ..."),
        (no_file_is_long, "inspector.bundle", "\n" * (MOST_LINES + 1)),
    ],
)
def test_the_rule_finds_a_bad_example(rule: Rule, module: str, source: str) -> None:
    assert len(list(rule(module, source))) == 1


@pytest.mark.parametrize(
    ("rule", "module", "source"),
    [
        (one_way, "inspector.frame", "import numpy\nfrom inspector.boxes import Boxes"),
        (one_way, "inspector.capture.camera", "from inspector.capture.video import Video"),
        (no_window_in_the_engine, "inspector.__main__", "def ui():\n    from ui.app import main"),
        (the_window_only_shows, "ui.window", "from inspector.inspection.station import Station"),
        (learning_alone_learns, "inspector.learning.losses", "import keras"),
        (learning_alone_learns, "inspector.learning.editions.export", "def f():\n    import tensorflow as tf"),
        (keras_is_backend_neutral, "inspector.learning.editions.export", "import tensorflow as tf\ntf.constant(1)"),
        (names_say_something, "inspector.capture.recorder", "class Recorder: ..."),
        (no_file_is_long, "inspector.bundle", "\n" * MOST_LINES),
    ],
)
def test_the_rule_lets_a_good_example_pass(rule: Rule, module: str, source: str) -> None:
    assert not list(rule(module, source))


def test_every_place_in_the_order_is_taken() -> None:
    there = {path.stem for path in (ROOT / "inspector").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert set(ORDER) <= there


@pytest.mark.parametrize(("module", "file"), STARTS_A_STATION, ids=lambda value: value)
def test_starting_a_station_or_the_window_imports_no_learning_library(module: str, file: str) -> None:
    assert (ROOT / file).is_file()
    loaded = f"import sys, {module}; print(sorted({LEARNING_LIBRARIES!r} & sys.modules.keys()))"
    child = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=False)
    assert child.stdout.strip() == "[]", child.stdout + child.stderr


def test_the_engine_loads_no_qt_and_no_library_that_only_some_need() -> None:
    others = ("PyQt", "ui.", "asyncua", "pymodbus", "paho", *sorted(LEARNING_LIBRARIES))
    commands = "from inspector.__main__ import WORDS, answer_to; [answer_to(word) for word in WORDS]"
    loaded = f"import sys; {commands}; print([name for name in sys.modules if name.startswith({others})])"
    child = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=False)
    assert child.stdout.strip() == "[]", child.stdout + child.stderr

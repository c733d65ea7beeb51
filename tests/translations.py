"""`make translations`: gathers the app's strings into Qt's sources of translations, which lrelease then compiles.

Qt's own pylupdate5 passes over strings that stand in a line of their own, and says nothing. The engine's sentences are
gathered too, with %1, %2 … for their values: it has no `tr`; ui/engine_words.py translates what it says, and what it
writes on paper, which its `phrase` says out.
"""

import ast
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from ui import engine_words
from ui.engine_words import CONTEXT, LIST, PAPER, VALUE

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "ui" / "translations"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'

ON_PAPER = "phrase"
FOR_A_TERMINAL = {
    *("Option", "Argument", "say", "table", "tell", "bar", "print", "Field", "compile"),
    *("debug", "info", "warning", "error", "exception", ON_PAPER),
}
"""Calls whose strings no window shows: help, what only a terminal is told, patterns, the log, and paper."""
FRAGMENTS = {"ValueError", "PlacedFault", "Problem", "Lack", "check_name", "_check_distinct"}
"""Calls whose strings stand in a list of faults, or in a sentence, and need no full stop."""
PARTS_OF_FAULTS = ("files.py", "faults.py", "fingerprint.py", "recorder.py", "pictures.py", "sketch.py")
"""Files whose functions give parts of sentences. They are named, since nothing in the code tells these from other
words: what any function returns or yields is 62 shapes more, most of which no window shows, and passes over those of
these files that stand in a table or a variable.
"""
LEAST_WORDS = 2
"""That a shape holds beside its values: with fewer it would be taken for what it is not."""

Key = tuple[str, str]
"""The context of a string, the name of its class or what `translate` was given, and its English."""


def asked() -> list[Key]:
    """All that the code of the app asks for, in the order of the files. Raises: SystemExit for what nobody can know."""
    found = [
        key
        for path in sorted((ROOT / "ui").rglob("*.py"))
        if path != Path(engine_words.__file__)
        for key in _asked_by(ast.parse(path.read_text(encoding="utf-8")), "", path)
    ]
    found += [(PAPER, english) for english in written_on_paper()]
    return list(dict.fromkeys([*found, *((CONTEXT, english) for english in said_by_the_engine())]))


def written_on_paper() -> Iterator[str]:
    """The phrases of reports, in the order of their files."""
    for path in sorted((ROOT / "inspector" / "inspection" / "records").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name_of(node) == ON_PAPER:
                yield from _literal(node.args[:1], path)


def said_by_the_engine() -> list[str]:
    """The shapes of its sentences, in the order of its files."""
    found = [
        shape
        for path in sorted((ROOT / "inspector").rglob("*.py"))
        for shape in _said_by(ast.parse(path.read_text(encoding="utf-8")), path.name in PARTS_OF_FAULTS)
    ]
    return list(dict.fromkeys(found))


def _said_by(tree: ast.AST, fragments: bool) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        name = _name_of(node)
        if name in FOR_A_TERMINAL:
            continue
        shape = _shape_of(node)
        if shape is None:
            yield from _said_by(node, fragments or name in FRAGMENTS)
        elif _is_said(shape, fragments):
            yield shape


def _name_of(node: ast.AST) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
        return node.func.id if isinstance(node.func, ast.Name) else node.func.attr
    return ""


def _shape_of(node: ast.AST) -> str | None:
    """A string with %1, %2 … for what is put into it; None for what is no string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        parts = re.split(r"\{\w*\}", node.value)  # for str.format
    elif isinstance(node, ast.JoinedStr):
        parts = [""]
        for part in node.values:
            if isinstance(part, ast.Constant):
                parts[-1] += str(part.value)
            else:
                parts.append("")
    else:
        return None
    return parts[0] + "".join(f"%{number}{part}" for number, part in enumerate(parts[1:], 1))


def _is_said(shape: str, fragments: bool) -> bool:
    words = re.findall(r"[A-Za-z]{2,}", VALUE.sub(" ", shape))
    return len(words) >= LEAST_WORDS and " " in shape.strip() and (fragments or shape.rstrip()[-1:] in ".?!:")


def _asked_by(tree: ast.AST, context: str, path: Path) -> Iterator[Key]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name == "tr":
                yield (context, *_literal(node.args[:1], path))
            elif name == "translate" and len(node.args) == 2:
                yield _literal(node.args, path)
        yield from _asked_by(node, node.name if isinstance(node, ast.ClassDef) else context, path)


def _literal(arguments: list[ast.expr], path: Path) -> tuple[str, ...]:
    for argument in arguments:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            raise SystemExit(f"{path}:{argument.lineno}: what is translated must be written out there.")
    return tuple(argument.value for argument in arguments)


def told(path: Path) -> dict[Key, str]:
    """What a source of translations holds; "" for what is not translated yet."""
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext("translation", "")
        for context in ElementTree.parse(path).iter("context")
        for message in context.iter("message")
    }


def write(path: Path, keys: list[Key], known: dict[Key, str]) -> None:
    """The source of translations of one language: what is known, what is missing, and nothing else."""
    root = ElementTree.Element("TS", version="2.1", language=path.stem.removeprefix("app_"))
    for context in sorted({context for context, _ in keys}):
        part = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(part, "name").text = context
        for english in (english for name, english in keys if name == context):
            message = ElementTree.SubElement(part, "message")
            ElementTree.SubElement(message, "source").text = english
            found = ElementTree.SubElement(message, "translation")
            found.text = known.get((context, english))
            if not found.text:
                found.set("type", "unfinished")
    ElementTree.indent(root)
    path.write_text(f"{HEAD}{ElementTree.tostring(root, encoding='unicode')}\n", encoding="utf-8")


if __name__ == "__main__":
    LIST.write_text(json.dumps(said_by_the_engine(), indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    for source in sorted(FOLDER.glob("*.ts")):
        write(source, asked(), told(source))
        missing = [english for (_, english), text in told(source).items() if not text]
        print(f"{source.name}: {len(missing)} to translate", *missing, sep="\n  ")

"""`make translations`: gathers the app's strings into Qt's sources of translations, which lrelease then compiles.

Qt's own pylupdate5 passes over strings that stand in a line of their own, and says nothing.
"""

import ast
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "ui" / "translations"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'

Key = tuple[str, str]
"""The context of a string, the name of its class or what `translate` was given, and its English."""


def asked() -> list[Key]:
    """All that the code of the app asks for, in the order of the files. Raises: SystemExit for what nobody can know."""
    found = [
        key
        for path in sorted((ROOT / "ui").rglob("*.py"))
        for key in _asked_by(ast.parse(path.read_text(encoding="utf-8")), "", path)
    ]
    return list(dict.fromkeys(found))


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
    for source in sorted(FOLDER.glob("*.ts")):
        write(source, asked(), told(source))
        missing = [english for (_, english), text in told(source).items() if not text]
        print(f"{source.name}: {len(missing)} to translate", *missing, sep="\n  ")

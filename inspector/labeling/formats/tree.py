"""XML that comes from elsewhere, with the line of each element."""

from collections.abc import Collection, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from inspector.errors import Problem


class Tree:
    """A parsed XML file that knows the line of each element. start: what its root is called; form: what it should be.

    Raises: ValueError for XML that is broken, starts otherwise, or declares entities, which can grow without bound or
    read other files.
    """

    def __init__(self, data: bytes, start: str, form: str) -> None:
        self._lines: dict[Element, int] = {}
        self._builder = TreeBuilder()
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._builder.end
        self._parser.CharacterDataHandler = self._builder.data
        self._parser.StartDoctypeDeclHandler = self._refuse
        try:
            self._parser.Parse(data, True)
        except (expat.ExpatError, LookupError) as error:  # LookupError: an encoding that nobody knows
            raise ValueError(f"this is not valid XML: {error}") from None
        self.root: Element = self._builder.close()
        if self.root.tag != start:
            raise ValueError(f"this is not a {form} file: it starts with <{self.root.tag}>, not <{start}>")

    def line(self, element: Element) -> int:
        return self._lines[element]

    def misspelt(self, path: Path, known: Collection[str]) -> Iterator[Problem]:
        """A fault for each element that only its capitals tell from one of those known, which are in small letters."""
        for element, line in self._lines.items():
            tag = element.tag.rpartition(":")[2].lower()
            if tag in known and element.tag != tag:
                yield Problem(path, f"<{element.tag}> would be passed over: it is called <{tag}>", line)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._lines[self._builder.start(tag, attributes)] = self._parser.CurrentLineNumber

    def _refuse(self, *_: object) -> None:
        raise ValueError("a document type (<!DOCTYPE) is not allowed here; remove it")

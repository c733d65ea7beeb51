"""Protocol buffers as text, read without their schema: what label maps and pipelines are written in.

Source: the Text Format Language Specification of Protocol Buffers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Union

from inspector.errors import FileProblems, Problem
from inspector.labeling.formats.entry import content

MAX_BYTES = 16 * 2**20
MOST_DEPTH = 100
TRUE, FALSE = ("true", "True", "t"), ("false", "False", "f")
CLOSING = {"{": "}", "<": ">"}

TOKENS = re.compile(
    r"""(?P<space>(?:\s|\#[^\n]*)+)
    |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<number>(?:0[xX][0-9a-fA-F]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fF]?)(?![\w.]))
    |(?P<word>[A-Za-z_]\w*)
    |(?P<sign>[][{}<>:,;./-])""",
    re.VERBOSE | re.ASCII,
)
ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
ESCAPED = dict(zip("abfnrtv?\\'\"", b"\a\b\f\n\r\t\v?\\'\"", strict=True))


class Word(str):
    """A bare word: a name out of an enumeration, where a text would stand in quotes."""

    __slots__ = ()


Value = Union[str, int, float, bool, Word, "Message"]


@dataclass(frozen=True)
class Field:
    """One value under its name; a list gives several, one after the other. line: counts from 1."""

    name: str
    value: Value
    line: int


@dataclass(frozen=True)
class Message:
    """Fields in the order of the text."""

    fields: tuple[Field, ...] = ()

    def all(self, name: str) -> list[Field]:
        """Every field of that name."""
        return [field for field in self.fields if field.name == name]


def read_prototext(path: Path, most_bytes: int = MAX_BYTES) -> Message:
    """The file's fields.

    Raises: InputError where there is no such file, or a larger one; FileProblems with the line that cannot be read.
    """
    try:
        return parse(content(path, most_bytes).decode("utf-8-sig"), path)
    except UnicodeDecodeError:
        raise FileProblems([Problem(path, "this is not a text file in UTF-8")]) from None


def parse(text: str, path: Path) -> Message:
    """A text's fields. path: of the file that it stands in, for what is said of it.

    Raises: FileProblems with the line that cannot be read.
    """
    try:
        return Message(tuple(_Reader(text).fields()))
    except _Fault as fault:
        raise FileProblems([Problem(path, fault.text, fault.line)]) from None


class _Fault(Exception):
    def __init__(self, text: str, line: int) -> None:
        self.text, self.line = text, line


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def _split(text: str) -> Iterator[_Token]:
    at, line = 0, 1
    while at < len(text):
        found = TOKENS.match(text, at)
        if found is None:
            raise _Fault(f"this cannot be read: {text[at : at + 20].splitlines()[0]}", line)
        if found.lastgroup != "space":
            yield _Token(str(found.lastgroup), found[0], line)
        at, line = found.end(), line + found[0].count("\n")
    yield _Token("end", "", line)


class _Reader:
    """Goes through the tokens once, from the first to the last. Each method passes what it reads."""

    def __init__(self, text: str) -> None:
        self._tokens = _split(text)
        self._next = next(self._tokens)
        self._depth = 0

    def fields(self, closing: str = "") -> Iterator[Field]:
        """All fields up to the closing sign, which is passed too; without one, up to the end of the text."""
        while not (self._passes(closing) if closing else self._next.kind == "end"):
            name, line = self._name(closing), self._next.line
            colon = self._passes(":")
            if self._passes("["):
                yield from self._list(name, colon)
            else:
                yield Field(name, self._value(name, colon), line)
            self._passes(",", ";")

    def _take(self) -> _Token:
        token, self._next = self._next, next(self._tokens, self._next)
        return token

    def _passes(self, *signs: str) -> bool:
        if self._next.kind == "sign" and self._next.text in signs:
            self._take()
            return True
        return False

    def _name(self, closing: str) -> str:
        """A field's name; that of an extension stands in brackets."""
        token = self._take()
        if token.text == "[":
            parts = []
            while self._next.kind == "word" or self._next.text in (".", "/", "-"):
                parts.append(self._take().text)
            if parts and self._passes("]"):
                return f"[{''.join(parts)}]"
        elif token.kind == "word":
            return token.text
        wanted = f"a setting's name or {closing}" if closing else "a setting's name"
        raise _Fault(f"{wanted} should stand here, {_shown(token)} does", token.line)

    def _list(self, name: str, colon: bool) -> Iterator[Field]:
        while not self._passes("]"):
            yield Field(name, self._value(name, colon), self._next.line)
            if not self._passes(",") and self._next.text != "]":
                raise _Fault(f"the list of '{name}' should go on with , or end with ]", self._next.line)

    def _value(self, name: str, colon: bool) -> Value:
        token = self._take()
        if token.kind == "sign" and token.text in CLOSING:
            return self._message(CLOSING[token.text], token.line)
        if not colon:
            raise _Fault(f"'{name}' should be followed by : or {{", token.line)
        if token.kind == "string":
            return self._text(token)
        sign, number = (-1, self._take()) if token.text == "-" else (1, token)
        if number.kind == "number":
            return sign * _number(number)
        if number.kind == "word":
            return _word(number, sign)
        raise _Fault(f"'{name}' should have a value, but {_shown(number)} stands there", number.line)

    def _message(self, closing: str, line: int) -> Message:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise _Fault(f"settings stand more than {MOST_DEPTH} deep in each other", line)
        message = Message(tuple(self.fields(closing)))
        self._depth -= 1
        return message

    def _text(self, token: _Token) -> str:
        """One text, also where it stands in several pieces one behind the other."""
        whole = _unescaped(token)
        while self._next.kind == "string":
            whole += _unescaped(self._take())
        try:
            return whole.decode()
        except UnicodeDecodeError:
            raise _Fault(f"{token.text} is no text in UTF-8", token.line) from None


def _shown(token: _Token) -> str:
    return f"'{token.text}'" if token.text else "the end of the file"


def _number(token: _Token) -> int | float:
    text = token.text
    try:
        if re.fullmatch("0[xX].*", text):
            return int(text, 16)
        if re.fullmatch("0[0-7]+", text):
            return int(text, 8)
        return int(text) if text.isdecimal() else float(text.rstrip("fF"))
    except ValueError:  # Python reads no whole number of thousands of digits
        raise _Fault(f"a number of {len(text)} digits is too long", token.line) from None


def _word(token: _Token, sign: int) -> Value:
    if token.text.lower() in ("inf", "infinity", "nan"):
        return sign * float(token.text)
    if sign < 0:
        raise _Fault(f"a number should stand behind -, not '{token.text}'", token.line)
    if token.text in TRUE or token.text in FALSE:
        return token.text in TRUE
    return Word(token.text)


def _unescaped(token: _Token) -> bytes:
    """The bytes of a text in quotes."""
    parts: list[bytes] = []
    at = 0
    inside = token.text[1:-1]
    for escape in ESCAPE.finditer(inside):
        parts += [inside[at : escape.start()].encode(), _meant(escape, token.line)]
        at = escape.end()
    return b"".join([*parts, inside[at:].encode()])


def _meant(escape: re.Match[str], line: int) -> bytes:
    octal, byte, short, long, letter = escape.groups()
    try:
        if letter is not None:
            return bytes([ESCAPED[letter]])
        if octal or byte:
            return bytes([int(octal, 8) if octal else int(byte, 16)])
        return chr(int(short or long, 16)).encode()
    except (KeyError, ValueError, OverflowError):  # as of a byte above 255, half a character, or one of no alphabet
        raise _Fault(f"{escape[0]} in a text means nothing", line) from None


def quoted(text: str) -> str:
    """A text as it stands in such a file: in single quotes, what would break them or the line escaped."""
    plain = text.replace("\\", "\\\\").replace("'", "\\'")
    return "'" + re.sub(r"[\x00-\x1f\x7f]", lambda sign: f"\\{ord(sign[0]):03o}", plain) + "'"

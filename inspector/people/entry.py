"""One entry of the audit log, the head of the log, and what seals them: all as bytes that can be written in one way."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from inspector.errors import InputError
from inspector.files import refuse_endless

LEAST_KEY = 32
PLAIN, KEYED = "sha256", "hmac-sha256"
Said = str | int | bool | None
"""What may be told of a deed; no float, since not all programs write one alike."""


class Foreign(ValueError):
    """Bytes that this program did not write."""


def canonical(values: Mapping[str, Any]) -> bytes:
    """A line as there is one only for these values: keys in order, no spaces, ASCII (in the spirit of RFC 8785)."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii") + b"\n"


def parsed(line: bytes) -> dict[str, Any]:
    """The values of a whole line. Raises: Foreign where it is not written as `canonical` would."""
    try:
        values = json.loads(line.decode("ascii"))
        if isinstance(values, dict) and canonical(values) == line:
            return values
    except (ValueError, RecursionError):
        pass
    raise Foreign


@dataclass(frozen=True)
class Seal:
    """What seals an entry: SHA-256, or with a key HMAC-SHA-256 (RFC 2104), which nobody can make without the key."""

    key: bytes | None = None

    @classmethod
    def of(cls, path: Path | None) -> "Seal":
        """The seal with the key in a file, every byte of it. Raises: InputError where there is none, or a short one."""
        if path is None:
            return cls()
        try:
            refuse_endless(path)
            key = path.read_bytes()
        except OSError as error:
            raise InputError(f"Cannot read the key of the audit log, {path}: {error.strerror}.") from None
        if len(key) < LEAST_KEY:
            raise InputError(f"The key of the audit log, {path}, has {len(key)} bytes; it takes {LEAST_KEY} at least.")
        return cls(key)

    def hash_of(self, values: Mapping[str, Any]) -> str:
        """`sha256:…` or `hmac-sha256:…` of the values, in hexadecimal."""
        if self.key is None:
            return f"{PLAIN}:{hashlib.sha256(canonical(values)).hexdigest()}"
        return f"{KEYED}:{hmac.new(self.key, canonical(values), 'sha256').hexdigest()}"


PLAINLY = Seal()


@dataclass(frozen=True)
class Head:
    """The newest entry of a log: its number, from 1 on, and its hash. Who knows it can tell whether it was cut off."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @property
    def line(self) -> bytes:
        """As it is written."""
        return canonical(asdict(self))

    def written(self, seal: Seal) -> bytes:
        """As its file holds it: with the key's own hash of it, or it could be made from any entry."""
        return self.line if seal.key is None else canonical({**asdict(self), "seal": seal.hash_of(self._sealed)})

    @classmethod
    def read(cls, line: bytes, seal: Seal = PLAINLY, due: bool = False) -> "Head":
        """Args: due: the key sealed what follows this head, and so this head before it.

        Raises: Foreign, also where a key should have sealed it that is known and did not.
        """
        match parsed(line):
            case {"number": int(number), "hash": str(digest), **rest} if rest.keys() <= {"seal"} and number >= 0:
                head = cls(number, digest)
                unsealed = seal.key is None or not (due or head.keyed)
                if unsealed or rest.get("seal") == seal.hash_of(head._sealed):
                    return head
        raise Foreign

    @property
    def keyed(self) -> bool:
        """Whether a key sealed its entry."""
        return self.hash.startswith(f"{KEYED}:")

    @property
    def _sealed(self) -> dict[str, Any]:
        """Other values than those of any entry."""
        return {"newest": asdict(self)}

    @classmethod
    def told(cls, text: str) -> "Head":
        """As an export or a print says it. Raises: InputError."""
        number, _, digest = text.strip().partition(":")
        if not (number.isdecimal() and len(number) < 10 and digest):
            raise InputError(f"The head of an audit log is NUMBER:HASH, as an export tells it; '{text}' is not.")
        return cls(int(number), digest)


START = Head(0, f"{PLAIN}:{'0' * 64}")
"""What the first entry follows."""
TEXTS = ("at", "who", "account", "deed", "before_hash", "hash")
KINDS = {"number": int, "what": dict} | dict.fromkeys(TEXTS, str)
"""What an entry holds."""


@dataclass(frozen=True)
class Entry:
    """One thing that was done.

    at: UTC in ISO 8601, by the machine's clock, which may be wrong. who: the person as they said, or as they proved by
    a PIN; account: whom the system knows. what: of what it was done. before_hash: of the entry before.
    """

    number: int
    at: str
    who: str
    account: str
    deed: str
    what: Mapping[str, Said]
    before_hash: str
    hash: str

    @classmethod
    def sealed(cls, seal: Seal, before: Head, told: Mapping[str, Any]) -> "Entry":
        """The entry that follows another one. told: at, who, account, deed and what."""
        values = {**told, "number": before.number + 1, "before_hash": before.hash}
        return cls(**values, hash=seal.hash_of(values))

    @classmethod
    def read(cls, line: bytes) -> "Entry":
        """Raises: Foreign where it is no line of this program; whether it was altered its hash says."""
        values = parsed(line)
        if values.keys() != KINDS.keys() or not all(isinstance(values[name], kind) for name, kind in KINDS.items()):
            raise Foreign
        return cls(**values)

    @property
    def line(self) -> bytes:
        return canonical(asdict(self))

    @property
    def head(self) -> Head:
        """As the newest one."""
        return Head(self.number, self.hash)

    @property
    def keyed(self) -> bool:
        """Whether a key sealed it."""
        return self.head.keyed

    def is_sealed_by(self, seal: Seal) -> bool:
        """Whether it is as it was sealed; one that a key sealed cannot be told from another without the key."""
        values = {name: value for name, value in asdict(self).items() if name != "hash"}
        if self.keyed and seal.key is None:
            return True
        fitting = seal if self.keyed else Seal()
        return self.hash == fitting.hash_of(values)

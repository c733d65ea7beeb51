"""The settings of a workspace as a person changes them, which need not be in order at every moment.

What is wrong is said by the settings' own checks, each fault at the value to change. Who changed what is in the audit
log before it is written; a password is in neither.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError

from inspector.errors import InputError
from inspector.faults import own_faults, place_of, words_of
from inspector.files import (
    READ_BY_ALL,
    READ_BY_OWNER,
    as_yaml,
    parse_document,
    read_text,
    write_text,
    written_over,
)
from inspector.outputs import Modbus, Mqtt, OpcUa, Way, Webhook
from inspector.people.audit import audit_of
from inspector.people.entry import Said
from inspector.people.role import Deed
from inspector.settings import Settings, Workspace
from inspector.sketch import Fault
from inspector.yaml_lines import Place, with_value

FILE = "settings.yaml"
HERE = "127.0.0.1"
SECRET = frozenset({"password", "secret", "database", "users", "url"})
"""Keys whose values may hold a password: that they changed is told, and not into what."""
WAYS: Mapping[str, tuple[type[Way], Mapping[str, str]]] = {
    "opcua": (OpcUa, {"address": HERE}),
    "modbus": (Modbus, {"address": HERE}),
    "mqtt": (Mqtt, {"host": "", "station": ""}),
    "webhook": (Webhook, {"url": ""}),
}
"""The ways to the plant, and with what each begins that is switched on beside its defaults: none listens for others
until somebody says where.
"""


class Overtaken(InputError):
    """The file was changed since it was read, and is not written over."""


@dataclass(frozen=True)
class Sheet:
    """values: all settings by their keys, defaults too, plain as in the file; text: of the file that they were read
    from, "" where there is none. Every change gives another sheet.
    """

    values: Mapping[str, Any]
    text: str = ""

    @classmethod
    def read(cls, workspace: Workspace) -> Self:
        """As they are now. Raises: FileProblems where the file has faults, which are mended in it; MachineError."""
        path = workspace.folder / FILE
        text = read_text(path) if path.exists() else ""
        settings = parse_document(path, text, Settings) if text else Settings()
        return cls(settings.model_dump(mode="json"), text)

    def at(self, place: Place) -> Any:
        """The value at a place; None where what should hold it is switched off."""
        value: Any = self.values
        for step in place:
            if value is None:
                return None
            value = value.get(step)
        return value

    def with_value(self, place: Place, value: Any) -> Self:
        """With another value at a place, of which only the last step may be new."""
        return type(self)(with_value(self.values, place, value), self.text)

    def with_way(self, name: str, on: bool) -> Self:
        """With a way to the plant switched on, or off, which forgets what was said of it."""
        kind, first = WAYS[name]
        defaults = {key: field.default for key, field in kind.model_fields.items() if not field.is_required()}
        return self.with_value(("outputs", name), {**defaults, **first} if on else None)

    def checked(self) -> tuple[Settings | None, tuple[Fault, ...]]:
        """The settings, or each fault of them."""
        try:
            return Settings.model_validate(self.values), ()
        except ValidationError as error:
            return None, tuple(Fault(place_of(fault), _told(fault)) for fault in own_faults(error))

    def changes(self, before: "Sheet") -> Mapping[str, Said]:
        """What is other than before, by its keys with dots between them, as the audit log may tell it."""
        return dict(_changes(before.values, self.values, ()))

    def keep(self, workspace: Workspace, before: "Sheet", by: str) -> Self:
        """Write them in the place of the file, whose comments stay; gives the sheet as it is read from now on.

        Args: before: the sheet as it was read; by: who does it, for the audit log.
        Raises: InputError where they have faults; Overtaken where the file is no longer what was read; MachineError
        where it cannot be written.
        """
        settings, faults = self.checked()
        if settings is None:
            raise InputError(" ".join(fault.text for fault in faults))
        path = workspace.folder / FILE
        if (read_text(path) if path.exists() else "") != self.text:
            raise Overtaken("The settings were changed by somebody else; they are read again.")
        text = written_over(path, self.text, settings) if self.text else as_yaml(settings)
        with audit_of(workspace).around(Deed.SETTINGS, by, **self.changes(before)):
            write_text(path, text, _mode(path, settings))
        return type(self).read(workspace)


def _mode(path: Path, settings: Settings) -> int:
    """A file with a password is for its owner alone; else who may read it stays as it was."""
    if _holds_secret(settings.model_dump(mode="json")):
        return READ_BY_OWNER
    return path.stat().st_mode & 0o777 if path.exists() else READ_BY_ALL


def _holds_secret(values: Any) -> bool:
    if isinstance(values, Mapping):
        return any(bool(value) if key in SECRET else _holds_secret(value) for key, value in values.items())
    return False


def _changes(before: Any, after: Any, place: tuple[str, ...]) -> Iterator[tuple[str, Said]]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted(before.keys() | after.keys()):
            yield from _changes(before.get(key), after.get(key), (*place, key))
    elif isinstance(before, Mapping) or isinstance(after, Mapping):
        yield ".".join(place), "switched on" if after else "switched off"
    elif place[-1] in SECRET:
        yield ".".join(place), "changed"
    else:
        yield ".".join(place), ", ".join(map(str, after)) if isinstance(after, list | tuple) else _plain(after)


def _plain(value: Any) -> Said:
    """The audit log holds no fractions, since not all programs write one alike."""
    return value if value is None or isinstance(value, str | int) else str(value)


def _told(fault: Any) -> str:
    """A fault for the person who stands at the field. What was written there is not repeated where it may be secret."""
    if SECRET & set(map(str, place_of(fault))) and fault["type"] != "value_error":
        return "This cannot be used here."
    text = words_of(fault)
    return f"{text[0].upper()}{text[1:]}".rstrip(".") + "."

"""What a station and its supervisor say to each other: one JSON object a message, never a pickle."""

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import ConfigDict, Field, TypeAdapter

from inspector.files import Section
from inspector.inspection.verdict import Inspection, as_json
from inspector.plant.signals import Phase, Prove, Trigger

MOST_BYTES = 2**20
"""A longer message is none of ours."""
PLANT = "plc:"
"""What an inspection's trigger begins with where the plant asked; the id of the plant's trigger follows."""


STARTS = "The station starts."


class Garbled(ValueError):
    """What came is not what a station of ours says here; whoever said it is not believed any more."""


class _Message(Section):
    """Numbers are finite, and nothing is taken for something else: a text is no number."""

    model_config = ConfigDict(strict=True, allow_inf_nan=False)


class _Report(_Message):
    """generation: which child says so, as its supervisor named it. number: 0, 1, 2 … of this child's reports.

    sent_s: monotonic seconds when it was said; that clock is the same in all processes of a machine, and no jump of the
    wall clock moves it.
    """

    generation: str
    number: int = Field(ge=0)
    sent_s: float


class Seen(_Report):
    """How a station stands, at most some twenty times a second.

    phase: where it is in its life; message: what is wrong with the picture, or why it is in FAULT, "" where all is
    well. looked: pictures looked at so far. progress: those of them that could be judged, and golden frames judged
    right. taken_s: monotonic seconds when the newest picture was taken.
    verdict: what is true of what lies before the camera now; inspection: id of the inspection that said so.
    """

    kind: Literal["seen"] = "seen"
    phase: Phase
    message: str = ""
    looked: int = Field(default=0, ge=0)
    progress: int = Field(default=0, ge=0)
    taken_s: float = 0.0
    verdict: int = Field(default=0, ge=0, le=3)
    inspection: str = ""
    recipe: str = ""
    bundle: str = ""


class Decided(_Report):
    """An inspection that is in the records. trigger: id of the one that it answers; said: what the plant is told."""

    kind: Literal["decided"] = "decided"
    id: str = Field(min_length=1)
    verdict: int = Field(ge=0, le=3)
    serial: str = ""
    trigger: str = ""
    reasons: tuple[str, ...] = ()
    said: dict[str, Any]


class Refused(_Report):
    """A trigger comes to no inspection. trigger: its id; why: in a sentence."""

    kind: Literal["refused"] = "refused"
    trigger: str
    why: str


Report = Seen | Decided | Refused
_REPORT: TypeAdapter[Report] = TypeAdapter(Annotated[Report, Field(discriminator="kind")])


class Trouble(NamedTuple):
    """What is wrong with a way to the plant, for whoever stands at the station; "" where all is well."""

    text: str


ToStation = Trigger | Prove | Trouble
"""What a supervisor says to its station."""


class _Asked(_Message):
    """A request on its way to the station."""

    ask: Literal["trigger", "prove", "trouble"]
    serial: str = ""
    id: str = ""
    at_s: float = 0.0
    text: str = ""


def encoded(report: Report) -> bytes:
    """A report as it travels."""
    return report.model_dump_json().encode()


def decoded(message: bytes) -> Report:
    """Raises: Garbled where it is no report."""
    try:
        return _REPORT.validate_json(message)
    except ValueError as error:
        raise Garbled(f"The station said what cannot be understood: {_start(message)}") from error


def encoded_request(request: ToStation) -> bytes:
    """A request as it travels."""
    match request:
        case Prove():
            asked = _Asked(ask="prove")
        case Trouble(text):
            asked = _Asked(ask="trouble", text=text)
        case Trigger(serial, trigger, at_s):
            asked = _Asked(ask="trigger", serial=serial, id=trigger, at_s=at_s)
    return asked.model_dump_json().encode()


def decoded_request(message: bytes) -> ToStation:
    """Raises: Garbled where it is no request."""
    try:
        asked = _Asked.model_validate_json(message)
    except ValueError as error:
        raise Garbled(f"The supervisor asked what cannot be understood: {_start(message)}") from error
    match asked.ask:
        case "prove":
            return Prove()
        case "trouble":
            return Trouble(asked.text)
        case "trigger":
            return Trigger(asked.serial, asked.id, asked.at_s)


def plants(trigger: str) -> str:
    """The id of the plant's trigger that an inspection's names; "" where the plant did not ask for it."""
    return trigger.removeprefix(PLANT) if trigger.startswith(PLANT) else ""


def told(inspection: Inspection) -> dict[str, Any]:
    """What the plant is told of an inspection: the keys of `as_json`, and by what, of what and when it was made."""
    where = {name: getattr(inspection, name) for name in ("recipe", "bundle", "serial", "trigger")}
    return {**as_json(inspection), **where, "started_at": inspection.started_at.isoformat()}


def _start(message: bytes) -> str:
    return ascii(message[:40].decode("utf-8", "replace"))

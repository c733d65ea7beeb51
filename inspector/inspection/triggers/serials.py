"""Which serial number a workpiece has, from all who say something of it. Pure; time comes with each call."""

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from inspector.inspection.verdict import Finding, Kind, Verdict
from inspector.inspection.vote import Decision
from inspector.serial import Scanned, Serial

SERIAL_NUMBER = "serial number"
"""Stands in a finding in the place of a component; no component can be called so."""
NOT_READ = "not read"
MOST_LETTERS = 128
REMEMBERED = 100_000
"""Serial numbers, of which it is known that they were inspected."""


@dataclass(frozen=True)
class Scan:
    """What the scanner read, and when: monotonic seconds."""

    serial: str
    time_s: float


class Receipt(NamedTuple):
    """What came of a scan. taken: it is a workpiece's number; said: why it is not, or whose place it takes, or ""."""

    taken: bool
    said: str


class Serials:
    """Gathers a workpiece's serial number from the trigger, the scanner and the picture, and holds it to the rule.

    What the scanner reads is the number of the workpiece whose decision comes next, if that comes within `holds_s`;
    where the rule says so, only if it was read while that one was inspected. After an inspection that needed a number
    and got none, the first scan names nothing: it may be that one's, which came too late.
    What the picture shows is that of the workpiece that lies there, until something moves.
    """

    def __init__(self, rule: Serial, holds_s: float) -> None:
        self._rule = rule
        self._holds_s = holds_s
        self._scan: Scan | None = None
        self._missed_s: float | None = None
        self._picture: set[str] = set()
        self._known: OrderedDict[str, None] = OrderedDict()

    def fault(self, serial: str) -> str:
        """Why nobody can take that for a serial number; "" where one can."""
        if not serial.strip() or len(serial) > MOST_LETTERS or not serial.isprintable():
            return f"A serial number has 1 to {MOST_LETTERS} letters, digits and signs that can be printed."
        if self._rule.pattern is not None and not re.fullmatch(self._rule.pattern, serial):
            return f"'{serial}' is no serial number of this product: it should match '{self._rule.pattern}'."
        return ""

    def scan(self, serial: str, now_s: float, under_way: bool) -> Receipt:
        """Take what the scanner read, or refuse it. under_way: a workpiece is being inspected."""
        fault = self.fault(serial) or ("" if under_way else self._untimely(serial, now_s))
        if fault:
            return Receipt(False, fault)
        before, self._scan = self.scanned(now_s), Scan(serial, now_s)
        self._missed_s = None
        return Receipt(
            True, f"'{serial}' was scanned in the place of '{before}'." if before not in ("", serial) else ""
        )

    @property
    def wants_picture(self) -> bool:
        """Whether a code is to be read from the picture, and none was read yet."""
        return bool(self._rule.codes) and not self._picture

    def see(self, codes: Iterable[str]) -> None:
        """What was read from the picture; codes that are no serial number of this product do not count."""
        self._picture |= {code for code in codes if not self.fault(code)}

    def look_away(self, asked_for: bool) -> None:
        """Something else may lie there; asked_for: by what lay there, so that a scan that answers it stays its own."""
        self._picture.clear()
        if not asked_for and self._rule.scanned is Scanned.IN_PLACE:
            self._scan = None

    def waits(self, asked: str, now_s: float) -> bool:
        """Whether a number is needed, and nobody has said one."""
        return self._rule.needed and not self._said(asked, now_s)

    def settle(self, decision: Decision, now_s: float) -> Decision:
        """The decision with its serial number, and not decidable where there is something wrong with that.

        A proved fault stays one, whatever its number. What was said is used up: what comes next is another workpiece's.
        """
        said = self._said(decision.serial, now_s)
        serials = {serial for serial, _ in said}
        serial = serials.pop() if len(serials) == 1 else ""
        fault, remark = self._fault_of(said), f"{serial} was inspected before" if serial in self._known else ""
        if self._rule.once:
            fault = fault or remark
        self._use_up(now_s if self._rule.needed and not said else None)
        self._remember(serial)
        return _with(replace(decision, serial=serial), fault, remark)

    def give_up(self, decision: Decision, now_s: float) -> Decision:
        """The decision without its serial number, which is needed and did not come in time."""
        self._use_up(now_s)
        return _with(replace(decision, serial=""), NOT_READ, "")

    def _use_up(self, missed_s: float | None) -> None:
        """What comes next is another workpiece. missed_s: since when the number of this one would come too late."""
        self._scan, self._missed_s = None, missed_s
        self._picture.clear()

    def _untimely(self, serial: str, now_s: float) -> str:
        """Why it cannot be told whose number was scanned while nothing is inspected; "" where it is the next one's."""
        missed_s, self._missed_s = self._missed_s, None
        late = missed_s is not None and now_s - missed_s <= self._holds_s
        match late, self._rule.scanned:
            case True, Scanned.IN_PLACE:
                return f"'{serial}' came too late: its inspection is over. Inspect that workpiece again."
            case True, _:
                return (
                    f"'{serial}' came too late: its inspection is over. Inspect that workpiece again. "
                    "If it is the next one's, scan it again."
                )
            case _, Scanned.IN_PLACE:
                return f"'{serial}' names nothing: scan the number of a workpiece while it is inspected."
        return ""

    def _said(self, asked: str, now_s: float) -> list[tuple[str, str]]:
        """Each serial number, and who says it."""
        said = [(asked, "the trigger"), (self.scanned(now_s), "the scanner")]
        said += [(code, "the picture") for code in sorted(self._picture)]
        return [(serial, who) for serial, who in said if serial]

    def scanned(self, now_s: float) -> str:
        """What the scanner read and names the workpiece whose decision comes next; "" for nothing."""
        scan = self._scan
        return scan.serial if scan is not None and now_s - scan.time_s <= self._holds_s else ""

    def _fault_of(self, said: list[tuple[str, str]]) -> str:
        if not said:
            return NOT_READ if self._rule.needed else ""
        if len({serial for serial, _ in said}) == 1:
            return ""
        return ", ".join(f"{serial} from {who}" for serial, who in said) + " do not agree"

    def _remember(self, serial: str) -> None:
        if serial:
            self._known[serial] = None
            self._known.move_to_end(serial)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)


def _with(decision: Decision, fault: str, remark: str) -> Decision:
    """The decision with a finding about its serial number, where there is something to say of it."""
    if not fault and not remark:
        return decision
    verdict, found = Verdict.NOT_DECIDABLE if fault else Verdict.OK, int(bool(decision.serial))
    kind = Kind.UNDECIDED if fault else Kind.FINE
    finding = Finding(SERIAL_NUMBER, None, 1, found, verdict, f"{SERIAL_NUMBER}: {fault or remark}", kind)
    whole = decision.verdict if not fault or decision.verdict is Verdict.NOT_OK else Verdict.NOT_DECIDABLE
    return replace(decision, verdict=whole, findings=(*decision.findings, finding))

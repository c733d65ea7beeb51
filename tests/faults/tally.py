"""What came of a torment, counted. Pure: it looks only at what was done, shown, told, decided and recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from inspector.inspection.verdict import Verdict
from tests.faults.line import PERIOD_S
from tests.faults.mix import Injected, Outcome

AGE_S = 1.0
"""So long a PASS may outlive its workpiece: then it is one that is no longer fresh."""
PLANT_WATCHES_S = 1.0
"""A plant believes no signals whose heartbeat stands still for longer."""
LEAST_BEATS = 8
"""While a workpiece lies: where fewer pictures were judged the processor had no time, and no vote need have ended."""


@dataclass
class Tally:
    """What must be none, each with its story, and how long things took, in seconds."""

    false_passes: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)
    unnoticed: list[str] = field(default_factory=list)
    not_back: list[str] = field(default_factory=list)
    safe_s: list[float] = field(default_factory=list)
    recover_s: dict[str, list[float]] = field(default_factory=dict)
    lag_s: list[float] = field(default_factory=list)
    watched: int = 0
    shown: int = 0
    told: int = 0

    @property
    def faults(self) -> dict[str, list[str]]:
        """Whatever is not as it must be."""
        return {
            "false PASS": self.false_passes,
            "inspections lost": self.lost,
            "inspections doubled": self.doubled,
            "workpieces missed, or judged wrong": self.missed,
            "corrupt databases": self.corrupt,
            "faults that the plant was not told of": self.unnoticed,
            "stations that did not come back": self.not_back,
        }


def tally(outcome: Outcome) -> Tally:
    """Count."""
    counted = Tally(corrupt=list(outcome.corrupt))
    shown = [line for line in outcome.plant if "ready" in line]
    told = [line["told"] for line in outcome.plant if "told" in line]
    decided = {line["id"]: line for line in outcome.decided}
    counted.shown, counted.told = len(shown), len(told)
    for line in shown:
        _check_pass(line, decided, outcome, counted)
    _check_records(shown, told, outcome, counted)
    _check_workpieces(shown, told, decided, outcome, counted)
    for index, injected in enumerate(outcome.injected):
        alone = not any(_overlap(injected, other) for other in outcome.injected[:index] + outcome.injected[index + 1 :])
        _time(injected, alone, shown, counted)
    return counted


def _check_pass(line: dict[str, Any], decided: dict[str, dict[str, Any]], outcome: Outcome, counted: Tally) -> None:
    if not line["passed"]:
        return
    found = decided.get(line["id"])
    if found is None or found["verdict"] != Verdict.OK or found["workpiece"] is None:
        counted.false_passes.append(f"at {line['t']:.3f}: {line['id']} passed nothing")
        return
    number = _whole(found["workpiece"], outcome.line.number(line["t"]))
    lag_s = max(0.0, line["t"] - outcome.line.leaves(number))
    counted.lag_s.append(lag_s)
    if not outcome.line.good(number):
        counted.false_passes.append(f"at {line['t']:.3f}: workpiece {number} is bad and passed by {line['id']}")
    elif lag_s > AGE_S:
        counted.false_passes.append(f"at {line['t']:.3f}: {line['id']} still passed {lag_s:.2f} s after it had left")


def _whole(kept: int, now: int) -> int:
    """The number of a workpiece of which a picture keeps the last 16 bits; the last one up to now."""
    return now - (now - kept) % 65536


def _check_records(shown: Sequence[dict[str, Any]], told: Sequence[str], outcome: Outcome, counted: Tally) -> None:
    known = {line["id"]: line["code"] for line in shown if line["valid"]}
    for name in dict.fromkeys([*told, *known]):
        if name not in outcome.recorded:
            counted.lost.append(f"{name} was told and is not in the records")
        elif known.get(name, outcome.recorded[name]) != outcome.recorded[name]:
            counted.lost.append(f"{name} was shown as {known[name]} and is recorded as {outcome.recorded[name]}")
    counted.doubled += [f"{name} was told {told.count(name)} times" for name in set(told) if told.count(name) > 1]


def _check_workpieces(
    shown: Sequence[dict[str, Any]],
    told: Sequence[str],
    decided: dict[str, dict[str, Any]],
    outcome: Outcome,
    counted: Tally,
) -> None:
    """Each workpiece that came while nothing was wrong is inspected once, and rightly."""
    for number in _undisturbed(shown, outcome):
        counted.watched += 1
        of_it = [decided[name] for name in told if name in decided and decided[name]["workpiece"] == number % 65536]
        wanted = Verdict.OK if outcome.line.good(number) else Verdict.NOT_OK
        if [found["verdict"] for found in of_it] == [wanted]:
            continue
        said = [(found["id"], found["verdict"]) for found in of_it]
        (counted.doubled if len(of_it) > 1 else counted.missed).append(f"workpiece {number}: {said}, not {wanted}")


def _undisturbed(shown: Sequence[dict[str, Any]], outcome: Outcome) -> Iterator[int]:
    line = outcome.line
    if not shown:
        return
    for number in range(line.number(shown[0]["t"]) + 1, line.number(shown[-1]["t"]) - 1):
        from_s, to_s = number * PERIOD_S - 0.1, line.leaves(number) + 0.1
        if any(i.begun_s < to_s and _over_s(i) > from_s for i in outcome.injected):
            continue
        seen = [entry for entry in shown if from_s <= entry["t"] <= to_s]
        lying = [entry["beat"] for entry in seen if line.lies_from(number) <= entry["t"] <= line.leaves(number)]
        if len(lying) > 1 and all(e["ready"] for e in seen) and lying[-1] - lying[0] >= LEAST_BEATS:
            yield number


def _overlap(one: Injected, other: Injected) -> bool:
    return one.begun_s < _over_s(other) and other.begun_s < _over_s(one)


def _over_s(injected: Injected) -> float:
    """When all was well again."""
    return max(injected.ended_s, injected.ready_s or 0.0)


def _time(injected: Injected, alone: bool, shown: Sequence[dict[str, Any]], counted: Tally) -> None:
    if injected.ready_s is None:
        counted.not_back.append(f"after '{injected.name}' at {injected.begun_s:.3f}")
        return
    counted.recover_s.setdefault(injected.name, []).append(injected.ready_s - injected.ended_s)
    before = [line for line in shown if line["t"] < injected.begun_s]
    if not (alone and injected.unready and before and before[-1]["ready"]):
        return
    safe_s = _first_safe(before[-1], [x for x in shown if injected.begun_s <= x["t"] <= injected.ready_s])
    if safe_s is None:
        counted.unnoticed.append(f"'{injected.name}' at {injected.begun_s:.3f}")
    else:
        counted.safe_s.append(max(0.0, safe_s - injected.begun_s))


def _first_safe(before: dict[str, Any], after: Sequence[dict[str, Any]]) -> float | None:
    """When the plant first knew: it was shown so, or the heartbeat stood still."""
    beat, beat_s = before["beat"], before["t"]
    for line in after:
        if line["t"] - beat_s > PLANT_WATCHES_S:
            return float(beat_s + PLANT_WATCHES_S)
        if not line["ready"] and not line["passed"]:
            return float(line["t"])
        if line["beat"] != beat:
            beat, beat_s = line["beat"], line["t"]
    return None

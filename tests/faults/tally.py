"""What came of a torment, counted. Pure: it looks only at what was done, shown, told, decided and recorded."""

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any

from inspector.inspection.verdict import Verdict
from inspector.recipe import Trigger
from tests.faults.line import PERIOD_S
from tests.faults.mix import Injected, Outcome
from tests.faults.peers import PLC

Lines = Sequence[dict[str, Any]]

AGE_S = 1.0
"""So long a PASS may outlive its workpiece: then it is one that is no longer fresh."""
PLANT_WATCHES_S = 1.0
"""A plant believes no signals whose heartbeat stands still for longer."""
STATION = ""
"""The peer of a fault that happens to the station itself."""
LEAST_BEATS = 8
"""While a workpiece lies: where fewer pictures were judged the processor had no time, and no vote need have ended."""

HELD_UP_S = 1.0
"""While somebody else is away a station may be unready for so long: a busy machine has it miss a few pictures."""


@dataclass
class Tally:
    """What must be none, each with its story, and how long things took, in seconds."""

    false_passes: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    misnamed: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)
    unnoticed: list[str] = field(default_factory=list)
    not_back: list[str] = field(default_factory=list)
    uncarried: list[str] = field(default_factory=list)
    held_up: list[str] = field(default_factory=list)
    unserved: list[str] = field(default_factory=list)
    undead: list[str] = field(default_factory=list)
    served_s: dict[str, list[float]] = field(default_factory=dict)
    safe_s: dict[str, list[float]] = field(default_factory=dict)
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
            "results under another workpiece's number": self.misnamed,
            "triggers that the PLC saw no result of": self.unanswered,
            "corrupt databases": self.corrupt,
            "faults that the plant was not told of": self.unnoticed,
            "stations that did not come back": self.not_back,
            "inspections not once where they are carried to": self.uncarried,
            "outages by which a station was held up": self.held_up,
            "PLC or broker not served again": self.unserved,
            "stations that are gone and said to be there": self.undead,
        }


def tally(outcome: Outcome) -> Tally:
    """Count."""
    counted = Tally(corrupt=list(outcome.corrupt))
    shown = [line for line in outcome.plant if "ready" in line]
    tellings = [line for line in outcome.plant if "told" in line]
    told = [line["told"] for line in tellings]
    decided = {line["id"]: line for line in outcome.decided}
    counted.shown, counted.told = len(shown), len(told)
    for line in chain(shown, *map(_believed, outcome.wires.values())):
        _check_pass(line, decided, outcome, counted)
    _check_names(tellings, decided, outcome, counted)
    _check_broker(outcome, counted)
    _check_records([*shown, *chain(*outcome.wires.values())], told, outcome, counted)
    _check_carried(outcome, counted)
    _check_workpieces(shown, told, decided, outcome, counted)
    for injected in outcome.injected:
        others = {i.peer for i in outcome.injected if i is not injected and _overlap(injected, i)}
        if injected.peer:
            _check_outage(injected, others, shown, outcome, counted)
        else:
            _time(injected, STATION not in others, shown, counted)
    return counted


def _believed(lines: Lines) -> Iterator[dict[str, Any]]:
    """Those of a wire that a plant believes which watches the heartbeat there."""
    moved_s = -math.inf
    for before, line in pairwise(lines):
        if line["beat"] != before["beat"]:
            moved_s = line["t"]
        if line["t"] - moved_s <= PLANT_WATCHES_S:
            yield line


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
    elif lag_s > AGE_S and (outcome.trigger is not Trigger.ASKED or line.get("wanted")):
        counted.false_passes.append(f"at {line['t']:.3f}: {line['id']} still passed {lag_s:.2f} s after it had left")


def _whole(kept: int, now: int) -> int:
    """The number of a workpiece of which a picture keeps the last 16 bits; the last one up to now."""
    return now - (now - kept) % 65536


def _check_records(shown: Lines, told: Sequence[str], outcome: Outcome, counted: Tally) -> None:
    codes: dict[str, set[int]] = {}
    for line in shown:
        if line["valid"]:
            codes.setdefault(line["id"], set()).add(line["code"])
    for name in dict.fromkeys([*told, *codes]):
        if name not in outcome.recorded:
            counted.lost.append(f"{name} was told and is not in the records")
        elif wrong := codes.get(name, set()) - {outcome.recorded[name]}:
            counted.lost.append(f"{name} was shown as {wrong} and is recorded as {outcome.recorded[name]}")
    counted.doubled += [f"{name} was told {told.count(name)} times" for name in set(told) if told.count(name) > 1]


def _check_broker(outcome: Outcome, counted: Tally) -> None:
    """What a broker keeps outlives everybody: no PASS, and nothing of a station that is gone but its death."""
    passes = [topic for kept in outcome.retained for topic, payload in kept.items() if payload.get("passed")]
    counted.false_passes += [f"the broker kept a PASS under {topic}" for topic in passes]
    left = {topic.split("/")[-2]: payload for topic, payload in (outcome.retained or [{}])[-1].items()}
    birth, death = left.get("NBIRTH"), left.get("NDEATH")
    if birth and (not death or death["session"] != birth["session"] or death["ready"]):
        counted.undead.append(f"the last death that the broker tells of is {death}")


def _check_carried(outcome: Outcome, counted: Tally) -> None:
    counted.uncarried += [f"{number} inspections wait for {name}" for name, number in outcome.waiting.items()]
    if outcome.carried is not None:
        times = Counter(outcome.carried)
        found = [(name, times[name]) for name in sorted(times.keys() | outcome.recorded) if times[name] != 1]
        counted.uncarried += [f"{name} is {number} times in the plant's database" for name, number in found]


def _check_workpieces(
    shown: Lines,
    told: Sequence[str],
    decided: dict[str, dict[str, Any]],
    outcome: Outcome,
    counted: Tally,
) -> None:
    """Each workpiece that came while nothing was wrong is inspected once, and rightly."""
    asks = outcome.trigger is Trigger.ASKED
    for number in _undisturbed(shown, outcome):
        if asks and number not in outcome.asked:
            continue
        counted.watched += 1
        if asks:
            _check_answer(number, outcome, counted)
        of_it = [decided[name] for name in told if name in decided and decided[name]["workpiece"] == number % 65536]
        wanted = Verdict.OK if outcome.line.good(number) else Verdict.NOT_OK
        if [found["verdict"] for found in of_it] == [wanted]:
            continue
        said = [(found["id"], found["verdict"], found["serial"]) for found in of_it]
        story = f"workpiece {number}, asked about at {outcome.asked.get(number)}: {said}, not {wanted}"
        (counted.doubled if len(of_it) > 1 else counted.missed).append(story)


def _check_names(told: Lines, decided: dict[str, dict[str, Any]], outcome: Outcome, counted: Tally) -> None:
    """A result that somebody asked for bears the number of what was looked at, and answers who waits for that one."""
    for line in told:
        found = decided.get(line["told"])
        if not line["serial"] or found is None or found["verdict"] not in (Verdict.OK, Verdict.NOT_OK):
            continue
        if found["workpiece"] is None:  # rubbish was judged, which passes nothing
            continue
        number = _whole(found["workpiece"], outcome.line.number(line["t"]))
        if outcome.line.serial(number) != line["serial"]:
            counted.misnamed.append(f"at {line['t']:.3f}: {line['told']} of workpiece {number} bears {line['serial']}")
    for line in outcome.wires.get(PLC, ()):
        if line["valid"] and line.get("wanted") and line["serial"] != line["wanted"]:
            counted.misnamed.append(f"at {line['t']:.3f}: who waits for {line['wanted']} reads {line['serial']}")


def _check_answer(number: int, outcome: Outcome, counted: Tally) -> None:
    """The PLC asked, and nothing was wrong, also with itself: it saw the result before the workpiece had left."""
    from_s, to_s = outcome.asked[number][-1], outcome.line.leaves(number)
    if any(i.begun_s < to_s and _over_s(i) > from_s for i in outcome.injected):
        return
    serial = outcome.line.serial(number)
    seen = _between(outcome.wires[PLC], from_s, to_s)
    if not any(line["valid"] and line["serial"] == serial for line in seen):
        counted.unanswered.append(f"{serial}, asked about at {from_s:.3f}")


def _undisturbed(shown: Lines, outcome: Outcome) -> Iterator[int]:
    line = outcome.line
    if not shown:
        return
    for number in range(line.number(shown[0]["t"]) + 1, line.number(shown[-1]["t"]) - 1):
        from_s, to_s = number * PERIOD_S - 0.1, line.leaves(number) + 0.1
        if any(i.begun_s < to_s and _over_s(i) > from_s for i in outcome.injected if not i.peer):
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


def _time(injected: Injected, alone: bool, shown: Lines, counted: Tally) -> None:
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
        counted.safe_s.setdefault(injected.name, []).append(max(0.0, safe_s - injected.begun_s))


def _check_outage(injected: Injected, others: set[str], shown: Lines, outcome: Outcome, counted: Tally) -> None:
    """The station goes on, and the PLC sees it, unless more happened to them; whoever was away is served again."""
    story = f"'{injected.name}' at {injected.begun_s:.3f}"
    seen = {} if STATION in others else {"the plant": shown, PLC: outcome.wires.get(PLC, ())}
    for who in seen.keys() - others - {injected.peer}:
        unready_s = _longest_unready(injected, seen[who])
        if seen[who] and unready_s > HELD_UP_S:
            counted.held_up.append(f"{story}: {who} saw no ready station for {unready_s:.2f} s")
    if injected.peer in outcome.wires:
        served = _between(outcome.wires[injected.peer], injected.ended_s, math.inf)
        if served:
            counted.served_s.setdefault(injected.name, []).append(served[0]["t"] - injected.ended_s)
        else:
            counted.unserved.append(story)


def _longest_unready(injected: Injected, lines: Lines) -> float:
    """Seconds of an outage in which nobody was told that the station is ready."""
    ready = [line["t"] for line in _between(lines, injected.begun_s, injected.ended_s) if line["ready"]]
    return max(later - earlier for earlier, later in pairwise([injected.begun_s, *ready, injected.ended_s]))


def _between(lines: Lines, from_s: float, to_s: float) -> Lines:
    """Those of that time, of many that came one after the other."""
    when = itemgetter("t")
    return lines[bisect_left(lines, from_s, key=when) : bisect_right(lines, to_s, key=when)]


def _first_safe(before: dict[str, Any], after: Lines) -> float | None:
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

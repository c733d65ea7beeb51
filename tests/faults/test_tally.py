"""The count of a torment, on torments made up: it finds what must not be."""

from dataclasses import replace
from typing import Any

import pytest

from inspector.recipe import Trigger
from tests.faults.line import PERIOD_S, Line, read
from tests.faults.mix import Injected, Outcome
from tests.faults.peers import BROKER, DATABASE, PLC
from tests.faults.tally import AGE_S, Tally, tally

LINE = Line(3)
FIRST = 1000
STEP_S = 0.1
BIRTH, DEATH = "root/plant/NBIRTH/line", "root/plant/NDEATH/line"


def a_good(good: bool = True) -> int:
    """A workpiece that is good, or bad, between others."""
    return next(n for n in range(FIRST + 3, FIRST + 50) if LINE.good(n) is good)


def a_telling(time_s: float, name: str, verdict: int = 1, serial: str = "") -> dict[str, Any]:
    return {"t": time_s, "told": name, "verdict": verdict, "serial": serial, "trigger": ""}


def a_run(workpieces: int = 60, **all_lines: Any) -> Outcome:
    """A station at which nothing is wrong: each workpiece is told 0.4 s after it lies, and shown until it leaves.

    PLC and broker see what the plant is shown, and all is carried.
    """
    outcome = Outcome(LINE)
    for number in range(FIRST, FIRST + workpieces):
        verdict = 1 if LINE.good(number) else 2
        name = f"i{number}"
        outcome.decided.append({"id": name, "workpiece": number, "verdict": verdict, "serial": "", "pid": 1})
        outcome.recorded[name] = verdict
        for step in range(round(PERIOD_S / STEP_S)):
            time_s = number * PERIOD_S + step * STEP_S
            valid = step >= 7
            line = {
                "t": time_s,
                "ready": True,
                "valid": valid,
                "passed": valid and verdict == 1,
                "beat": 3 * (12 * number + step),
            }
            outcome.plant.append({**line, "id": name if valid else "", "code": verdict if valid else 0, **all_lines})
            if step == 6:
                outcome.plant.append(a_telling(time_s, name, verdict))
    shown = [line for line in outcome.plant if "ready" in line]
    outcome.wires = {name: [dict(line) for line in shown] for name in (PLC, BROKER)}
    outcome.carried = list(outcome.recorded)
    birth, death = {"session": "s"}, {"session": "s", "passed": False, "ready": False}
    outcome.retained = [{BIRTH: birth}, {BIRTH: birth, DEATH: death}]
    return outcome


def lines_of(outcome: Outcome, number: int) -> list[dict[str, Any]]:
    return [line for line in outcome.plant if line.get("id") == f"i{number}"]


def faults(outcome: Outcome) -> dict[str, int]:
    return {what: len(stories) for what, stories in tally(outcome).faults.items() if stories}


def an_asked_run() -> Outcome:
    """The same, but the PLC asks about each workpiece, and reads results under its number."""
    outcome = replace(a_run(), trigger=Trigger.ASKED)
    for line in outcome.plant:
        if "told" in line:
            line["serial"] = LINE.serial(int(line["told"][1:]))
    for line in outcome.wires[PLC]:
        number = LINE.number(line["t"] + STEP_S / 2)
        outcome.asked.setdefault(number, [LINE.lies_from(number) + STEP_S])
        line["wanted"] = line["serial"] = LINE.serial(number) if line["valid"] else ""
    return outcome


def test_a_run_without_faults_has_none() -> None:
    counted = tally(a_run())
    assert not any(counted.faults.values()), counted.faults
    assert counted.watched > 50
    assert max(counted.lag_s) == 0.0


def test_a_bad_workpiece_that_passed_is_found() -> None:
    outcome = a_run()
    bad = a_good(False)
    for line in lines_of(outcome, bad):
        line["passed"] = True
    assert faults(outcome) == {"false PASS": 5}
    outcome.decided[bad - FIRST]["verdict"] = 1  # the station thought so, too
    assert faults(outcome)["false PASS"] == 5


def test_a_pass_that_outlives_its_workpiece_is_found() -> None:
    outcome = a_run()
    good = a_good()
    leaves_s = LINE.leaves(good)
    old = {**lines_of(outcome, good)[0], "t": leaves_s + AGE_S - 0.01}
    outcome.plant.append(old)
    assert faults(outcome) == {}
    assert max(tally(outcome).lag_s) == pytest.approx(AGE_S - 0.01)
    outcome.plant.append({**old, "t": leaves_s + AGE_S + 0.01})
    assert faults(outcome) == {"false PASS": 1}


def test_a_pass_of_nothing_is_found() -> None:
    outcome = a_run()
    lines_of(outcome, a_good())[0]["id"] = ""
    assert faults(outcome)["false PASS"] == 1


def test_what_was_told_and_is_not_recorded_is_lost() -> None:
    outcome = a_run()
    outcome.carried = None  # where there is no plant's database
    del outcome.recorded["i1010"]
    assert faults(outcome) == {"inspections lost": 1}
    outcome.recorded["i1010"] = 3
    assert faults(outcome) == {"inspections lost": 1}


def test_what_was_told_twice_is_doubled() -> None:
    outcome = a_run()
    outcome.plant.append(a_telling(2000.0, "i1010"))
    assert faults(outcome) == {"inspections doubled": 2}


def test_a_workpiece_that_was_inspected_twice_is_doubled() -> None:
    outcome = a_run()
    outcome.decided.append({**outcome.decided[10], "id": "again"})
    outcome.recorded["again"] = outcome.decided[10]["verdict"]
    assert outcome.carried is not None
    outcome.carried.append("again")
    outcome.plant.append(a_telling(2000.0, "again"))
    assert faults(outcome) == {"inspections doubled": 1}


def test_a_workpiece_that_nobody_told_of_was_missed_unless_something_was_wrong() -> None:
    outcome = a_run()
    number = FIRST + 10
    outcome.plant = [line for line in outcome.plant if line.get("told") != f"i{number}"]
    assert faults(outcome) == {"workpieces missed, or judged wrong": 1}
    at_s = number * PERIOD_S
    outcome.injected.append(Injected("camera gone", False, at_s, at_s + 0.1, at_s + 0.2))
    assert faults(outcome) == {}


def test_a_workpiece_that_was_judged_wrong_is_found() -> None:
    outcome = a_run()
    outcome.decided[a_good() - FIRST]["verdict"] = 2
    assert faults(outcome)["workpieces missed, or judged wrong"] == 1


def test_what_is_asked_is_answered() -> None:
    counted = tally(an_asked_run())
    assert not any(counted.faults.values()), counted.faults
    assert counted.watched > 50


def test_a_result_under_another_workpieces_number_is_found() -> None:
    outcome = an_asked_run()
    telling = next(line for line in outcome.plant if line.get("told") == f"i{FIRST + 10}")
    telling["serial"] = LINE.serial(FIRST + 9)
    assert faults(outcome) == {"results under another workpiece's number": 1}
    outcome.decided[10]["verdict"] = outcome.recorded[f"i{FIRST + 10}"] = 3  # it is not said to be of any
    assert "results under another workpiece's number" not in faults(outcome)
    outcome.decided[10].update(verdict=2, workpiece=None)  # nor is rubbish
    assert "results under another workpiece's number" not in faults(outcome)


def test_a_result_that_answers_another_trigger_is_found() -> None:
    outcome = an_asked_run()
    for line in outcome.wires[PLC]:
        if line["serial"] == LINE.serial(FIRST + 10):
            line["wanted"] = LINE.serial(FIRST + 11)
    assert faults(outcome) == {"results under another workpiece's number": 5}


def test_a_trigger_that_the_plc_saw_no_result_of_is_found() -> None:
    outcome = an_asked_run()
    for line in outcome.wires[PLC]:
        if line["serial"] == LINE.serial(FIRST + 10):
            line.update(valid=False, passed=False)
    assert faults(outcome) == {"triggers that the PLC saw no result of": 1}
    at_s = LINE.lies_from(FIRST + 10) + 0.2
    outcome.injected.append(Injected("PLC gone", False, at_s, at_s + 0.1, at_s + 0.2, PLC))
    assert faults(outcome) == {}
    del outcome.asked[FIRST + 12]  # nobody asked: then it need not be inspected
    outcome.plant = [line for line in outcome.plant if line.get("told") != f"i{FIRST + 12}"]
    assert faults(outcome) == {}


def test_what_was_asked_for_may_stand_until_the_next_is_asked_but_not_where_somebody_waits() -> None:
    outcome = an_asked_run()
    good = a_good()
    old = {**lines_of(outcome, good)[0], "t": LINE.leaves(good) + AGE_S + 0.01}
    outcome.plant.append(old)
    assert faults(outcome) == {}
    outcome.wires[PLC].append({**old, "wanted": LINE.serial(good), "serial": LINE.serial(good), "beat": 10**6})
    assert faults(outcome)["false PASS"] == 1


def test_a_fault_is_timed_until_the_plant_knew() -> None:
    outcome = a_run()
    begun_s = (FIRST + 20) * PERIOD_S + 0.05
    outcome.injected.append(Injected("camera gone", True, begun_s, begun_s + 1, begun_s + 2))
    assert faults(outcome) == {"faults that the plant was not told of": 1}
    for line in outcome.plant:
        if begun_s + 0.55 < line["t"] < begun_s + 1.5 and "ready" in line:
            line.update(ready=False, passed=False, valid=False)
    counted = tally(outcome)
    assert not any(counted.faults.values())
    assert counted.safe_s == {"camera gone": [pytest.approx(0.65, abs=0.11)]}
    assert counted.recover_s == {"camera gone": [pytest.approx(1.0)]}


def test_a_heartbeat_that_stands_still_is_known_to_the_plant() -> None:
    outcome = a_run()
    begun_s = (FIRST + 20) * PERIOD_S + 0.05
    outcome.plant = [line for line in outcome.plant if not begun_s < line["t"] < begun_s + 3]
    outcome.injected.append(Injected("station stopped", True, begun_s, begun_s + 3, begun_s + 4))
    assert tally(outcome).safe_s == {"station stopped": [pytest.approx(0.95, abs=0.11)]}


def test_two_faults_at_once_are_not_timed() -> None:
    outcome = a_run()
    one = Injected("camera gone", True, FIRST * PERIOD_S + 20, FIRST * PERIOD_S + 21, FIRST * PERIOD_S + 22)
    outcome.injected += [one, replace(one, begun_s=one.begun_s + 0.5)]
    assert tally(outcome).safe_s == {}


@pytest.mark.parametrize("wire", [PLC, BROKER])
def test_a_bad_workpiece_that_passed_on_a_wire_is_found(wire: str) -> None:
    outcome = a_run()
    bad = a_good(False)
    for line in outcome.wires[wire]:
        line["passed"] = line["passed"] or line["id"] == f"i{bad}"
    assert faults(outcome) == {"false PASS": 5}


@pytest.mark.parametrize("wire", [PLC, BROKER])
def test_an_old_pass_on_a_wire_is_found_while_its_heartbeat_moves(wire: str) -> None:
    outcome = a_run()
    good = a_good()
    lines = outcome.wires[wire]
    last = [line for line in lines if line["id"] == f"i{good}"][-1]
    behind = [line for line in lines if line["t"] > last["t"]]
    outcome.wires[wire] = [line for line in lines if line["t"] <= last["t"]]
    for line in behind:
        outcome.wires[wire].append({**last, "t": line["t"], "beat": line["beat"]})
    assert faults(outcome)["false PASS"] > 5
    for line in outcome.wires[wire]:
        if line["t"] > last["t"]:
            line["beat"] = last["beat"]
    assert faults(outcome) == {}


def test_what_a_wire_showed_otherwise_than_it_is_recorded_is_found() -> None:
    outcome = a_run()
    for line in outcome.wires[PLC]:
        if line["id"] == f"i{a_good()}":
            line["code"] = 3
    assert faults(outcome) == {"inspections lost": 1}


def test_a_pass_that_a_broker_keeps_is_found() -> None:
    outcome = a_run()
    outcome.retained.insert(0, {"root/plant/DDATA/line/signals": {"passed": True}})
    assert faults(outcome) == {"false PASS": 1}


@pytest.mark.parametrize("kept", [{}, {DEATH: {"session": "of one before", "passed": False, "ready": False}}])
def test_a_station_that_is_gone_and_said_to_be_there_is_found(kept: dict[str, Any]) -> None:
    outcome = a_run()
    outcome.retained[-1] = {BIRTH: {"session": "s"}, **kept}
    assert faults(outcome) == {"stations that are gone and said to be there": 1}


def test_what_the_plants_database_lacks_or_has_twice_is_found() -> None:
    outcome = a_run()
    assert outcome.carried is not None
    outcome.carried.remove("i1010")
    outcome.carried.append("i1011")
    assert faults(outcome) == {"inspections not once where they are carried to": 2}


def test_what_still_waits_once_all_is_well_is_found() -> None:
    outcome = a_run()
    outcome.waiting["mqtt"] = 3
    assert faults(outcome) == {"inspections not once where they are carried to": 1}


def an_outage(outcome: Outcome, peer: str) -> Injected:
    """For three seconds, in which workpieces come as ever."""
    begun_s = (FIRST + 20) * PERIOD_S + 0.05
    outage = Injected(f"{peer} gone", False, begun_s, begun_s + 3, begun_s + 3.1, peer)
    outcome.injected.append(outage)
    return outage


@pytest.mark.parametrize("peer", [PLC, BROKER, DATABASE])
def test_an_outage_excuses_nothing_at_the_station(peer: str) -> None:
    outcome = a_run()
    an_outage(outcome, peer)
    outcome.plant = [line for line in outcome.plant if line.get("told") != f"i{FIRST + 21}"]
    assert faults(outcome) == {"workpieces missed, or judged wrong": 1}


@pytest.mark.parametrize(("peer", "by"), [(PLC, 1), (BROKER, 2), (DATABASE, 2)])
def test_an_outage_that_holds_the_station_up_is_found_by_whoever_sees_it(peer: str, by: int) -> None:
    outcome = a_run()
    outage = an_outage(outcome, peer)
    for line in [*outcome.plant, *outcome.wires[PLC]]:
        if "ready" in line and outage.begun_s + 1 < line["t"] < outage.begun_s + 2.2:
            line.update(ready=False, passed=False, valid=False)
    assert faults(outcome) == {"outages by which a station was held up": by}
    outcome.injected.append(replace(outage, name="camera gone", peer=""))  # which is reason enough
    assert faults(outcome) == {}


@pytest.mark.parametrize("peer", [PLC, BROKER])
def test_whoever_was_away_is_served_again(peer: str) -> None:
    outcome = a_run()
    outage = an_outage(outcome, peer)
    back_s = outage.ended_s + 2
    lines = outcome.wires[peer]
    outcome.wires[peer] = [line for line in lines if not outage.begun_s < line["t"] < back_s]
    assert tally(outcome).served_s == {f"{peer} gone": [pytest.approx(2.0, abs=0.11)]}
    assert faults(outcome) == {}
    outcome.wires[peer] = [line for line in lines if line["t"] < back_s and not outage.begun_s < line["t"]]
    assert faults(outcome) == {"PLC or broker not served again": 1}


def test_a_station_that_does_not_come_back_and_a_corrupt_database_are_found() -> None:
    outcome = a_run()
    outcome.injected.append(Injected("camera gone", True, 0.0, 1.0, None))
    outcome.corrupt.append("records.db")
    assert faults(outcome) == {"stations that did not come back": 1, "corrupt databases": 1}


def test_nothing_at_all_counts_nothing() -> None:
    assert tally(Outcome(LINE)) == Tally()


def test_a_picture_says_what_is_in_it() -> None:
    for number in range(FIRST, FIRST + 20):
        assert read(LINE.picture(LINE.lies_from(number) + 0.1)) == (number, LINE.good(number))

"""Whose serial number it is: who says what, what is refused, and what happens where they differ."""

from datetime import UTC, datetime

import pytest

from inspector.inspection.triggers.serials import Serials
from inspector.inspection.verdict import Finding, Verdict
from inspector.inspection.vote import Decision, Look
from inspector.recipe import Code, Serial
from tests.inspection.scripted import NOT_DECIDABLE, NOT_OK, OK

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
HOLDS_S = 60.0


def decision(verdict: Verdict = OK, serial: str = "") -> Decision:
    look = Look(3, 0.3, MOMENT, (Finding("part", None, 1, 1, verdict, ""),))
    return Decision(look, look, verdict, look.findings, "key", serial)


def serials(**rule: object) -> Serials:
    return Serials(Serial.model_validate(rule), HOLDS_S)


def told(one: Decision) -> tuple[Verdict, str, str]:
    """The verdict, the serial number, and what is said of it."""
    said = [finding.reason for finding in one.findings if finding.component == "serial number"]
    return one.verdict, one.serial, said[0] if said else ""


def test_nobody_need_say_one() -> None:
    assert told(serials().settle(decision(), 0.0)) == (OK, "", "")


def test_the_trigger_the_scanner_and_the_picture_each_may_say_it() -> None:
    assert told(serials().settle(decision(serial="A-1"), 0.0)) == (OK, "A-1", "")
    by_scanner = serials()
    assert by_scanner.scan("A-1", 0.0) == ""
    assert told(by_scanner.settle(decision(), 1.0)) == (OK, "A-1", "")
    by_picture = serials(codes=["qr"])
    by_picture.see(["A-1"])
    assert told(by_picture.settle(decision(), 1.0)) == (OK, "A-1", "")


def test_where_all_say_the_same_it_is_that() -> None:
    each = serials(codes=["qr"])
    each.scan("A-1", 0.0)
    each.see(["A-1"])
    assert told(each.settle(decision(serial="A-1"), 1.0)) == (OK, "A-1", "")


def test_where_they_differ_it_is_not_decidable_and_says_who_said_what() -> None:
    each = serials(codes=["qr"])
    each.scan("A-1", 0.0)
    each.see(["A-2"])
    said = "serial number: A-1 from the scanner, A-2 from the picture do not agree"
    assert told(each.settle(decision(), 1.0)) == (NOT_DECIDABLE, "", said)


def test_two_codes_in_one_picture_do_not_agree() -> None:
    each = serials(codes=["qr"])
    each.see(["A-2", "A-1"])
    assert told(each.settle(decision(), 1.0))[0] is NOT_DECIDABLE


def test_a_number_that_is_needed_and_missing_is_not_decidable() -> None:
    assert told(serials(needed=True).settle(decision(), 0.0)) == (NOT_DECIDABLE, "", "serial number: not read")


def test_a_proved_fault_stays_one_whatever_its_number() -> None:
    assert told(serials(needed=True).settle(decision(NOT_OK), 0.0)) == (NOT_OK, "", "serial number: not read")


@pytest.mark.parametrize("wrong", ["A-12", "B-1", "xA-1x", "a-1"])
def test_a_pattern_refuses_a_wrong_code(wrong: str) -> None:
    each = serials(pattern="A-[0-9]")
    assert each.fault("A-1") == ""
    assert each.scan(wrong, 0.0) == f"'{wrong}' is no serial number of this product: it should match 'A-[0-9]'."
    assert told(each.settle(decision(), 1.0)) == (OK, "", "")


def test_codes_in_the_picture_that_are_no_serial_number_do_not_count() -> None:
    each = serials(pattern="A-[0-9]", codes=["qr", "ean"])
    each.see(["4006381333931"])
    assert each.wants_picture
    each.see(["4006381333931", "A-1"])
    assert not each.wants_picture
    assert told(each.settle(decision(), 1.0)) == (OK, "A-1", "")


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "\x1d01", "x" * 129])
def test_what_cannot_be_printed_in_a_line_is_no_serial_number(text: str) -> None:
    assert "1 to 128" in serials().fault(text)


def test_a_scan_is_used_once() -> None:
    each = serials()
    each.scan("A-1", 0.0)
    each.settle(decision(), 1.0)
    assert told(each.settle(decision(), 2.0)) == (OK, "", "")


def test_a_scan_that_is_too_old_is_nobodys_number() -> None:
    each = serials(needed=True)
    each.scan("A-1", 0.0)
    assert not each.waits("", HOLDS_S)
    assert each.waits("", HOLDS_S + 1)


def test_a_scan_in_the_place_of_another_is_told() -> None:
    each = serials()
    each.scan("A-1", 0.0)
    assert each.scan("A-1", 1.0) == ""
    assert each.scan("A-2", 2.0) == "'A-2' was scanned in the place of 'A-1'."
    assert told(each.settle(decision(), 3.0)) == (OK, "A-2", "")


def test_what_the_picture_showed_is_forgotten_when_something_moves() -> None:
    each = serials(codes=["qr"])
    each.see(["A-1"])
    each.look_away()
    assert told(each.settle(decision(), 1.0)) == (OK, "", "")


def test_the_same_number_twice_is_told() -> None:
    each = serials()
    each.settle(decision(serial="A-1"), 0.0)
    again = each.settle(decision(serial="A-1"), 1.0)
    assert told(again) == (OK, "A-1", "serial number: A-1 was inspected before")


def test_the_same_number_twice_is_not_decidable_where_it_may_come_once() -> None:
    each = serials(once=True)
    each.settle(decision(serial="A-1"), 0.0)
    again = each.settle(decision(serial="A-1"), 1.0)
    assert told(again) == (NOT_DECIDABLE, "A-1", "serial number: A-1 was inspected before")


def test_no_code_is_read_where_the_recipe_asks_for_none() -> None:
    assert not serials().wants_picture
    assert serials(codes=[Code.QR]).wants_picture


def test_a_number_that_did_not_come_in_time_leaves_the_next_scan_to_the_next_workpiece() -> None:
    each = serials(needed=True)
    each.scan("A-2", 0.0)
    assert told(each.give_up(decision())) == (NOT_DECIDABLE, "", "serial number: not read")
    assert told(each.settle(decision(), 1.0)) == (OK, "A-2", "")

"""Whose serial number it is: who says what, what is refused, and what happens where they differ."""

from datetime import UTC, datetime

import pytest

from inspector.inspection.triggers.serials import Receipt, Serials
from inspector.inspection.verdict import Finding, Verdict
from inspector.inspection.vote import Decision, Look
from inspector.serial import Code, Serial
from tests.inspection.scripted import NOT_DECIDABLE, NOT_OK, OK

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
HOLDS_S = 60.0
UNDER_WAY = True


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
    assert by_scanner.scan("A-1", 0.0, UNDER_WAY) == Receipt(True, "")
    assert told(by_scanner.settle(decision(), 1.0)) == (OK, "A-1", "")
    by_picture = serials(codes=["qr"])
    by_picture.see(["A-1"])
    assert told(by_picture.settle(decision(), 1.0)) == (OK, "A-1", "")


def test_where_all_say_the_same_it_is_that() -> None:
    each = serials(codes=["qr"])
    each.scan("A-1", 0.0, UNDER_WAY)
    each.see(["A-1"])
    assert told(each.settle(decision(serial="A-1"), 1.0)) == (OK, "A-1", "")


def test_where_they_differ_it_is_not_decidable_and_says_who_said_what() -> None:
    each = serials(codes=["qr"])
    each.scan("A-1", 0.0, UNDER_WAY)
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
    said = f"'{wrong}' is no serial number of this product: it should match 'A-[0-9]'."
    assert each.scan(wrong, 0.0, UNDER_WAY) == Receipt(False, said)
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
    each.scan("A-1", 0.0, UNDER_WAY)
    each.settle(decision(), 1.0)
    assert told(each.settle(decision(), 2.0)) == (OK, "", "")


def test_a_scan_that_is_too_old_is_nobodys_number() -> None:
    each = serials(needed=True)
    each.scan("A-1", 0.0, UNDER_WAY)
    assert not each.waits("", HOLDS_S)
    assert each.waits("", HOLDS_S + 1)


def test_a_scan_in_the_place_of_another_is_told() -> None:
    each = serials()
    each.scan("A-1", 0.0, UNDER_WAY)
    assert each.scan("A-1", 1.0, UNDER_WAY) == Receipt(True, "")
    assert each.scan("A-2", 2.0, UNDER_WAY) == Receipt(True, "'A-2' was scanned in the place of 'A-1'.")
    assert told(each.settle(decision(), 3.0)) == (OK, "A-2", "")


def test_what_the_picture_showed_is_forgotten_when_something_moves() -> None:
    each = serials(codes=["qr"])
    each.see(["A-1"])
    each.look_away(asked_for=False)
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


LATE = "'A-1' came too late: its inspection is over. Inspect that workpiece again."


def missed(by: str, **rule: object) -> Serials:
    """After an inspection, at 10 s, that needed a number and got none: it gave up waiting, or could not be decided."""
    each = serials(needed=True, **rule)
    one = each.give_up(decision(), 10.0) if by == "give up" else each.settle(decision(NOT_DECIDABLE), 10.0)
    assert told(one) == (NOT_DECIDABLE, "", "serial number: not read")
    return each


@pytest.mark.parametrize("by", ["give up", "settle"])
def test_a_number_that_came_too_late_does_not_name_the_next_workpiece(by: str) -> None:
    each = missed(by)
    said = f"{LATE} If it is the next one's, scan it again."
    assert each.scan("A-1", 11.0, False) == Receipt(False, said)
    assert told(each.settle(decision(), 12.0))[0] is NOT_DECIDABLE


def test_scanned_again_it_is_the_next_ones() -> None:
    each = missed("give up")
    each.scan("A-1", 11.0, False)
    assert each.scan("A-1", 12.0, False) == Receipt(True, "")
    assert told(each.settle(decision(), 13.0)) == (OK, "A-1", "")


def test_once_the_next_one_is_inspected_a_scan_is_its_own() -> None:
    each = missed("give up")
    assert each.scan("A-2", 12.0, UNDER_WAY) == Receipt(True, "")
    each.settle(decision(), 13.0)
    assert each.scan("A-3", 14.0, False) == Receipt(True, "")


def test_what_came_too_late_is_not_expected_for_ever() -> None:
    assert missed("give up").scan("A-1", 10.0 + HOLDS_S + 1, False) == Receipt(True, "")


def test_what_was_read_while_it_waited_is_given_up_with_it() -> None:
    each = serials(needed=True)
    each.scan("A-1", 9.0, UNDER_WAY)
    each.give_up(decision(), 10.0)
    assert told(each.settle(decision(), 11.0)) == (NOT_DECIDABLE, "", "serial number: not read")


def test_scanned_in_place_nothing_is_taken_while_nothing_is_inspected() -> None:
    each = serials(scanned="in_place")
    said = "'A-1' names nothing: scan the number of a workpiece while it is inspected."
    assert each.scan("A-1", 0.0, False) == Receipt(False, said)
    assert told(each.settle(decision(), 1.0)) == (OK, "", "")
    each.scan("A-2", 2.0, UNDER_WAY)
    assert told(each.settle(decision(), 3.0)) == (OK, "A-2", "")


def test_scanned_in_place_what_came_too_late_may_come_again() -> None:
    each = missed("give up", scanned="in_place")
    assert each.scan("A-1", 11.0, False) == Receipt(False, LATE)
    assert not each.scan("A-1", 12.0, False).taken


@pytest.mark.parametrize(("scanned", "serial"), [("ahead", "A-1"), ("in_place", "")])
def test_scanned_in_place_a_number_goes_with_its_workpiece(scanned: str, serial: str) -> None:
    each = serials(scanned=scanned)
    each.scan("A-1", 0.0, UNDER_WAY)
    each.look_away(asked_for=False)
    assert told(each.settle(decision(), 1.0)) == (OK, serial, "")


def test_scanned_in_place_a_number_stays_with_what_somebody_asked_for() -> None:
    each = serials(scanned="in_place")
    each.scan("A-1", 0.0, UNDER_WAY)
    each.look_away(asked_for=True)
    assert told(each.settle(decision(), 1.0)) == (OK, "A-1", "")

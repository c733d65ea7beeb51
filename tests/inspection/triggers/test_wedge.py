"""Keys with their moments: a scanner's burst is a scan, a person's typing is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.inspection.triggers.wedge import Wedge
from inspector.triggers import Scanner

PLAIN = Scanner()


def scanned(wedge: Wedge, text: str, gaps_s: float | list[float], start_s: float = 100.0) -> list[str]:
    """The codes that came of these keys, the first at start_s, each so many seconds after the one before."""
    gaps = [gaps_s] * (len(text) - 1) if isinstance(gaps_s, float) else gaps_s
    moments = [start_s + sum(gaps[:i]) for i in range(len(text))]
    return [code for letter, time_s in zip(text, moments, strict=True) if (code := wedge.key(letter, time_s))]


@pytest.mark.parametrize("end", ["\r", "\n", "\t"])
def test_a_fast_burst_that_ends_with_enter_or_tab_is_a_scan(end: str) -> None:
    assert scanned(Wedge(PLAIN), f"SN-00042{end}", 0.012) == ["SN-00042"]


@pytest.mark.parametrize("gap_s", [0.06, 0.12, 0.5])
def test_a_person_types_slower(gap_s: float) -> None:
    assert scanned(Wedge(PLAIN), "SN-00042\r", gap_s) == []


def test_the_longest_pause_still_counts_and_a_longer_one_does_not() -> None:
    assert scanned(Wedge(Scanner(gap_s=0.0625)), "12345\r", 0.0625) == ["12345"]
    assert scanned(Wedge(Scanner(gap_s=0.0625)), "12345\r", 0.078125) == []


def test_one_slow_key_in_the_middle_makes_it_no_scan_of_the_whole() -> None:
    assert scanned(Wedge(PLAIN), "12345678\r", [0.01, 0.01, 0.2, *[0.01] * 5]) == ["45678"]


def test_an_enter_that_comes_late_ends_no_scan() -> None:
    assert scanned(Wedge(PLAIN), "12345678\r", [*[0.01] * 7, 0.3]) == []


def test_what_a_person_typed_before_is_not_part_of_the_code() -> None:
    assert scanned(Wedge(PLAIN), "hi12345678\r", [0.15, 0.4, *[0.01] * 8]) == ["12345678"]


def test_a_few_quick_keys_are_no_scan() -> None:
    assert scanned(Wedge(Scanner(least=4)), "123\r", 0.01) == []
    assert scanned(Wedge(Scanner(least=4)), "1234\r", 0.01) == ["1234"]


def test_prefix_and_suffix_are_taken_off_and_needed() -> None:
    scanner = Scanner(prefix="~", suffix="#")
    assert scanned(Wedge(scanner), "~12345#\r", 0.01) == ["12345"]
    for text in ("12345#\r", "~12345\r", "12345\r", "~123#\r", "~\r"):
        assert scanned(Wedge(scanner), text, 0.01) == []


def test_a_prefix_and_a_suffix_do_not_share_a_key() -> None:
    assert scanned(Wedge(Scanner(prefix="~~", suffix="~~", least=1)), "~~~\r", 0.01) == []


def test_keys_that_type_nothing_do_not_matter() -> None:
    wedge = Wedge(PLAIN)
    codes = [wedge.key(text, i * 0.01) for i, text in enumerate(["A", "", "b", "", "C", "d", "\r"])]
    assert [code for code in codes if code] == ["AbCd"]


def test_two_scans_in_a_row_are_two() -> None:
    assert scanned(Wedge(PLAIN), "11111\r22222\r", 0.01) == ["11111", "22222"]


def test_carriage_return_and_line_feed_are_one_end() -> None:
    assert scanned(Wedge(PLAIN), "11111\r\n22222\r\n", 0.01) == ["11111", "22222"]


def test_a_clock_that_runs_backwards_makes_no_scan() -> None:
    wedge = Wedge(PLAIN)
    codes = [wedge.key(letter, 100 - i) for i, letter in enumerate("12345678\r")]
    assert not any(codes)


def test_it_says_which_keys_are_a_scanners() -> None:
    wedge = Wedge(PLAIN)
    said = []
    for letter, time_s in (("a", 0.0), ("b", 0.2), ("c", 0.21), ("\r", 0.22), ("d", 0.5)):
        wedge.key(letter, time_s)
        said.append(wedge.fast)
    assert said == [False, False, True, True, False]


@given(st.lists(st.tuples(st.sampled_from("ab\r\t"), st.floats(0.051, 5)), max_size=50))
def test_slow_keys_never_make_a_scan(keys: list[tuple[str, float]]) -> None:
    wedge, time_s = Wedge(PLAIN), 0.0
    for text, pause_s in keys:
        time_s += pause_s
        assert wedge.key(text, time_s) == ""


@given(st.text("0123456789ABC-", min_size=4, max_size=40), st.floats(0, 0.045), st.floats(0.06, 10))
def test_whatever_a_scanner_types_is_read_whole(code: str, gap_s: float, before_s: float) -> None:
    wedge = Wedge(PLAIN)
    wedge.key("x", 0.0)
    assert scanned(wedge, f"{code}\r", gap_s, before_s) == [code]

"""What travels between a station and its supervisor: comes back as it was, and nothing else is taken for it."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.inspection.verdict import Finding, Inspection, Verdict
from inspector.plant.signals import Phase, Prove, Trigger
from inspector.supervisor.reports import (
    Decided,
    Garbled,
    Seen,
    ToStation,
    Trouble,
    decoded,
    decoded_request,
    encoded,
    encoded_request,
    told,
)

TEXT = st.text(max_size=20)
SEEN = st.builds(
    Seen,
    generation=TEXT,
    number=st.integers(0, 2**40),
    sent_s=st.floats(0, 1e9),
    phase=st.sampled_from(Phase),
    message=TEXT,
    looked=st.integers(0, 2**40),
    progress=st.integers(0, 2**40),
    taken_s=st.floats(0, 1e9),
    verdict=st.integers(0, 3),
    inspection=TEXT,
)
DECIDED = st.builds(
    Decided,
    generation=TEXT,
    number=st.integers(0, 2**40),
    sent_s=st.floats(0, 1e9),
    id=st.text(min_size=1, max_size=20),
    verdict=st.integers(0, 3),
    reasons=st.lists(TEXT, max_size=3).map(tuple),
    said=st.dictionaries(TEXT, st.none() | st.booleans() | st.integers(-(2**40), 2**40) | TEXT, max_size=3),
)
A_FINDING = Finding("part", None, 1, 0, Verdict.NOT_OK, "part missing")
AN_INSPECTION = Inspection(
    "20260101-1", "box", "box-1", 3, 9, datetime(2026, 1, 1, 12, tzinfo=UTC), Verdict.NOT_OK, (A_FINDING,), 12.34
)


@given(SEEN | DECIDED)
def test_a_report_comes_back_as_it_was(report: Seen | Decided) -> None:
    assert decoded(encoded(report)) == report


@given(st.builds(Trigger, TEXT, TEXT, st.floats(0, 1e9)) | st.just(Prove()) | st.builds(Trouble, TEXT))
def test_a_request_comes_back_as_it_was(request: ToStation) -> None:
    heard = decoded_request(encoded_request(request))
    assert heard == request
    assert not isinstance(request, Trigger) or vars(heard)["at_s"] == request.at_s  # which makes no two of them differ


@given(st.binary(max_size=200))
def test_anything_else_is_garbled_and_nothing_worse(message: bytes) -> None:
    for read in (decoded, decoded_request):
        with pytest.raises(Garbled):
            read(message)


GOOD = {"kind": "seen", "generation": "a", "number": 0, "sent_s": 1.0, "phase": "running"}


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "heard"},
        {"number": -1},
        {"number": "0"},
        {"number": True},
        {"sent_s": float("nan")},
        {"sent_s": float("inf")},
        {"phase": "fine"},
        {"verdict": 4},
        {"verdict": None},
        {"passed": True},
    ],
)
def test_a_report_with_a_fault_is_garbled(change: dict[str, object]) -> None:
    assert decoded(json.dumps(GOOD).encode())
    with pytest.raises(Garbled, match="cannot be understood"):
        decoded(json.dumps({**GOOD, **change}).encode())


def test_depth_and_length_are_no_way_in() -> None:
    with pytest.raises(Garbled):
        decoded(b"[" * 100_000)


def test_a_plant_is_told_what_is_in_the_records() -> None:
    said = told(AN_INSPECTION)
    assert {key: said[key] for key in ("id", "verdict", "recipe", "bundle", "serial")} == {
        "id": "20260101-1",
        "verdict": "NOT_OK",
        "recipe": "box",
        "bundle": "box-1",
        "serial": "",
    }
    assert datetime.fromisoformat(said["started_at"]) == AN_INSPECTION.started_at
    assert json.loads(json.dumps(said)) == said


def test_each_reason_is_told_once() -> None:
    fine = Finding("tape", None, 1, 1, Verdict.OK, "a thing that does not count")
    assert replace(AN_INSPECTION, findings=(A_FINDING, A_FINDING, fine)).reasons == ("part missing",)

"""Verdicts as numbers, as words, as JSON."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from inspector.inspection.verdict import Finding, Inspection, Kind, Verdict, as_json

INSPECTION = Inspection(
    id="20260101T120000000000-000007",
    recipe="box",
    bundle="box-1",
    first_frame=3,
    last_frame=7,
    started_at=datetime(2026, 1, 1, 12, tzinfo=UTC),
    verdict=Verdict.NOT_OK,
    findings=(
        Finding("screw", "off", 4, 3, Verdict.NOT_OK, "screw: 1 is off", Kind.WRONG, 0.8),
        Finding("tape", None, 1, 1, Verdict.OK, "tape: 1 outside the region"),
    ),
    latency_ms=12.3456,
    camera='[{"name": "", "source": "usb:0", "frame": 7, "settings": {"gain": 4}}]',
)


def test_the_values_are_those_of_opc_40001_101() -> None:
    assert [(v.name, int(v), v.word) for v in Verdict] == [
        ("UNDEFINED", 0, ""),
        ("OK", 1, "PASS"),
        ("NOT_OK", 2, "FAIL"),
        ("NOT_DECIDABLE", 3, "UNSURE"),
    ]


def test_the_json_line_has_exactly_the_keys_that_others_rely_on() -> None:
    line = json.dumps(as_json(INSPECTION))
    assert json.loads(line) == {
        "id": "20260101T120000000000-000007",
        "first_frame": 3,
        "last_frame": 7,
        "verdict": "NOT_OK",
        "findings": [
            {
                "component": "screw",
                "pattern": "off",
                "expected": 4,
                "found": 3,
                "verdict": "NOT_OK",
                "reason": "screw: 1 is off",
                "kind": "wrong",
                "score": 0.8,
            },
            {
                "component": "tape",
                "pattern": None,
                "expected": 1,
                "found": 1,
                "verdict": "OK",
                "reason": "tape: 1 outside the region",
                "kind": "fine",
                "score": None,
            },
        ],
        "latency_ms": 12.3,
        "cameras": [{"name": "", "source": "usb:0", "frame": 7, "settings": {"gain": 4}}],
    }


def test_the_reason_names_what_is_wrong_and_leaves_out_what_is_fine() -> None:
    assert INSPECTION.reason == "screw: 1 is off"


def test_an_inspection_of_which_no_camera_is_known_tells_of_none() -> None:
    assert replace(INSPECTION, camera="").cameras == []

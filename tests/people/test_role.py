"""Who may do what, and that it is told as it is."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from inspector.people.role import EVEN_UNWRITTEN, NEEDS, Deed, Role, may

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "people.md"


def test_roles_are_in_order_of_their_rights_and_not_of_their_letters() -> None:
    assert Role.OPERATOR < Role.TECHNICIAN < Role.ENGINEER
    assert sorted(Role, reverse=True) == [Role.ENGINEER, Role.TECHNICIAN, Role.OPERATOR]
    with pytest.raises(TypeError):
        _ = Role.OPERATOR < "technician"


def test_every_deed_needs_a_role() -> None:
    assert set(NEEDS) == set(Deed)
    assert set(Deed) > EVEN_UNWRITTEN


@pytest.mark.parametrize(("less", "more"), list(pairwise(Role)))
def test_whoever_has_more_may_do_all_that_whoever_has_less_may(less: Role, more: Role) -> None:
    assert {deed for deed in Deed if may(less, deed)} < {deed for deed in Deed if may(more, deed)}


@pytest.mark.parametrize(
    ("role", "deed", "allowed"),
    [
        (Role.OPERATOR, Deed.MARK, True),
        (Role.OPERATOR, Deed.UNLOCK, False),
        (Role.TECHNICIAN, Deed.UNLOCK, True),
        (Role.TECHNICIAN, Deed.STEP_BACK, True),
        (Role.TECHNICIAN, Deed.PROMOTE, False),
        (Role.TECHNICIAN, Deed.DELETE, False),
        (Role.TECHNICIAN, Deed.PEOPLE, False),
        (Role.ENGINEER, Deed.PEOPLE, True),
    ],
)
def test_the_least_role_is_enough_and_less_is_not(role: Role, deed: Deed, allowed: bool) -> None:
    assert may(role, deed) is allowed


def test_the_documentation_says_what_the_code_does() -> None:
    rows = re.findall(r"^\| (.+) \| (\w+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(str(deed), str(role)) for deed, role in NEEDS.items()]

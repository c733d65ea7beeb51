"""Comments that a person wrote stay where a program writes their file anew."""

from collections import Counter
from pathlib import Path
from textwrap import dedent

import yaml
from hypothesis import given
from hypothesis import strategies as st

from inspector.yaml_comments import carried_over
from inspector.yaml_lines import parse

PATH = Path("box.yaml")
OLD = """\
# The gearbox of line 3.
format: 1
name: box # as on the drawing

components:
# four of them, M4
- name: screw
  patterns:
  - {name: "on # off", passes: true} # tight
  - {name: off, passes: false}
  count: 4
- name: tape   # yellow
  turns: true
# the end
"""


def carried(old: str, new: str) -> str:
    return carried_over(PATH, dedent(old), dedent(new))


def test_comments_stay_beside_and_above_what_they_belong_to() -> None:
    new = """\
    format: 1
    name: box
    components:
    - name: screw
      patterns:
      - name: 'on # off'
        passes: true
      - name: off
        passes: false
      count: 5
    - name: tape
    """
    assert carried(OLD, new) == dedent("""\
    # The gearbox of line 3.
    format: 1
    name: box  # as on the drawing

    components:
    # four of them, M4
    - name: screw
      patterns:
      - name: 'on # off'  # tight
        passes: true
      - name: off
        passes: false
      count: 5
    - name: tape  # yellow
    # the end
    """)


def test_comments_follow_an_item_that_is_moved_or_renamed() -> None:
    old = "list:\n- name: a # one\n- name: b # two\n- name: c # three\n"
    assert carried(old, "list:\n- name: c\n- name: a\n- name: b\n") == (
        "list:\n- name: c  # three\n- name: a  # one\n- name: b  # two\n"
    )
    assert carried(old, "list:\n- name: a\n- name: x\n- name: c\n") == (
        "list:\n- name: a  # one\n- name: x  # two\n- name: c  # three\n"
    )


def test_what_was_said_of_a_thing_that_is_gone_stands_above_what_it_was_part_of() -> None:
    old = "list:\n- name: a # one\n- name: b\n  count: 2 # as drawn\n"
    assert carried(old, "list:\n- name: b\n") == "# one\nlist:\n# as drawn\n- name: b\n"
    assert carried("--- # top\na: 1\n", "a: 2\n") == "a: 2  # top\n"
    assert carried("a: 1 # one\nb: [1,\n 2 ] # two\n", "c: 1\n") == "# one\n# two\nc: 1\n"


def test_a_number_sign_in_a_value_is_no_comment() -> None:
    old = "a: 'x # y'\nb: x#y # z\nc: |\n  # text\n  more\nd: 1 # d\n"
    new = "a: 'x # y'\nb: x#y\nc: |\n  # text\n  more\nd: 2\n"
    assert carried(old, new) == new.replace("x#y\n", "x#y  # z\n").replace("d: 2", "d: 2  # d")


names = st.sampled_from(["screw", "tape", "a#b", "on # off", "#x", "'q'"])
items = st.lists(st.fixed_dictionaries({"name": names, "patterns": st.lists(names, max_size=2)}), max_size=4)


def commented(text: str, spots: list[int]) -> tuple[str, int]:
    """The text with numbered comments, above or beside lines."""
    lines = text.splitlines()
    for number, spot in enumerate(spots):
        at = spot % len(lines)
        if spot % 2:
            lines[at] += f" # c{number}"
        else:
            lines.insert(at, f"# c{number}")
    return "\n".join(lines) + "\n", len(spots)


@given(items, items, st.lists(st.integers(0, 99), max_size=6), st.booleans())
def test_no_comment_is_lost_and_no_value_changed(
    old: list[object], new: list[object], spots: list[int], flow: bool
) -> None:
    before = yaml.safe_dump({"list": old, "end": 1}, default_flow_style=None if flow else False)
    after = yaml.safe_dump({"list": new, "end": 1})
    text, count = commented(before, spots)
    result = carried_over(PATH, text, after)
    assert parse(PATH, result) == parse(PATH, after)
    assert Counter(f"c{number}" for number in range(count)) == Counter(
        word for word in result.replace("#", " ").split() if word[0] == "c" and word[1:].isdecimal()
    )
    assert Counter(carried_over(PATH, result, after).split()) == Counter(result.split())

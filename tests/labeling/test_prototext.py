"""Protocol buffers as text, beside the reader of the library that defines them."""

import contextlib
import os
from pathlib import Path

import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format
from hypothesis import given
from hypothesis import strategies as st

from inspector.errors import FileProblems, InputError
from inspector.labeling.formats.prototext import MOST_DEPTH, Field, Message, Word, parse, quoted, read_prototext

FILE = Path("pipeline.config")


def fields(text: str) -> list[tuple[str, object]]:
    return [(field.name, field.value) for field in parse(text, FILE).fields]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 3", 3),
        ("a: - 3", -3),
        ("a: 0x1F", 31),
        ("a: 017", 15),
        ("a: .5", 0.5),
        ("a: 1e-8", 1e-8),
        ("a: 10.", 10.0),
        ("a: 2.5f", 2.5),
        ("a: 3F", 3.0),
        ("a: -inf", float("-inf")),
        ("a: true", True),
        ("a: False", False),
        ("a: RELU_6", Word("RELU_6")),
        ("a: 'x'", "x"),
        ('a: "it\'s"', "it's"),
        ("a: 'one' \"two\"\n  'three'", "onetwothree"),
        (r"a: '\x41\102\u0043\U00000044\n\'\\'", "ABCD\n'\\"),
        (r"a: '\303\244'", "ä"),
        ("a: 'ö # no comment'", "ö # no comment"),
    ],
)
def test_a_value(text: str, value: object) -> None:
    ((name, found),) = fields(text)
    assert (name, found, type(found)) == ("a", value, type(value))


def test_messages_with_and_without_a_colon_in_braces_and_brackets() -> None:
    inner = Message((Field("b", 1, 1),))
    for text in ("a { b: 1 }", "a: { b: 1, }", "a < b: 1; >", "a:{b:1}", "a {b: 1} ;"):
        assert fields(text) == [("a", inner)]


def test_lists_are_several_values_of_one_name() -> None:
    assert fields("a: [1, 2.5]\na: 3") == [("a", 1), ("a", 2.5), ("a", 3)]
    assert fields("a: []") == []
    assert fields("a [ {b: 1}, <b: 1> ]") == [("a", Message((Field("b", 1, 1),)))] * 2
    assert fields("a: [RELU]") == [("a", Word("RELU"))]


def test_comments_and_lines() -> None:
    message = parse("# all of it: { \na: 1 # behind\n\n  b {\n c: 2 }\n", FILE)
    assert message.all("a") == [Field("a", 1, 2)]
    assert message.all("b") == [Field("b", Message((Field("c", 2, 5),)), 4)]


def test_a_name_of_an_extension() -> None:
    assert fields("[object_detection.protos.x]: 1 [type.googleapis.com/a-b.C] {}") == [
        ("[object_detection.protos.x]", 1),
        ("[type.googleapis.com/a-b.C]", Message()),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a {\n b: 1\n", ":3: a setting's name or } should stand here, the end of the file does"),
        ("a: 1\n}", ":2: a setting's name should stand here, '}' does"),
        ("a {b: 1 >", "a setting's name or } should stand here, '>' does"),
        ("a 1", "'a' should be followed by : or {"),
        ("a:\n", ":2: 'a' should have a value, but the end of the file stands there"),
        ("a: - RELU", "a number should stand behind -, not 'RELU'"),
        ("a: 'x\ny'", ":1: this cannot be read: 'x"),
        ("a: 12ab", "this cannot be read: 12ab"),
        ("a: 1.2.3", "this cannot be read: 1.2.3"),
        ("a: [1 2]", "the list of 'a' should go on with , or end with ]"),
        ("a: [1", "the list of 'a'"),
        ("[]: 1", "should stand here, '[' does"),
        (r"a: '\q'", r"\q in a text means nothing"),
        (r"a: '\777'", r"\777 in a text means nothing"),
        (r"a: '\ud800'", r"\ud800 in a text means nothing"),
        (r"a: '\UFFFFFFFF'", r"\UFFFFFFFF in a text means nothing"),
        (r"a: '\U00110000'", r"\U00110000 in a text means nothing"),
        (r"a: '\xff'", r"'\xff' is no text in UTF-8"),
        ("a: " + "9" * 5000, "a number of 5000 digits is too long"),
        ("a {" * (MOST_DEPTH + 1), "more than 100 deep"),
        ("_base_ = './retinanet.py'", "this cannot be read: = './retinanet.py'"),
    ],
)
def test_a_bad_text_is_told_with_its_line(text: str, fault: str) -> None:
    with pytest.raises(FileProblems) as caught:
        parse(text, FILE)
    assert fault in str(caught.value)


def test_a_file_that_is_no_text_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        read_prototext(tmp_path / "a.pbtxt")
    (tmp_path / "a.pbtxt").write_bytes(b"\xff\xfe\0")
    with pytest.raises(FileProblems, match="not a text file in UTF-8"):
        read_prototext(tmp_path / "a.pbtxt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has neither")
def test_what_has_no_end_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "pipeline.config")
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(InputError) as refused:
            read_prototext(path)
        assert str(refused.value) == f"{path} is a device or a pipe; a file is wanted here."


def _kind() -> type:
    """A message with a field of each kind, as the library itself builds and reads it."""
    file = descriptor_pb2.FileDescriptorProto(name="thing.proto", package="thing", syntax="proto2")
    thing = file.message_type.add(name="Thing")
    of = descriptor_pb2.FieldDescriptorProto
    kinds = (of.TYPE_STRING, of.TYPE_INT64, of.TYPE_DOUBLE, of.TYPE_BOOL, of.TYPE_MESSAGE)
    for number, (name, kind) in enumerate(zip(("text", "whole", "real", "truth", "inner"), kinds, strict=True), 1):
        inner = ".thing.Thing" if kind == of.TYPE_MESSAGE else None
        thing.field.add(name=name, number=number, label=of.LABEL_REPEATED, type=kind, type_name=inner)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("thing.Thing"))


THING = _kind()
scalars = st.fixed_dictionaries(
    {
        "text": st.lists(st.text(), max_size=3),
        "whole": st.lists(st.integers(-(2**63), 2**63 - 1), max_size=3),
        "real": st.lists(st.floats(allow_nan=False), max_size=3),
        "truth": st.lists(st.booleans(), max_size=3),
    }
)
things = st.recursive(
    scalars, lambda inner: st.builds(lambda a, b: {**a, "inner": b}, scalars, st.lists(inner, max_size=2)), max_leaves=6
)


def plain(message: Message) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for field in message.fields:
        value = plain(field.value) if isinstance(field.value, Message) else field.value
        found.setdefault(field.name, []).append(value)
    return found


@given(values=things, short=st.booleans(), brackets=st.booleans(), one_line=st.booleans())
def test_what_the_library_writes_is_read(
    values: dict[str, object], short: bool, brackets: bool, one_line: bool
) -> None:
    thing = THING()
    _fill(thing, values)
    text = text_format.MessageToString(
        thing, use_short_repeated_primitives=short, pointy_brackets=brackets, as_one_line=one_line
    )
    assert plain(parse(text, FILE)) == _filled(values)


def _fill(thing: object, values: dict[str, object]) -> None:
    for name, some in values.items():
        for value in some:  # type: ignore[attr-defined]
            if name == "inner":
                _fill(thing.inner.add(), value)
            else:
                getattr(thing, name).append(value)


def _filled(values: dict[str, object]) -> dict[str, object]:
    some = {name: [_filled(v) if isinstance(v, dict) else v for v in many] for name, many in values.items()}
    return {name: many for name, many in some.items() if many}


@given(st.text())
def test_a_quoted_text_means_itself(text: str) -> None:
    thing = THING()
    text_format.Parse(f"text: {quoted(text)}", thing)
    assert list(thing.text) == [text]
    assert fields(f"text: {quoted(text)}") == [("text", text)]


@given(st.text(alphabet="ab:{}<>[],;#'\"\\-. \n019xef", max_size=40))
def test_no_text_is_more_than_told_off(text: str) -> None:
    with contextlib.suppress(FileProblems):
        parse(text, FILE)

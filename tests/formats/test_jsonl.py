"""JSON Lines: only what is edited changes, whatever the line looks like."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.formats import jsonl
from normalizer.formats.json_spans import edit_literal, find_string
from normalizer.formats.pieces import Piece, ReadOptions
from normalizer.log import apply


def read(raw: bytes, **options: Any) -> list[Piece]:
    return list(jsonl.read(io.BytesIO(raw), ReadOptions(**options)))


texts = st.text(
    st.one_of(
        st.sampled_from('"\\/\b\n\t\u2028é🎯\0\ufeff'),
        st.characters(codec="utf-8"),
        st.integers(0xD800, 0xDFFF).map(chr),
    )
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def literals(draw: st.DrawFn) -> str:
    """Draw a JSON string, without its quotes, in which any character may be escaped or not."""
    pieces = []
    for char in draw(texts):
        escaped = json.dumps(char)[1:-1]
        raw = json.dumps(char, ensure_ascii=False)[1:-1]
        is_surrogate = "\ud800" <= char <= "\udfff"
        pieces.append(escaped if is_surrogate or draw(st.booleans()) else raw)
        if char == "/" and draw(st.booleans()):
            pieces[-1] = "\\/"
    return "".join(pieces)


@st.composite
def edited(draw: st.DrawFn, length: int) -> list[tuple[int, int, str]]:
    """Draw edits of a text of some length, in order and apart."""
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [
        (start, end, draw(st.text(st.characters(codec="utf-8"), max_size=4)))
        for start, end in pairs
    ]


@given(literal=literals(), data=st.data())
def test_edits_in_a_literal_are_edits_of_its_string(literal: str, data: st.DataObject) -> None:
    text = json.loads(f'"{literal}"')
    edits = data.draw(edited(len(text)))
    result = edit_literal(literal, edits)
    expected = apply(text, edits)
    # Halves of a pair that an edit brings together are one character to a reader of JSON.
    assert json.loads(f'"{result}"') == json.loads(json.dumps(expected))
    assert edit_literal(literal, []) == literal


@given(
    members=st.lists(st.tuples(texts, values), max_size=4),
    text=texts,
    spaces=st.lists(st.sampled_from(["", " ", "\t", "\r", "  "]), min_size=4, max_size=4),
    data=st.data(),
)
def test_only_the_value_changes(
    members: Sequence[tuple[str, Any]], text: str, spaces: Sequence[str], data: st.DataObject
) -> None:
    ascii_only = data.draw(st.booleans())

    def write(value: Any) -> str:
        written = json.dumps(value, ensure_ascii=ascii_only)
        return written.encode("utf-8", "backslashreplace").decode()

    place = data.draw(st.integers(0, len(members)))
    parts = [f"{write(key)}{spaces[1]}:{spaces[2]}{write(value)}" for key, value in members]
    mark = f"{write('text')}:{spaces[3]}"
    parts.insert(place, mark + write(text))
    line = spaces[0] + "{" + f"{spaces[1]},".join(parts) + "}" + spaces[2]
    last = json.loads(line)["text"]
    (piece,) = read(line.encode())
    if not isinstance(last, str):
        assert piece.error is not None
        return
    assert piece.fields == (("text", last),)
    assert jsonl.render(piece, [[]]) == line.encode()
    edits = data.draw(edited(len(last)))
    result = jsonl.render(piece, [edits]).decode()
    start, end = find_string(line, "text")
    assert result.startswith(line[:start])
    assert result.endswith(line[end:])
    value = json.loads(result[start - 1 : len(result) - len(line) + end + 1])
    assert value == json.loads(json.dumps(apply(last, edits)))


@given(st.binary())
def test_any_bytes_pass_through_piece_by_piece(raw: bytes) -> None:
    found = read(raw)
    assert b"".join(piece.raw for piece in found) == raw
    assert [piece.line for piece in found] == list(range(1, len(found) + 1))
    assert all(
        piece.error or piece.fields or not piece.raw.strip(b" \t\r\n\xef\xbb\xbf")
        for piece in found
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "cp1252", "utf-8"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_of_any_encoding(encoding: str, mark: str) -> None:
    if encoding == "cp1252" and mark:
        return
    raw = (mark + '{"text": "é"}\r\n\n{"text": "b"}').encode(
        {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(encoding, encoding)
    )
    found = read(raw, encoding=encoding)
    assert [piece.fields for piece in found] == [(("text", "é"),), (), (("text", "b"),)]
    edited_lines = [
        jsonl.render(piece, [[(0, 1, "xy")]] if piece.fields else []) for piece in found
    ]
    assert b"".join(edited_lines) == raw.replace(
        "é".encode(found[0].encoding), "xy".encode(found[0].encoding)
    ).replace("b".encode(found[0].encoding), "xy".encode(found[0].encoding))


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        ('{"a": {"b": "x"}}', "a.b", "x"),
        ('{"a.b": "x", "a": {"b": "y"}}', "a.b", "x"),
        ('{"a": {"b": "x"}, "a": {"b": "y"}}', "a.b", "y"),
        ('{"a": {"b.c": "x"}}', "a.b.c", "x"),
        ('{"a": {"b": {"c": "x"}}}', "a.b.c", "x"),
        ('{"": "x"}', "", "x"),
        ('{"t\\u0065xt": "x"}', "text", "x"),
        ('{"text": "a", "text": "b"}', "text", "b"),
    ],
)
def test_paths_of_fields(line: str, name: str, expected: str) -> None:
    (piece,) = read(line.encode(), text_fields=(name,))
    assert piece.fields == ((name, expected),)
    start, end = find_string(line, name)
    assert line[start:end] == expected


@pytest.mark.parametrize("line", ['{"a": {"b": 1}}', '{"a": []}', '{"a": {}}', '{"a": "x"}'])
def test_paths_that_lead_nowhere(line: str) -> None:
    (piece,) = read(line.encode(), text_fields=("a.b",))
    assert piece.error is not None
    (piece,) = read(line.encode(), text_fields=("a.b",), lenient=True)
    assert (piece.error, piece.fields) == (None, ())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"text": "", "id": "x"}', "x"),
        ('{"text": "", "id": 12}', "12"),
        ('{"text": "", "id": 1.50}', "1.50"),
        ('{"text": "", "id": null}', None),
        ('{"text": "", "id": [1]}', None),
        ('{"text": ""}', None),
    ],
)
def test_ids(line: str, expected: str | None) -> None:
    (piece,) = read(line.encode())
    assert piece.id == expected

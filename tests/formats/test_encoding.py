"""Bytes to text and back."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.errors import InputError, UsageError
from normalizer.formats import plain
from normalizer.formats.encoding import BOMS, decode, encode, encoding_name, find_bom
from normalizer.formats.pieces import Piece, ReadOptions


@pytest.mark.parametrize(
    ("given_name", "name"),
    [("UTF-8", "utf-8"), ("utf8", "utf-8"), ("utf-8-sig", "utf-8"), ("latin-1", "iso8859-1")],
)
def test_encodings_have_one_name(given_name: str, name: str) -> None:
    assert encoding_name(given_name) == name


@pytest.mark.parametrize("name", ["", "nope", "base64", "rot13", "a\0b", "x" * 1000])
def test_what_is_no_encoding_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        encoding_name(name)


@pytest.mark.parametrize(("bom", "name"), BOMS)
def test_marks_decide_the_byte_order(bom: bytes, name: str) -> None:
    assert find_bom(bom + "a".encode(name), name[:6].removesuffix("-")) == (name, bom)


def test_mark_of_another_encoding_is_none() -> None:
    assert find_bom(b"\xff\xfea", "cp1252") == ("cp1252", b"")
    assert find_bom(b"\xff\xfea", "utf-8") == ("utf-8", b"")


def test_encoding_that_loses_bytes_is_refused() -> None:
    raw = b"\x1b$B\x1b(BKiev"  # switches to Japanese and back, for nothing
    with pytest.raises(InputError, match="would not give the same bytes again"):
        decode(raw, "iso2022_jp")


def test_missing_character_is_named() -> None:
    with pytest.raises(InputError, match=r'ascii has no "é" \(U\+00E9\)'):
        encode("é", "ascii")


def pieces(raw: bytes, encoding: str) -> list[Piece]:
    return list(plain.read(io.BytesIO(raw), ReadOptions(encoding=encoding)))


@given(raw=st.binary(), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252", "gb18030", "utf-7"]))
def test_plain_text_is_read_and_written_byte_for_byte_or_refused(raw: bytes, encoding: str) -> None:
    try:
        (piece,) = pieces(raw, encoding)
    except InputError:
        return
    ((name, text),) = piece.fields
    assert name is None
    assert plain.render(piece, [[]]) == raw
    # An edit that changes nothing writes the whole text anew.
    assert plain.render(piece, [[(0, 0, "")]]) == raw
    assert plain.render(piece, [[(len(text), len(text), "x")]]) == raw + "x".encode(piece.encoding)


@given(st.text())
def test_every_text_is_plain_text_unless_it_begins_as_a_binary_file(text: str) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    try:
        (piece,) = pieces(raw, "utf-8")
    except InputError:
        assert any("\ud800" <= char <= "\udfff" for char in text)
        return
    assert piece.fields[0][1] == text.removeprefix("\ufeff")
    assert piece.bom == text.startswith("\ufeff")

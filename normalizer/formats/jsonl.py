"""JSON Lines: each line is an object, and the named fields of it are text.

Only what is substituted inside the values of these fields is written anew:
every other byte stays, with key order, spacing, escapes, blank lines and line
ends. Of a key that a line holds twice the last one counts, as in ``json``.
A field's name may be a path, ``meta.title``.
"""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder

from normalizer.errors import InputError
from normalizer.formats.encoding import decode, encode, find_bom
from normalizer.formats.json_spans import edit_literal, find_string
from normalizer.formats.pieces import Piece
from normalizer.log import apply

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, BinaryIO

    from normalizer.formats.pieces import ReadOptions
    from normalizer.log import Edit

_BLANK = " \t\r\n"
_MISSING = object()


class Number(str):
    """A number or constant as it is written: never rounded, and no text."""

    __slots__ = ()


_DECODER = JSONDecoder(parse_int=Number, parse_float=Number, parse_constant=Number)


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Piece]:
    """Yield one piece a line; one with ``error`` for a line that is broken."""
    offset = 0
    for number, (raw, encoding, mark) in enumerate(_lines(stream, options.encoding), start=1):
        piece = Piece(raw, line=number, encoding=encoding, bom=bool(mark))
        try:
            _fill(piece, mark if number == 1 else b"", offset, options)
        except InputError as error:
            piece.error = str(error)
        yield piece
        offset += len(raw)


def render(piece: Piece, edits: Sequence[Sequence[Edit]]) -> bytes:
    """Return the bytes of a line with edits made inside the values of its fields."""
    if not any(edits):
        return piece.raw
    mark = find_bom(piece.raw, piece.encoding)[1] if piece.bom and piece.line == 1 else b""
    line = decode(piece.raw[len(mark) :], piece.encoding)
    ascii_only = not piece.encoding.startswith("utf-")
    changes: list[Edit] = []
    for (name, _), field_edits in zip(piece.fields, edits, strict=True):
        if field_edits:
            start, end = find_string(line, str(name))
            literal = edit_literal(line[start:end], field_edits, ascii_only=ascii_only)
            changes.append((start, end, literal))
    return mark + encode(apply(line, sorted(changes)), piece.encoding)


def _lines(stream: BinaryIO, encoding: str) -> Iterator[tuple[bytes, str, bytes]]:
    """Yield each line with its line end, its encoding and the file's byte order mark.

    The line comes as soon as it is there, and no other is held, unless a line
    feed is no single byte in the encoding.
    """
    if "\n".encode(encoding) == b"\n":
        mark = b""
        for number, raw in enumerate(stream):
            if number == 0:
                encoding, mark = find_bom(raw, encoding)
            yield raw, encoding, mark
        return
    raw = stream.read()
    encoding, mark = find_bom(raw, encoding)
    text = decode(raw[len(mark) :], encoding)
    prefix = mark
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        yield prefix + encode(line, encoding), encoding, mark
        prefix = b""


def _fill(piece: Piece, mark: bytes, offset: int, options: ReadOptions) -> None:
    """Give a piece its fields and id; raises ``InputError`` if its line is broken."""
    line = decode(piece.raw[len(mark) :], piece.encoding, offset + len(mark))
    if not line.strip(_BLANK):
        return
    value = parse(line.rstrip(_BLANK))
    piece.fields = tuple(_fields(value, options))
    found = _look_up(value, options.id_field)
    piece.id = str(found) if isinstance(found, str) else None


def parse(line: str) -> dict[str, Any]:
    """Return the object of a line; raises ``InputError``."""
    try:
        value = _DECODER.decode(line)
    except JSONDecodeError as error:
        raise InputError(
            f"not JSON: {error.msg} at column {error.colno}; correct the line"
        ) from None
    except RecursionError:
        raise InputError("nested too deeply; flatten the object") from None
    if not isinstance(value, dict):
        raise InputError(f"expected an object, found {_kind(value)}; write one object a line")
    return value


def _fields(value: dict[str, Any], options: ReadOptions) -> Iterator[tuple[str, str]]:
    for name in options.text_fields:
        found = _look_up(value, name)
        if type(found) is str:
            yield name, found
        elif options.lenient:
            continue
        elif found is _MISSING:
            known = ", ".join(f'"{key}"' for key in value) or "none"
            raise InputError(f'no field "{name}"; it has {known}; name the text with --text-field')
        else:
            raise InputError(
                f'field "{name}" must be a string, found {_kind(found)}; '
                "name the text with --text-field"
            )


def _look_up(value: object, name: str) -> object:
    """Return the value at a path: the key itself first, then the key before the first dot."""
    while isinstance(value, dict):
        if name in value:
            return value[name]
        head, dot, name = name.partition(".")
        if not dot:
            break
        value = value.get(head, _MISSING)
    return _MISSING


def _kind(value: object) -> str:
    if isinstance(value, Number):
        return f"the number {value}"
    if isinstance(value, str):
        return "a string"
    names: dict[type, str] = {dict: "an object", list: "a list", bool: str(value).lower()}
    return names.get(type(value), "null")

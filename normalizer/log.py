"""Records of the log: undoing and verifying what they account for.

A record is one line of the log as a dictionary, in the format of
``docs/log-format.md``. Offsets are half-open code points of a field's text.
What a record says is never trusted: every surprise is a ``LogError``. Files
are read and written elsewhere.
"""

from __future__ import annotations

from normalizer.digests import sha256_hex
from normalizer.errors import LogError
from normalizer.normalizing.result import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from normalizer.normalizing.result import Record

VERSION = 1

#: A change to a text: half-open code points, and what takes their place.
Edit = tuple[int, int, str]

_OFFSETS = ("start", "end", "out_start", "out_end")
_SPELLINGS = ("found", "replacement")


class Difference:
    """The first place where a text is not what its record says.

    ``offset`` is in code points of the text at hand; ``expected`` and ``found``
    are what the record says and what stands there.
    """

    __slots__ = ("expected", "field", "found", "message", "offset")

    def __init__(
        self, *, field: str | None, offset: int, expected: str, found: str, message: str
    ) -> None:
        self.field = field
        self.offset = offset
        self.expected = expected
        self.found = found
        self.message = message

    def __repr__(self) -> str:
        return f"<Difference at {self.offset}: {self.message}>"


def undo(text: str, record: Record, *, field: str | None = None) -> str:
    """Return the text as it was before the substitutions of a record's field.

    Raises ``LogError`` if the text is not the output that the record describes.

    >>> from normalizer import Normalizer, load_glossary
    >>> result = Normalizer(load_glossary()).normalize("Tass, in Kiev")
    >>> undo(result.text, result.record("a.txt"))
    'Tass, in Kiev'
    """
    source = apply(text, undo_edits(text, record, field=field))
    expected = texts_of(record).get(field)
    if expected and digest_of(source, record, field) != expected[0]:
        raise LogError(
            f"cannot undo {name_of(record)}: the restored text is not the one that was normalized; "
            "the text was changed outside the substitutions"
        )
    return source


def undo_edits(text: str, record: Record, *, field: str | None = None) -> list[Edit]:
    """Return the edits that lead from an output back to its source.

    Raises ``LogError`` if a substitution is no longer in place.
    """
    edits = []
    for item in substitutions_of(record, field):
        start, end = item["out_start"], item["out_end"]
        if text[start:end] != item["replacement"]:
            raise LogError(
                f"cannot undo {name_of(record)}: expected {item['replacement']!r} at offset "
                f"{start}, found {text[start:end]!r}; the text was changed after it was normalized"
            )
        edits.append((start, end, item["found"]))
    return edits


def verify(
    text: str, record: Record, *, field: str | None = None, source: str | None = None
) -> Difference | None:
    """Return the first difference between a text and what its record says of it, or None.

    Without the source only a substitution no longer in place can be pointed at;
    with it, any difference. Raises ``LogError`` for a broken record, or a source
    that is not the record's.
    """
    expected = texts_of(record).get(field)
    if expected and digest_of(text, record, field) == expected[1]:
        return None
    if source is not None:
        return _compare(text, _replay(source, record, field), field)
    for item in substitutions_of(record, field):
        start, end = item["out_start"], item["out_end"]
        if text[start:end] != item["replacement"]:
            return Difference(
                field=field,
                offset=min(start, len(text)),
                expected=item["replacement"],
                found=text[start:end],
                message=f"the substitution {item['found']!r} -> {item['replacement']!r} "
                "is no longer in place",
            )
    message = "the text differs outside its substitutions; give the source to see where"
    return (
        Difference(field=field, offset=0, expected="", found="", message=message)
        if expected
        else None
    )


def _replay(source: str, record: Record, field: str | None) -> str:
    """Return what a record makes of its source."""
    edits = []
    for item in substitutions_of(record, field):
        start, end = item["start"], item["end"]
        if source[start:end] != item["found"]:
            raise LogError(
                f"the source is not that of {name_of(record)}: expected {item['found']!r} "
                f"at offset {start}, found {source[start:end]!r}"
            )
        edits.append((start, end, item["replacement"]))
    return apply(source, edits)


def _compare(text: str, expected: str, field: str | None) -> Difference | None:
    if text == expected:
        return None
    offset = next(
        (i for i, (a, b) in enumerate(zip(text, expected, strict=False)) if a != b),
        min(len(text), len(expected)),
    )
    return Difference(
        field=field,
        offset=offset,
        expected=expected[offset : offset + 30],
        found=text[offset : offset + 30],
        message="the text is not the normalized source",
    )


# --- what a record says --------------------------------------------------------------------------


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made, which are in order and do not overlap.

    >>> apply("one two", [(0, 3, "1"), (4, 7, "2")])
    '1 2'
    """
    pieces: list[str] = []
    last = 0
    for start, end, replacement in edits:
        pieces += (text[last:start], replacement)
        last = end
    pieces.append(text[last:])
    return "".join(pieces)


def name_of(record: Record) -> str:
    """Return the id of a record, for messages."""
    return str(record.get("id", "a record without id"))


def check_version(record: Record) -> None:
    """Raise ``LogError`` unless a record is of the log format that this version reads."""
    if record.get("log") != VERSION:
        raise LogError(
            f"a record of log format {record.get('log')!r}; this version reads {VERSION}"
        )


def texts_of(record: Record) -> dict[str | None, tuple[str, str]]:
    """Return the digests of source and output of each field; without the broken ones."""
    found: dict[str | None, tuple[str, str]] = {}
    texts = record.get("texts")
    for text in texts if isinstance(texts, list) else ():
        if isinstance(text, dict):
            source, output = text.get("source_sha256"), text.get("output_sha256")
            field = text.get("field")
            if isinstance(source, str) and isinstance(output, str):
                found[field if field is None else str(field)] = source, output
    return found


def digest_of(text: str, record: Record, field: str | None) -> str | None:
    """Return the digest of a text as a record states it, or None if it cannot be.

    That of a plain file (``field`` None) is of its bytes, that of a field of its UTF-8.
    """
    encoding = str(record.get("encoding", "utf-8"))
    bom = bool(record.get("bom"))
    if field is not None or (encoding == "utf-8" and not bom):
        return digest(text)
    try:
        return sha256_hex(("\ufeff" * bom + text).encode(encoding))
    except (UnicodeError, LookupError):
        return None


def substitutions_of(record: Record, field: str | None) -> list[Mapping[str, Any]]:
    """Return the substitutions of one field, in order; raises ``LogError`` for a broken record."""
    check_version(record)
    items = record.get("substitutions")
    if not isinstance(items, list):
        raise LogError(f"the record of {name_of(record)} has no list of substitutions")
    found = []
    last = out_last = 0
    for item in items:
        if not _is_substitution(item):
            raise LogError(f"the record of {name_of(record)} has a broken substitution: {item!r}")
        if item.get("field") != field:
            continue
        in_order = last <= item["start"] <= item["end"]
        if not (in_order and out_last <= item["out_start"] <= item["out_end"]):
            raise LogError(f"the substitutions of {name_of(record)} are not in order")
        last, out_last = item["end"], item["out_end"]
        found.append(item)
    return found


def _is_substitution(item: object) -> bool:
    return (
        isinstance(item, dict)
        and all(type(item.get(key)) is int for key in _OFFSETS)
        and all(type(item.get(key)) is str for key in _SPELLINGS)
    )


# --- lines ---------------------------------------------------------------------------------------


def to_line(record: Record) -> bytes:
    """Return a record as a line of the log, in UTF-8; a lone surrogate is written escaped."""
    global _write_json
    _write_json = _write_json or _json_writer()
    return f"{_write_json(record)}\n".encode("utf-8", "backslashreplace")


_write_json: Callable[[Record], str] | None = None


def _json_writer() -> Callable[[Record], str]:
    """Return what writes a record as JSON.

    It is the C code that ``json`` would use, which need not be imported for it;
    where that is not to be had, ``json`` itself.
    """
    try:
        from _json import encode_basestring, make_encoder

        settings: Any = (None, _refuse, encode_basestring, None, ": ", ", ", False, False, False)
        encode = make_encoder(*settings)
        encode({"": [0, None, True]}, 0)
    except (ImportError, TypeError):
        from json import JSONEncoder

        return JSONEncoder(ensure_ascii=False).encode
    return lambda record: "".join(encode(record, 0))


def _refuse(value: object) -> object:
    raise TypeError(f"no value of a record: {value!r}")


def from_line(line: bytes) -> Record:
    """Return the record of a line of the log; raises ``LogError`` if it is broken."""
    from json import loads

    try:
        record = loads(line)
    except (ValueError, RecursionError) as error:
        raise LogError(f"no record of the log: {error}") from None
    if not isinstance(record, dict):
        raise LogError("no record of the log: expected a JSON object")
    check_version(record)
    return record

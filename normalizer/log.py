"""Records of the log: undoing and verifying what they account for.

A record is one line of the log as a dictionary, in the format of
``docs/log-format.md``. Offsets are half-open code points of a field's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from normalizer.errors import LogError
from normalizer.normalizing.result import Record, digest

VERSION = 1


class Difference:
    """The first place where a text is not what its record says.

    ``offset`` is in code points of the text at hand; ``expected`` and ``found``
    are what the record says and what stands there.
    """

    __slots__ = ("expected", "field", "found", "message", "offset")

    def __init__(self, *, field: str | None, offset: int, expected: str, found: str, message: str) -> None:
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
    """
    pieces = []
    last = 0
    for start, end, item in _substitutions(record, field):
        if text[start:end] != item["replacement"]:
            raise LogError(
                f"cannot undo {record.get('id')}: expected {item['replacement']!r} at offset {start}, "
                f"found {text[start:end]!r}; the text was changed after it was normalized"
            )
        pieces += (text[last:start], item["found"])
        last = end
    pieces.append(text[last:])
    source = "".join(pieces)
    expected = _digests(record, field)
    if expected is not None and digest(source) != expected[0]:
        raise LogError(
            f"cannot undo {record.get('id')}: the restored text is not the one that was normalized; "
            "the text was changed outside the substitutions"
        )
    return source


def verify(
    text: str, record: Record, *, field: str | None = None, source: str | None = None
) -> Difference | None:
    """Return the first difference between a text and what its record says of it, or None.

    Without the source only a substitution no longer in place can be pointed at;
    with it, any difference.
    """
    expected = _digests(record, field)
    if expected is not None and digest(text) == expected[1]:
        return None
    if source is not None:
        return _compare(text, _replay(source, record, field), field)
    for start, end, item in _substitutions(record, field):
        found = text[start:end]
        if found != item["replacement"]:
            message = f"the substitution {item['found']!r} -> {item['replacement']!r} is no longer in place"
            return Difference(
                field=field, offset=start, expected=str(item["replacement"]), found=found, message=message
            )
    if expected is None:
        return None
    message = "the text differs outside its substitutions; give the source to see where"
    return Difference(field=field, offset=0, expected="", found="", message=message)


def _replay(source: str, record: Record, field: str | None) -> str:
    pieces = []
    last = 0
    for _, _, item in _substitutions(record, field):
        start, end = item["start"], item["end"]
        if source[start:end] != item["found"]:
            raise LogError(
                f"the source is not the one of {record.get('id')}: expected {item['found']!r} at offset {start}"
            )
        pieces += (source[last:start], item["replacement"])
        last = end
    pieces.append(source[last:])
    return "".join(pieces)


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


def _substitutions(record: Record, field: str | None) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield (out_start, out_end, substitution) of one field in order; raises ``LogError``."""
    if record.get("log") != VERSION:
        raise LogError(f"a record of log format {record.get('log')!r}; this version reads {VERSION}")
    items = record.get("substitutions")
    if not isinstance(items, list):
        raise LogError(f"the record of {record.get('id')} has no list of substitutions")
    last = 0
    for item in items:
        if item.get("field") != field:
            continue
        try:
            start, end = int(item["out_start"]), int(item["out_end"])
            str(item["found"]), str(item["replacement"]), int(item["start"]), int(item["end"])
        except (KeyError, TypeError, ValueError) as error:
            raise LogError(f"the record of {record.get('id')} has a broken substitution: {error}") from None
        if not last <= start <= end:
            raise LogError(f"the substitutions of {record.get('id')} are not in order")
        last = end
        yield start, end, item


def _digests(record: Record, field: str | None) -> tuple[str, str] | None:
    """Return the digests of a field's source and output, if they are those of the text."""
    texts = record.get("texts")
    if not isinstance(texts, list) or record.get("encoding") != "utf-8" or record.get("bom"):
        return None
    for text in texts:
        if text.get("field") == field:
            return str(text["source_sha256"]), str(text["output_sha256"])
    return None


def matching_records(records: Iterable[Record], output_sha256: str) -> list[Record]:
    """Return the records with substitutions whose output has this digest, newest first."""
    found = [
        record
        for record in records
        if record.get("substitutions")
        and any(text.get("output_sha256") == output_sha256 for text in _texts(record))
    ]
    return found[::-1]


def _texts(record: Record) -> list[dict[str, Any]]:
    texts = record.get("texts")
    return texts if isinstance(texts, list) else []

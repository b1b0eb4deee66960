"""One document: normalized with its record, undone by its record, or verified against it."""

from __future__ import annotations

from normalizer.digests import sha256_hex
from normalizer.errors import LogError
from normalizer.log import name_of, texts_of, undo_edits, verify
from normalizer.normalizing.result import digest, make_record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from normalizer.formats.pieces import Format, Piece
    from normalizer.log import Difference, Edit
    from normalizer.normalizing.normalizer import CompiledNormalizer
    from normalizer.normalizing.result import Record, Result


class Outcome:
    """What normalizing made of a document: its bytes, its line of the log, a result a field."""

    __slots__ = ("data", "record", "results")

    def __init__(self, data: bytes, record: Record, results: list[Result]) -> None:
        self.data = data
        self.record = record
        self.results = results


def normalize_piece(
    piece: Piece, form: Format, normalizer: CompiledNormalizer, record_id: str
) -> Outcome:
    """Return what becomes of a document. Each field is read in the context of the others.

    Raises ``InputError`` if the result cannot be written in the file's encoding.
    """
    results = find(piece, normalizer)
    data = form.render(piece, [_edits(result) for result in results])
    named = [(name, result) for (name, _), result in zip(piece.fields, results, strict=True)]
    record = make_record(record_id, named, normalizer.settings)
    record["encoding"] = piece.encoding
    record["bom"] = piece.bom
    if is_whole(piece):
        record["texts"] = [{"field": None, **_file_digests(piece.raw, data)}]
    return Outcome(data, record, results)


def find(piece: Piece, normalizer: CompiledNormalizer) -> list[Result]:
    """Return the result of each field of a document."""
    texts = [text for _, text in piece.fields]
    if len(texts) == 1:
        return [normalizer.normalize(texts[0])]
    return [
        normalizer.normalize(text, context=(*texts[:i], *texts[i + 1 :]))
        for i, text in enumerate(texts)
    ]


def is_whole(piece: Piece) -> bool:
    """Tell whether a piece is a whole file of text, whose digests are of its bytes."""
    return len(piece.fields) == 1 and piece.fields[0][0] is None


def _edits(result: Result) -> list[Edit]:
    return [(f.start, f.end, f.replacement) for f in result.substitutions]


def _file_digests(source: bytes, output: bytes) -> dict[str, str]:
    return {"source_sha256": file_digest(source), "output_sha256": file_digest(output)}


def file_digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return sha256_hex(data)


def field_digests(piece: Piece) -> dict[str | None, str]:
    """Return the digest of each text of a piece, as the log states it."""
    if is_whole(piece):
        return {None: file_digest(piece.raw)}
    return {name: digest(text) for name, text in piece.fields}


def undo_piece(piece: Piece, form: Format, record: Record) -> bytes:
    """Return the bytes of a document before its substitutions.

    Raises ``LogError`` if its source does not come out.
    """
    known = texts_of(record)
    edits = [
        undo_edits(text, record, field=name) if name in known else [] for name, text in piece.fields
    ]
    data = form.render(piece, edits)
    if is_whole(piece) and file_digest(data) != known[None][0]:
        raise LogError(f"cannot undo {name_of(record)}: the restored file is not its source")
    return data


def verify_piece(piece: Piece, record: Record, source: Piece | None) -> Difference | None:
    """Return the first difference between a document and its record, or None."""
    sources: dict[str | None, Any] = dict(source.fields) if source is not None else {}
    for name, text in piece.fields:
        difference = verify(text, record, field=name, source=sources.get(name))
        if difference is not None:
            return difference
    return None

"""Plain text: the whole file is one text.

Every byte outside the substitutions stays: line ends, a byte order mark, a
missing final newline, NUL characters. Files known to be something else are
refused by the bytes that they begin with.
"""

from __future__ import annotations

from normalizer.errors import InputError
from normalizer.formats.encoding import decode, encode, find_bom
from normalizer.formats.pieces import Piece
from normalizer.log import apply

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from normalizer.formats.pieces import ReadOptions
    from normalizer.log import Edit

#: What a file begins with that is no text. Source: the formats' specifications, as in file(1).
SIGNATURES = (
    (b"PK\x03\x04", "a zip archive or office document (.docx, .xlsx, .odt)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ\x00", "xz-compressed"),
    (b"(\xb5/\xfd", "Zstandard-compressed"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document of before 2007 (.doc, .xls)"),
    (b"{\\rtf", "a rich text document (.rtf)"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)

#: Of these a text might begin with the same letters, so their bytes must be binary as well.
_LIKE_TEXT = (b"GIF", b"BZh", b"PAR1")


def read(stream: BinaryIO, options: ReadOptions) -> Iterator[Piece]:
    """Yield the one piece of a plain text; raises ``InputError``."""
    raw = stream.read()
    refuse_binary(raw)
    encoding, bom = find_bom(raw, options.encoding)
    text = decode(raw[len(bom) :] if bom else raw, encoding, len(bom))
    yield Piece(raw, ((None, text),), encoding=encoding, bom=bool(bom))


def render(piece: Piece, edits: Sequence[Sequence[Edit]]) -> bytes:
    """Return the bytes of a text with edits made."""
    if not edits[0]:
        return piece.raw
    ((_, text),) = piece.fields
    mark = encode("\ufeff", piece.encoding) if piece.bom else b""
    return mark + encode(apply(text, edits[0]), piece.encoding)


def refuse_binary(raw: bytes) -> None:
    """Raise ``InputError`` for bytes that are known to be no text."""
    for signature, what in SIGNATURES:
        if raw.startswith(signature):
            if signature.startswith(_LIKE_TEXT) and b"\x00" not in raw[:512]:
                continue
            raise InputError(f"{what}, which is not read; save its text as .txt or .jsonl")

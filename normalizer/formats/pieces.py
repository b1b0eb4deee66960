"""What all formats share: the piece, which is one document of a file, and how it is read.

A file is a row of pieces: a plain text is one, each line of JSON Lines is one.
The pieces' bytes, one after the other, are the file's bytes.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO, Protocol

    from normalizer.log import Edit

    class Format(Protocol):
        """What the module of a format offers."""

        def read(self, stream: BinaryIO, options: ReadOptions) -> Iterator[Piece]:
            """Yield the pieces of a file; raises ``InputError`` where the rest cannot be read."""

        def render(self, piece: Piece, edits: Sequence[Sequence[Edit]]) -> bytes:
            """Return the bytes of a piece with edits made to each of its fields."""


class ReadOptions:
    """How files are read: their encoding, and which fields of a record are text.

    ``lenient`` leaves out fields that are missing or no strings instead of
    calling the record broken.
    """

    __slots__ = ("encoding", "id_field", "lenient", "text_fields")

    def __init__(
        self,
        *,
        encoding: str = "utf-8",
        text_fields: tuple[str, ...] = ("text",),
        id_field: str = "id",
        lenient: bool = False,
    ) -> None:
        self.encoding = encoding
        self.text_fields = text_fields
        self.id_field = id_field
        self.lenient = lenient


class Piece:
    """One document of a file: what is normalized together and logged in one record.

    ``raw`` are its bytes; ``fields`` its texts with their names, None for a plain
    text; ``line`` where it begins, 0 if it is the whole file; ``id`` the id that
    it gives itself. ``error`` says why it cannot be read; then it has no fields.
    """

    __slots__ = ("bom", "encoding", "error", "fields", "id", "line", "raw")

    def __init__(
        self,
        raw: bytes,
        fields: tuple[tuple[str | None, str], ...] = (),
        *,
        line: int = 0,
        id: str | None = None,  # noqa: A002 - the name that the log gives it
        encoding: str = "utf-8",
        bom: bool = False,
        error: str | None = None,
    ) -> None:
        self.raw = raw
        self.fields = fields
        self.line = line
        self.id = id
        self.encoding = encoding
        self.bom = bom
        self.error = error

"""Going through the inputs of a verb that only reads: their pieces, and what cannot be read."""

from __future__ import annotations

from normalizer.cli import messages
from normalizer.errors import InputError
from normalizer.reports.located import Lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normalizer.cli.inputs import Input
    from normalizer.formats.pieces import Piece, ReadOptions

Place = tuple[int, int]


class Pieces:
    """The documents of inputs, one after the other; tells and counts what fails."""

    def __init__(self, inputs: Iterable[Input], reading: ReadOptions, failed: int = 0) -> None:
        self._inputs = inputs
        self._reading = reading
        self.documents = 0
        self.failed = failed

    def __iter__(self) -> Iterator[tuple[Input, Piece]]:
        for item in self._inputs:
            try:
                with item.open() as stream:
                    for piece in item.format.read(stream, self._reading):
                        if piece.error is None:
                            self.documents += bool(piece.fields)
                            yield item, piece
                        else:
                            self._fail(f"{item.path}:{piece.line}: {piece.error}")
            except InputError as error:
                self._fail(f"{item.path}: {error}")
            except BrokenPipeError:
                raise
            except OSError as error:
                self._fail(messages.of_os_error(error, item.path))

    def _fail(self, message: str) -> None:
        messages.fail(message)
        self.failed += 1

    def summary(self, found: str) -> str:
        """Return what was seen, in one line."""
        parts = [f"{messages.count(self.documents, 'document')}, {found}"]
        if self.failed:
            parts.append(f"{messages.count(self.failed, 'problem')} with the input")
        return "; ".join(parts)


class Places:
    """Where a person looks for the offsets of a text: in a line of it, or in a record's line."""

    def __init__(self, text: str, piece: Piece) -> None:
        self._lines = None if piece.line else Lines(text)
        self._line = piece.line

    def of(self, offset: int) -> Place:
        """Return line and column, both from 1."""
        return self._lines.place(offset) if self._lines is not None else (self._line, offset + 1)


def id_of(item: Input, piece: Piece) -> str:
    """Return the id of a document as the log has it."""
    return piece.id or (f"{item.name}:{piece.line}" if piece.line else item.name)

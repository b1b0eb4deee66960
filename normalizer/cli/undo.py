"""Restore the originals from outputs and their log.

Files come back byte for byte, fields of records as equal strings. Of several
records of an output the newest one with substitutions is undone, so that a
second undo goes back one generation more.
"""

from __future__ import annotations

import io
import os
import sys

from normalizer.cli import messages
from normalizer.cli.dispatch import FAILED
from normalizer.cli.inputs import find_inputs
from normalizer.cli.options import add_input_options, read_options
from normalizer.cli.outputs import Places, add_output_options, refuse_overwriting
from normalizer.cli.records import (
    add_log_options,
    find_record,
    options_for_log,
    options_for_record,
)
from normalizer.errors import InputError, LogError
from normalizer.formats.documents import undo_piece
from normalizer.formats.files import NewFile
from normalizer.formats.log_file import LogIndex
from normalizer.formats.pieces import Piece
from normalizer.formats.registry import PLAIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from normalizer.cli.arguments import Options, Parser
    from normalizer.cli.inputs import Input
    from normalizer.formats.pieces import ReadOptions
    from normalizer.normalizing.result import Record

EXAMPLES = (
    "normalizer undo out/draft.txt --log out/normalizer-log.jsonl -o back.txt",
    "normalizer undo articles --log normalizer-log.jsonl --in-place",
)


def add_arguments(parser: Parser) -> None:
    """Add the options of this verb."""
    add_input_options(parser)
    add_log_options(parser)
    add_output_options(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")


def main(options: Options) -> int:
    """Undo the outputs; the exit code is 3 if some could not be undone."""
    places = Places(options)
    inputs = find_inputs(options.inputs, options.format, {os.path.realpath(options.log)})
    refuse_overwriting(inputs.files, places, None)
    with LogIndex(options.log) as log:
        job = Job(places, log, options_for_log(read_options(options), options, log), options.id)
        for item in inputs.files:
            job.process(item)
    failed = job.failed + inputs.failed
    if not options.quiet:
        messages.say(job.summary(failed))
    return FAILED if failed else 0


class Job:
    """One run: what it works with, and what it has done so far."""

    def __init__(
        self, places: Places, log: LogIndex, reading: ReadOptions, chosen: str | None
    ) -> None:
        self.places = places
        self.log = log
        self.reading = reading
        self.chosen = chosen
        self.documents = self.restored = self.failed = 0

    def process(self, item: Input) -> None:
        """Undo one output; tell and count it if it fails."""
        before = self.documents, self.restored
        try:
            with item.open() as stream:
                self._write(item, self._pieces(item, stream))
        except (InputError, LogError) as error:
            self.documents, self.restored = before
            messages.fail(messages.with_path(item.path, str(error)))
            self.failed += 1
        except BrokenPipeError:
            raise
        except OSError as error:
            self.documents, self.restored = before
            messages.fail(messages.of_os_error(error, item.path))
            self.failed += 1

    def _write(self, item: Input, pieces: Iterator[bytes]) -> None:
        target = self.places.target(item)
        if target is None:
            for data in pieces:
                sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        file = NewFile(target)
        try:
            for data in pieces:
                file.write(data)
            file.finish()
        finally:
            file.discard()

    def _pieces(self, item: Input, stream: BinaryIO) -> Iterator[bytes]:
        """Yield the restored bytes of each piece."""
        if item.form == PLAIN:
            yield self._file(item, stream.read())
            return
        for piece in item.format.read(stream, self.reading):
            if piece.error is not None:
                messages.fail(f"{item.path}:{piece.line}: {piece.error}; kept as it is")
            yield self._record(item, piece) if piece.fields else piece.raw

    def _file(self, item: Input, raw: bytes) -> bytes:
        """Return the source of a plain text. Its encoding is what the log says."""
        record = find_record(item, Piece(raw, ((None, ""),)), self.log, self.chosen)
        if record is None:
            raise InputError(
                f"{self.log.path} has no record of a file with these bytes; "
                "it was changed since, or another log has it"
            )
        (piece,) = item.format.read(io.BytesIO(raw), options_for_record(record))
        self._count(record)
        return undo_piece(piece, item.format, record)

    def _record(self, item: Input, piece: Piece) -> bytes:
        """Return the source of a record; one that the log does not have was not changed by it."""
        try:
            record = find_record(item, piece, self.log, self.chosen)
            if record is None:
                raise InputError(
                    f"{self.log.path} has no record of these texts; they were changed since"
                )
            self._count(record)
            return undo_piece(piece, item.format, record)
        except (InputError, LogError) as error:
            raise InputError(f"{item.path}:{piece.line}: {error}") from None

    def _count(self, record: Record) -> None:
        substitutions = record.get("substitutions")
        self.documents += 1
        self.restored += len(substitutions) if isinstance(substitutions, list) else 0

    def summary(self, failed: int) -> str:
        """Return what was done, in one line."""
        count = messages.count
        parts = [
            f"{count(self.documents, 'document')}, {count(self.restored, 'substitution')} undone"
        ]
        if failed:
            parts.append(f"{count(failed, 'output')} failed")
        if self.log.broken:
            parts.append(f"{count(self.log.broken, 'line')} of the log passed over, not records")
        return "; ".join(parts)

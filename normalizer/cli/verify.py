"""Compare an output with what the log says of it.

Without the source only a substitution that is no longer in place can be
pointed at; with it, any difference.
"""

from __future__ import annotations

import io
import os

from normalizer.cli import messages
from normalizer.cli.dispatch import FAILED, FOUND
from normalizer.cli.inputs import Input, find_inputs
from normalizer.cli.options import add_reading_options, read_options
from normalizer.cli.records import (
    add_log_options,
    find_record,
    options_for_log,
    options_for_record,
    record_of_changed,
)
from normalizer.errors import InputError, LogError, UsageError
from normalizer.formats.documents import field_digests, verify_piece
from normalizer.formats.log_file import LogIndex
from normalizer.formats.pieces import Piece
from normalizer.formats.registry import PLAIN
from normalizer.log import texts_of
from normalizer.reports.located import Lines, show

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalizer.cli.arguments import Options, Parser
    from normalizer.formats.pieces import ReadOptions
    from normalizer.log import Difference
    from normalizer.normalizing.result import Record

EXAMPLES = (
    "normalizer verify out/draft.txt --log out/normalizer-log.jsonl",
    "normalizer verify out/draft.txt --log out/normalizer-log.jsonl --source draft.txt",
)


def add_arguments(parser: Parser) -> None:
    """Add the options of this verb."""
    parser.add_argument("output", metavar="OUTPUT", help="the output, or - for standard input")
    add_log_options(parser)
    parser.add_argument("--source", metavar="FILE", help="what the output was made from")
    add_reading_options(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="print differences only")


def main(options: Options) -> int:
    """Print the first difference; the exit code is 1 if there is one."""
    if options.source == "-" == options.output:
        raise UsageError("only one of output and source can be standard input")
    (output,) = _open([options.output], options) or (None,)
    (source,) = (_open([options.source], options) or (None,)) if options.source else (None,)
    if output is None or (options.source and source is None):
        return FAILED
    with LogIndex(options.log) as log:
        check = Check(log, options_for_log(read_options(options), options, log), options.id)
        compare = check.file if output.form == PLAIN else check.lines
        try:
            place = compare(output, source)
        except (InputError, LogError) as error:
            raise InputError(messages.with_path(output.path, str(error))) from None
    if place is not None:
        print(place)
        return FOUND
    if not options.quiet:
        messages.say(
            f"{output.path}: as the log says, {messages.count(check.documents, 'document')}"
        )
    return 0


def _open(arguments: list[str], options: Options) -> list[Input]:
    if os.path.isdir(arguments[0]):
        raise UsageError(f"{arguments[0]}: is a folder; verify one file at a time")
    return find_inputs(arguments, options.format).files


class Check:
    """One comparison: what it works with, and how many documents were compared."""

    def __init__(self, log: LogIndex, reading: ReadOptions, chosen: str | None) -> None:
        self.log = log
        self.reading = reading
        self.chosen = chosen
        self.documents = 0

    def file(self, output: Input, source: Input | None) -> str | None:
        """Return the first difference of a plain text as ``path:line:column: …``, or None."""
        raw = _bytes_of(output)
        original = Piece(_bytes_of(source), ((None, ""),)) if source is not None else None
        record = self._record(output, Piece(raw, ((None, ""),)), original)
        reading = options_for_record(record)
        (piece,) = output.format.read(io.BytesIO(raw), reading)
        if original is not None:
            (original,) = output.format.read(io.BytesIO(original.raw), reading)
        self.documents += 1
        found = self._compare(piece, record, original)
        if found is None:
            return None
        line, column = Lines(str(piece.fields[0][1])).place(found.offset)
        return _describe(f"{output.path}:{line}:{column}", found)

    def lines(self, output: Input, source: Input | None) -> str | None:
        """Return the first difference of a file of records, or None."""
        sources = self._pieces(source) if source is not None else {}
        with output.open() as stream:
            for piece in output.format.read(stream, self.reading):
                found = self._line(output, piece, sources.get(piece.line))
                if found is not None:
                    return found
        return None

    def _pieces(self, source: Input) -> dict[int, Piece]:
        with source.open() as stream:
            return {piece.line: piece for piece in source.format.read(stream, self.reading)}

    def _line(self, output: Input, piece: Piece, source: Piece | None) -> str | None:
        """Return the first difference of a record, or None."""
        if piece.error is not None:
            return f"{output.path}:{piece.line}:1: {piece.error}"
        if not piece.fields:
            return None
        self.documents += 1
        found = self._compare(piece, self._record(output, piece, source), source)
        if found is None:
            return None
        return _describe(f"{output.path}:{piece.line}:{found.offset + 1}: {found.field}", found)

    def _compare(self, piece: Piece, record: Record, source: Piece | None) -> Difference | None:
        digests = field_digests(piece)
        known = texts_of(record)
        if all(name in known and known[name][1] == value for name, value in digests.items()):
            return None
        return verify_piece(piece, record, source)

    def _record(self, output: Input, piece: Piece, source: Piece | None) -> Record:
        record = find_record(output, piece, self.log, self.chosen) or record_of_changed(
            output, piece, source, self.log, self.chosen
        )
        if record is None:
            where = f"{output.path}:{piece.line}" if piece.line else output.path
            raise InputError(f"{where}: {self.log.path} has no record of it; name one with --id")
        return record


def _bytes_of(item: Input) -> bytes:
    with item.open() as stream:
        return stream.read()


def _describe(place: str, found: Difference) -> str:
    expected = f"; expected {show(found.expected)!r}, found {show(found.found)!r}"
    return f"{place}: {found.message}{expected if found.expected or found.found else ''}"

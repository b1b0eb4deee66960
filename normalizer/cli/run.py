"""Rewrite text to the glossary's spelling, and log every substitution.

A file is written only when all of it could be read. In place, the log has a
document's line before the file is replaced, so that every change can be undone.
"""

from __future__ import annotations

import os
import sys

from normalizer.cli import messages
from normalizer.cli.dispatch import FAILED
from normalizer.cli.inputs import each, find_inputs
from normalizer.cli.options import (
    add_decision_options,
    add_glossary_options,
    add_input_options,
    normalizer_of,
    read_options,
)
from normalizer.cli.outputs import Places, add_output_options, refuse_overwriting
from normalizer.errors import InputError, LogError
from normalizer.formats.documents import normalize_piece
from normalizer.formats.files import NewFile
from normalizer.formats.log_file import LogFile, Spool
from normalizer.log import to_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

    from normalizer.cli.arguments import Options, Parser
    from normalizer.cli.inputs import Input
    from normalizer.formats.documents import Outcome
    from normalizer.formats.pieces import Piece, ReadOptions
    from normalizer.normalizing.normalizer import CompiledNormalizer

EXAMPLES = (
    "normalizer run draft.txt -o out",
    "normalizer run articles --in-place",
    "normalizer run --format jsonl --text-field body --log log.jsonl - < in.jsonl > out.jsonl",
)


def add_arguments(parser: Parser) -> None:
    """Add the options of this verb."""
    add_input_options(parser)
    add_output_options(parser)
    parser.add_argument(
        "--log",
        metavar="FILE",
        help="the log to append to (normalizer-log.jsonl beside the outputs, or here if in place)",
    )
    parser.add_argument(
        "--on-error",
        choices=("stop", "keep", "skip"),
        default="stop",
        help="jsonl: what becomes of a broken line: stop before it (the default), keep it as it "
        "is, or skip it",
    )
    add_glossary_options(parser)
    add_decision_options(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")


def main(options: Options) -> int:
    """Normalize the inputs; the exit code is 3 if some failed."""
    reading = read_options(options)
    places = Places(options)
    log_path = places.log_path(options.log)
    leave_out = {os.path.realpath(path) for path in (places.folder, log_path) if path}
    inputs = find_inputs(options.inputs, options.format, leave_out)
    refuse_overwriting(inputs.files, places, log_path)
    normalizer = normalizer_of(options)
    log = LogFile(log_path) if log_path is not None and inputs.files else None
    job = Job(normalizer, reading, places, log, options.on_error)
    each(inputs.files, quiet=options.quiet, action=job.process)
    job.failed += inputs.failed
    if log is not None:
        log.close()
    if not options.quiet:
        messages.say(job.summary(inputs.skipped))
    return FAILED if job.failed or job.broken else 0


class Job:
    """One run: what it works with, and what it has done so far."""

    def __init__(
        self,
        normalizer: CompiledNormalizer,
        reading: ReadOptions,
        places: Places,
        log: LogFile | None,
        on_error: str,
    ) -> None:
        self.normalizer = normalizer
        self.reading = reading
        self.places = places
        self.log = log
        self.on_error = on_error
        self.documents = self.substitutions = self.suggestions = self.failed = self.broken = 0

    def process(self, item: Input) -> None:
        """Normalize one input; tell and count it if it fails."""
        try:
            target = self.places.target(item)
            with item.open() as stream:
                if target is None:
                    self._filter(item, stream)
                else:
                    self._rewrite(item, stream, target)
        except InputError as error:
            messages.fail(messages.with_path(item.path, str(error)))
            self.failed += 1
        except BrokenPipeError:
            raise
        except OSError as error:
            messages.fail(messages.of_os_error(error, item.path))
            self.failed += 1

    def _filter(self, item: Input, stream: BinaryIO) -> None:
        """Write each document to standard output as soon as it is done."""
        if sys.stdout is None:
            raise InputError("standard output is closed; give -o")
        output = sys.stdout.buffer
        for piece in item.format.read(stream, self.reading):
            outcome = self._normalize(item, piece)
            if isinstance(outcome, bytes):
                output.write(outcome)
                continue
            self._append(to_line(outcome.record))
            output.write(outcome.data)
            output.flush()
        output.flush()

    def _rewrite(self, item: Input, stream: BinaryIO, target: str) -> None:
        """Write a file when all its documents are done and logged."""
        file, spool = NewFile(target), Spool()
        changed = not self.places.in_place
        before = self._counts()
        try:
            for piece in item.format.read(stream, self.reading):
                outcome = self._normalize(item, piece)
                data = outcome if isinstance(outcome, bytes) else outcome.data
                changed = changed or data != piece.raw
                file.write(data)
                if not isinstance(outcome, bytes):
                    spool.add(to_line(outcome.record))
            file.close()
            for lines in spool.lines():
                self._append(lines)
            if changed:
                if self.log is not None and self.places.in_place:
                    self.log.sync()
                file.finish()
        except BaseException as error:
            self._set_counts(before)
            if isinstance(error, OSError) and error.filename is None:
                error.filename = target
            raise
        finally:
            file.discard()
            spool.close()

    def _normalize(self, item: Input, piece: Piece) -> Outcome | bytes:
        """Return what becomes of a piece: the outcome of a document, else the bytes to write."""
        if piece.error is not None:
            message = f"{item.path}:{piece.line}: {piece.error}"
            if self.on_error == "stop":
                raise InputError(message)
            messages.fail(message)
            self.broken += 1
            return piece.raw if self.on_error == "keep" else b""
        if not piece.fields:
            return piece.raw
        name = piece.id or (f"{item.name}:{piece.line}" if piece.line else item.name)
        outcome = normalize_piece(piece, item.format, self.normalizer, name)
        self.documents += 1
        for result in outcome.results:
            for finding in result.findings:
                self.substitutions += finding.action == "rewrite"
                self.suggestions += finding.action == "suggest"
        return outcome

    def _append(self, lines: bytes) -> None:
        if self.log is None:
            return
        try:
            self.log.append(lines)
        except OSError as error:
            raise LogError(
                f"{self.log.path}: the log cannot be written: {error.strerror}; "
                "the document at hand was left as it is"
            ) from None

    def _counts(self) -> tuple[int, ...]:
        return self.documents, self.substitutions, self.suggestions

    def _set_counts(self, counts: tuple[int, ...]) -> None:
        self.documents, self.substitutions, self.suggestions = counts

    def summary(self, skipped: int) -> str:
        """Return what was done, in one line."""
        count = messages.count
        substitutions = count(self.substitutions, "substitution")
        parts = [
            f"{count(self.documents, 'document')}, {substitutions}, "
            f"{count(self.suggestions, 'suggestion')}"
        ]
        if self.failed:
            parts.append(f"{count(self.failed, 'input')} failed")
        if self.broken:
            done = "kept as they are" if self.on_error == "keep" else "skipped"
            parts.append(f"{count(self.broken, 'broken line')} {done}")
        if skipped:
            parts.append(f"{count(skipped, 'file')} of another kind left out")
        if self.log is not None:
            parts.append(f"log: {self.log.path}")
        elif self.substitutions:
            parts.append(f"{substitutions} went unlogged, --log FILE logs them")
        return "; ".join(parts)

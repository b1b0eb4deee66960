"""Say what would be rewritten, and change nothing."""

from __future__ import annotations

import sys

from normalizer.cli import messages
from normalizer.cli.dispatch import FAILED, FOUND
from normalizer.cli.inputs import find_inputs
from normalizer.cli.options import (
    add_decision_options,
    add_glossary_options,
    add_input_options,
    normalizer_of,
    read_options,
)
from normalizer.errors import InputError
from normalizer.formats.documents import find
from normalizer.reports.colors import wants_color
from normalizer.reports.located import Lines, Located
from normalizer.reports.registry import REPORTS, load_report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normalizer.cli.arguments import Options, Parser
    from normalizer.cli.inputs import Input
    from normalizer.formats.pieces import Piece, ReadOptions
    from normalizer.normalizing.normalizer import CompiledNormalizer

EXAMPLES = (
    "normalizer check draft.txt",
    "normalizer check articles --fail-on suggest --output json",
)


def add_arguments(parser: Parser) -> None:
    """Add the options of this verb."""
    add_input_options(parser)
    parser.add_argument(
        "--output", choices=tuple(REPORTS), default="text", help="how findings are written (text)"
    )
    parser.add_argument("--kept", action="store_true", help="show what is kept for a reason, too")
    parser.add_argument(
        "--fail-on",
        choices=("rewrite", "suggest", "never"),
        default="rewrite",
        help="exit with 1 if a rewrite is due (the default), if one is suggested too, or never",
    )
    add_glossary_options(parser)
    add_decision_options(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="print findings and errors only")


def main(options: Options) -> int:
    """Print the findings; the exit code is 1 if a rewrite is due, 3 if an input failed."""
    reading = read_options(options)
    inputs = find_inputs(options.inputs, options.format)
    scan = Scan(normalizer_of(options), reading, kept=options.kept)
    scan.failed = inputs.failed
    report = load_report(options.output)
    for line in report.render(scan.findings(inputs.files), color=wants_color(sys.stdout)):
        print(line)
    if not options.quiet:
        messages.say(scan.summary())
    if scan.failed:
        return FAILED
    due = {"rewrite": scan.rewrites, "suggest": scan.rewrites + scan.suggestions, "never": 0}
    return FOUND if due[options.fail_on] else 0


class Scan:
    """One look over the inputs, and what it has seen so far."""

    def __init__(self, normalizer: CompiledNormalizer, reading: ReadOptions, *, kept: bool) -> None:
        self.normalizer = normalizer
        self.reading = reading
        self.shown = ("rewrite", "suggest", "keep") if kept else ("rewrite", "suggest")
        self.documents = self.rewrites = self.suggestions = self.failed = 0

    def findings(self, inputs: Iterable[Input]) -> Iterator[Located]:
        """Yield the findings to show of all inputs; tell and count inputs that fail."""
        for item in inputs:
            try:
                with item.open() as stream:
                    for piece in item.format.read(stream, self.reading):
                        yield from self._of_piece(item, piece)
            except InputError as error:
                self._fail(item, str(error))
            except BrokenPipeError:
                raise
            except OSError as error:
                messages.fail(messages.of_os_error(error, item.path))
                self.failed += 1

    def _fail(self, item: Input, message: str) -> None:
        messages.fail(f"{item.path}: {message}")
        self.failed += 1

    def _of_piece(self, item: Input, piece: Piece) -> Iterator[Located]:
        if piece.error is not None:
            messages.fail(f"{item.path}:{piece.line}: {piece.error}")
            self.failed += 1
            return
        self.documents += bool(piece.fields)
        results = find(piece, self.normalizer) if piece.fields else []
        for (field, text), result in zip(piece.fields, results, strict=True):
            shown = [finding for finding in result.findings if finding.action in self.shown]
            lines = Lines(text) if shown and not piece.line else None
            for finding in shown:
                self.rewrites += finding.action == "rewrite"
                self.suggestions += finding.action == "suggest"
                yield Located(
                    path=item.path,
                    id=piece.id or (f"{item.name}:{piece.line}" if piece.line else item.name),
                    field=field,
                    start=_place(lines, piece.line, finding.start),
                    end=_place(lines, piece.line, finding.end),
                    finding=finding,
                )

    def summary(self) -> str:
        """Return what was seen, in one line."""
        count = messages.count
        parts = [
            f"{count(self.documents, 'document')}, {count(self.rewrites, 'rewrite')} due, "
            f"{count(self.suggestions, 'suggestion')}"
        ]
        if self.failed:
            parts.append(f"{count(self.failed, 'problem')} with the input")
        return "; ".join(parts)


def _place(lines: Lines | None, line: int, offset: int) -> tuple[int, int]:
    """Return line and column: of a text, or of a field whose record begins in a line."""
    return lines.place(offset) if lines is not None else (line, offset + 1)

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
from normalizer.cli.scanning import Pieces, Places, id_of
from normalizer.formats.documents import find
from normalizer.reports.colors import wants_color
from normalizer.reports.located import Located
from normalizer.reports.registry import REPORTS, load_report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from normalizer.cli.arguments import Options, Parser
    from normalizer.cli.inputs import Input
    from normalizer.formats.pieces import Piece
    from normalizer.normalizing.normalizer import CompiledNormalizer
    from normalizer.normalizing.result import Finding
    from normalizer.suggesting.suggester import Suggester

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
    parser.add_argument(
        "--similar",
        action="store_true",
        help="also suggest unlisted spellings, as suggest does; so it is with --fail-on suggest",
    )
    parser.add_argument(
        "--no-similar", action="store_true", help="suggest no unlisted spellings in any case"
    )
    add_glossary_options(parser)
    add_decision_options(parser)
    parser.add_argument("-q", "--quiet", action="store_true", help="print findings and errors only")


def main(options: Options) -> int:
    """Print the findings; the exit code is 1 if a rewrite is due, 3 if an input failed."""
    reading = read_options(options)
    inputs = find_inputs(options.inputs, options.format)
    normalizer = normalizer_of(options)
    pieces = Pieces(inputs.files, reading, inputs.failed)
    scan = Scan(normalizer, _suggester(normalizer, options), kept=options.kept)
    report = load_report(options.output)
    for line in report.render(scan.findings(pieces), color=wants_color(sys.stdout)):
        print(line)
    if not options.quiet:
        messages.say(pieces.summary(scan.summary()))
    if pieces.failed:
        return FAILED
    due = {"rewrite": scan.rewrites, "suggest": scan.rewrites + scan.suggestions, "never": 0}
    return FOUND if due[options.fail_on] else 0


def _suggester(normalizer: CompiledNormalizer, options: Options) -> Suggester | None:
    """Return what finds unlisted spellings, or None: that takes as long to start as all the rest.

    So they are looked for only if asked for, or if all suggestions count.
    """
    if options.no_similar or not (options.similar or options.fail_on == "suggest"):
        return None
    from normalizer.suggesting.suggester import Suggester

    return Suggester(normalizer)


class Scan:
    """One look over the inputs, and what it has seen so far."""

    def __init__(
        self, normalizer: CompiledNormalizer, suggester: Suggester | None, *, kept: bool
    ) -> None:
        self.normalizer = normalizer
        self.suggester = suggester
        self.shown = ("rewrite", "suggest", "keep") if kept else ("rewrite", "suggest")
        self.rewrites = self.suggestions = 0

    def findings(self, pieces: Iterable[tuple[Input, Piece]]) -> Iterator[Located]:
        """Yield the findings to show of all inputs."""
        for item, piece in pieces:
            for (field, text), found in zip(piece.fields, self._found(piece), strict=True):
                shown = [finding for finding in found if finding.action in self.shown]
                places = Places(text, piece) if shown else None
                for finding in shown:
                    assert places is not None
                    self.rewrites += finding.action == "rewrite"
                    self.suggestions += finding.action == "suggest"
                    yield Located(
                        path=item.path,
                        id=id_of(item, piece),
                        field=field,
                        start=places.of(finding.start),
                        end=places.of(finding.end),
                        finding=finding,
                    )

    def _found(self, piece: Piece) -> list[list[Finding]]:
        """Return the findings in each field of a document, and what is similar."""
        if not piece.fields:
            return []
        found = [result.findings for result in find(piece, self.normalizer)]
        if self.suggester is None:
            return found
        texts = [text for _, text in piece.fields]
        for number, text in enumerate(texts):
            context = (*texts[:number], *texts[number + 1 :])
            similar = self.suggester.suggest(text, context=context)
            found[number] = sorted(
                [*found[number], *(suggestion.as_finding() for suggestion in similar)],
                key=lambda finding: finding.start,
            )
        return found

    def summary(self) -> str:
        """Return what was found, for the summary."""
        count = messages.count
        return f"{count(self.rewrites, 'rewrite')} due, {count(self.suggestions, 'suggestion')}"

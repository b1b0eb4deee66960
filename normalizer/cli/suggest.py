"""Find names that are probably a known entry in a spelling that nobody listed.

Nothing is changed. Each suggestion has a score from 0 to 1, the known spelling
that is nearest, and in what the two differ; ``glossary add`` makes one a variant.
"""

from __future__ import annotations

import sys
from json import dumps

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
from normalizer.cli.scanning import Pieces, Place, Places, id_of
from normalizer.errors import UsageError
from normalizer.reports.colors import BOLD, DIM, YELLOW, paint, wants_color
from normalizer.reports.located import show

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from normalizer.cli.arguments import Options, Parser
    from normalizer.cli.inputs import Input
    from normalizer.formats.pieces import Piece
    from normalizer.suggesting.suggester import Suggester, Suggestion

EXAMPLES = (
    "normalizer suggest draft.txt",
    "normalizer suggest articles --threshold 0.95 --output json",
)


def add_arguments(parser: Parser) -> None:
    """Add the options of this verb."""
    add_input_options(parser)
    parser.add_argument(
        "--threshold",
        metavar="SCORE",
        help="the least score of a suggestion, from 0 to 1 (0.88)",
    )
    parser.add_argument(
        "--output",
        choices=("text", "json"),
        default="text",
        help="how suggestions are written (text)",
    )
    add_glossary_options(parser)
    add_decision_options(parser)
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="print suggestions and errors only"
    )


def main(options: Options) -> int:
    """Print the suggestions; the exit code is 1 if there are any, 3 if an input failed."""
    from normalizer.suggesting.suggester import THRESHOLD, Suggester

    threshold = THRESHOLD if options.threshold is None else _threshold(options.threshold)
    reading = read_options(options)
    inputs = find_inputs(options.inputs, options.format)
    suggester = Suggester(normalizer_of(options), threshold=threshold)
    pieces = Pieces(inputs.files, reading, inputs.failed)
    write = _as_json if options.output == "json" else _as_text
    count = 0
    last: Suggestion | None = None
    for item, piece in pieces:
        for field, found, start, end in suggestions_of(piece, suggester):
            print(write(item, piece, field, found, start, end))
            last = found
            count += 1
    if not options.quiet:
        hint = f"; to accept: {_accepting(last, options)}" if last else ""
        messages.say(pieces.summary(messages.count(count, "suggestion")) + hint)
    if pieces.failed:
        return FAILED
    return FOUND if count else 0


def _accepting(suggestion: Suggestion, options: Options) -> str:
    """Return the command that makes a suggestion a variant of its entry."""
    from shlex import join

    glossary = options.glossary[-1] if options.glossary else "shipped"
    words = ("add", suggestion.entry, *suggestion.spelling.split(), "--glossary", glossary)
    return join(("normalizer", "glossary", *words))


def suggestions_of(
    piece: Piece, suggester: Suggester
) -> Iterator[tuple[str | None, Suggestion, Place, Place]]:
    """Yield the suggestions for each field of a document, with where they begin and end."""
    texts = [text for _, text in piece.fields]
    for number, (field, text) in enumerate(piece.fields):
        context = (*texts[:number], *texts[number + 1 :])
        found = suggester.suggest(text, context=context)
        places = Places(text, piece) if found else None
        for suggestion in found:
            assert places is not None
            yield field, suggestion, places.of(suggestion.start), places.of(suggestion.end)


def _threshold(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UsageError(f'--threshold is "{text}"; expected a number from 0 to 1, such as 0.9')
    return value


def _as_text(
    item: Input, piece: Piece, field: str | None, found: Suggestion, start: Place, end: Place
) -> str:
    color = wants_color(sys.stdout)
    place = paint(f"{show(item.path)}:{start[0]}:{start[1]}:", BOLD, color=color)
    name = f" {show(field)}:" if field is not None else ""
    typed = paint(show(found.found), YELLOW, color=color)
    nearest = f"; nearest {show(found.nearest)}" if found.nearest != found.replacement else ""
    why = f"({found.entry}, {found.score:.2f}: {found.reason}{nearest})"
    return f"{place}{name} {typed} -> {show(found.replacement)} {paint(why, DIM, color=color)}"


def _as_json(
    item: Input, piece: Piece, field: str | None, found: Suggestion, start: Place, end: Place
) -> str:
    facts = {
        "path": item.path,
        "line": start[0],
        "column": start[1],
        "end_line": end[0],
        "end_column": end[1],
        "id": id_of(item, piece),
    }
    return dumps(facts | found.to_dict(field), ensure_ascii=False)

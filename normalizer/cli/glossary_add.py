"""Add a spelling to an entry's variants, where the entry is written.

Comments and format of the file stay. Nothing is written if the glossary would
not load with the variant, as when the spelling belongs to another entry. The
glossary has to be named, so that none is edited by mistake.
"""

from __future__ import annotations

from normalizer.cli import messages
from normalizer.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalizer.cli.arguments import Options, Parser

EXAMPLES = (
    "normalizer glossary add oslo Oslow --glossary ours",
    'normalizer glossary add oslo Oslou --glossary ours --action suggest --note "a French paper"',
)


def add_arguments(parser: Parser) -> None:
    """Add the options of this verb."""
    parser.add_argument(
        "words",
        nargs="+",
        metavar="ENTRY SPELLING",
        help="the id of an entry, then the spelling, which may be several words",
    )
    parser.add_argument(
        "--action",
        choices=("rewrite", "suggest"),
        default="rewrite",
        help="what becomes of the spelling in a text (rewrite)",
    )
    parser.add_argument("--note", metavar="TEXT", help="where it was seen, or what is to be known")
    parser.add_argument(
        "--glossary",
        action="append",
        required=True,
        metavar="PATH",
        help="the glossary file or folder to edit, or the word shipped; repeated, they merge",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="print errors only")


def main(options: Options) -> int:
    """Add a variant; raises ``UsageError`` or ``GlossaryError`` if that cannot be."""
    from normalizer.curating.adding import add_variant
    from normalizer.curating.linting import load_glossary
    from normalizer.formats.files import NewFile

    entry_id, *words = options.words
    if not " ".join(words).strip():
        raise UsageError("the spelling is missing; give an id and a spelling: kinzhal Kinzshal")
    glossary = load_glossary(*options.glossary, check=False)
    made = add_variant(
        glossary, entry_id, " ".join(words), action=options.action, note=options.note
    )
    file = NewFile(made.path)
    try:
        file.write(made.data)
        file.finish()
    finally:
        file.discard()
    if not options.quiet:
        spelling = " ".join(" ".join(words).split())
        messages.say(f"{made.path}:{made.line}: {entry_id} has the variant {spelling}")
    return 0

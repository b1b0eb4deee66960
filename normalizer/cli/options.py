"""Options that several verbs share, and what they become."""

from __future__ import annotations

from normalizer.errors import UsageError
from normalizer.formats.encoding import encoding_name
from normalizer.formats.pieces import ReadOptions
from normalizer.formats.registry import FORMATS, known_endings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalizer.cli.arguments import Options, Parser
    from normalizer.normalizing.normalizer import CompiledNormalizer


def add_input_options(parser: Parser) -> None:
    """Add the inputs, and how they are read."""
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help=f"a file, a folder (its files with the endings {known_endings()}), or - for "
        "standard input",
    )
    add_reading_options(parser)


def add_reading_options(parser: Parser) -> None:
    """Add how files are read: format, encoding, fields."""
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        help="the format of all inputs; without it their endings tell, else text",
    )
    parser.add_argument(
        "--encoding", default="utf-8", metavar="NAME", help="the encoding of the inputs (utf-8)"
    )
    parser.add_argument(
        "--text-field",
        action="append",
        dest="text_fields",
        metavar="NAME",
        help="jsonl: a field to rewrite, or a path such as meta.title; may be repeated (text)",
    )
    parser.add_argument(
        "--id-field",
        default="id",
        metavar="NAME",
        help="jsonl: the field that names the record in the log (id)",
    )


def add_glossary_options(parser: Parser) -> None:
    """Add which glossary is used and how."""
    parser.add_argument(
        "--glossary",
        action="append",
        default=[],
        metavar="PATH",
        help="a glossary file or folder instead of the shipped one; repeated, they merge, and "
        "the word shipped stands for the shipped one",
    )
    parser.add_argument(
        "--profile", default="house", metavar="NAME", help="the house style (house)"
    )
    parser.add_argument(
        "--disable",
        action="append",
        default=[],
        metavar="ID",
        help="leave out the entry with this id; may be repeated",
    )


def add_decision_options(parser: Parser) -> None:
    """Add the settings of deciding."""
    parser.add_argument(
        "--quotes",
        choices=("rewrite", "suggest", "keep"),
        help="what becomes of findings inside quotations (the profile's setting, else rewrite)",
    )
    parser.add_argument(
        "--hashtags",
        choices=("keep", "rewrite"),
        help="what becomes of findings in hashtags (the profile's setting, else keep)",
    )


def joined(words: list[str], empty: str) -> str:
    """Return a name given in several words as one text; ``UsageError`` says that it is empty."""
    text = " ".join(" ".join(words).split())
    if not text:
        raise UsageError(empty)
    return text


def read_options(options: Options) -> ReadOptions:
    """Return how files are read; raises ``UsageError`` for an unknown encoding or no field."""
    fields = tuple(dict.fromkeys(options.text_fields or ("text",)))
    if "" in fields:
        raise UsageError("--text-field is empty; name a field")
    return ReadOptions(
        encoding=encoding_name(options.encoding),
        text_fields=fields,
        id_field=options.id_field,
    )


def normalizer_of(options: Options) -> CompiledNormalizer:
    """Return the normalizer that the options ask for."""
    from normalizer.cache import open_normalizer

    return open_normalizer(
        options.glossary,
        profile=options.profile,
        quotes=options.quotes,
        hashtags=options.hashtags,
        disable=options.disable,
    )

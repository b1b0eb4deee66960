"""Tell how a name is written under each romanization system, or which system wrote it so.

With --reverse, NAME is a Latin form: printed are the entries whose source
form gives it, and by which systems. Exit code 1 if nothing is found.
"""

from __future__ import annotations

import json
import sys

from normalizer.cli import messages
from normalizer.cli.dispatch import FOUND
from normalizer.cli.options import add_glossary_options, joined
from normalizer.errors import UsageError
from normalizer.reports.colors import BOLD, DIM, paint, wants_color

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from normalizer.cli.arguments import Options, Parser

EXAMPLES = (
    "normalizer romanize Кинжал --language ru",
    "normalizer romanize Зеленський --scheme ua-ukrainian-2010",
    "normalizer romanize --reverse Kinjal --language ru",
)


def add_arguments(parser: Parser) -> None:
    """Add the options of this verb."""
    parser.add_argument(
        "name", nargs="+", metavar="NAME", help="a name in its own script; with --reverse in Latin"
    )
    parser.add_argument(
        "--language",
        metavar="CODE",
        help="the language of the name, such as ru, uk, ko; needed where its letters do not tell",
    )
    parser.add_argument("--scheme", metavar="NAME", help="only the form of this scheme")
    parser.add_argument(
        "--person", action="store_true", help="it is a personal name: for Korean, in two parts"
    )
    parser.add_argument(
        "--reverse", action="store_true", help="which entries and schemes give this Latin form"
    )
    parser.add_argument("--json", action="store_true", help="print JSON Lines instead of a table")
    add_glossary_options(parser)


def main(options: Options) -> int:
    """Print the forms of a name, or where a form comes from."""
    name = joined(options.name, "the name is empty; give one, such as Кинжал")
    return _reverse(name, options) if options.reverse else _forward(name, options)


def _forward(name: str, options: Options) -> int:
    from normalizer.romanize import registry
    from normalizer.romanize.deriving import table_of
    from normalizer.romanize.engine import Refusal

    if options.scheme:
        chosen = [registry.scheme(options.scheme)]
    else:
        chosen = list(registry.schemes(options.language or _language_of(name)))
    rows = []
    refused = ""
    for scheme, forms in table_of(name, chosen, person=options.person):
        if isinstance(forms, Refusal):
            refused = refused or str(forms)
        else:
            rows.append((scheme.name, scheme.words, forms))
    if not rows:
        messages.fail(refused)
        return FOUND
    if options.json:
        for scheme_name, words, forms in rows:
            _print_json({"scheme": scheme_name, "words": words, "forms": list(forms)})
    elif options.scheme:
        print("\n".join(rows[0][2]))
    else:
        _print_table([(forms[0], name, words, forms[1:]) for name, words, forms in rows])
    return 0


def _language_of(name: str) -> str:
    """Return the only language whose schemes take a name; else say which might be meant."""
    from normalizer.romanize import registry
    from normalizer.romanize.deriving import forms_of

    fit = [code for code in registry.languages() if forms_of(name, code)]
    if len(fit) == 1 and not name.isascii():
        return fit[0]
    known = ", ".join(registry.languages())
    if not fit or name.isascii():
        raise UsageError(f'"{name}" is in no script of the languages {known}; check its letters')
    raise UsageError(f'"{name}" may be {" or ".join(fit)}; say which with --language')


def _reverse(form: str, options: Options) -> int:
    from normalizer.curating.linting import load_glossary
    from normalizer.romanize import registry
    from normalizer.romanize.deriving import derive, plain_letters

    if options.language is not None:
        registry.schemes(options.language)
    glossary = load_glossary(*options.glossary, disable=options.disable, check=False)
    wanted = plain_letters(form)
    found: dict[tuple[str, str, str, str], dict[str, None]] = {}
    for entry in glossary:
        for made in derive(entry, every_scheme=True):
            if plain_letters(made.text) == wanted and options.language in (None, made.language):
                key = entry.id, entry.canonical, made.source, made.language
                found.setdefault(key, {})[made.scheme] = None
    color = wants_color(sys.stdout)
    for (entry_id, canonical, source, language), schemes in found.items():
        if options.json:
            _print_json(
                {"entry": entry_id, "source": source, "language": language, "schemes": [*schemes]}
            )
            continue
        print(f"{paint(form, BOLD, color=color)}: {source} ({language}), {canonical}, {entry_id}")
        for name in schemes:
            words = registry.scheme(name).words
            print(f"  {name}  {paint(words, DIM, color=color)}")
    if not found:
        messages.fail(f'no source form of an entry gives "{form}" under any scheme')
        return FOUND
    return 0


def _print_table(rows: Sequence[tuple[str, str, str, Sequence[str]]]) -> None:
    color = wants_color(sys.stdout)
    first = max(len(row[0]) for row in rows) + 2
    second = max(len(row[1]) for row in rows) + 2
    for form, scheme, words, others in rows:
        also = f"; also {', '.join(others)}" if others else ""
        head = paint(form, BOLD, color=color) + " " * (first - len(form))
        print(f"{head}{scheme:<{second}}{paint(words + also, DIM, color=color)}")


def _print_json(value: dict[str, object]) -> None:
    print(json.dumps(value, ensure_ascii=False))

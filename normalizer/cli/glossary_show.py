"""Print one entry in full, by its id or one of its spellings."""

from __future__ import annotations

import json

from normalizer.cli import messages
from normalizer.cli.dispatch import FOUND
from normalizer.cli.options import add_glossary_options, joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalizer.cli.arguments import Options, Parser
    from normalizer.curating.lookup import NameIndex
    from normalizer.glossary.entry import Entry
    from normalizer.glossary.loading import Glossary

EXAMPLES = ("normalizer glossary show kinzhal", "normalizer glossary show Kinjal --json")


def add_arguments(parser: Parser) -> None:
    """Add the options of this verb."""
    parser.add_argument(
        "entry", nargs="+", metavar="ENTRY", help="an id, or a spelling in any case or script"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of YAML")
    add_glossary_options(parser)


def main(options: Options) -> int:
    """Print an entry; the exit code is 1 if there is none."""
    from normalizer.curating.formatting import format_entry
    from normalizer.curating.linting import load_glossary
    from normalizer.curating.lookup import NameIndex

    wanted = joined(options.entry, "the entry is empty; give an id or a spelling")
    glossary = load_glossary(*options.glossary, disable=options.disable, check=False)
    index = NameIndex(glossary)
    entries = _find(wanted, glossary, index)
    if not entries:
        messages.fail(f'no entry "{wanted}"; {messages.did_you_mean(index.near(wanted))}')
        return FOUND
    for number, entry in enumerate(entries):
        if options.json:
            print(json.dumps(entry.raw, ensure_ascii=False))
        else:
            print("\n" * bool(number) + format_entry(entry.raw), end="")
    return 0


def _find(wanted: str, glossary: Glossary, index: NameIndex) -> list[Entry]:
    entry = glossary.get(wanted)
    if entry is not None:
        return [entry]
    return list({name.entry.id: name.entry for name in index.find(wanted)}.values())

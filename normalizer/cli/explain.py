"""Tell which entry a spelling belongs to, by which rule, and why.

The normalizer is asked first; then the names of all entries, whatever their
case, marks or script. Exit code 1 if nothing is found.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from normalizer.cache import open_normalizer
from normalizer.cli import messages
from normalizer.cli.dispatch import FOUND
from normalizer.cli.options import add_glossary_options, joined
from normalizer.curating.lookup import Name, NameIndex
from normalizer.reports.colors import wants_color

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalizer.cli.arguments import Options, Parser
    from normalizer.glossary.entry import Entry
    from normalizer.glossary.loading import Glossary
    from normalizer.normalizing.result import Finding

EXAMPLES = (
    "normalizer explain Kinjal",
    'normalizer explain "Kim Jong-un"',
    "normalizer explain Кинжал",
)


def add_arguments(parser: Parser) -> None:
    """Add the options of this verb."""
    parser.add_argument(
        "spelling", nargs="+", metavar="SPELLING", help="a spelling, in any case or script"
    )
    parser.add_argument(
        "--language",
        metavar="CODE",
        help="only entries with a name in this language, such as ru, uk, ko",
    )
    add_glossary_options(parser)


def main(options: Options) -> int:
    """Explain a spelling; the exit code is 1 if no entry has it."""
    from normalizer.curating.linting import load_glossary
    from normalizer.reports.explanation import explain

    spelling = joined(options.spelling, "the spelling is empty; give one, such as Kinjal")
    normalizer = open_normalizer(options.glossary, profile=options.profile, disable=options.disable)
    glossary = load_glossary(*options.glossary, disable=options.disable, check=False)
    index = NameIndex(glossary)
    findings = normalizer.normalize(spelling).findings
    color = wants_color(sys.stdout)
    shown = 0
    for entry, finding, names in _answers(spelling, glossary, findings, index):
        if options.language is None or options.language in entry.source:
            if shown:
                print()
            for line in explain(spelling, entry, finding, names, color=color):
                print(line)
            shown += 1
    if shown:
        return 0
    hint = messages.did_you_mean(index.near(spelling))
    messages.fail(f'"{spelling}" belongs to no entry; {hint}')
    return FOUND


def _answers(
    spelling: str, glossary: Glossary, findings: list[Finding], index: NameIndex
) -> Iterator[tuple[Entry, Finding | None, list[Name]]]:
    """Yield each entry once: those that the normalizer found, then those with such a name."""
    names = index.find(spelling)
    seen: set[str] = set()
    for finding in findings:
        for entry_id in (finding.entry, *finding.also):
            entry = glossary.get(entry_id)
            if entry is not None and entry.id not in seen:
                seen.add(entry.id)
                yield entry, finding, [name for name in names if name.entry is entry]
    for name in names:
        if name.entry.id not in seen:
            seen.add(name.entry.id)
            yield name.entry, None, [other for other in names if other.entry is name.entry]

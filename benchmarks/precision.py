"""Precision: every distinct rewrite and suggestion in real texts, to be read by a person.

    python benchmarks/precision.py texts.jsonl --people ofac_person_aliases.tsv --output found.tsv

The glossary is the shipped one, with an entry for each person of a table of official spellings
(columns ``ent_num``, ``primary``; the primary one as SURNAME, Given). The table that is written
has a row for each: count, action, reason, rule, scheme, found, replacement, entry, two contexts
and a verdict. Verdicts are ``right`` or ``wrong: why``; those of an earlier table
(``--verdicts``) are kept.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from normalizer.glossary.entry import Entry, Name  # noqa: E402
from normalizer.glossary.loading import load, make_glossary  # noqa: E402
from normalizer.normalizing.api import Normalizer  # noqa: E402
from normalizer.suggesting.suggester import Suggester  # noqa: E402

COLUMNS = (
    "count", "action", "reason", "rule", "scheme", "found", "replacement", "entry", "first",
    "second", "verdict",
)  # fmt: skip
BESIDE = 60  # code points of context on each side


class Key(NamedTuple):
    """What makes a rewrite or suggestion distinct."""

    action: str
    reason: str
    rule: str
    scheme: str
    found: str
    replacement: str
    entry: str


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path, help="JSON Lines with a field text")
    parser.add_argument("--people", type=Path, help="official spellings of persons, tab-separated")
    parser.add_argument("--verdicts", type=Path, help="an earlier table, whose verdicts are kept")
    parser.add_argument("--output", type=Path, required=True, help="the table to write")
    arguments = parser.parse_args()
    shipped = load()
    added = list(people(arguments.people)) if arguments.people else []
    glossary = make_glossary([*shipped.entries, *added], shipped.profiles.values())
    normalizer = Normalizer(glossary)
    suggester = Suggester(normalizer)
    verdicts = read_verdicts(arguments.verdicts) if arguments.verdicts else {}
    contexts: dict[Key, list[str]] = {}
    counts: dict[Key, int] = {}
    with arguments.texts.open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            for start, end, key in findings(text, normalizer, suggester):
                counts[key] = counts.get(key, 0) + 1
                shown = contexts.setdefault(key, [])
                if len(shown) < 2:
                    shown.append(" ".join(text[max(0, start - BESIDE) : end + BESIDE].split()))
    with arguments.output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, dialect="excel-tab")
        writer.writerow(COLUMNS)
        for key in sorted(counts, key=lambda key: (key.action, key.rule, -counts[key], key)):
            shown = [*contexts[key], "", ""][:2]
            writer.writerow([counts[key], *key, *shown, verdicts.get(key, "")])
    print(f"{len(glossary):,} entries ({len(added):,} of the table), {len(counts):,} rows")


def people(path: Path) -> Iterator[Entry]:
    """Yield an entry for each person of a table: the primary spelling, and no variants."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, dialect="excel-tab", quoting=csv.QUOTE_NONE)
        primary = {row["ent_num"]: row["primary"] for row in rows}
    for number, spelling in primary.items():
        family, _, given = (part.strip().title() for part in spelling.partition(","))
        if family.isalpha() and given.replace(" ", "").isalpha():
            yield Entry(
                id=f"ofac-{number}",
                kind="person",
                canonical=f"{given} {family}",
                name=Name(given=given, family=family),
                short="suggest",
            )


def findings(
    text: str, normalizer: Normalizer, suggester: Suggester
) -> Iterator[tuple[int, int, Key]]:
    """Yield what is rewritten, suggested because it is derived, or similar."""
    for finding in normalizer.normalize(text).findings:
        if finding.action == "rewrite" or finding.reason == "derived":
            yield (
                finding.start,
                finding.end,
                Key(
                    finding.action,
                    finding.reason or "",
                    finding.rule,
                    finding.scheme or "",
                    finding.found,
                    finding.replacement,
                    finding.entry,
                ),
            )
    for made in suggester.suggest(text):
        key = Key("suggest", "similar", "similar", "", made.found, made.replacement, made.entry)
        yield made.start, made.end, key


def read_verdicts(path: Path) -> dict[Key, str]:
    """Return the verdicts of a table that was read before."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            Key(*(row[column] for column in Key._fields)): row["verdict"]
            for row in csv.DictReader(file, dialect="excel-tab")
            if row["verdict"]
        }


if __name__ == "__main__":
    main()

"""Suggestions: how fast they are, how many held spellings they find, and how many are right.

    python benchmarks/suggesting.py speed [--corpus texts.jsonl] [--entries 300,100000]
    python benchmarks/suggesting.py held [--glossary PATH] [--corpus texts.jsonl] [--show]
    python benchmarks/suggesting.py forms latin_variants.tsv [--least 2] [--show]

``speed``: megabytes of text a second, in generated glossaries and texts, or in a
JSON Lines file with a text field. Each article is new to the suggester, then met again.

``held``: a part of the variants of each entry is taken out of the glossary in turn, and each
is written into an article, persons in full. What is suggested there counts as right if it is
the held spelling with its entry; all else that is suggested in the articles counts as wrong.

``forms``: a file with a source form and its Latin spellings with counts a line, apart by a
tab. The most frequent spelling becomes the canonical form of an entry; the others are looked
for, by rules and by suggestion, in a record that names the entry elsewhere.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import names, texts  # noqa: E402
from benchmarks.measuring import peak  # noqa: E402
from benchmarks.soak import git_commit  # noqa: E402
from normalizer.glossary.entry import Entry, Variant  # noqa: E402
from normalizer.glossary.loading import Glossary, load, make_glossary  # noqa: E402
from normalizer.normalizing.api import Normalizer  # noqa: E402
from normalizer.romanize.telling import known_forms  # noqa: E402
from normalizer.suggesting.suggester import THRESHOLD, Suggester, Suggestion  # noqa: E402

Facts = dict[str, Any]


def main() -> int:
    """Measure what is asked for, print it, and write a record if asked to."""
    options = _parser().parse_args()
    facts: Facts = options.measure(options)
    if options.save:
        facts |= {"commit": git_commit(), "date": datetime.now(UTC).date().isoformat()}
        options.save.mkdir(parents=True, exist_ok=True)
        path = options.save / f"suggesting-{options.what}-{facts['date']}.json"
        path.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
        print(f"wrote {path}", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="what", required=True)
    speed = verbs.add_parser("speed", help="megabytes of text a second")
    speed.add_argument("--entries", default="300,100000", help="numbers of entries (300,100000)")
    speed.add_argument("--articles", type=int, default=1000, help="articles of 3 kB (1000)")
    speed.set_defaults(measure=measure_speed)
    held = verbs.add_parser("held", help="held spellings found, and how many suggestions are right")
    held.add_argument("--glossary", default="shipped", help="a glossary (the shipped one)")
    held.add_argument("--parts", type=int, default=4, help="one variant in so many is held (4)")
    held.set_defaults(measure=measure_held)
    forms = verbs.add_parser("forms", help="attested spellings of single names found")
    forms.add_argument("file", type=Path, help="source form, tab, spelling:count ...")
    forms.add_argument("--least", type=int, default=2, help="least count of a spelling (2)")
    forms.add_argument("--endings", help="only source forms that a pattern finds")
    forms.set_defaults(measure=measure_forms)
    for verb in (speed, held):
        verb.add_argument("--corpus", type=Path, help="JSON Lines with a text field")
    for verb in (speed, held, forms):
        verb.add_argument("--save", type=Path, metavar="DIR", help="write a dated record there")
        verb.add_argument("--show", action="store_true", help="list what is missed and wrong")
        verb.add_argument("--threshold", type=float, default=THRESHOLD, help=f"({THRESHOLD})")
    return parser


# --- speed ---------------------------------------------------------------------------------------


def measure_speed(options: argparse.Namespace) -> Facts:
    """Return megabytes a second for each number of entries."""
    rng = Random("suggesting")
    rows = []
    for count in map(int, options.entries.split(",")):
        generated = names.generate(count * 4)[:count]
        normalizer = Normalizer(make_glossary(names.entries(generated)))
        del generated
        gc.collect()
        before = peak()
        started = time.process_time()
        suggester = Suggester(normalizer, threshold=options.threshold)
        row: Facts = {"entries": count, "index_seconds": time.process_time() - started}
        row["index_bytes"] = peak() - before
        known_forms()  # a list that is read when the first candidate asks for it
        gc.freeze()
        if options.corpus:
            articles = texts.read_articles(options.corpus, options.articles)
        else:
            articles = texts.english(rng, options.articles)
        size = sum(len(text.encode()) for text in articles)
        for name in ("new", "again"):
            started = time.process_time()
            found = sum(len(suggester.suggest(text)) for text in articles)
            row[name] = size / (time.process_time() - started) / 1e6
            row["suggestions"] = found
        row["bytes"] = size
        rows.append(row)
        print(
            f"{count:>8,} entries: {row['new']:6.1f} MB/s new, {row['again']:6.1f} MB/s again, "
            f"{size / 1e6:.1f} MB, {row['suggestions']:,} suggestions; index "
            f"{row['index_seconds']:.2f} s, {row['index_bytes'] / 1e6:.0f} MB"
        )
    return {"rows": rows}


# --- held spellings ------------------------------------------------------------------------------


class Held(NamedTuple):
    """A spelling taken out of an entry."""

    entry: str
    text: str


def measure_held(options: argparse.Namespace) -> Facts:
    """Return how many held spellings are found and how many suggestions are right."""
    glossary = load(options.glossary)
    articles = _articles(options)
    counts = dict.fromkeys(("held", "found already", "found", "right", "wrong"), 0)
    missed: list[str] = []
    wrong: list[str] = []
    for part in range(options.parts):
        held, smaller = _hold(glossary, part, options.parts)
        normalizer = Normalizer(smaller)
        suggester = Suggester(normalizer, threshold=options.threshold)
        for number, item in enumerate(held):
            article = articles[(number + part * 97) % len(articles)]
            at = article.find(" ", len(article) // 2) + 1
            text = f"{article[:at]}{item.text} {article[at:]}"
            span = (at, at + len(item.text))
            counts["held"] += 1
            if any(
                f.start < span[1] and span[0] < f.end for f in normalizer.normalize(text).findings
            ):
                counts["found already"] += 1
                continue
            right = False
            for suggestion in suggester.suggest(text):
                if _is_right(suggestion, span, item):
                    right = True
                else:
                    counts["wrong"] += 1
                    wrong.append(f"{suggestion!r} near {suggestion.nearest}")
            counts["found"] += right
            counts["right"] += right
            if not right:
                missed.append(f"{item.text} ({item.entry})")
    left = counts["held"] - counts["found already"]
    suggested = max(counts["right"] + counts["wrong"], 1)
    print(
        f"{counts['held']} held spellings, {counts['found already']} of them found by rules still; "
        f"of {left} left {counts['found'] / max(left, 1):.1%} suggested; "
        f"{counts['right'] / suggested:.1%} of the suggestions right"
    )
    if options.show:
        print("missed:", *missed, sep="\n  ")
        print("wrong:", *sorted(set(wrong)), sep="\n  ")
    return {**counts, "missed": missed, "wrong_suggestions": wrong}


def _articles(options: argparse.Namespace) -> list[str]:
    if options.corpus:
        return texts.read_articles(options.corpus, 400)
    return texts.english(Random("suggesting"), 400)


def _hold(glossary: Glossary, part: int, parts: int) -> tuple[list[Held], Glossary]:
    """Return a part of the variants, and the glossary without them."""
    held: list[Held] = []
    entries = []
    count = 0
    for entry in glossary.entries:
        kept: list[Variant] = []
        for variant in entry.variants:
            count += 1
            if count % parts == part and _is_spelling(variant):
                held.append(Held(entry.id, variant.text))
            else:
                kept.append(variant)
        entries.append(replace(entry, variants=tuple(kept)))
    return held, make_glossary(entries, glossary.profiles.values())


def _is_spelling(variant: Variant) -> bool:
    """Tell whether a variant is a spelling in words, not a designation or an acronym."""
    return not any(char.isdigit() for char in variant.text) and len(variant.text) > 4


def _is_right(suggestion: Suggestion, span: tuple[int, int], item: Held) -> bool:
    overlaps = suggestion.start < span[1] and span[0] < suggestion.end
    return overlaps and suggestion.entry == item.entry


# --- attested forms ------------------------------------------------------------------------------


def measure_forms(options: argparse.Namespace) -> Facts:
    """Return how many attested spellings of names are suggested for the right name."""
    rows = list(_attested(options.file, options.least, options.endings))
    entries = [
        Entry(id=f"n{number}", kind="place", canonical=forms[0][0].capitalize(), raw={"id": number})
        for number, forms in enumerate(rows)
    ]
    owners: dict[str, set[str]] = {}
    for number, forms in enumerate(rows):
        for form, _ in forms:
            owners.setdefault(form, set()).add(f"n{number}")
    normalizer = Normalizer(make_glossary(entries))
    suggester = Suggester(normalizer, threshold=options.threshold)
    counts = dict.fromkeys(("forms", "found", "other", "weight", "weight_found"), 0)
    missed = []
    for forms in rows:
        for form, weight in forms[1:]:
            mine = owners[form]
            context = " ".join(f"We know {entries[int(owner[1:])].canonical}." for owner in mine)
            text = f"{form.capitalize()} is it."
            found = {s.entry for s in suggester.suggest(text, context=(context,))}
            found.update(f.entry for f in normalizer.normalize(text).findings)
            counts["forms"] += 1
            counts["weight"] += weight
            counts["other"] += bool(found - mine)
            if found & mine:
                counts["found"] += 1
                counts["weight_found"] += weight
            else:
                missed.append(f"{form} ({forms[0][0]})")
    print(
        f"{counts['forms']} forms besides the most frequent of {len(rows)} names: "
        f"{counts['found'] / max(counts['forms'], 1):.1%} found, "
        f"{counts['weight_found'] / max(counts['weight'], 1):.1%} by count; "
        f"{counts['other'] / max(counts['forms'], 1):.1%} taken for another name"
    )
    if options.show:
        print("missed:", *missed, sep="\n  ")
    return {**counts, "names": len(rows), "missed": missed}


def _attested(path: Path, least: int, endings: str | None) -> Iterator[list[tuple[str, int]]]:
    """Yield the spellings of each name with their counts, the most frequent first."""
    for line in path.read_text("utf-8").splitlines()[1:]:
        source, spelled = line.split("\t")
        if endings and not re.search(endings, source):
            continue
        forms = []
        for item in spelled.split():
            form, _, count = item.rpartition(":")
            if form.isalpha() and len(form) > 2 and int(count) >= least:
                forms.append((form, int(count)))
        if forms:
            yield forms


if __name__ == "__main__":
    sys.exit(main())

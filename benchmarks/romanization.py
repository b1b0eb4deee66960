"""Romanization: samples reproduced, and attested spellings that derivation yields.

    python benchmarks/romanization.py --samples samples.tsv --russian variants_ru.tsv \
        --ukrainian spellings_uk.tsv --korean variants_ko.tsv --arabic variants_ar.tsv --save record

``--samples``: a table with the columns system, source and latin. The variants: a name part
and its Latin spellings with their counts (``смирнов<TAB>smirnov:38 smirnow:2``). The
Ukrainian table has the columns source_spelling, correct and incorrect (`` | `` between).

Spellings are compared by their letters a-z, with marks stripped. For Russian, name parts
count that have three letters or more before one of the common endings of surnames and
patronymics. A spelling collides if it is attested for another source form only.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from normalizer.romanize import registry  # noqa: E402
from normalizer.romanize.engine import Refusal, spellings  # noqa: E402

RUSSIAN_PARTS = re.compile(r".{3,}(ов|ев|ёв|ский|цкий|енко|ович|евич|ова|ева|ская|чук|нюк)")
#: Languages of the samples (ISO 639-2 and -3, in the names of systems) to those of the schemes.
LANGUAGES = {
    "rus": ("ru",), "ukr": ("uk",), "bel": ("be",), "bul": ("bg",), "srp": ("sr",), "mkd": ("mk",),
    "kor": ("ko",), "fas": ("fa",), "per": ("fa",), "prs": ("prs", "fa"), "ara": ("ar",),
    "kat": ("ka",),
}  # fmt: skip

Deriving = Callable[[str], set[str]]
Variants = dict[str, Counter[str]]
Owners = dict[str, set[str]]


def main() -> int:
    """Measure what was asked for, print it, and write the record."""
    options = _parser().parse_args()
    lines = [f"# Romanization, {datetime.now(UTC):%Y-%m-%d}", ""]
    if options.samples:
        lines += sample_table(options.samples, misses=options.misses)
    for name in ("russian", "korean", "arabic"):
        if path := getattr(options, name):
            lines += variant_table(name, read_variants(path), options)
    if options.ukrainian:
        lines += ukrainian_table(options.ukrainian)
    report = "\n".join(lines)
    print(report)
    if options.save:
        options.save.mkdir(parents=True, exist_ok=True)
        path = options.save / f"romanization-{datetime.now(UTC):%Y-%m-%d}.md"
        path.write_text(report + "\n", encoding="utf-8")
        print(f"wrote {path}", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("samples", "russian", "ukrainian", "korean", "arabic"):
        parser.add_argument(f"--{name}", type=Path, metavar="TSV")
    parser.add_argument("--misses", action="store_true", help="list what is not reproduced")
    parser.add_argument("--save", type=Path, metavar="DIR", help="folder of the dated record")
    return parser


# --- samples -------------------------------------------------------------------------------------


def sample_table(path: Path, *, misses: bool) -> list[str]:
    """Return, by system, how many samples the scheme that fits it best reproduces."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    systems: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        systems.setdefault(row["system"], []).append((row["source"], row["latin"]))
    lines = ["| system | scheme | samples | own form | letters a-z |", "|---|---|--:|--:|--:|"]
    missed = []
    for system, samples in sorted(systems.items()):
        names = candidates(system)
        if not names:
            continue
        scheme = best_scheme(names, system, samples)
        own = [(s, latin) for s, latin in samples if same(own_form(s, scheme), latin)]
        near = sum(letters(own_form(s, scheme)) == letters(latin) for s, latin in samples)
        lines.append(f"| {system} | {scheme} | {len(samples)} | {len(own)} | {near} |")
        missed += [
            f"- {system}: {s} {latin}, not {own_form(s, scheme)}"
            for s, latin in samples
            if (s, latin) not in own
        ]
    return [*lines, "", *(missed if misses else []), ""]


def candidates(system: str) -> list[str]:
    """Return the schemes of the language of a system."""
    codes = next((LANGUAGES[part] for part in system.split("-") if part in LANGUAGES), ())
    known = registry.languages()
    return [scheme.name for code in codes if code in known for scheme in registry.schemes(code)]


def best_scheme(names: list[str], system: str, samples: list[tuple[str, str]]) -> str:
    """Return the scheme of a system's authority and year, else the one that fits it best."""
    authority, *_, year = system.split("-")
    own = [name for name in names if name.replace("-", "").startswith(authority) and year in name]

    def fit(name: str) -> tuple[int, int]:
        made = [(own_form(source, name), latin) for source, latin in samples]
        return (
            sum(same(ours, latin) for ours, latin in made),
            sum(letters(ours) == letters(latin) for ours, latin in made),
        )

    return max(own or names, key=fit)


def own_form(source: str, name: str) -> str:
    """Return the own form of a scheme, of a person's name if it has conventions; or nothing."""
    try:
        return spellings(source, registry.scheme(name))[0]
    except Refusal:
        return ""


def same(ours: str, latin: str) -> bool:
    """Tell whether two forms are equal; samples of scripts without case may lack capitals."""
    ours, latin = (unicodedata.normalize("NFC", text.strip()) for text in (ours, latin))
    return ours == latin or (latin == latin.lower() and ours.lower() == latin)


# --- attested spellings --------------------------------------------------------------------------


class Recall:
    """What is derived, counted against what is attested, over many name parts."""

    def __init__(self) -> None:
        self.parts = self.forms = self.found = self.seen = self.seen_found = 0
        self.derived = self.derived_letters = self.colliding = 0
        self.missed: list[str] = []

    def add(self, source: str, attested: Counter[str], ours: set[str], owners: Owners) -> None:
        """Count one name part: its attested spellings, ours, and whose each spelling is."""
        plain = {letters(form) for form in ours} - {""}
        hits = {form: n for form, n in attested.items() if letters(form) in plain}
        self.parts += 1
        self.forms += len(attested)
        self.found += len(hits)
        self.seen += attested.total()
        self.seen_found += sum(hits.values())
        self.derived += len(ours)
        self.derived_letters += len(plain)
        self.colliding += sum(form in owners and source not in owners[form] for form in plain)
        self.missed += [
            f"{source} {form}:{attested[form]}" for form in attested if form not in hits
        ]

    def row(self, title: str) -> str:
        """Return the row of the table."""
        cells = (
            title,
            self.parts,
            self.forms,
            f"{self.found} ({self.found / max(self.forms, 1):.1%})",
            f"{self.seen_found / max(self.seen, 1):.1%}",
            f"{self.derived_letters / max(self.parts, 1):.1f}",
            f"{self.derived / max(self.parts, 1):.1f}",
            f"{self.colliding / max(self.derived_letters, 1):.2%}",
        )
        return f"| {' | '.join(map(str, cells))} |"


def variant_table(name: str, variants: Variants, options: argparse.Namespace) -> list[str]:
    """Return recall and precision over one language's name parts."""
    language = {"russian": "ru", "korean": "ko", "arabic": "ar"}[name]
    asked = [s for s in variants if name != "russian" or RUSSIAN_PARTS.fullmatch(s)]
    lines = [
        f"| {name} | parts | forms | found | by count | derived, a-z | derived | colliding |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    contestants: dict[str, Deriving] = {"these schemes": lambda part: derived(part, language)}
    if name == "russian":
        contestants |= rivals()
    missed: list[str] = []
    for title, derive in contestants.items():
        started = time.process_time()
        recall = measure(variants, asked, derive)
        lines.append(recall.row(f"{title} ({time.process_time() - started:.1f} s)"))
        missed = missed or recall.missed
    return [*lines, "", *([f"Missed: {', '.join(missed)}"] if options.misses else []), ""]


def measure(variants: Variants, asked: Iterable[str], derive: Deriving) -> Recall:
    """Compare what is derived for each name part with what is attested."""
    owners: Owners = {}
    for source, forms in variants.items():
        for form in forms:
            owners.setdefault(letters(form), set()).add(source)
    recall = Recall()
    for source in asked:
        recall.add(source, variants[source], derive(source), owners)
    return recall


def read_variants(path: Path) -> Variants:
    """Read name parts with their Latin spellings and counts."""
    variants: Variants = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        source, _, forms = line.partition("\t")
        pairs = (form.rsplit(":", 1) for form in forms.split())
        variants[source] = Counter({form: int(count) for form, count in pairs})
    return variants


def derived(part: str, language: str) -> set[str]:
    """Return every spelling of a name part by every scheme of a language."""
    found: set[str] = set()
    for scheme in registry.schemes(language):
        try:
            found.update(spellings(part, scheme))
        except Refusal:
            continue
    return found


def rivals() -> dict[str, Deriving]:
    """Return the union of iuliia's schemas, if it is installed."""
    try:
        iuliia = importlib.import_module("iuliia")
    except ImportError:
        return {}
    schemas = [getattr(iuliia, name) for name in iuliia.__all__ if name.isupper() and name != "UZ"]
    return {"union of iuliia": lambda part: {schema.translate(part) for schema in schemas}}


def ukrainian_table(path: Path) -> list[str]:
    """Return the share of the right and of the wrong spellings that derivation yields."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = ["| ukrainian | forms | found |", "|---|--:|--:|"]
    for column in ("correct", "incorrect"):
        forms = found = 0
        for row in rows:
            ours = {letters(form) for form in derived(row["source_spelling"], "uk")}
            theirs = {letters(form) for form in row[column].split(" | ") if form}
            forms += len(theirs)
            found += len(theirs & ours)
        lines.append(f"| {column} | {forms} | {found} ({found / max(forms, 1):.1%}) |")
    return [*lines, ""]


def letters(text: str) -> str:
    """Return the letters a-z of a spelling, in small letters and without marks.

    >>> letters("Vasil’evič")
    'vasilevic'
    """
    folded = unicodedata.normalize("NFKD", text.lower()).replace("ł", "l")
    return "".join(char for char in folded if "a" <= char <= "z")


if __name__ == "__main__":
    sys.exit(main())

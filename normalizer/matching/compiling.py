"""From a Glossary and a profile to the compiled tables.

Rows first (every spelling of every entry), then the dress of each row, then one
key for each fold of a surface. The order of the tables depends only on what the
entries say, never on the order in which they were read.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from normalizer._version import __version__
from normalizer.errors import UsageError
from normalizer.glossary.entry import Entry, Name
from normalizer.glossary.loading import Glossary, Profile
from normalizer.matching.compiled import ACTIONS, EXACT, FULL_ONLY, NO_LOWER, Compiled
from normalizer.matching.folding import key_of
from normalizer.matching.persons import MAX_PART
from normalizer.matching.surfaces import (
    CANONICAL,
    CODE_BITS,
    DERIVED,
    DESIGNATION,
    EVERY_CASE,
    FAMILY,
    GIVEN,
    LISTED,
    PROFILE,
    RENAME,
    SOURCE,
    WHOLE,
    case_of,
    codes_of,
    dresses_of,
    forms_in_case,
    pluralize,
    split_edges,
    surface,
)
from normalizer.romanize.languages import ALPHABETIC
from normalizer.text.characters import APOSTROPHES, MAX_SPACE, strip_marks
from normalizer.text.english import is_english_word
from normalizer.text.tokens import joined_after, spans

#: A derived row is worth less than one that a person wrote.
_PRIORITY = {CANONICAL: 0, LISTED: 1, RENAME: 2, PROFILE: 3, SOURCE: 4, DERIVED: 5}
_MAX_COMPOSED = 200  # composed spellings of one surface


class Row(NamedTuple):
    """One spelling of one entry. ``full_only``: a family name that is sure in a full name only."""

    text: str
    role: int
    rule: int
    action: str = "rewrite"
    scheme: str | None = None
    full_only: bool = False


class Prepared(NamedTuple):
    """An entry with its rows under one profile."""

    entry: Entry
    canonical: str
    name: Name | None
    case: str
    plural: bool
    rows: list[Row]


def compile_glossary(glossary: Glossary, profile: str = "house") -> Compiled:
    """Return the tables of a glossary under a profile.

    Raises ``UsageError`` for a profile that the glossary does not have.
    """
    chosen = glossary.profiles.get(profile)
    if chosen is None:
        known = ", ".join(sorted(glossary.profiles))
        raise UsageError(f'no profile "{profile}"; this glossary has {known}')
    prepared = [prepare(entry, chosen) for entry in glossary.entries]
    _yield_to_written(prepared)
    _compose(prepared)
    return _Tables(glossary.digest, chosen).build(prepared)


def prepare(entry: Entry, profile: Profile, *, written_only: bool = False) -> Prepared:
    """Return an entry's rows under a profile, without composed ones.

    ``written_only`` leaves out the derived ones too.
    """
    canonical = canonical_form(entry, profile)
    name = entry.name and _name_of(canonical, entry.name)
    case = entry.case or case_of(canonical)
    plural = entry.plural
    if plural is None:
        plural = canonical[-1:].isdigit() and DESIGNATION.search(canonical) is not None
    rows: dict[tuple[int, str], Row] = {}
    made = list(_rows(entry, canonical, name, profile))
    if entry.source and not written_only and (name is not None or entry.name is None):
        made += _designations(entry)
        made += _derived(entry, name)
    if isinstance(plural, str):
        made.append(Row(plural, WHOLE, CANONICAL))
    if name and any(row.role == WHOLE for row in made):
        made.append(Row(canonical, WHOLE, CANONICAL))
    dressed: set[tuple[int, str]] = set()
    for row in sorted(made, key=_row_order):  # derived ones last
        if row.rule != DERIVED:
            dressed.update((row.role, form) for form in _case_forms(row.text, case))
        elif (row.role, row.text) in dressed:
            continue
        rows.setdefault((row.role, row.text), row)
    has_plural = bool(plural) and not _ends_open(canonical)
    return Prepared(entry, canonical, name, case, has_plural, list(rows.values()))


def canonical_form(entry: Entry, profile: Profile) -> str:
    """Return the form that an entry takes in a profile: its own, or what a scheme makes of it."""
    form = entry.forms.get(profile.name)
    derives = not entry.conventional and entry.derive != "off"
    if form is None and profile.schemes and entry.source and derives:
        from normalizer.romanize.deriving import scheme_form

        form = scheme_form(entry, profile.schemes)
    return form or entry.canonical


def _row_order(row: Row) -> tuple[bool, bool, int, str]:
    return row.rule == DERIVED, row.action != "rewrite", _PRIORITY[row.rule], row.text


def _rows(entry: Entry, canonical: str, name: Name | None, profile: Profile) -> Iterator[Row]:
    yield from _spelling(canonical, name, CANONICAL)
    listed = {variant.text for variant in entry.variants}  # which say what is to become of them
    for form in (entry.canonical, *entry.forms.values()):
        if form != canonical and form not in listed:
            yield from _spelling(form, name, PROFILE)
    for variant in entry.variants:
        if variant.text != canonical:
            yield from _spelling(variant.text, name, LISTED, variant.action)
    if entry.id in profile.renames:
        for other in entry.other_names:
            yield Row(other.text, WHOLE, RENAME)


def _designations(entry: Entry) -> Iterator[Row]:
    """Yield the source forms that are looked for: designations in Cyrillic between Latin words."""
    for language in ALPHABETIC:
        for form in entry.source.get(language, ()):
            if DESIGNATION.search(form):
                yield Row(form, WHOLE, SOURCE)


def _derived(entry: Entry, name: Name | None) -> Iterator[Row]:
    """Yield the rows that schemes give, apart from words, plurals and the entry's other names.

    Nothing where PyYAML, which reads the schemes, cannot be had (a browser).
    """
    try:
        from normalizer.romanize import deriving
        from normalizer.romanize.telling import ENGLISH_WORD, why_not_telling
    except ImportError:
        return
    others = {key_of(other.text) for other in entry.other_names}
    for form in deriving.derive(entry, name):
        text = form.text
        own = entry.canonical if form.part == deriving.WHOLE or name is None else name.family
        if key_of(text) in others or text == pluralize(own):
            continue
        sure = form.language in ALPHABETIC and entry.derive != "suggest"
        if form.part == deriving.GIVEN:
            yield Row(text, GIVEN, DERIVED, _action(sure), form.scheme)
        elif form.part == deriving.FAMILY:
            alone = why_not_telling(text, form.source) is None
            yield Row(text, FAMILY, DERIVED, _action(sure), form.scheme, not alone)
        elif name is not None:
            yield from _spelling(text, name, DERIVED, _action(sure), form.scheme)
        else:
            why = why_not_telling(text, form.source) if len(spans(text)) == 1 else None
            if why != ENGLISH_WORD:
                yield Row(text, WHOLE, DERIVED, _action(sure and why is None), form.scheme)


def _action(sure: bool) -> str:
    return "rewrite" if sure else "suggest"


def _spelling(
    text: str, name: Name | None, rule: int, action: str = "rewrite", scheme: str | None = None
) -> Iterator[Row]:
    """Yield the rows of one spelling: whole, or a person's family and given name apart."""
    parts = split_name(text, name) if name else None
    if parts is None:
        yield Row(text, WHOLE, rule, action, scheme)
        return
    given, family = parts
    yield Row(family, FAMILY, rule, action, scheme)
    if given:
        yield Row(given, GIVEN, rule, action, scheme)


def split_name(text: str, name: Name) -> tuple[str, str] | None:
    """Split a person's spelling into given and family name; None if it has other parts.

    A single word that is not the family name itself is a spelling of the family
    name. A part with other punctuation than hyphens and apostrophes inside is none.

    >>> split_name("Dmitri Peskov", Name(given="Dmitry", family="Peskov"))
    ('Dmitri', 'Peskov')
    >>> split_name("Kim Jong-un", Name(given="Jong Un", family="Kim", order="family-first"))
    ('Jong-un', 'Kim')
    """
    words = text.split()
    families = len(name.family.split())
    givens = len(name.given.split())
    if len(words) == families and not (name.order == "family-first" and len(words) > 1):
        return ("", text) if text != name.family and _is_part(text) else None
    if name.order == "family-first":
        if not families < len(words) <= families + 3:
            return None
        parts = " ".join(words[families:]), " ".join(words[:families])
    elif len(words) != families + givens:
        return None
    else:
        parts = " ".join(words[:givens]), " ".join(words[givens:])
    return parts if all(_is_part(part) for part in parts) else None


def _is_part(part: str) -> bool:
    """Tell whether a name part is a few words joined as words of a name are."""
    words = spans(part)
    if not words or len(words) > MAX_PART or words[0][0] or words[-1][1] != len(part):
        return False
    return len(joined_after(part, words[0][1], MAX_PART)) == len(words) - 1


def _name_of(form: str, name: Name) -> Name | None:
    parts = split_name(form, name)
    if parts is None or not parts[0]:
        return None
    if parts == (name.given, name.family):
        return name
    return Name(given=parts[0], family=parts[1], patronymic=name.patronymic, order=name.order)


def _yield_to_written(prepared: list[Prepared]) -> None:
    """Let derived rows give way to other entries' own spellings: a written one counts more.

    A whole name is dropped, a family name stays as a part of full names.
    """
    owners: dict[tuple[int, bytes], str] = {}
    for item in prepared:
        for row in item.rows:
            if row.rule != DERIVED:
                owners[row.role, key_of(row.text)] = item.entry.id
    for item in prepared:
        kept = []
        for row in item.rows:
            if not _is_of_other(row, item.entry.id, owners):
                kept.append(row)
            elif row.role == FAMILY:
                kept.append(row._replace(full_only=True))
        item.rows[:] = kept


def _is_of_other(row: Row, own: str, owners: dict[tuple[int, bytes], str]) -> bool:
    """Tell whether another entry has written what a row derives."""
    if row.rule != DERIVED or row.role == GIVEN:
        return False
    key = key_of(row.text)
    roles = (WHOLE,) if row.role == FAMILY else (WHOLE, FAMILY)
    return any(owners.get((role, key), own) != own for role in roles)


def _compose(prepared: list[Prepared]) -> None:
    """Add the spellings that come of another entry's canonical form inside a surface."""
    spellings: dict[tuple[str, ...], list[str]] = {}
    for item in prepared:
        texts = [
            row.text for row in item.rows if row.rule in (LISTED, PROFILE) and row.role == WHOLE
        ]
        if item.name:
            texts = [
                v.text
                for v in item.entry.variants
                if v.action == "rewrite" and split_name(v.text, item.name)
            ]
        if texts and item.case != "word" and not item.entry.needs:
            known = spellings.setdefault(tuple(item.canonical.split()), [])
            known += (text for text in texts if text not in known)
    longest = max(map(len, spellings), default=0)
    for item in prepared:
        have = {(row.role, row.text) for row in item.rows}
        for row in list(item.rows):
            if row.role == WHOLE and " " in row.text:
                for text in _composed(row.text, spellings, longest):
                    if (WHOLE, text) not in have:
                        have.add((WHOLE, text))
                        rule = LISTED if row.rule == CANONICAL else row.rule
                        item.rows.append(Row(text, WHOLE, rule, row.action))


def _composed(
    text: str, spellings: dict[tuple[str, ...], list[str]], longest: int
) -> Iterable[str]:
    words = text.split(" ")
    made: list[str] = []
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            if end - start < len(words):
                for spelling in spellings.get(tuple(words[start:end]), ()):
                    made.append(" ".join([*words[:start], spelling, *words[end:]]))
    return made[:_MAX_COMPOSED]


class _Tables:
    """Builds the tables; lives for one compilation."""

    def __init__(self, digest: str, profile: Profile) -> None:
        self.meta = {
            "glossary": digest,
            "profile": profile.name,
            "quotes": profile.quotes,
            "hashtags": profile.hashtags,
            "version": __version__,
        }
        self.schemes: dict[str, int] = {}
        self.texts: list[bytes] = []
        self.size = 0
        self.row_text = array("Q")
        self.row_entry = array("I")
        self.row_kind = array("H")
        self.row_scheme = array("H")
        self.keys: dict[bytes, int | list[int]] = {}

    def build(self, prepared: list[Prepared]) -> Compiled:
        """Fill all tables and return them; empties ``prepared``."""
        stable = _Stability(prepared)
        facts: list[bytes] = []
        fact_end = array("Q")
        end = 0
        for index, item in enumerate(prepared):
            packed = marshal.dumps(_facts(item, stable.is_stable(item.canonical)))  # type: ignore[arg-type]  # plain values
            facts.append(packed)
            end += len(packed)
            fact_end.append(end)
            for row in item.rows:
                if row.role != GIVEN:
                    self._add(index, item, row)
        prepared.clear()  # what follows needs the memory
        del stable
        items, key_end, automaton = self._index()
        tables: dict[str, object] = {
            "facts": b"".join(facts),
            "fact_end": fact_end,
            "texts": b"".join(self.texts),
            "row_text": self.row_text,
            "row_entry": self.row_entry,
            "row_kind": self.row_kind,
            "row_scheme": self.row_scheme,
            "items": items,
            "key_end": key_end,
            "automaton": automaton,
        }
        return Compiled(self.meta, tuple(self.schemes), tables)

    def _add(self, index: int, item: Prepared, row: Row) -> None:
        number = len(self.row_text)
        text = row.text.encode("utf-8", "surrogatepass")
        self.texts.append(text)
        self.size += len(text)
        self.row_text.append(self.size)
        self.row_entry.append(index)
        lower = has_lower(item, row)
        kind = row.role | row.rule << 2 | ACTIONS.index(row.action) << 7
        kind |= (EXACT if is_exact(row.text) else 0) | (0 if lower else NO_LOWER)
        kind |= FULL_ONLY if row.full_only else 0
        self.row_kind.append(kind)
        scheme = row.scheme and self.schemes.setdefault(row.scheme, len(self.schemes) + 1)
        self.row_scheme.append(scheme or 0)
        for dress in row_dresses(item, row):
            for code, key in _keys(row.text, dress, item.case, lower=lower):
                value = number << CODE_BITS | code
                old = self.keys.get(key)
                if old is None:
                    self.keys[key] = value
                elif isinstance(old, int):
                    self.keys[key] = [old, value]
                else:
                    old.append(value)

    def _index(self) -> tuple[array[int], array[int], bytes]:
        """Return items, the end of each key's items, and the automaton over the keys.

        Behind the keys proper the automaton has their continuations.
        """
        items = array("I")
        key_end = array("I")
        for value in self.keys.values():
            if isinstance(value, int):
                items.append(value)
            else:
                items.extend(value)
            key_end.append(len(items))
        keys = list(self.keys)
        self.keys.clear()
        self.meta["reach"] = str(max((len(k) + MAX_SPACE * k.count(b" ") for k in keys), default=0))
        keys += sorted(_continuations(keys).difference(keys))
        return items, key_end, _automaton(keys)


def _continuations(keys: list[bytes]) -> set[bytes]:
    """Return the first words of every key of several words, with two blanks behind.

    >>> sorted(_continuations([b" Kim", b" Rostov on Don"]))
    [b' Rostov  ', b' Rostov on  ']
    """
    found = set()
    for key in keys:
        at = key.find(b" ", 1)
        while at > 0:
            found.add(key[:at] + b"  ")
            at = key.find(b" ", at + 1)
    return found


def _automaton(keys: list[bytes]) -> bytes:
    """Return the serialized automaton, or nothing where daachorse cannot be had (a browser)."""
    try:
        import daachorse
    except ImportError:
        return b""
    if not keys:
        return b""
    built: bytes = daachorse.DoubleArrayAhoCorasick(keys, daachorse.MATCH_KIND_STANDARD).serialize()
    return built


def _keys(text: str, dress: int, case: str, *, lower: bool) -> list[tuple[int, bytes]]:
    """Return codes and keys of a dress: one for every case, unless they fold differently."""
    if text.isascii():
        return [(dress | EVERY_CASE, _key(text, dress, case))]
    codes = codes_of(text, dress, case, lower=lower)
    keys = [(code, _key(text, code, case)) for code in codes]
    if len({key for _, key in keys}) == 1:
        return [(dress | EVERY_CASE, keys[0][1])]
    return keys


def _key(text: str, code: int, case: str) -> bytes:
    return key_of(split_edges(surface(text, code, case))[1])


def row_dresses(item: Prepared, row: Row) -> list[int]:
    """Return the dresses of a row, apart from case."""
    plural = item.plural and row.role == WHOLE and row.text != item.entry.plural
    return dresses_of(
        row.text,
        plural=plural and not _ends_open(row.text),
        bare=_has_soft_sign(item.entry),
    )


def _case_forms(text: str, case: str) -> list[str]:
    """Return the forms of a spelling that differ in capitals alone: Kim Jong-Un of Kim Jong-un."""
    return [surface(text, form, case) for form in forms_in_case(case, lower=False)]


def _ends_open(text: str) -> bool:
    """Tell whether an s behind a spelling would make it a possessive: Pantsir’."""
    return text[-1:] in APOSTROPHES


def has_lower(item: Prepared, row: Row) -> bool:
    """Tell whether a row may be looked for in small letters: not if that is a dictionary word."""
    return item.case != "name" or not row.text.isalpha() or not is_english_word(row.text)


def is_exact(text: str) -> bool:
    """Tell whether a spelling has a token that without its marks is a dictionary word.

    >>> is_exact("Malé"), is_exact("Choïgou")
    (True, False)
    """
    if text.isascii():
        return False
    return any(
        strip_marks(token) != token and is_english_word(strip_marks(token))
        for token in text.split()
    )


def _has_soft_sign(entry: Entry) -> bool:
    return bool(entry.source) and any(
        char in form
        for language in ("ru", "uk", "be")
        for form in entry.source.get(language, ())
        for char in "\N{CYRILLIC SMALL LETTER SOFT SIGN}\N{CYRILLIC SMALL LETTER HARD SIGN}"
    )


def _facts(item: Prepared, stable: bool) -> tuple[object, ...]:
    entry, name = item.entry, item.name
    plural = None
    if item.plural:
        plural = (
            entry.plural if isinstance(entry.plural, str) else pluralize_canonical(item.canonical)
        )
    return (
        entry.id,
        entry.kind,
        item.canonical,
        plural,
        item.case,
        name.order if name else None,
        name.given if name else "",
        name.family if name else "",
        name.patronymic if name else None,
        entry.short,
        entry.needs,
        entry.unless,
        stable,
        tuple(
            (r.text, r.rule, r.scheme, r.action, is_exact(r.text))
            for r in item.rows
            if r.role == GIVEN
        ),
    )


def pluralize_canonical(canonical: str) -> str:
    """Return the plural of a canonical form: MiG-31s, Kinzhals."""
    return canonical + "s" if canonical[-1:].isdigit() else pluralize(canonical)


def _leads(role: int, name: Name | None) -> bool:
    """Tell whether a part of a name comes first in it."""
    given_first = name is not None and name.order == "given-first"
    return (role == GIVEN) == given_first


class _Stability:
    """Which canonical forms can never become part of another surface when written into a text.

    A new match would have to reach beyond the form, so its first token would
    have to be a later token of some surface, or its last token an earlier one.
    """

    def __init__(self, prepared: list[Prepared]) -> None:
        self.later: set[bytes] = set()
        self.earlier: set[bytes] = set()
        self.variants: set[bytes] = set()
        for item in prepared:
            own = key_of(item.canonical)
            for row in item.rows:
                key = key_of(row.text)
                tokens = key.split()
                leads = row.role != WHOLE and _leads(row.role, item.name)
                trails = row.role != WHOLE and not leads
                self.later.update(tokens if trails else tokens[1:])
                self.earlier.update(tokens if leads else tokens[:-1])
                if row.role == WHOLE and row.rule != CANONICAL and key != own:
                    self.variants.add(key)

    def is_stable(self, canonical: str) -> bool:
        key = key_of(canonical)
        tokens = key.split()
        lead, _, tail = split_edges(canonical)
        if lead or tail:  # whether it is recognized depends on what is beside it
            return False
        return (
            bool(tokens)
            and key not in self.variants
            and tokens[0] not in self.later
            and tokens[-1] not in self.earlier
        )

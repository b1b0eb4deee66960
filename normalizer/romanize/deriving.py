"""Deriving variants: what the schemes make of an entry's source forms.

A person's given and family name are derived apart, so that any spelling of one
goes with any spelling of the other. Every form names the scheme that yields it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from normalizer.glossary.entry import Entry, Name
from normalizer.romanize import registry
from normalizer.romanize.engine import Refusal, spellings
from normalizer.romanize.personal import person_spellings
from normalizer.romanize.registry import languages, schemes
from normalizer.romanize.scheme import Scheme

WHOLE, GIVEN, FAMILY = "whole", "given", "family"
#: Signs for a soft sign that at the end of a name may close a quotation in a text.
QUOTATION_MARKS = "'\"\u2018\u2019\u201c\u201d"
#: Forms of one name part in one language; those of the schemes' own rules come first.
MAX_FORMS = 80

_KINDS = ("press", "official", "customary", "scholarly")


class Form(NamedTuple):
    """A spelling, and the scheme that yields it."""

    text: str
    scheme: str


class Derived(NamedTuple):
    """A form of an entry's source form, or of the given or family name in it (``part``)."""

    text: str
    scheme: str
    language: str
    source: str
    part: str


def derive(
    entry: Entry, name: Name | None = None, *, every_scheme: bool = False
) -> Iterator[Derived]:
    """Yield the derived variants of an entry; ``name`` has a person's parts under a profile.

    A form comes once, with the first scheme that yields it; ``every_scheme`` gives
    it once for each. Nothing for ``conventional`` entries, for ``derive: off``, and for source
    forms in languages without schemes or that every scheme refuses.
    """
    if entry.conventional or entry.derive == "off":
        return
    for language, sources in entry.source.items():
        if language not in languages():
            continue
        allowed, kept_out = _allowed(entry, language), _kept_out(entry)
        for source in sources:
            for part, text in split_source(source, name or entry.name, language):
                person = part == WHOLE and entry.kind == "person"
                forms = all_forms if every_scheme else forms_of
                for form in forms(text, language, person=person):
                    spelling = form.text.strip(QUOTATION_MARKS)
                    if spelling and form.scheme in allowed and spelling not in kept_out:
                        yield Derived(spelling, form.scheme, language, text, part)


def scheme_form(entry: Entry, chosen: Mapping[str, str]) -> str | None:
    """Return what the scheme chosen for the language of a source form makes of it.

    The first source form in a language with a scheme counts. A person's is put
    together in the order of the name, without a patronymic. None where there is none.
    """
    for language, sources in entry.source.items():
        if language in chosen and sources:
            parts = dict(split_source(sources[0], entry.name, language))
            try:
                forms = {
                    part: _spellings_of(text, registry.scheme(chosen[language]), entry)[0]
                    for part, text in parts.items()
                }
            except Refusal:
                return None
            if entry.name and {GIVEN, FAMILY} <= forms.keys():
                order = entry.name.order
                return Name(given=forms[GIVEN], family=forms[FAMILY], order=order).full()
            return forms.get(WHOLE)
    return None


def _spellings_of(text: str, chosen: Scheme, entry: Entry) -> tuple[str, ...]:
    return (person_spellings if entry.kind == "person" else spellings)(text, chosen)


def _kept_out(entry: Entry) -> frozenset[str]:
    """Return the spellings that ``except`` names; the schemes among them do no harm."""
    texts = entry.derive.get("except", ()) if isinstance(entry.derive, dict) else ()
    return frozenset(text.strip(QUOTATION_MARKS) for text in texts)


def _allowed(entry: Entry, language: str) -> frozenset[str]:
    names = {scheme.name for scheme in schemes(language)}
    if isinstance(entry.derive, dict):
        chosen = entry.derive.get("schemes")
        names = names.intersection(chosen) if chosen else names
        names = names.difference(entry.derive.get("except", ()))
    return frozenset(names)


def split_source(source: str, name: Name | None, language: str) -> list[tuple[str, str]]:
    """Return the parts of a source form, as (part, text).

    A person's is split like the name: given names, perhaps a patronymic, family
    names; a family name alone is one too. What has another shape stays whole.

    >>> split_source("Дмитрий Сергеевич Песков", Name(given="Dmitry", family="Peskov"), "ru")
    [('given', 'Дмитрий'), ('family', 'Песков')]
    """
    tokens = source.split()
    if name is None or (language == "ko" and len(tokens) == 1):
        return [(WHOLE, source)]
    families, givens = len(name.family.split()), len(name.given.split())
    if len(tokens) == families:
        return [(FAMILY, source)]
    if name.order == "family-first":
        if language != "ko" and len(tokens) == families + givens:
            return [(GIVEN, " ".join(tokens[families:])), (FAMILY, " ".join(tokens[:families]))]
    elif len(tokens) - families in (givens, givens + 1):
        return [(GIVEN, " ".join(tokens[:givens])), (FAMILY, " ".join(tokens[-families:]))]
    return [(WHOLE, source)]


@lru_cache(maxsize=100_000)
def forms_of(text: str, language: str, *, person: bool = False) -> tuple[Form, ...]:
    """Return what the schemes of a language make of a text, each form once.

    ``person`` says that the text is a whole personal name, whose parts a scheme
    may have conventions for. A scheme that refuses the text is left out.
    """
    found: dict[str, Form] = {}
    for form in all_forms(text, language, person=person):
        found.setdefault(form.text, form)
    return tuple(found.values())[:MAX_FORMS]


def all_forms(text: str, language: str, *, person: bool = False) -> list[Form]:
    """Return what each scheme of a language makes of a text: all own forms, then alternatives."""
    table = table_of(text, _by_kind(language), person=person)
    columns = [(scheme.name, forms) for scheme, forms in table if not isinstance(forms, Refusal)]
    own = [Form(forms[0], name) for name, forms in columns]
    return own + [Form(form, name) for name, forms in columns for form in forms[1:]]


def table_of(
    text: str, chosen: Iterable[Scheme], *, person: bool = False
) -> Iterator[tuple[Scheme, tuple[str, ...] | Refusal]]:
    """Yield each scheme with the spellings that it gives, or its refusal of the text."""
    for scheme in chosen:
        try:
            yield scheme, (person_spellings if person else spellings)(text, scheme)
        except Refusal as refusal:
            yield scheme, refusal


@lru_cache(maxsize=100)
def _by_kind(language: str) -> tuple[Scheme, ...]:
    """Return the schemes of a language: what papers use first, newer before older."""
    newest = sorted(schemes(language), key=lambda scheme: scheme.name)
    newest.sort(key=lambda scheme: scheme.year or "", reverse=True)
    return tuple(sorted(newest, key=lambda scheme: _KINDS.index(scheme.kind)))


class Refused(NamedTuple):
    """A source form that every scheme of its language refuses, and what the first one says."""

    source: str
    reason: str


def refusals(entry: Entry) -> Iterator[Refused]:
    """Yield the source forms of an entry that no scheme of their language takes.

    A form without its vowels is right, it only derives nothing; so is any form of
    an entry that derives nothing.
    """
    if entry.conventional or entry.derive == "off":
        return
    for language, sources in entry.source.items():
        if language in languages():
            for source in sources:
                for _, text in split_source(source, entry.name, language):
                    if not forms_of(text, language):
                        yield from _refused(source, text, language)


def _refused(source: str, text: str, language: str) -> Iterator[Refused]:
    tried = [forms for _, forms in table_of(text, _by_kind(language))]
    refused = [forms for forms in tried if isinstance(forms, Refusal)]
    if refused and not any(refusal.lack for refusal in refused):
        yield Refused(source, str(refused[0]))


def plain_letters(text: str) -> str:
    """Return the letters of a text, small and without marks.

    >>> plain_letters("Kinžal’")
    'kinzal'
    """
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in decomposed if char.isalpha())

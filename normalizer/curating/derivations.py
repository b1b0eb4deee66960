"""Lint of source forms: what the schemes refuse, what the flags forget, what collides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import NamedTuple

import regex

from normalizer.errors import Problem
from normalizer.glossary.entry import Entry
from normalizer.glossary.loading import Glossary
from normalizer.matching.folding import key_of
from normalizer.romanize import registry
from normalizer.romanize.deriving import (
    FAMILY,
    GIVEN,
    QUOTATION_MARKS,
    WHOLE,
    Derived,
    derive,
    forms_of,
    plain_letters,
    refusals,
)
from normalizer.romanize.telling import why_not_telling

#: The scripts of languages, by their names in Unicode; other languages are not checked.
SCRIPTS = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn"), ("Cyrillic",)),
    **dict.fromkeys(("ar", "fa", "prs", "ps", "ur"), ("Arabic",)),
    "el": ("Greek",),
    "he": ("Hebrew",),
    "hy": ("Armenian",),
    "ja": ("Han", "Hiragana", "Katakana"),
    "ka": ("Georgian",),
    "ko": ("Hangul",),
    "zh": ("Han",),
}


def source_problems(glossary: Glossary) -> Iterator[Problem]:
    """Yield what is wrong with source forms, ``derive`` and the schemes of profiles."""
    for profile in glossary.profiles.values():
        for language, name in profile.schemes.items():
            if name not in registry.names():
                yield Problem(
                    f"profiles/{profile.name}.yaml", 0, 0, f"schemes.{language}: {_unknown(name)}",
                    "source",
                )  # fmt: skip
    for entry in glossary:
        yield from _unknown_schemes(entry)
        misplaced = list(_other_scripts(entry))
        yield from misplaced
        refused = [] if misplaced else list(refusals(entry))
        for refusal in refused:
            yield entry.place(refusal.source).problem(
                f'source form "{refusal.source}": {refusal.reason}', "source"
            )
        if not refused and not entry.conventional and entry.derive == "default":
            yield from _conventional(entry)


def _unknown_schemes(entry: Entry) -> Iterator[Problem]:
    if not isinstance(entry.derive, dict):
        return
    for key, names in entry.derive.items():
        for name in names:
            if name not in registry.names() and not (key == "except" and _is_derived(entry, name)):
                yield entry.place(name).problem(f"derive.{key}: {_unknown(name)}", "source")


def _other_scripts(entry: Entry) -> Iterator[Problem]:
    """Yield the source forms without a letter of their language's script."""
    for language, sources in entry.source.items():
        scripts = SCRIPTS.get(language, ())
        pattern = "|".join(rf"\p{{{script}}}" for script in scripts)
        for source in sources:
            if scripts and not regex.search(pattern, source):
                yield entry.place(source).problem(
                    f'source form "{source}" has no letter of the {scripts[0]} script, in which '
                    f"{language} is written; correct the text or the language",
                    "source",
                )


def _is_derived(entry: Entry, spelling: str) -> bool:
    wanted = spelling.strip(QUOTATION_MARKS)
    return any(form.text == wanted for form in derive(replace(entry, derive="default")))


def _unknown(name: str) -> str:
    near = ", ".join(get_close_matches(name, registry.names(), 3, 0.4))
    hint = f"did you mean {near}?" if near else "remove it"
    return f'"{name}" is no scheme and no derived spelling; {hint}'


def _conventional(entry: Entry) -> Iterator[Problem]:
    """Yield a problem where no scheme yields the canonical form, and no flag says so.

    Only for one-word forms of other kinds than persons: a person's customary
    spelling (Peskov, Dmitry) may be of one's own choice, a phrase is often translated.
    """
    wanted = plain_letters(entry.canonical)
    if entry.kind == "person" or " " in entry.canonical or not entry.source:
        return
    known = [lang for lang in entry.source if lang in registry.languages()]
    forms = {
        plain_letters(form.text)
        for lang in known
        for source in entry.source[lang]
        for form in forms_of(source, lang)
    }
    if known and wanted not in forms:
        yield entry.place(entry.canonical).problem(
            f'no scheme yields "{entry.canonical}" from its source form; say conventional: true '
            "if it is no romanization, or correct the source form",
            "conventional",
        )


class Collision(NamedTuple):
    """A derived form that is not sure: of which entry, and why."""

    entry: Entry
    form: Derived
    why: str

    def __str__(self) -> str:
        place = self.entry.place(self.form.source).problem(
            f'"{self.form.text}", derived by {self.form.scheme}, is {self.why}; only suggested'
        )
        return str(place)


def collisions(glossary: Glossary) -> Iterator[Collision]:
    """Yield the derived forms that are words, places or names of others, and so only suggested.

    A surname's form is judged as it stands alone; in a full name it rewrites.
    """
    owners: dict[bytes, str] = {}
    for entry in glossary:
        for text in (entry.canonical, *(variant.text for variant in entry.variants)):
            owners.setdefault(key_of(text), entry.id)
    derived: dict[bytes, str] = {}
    for entry in glossary:
        for form in derive(entry):
            if form.part == GIVEN or len(form.text.split()) > 1:
                continue
            letters = plain_letters(form.text)
            owner = owners.get(key_of(form.text), entry.id)
            rival = derived.setdefault(key_of(form.text), entry.id)
            if owner != entry.id:
                yield Collision(entry, form, f"a spelling of {owner}")
            elif rival != entry.id and form.part == WHOLE:
                yield Collision(entry, form, f"also derived for {rival}")
            elif letters != plain_letters(entry.canonical) and form.part in (WHOLE, FAMILY):
                why = why_not_telling(form.text, form.source)
                if why is not None and not why.startswith("fewer"):
                    yield Collision(entry, form, why)

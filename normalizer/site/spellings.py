"""How the spellings of an entry come about: listed by a person, derived by which schemes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from normalizer.glossary.entry import Entry, Variant
from normalizer.glossary.loading import HOUSE
from normalizer.matching.compiling import prepare, split_name
from normalizer.matching.surfaces import DERIVED
from normalizer.matching.surfaces import FAMILY as FAMILY_ROLE
from normalizer.matching.surfaces import GIVEN as GIVEN_ROLE
from normalizer.matching.surfaces import WHOLE as WHOLE_ROLE
from normalizer.romanize import registry
from normalizer.romanize.deriving import FAMILY, GIVEN, WHOLE, derive

_PARTS = {WHOLE_ROLE: WHOLE, GIVEN_ROLE: GIVEN, FAMILY_ROLE: FAMILY}

_FAMOUS = (
    "english-press", "bgn-pcgn", "alalc", "french-press", "german-press", "polish-press",
    "spanish-press", "italian-press", "customary", "english-customary", "icao", "iso-9",
)  # fmt: skip


class Derivation(NamedTuple):
    """A form that schemes yield of a source form, or of one part of a person's.

    ``action`` is what becomes of it in a text; None if it is not looked for.
    """

    text: str
    part: str
    source: str
    language: str
    schemes: tuple[str, ...]
    action: str | None


class Listed(NamedTuple):
    """A variant that an entry lists, and the schemes that yield it too."""

    variant: Variant
    schemes: tuple[str, ...]


class Spellings(NamedTuple):
    """All that is known of an entry's spellings; ``canonical`` has schemes that yield that form."""

    canonical: tuple[str, ...]
    listed: tuple[Listed, ...]
    derived: tuple[Derivation, ...]


def spellings_of(entry: Entry) -> Spellings:
    """Return the spellings of an entry with their schemes, those of each in their usual order."""
    derived = list(_derivations(entry))
    known: dict[tuple[str, str], tuple[str, ...]] = {}
    for form in derived:
        known[form.part, form.text] = known.get((form.part, form.text), ()) + form.schemes
    texts = {variant.text for variant in entry.variants} | {entry.canonical}
    return Spellings(
        _schemes_of(entry.canonical, entry, known),
        tuple(
            Listed(variant, _schemes_of(variant.text, entry, known)) for variant in entry.variants
        ),
        tuple(form for form in derived if form.text not in texts),
    )


def _derivations(entry: Entry) -> Iterator[Derivation]:
    """Yield each derived form once for each source form and part."""
    schemes: dict[tuple[str, str, str, str], list[str]] = {}
    for form in derive(entry, every_scheme=True):
        found = schemes.setdefault((form.text, form.part, form.source, form.language), [])
        if form.scheme not in found:
            found.append(form.scheme)
    actions = _actions(entry) if schemes else {}
    for (text, part, source, language), names in schemes.items():
        yield Derivation(text, part, source, language, tuple(names), actions.get((part, text)))


def _actions(entry: Entry) -> dict[tuple[str, str], str]:
    rows = prepare(entry, HOUSE).rows
    return {(_PARTS[row.role], row.text): row.action for row in rows if row.rule == DERIVED}


def _schemes_of(
    text: str, entry: Entry, known: dict[tuple[str, str], tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the schemes that yield a spelling: both parts of a person's, where both have one."""
    if (WHOLE, text) in known:
        return known[WHOLE, text]
    parts = split_name(text, entry.name) if entry.name else None
    if parts is None:
        return ()
    given, family = (
        known.get((part, form), ()) for part, form in zip((GIVEN, FAMILY), parts, strict=True)
    )
    return tuple(name for name in family if name in given) if parts[0] else family


def words_of(schemes: Iterable[str]) -> dict[str, str]:
    """Return schemes in words, and of each the first that is called so.

    >>> words_of(["french-press-russian"])
    {'French transcription': 'french-press-russian'}
    """
    found: dict[str, str] = {}
    for scheme in sorted(schemes, key=_fame):
        found.setdefault(_words(scheme), scheme)
    return found


def _fame(scheme: str) -> int:
    """Return how far behind the systems that readers know best a scheme is named."""
    places = (place for place, start in enumerate(_FAMOUS) if scheme.startswith(start))
    return next(places, len(_FAMOUS))


@cache
def _words(scheme: str) -> str:
    return registry.scheme(scheme).words

"""Personal names written without spaces: which part is the family name, and how parts are joined.

The conventions are the scheme's ``names``: patterns such as *Family Given-given*
(Kim Jong-un) or *Family Given Given* (Kim Jong Un), the family names of two
syllables, and customary spellings of single syllables.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from normalizer.romanize import engine
from normalizer.romanize.scheme import Names, Scheme

_PLACE = re.compile(r"family|given", re.IGNORECASE)


class _Parts(NamedTuple):
    """Spellings of a family name, of each syllable of a given name, and of that as a word."""

    family: str
    syllables: tuple[str, ...]
    word: str


def person_spellings(text: str, scheme: Scheme) -> tuple[str, ...]:
    """Return the spellings of a personal name, the scheme's own form first.

    A scheme without conventions for names, or a text of another shape than a name's,
    is spelled like any text. At most ``engine.MAX_SPELLINGS``.

    Raises ``Refusal`` for a letter that the scheme does not know.
    """
    split = _split(text, scheme.names) if scheme.names is not None else None
    if scheme.names is None or split is None:
        return engine.spellings(text, scheme)
    family, given = split
    names = scheme.names
    families = names.family.get(family) or engine.spellings(family, scheme)
    givens = _givens(given, names, scheme)
    sizes = (len(families), len(givens), len(names.forms))
    found = (
        _filled(names.forms[form], _Parts(families[f].lower(), *givens[g]))
        for f, g, form in engine.nearest_first(sizes)
    )
    return tuple(dict.fromkeys(found))


def _split(text: str, names: Names) -> tuple[str, str] | None:
    """Return the family and the given name, or None for what has another shape."""
    parts = unicodedata.normalize("NFC", text).split()
    if len(parts) == 2:
        return parts[0], parts[1]
    if len(parts) != 1 or not 2 <= len(parts[0]) <= 5:
        return None
    name = parts[0]
    length = 2 if len(name) > 2 and name.startswith(names.compounds) else 1
    return name[:length], name[length:]


def _givens(given: str, names: Names, scheme: Scheme) -> list[tuple[tuple[str, ...], str]]:
    """Return spellings of a given name, each as syllables and as a word, in small letters."""
    if names.given:
        columns = [names.given.get(one) or engine.spellings(one, scheme) for one in given]
        picks = engine.nearest_first(tuple(len(column) for column in columns))
        found = [
            [column[i].lower() for column, i in zip(columns, pick, strict=True)] for pick in picks
        ]
        return [(tuple(syllables), "".join(syllables)) for syllables in found]
    words = engine.spellings(given, scheme)
    apart = engine.spellings("-".join(given), scheme)
    return [
        (tuple(syllables.lower().split("-")), word.lower())
        for syllables, word in zip(apart, words, strict=False)
    ]


def _filled(form: str, parts: _Parts) -> str:
    """Return the name as a pattern such as ``Family Given-given`` has it."""
    places = list(_PLACE.finditer(form))
    given = [match for match in places if match[0].lower() == "given"]
    out, end = [], 0
    for match in places:
        separator = form[end : match.start()]
        end = match.end()
        if match not in given:
            out.append(separator + _like(match[0], parts.family))
        elif len(given) == 1:
            out.append(separator + _like(match[0], parts.word))
        elif match is given[0]:
            out.append(separator + _like(match[0], parts.syllables[0]))
        else:
            out += [separator + _like(match[0], syllable) for syllable in parts.syllables[1:]]
    return "".join(out)


def _like(model: str, text: str) -> str:
    """Return a text in the case of a model: Given, given or GIVEN."""
    if model.isupper():
        return text.upper()
    return engine.capitalized(text) if model[0].isupper() else text

"""The known names: every spelling of every entry, and the word in it by which it is found.

They are the rows of a compiled glossary: canonical forms, listed variants, forms
of profiles, and what the schemes derive from source forms.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from typing import NamedTuple

from normalizer.matching.compiled import Compiled
from normalizer.matching.surfaces import DERIVED, FAMILY, GIVEN, WHOLE, Facts
from normalizer.suggesting.index import MIN_LETTERS, Words
from normalizer.suggesting.skeleton import letters_of
from normalizer.text.characters import EN_DASH, HYPHENS
from normalizer.text.english import is_english_word

_SPLIT = re.compile(rf"[\s{EN_DASH}{re.escape(HYPHENS)}]+")


class KnownName(NamedTuple):
    """One spelling of an entry: whole, or a person's family name; its words as letters.

    ``derived`` says that no person wrote it down: romanization makes it.
    """

    entry: int
    role: int
    text: str
    words: tuple[str, ...]
    derived: bool = False


class KnownNames:
    """All names of a compiled glossary, by the words that carry them."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._places: dict[str, array[int]] = {}
        self._givens: dict[int, tuple[str, ...]] = {}
        self._met: dict[int, KnownName] = {}
        likely: set[str] = set()
        for number, name in enumerate(_rows(compiled)):
            at = _carrier(name)
            if at is None:
                continue
            word = name.words[at]
            if len(word) >= MIN_LETTERS and not is_english_word(word):
                likely.add(word)
            self._places.setdefault(word, array("Q")).append(number << _AT_BITS | at)
        self.words = Words(self._places, likely)

    def carried_by(self, number: int) -> Iterator[tuple[KnownName, int]]:
        """Yield the names that a word carries, and the place of the word in each."""
        for place in self._places[self.words[number]]:
            yield self._name(place >> _AT_BITS), place & _MAX_WORDS

    def facts(self, name: KnownName) -> Facts:
        """Return the facts of a name's entry."""
        return self._compiled.entry(name.entry)

    def givens(self, name: KnownName) -> tuple[str, ...]:
        """Return the spellings of a person's given name."""
        known = self._givens.get(name.entry)
        if known is None:
            parts = self.facts(name).parts
            known = self._givens[name.entry] = tuple(dict.fromkeys(part[0] for part in parts))
        return known

    def _name(self, number: int) -> KnownName:
        name = self._met.get(number)
        if name is None:
            name = self._met[number] = _row(self._compiled, number)
        return name


_AT_BITS = 3
_MAX_WORDS = (1 << _AT_BITS) - 1


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name as letters, split at white space and hyphens.

    >>> words_of("Kim Jong-un")
    ('kim', 'jong', 'un')
    """
    return tuple(filter(None, (letters_of(word) for word in _SPLIT.split(text))))


def _rows(compiled: Compiled) -> Iterator[KnownName]:
    return (_row(compiled, number) for number in range(len(compiled.row_text)))


def _row(compiled: Compiled, number: int) -> KnownName:
    """Return the name of a row of a compiled glossary."""
    start = compiled.row_text[number - 1] if number else 0
    text = compiled.texts[start : compiled.row_text[number]].decode("utf-8", "surrogatepass")
    kind = compiled.row_kind[number]
    derived = kind >> 2 & 7 == DERIVED
    return KnownName(compiled.row_entry[number], kind & 3, text, words_of(text), derived)


def _carrier(name: KnownName) -> int | None:
    """Return the place of the word by which a name is found; None if only English carries it.

    That is the longest word that is no English one. A family name may be short
    or English: it is then found as it stands, beside another spelling of the
    given name.
    """
    words = name.words
    if name.role == GIVEN or not 0 < len(words) <= _MAX_WORDS or not _is_latin(name.text):
        return None
    fit = [at for at, word in enumerate(words) if word.isalpha() and not is_english_word(word)]
    if name.role == FAMILY:
        fit = fit or [at for at, word in enumerate(words) if word.isalpha()]
    elif name.text.isupper():
        fit = [at for at in fit if len(words[at]) > _LONGEST_ACRONYM]
    best = max(fit, key=lambda at: (len(words[at]), -at), default=None)
    if best is None or (name.role == WHOLE and len(words[best]) < MIN_LETTERS):
        return None
    return best


_LONGEST_ACRONYM = 5  # letters; RIA and TASS have no unlisted spellings but other acronyms


def _is_latin(text: str) -> bool:
    return text.isascii() or all(
        ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x2100 for char in text if char.isalpha()
    )

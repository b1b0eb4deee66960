r"""Source letters in one canonical form, whatever way a text is encoded.

A text is cut into clusters, a base character with its combining marks, and each
cluster is brought to NFC; Hangul becomes conjoining jamo instead. The Arabic
shadda stands directly after its letter, before the vowel. Letters are small, and
the case of each is kept apart. All offsets are code points of the text as given.
Nothing here knows a rule.
"""

from __future__ import annotations

import enum
import itertools
import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from normalizer.text.characters import STRESS_MARKS, is_invisible

#: Letters from which stress marks are dropped, unless the scheme knows the accented letter.
STRESSED = frozenset("аеёєиіїоуыэюяѣѵ")
#: Stands before a combining mark in a scheme file, so that the mark can be read there.
DOTTED_CIRCLE = "\N{DOTTED CIRCLE}"
TATWEEL = "\N{ARABIC TATWEEL}"
SHADDA = "\N{ARABIC SHADDA}"

_SHADDA_LAST = re.compile(f"([\u064b-\u0650]+){SHADDA}")
_SYLLABLE = re.compile("[\uac00-\ud7a3]")
_COMPATIBILITY_JAMO = re.compile(r"[ㄱ-ㅣ]\.?")


def _jamo(letters: str, first: int) -> dict[str, str]:
    return {letter: chr(first + i) for i, letter in enumerate(letters)}


_INITIALS = _jamo("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", 0x1100)
_VOWELS = _jamo("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ", 0x1161)
_FINALS = _jamo("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ", 0x11A8)


class Case(enum.IntEnum):
    """How a letter is written; ``CAPITALS`` in a word of at least two, all of them capitals."""

    SMALL = 0
    CAPITAL = 1
    CAPITALS = 2


class Letters(NamedTuple):
    """A text as canonical small letters, the case of each, and the offset where it was written."""

    text: str
    cases: Sequence[int]
    offsets: Sequence[int]


@dataclass(frozen=True, slots=True, eq=False)
class Alphabet:
    """The letters that a scheme knows, the marks that repeat the letter before, and its capitals.

    ``capitalize``: a script without case takes a capital at the begin of each word.
    """

    known: frozenset[str]
    repeat: str = ""
    capitalize: bool = False

    @property
    def whole(self) -> frozenset[str]:
        """The characters of a text that needs no more reading: letters, but no marks."""
        return _without_marks(self.known)


@cache
def _without_marks(letters: frozenset[str]) -> frozenset[str]:
    return frozenset(letter for letter in letters if not is_mark(letter)) | frozenset(" -.'")


class UnknownLetterError(Exception):
    """A letter outside the alphabet, and its offset."""

    def __init__(self, letter: str, offset: int) -> None:
        self.letter = letter
        self.offset = offset


#: The one alphabet of its kind, so that schemes with the same letters share what is read.
alphabet = cache(Alphabet)


@lru_cache(4096)
def letters_of(text: str, alphabet: Alphabet) -> Letters:
    """Return the letters of a text; what is Latin or no letter stays as it is.

    Raises ``UnknownLetterError`` for a letter that the alphabet does not have.
    """
    small = text.lower()
    if alphabet.whole.issuperset(small) and len(small) == len(text):
        cases = [int(char != letter) for char, letter in zip(text, small, strict=True)]
        _decide_capitals(small, cases, alphabet)
        return Letters(small, cases, range(len(small)))
    chars: list[str] = []
    cases = []
    offsets: list[int] = []
    for offset, cluster in clusters(text, alphabet.known):
        new = _resolved(cluster, offset, alphabet.known)
        is_capital = new[0] in alphabet.known and cluster[0] != cluster[0].lower()
        for char in new:
            chars.append(chars[-1] if chars and char in alphabet.repeat else char)
            cases.append(Case.CAPITAL if is_capital else Case.SMALL)
            offsets.append(offset)
            is_capital = False
    joined = "".join(chars)
    _decide_capitals(joined, cases, alphabet)
    return Letters(joined, cases, offsets)


def _resolved(cluster: str, offset: int, known: frozenset[str]) -> str:
    """Return a cluster in small letters if they are known, as it is if it needs no rule."""
    small = cluster.lower()
    if small in known:
        return small
    small = canonical(small)
    if known.issuperset(small):
        return small
    small = _unstressed(small)
    if known.issuperset(small):
        return small
    base = cluster[0]
    if base.isdecimal():
        return str(unicodedata.decimal(base))
    if is_kept(base) and base.lower() not in known:
        return unicodedata.normalize("NFC", cluster)
    composed = unicodedata.normalize("NFC", cluster)
    strange = next(char for char in canonical(cluster) if char.lower() not in known)
    if len(composed) == 1:
        raise UnknownLetterError(composed, offset)
    raise UnknownLetterError(strange, offset + max(cluster.find(strange), 0))


def _unstressed(small: str) -> str:
    decomposed = unicodedata.normalize("NFD", small)
    if decomposed[0] not in STRESSED:
        return small
    return canonical("".join(char for char in decomposed if char not in STRESS_MARKS))


def _decide_capitals(text: str, cases: list[int], alphabet: Alphabet) -> None:
    """Make a word of capitals all capitals, and begin the words of scripts without case."""
    if not alphabet.capitalize and sum(cases) < 2:
        return
    for known, word in itertools.groupby(range(len(text)), lambda i: text[i] in alphabet.known):
        places = list(word)
        if known and alphabet.capitalize:
            cases[places[0]] = Case.CAPITAL
        cased = [i for i in places if has_case(text[i])]
        if known and len(cased) > 1 and all(cases[i] for i in cased):
            for i in places:
                cases[i] = Case.CAPITALS


# --- characters ----------------------------------------------------------------------------------


def clusters(text: str, known: Container[str] = ()) -> Iterator[tuple[int, str]]:
    r"""Yield each base character with its marks, and the offset where it begins.

    Invisible characters and the tatweel are dropped, unless they are ``known`` letters.

    >>> [(offset, len(cluster)) for offset, cluster in clusters("и\u00ad\u0306a")]
    [(0, 2), (3, 1)]
    """
    start, cluster = 0, ""
    for offset, char in enumerate(text):
        if (is_invisible(char) or char == TATWEEL) and char not in known:
            continue
        if cluster and not is_mark(char):
            yield start, cluster
            cluster = ""
        if not cluster:
            start = offset
        cluster += char
    if cluster:
        yield start, cluster


def canonical(text: str) -> str:
    r"""Return a text in the form in which letters are compared.

    >>> canonical("и\u0306"), len(canonical("각"))
    ('й', 3)
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    text = _SYLLABLE.sub(lambda match: unicodedata.normalize("NFD", match[0]), text)
    return _SHADDA_LAST.sub(rf"{SHADDA}\1", text)


def notation(text: str) -> str:
    r"""Return the canonical letters of what a scheme file writes.

    ``ㄱ`` is the initial consonant, ``ㄱ.`` the final one; a dotted circle only carries a mark.

    >>> [hex(ord(letter)) for letter in notation("ㄱ.ㄴ")]
    ['0x11a8', '0x1102']
    """
    text = text.replace(DOTTED_CIRCLE, "")
    return canonical(_COMPATIBILITY_JAMO.sub(_conjoining, text))


def _conjoining(match: re.Match[str]) -> str:
    letter = match[0][0]
    if match[0].endswith("."):
        return _FINALS.get(letter, match[0])
    return _INITIALS.get(letter) or _VOWELS.get(letter) or match[0]


@cache
def is_mark(char: str) -> bool:
    """Tell whether a character is a combining mark."""
    return unicodedata.category(char)[0] == "M"


@cache
def is_kept(char: str) -> bool:
    """Tell whether a character needs no rule: Latin letters, digits, punctuation, space.

    >>> [is_kept(char) for char in "aé1-ʹ я김م"]
    [True, True, True, True, True, True, False, False, False]
    """
    if char.isascii() or unicodedata.category(char)[0] not in "LM":
        return True
    return unicodedata.name(char, "").startswith(("LATIN ", "MODIFIER LETTER ", "COMBINING "))


def has_case(char: str) -> bool:
    """Tell whether a letter has a capital and a small form."""
    return char.lower() != char.upper()


def name_of(char: str) -> str:
    """Return a character's Unicode name, or its code point."""
    return unicodedata.name(char, f"U+{ord(char):04X}")

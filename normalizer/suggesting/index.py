"""The index: which words of known names a word could be an unlisted spelling of.

Each word of a name that can carry it (the family name, the longest word of a
whole name) is filed under its fold, under its fold with any one class left out,
and under its rough fold. A word of a text asks for the same keys: so two folds
that differ in one class meet, and so do those that the habits of several
languages have made differ in many. What an answer costs does not depend on the
number of entries, but for names that really are alike.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple
from zlib import crc32

from normalizer.suggesting.distance import distance
from normalizer.suggesting.skeleton import folds, is_ambiguous, is_vowel, readings
from normalizer.suggesting.vetoes import is_other_word, makes_another_word
from normalizer.text.english import english_words

MIN_LETTERS = 4  # of a word that is looked for under other spellings
LONG_FOLD = 7  # classes of a fold that may lack any of them; a shorter one may lack a vowel
MIN_ROUGH = 6  # classes of a rough fold by which a word is found
PART_LIMIT = 0.17  # of a word's letters: what its differences may cost
SHORT_LIMIT = 0.3  # the same for a word of no more letters than are looked for
MAX_NEAR = 8  # known words that one may be a spelling of, the nearest

_MAX_MEMO = 200_000  # words
_AT_ONCE = 10_000  # words folded together


class Near(NamedTuple):
    """A known word near one that was found: its number, and what their differences cost."""

    word: int
    cost: float


class Words:
    """All words of known names, found again by what they may be spelled like."""

    __slots__ = ("_halves", "_known", "_likely", "_memo", "_numbers", "_shapes")

    def __init__(self, words: Iterable[str], likely: Iterable[str]) -> None:
        """Index ``words``; only those in ``likely`` are found under other spellings too."""
        self._known = list(words)
        self._numbers = {word: number for number, word in enumerate(self._known)}
        self._likely = sorted({self._numbers[word] for word in likely})
        self._shapes = _Table(self._keys())
        #: Of two folds that differ in one class, a half of one is the head or tail of the other.
        self._halves = _bits(half for _, fold, _ in self._folds() for half in _halves_near(fold))
        #: What is near a word, for words near which something is.
        self._memo: dict[str, tuple[Near, ...]] = {}

    def __getitem__(self, number: int) -> str:
        return self._known[number]

    def near(self, word: str) -> tuple[Near, ...]:
        """Return the known words that a word may be a spelling of, the nearest first."""
        if word not in self._memo:
            self.look_up([word])
        return self._memo.get(word, ())

    def look_up(self, words: Iterable[str]) -> list[str]:
        """Return those of some words that may be spellings of known ones."""
        memo, numbers, english = self._memo, self._numbers, english_words()
        found: list[str] = []
        near: dict[str, set[int]] = {}
        owners: list[str] = []
        spelled: list[str] = []
        for word in words:
            if word in memo:
                found.append(word)
                continue
            if word in numbers:
                near[word] = {numbers[word]}
            elif word[:-1] in numbers and makes_another_word(word):
                continue
            if len(word) >= MIN_LETTERS and word not in english:
                for reading in readings(word) if is_ambiguous(word) else (word,):
                    owners.append(word)
                    spelled.append(reading)
        find, halves, mask = self._shapes.find, self._halves, len(self._halves) - 1
        for word, (fold, rough) in zip(owners, folds(spelled), strict=True):
            keys = keys_of(fold, rough)
            cut = len(fold) // 2
            if halves[crc32(fold[:cut], _HEAD) & mask] or halves[crc32(fold[cut:], _TAIL) & mask]:
                keys += keys_lacking_one(fold)
            filed = find(keys)
            if filed:
                near.setdefault(word, set()).update(filed)
        if len(memo) > _MAX_MEMO:
            memo.clear()
        for word, those in near.items():
            nearest = self._nearest(word, those)
            if nearest:
                memo[word] = nearest
                found.append(word)
        return found

    def _nearest(self, word: str, numbers: set[int]) -> tuple[Near, ...]:
        found = []
        for number in numbers:
            known = self._known[number]
            limit = PART_LIMIT * len(known) if len(known) > MIN_LETTERS else SHORT_LIMIT
            cost = distance(word, known, limit)
            if cost is not None and not is_other_word(word, known):
                found.append(Near(number, cost))
        found.sort(key=lambda near: (near.cost, self._known[near.word]))
        return tuple(found[:MAX_NEAR])

    def _keys(self) -> Iterator[int]:
        """Yield the keys of all likely words, with the word's number in the lower 32 bits."""
        for number, fold, rough in self._folds():
            for key in keys_of(fold, rough) + keys_lacking_one(fold):
                yield key << 32 | number

    def _folds(self) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield the number, fold and rough fold of each reading of each likely word."""
        for start in range(0, len(self._likely), _AT_ONCE):
            some = self._likely[start : start + _AT_ONCE]
            read = [(n, reading) for n in some for reading in readings(self._known[n])]
            made = folds([reading for _, reading in read])
            yield from ((n, *both) for (n, _), both in zip(read, made, strict=True))


_ROUGH, _HEAD, _TAIL = 1, 2, 3  # what hashes begin with, so that they differ


def keys_of(fold: bytes, rough: bytes) -> list[int]:
    """Return the keys of a fold: of all of it, and of its rough fold if long, as 32 bits."""
    if len(rough) < MIN_ROUGH:
        return [crc32(fold)]
    return [crc32(fold), crc32(rough, _ROUGH)]


def keys_lacking_one(fold: bytes) -> list[int]:
    """Return the keys of a fold with one class left out.

    A consonant that is left out of a short word, or put in it, makes another word of it.
    """
    return [
        crc32(fold[:i] + fold[i + 1 :])
        for i, name in enumerate(fold)
        if len(fold) >= LONG_FOLD or is_vowel(name)
    ]


def _halves_near(fold: bytes) -> Iterator[int]:
    """Yield hashes of the heads and tails of a fold that are halves of folds near it."""
    for length in range(len(fold) - 1, len(fold) + 2):
        half = length // 2
        yield crc32(fold[:half], _HEAD)
        yield crc32(fold[max(0, len(fold) - length + half) :], _TAIL)


# --- tables --------------------------------------------------------------------------------------


def _bits(hashes: Iterable[int]) -> bytes:
    """Return a table that has 1 at the last bits of each hash; few others are there by chance."""
    kept = array("I", hashes)
    bits = bytearray(1 << min((len(kept) * 4).bit_length(), 32))
    mask = len(bits) - 1
    for number in kept:
        bits[number & mask] = 1
    return bytes(bits)


class _Table:
    """Numbers by a hash of 32 bits, as flat arrays."""

    __slots__ = ("_ends", "_keys", "_numbers", "_present", "_shift")

    def __init__(self, items: Iterable[int]) -> None:
        """Take hashes with their numbers in the lower 32 bits."""
        pairs = sorted(array("Q", items))
        bits = min(len(pairs).bit_length() + 1, 32)
        self._shift = 32 - bits
        self._keys = array("I", [pair >> 32 for pair in pairs])
        self._numbers = array("I", [pair & 0xFFFFFFFF for pair in pairs])
        del pairs
        counts = array("I", bytes(4 * ((1 << bits) + 1)))
        for key in self._keys:
            counts[(key >> self._shift) + 1] += 1
        self._ends = array("I", accumulate(counts))
        #: Nothing is filed under most hashes that are asked for: one look tells so.
        self._present = _bits(self._keys)

    def find(self, keys: list[int]) -> set[int]:
        """Return the numbers of some hashes."""
        present = self._present
        mask = len(present) - 1
        return {number for key in keys if present[key & mask] for number in self._filed(key)}

    def _filed(self, key: int) -> list[int]:
        bucket = key >> self._shift
        places = range(self._ends[bucket], self._ends[bucket + 1])
        return [self._numbers[i] for i in places if self._keys[i] == key]

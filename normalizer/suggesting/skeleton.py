"""Folds: spellings reduced to classes of sounds, so that romanization habits fall together.

Kinzhal, Kinjal and Kinschal have one fold, as have Zhukov and Joukoff. A fold
can be made *rough*, which takes more sounds together. Folds say where to look;
``distance`` says what is near. The classes are data, in ``skeleton.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from importlib import resources
from itertools import groupby

from normalizer.text.characters import (
    APOSTROPHES,
    LOOK_ALIKES,
    drop_invisible,
    mixes_scripts,
    strip_marks,
)

MAX_READINGS = 4  # of one word

#: Letters that are no base letter with a mark, or that stand for more than their base letter.
_SPELLED_OUT = str.maketrans(
    {
        "č": "ch", "ć": "ch", "ç": "ch", "š": "sh", "ş": "sh", "ś": "sh", "ŝ": "shch", "ž": "zh",
        "ż": "zh", "ź": "z", "ł": "l", "đ": "dj", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe",
        "ı": "i", "ð": "d", "þ": "th", "ə": "e", "ü": "yu",
    }
)  # fmt: skip
_NO_APOSTROPHES = {ord(char): None for char in APOSTROPHES}
_UNEVEN = re.compile(rf"[^\x00-\x7f]|[a-z]I|[{APOSTROPHES}]")

#: What is done to a text in bytes: a table for ``translate``, or two arguments of ``replace``.
_Step = tuple[bytes, ...]


def letters_of(token: str) -> str:
    """Return the letters of a token in lower case, for folding and comparing.

    Apostrophes and what cannot be seen are left out, look-alikes are Latin, and
    a capital I inside a word is the l that scanning made it of.

    >>> letters_of("Sana'a"), letters_of("KinzhaI"), letters_of("KIM")
    ('sanaa', 'kinzhal', 'kim')
    """
    if not token.isascii():
        token = unicodedata.normalize("NFC", drop_invisible(token))
        if mixes_scripts(token):
            token = token.translate(LOOK_ALIKES)
    if "I" in token[1:] and not token.isupper():
        token = token[0] + token[1:].replace("I", "l")
    return token.translate(_NO_APOSTROPHES).lower()


def letters_of_all(tokens: list[str]) -> list[str]:
    """Return the letters of each token; many at once cost little more than one."""
    text = "\n".join(tokens)
    if _UNEVEN.search(text):
        return [letters_of(token) for token in tokens]
    return text.lower().split("\n") if tokens else []


def is_ambiguous(word: str) -> bool:
    """Tell whether a word has letters that are read in several ways.

    >>> is_ambiguous("kinjal"), is_ambiguous("peskov")
    (True, False)
    """
    return _AMBIGUOUS.search(word) is not None


def readings(word: str) -> list[str]:
    """Return a word in every way that its ambiguous letters are read.

    >>> readings("kinjal"), readings("peskov")
    (['kinjal', 'kinyal'], ['peskov'])
    """
    found = {word: None}
    for letters, read in _READINGS:
        if letters.search(word):
            found.update([(letters.sub(read, other), None) for other in found])
    return list(found)[:MAX_READINGS]


def folds(words: list[str]) -> list[tuple[bytes, bytes]]:
    """Return fold and rough fold of each word; many at once cost little more than one.

    >>> folds(["kinzhal", "kinschal", "zhukov", "joukoff"])
    [(b'KiNXaL', b'KiNSaL'), (b'KiNXaL', b'KiNSaL'), (b'XuKoV', b'SuKaV'), (b'XuKoV', b'SuKaV')]
    """
    if not words:
        return []
    text = "\n".join(words)
    if not text.isascii():
        text = strip_marks(text.translate(_SPELLED_OUT))
    fine = _taken(text.encode("ascii", "replace"), _TO_FOLD)
    rough = _taken(fine, _TO_ROUGH)
    return list(zip(fine.split(b"\n"), rough.split(b"\n"), strict=True))


def is_vowel(name: int) -> bool:
    """Tell whether a class is one of vowels.

    >>> is_vowel(b"i"[0]), is_vowel(b"K"[0])
    (True, False)
    """
    return name in b"aeiou"


def _taken(data: bytes, steps: list[_Step]) -> bytes:
    for step in steps:
        data = data.replace(*step) if len(step) == 2 else data.translate(*step)
    return data


# --- the data ------------------------------------------------------------------------------------


def _rows() -> list[tuple[str, str]]:
    """Return what becomes what, in the order of the file."""
    table = resources.files("normalizer.suggesting").joinpath("skeleton.tsv").read_text("utf-8")
    lines = (line.split("\t") for line in table.splitlines() if line and line[0] != "#")
    return [(old, new) for old, new, _ in lines]


def _steps(rows: list[tuple[str, str]]) -> list[_Step]:
    """Return rows as steps; neighboring rows of single letters are one."""
    steps: list[_Step] = []
    pairs = [(old.encode(), new.encode()) for old, new in rows]
    for single, group in groupby(pairs, key=lambda pair: len(pair[0]) == len(pair[1]) == 1):
        if single:
            classes = {old[0]: new[0] for old, new in group}
            steps.append((bytes(classes.get(byte, byte) for byte in range(256)),))
        else:
            steps += group
    return steps


_ROWS = _rows()
_READINGS = [(re.compile(old), new[1:]) for old, new in _ROWS if new[0] == "="]
_AMBIGUOUS = re.compile("|".join(letters.pattern for letters, _ in _READINGS))
_BORDER = _ROWS.index(("---", "---"))
_TO_FOLD = _steps([row for row in _ROWS[:_BORDER] if row[1][0] != "="])
_TO_ROUGH = _steps(_ROWS[_BORDER + 1 :])

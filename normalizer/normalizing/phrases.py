"""Phrases of ``unless`` and ``needs``: words with their case, plural and separator forms.

``*`` stands for one word, and beside letters for any letters: ``Russia*``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from normalizer.text.characters import APOSTROPHES, EN_DASH, HYPHENS

_TOKENS = re.compile(r"[\w*]+|\s+|.", re.DOTALL)
_LITERAL = re.compile(r"(?<![^\W_])[a-z0-9]+(?![^\W_])", re.ASCII)
_HYPHEN = f"(?:[{HYPHENS}{EN_DASH}]|[^\\S\\n\\r])"


@lru_cache(maxsize=4096)
def phrases_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases as whole words.

    >>> bool(phrases_pattern(("chicken Kiev",)).search("Chicken Kievs"))
    True
    >>> bool(phrases_pattern(("Russia*",)).search("a Russian plane"))
    True
    """
    branches: dict[str, list[str]] = {}
    for phrase in phrases:
        opening, bodies = _phrase(phrase)
        branches.setdefault(opening, []).extend(bodies)
    return re.compile("|".join(f"{k}(?:{'|'.join(v)})" for k, v in branches.items()))


def possible(phrases: tuple[str, ...], lowered: str) -> tuple[str, ...]:
    """Return the phrases all of whose ASCII words stand somewhere in a text in small letters.

    The others cannot be found in it; to compile them would be most of a short run.

    >>> possible(("chicken Kiev", "Kiev-class", "Russia*"), "a russian in kiev")
    ('Russia*',)
    """
    return tuple(
        phrase for phrase, words in _literals(phrases) if all(word in lowered for word in words)
    )


@lru_cache(maxsize=4096)
def _literals(phrases: tuple[str, ...]) -> tuple[tuple[str, list[str]], ...]:
    return tuple((phrase, _LITERAL.findall(phrase.lower())) for phrase in phrases)


@lru_cache(maxsize=4096)
def reach_of(phrases: tuple[str, ...]) -> int:
    """Return how many code points around a span the phrases that hold it may cover."""
    return max(len(phrase) + 20 * phrase.count("*") for phrase in phrases) + 16


def _phrase(phrase: str) -> tuple[str, list[str]]:
    """Return what must stand before a phrase, and the patterns of its forms.

    Each begins with a letter that is no choice, which ``re`` looks for first.
    """
    pieces = _TOKENS.findall(phrase.strip())
    last = max((i for i, piece in enumerate(pieces) if _is_word(piece)), default=-1)
    rest = "".join(
        f"(?:{'|'.join(_forms(piece))}){_ending(piece, plural=i == last)}"
        for i, piece in enumerate(pieces)
        if i
    )
    rest = _ending(pieces[0], plural=last == 0) + rest
    closing = r"(?!\w)" if _is_word(pieces[-1]) else ""
    opening = r"(?<!\w)" if _is_word(pieces[0]) else ""
    return opening, [f"{form}{rest}{closing}" for form in _forms(pieces[0])]


def _is_word(piece: str) -> bool:
    return piece[0].isalnum() or piece[0] in "_*"


def _forms(piece: str) -> list[str]:
    if piece.isspace():
        return [r"\s+"]
    if piece in HYPHENS + EN_DASH:
        return [_HYPHEN]
    if piece in APOSTROPHES:
        return [f"[{APOSTROPHES}]"]
    if not _is_word(piece):
        return [re.escape(piece)]
    if piece == "*":
        return [r"\w+"]
    forms = dict.fromkeys((piece, piece[:1].upper() + piece[1:], piece.upper()))
    return [re.escape(form).replace(r"\*", r"\w*") for form in forms]


def _ending(piece: str, *, plural: bool) -> str:
    return "(?:e?s|E?S)?" if plural and _is_word(piece) and piece[-1] != "*" else ""

"""Candidates: what in a run of capitalised words may be an unlisted spelling of a known name.

A *run* is a row of capitalised words, as in "President Vladimir Poutine" or
"Rostov-na-Donu". What becomes of a run depends on its words alone, so each run
is looked at once; whether a candidate is suggested depends on its text, which
``suggester`` asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from normalizer.matching.persons import MAX_PART
from normalizer.matching.surfaces import FAMILY, GIVEN
from normalizer.suggesting.distance import distance
from normalizer.suggesting.index import MIN_LETTERS, PART_LIMIT, Near
from normalizer.suggesting.names import KnownName, KnownNames, words_of
from normalizer.suggesting.skeleton import letters_of, letters_of_all
from normalizer.suggesting.vetoes import is_other_gender, peoples
from normalizer.text.characters import APOSTROPHES, EN_DASH, HYPHENS, JOINERS, LOOK_ALIKES, MARKS
from normalizer.text.english import is_english_word

MAX_RUN = 12  # words; a name that crosses the end of a longer run is not seen
GIVEN_LIMIT = 0.17  # of a given name's letters: what its differences may cost

_SMALL_WORDS = "of|na|nad|on|upon|sur|am|an|aan|bin|ibn|al|el|ul|de|der|van|von"


def _capitals() -> str:
    """Return the capital letters that a name in Latin script begins with, look-alikes too."""
    points = (*range(0x41, 0x250), *range(0x1E00, 0x1F00), *LOOK_ALIKES)
    return "".join(char for char in map(chr, points) if char.isupper() and char not in "\\]^-")


def _runs(word: str, capital: str, space: str, hyphens: str, apostrophes: str) -> re.Pattern[str]:
    token = rf"[{capital}](?:\.(?=\s?[{capital}])|{word}*(?:[{apostrophes}]{word}+)?)"
    joint = rf"(?:{space}(?:(?:{_SMALL_WORDS}){space})?|[{hyphens}]|(?<=\.))"
    return re.compile(rf"{token}(?:{joint}{token}|[{hyphens}]{word}+){{0,{MAX_RUN - 1}}}")


_ASCII_RUN = _runs(r"\w", "A-Z", r"(?:[ \t]{1,2}|[ \t]?\r?\n[ \t]?)", r"\-", "'")
_RUN = _runs(
    rf"[\w{MARKS}]",
    _capitals(),
    r"(?:[^\S\r\n]{1,2}|[^\S\r\n]?\r?\n[^\S\r\n]?)",
    EN_DASH + re.escape(HYPHENS),
    APOSTROPHES,
)
_WORD = re.compile(rf"[^{EN_DASH}\s.{re.escape(HYPHENS)}]+")
_HYPHEN = re.compile(rf"[{EN_DASH}{re.escape(HYPHENS)}]")
#: Two words that a hyphen joins, which may be one: Pyong-yang.
_HYPHENED = re.compile(
    rf"[^{EN_DASH}\s.{re.escape(HYPHENS)}]+{_HYPHEN.pattern}[^{EN_DASH}\s.{re.escape(HYPHENS)}]+"
)
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]\Z")
_PATRONYMIC = re.compile(r"\w(?:\.|\w*(?:[ie]vi?t?s?c?[hz]|ovi?t?s?c?[hz]|ov?na|ev?na))?", re.I)
_PIECE_LIMIT = 0.1  # of letters of a part that is no carrier of a name, if it is short


def runs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the runs of a text with their offsets, in code points.

    >>> list(runs("saw President Vladimir Poutine in Rostov-na-Donu."))
    [(4, 'President Vladimir Poutine'), (34, 'Rostov-na-Donu')]
    """
    pattern = _ASCII_RUN if text.isascii() else _RUN
    return ((found.start(), found[0]) for found in pattern.finditer(text))


def run_texts(text: str) -> list[str]:
    """Return the runs of a text without their offsets, which is fast."""
    found: list[str] = (_ASCII_RUN if text.isascii() else _RUN).findall(text)
    return found


class Piece(NamedTuple):
    """A part of a run, what was found there as letters, and the known letters near it."""

    start: int
    end: int
    role: int
    found: str
    known: str
    cost: float


class Candidate(NamedTuple):
    """A part of a run and a name that it may spell; ``short`` if it is a surname alone.

    ``odd`` says that it has an apostrophe, a hyphen or a capital inside a word.
    """

    start: int
    end: int
    name: KnownName
    given: str
    pieces: tuple[Piece, ...]
    short: bool
    odd: bool

    @property
    def cost(self) -> float:
        """What all differences cost."""
        return sum(piece.cost for piece in self.pieces)

    @property
    def letters(self) -> int:
        """How many letters the known spelling has."""
        return sum(len(piece.known) for piece in self.pieces)

    @property
    def likeness(self) -> float:
        """How like the spellings are, from 0 to 1."""
        return max(0.0, 1 - self.cost / self.letters)


class _Token(NamedTuple):
    """A word of a run; ``odd`` if it has an apostrophe or a capital inside, or two words make it.

    ``capital`` says that it begins with a capital letter and has small ones.
    """

    start: int
    end: int
    letters: str
    odd: bool
    capital: bool


def candidates(run: str, names: KnownNames) -> list[Candidate]:
    """Return what a run may spell, overlapping candidates too."""
    tokens = [_token(word) for word in _WORD.finditer(run)]
    found: dict[tuple[int, int, int], Candidate] = {}
    rows = [(tokens, at) for at in range(len(tokens))]
    rows += [([_token(word)], 0) for word in _HYPHENED.finditer(run)]
    for row, at in rows:
        for hit in names.words.near(row[at].letters):
            for name, place in names.carried_by(hit.word):
                if row is not tokens and (name.derived or hit.cost > _JOINED_LIMIT):
                    continue
                candidate = _candidate_at(row, at, hit, name, place, names)
                if candidate is not None:
                    owner = candidate.start, candidate.end, name.entry
                    found[owner] = min(found.get(owner, candidate), candidate, key=_rank)
    return [candidate for candidate in found.values() if _is_new(candidate, run)]


_JOINED_LIMIT = 0.2  # what may differ besides where a hyphen divides a word


def _rank(candidate: Candidate) -> tuple[float, str, str]:
    return candidate.cost, candidate.name.text, candidate.given


def _is_new(candidate: Candidate, run: str) -> bool:
    """Tell whether a candidate is no known spelling: in letters, or in hyphens and apostrophes."""
    if candidate.cost:
        return True
    found = run[candidate.start : candidate.end]
    known = f"{candidate.given} {candidate.name.text}".strip()
    if _hyphens(found) != _hyphens(known):
        return True
    return candidate.odd and found not in (known, known.upper())


def _hyphens(text: str) -> int:
    return sum(char in JOINERS for char in text)


def _token(word: re.Match[str]) -> _Token:
    bare = _POSSESSIVE.sub("", word[0])
    letters = letters_of(_HYPHEN.sub("", bare))
    capital = bare[:1].isupper() and not bare.isupper()
    odd = len(letters) != len(bare) or (capital and bare[1:] != bare[1:].lower())
    return _Token(word.start(), word.start() + len(bare), letters, odd, capital)


def live_runs(found: list[str], names: KnownNames, nothing: set[str]) -> list[str]:
    """Return the runs with a word that may spell one of a name.

    ``nothing`` holds words that do not; those of these runs are added.
    """
    text = "\n".join(found)
    words = {*_WORD.findall(text), *_HYPHENED.findall(text)}
    new = list(words - nothing)
    bare = [_POSSESSIVE.sub("", word) if word[-1] in "sS" else word for word in new]
    letters = letters_of_all([_HYPHEN.sub("", word) for word in bare])
    live = set(names.words.look_up(letters))
    nothing.update(word for word, own in zip(new, letters, strict=True) if own not in live)
    if not live:
        return []
    return [
        run
        for run in found
        if not nothing.issuperset(_WORD.findall(run))
        or not nothing.issuperset(_HYPHENED.findall(run))
    ]


def _candidate_at(
    tokens: list[_Token], at: int, hit: Near, name: KnownName, place: int, names: KnownNames
) -> Candidate | None:
    """Return what stands around a word, if it is the word of a name at a place in it."""
    first = at - place
    own = tokens[max(0, first) : first + len(name.words)]
    if first < 0 or len(own) < len(name.words):
        return None
    pieces = []
    for i, (token, known) in enumerate(zip(own, name.words, strict=True)):
        cost = hit.cost if i == place else _cost(token.letters, known)
        if cost is None:
            return None
        cost *= _DERIVED if name.derived else 1
        pieces.append(Piece(token.start, token.end, name.role, token.letters, known, cost))
    odd = any(token.odd for token in own)
    full = _with_given(tokens, first, first + len(own), name, names)
    if full is None:
        short = name.role == FAMILY
        if not short and _is_part(tokens, first, first + len(own)):
            return None
        return Candidate(own[0].start, own[-1].end, name, "", tuple(pieces), short, odd)
    given, piece = full
    every = tuple(sorted((*pieces, piece)))
    if all(part.cost for part in every) and sum(len(part.known) for part in every) < _SURE_LETTERS:
        return None
    return Candidate(every[0].start, every[-1].end, name, given, every, False, odd)


def _is_part(tokens: list[_Token], start: int, end: int) -> bool:
    """Tell whether words are part of a longer name: beside them stands a capitalised one.

    It is none of a name if it is English, or tells of a country or people.
    """
    beside = tokens[max(0, start - 1) : start] + tokens[end : end + 1]
    return any(
        len(token.letters) > 1
        and token.capital
        and not is_english_word(token.letters)
        and token.letters not in peoples()
        for token in beside
    )


def _cost(found: str, known: str) -> float | None:
    """Return what another word of a name costs, None if it is another word."""
    if found == known:
        return 0.0
    if found in _SMALL and known in _SMALL:
        return _OTHER_SMALL
    if not (found.isalpha() and known.isalpha()) or _ROMAN.fullmatch(known):
        return None
    limit = PART_LIMIT if len(known) > 3 else _PIECE_LIMIT
    return distance(found, known, limit * len(known))


_DERIVED = 2  # times as dear is what differs from a spelling that nobody wrote down
_GIVEN_LIMIT_BESIDE_SHORT = 0.1  # the same beside Kim and Ri, which so many have
_SURE_LETTERS = 10  # of a full name of which no part is as it is known
_SMALL = frozenset(_SMALL_WORDS.split("|"))
_ROMAN = re.compile(r"[ivx]+")  # numbers, which are others if they differ
_OTHER_SMALL = 0.2  # the cost of na for on


def _with_given(
    tokens: list[_Token], start: int, end: int, name: KnownName, names: KnownNames
) -> tuple[str, Piece] | None:
    """Return the given name beside a family name in its order, the known spelling nearest to it."""
    if name.role != FAMILY:
        return None
    best: tuple[float, str, Piece] | None = None
    givens = names.givens(name)
    limit = GIVEN_LIMIT if len(name.text) >= MIN_LETTERS else _GIVEN_LIMIT_BESIDE_SHORT
    order = names.facts(name).order
    for low, high in _spans_beside(tokens, start, end, order):
        found = "".join(token.letters for token in tokens[low:high])
        for given in givens:
            known = "".join(words_of(given))
            cost = 0.0 if found == known else distance(found, known, limit * len(known))
            if cost is None or (cost and is_other_gender(found, known)):
                continue
            if best is None or (cost, given) < best[:2]:
                piece = Piece(tokens[low].start, tokens[high - 1].end, GIVEN, found, known, cost)
                best = cost, given, piece
    return best[1:] if best is not None else None


def _spans_beside(
    tokens: list[_Token], start: int, end: int, order: str | None
) -> Iterator[tuple[int, int]]:
    """Yield the rows of words where the given name may stand, one initial or patronymic between."""
    if order == "family-first":
        for last in range(end + 1, min(end + MAX_PART, len(tokens)) + 1):
            yield end, last
        return
    for skip in (0, 1):
        if skip and (start < 2 or not _PATRONYMIC.fullmatch(tokens[start - 1].letters)):
            return
        for first in range(max(0, start - skip - MAX_PART), start - skip):
            yield first, start - skip

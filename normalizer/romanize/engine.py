"""The engine: source text and a scheme in, Latin spellings out.

At each place the longest source sequence whose contexts fit is taken, and among
equally long ones the rule that comes first. Latin letters, digits, punctuation and
spaces are kept. A letter that the scheme does not know raises ``Refusal``: a source
letter is never left in the output.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from normalizer.errors import NormalizerError
from normalizer.romanize.letters import (
    Case,
    Letters,
    UnknownLetterError,
    alphabet,
    has_case,
    letters_of,
    name_of,
)
from normalizer.romanize.scheme import Rule, Scheme
from normalizer.romanize.table import Table

#: Spellings of one name by one scheme; those nearest to the scheme's own form come first.
MAX_SPELLINGS = 32

_TIE = "\N{COMBINING DOUBLE INVERTED BREVE}"

#: A stretch of the output: fixed text, or a rule and the case of its first letter.
_Piece = str | tuple[Rule, int]


class Refusal(NormalizerError):  # noqa: N818
    """A letter that a scheme cannot read, at an offset in code points of the text.

    ``lack`` says what the text lacks, such as a vowel; empty where the scheme does
    not know the letter.
    """

    def __init__(self, letter: str, offset: int, scheme: str, lack: str = "") -> None:
        self.letter = letter
        self.letter_name = name_of(letter)
        self.offset = offset
        self.scheme = scheme
        self.lack = lack
        place = f'"{letter}" ({self.letter_name}) at offset {offset}'
        advice = f"is no letter of {scheme}; take a scheme of the name's own language"
        super().__init__(f"{place}: {lack}" if lack else f"{place} {advice}")


def romanize(text: str, scheme: Scheme) -> str:
    """Return a text in the scheme's own form.

    Raises ``Refusal`` for a letter that the scheme does not know.
    """
    return _written(_pieces(text, scheme), {})


def spellings(text: str, scheme: Scheme) -> tuple[str, ...]:
    """Return the scheme's own form, then those that its alternatives admit.

    An alternative is taken throughout the name: ``ё`` is *yo* everywhere or *e* everywhere.
    At most ``MAX_SPELLINGS``, those with the fewest and earliest alternatives first.

    Raises ``Refusal`` for a letter that the scheme does not know.
    """
    pieces = _pieces(text, scheme)
    sizes: dict[str | int, int] = {}
    for piece in pieces:
        if not isinstance(piece, str) and len(piece[0].to) > 1:
            choice = _choice(piece[0])
            sizes[choice] = max(sizes.get(choice, 0), len(piece[0].to))
    if not sizes:
        return (_written(pieces, {}),)
    found = (
        _written(pieces, dict(zip(sizes, picks, strict=True)))
        for picks in nearest_first(tuple(sizes.values()))
    )
    return tuple(dict.fromkeys(found))


@lru_cache(1024)
def nearest_first(sizes: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Return one index below each size, in combinations by their sum; at most ``MAX_SPELLINGS``.

    >>> nearest_first((2, 2))
    ((0, 0), (0, 1), (1, 0), (1, 1))
    """
    totals = range(sum(sizes) - len(sizes) + 1)
    found = itertools.chain.from_iterable(_summing_to(total, sizes) for total in totals)
    return tuple(itertools.islice(found, MAX_SPELLINGS))


def _summing_to(total: int, sizes: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if not sizes:
        yield ()
        return
    most_of_others = sum(sizes[1:]) - len(sizes) + 1
    for index in range(max(0, total - most_of_others), min(sizes[0] - 1, total) + 1):
        for others in _summing_to(total - index, sizes[1:]):
            yield (index, *others)


@lru_cache(4096)
def capitalized(text: str) -> str:
    """Return a text with its first letter, and those tied to it, as capitals.

    >>> capitalized("’shch")
    '’Shch'
    """
    for i, char in enumerate(text):
        if has_case(char):
            end = i + 1
            while text[end : end + 1] == _TIE:
                end += 2
            return text[:i] + text[i:end].upper() + text[end:]
    return text


@lru_cache(4096)
def takes_capital(text: str) -> bool:
    """Tell whether a text has a letter that can be a capital."""
    return any(map(has_case, text))


class _Compiled:
    """A scheme made ready: its alphabet and the tables of its rules."""

    def __init__(self, scheme: Scheme) -> None:
        sources = [rule.source for rule in scheme.rules + scheme.respell]
        known = frozenset(
            char
            for source in [*sources, *scheme.repeat]
            for char in source
            if len(source) == 1 or unicodedata.category(char)[0] in "LM"
        )
        respelled = known.union(char for rule in scheme.respell for char in rule.to[0])
        self.alphabet = alphabet(known, scheme.repeat, scheme.capitalize)
        self.respelling = Table(scheme.respell, known) if scheme.respell else None
        self.table = Table(scheme.rules, respelled)


_compiled = cache(_Compiled)


def _choice(rule: Rule) -> str | int:
    return rule.choice or id(rule)


def _pieces(text: str, scheme: Scheme) -> list[_Piece]:
    compiled = _compiled(scheme)
    try:
        letters = letters_of(text, compiled.alphabet)
    except UnknownLetterError as error:
        raise Refusal(error.letter, error.offset, scheme.name) from None
    if compiled.respelling is not None:
        letters = _respelled(letters, compiled.respelling, scheme.name)
    text, cases, offsets = letters
    plain, find = compiled.table.plain, compiled.table.lookup(text)
    pieces: list[_Piece] = []
    run: list[str] = []
    taken = 0
    for i, char in enumerate(text):
        if i < taken:
            continue
        case = cases[i]
        if not case and char in plain:
            run.append(plain[char])
            continue
        rule = find(i)
        if rule is None:
            if char in compiled.table.known:
                raise Refusal(char, offsets[i], scheme.name)
            run.append(char)
            continue
        taken = i + len(rule.source)
        if not rule.is_fixed or (case and not takes_capital(rule.to[0])):
            pieces += ["".join(run), (rule, case)]
            run = []
        else:
            run.append(_in_case(rule.to[0], case) if case else rule.to[0])
    return [*pieces, "".join(run)]


def _respelled(letters: Letters, table: Table, scheme: str) -> Letters:
    """Apply the rules that turn source letters into source letters.

    Raises ``Refusal`` where a rule says that a letter cannot be read.
    """
    chars: list[str] = []
    cases: list[int] = []
    offsets: list[int] = []
    find = table.lookup(letters.text)
    taken = 0
    for i, (char, case) in enumerate(zip(letters.text, letters.cases, strict=True)):
        if i < taken:
            continue
        rule = find(i)
        if rule is not None and rule.refuse:
            raise Refusal(char, letters.offsets[i], scheme, rule.refuse)
        new, taken = (char, i + 1) if rule is None else (rule.to[0], i + len(rule.source))
        rest = Case.CAPITALS if case == Case.CAPITALS else Case.SMALL
        chars += new
        cases += [case, *[rest] * (len(new) - 1)][: len(new)]
        offsets += [letters.offsets[i]] * len(new)
    return Letters("".join(chars), cases, offsets)


def _written(pieces: list[_Piece], picks: dict[str | int, int]) -> str:
    """Return the output of pieces; a capital passes on until there is a letter to take it."""
    if len(pieces) == 1:
        return _composed(str(pieces[0]))
    out = []
    pending = False
    for piece in pieces:
        if isinstance(piece, str):
            out.append(capitalized(piece) if pending else piece)
            pending = pending and " " not in piece and not takes_capital(piece)
            continue
        rule, case = piece
        new = rule.to[0]
        if picks and len(rule.to) > 1:
            new = rule.to[min(picks[_choice(rule)], len(rule.to) - 1)]
        if case == Case.CAPITALS:
            new = new.upper()
        elif (case or pending) and rule.capital == "next":
            pending = True
        elif case or pending:
            pending = rule.capital == "both" or not takes_capital(new)
            new = capitalized(new)
        out.append(new)
    return _composed("".join(out))


def _in_case(text: str, case: int) -> str:
    return text.upper() if case == Case.CAPITALS else capitalized(text)


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)

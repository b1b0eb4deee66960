"""Persons: family names found by an engine, given parts composed to them.

A full name is never a surface of its own: any spelling of the family name takes
any spelling of the given name beside it, so a thousand spellings cost a few
dozen rows. One patronymic or initial may stand between and stays as typed.
"""

from __future__ import annotations

import re

from normalizer.matching.claims import Claim, claim_of, is_possessive, merge_forms
from normalizer.matching.folding import key_of
from normalizer.matching.surfaces import (
    CASE_BITS,
    GIVEN,
    LOWER,
    Facts,
    Part,
    Unit,
    codes_of,
    split_edges,
    surface,
)
from normalizer.matching.verifying import Dress, compare
from normalizer.text.characters import APOSTROPHES, EITHER, is_joining_space
from normalizer.text.tokens import Span, joined_after, joined_before

Placed = tuple[int, int, Claim]

_MIDDLE = re.compile(
    r"[^\W\d_]|[^\W\d_]\w*(?:[vwty](?:i|y)(?:ch|c|cz|tch|tsch)|[iy]ch|[oe]vna|[oe]wna|[iy]vna|[iy]chna|ow?na|ewna)",
    re.IGNORECASE,
)
MAX_PART = 4  # tokens of a given or family name
_MAX_WORD = 40  # code points
_MAX_KNOWN = 10_000  # names remembered for one family name
_APOSTROPHES = frozenset(APOSTROPHES)
_SPLIT = {ord(char): " " for char in EITHER}


class Namesakes:
    """All persons who share one key of a family name, by the keys of their given names.

    Remembers names typed just so: ``recall`` is the short way, ``full_names`` the long one.
    """

    __slots__ = (
        "_alone", "_given_words", "_givens", "_known", "_others", "_pairs", "_plain", "longest",
        "orders", "owners",
    )  # fmt: skip

    def __init__(self, units: tuple[Unit, ...]) -> None:
        self.owners = units
        self.orders = {unit.facts.order for unit in units}
        self._givens: dict[bytes, list[tuple[Facts, Part, list[int]]]] = {}
        self._pairs: dict[bytes, list[tuple[Unit, Unit]]] = {}
        for facts in {unit.facts.index: unit.facts for unit in units}.values():
            for part in facts.parts:
                for key, codes in given_keys(part[0], facts.case):
                    self._givens.setdefault(key, []).append((facts, part, codes))
        self.longest = max((key.count(b" ") for key in self._givens), default=0)
        self._given_words = {word for key in self._givens for word in key.split()}
        self._plain = all(unit.facts.case == "name" for unit in units)
        self._known: dict[str, Claim] = {}
        self._alone: dict[str, list[Claim]] = {}
        self._others: set[str] = set()

    def pairs(self, key: bytes) -> list[tuple[Unit, Unit]]:
        """Return the family and given names of the persons whose given name has a key."""
        found = self._pairs.get(key)
        if found is None:
            found = [
                (unit, given)
                for facts, part, codes in self._givens.get(key, ())
                for given in (given_unit(facts, part, code) for code in codes)
                for unit in self.owners
                if unit.facts is facts
            ]
            if found:
                self._pairs[key] = found
        return found

    def recall(self, text: str, start: int, end: int) -> list[Placed] | None:
        """Return the claims around a family name if they are known already, else None.

        They are known for a full name met before with a blank in it, and for a
        family name with no given name beside it.
        """
        owned = text[end : end + 1] in _APOSTROPHES
        if text[start:end] in self._others:
            return []
        if not self._plain or (owned and not is_possessive(text, end)):
            return None
        if start:
            if text[start - 1] != " ":
                return None
            low = _word_start(text, start - 1)
            if low is None:
                return None
            claim = self._known.get(text[low:end])
            if claim is not None:
                return [(low, end, claim.possessive() if owned else claim)]
            if not self._is_no_given(text[low : start - 1]):
                return None
        claims = self._alone.get(text[start:end])
        if claims is None or not (owned or self._is_no_given_after(text, end)):
            return None
        return [(start, end, claim.possessive() if owned else claim) for claim in claims]

    def learn(self, text: str, start: int, end: int, placed: list[Placed]) -> None:
        """Remember what became of a family name, where nothing else around it mattered."""
        if not self._plain or text[end : end + 1] in _APOSTROPHES or len(self._known) > _MAX_KNOWN:
            return
        claims = [claim for _, _, claim in placed]
        if all(claim.short for claim in claims):
            self._alone[text[start:end]] = claims
        elif self.longest == 1 and len(placed) == 1:
            low, high, claim = placed[0]
            typed = text[low:high]
            if high == end and typed.count(" ") == 1 and typed[: start - low - 1].isalpha():
                self._known[typed] = claim

    def learn_other(self, typed: str) -> None:
        """Remember a word that is none of the family names, such as "but" beside But."""
        if typed.isalpha() and len(self._others) < _MAX_KNOWN:
            self._others.add(typed)

    def _is_no_given_after(self, text: str, end: int) -> bool:
        """Tell whether certainly no given name follows, in order or not: Kim Jong Un, Kim, Jong Un.

        Where all given names come first, a small letter says enough.
        """
        follower = text[end : end + 3]
        if self.orders == {"given-first"} and not (
            follower[-1:].isupper() or follower[1:2].isupper()
        ):
            return True
        if follower[:1] != " ":
            return not follower
        word = text[end + 1 : end + _MAX_WORD].split(" ", 1)[0]
        return word.isalpha() and self._is_no_given(word)

    def _is_no_given(self, word: str) -> bool:
        """Tell whether the word beside a family name is certainly neither given name nor middle."""
        if not word.isascii() or len(word) < 2:
            return False
        if not word.isalpha():
            ends = word[-1] in ",;:?!)" or (word[-1] == "." and len(word) > 2)  # no initial
            return ends and word[:-1].isalpha()
        return word.lower().encode() not in self._given_words and not _MIDDLE.fullmatch(word)


def _word_start(text: str, end: int) -> int | None:
    """Return where the word that ends at ``end`` starts, behind a blank or a line break."""
    floor = max(0, end - _MAX_WORD)
    low = max(text.rfind(" ", floor, end), text.rfind("\n", floor, end)) + 1
    return low if low or not floor else None


def given_keys(text: str, case: str) -> list[tuple[bytes, list[int]]]:
    """Return the keys of a given name, each with the codes of the case forms that have it."""
    codes = codes_of(text, 0, case, lower=True)
    if text.isascii():
        return [(key_of(text), codes)]
    found: dict[bytes, list[int]] = {}
    for code in codes:
        found.setdefault(key_of(split_edges(surface(text, code, case))[1]), []).append(code)
    return list(found.items())


def given_unit(facts: Facts, part: Part, code: int) -> Unit:
    """Return the surface of a given name in one case form."""
    text, rule, scheme, action, exact = part
    return Unit(
        facts,
        code,
        role=GIVEN,
        rule=rule,
        scheme=scheme,
        action=action,
        variant=text,
        exact=exact,
    )


def full_names(
    text: str, start: int, end: int, namesakes: Namesakes, dresses: dict[int, Dress]
) -> list[Placed]:
    """Return the claims of all full names whose family name stands at ``text[start:end]``.

    ``dresses`` has the dress of each family unit (by position in ``owners``) that verified.
    """
    found: list[Placed] = []
    if "given-first" in namesakes.orders:
        left = joined_before(text, start, MAX_PART + 1)
        for skip in _skips(text, left):
            for count in range(1, min(namesakes.longest, len(left) - skip) + 1):
                span = (left[skip + count - 1][0], left[skip][1])
                found += _compose(text, (start, end), span, namesakes, dresses, "given-first")
    if "family-first" in namesakes.orders:
        right = joined_after(text, end, MAX_PART)
        for count in range(1, min(namesakes.longest, len(right)) + 1):
            span = (right[0][0], right[count - 1][1])
            found += _compose(text, (start, end), span, namesakes, dresses, "family-first")
    return found


def reversed_names(
    text: str, start: int, end: int, namesakes: Namesakes, dresses: dict[int, Dress]
) -> list[Placed]:
    """Return the claims of names in the wrong order: ``Peskov, Dmitri``; ``Jong-un Kim``."""
    found: list[Placed] = []
    if "given-first" in namesakes.orders:
        after = end + 1 if text[end : end + 1] == "," else end
        right = joined_after(text, after, MAX_PART + 1)
        for count in range(1, min(namesakes.longest, len(right)) + 1):
            follower = right[count] if count < len(right) else None
            if follower and text[follower[0]].isupper():
                continue
            span = (right[0][0], right[count - 1][1])
            if text[span[0]].isupper():
                found += _compose(
                    text, (start, end), span, namesakes, dresses, "given-first", in_order=False
                )
    if "family-first" in namesakes.orders:
        left = joined_before(text, start, MAX_PART)
        for count in range(1, min(namesakes.longest, len(left)) + 1):
            span = (left[count - 1][0], left[0][1])
            if text[span[0]].isupper():
                found += _compose(
                    text, (start, end), span, namesakes, dresses, "family-first", in_order=False
                )
    return found


def _skips(text: str, left: list[Span]) -> list[int]:
    """Return how many tokens may stand between: none, or one patronymic or initial."""
    if len(left) > 1 and _MIDDLE.fullmatch(text[slice(*left[0])]) and text[left[0][0]].isupper():
        return [0, 1]
    return [0]


def _compose(
    text: str,
    family: Span,
    given: Span,
    namesakes: Namesakes,
    dresses: dict[int, Dress],
    order: str,
    *,
    in_order: bool = True,
) -> list[Placed]:
    typed = text[given[0] : given[1]]
    pairs = namesakes.pairs(key_of(typed)) or namesakes.pairs(key_of(typed.translate(_SPLIT)))
    if not pairs:
        return []
    low, high = min(family[0], given[0]), max(family[1], given[1])
    between = text[given[1] : family[0]] if given[0] < family[0] else text[family[1] : given[0]]
    if in_order and not _may_stand_between(between):
        return []
    found: list[Placed] = []
    exact = {unit.facts.index for unit, given_unit in pairs if given_unit.body == typed}
    for unit, given_unit in pairs:
        if given_unit.body != typed and unit.facts.index in exact:
            continue  # the entry has just this spelling
        place = namesakes.owners.index(unit)
        if unit.facts.order != order or place not in dresses:
            continue
        given_dress = compare(typed, given_unit.body, exact=given_unit.exact)
        if given_dress is None:
            continue
        leads = given[0] < family[0]
        first = claim_of(text, *given, given_unit, given_dress, first=leads)
        last = claim_of(text, *family, unit, dresses[place], first=not leads)
        if first is None or last is None:
            continue
        parts = (first, last) if given[0] < family[0] else (last, first)
        found.append((low, high, _join(parts, between, (unit, given_unit), order, in_order)))
    return found


def _may_stand_between(between: str) -> bool:
    return is_joining_space(between) or any(char.isalpha() for char in between)


def _join(
    parts: tuple[Claim, Claim], between: str, units: tuple[Unit, Unit], order: str, in_order: bool
) -> Claim:
    """Return the claim of a whole name from those of its parts, in the order of the text."""
    family, given = units
    rules = {part.rule for part in parts}
    rule = next((r for r in ("derived", "profile", "listed") if r in rules), "canonical")
    schemes = [part.scheme for part in parts if part.scheme]
    lower = any(unit.code & CASE_BITS == LOWER for unit in units)
    doubts = [part.doubt for part in parts if part.doubt and part.doubt != "lower-case"]
    doubt = "lower-case" if lower else None
    doubt = next(iter(doubts), doubt)
    forms = merge_forms(parts[0].forms, parts[1].forms)
    if not in_order:
        forms, doubt = merge_forms(forms, ("order",)), doubt or "ambiguous"
    words = (
        (given.variant, family.variant)
        if order == "given-first"
        else (family.variant, given.variant)
    )
    claim = Claim(
        parts[0].facts,
        parts[0].replacement + between + parts[1].replacement,
        changes=parts[0].changes or parts[1].changes,
        rule=rule,
        scheme="+".join(dict.fromkeys(schemes)) or None,
        variant=" ".join(words),
        forms=forms,
        doubt=doubt,
        full=True,
        steady=all(part.steady for part in parts),
    )
    claim.article, claim.plain = parts[0].article, claim.plain and parts[0].article is None
    return claim

"""From the places an engine proposes to matches: verified, composed, without overlaps.

Of overlapping matches the leftmost wins, of those the longest. What loses inside
a longer match is silent; what is cut by an earlier one is reported as overlap.

A place where a surface stands exactly as written needs no verifying: each key
remembers its exact bodies and their claims. That is the way of almost all hits.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from normalizer.matching.claims import Claim, claim_of, constant_claim, is_possessive
from normalizer.matching.compiled import Compiled, Hit
from normalizer.matching.persons import Namesakes, Placed, full_names, reversed_names
from normalizer.matching.surfaces import CASE_BITS, FAMILY, LOWER, WHOLE, Unit
from normalizer.matching.verifying import Dress, verify
from normalizer.text.characters import APOSTROPHES, is_invisible, is_mark, is_word

Finder = Callable[[str], list[Hit]]


class Match:
    """A span of the text and the claims to it. ``cut`` means that an earlier match overlaps it."""

    __slots__ = ("claims", "cut", "earlier", "end", "later", "start")

    def __init__(self, start: int, end: int, claims: list[Claim], cut: bool = False) -> None:
        self.start = start
        self.end = end
        self.claims = claims
        self.cut = cut
        #: The matches just before and after, where they could be other spellings of the entry.
        self.earlier: Match | None = None
        self.later: Match | None = None


class Known:
    """What is known of a key: exact bodies with their claims, whole surfaces, and namesakes."""

    __slots__ = ("exact", "namesakes", "whole")

    def __init__(self, units: tuple[Unit, ...]) -> None:
        family = tuple(unit for unit in units if unit.role == FAMILY)
        self.whole = tuple(unit for unit in units if unit.role == WHOLE)
        self.namesakes = Namesakes(family) if family else None
        self.exact: dict[str, Claim] = {}
        if family or len({unit.facts.index for unit in units}) != 1:
            return
        varying = set()
        for unit in units:
            claim = constant_claim(unit)
            old = self.exact.get(unit.body)
            if claim is None:
                varying.add(unit.body)
            elif old is None or _rank(claim) < _rank(old):
                self.exact[unit.body] = claim
        for body in varying:
            self.exact.pop(body, None)


class Matcher:
    """A compiled glossary with an engine. Immutable but for what it remembers of keys met."""

    def __init__(self, compiled: Compiled, find: Finder) -> None:
        self.compiled = compiled
        self.find = find
        self._known: dict[int, Known] = {}
        #: Every exact body met, with the claim that it has in every text.
        self._exact: dict[str, Claim] = {}
        #: Texts met at a key that are none of its surfaces, such as "who" beside WHO.
        self._nothing: set[tuple[int, str]] = set()

    def matches(self, text: str) -> list[Match]:
        """Return the matches of a text in order; those that are ``cut`` overlap an earlier one."""
        return resolve(*self.place(text, self.find(text)))

    def line(self, text: str, hits: list[Hit]) -> list[Placed] | None:
        """Return claims one after the other, those inside a longer one left out.

        None where a span has several claims, two overlap in part, or a name
        stands in the wrong order: that needs ``place`` and ``resolve``.
        """
        exact = self._exact
        line: list[Placed] = []
        first = reach = 0
        for start, end, key in hits:
            found = text[start:end]
            claim = exact.get(found)
            if claim is None and (key, found) in self._nothing:
                continue
            if claim is not None and text[end : end + 1] in _APOSTROPHES:
                claim = claim.possessive() if is_possessive(text, end) else None
            if claim is None:
                known = self._known.get(key)
                if known is not None and known.namesakes is not None and not known.whole:
                    recalled = known.namesakes.recall(text, start, end)
                    if recalled is not None and len(recalled) == 1:
                        start, end, claim = recalled[0]
            if claim is None:
                placed, backwards = self.place(text, [(start, end, key)])
                if not placed and not backwards:
                    continue
                if backwards or len(placed) > 1:
                    return None
                start, end, claim = placed[0]
            if start < reach:
                if start >= first and end <= reach:
                    if (start, end) == (first, reach) and line[-1][2] is not claim:
                        return None
                    continue
                while line and line[-1][0] >= start and line[-1][1] <= end:
                    if line[-1][0] == start and line[-1][1] == end:
                        return None
                    line.pop()
                if line and line[-1][1] > start:
                    return None
            first, reach = start, end
            line.append((start, end, claim))
        return line

    def place(self, text: str, hits: list[Hit]) -> tuple[list[Placed], list[Placed]]:
        """Return the claims to places found, and those of names in the wrong order apart."""
        placed: list[Placed] = []
        backwards: list[Placed] = []
        for start, end, key in hits:
            known = self._known.get(key)
            if known is None:
                known = self._known[key] = Known(self.compiled.units(key))
                self._exact.update(known.exact)
            claim = known.exact.get(text[start:end])
            if claim is not None and text[end : end + 1] not in _APOSTROPHES:
                placed.append((start, end, claim))
                continue
            claims = _whole(text, start, end, known.whole)
            placed += claims
            if known.namesakes is not None:
                _persons(text, start, end, known.namesakes, placed, backwards)
            elif not claims and len(self._nothing) < _MAX_NOTHING:
                self._note_nothing(text, start, end, key)
        return placed, backwards

    def _note_nothing(self, text: str, start: int, end: int, key: int) -> None:
        units = self._known[key].whole
        if not any(verify(text, start, end, unit) for unit in units):
            self._nothing.add((key, text[start:end]))


_MAX_NOTHING = 100_000
_APOSTROPHES = frozenset(APOSTROPHES)


def _whole(text: str, start: int, end: int, units: tuple[Unit, ...]) -> list[Placed]:
    """Return the claims of whole surfaces at a place, the best of each entry for each span."""
    best: dict[tuple[int, int, str], Placed] = {}
    for unit in units:
        low, high = start - len(unit.lead), end + len(unit.tail)
        if (unit.lead or unit.tail) and not _has_edges(text, start, end, unit):
            continue
        dress = verify(text, start, end, unit)
        claim = claim_of(text, low, high, unit, dress) if dress is not None else None
        if claim is None:
            continue
        owner = low, high, unit.facts.id
        old = best.get(owner)
        if old is None or _rank(claim) < _rank(old[2]):
            best[owner] = (low, high, claim)
    return list(best.values())


def _has_edges(text: str, start: int, end: int, unit: Unit) -> bool:
    """Tell whether the punctuation at a surface's edges is there, and no word beyond it."""
    low, high = start - len(unit.lead), end + len(unit.tail)
    if low < 0 or text[low:start] != unit.lead or text[end:high] != unit.tail:
        return False
    while unit.lead and low and (is_invisible(text[low - 1]) or is_mark(text[low - 1])):
        low -= 1
    while unit.tail and high < len(text) and is_invisible(text[high]):
        high += 1
    if unit.lead and low and is_word(text[low - 1]):
        return False
    return not (unit.tail and high < len(text) and is_word(text[high]))


def _rank(claim: Claim) -> tuple[bool, int, bool, bool, bool, str, tuple[str, ...]]:
    """Of one entry's claims to a span: whole, as listed before dressed up, sure before doubtful."""
    return (
        claim.short,
        len(claim.forms),
        claim.doubt is not None,
        claim.changes,
        claim.rule != "listed",
        claim.variant,
        claim.forms,
    )


def _persons(
    text: str,
    start: int,
    end: int,
    namesakes: Namesakes,
    placed: list[Placed],
    backwards: list[Placed],
) -> None:
    recalled = namesakes.recall(text, start, end)
    if recalled is not None:
        placed += recalled
        return
    dresses: dict[int, Dress] = {}
    typed = text[start:end]
    exact = {unit.facts.index for unit in namesakes.owners if unit.body == typed}
    for place, unit in enumerate(namesakes.owners):
        if unit.body != typed and unit.facts.index in exact:
            continue  # the entry has just this spelling
        dress = verify(text, start, end, unit)
        if dress is not None:
            dresses[place] = dress
    if not dresses:
        namesakes.learn_other(typed)
        return
    full = full_names(text, start, end, namesakes, dresses)
    if full:
        placed += full
        namesakes.learn(text, start, end, full)
        return
    alone: list[Placed] = []
    backwards += reversed_names(text, start, end, namesakes, dresses)
    for place, dress in dresses.items():
        unit = namesakes.owners[place]
        if unit.facts.short == "off" or unit.code & CASE_BITS == LOWER:
            continue
        claim = claim_of(text, start, end, unit, dress, short=True)
        if claim is not None:
            alone.append((start, end, claim))
    placed += alone
    namesakes.learn(text, start, end, alone)


def resolve(placed: list[Placed], backwards: list[Placed]) -> list[Match]:
    """Return matches without overlaps, leftmost and longest first; what is cut is marked."""
    matches: list[Match] = []
    cut: list[Match] = []
    reach = 0
    for start, end, claim in sorted(placed, key=_leftmost_longest):
        if matches and matches[-1].start == start and matches[-1].end == end:
            _add_claim(matches[-1].claims, claim)
        elif start >= reach:
            matches.append(Match(start, end, [claim]))
            reach = end
        elif end > reach and claim.changes and not claim.short:
            cut.append(Match(start, end, [claim], cut=True))
    for match in matches:
        _settle(match)
    if backwards:
        matches = _add_backwards(matches, backwards)
    for earlier, later in pairwise(matches):
        earlier.later, later.earlier = later, earlier
    return matches + cut


def _add_claim(claims: list[Claim], claim: Claim) -> None:
    """Add a claim to those of a span; of one entry's claims the best one stays."""
    for i, other in enumerate(claims):
        if other.facts is claim.facts:
            if _rank(claim) < _rank(other):
                claims[i] = claim
            return
    claims.append(claim)


def _leftmost_longest(item: Placed) -> tuple[int, int, str]:
    return item[0], -item[1], item[2].facts.id


def _settle(match: Match) -> None:
    """Let what is derived give way to what is written, among claims to the whole name."""
    derived = [c for c in match.claims if c.rule == "derived" and not c.short]
    if derived and any(not c.short for c in match.claims if c not in derived):
        match.claims = [c for c in match.claims if c not in derived]


def _add_backwards(matches: list[Match], backwards: list[Placed]) -> list[Match]:
    """Add names in the wrong order where no full name stands; they cover a surname alone."""
    for start, end, claim in sorted(backwards, key=_leftmost_longest):
        if not claim.changes:
            continue
        inside = [m for m in matches if m.start < end and start < m.end]
        if all(other.short for m in inside for other in m.claims):
            matches = [m for m in matches if m not in inside]
            matches.append(Match(start, end, [claim]))
    return sorted(matches, key=lambda match: match.start)

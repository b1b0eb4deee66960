"""From the places an engine proposes to matches: verified, composed, without overlaps.

Of overlapping matches the leftmost wins, of those the longest. What loses inside
a longer match is silent; what is cut by an earlier one is reported as overlap.
"""

from __future__ import annotations

from collections.abc import Callable

from normalizer.matching.claims import PLAIN, Claim, claim_of, constant_claim
from normalizer.matching.compiled import Compiled, Hit
from normalizer.matching.persons import Namesakes, Placed, full_names, reversed_names
from normalizer.matching.surfaces import CASE_BITS, FAMILY, LOWER, WHOLE, Unit
from normalizer.matching.verifying import Dress, verify

Finder = Callable[[str], list[Hit]]


class Match:
    """A span of the text and the claims to it. ``cut`` means that an earlier match overlaps it."""

    __slots__ = ("claims", "cut", "end", "start")

    def __init__(self, start: int, end: int, claims: list[Claim], cut: bool = False) -> None:
        self.start = start
        self.end = end
        self.claims = claims
        self.cut = cut

    def changes(self) -> bool:
        """Tell whether any claim would change the text."""
        return any(claim.changes for claim in self.claims)


class Matcher:
    """A compiled glossary with an engine. Immutable but for what it remembers of keys met."""

    def __init__(self, compiled: Compiled, find: Finder) -> None:
        self.compiled = compiled
        self._find = find
        self._known: dict[int, tuple[tuple[Unit, ...], Claim | None, Namesakes | None]] = {}

    def matches(self, text: str) -> list[Match]:
        """Return the matches of a text in order; those that are ``cut`` overlap an earlier one."""
        placed: list[Placed] = []
        backwards: list[Placed] = []
        for start, end, key in self._find(text):
            known = self._known.get(key)
            if known is None:
                known = self._known[key] = self._know(key)
            units, constant, namesakes = known
            if constant is not None and text[start:end] == units[0].body and text[end : end + 1] not in _APOSTROPHES:
                placed.append((start, end, constant))
                continue
            placed += _whole(text, start, end, units)
            if namesakes is not None:
                _persons(text, start, end, namesakes, placed, backwards)
        return _resolve(placed, backwards) if placed or backwards else []

    def _know(self, key: int) -> tuple[tuple[Unit, ...], Claim | None, Namesakes | None]:
        units = self.compiled.units(key)
        family = tuple(unit for unit in units if unit.role == FAMILY)
        whole = tuple(unit for unit in units if unit.role == WHOLE)
        constant = constant_claim(units[0]) if len(units) == 1 else None
        return whole or units[:0], constant, Namesakes(family) if family else None


_APOSTROPHES = frozenset("'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER PRIME}\N{PRIME}\N{FULLWIDTH APOSTROPHE}")


def _whole(text: str, start: int, end: int, units: tuple[Unit, ...]) -> list[Placed]:
    """Return the claims of whole surfaces at a place, the best one of each entry."""
    best: dict[str, Placed] = {}
    for unit in units:
        low, high = start - len(unit.lead), end + len(unit.tail)
        if unit.lead or unit.tail:
            if text[max(low, 0) : start] != unit.lead or text[end:high] != unit.tail:
                continue
            if _is_word_at(text, low - 1) if unit.lead else _is_word_at(text, high):
                continue
        dress = verify(text, start, end, unit)
        claim = claim_of(text, low, high, unit, dress) if dress is not None else None
        if claim is None:
            continue
        old = best.get(unit.facts.id)
        if old is None or _rank(claim) < _rank(old[2]):
            best[unit.facts.id] = (low, high, claim)
    return list(best.values())


def _rank(claim: Claim) -> tuple[int, bool, int]:
    """Of one entry's claims to a span: as listed before dressed up, sure before doubtful."""
    return len(claim.forms), claim.doubt is not None, claim.rule != "listed"


def _is_word_at(text: str, position: int) -> bool:
    return 0 <= position < len(text) and (text[position].isalnum() or text[position] == "_")


def _persons(
    text: str, start: int, end: int, namesakes: Namesakes, placed: list[Placed], backwards: list[Placed]
) -> None:
    dresses: dict[int, Dress] = {}
    for place, unit in enumerate(namesakes.owners):
        dress = verify(text, start, end, unit)
        if dress is not None:
            dresses[place] = dress
    if not dresses:
        return
    full = full_names(text, start, end, namesakes, dresses)
    if full:
        placed += full
        return
    backwards += reversed_names(text, start, end, namesakes, dresses)
    for place, dress in dresses.items():
        unit = namesakes.owners[place]
        if unit.facts.short == "off" or unit.code & CASE_BITS == LOWER:
            continue
        claim = claim_of(text, start, end, unit, dress)
        if claim is not None:
            claim.short = True
            claim.full = False
            if claim.changes:
                claim.forms = (*claim.forms, "short")
            placed.append((start, end, claim))


def _resolve(placed: list[Placed], backwards: list[Placed]) -> list[Match]:
    """Return matches without overlaps, leftmost and longest first; what is cut is marked."""
    if len(placed) > 1:
        placed.sort(key=_leftmost_longest)
    matches: list[Match] = []
    cut: list[Match] = []
    reach = 0
    for start, end, claim in placed:
        if matches and matches[-1].start == start and matches[-1].end == end:
            matches[-1].claims.append(claim)
        elif start >= reach:
            matches.append(Match(start, end, [claim]))
            reach = end
        elif end > reach and claim.changes and not claim.short:
            cut.append(Match(start, end, [claim], cut=True))
    for match in matches:
        _settle(match)
    if backwards:
        matches = _add_backwards(matches, backwards)
    return matches + cut


def _leftmost_longest(item: Placed) -> tuple[int, int, str]:
    return item[0], -item[1], item[2].facts.id


def _settle(match: Match) -> None:
    """A surname alone gives way to a surface that is somebody's or something's whole name."""
    if len(match.claims) > 1:
        whole = [claim for claim in match.claims if not claim.short]
        match.claims = whole or match.claims


def _add_backwards(matches: list[Match], backwards: list[Placed]) -> list[Match]:
    """Add names in the wrong order where no full name stands; they cover a surname alone."""
    for start, end, claim in sorted(backwards, key=_leftmost_longest):
        if not claim.changes:
            continue
        inside = [m for m in matches if m.start < end and start < m.end]
        if all(claim.short for m in inside for claim in m.claims):
            matches = [m for m in matches if m not in inside]
            matches.append(Match(start, end, [claim]))
    return sorted(matches, key=lambda match: match.start)

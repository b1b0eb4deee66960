"""A reading of one text: which of its candidates become suggestions.

Nothing may be found where a candidate stands, ``decide`` may have nothing
against it, and its score must reach the threshold. The score is the likeness of
the spellings, from 0 to 1, and a little more where the text names the entry
elsewhere.

A surname alone needs the entry in full elsewhere, as always; a name of less
than six letters needs the entry elsewhere in any way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from copy import copy
from typing import NamedTuple

from normalizer.matching.claims import Claim, align, is_capitals_line
from normalizer.matching.matches import Match
from normalizer.matching.surfaces import FAMILY, GIVEN, Facts
from normalizer.normalizing.deciding import decide
from normalizer.normalizing.document import Document, stands_alone
from normalizer.normalizing.normalizer import CompiledNormalizer
from normalizer.suggesting.candidates import Candidate
from normalizer.suggesting.suggestion import Suggestion
from normalizer.suggesting.vetoes import is_other_name
from normalizer.text.tokens import Span

SHORT = 6  # letters; a name of fewer needs its entry elsewhere in the text
CONTEXT = 0.04  # what an entry that is named elsewhere adds to the score
MARGIN = 0.09  # of cost, by which the best of several entries must be better than the next
SURE = 0.93  # the least score where the entry's ``needs`` are not met
MOST = 0.99  # the highest score: what is not listed is not certain
_OPEN = ("similar", "quotation", "needs")
_AROUND = 200  # code points of a line that tell whether it is one in capitals


class Place(NamedTuple):
    """A candidate in a text: its span, whose it would be, and how like it is."""

    start: int
    end: int
    candidate: Candidate
    facts: Facts
    score: float

    @property
    def needs_context(self) -> bool:
        """Whether it is nothing without its entry elsewhere: a surname alone, a short name."""
        candidate = self.candidate
        return candidate.short or (candidate.letters < SHORT and not candidate.given)


class Part(NamedTuple):
    """Another text field of the record, with its candidates."""

    text: str
    places: tuple[Place, ...]


class Reading:
    """One text with its candidates, its findings and all that it names."""

    def __init__(
        self,
        text: str,
        places: list[Place],
        matches: list[Match],
        *,
        threshold: float,
        normalizer: CompiledNormalizer,
        context: Sequence[Part],
    ) -> None:
        self.text = text
        self.places = places
        self.matches = [match for match in matches if not match.cut]
        self.threshold = threshold
        self.settings = normalizer.settings
        others = tuple(part.text for part in context)
        findings = normalizer.normalize(text, context=others).findings
        self.taken = _Cover((finding.start, finding.end) for finding in findings)
        self.match_ends = [match.end for match in self.matches]
        placed = [(m.start, m.end, claim) for m in self.matches for claim in m.claims]
        placed += [(p.start, p.end, _claim(text, p)) for p in places if self._is_sure(p)]
        matcher = normalizer._matcher
        self.document = Document(text, matcher, others, placed)
        self.named = _Named(placed)
        #: All that is named, by where it ends and by where it starts.
        self.by_end = sorted(self.document.matches, key=lambda match: match.end)
        self.by_start = sorted(self.document.matches, key=lambda match: match.start)
        elsewhere = [c for part in others for m in matcher.matches(part) for c in m.claims]
        sure = {p.facts.index for part in context for p in part.places if self._is_sure(p)}
        #: Entries that the other fields name, and those that they name in full.
        self.in_context = {claim.facts.index for claim in elsewhere} | sure
        self.in_context_in_full = {c.facts.index for c in elsewhere if c.full} | sure

    def suggestions(self) -> list[Suggestion]:
        """Return the suggestions in order, without overlaps."""
        scored = [place for place in map(self._scored, self.places) if place is not None]
        scored.sort(key=lambda p: (-p.score, p.start, -p.end, p.facts.id))
        rivals: dict[Span, list[Place]] = {}
        chosen: list[Place] = []
        for place in scored:
            rivals.setdefault((place.start, place.end), []).append(place)
            at = bisect_left(chosen, place.start, key=lambda p: p.end - 1)
            if at == len(chosen) or chosen[at].start >= place.end:
                insort(chosen, place, key=lambda p: p.start)
        return [
            Suggestion(p.start, p.end, self.text[p.start : p.end], claim, p.score)
            for p in chosen
            if not self._has_rival(p, rivals[p.start, p.end])
            and (claim := self._decided(p)) is not None
        ]

    def _scored(self, place: Place) -> Place | None:
        """Return a candidate with its score; None if it falls short."""
        if self._is_taken(place):
            return None
        index = place.facts.index
        elsewhere = index in self.in_context or self.named.outside(index, place.start, place.end)
        if place.needs_context and not elsewhere:
            return None
        score = round(min(place.score + CONTEXT * elsewhere, MOST), 2)
        if score < self.threshold or (place.candidate.short and not self._is_in_context(place)):
            return None
        return None if self._is_other(place) else place._replace(score=score)

    def _is_sure(self, place: Place) -> bool:
        """Tell whether a candidate names its entry in full, and like enough by itself."""
        return not place.candidate.short and place.score >= self.threshold

    def _is_taken(self, place: Place) -> bool:
        """Tell whether something is found there, or something is named that is no surname of it."""
        if self.taken.touches(place.start, place.end):
            return True
        for at in range(bisect_right(self.match_ends, place.start), len(self.matches)):
            match = self.matches[at]
            if match.start >= place.end:
                break
            inside = place.start <= match.start and match.end <= place.end
            surnames = all(claim.short for claim in match.claims)
            if not (place.candidate.given and inside and surnames):
                return True
        return False

    def _is_in_context(self, place: Place) -> bool:
        """Tell whether a surname alone can only be the entry's."""
        claim = _claim(self.text, place)
        named = place.facts.index in self.in_context_in_full or self.document.names_in_full(claim)
        return (
            named
            and place.facts.short == "in-context"
            and stands_alone(self.text, Match(place.start, place.end, [claim]), claim)
            and not self.document.names_stranger(claim)
        )

    def _is_other(self, place: Place) -> bool:
        """Tell whether what was found is an acronym, or a word of it some other name."""
        found = self.text[place.start : place.end]
        if found.isupper() and len(found) < SHORT and not place.candidate.name.text.isupper():
            first = max(0, place.start - _AROUND)
            around = self.text[first : place.end + _AROUND]
            if not is_capitals_line(around, place.start - first, place.end - first):
                return True
        pieces = [piece for piece in place.candidate.pieces if piece.role != GIVEN]
        return len(pieces) == 1 and any(
            piece.cost and is_other_name(piece.found, piece.known, piece.cost) for piece in pieces
        )

    def _has_rival(self, place: Place, others: list[Place]) -> bool:
        """Tell whether another entry fits the same span about as well."""
        most = place.candidate.cost + MARGIN
        replacement = _replacement(self.text, place)
        return any(
            other.facts.index != place.facts.index
            and other.candidate.cost < most
            and _replacement(self.text, other) != replacement
            for other in others
        )

    def _decided(self, place: Place) -> Claim | None:
        """Return the claim of a candidate if deciding leaves it a suggestion."""
        claim = _claim(self.text, place)
        asked = copy(claim)
        asked.variant = self.text[place.start : place.end]  # a mention is of another spelling
        match = Match(place.start, place.end, [asked])
        earlier = bisect_right(self.by_end, place.start, key=lambda m: m.end)
        later = bisect_left(self.by_start, place.end, key=lambda m: m.start)
        match.earlier = self.by_end[earlier - 1] if earlier else None
        match.later = self.by_start[later] if later < len(self.by_start) else None
        made = decide(match, self.document, **self._settings())
        if made is None or made.action != "suggest" or made.reason not in _OPEN:
            return None
        return claim if made.reason != "needs" or place.score >= SURE else None

    def _settings(self) -> dict[str, str]:
        return {name: self.settings[name] for name in ("quotes", "hashtags")}


class _Cover:
    """Spans as disjoint ones, in order."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans: list[list[int]] = []
        for start, end in sorted(spans):
            if self._spans and start < self._spans[-1][1]:
                self._spans[-1][1] = max(end, self._spans[-1][1])
            else:
                self._spans.append([start, end])

    def touches(self, start: int, end: int) -> bool:
        """Tell whether one of the spans overlaps another."""
        at = bisect_right(self._spans, start, key=lambda span: span[1])
        return at < len(self._spans) and self._spans[at][0] < end


class _Named:
    """Which entries a text names, and how far before and after a place."""

    def __init__(self, placed: Iterable[tuple[int, int, Claim]]) -> None:
        self._first_end: dict[int, int] = {}
        self._last_start: dict[int, int] = {}
        for start, end, claim in placed:
            index = claim.facts.index
            self._first_end[index] = min(end, self._first_end.get(index, end))
            self._last_start[index] = max(start, self._last_start.get(index, start))

    def outside(self, index: int, start: int, end: int) -> bool:
        """Tell whether an entry is named before or after a span."""
        return index in self._first_end and (
            self._first_end[index] <= start or end <= self._last_start[index]
        )


def _claim(text: str, place: Place) -> Claim:
    """Return what the entry would make of a candidate's span."""
    candidate, facts = place.candidate, place.facts
    typed = text[place.start : place.end]
    name = candidate.name.text
    if candidate.given:
        parts = (candidate.given, name)
        nearest = " ".join(parts if facts.order == "given-first" else parts[::-1])
    else:
        nearest = name
    return Claim(
        facts,
        _replacement(text, place),
        changes=True,
        rule="similar",
        scheme=None,
        variant=nearest,
        forms=("case",) if typed.isupper() and not nearest.isupper() else (),
        doubt="similar",
        full=not candidate.short,
    )


def _replacement(text: str, place: Place) -> str:
    """Return the canonical form, or its parts, in the place of what was found."""
    facts = place.facts
    targets = {FAMILY: facts.family, GIVEN: facts.given}
    offset = place.start - place.candidate.start
    written = ""
    last = place.start
    for start, end, role in _parts(place.candidate):
        typed = text[start + offset : end + offset]
        target = targets.get(role, facts.canonical)
        if typed.isupper() and len(typed) > 1 and facts.case != "fixed":
            target = target.upper()
        written += text[last : start + offset] + align(typed, target)[0]
        last = end + offset
    return written


def _parts(candidate: Candidate) -> list[tuple[int, int, int]]:
    """Return start, end and role of each part of a candidate: neighbours of one role are one."""
    parts: list[tuple[int, int, int]] = []
    for piece in candidate.pieces:
        if parts and parts[-1][2] == piece.role:
            parts[-1] = (parts[-1][0], piece.end, piece.role)
        else:
            parts.append((piece.start, piece.end, piece.role))
    return parts

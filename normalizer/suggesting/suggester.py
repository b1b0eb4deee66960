"""The suggester: names in a text that are probably a known entry in an unlisted spelling.

Only suggested, never rewritten. What a run of words may spell is looked up once;
whether it is suggested depends on the text, see ``reading``.
"""

from __future__ import annotations

from collections.abc import Iterable

from normalizer.normalizing.normalizer import CompiledNormalizer
from normalizer.suggesting.candidates import Candidate, candidates, live_runs, run_texts, runs
from normalizer.suggesting.names import KnownNames
from normalizer.suggesting.reading import CONTEXT, Part, Place, Reading
from normalizer.suggesting.suggestion import Suggestion
from normalizer.text.tokens import is_boundary

__all__ = ["THRESHOLD", "Suggester", "Suggestion"]

#: The least score of a suggestion. Measured by benchmarks/suggesting.py.
THRESHOLD = 0.88
_MAX_REMEMBERED = 500_000  # runs and words


class Suggester:
    """Finds unlisted spellings of a normalizer's names.

    Remembers what it has seen; safe to share between threads.
    """

    def __init__(self, normalizer: CompiledNormalizer, *, threshold: float = THRESHOLD) -> None:
        self._normalizer = normalizer
        self._matcher = normalizer._matcher
        self._names = KnownNames(normalizer.compiled)
        self._threshold = threshold
        self._seen: dict[str, list[Candidate]] = {}
        #: Runs that spell nothing, almost all, and words that do not.
        self._nothing: set[str] = set()
        self._dead: set[str] = set()

    def suggest(self, text: str, *, context: Iterable[str] = ()) -> list[Suggestion]:
        """Return the suggestions for a text in order; none overlaps a finding.

        ``context`` holds the other text fields of the same record.
        """
        places = self._places(text)
        if not places:
            return []
        matches = self._matcher.matches(text)
        context = tuple(context)
        if not context:
            named = {claim.facts.index for match in matches for claim in match.claims}
            named.update(place.facts.index for place in places if not place.candidate.short)
            places = [p for p in places if not p.needs_context or p.facts.index in named]
            if not places:
                return []
        reading = Reading(
            text,
            places,
            matches,
            threshold=self._threshold,
            normalizer=self._normalizer,
            context=[Part(other, tuple(self._places(other))) for other in context],
        )
        return reading.suggestions()

    def _places(self, text: str) -> list[Place]:
        """Return all candidates of a text that could reach the threshold."""
        some = self._some(text)
        if not some:
            return []
        found = []
        for start, run in runs(text):
            for candidate in self._seen.get(run, ()) if run in some else ():
                low, high = start + candidate.start, start + candidate.end
                if is_boundary(text, low) and is_boundary(text, high):
                    facts = self._names.facts(candidate.name)
                    found.append(Place(low, high, candidate, facts, candidate.likeness))
        return [place for place in found if place.score + CONTEXT >= self._threshold]

    def _some(self, text: str) -> set[str]:
        """Return the runs of a text that may spell something."""
        some = set(run_texts(text)) - self._nothing
        new = some - self._seen.keys()
        if new:
            if len(self._seen) + len(self._nothing) + len(self._dead) > _MAX_REMEMBERED:
                self._seen, self._nothing, self._dead = {}, set(), set()
            for run in live_runs(list(new), self._names, self._dead):
                found = candidates(run, self._names)
                if found:
                    self._seen[run] = found
            self._nothing |= new - self._seen.keys()
            some &= self._seen.keys()
        return some

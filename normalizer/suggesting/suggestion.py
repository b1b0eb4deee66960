"""What the suggester gives back: a place, the entry it probably spells, how sure, and why."""

from __future__ import annotations

from normalizer.matching.claims import Claim
from normalizer.normalizing.result import Finding
from normalizer.suggesting.reasons import reason_of


class Suggestion:
    """A place in a text that probably spells a known entry in an unlisted way.

    ``start`` and ``end`` are half-open code points; ``found`` is what stands
    there, ``replacement`` what the entry would make of it, ``nearest`` the known
    spelling that is nearest, ``score`` how sure it is, from 0 to 1, ``reason``
    in what the spellings differ, in words.
    """

    __slots__ = ("_claim", "end", "found", "score", "start")

    def __init__(self, start: int, end: int, found: str, claim: Claim, score: float) -> None:
        self.start = start
        self.end = end
        self.found = found
        self.score = score
        self._claim = claim

    @property
    def entry(self) -> str:
        """The id of the entry."""
        return self._claim.facts.id

    @property
    def nearest(self) -> str:
        """The known spelling of the entry that is nearest."""
        return self._claim.variant

    @property
    def replacement(self) -> str:
        """What is suggested, in the dress of what was found."""
        return self._claim.replacement

    @property
    def reason(self) -> str:
        """In what the spellings differ: ``sch for zh, as in German``."""
        return reason_of(self.found, self.nearest)

    @property
    def spelling(self) -> str:
        """What was found, as a variant of the entry would be written."""
        words = " ".join(self.found.split())
        return words.title() if words.isupper() and not self.nearest.isupper() else words

    def as_finding(self) -> Finding:
        """Return the suggestion as a finding, by the rule ``similar``."""
        where = self.start, self.end, self.found
        return Finding(*where, self._claim, "suggest", "similar", (), None, None)

    def to_dict(self, field: str | None = None) -> dict[str, object]:
        """Return the suggestion as JSON values."""
        return {
            "field": field,
            "start": self.start,
            "end": self.end,
            "found": self.found,
            "replacement": self.replacement,
            "entry": self.entry,
            "rule": "similar",
            "nearest": self.nearest,
            "score": self.score,
            "reason": self.reason,
        }

    def __repr__(self) -> str:
        return (
            f"<Suggestion {self.start}:{self.end} {self.found!r} -> {self.replacement!r} "
            f"({self.entry}, {self.score})>"
        )

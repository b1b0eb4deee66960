"""The fast engine: one automaton over the folds of all surfaces.

It must propose every place that the reference matcher proposes and that
verifies; it may propose more. Imported only where daachorse is installed.

The text is searched as it stands, whatever white space runs it has. A surface
of several words that is broken by such a run is met by its *continuation*: its
first words and two blanks, also a key. What follows is then evened out and
searched again, a line's length of text. So ordinary text needs no second look.
"""

from __future__ import annotations

import daachorse

from normalizer.matching.compiled import Compiled, Hit
from normalizer.matching.folding import BLANK, even_out, fold, is_even, searchable
from normalizer.text.characters import EITHER
from normalizer.text.tokens import is_boundary, token_end


class AutomatonEngine:
    """Proposes places; the search itself releases the GIL."""

    def __init__(self, compiled: Compiled) -> None:
        data = bytes(compiled.automaton)
        self._automaton = daachorse.DoubleArrayAhoCorasick.deserialize(data)
        self._keys = compiled.keys
        self._reach = int(compiled.meta["reach"])

    def find(self, text: str) -> list[Hit]:
        """Return all places, overlapping ones too, in the order of their ends."""
        folded = fold(text)
        if not text.isascii() and not is_even(folded):
            return self._find_uneven(text, folded)
        padded = searchable(folded)
        raw = self._automaton.find_overlapping(padded)
        if not raw:
            return []
        limit = self._keys
        hits = [(s, e - 1, key) for s, e, key in raw if key < limit and padded[e] == BLANK]
        if len(hits) != len(raw):
            starts = [start for start, _, key in raw if key >= limit]
            if starts:
                hits = self._with_continued(text, hits, starts)
        return hits

    def _with_continued(self, text: str, hits: list[Hit], starts: list[int]) -> list[Hit]:
        """Add the places that begin at ``starts`` and go on over a run of white space."""
        more = [
            (start + low, start + high, key)
            for start in dict.fromkeys(starts)
            for low, high, key in self._search_evened(text[start : start + self._reach])
            if low == 0
        ]
        merged = dict.fromkeys(hits)
        merged.update(dict.fromkeys(more))
        return sorted(merged, key=_by_end)

    def _find_uneven(self, text: str, folded: bytes) -> list[Hit]:
        hits = self._search_evened(text, folded)
        if any(char in text for char in EITHER):
            split = self._search_evened(text, folded, split_either=True)
            outer = [h for h in split if is_boundary(text, h[0]) and is_boundary(text, h[1])]
            hits = sorted(dict.fromkeys(hits + outer), key=_by_end)
        return hits

    def _search_evened(
        self, text: str, folded: bytes | None = None, *, split_either: bool = False
    ) -> list[Hit]:
        evened = even_out(text, fold(text) if folded is None else folded, split_either=split_either)
        padded = searchable(evened.folded)
        return [
            (
                evened.to_text(start),
                token_end(text, evened.to_text(end - 2) + 1, split_either=split_either),
                key,
            )
            for start, end, key in self._automaton.find_overlapping(padded)
            if key < self._keys and padded[end] == BLANK
        ]


def _by_end(hit: Hit) -> tuple[int, int, int]:
    return hit[1], hit[0], hit[2]

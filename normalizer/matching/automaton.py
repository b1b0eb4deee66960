"""The fast engine: one automaton over the folds of all surfaces.

It must propose every place that the reference matcher proposes and that
verifies; it may propose more. Imported only where daachorse is installed.
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
        self._automaton = daachorse.DoubleArrayAhoCorasick.deserialize(data) if data else None

    def find(self, text: str) -> list[Hit]:
        """Return all places, overlapping ones too, in the order of their ends."""
        if self._automaton is None:
            return []
        folded = fold(text)
        if b"  " not in folded and (text.isascii() or is_even(folded)):
            padded = searchable(folded)
            return [
                (start, end - 1, key)
                for start, end, key in self._automaton.find_overlapping(padded)
                if padded[end] == BLANK
            ]
        hits = self._find_uneven(text, folded, split_either=False)
        if any(char in text for char in EITHER):
            split = self._find_uneven(text, folded, split_either=True)
            outer = [hit for hit in split if is_boundary(text, hit[0]) and is_boundary(text, hit[1])]
            hits = list(dict.fromkeys(hits + outer))
        return hits

    def _find_uneven(self, text: str, folded: bytes, *, split_either: bool) -> list[Hit]:
        evened = even_out(text, folded, split_either=split_either)
        padded = searchable(evened.folded)
        assert self._automaton is not None
        return [
            (evened.to_text(start), token_end(text, evened.to_text(end - 2) + 1), key)
            for start, end, key in self._automaton.find_overlapping(padded)
            if padded[end] == BLANK
        ]

"""The reference matcher: the specification of what is found, in plain Python.

A trie over tokens. It imports nothing of the fast engine, which has to agree
with it, and runs on the standard library alone (it is what a browser loads).
"""

from __future__ import annotations

import unicodedata
from typing import Any

from normalizer.matching.compiled import Compiled, Hit
from normalizer.text.characters import EITHER, LOOK_ALIKES, drop_invisible, is_mark
from normalizer.text.tokens import Span, is_boundary, spans

_END = ""


class ReferenceEngine:
    """Proposes every place where the tokens of a key stand one after the other."""

    def __init__(self, compiled: Compiled) -> None:
        self._trie: dict[str, Any] = {}
        for key in range(compiled.keys):
            for unit in compiled.units(key):
                self._add(unit.body, key)

    def _add(self, body: str, key: int) -> None:
        node = self._trie
        for start, end in spans(body):
            node = node.setdefault(_fold(body[start:end]), {})
        node.setdefault(_END, set()).add(key)

    def find(self, text: str) -> list[Hit]:
        """Return all places in order, overlapping ones too."""
        hits = set(self._walk(text, spans(text)))
        if any(char in text for char in EITHER):
            split = self._walk(text, spans(text, split_either=True))
            hits.update(
                hit for hit in split if is_boundary(text, hit[0]) and is_boundary(text, hit[1])
            )
        return sorted(hits)

    def _walk(self, text: str, tokens: list[Span]) -> list[Hit]:
        folded = [_fold(text[start:end]) for start, end in tokens]
        hits = []
        for first in range(len(tokens)):
            node = self._trie
            for last in range(first, len(tokens)):
                if folded[last] not in node:
                    break
                node = node[folded[last]]
                hits += [(tokens[first][0], tokens[last][1], key) for key in node.get(_END, ())]
        return hits


def _fold(token: str) -> str:
    """Return a token without marks and invisible characters, its look-alikes made Latin."""
    if token.isascii():
        return token
    decomposed = unicodedata.normalize("NFD", drop_invisible(token))
    bare = "".join(char for char in decomposed if not is_mark(char))
    return bare.translate(LOOK_ALIKES)

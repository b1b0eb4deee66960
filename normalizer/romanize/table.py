"""Rules made ready for looking up: which one applies at a place of a text.

Which rule applies depends only on the letter there and on a window around it, as
wide as the longest context of that letter's rules; each window is decided once and
remembered. So a text costs a look-up per letter, and the time is linear in its length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from normalizer.romanize.scheme import BOUNDARIES, Rule

#: Windows remembered by letter.
MAX_WINDOWS = 16_384

_BEGIN, _END = "\x02", "\x03"


class Table:
    """Rules by their first letter; among equally long sources the order of the rules counts.

    ``plain`` maps each letter that has one output whatever stands around it.
    """

    def __init__(self, rules: Iterable[Rule], known: frozenset[str]) -> None:
        self.known = known
        by_first: dict[str, list[Rule]] = {}
        for rule in sorted(rules, key=lambda rule: -len(rule.source)):
            by_first.setdefault(rule.source[0], []).append(rule)
        self._letters = {first: _Letter(found, known) for first, found in by_first.items()}
        self.plain = {
            first: letter.rules[0].to[0]
            for first, letter in self._letters.items()
            if letter.is_plain()
        }
        self._margin = max((letter.reach for letter in self._letters.values()), default=0)
        self._prefixes = {
            prefix for found in by_first.values() for r in found for prefix in r.word + r.not_word
        }

    def lookup(self, text: str) -> Callable[[int], Rule | None]:
        """Return a function from an offset in a text to the rule that applies there, if any."""
        margin, letters = self._margin, self._letters
        padded = _BEGIN * margin + text + _END * margin
        starts = self._word_starts(text) if self._prefixes else ()

        def find(i: int) -> Rule | None:
            letter = letters.get(text[i])
            if letter is None:
                return None
            begins = starts[i] if starts else ()
            at = i + margin
            return letter.find(padded[at - letter.behind : at + letter.ahead], begins)

        return find

    def _word_starts(self, text: str) -> list[tuple[str, ...]]:
        """Return for each letter which of the prefixes asked for begin its word."""
        starts: list[tuple[str, ...]] = []
        for i, char in enumerate(text):
            if char in self.known and i and text[i - 1] in self.known:
                starts.append(starts[-1])
            else:
                starts.append(tuple(p for p in self._prefixes if text.startswith(p, i)))
        return starts


class _Letter:
    """The rules that begin with one letter, and what was decided for the windows around it."""

    def __init__(self, rules: list[Rule], known: frozenset[str]) -> None:
        self.rules = rules
        self.known = known
        self.behind = max(_reach(rule.after + rule.not_after) for rule in rules)
        self.ahead = max(len(r.source) + _reach(r.before + r.not_before) for r in rules)
        self.reach = max(self.behind, self.ahead)
        self.find = lru_cache(MAX_WINDOWS)(self._decide)

    def is_plain(self) -> bool:
        """Tell whether the first rule always applies and has one output of the usual case."""
        first = self.rules[0]
        anywhere = (self.behind, self.ahead) == (0, 1) and not (first.word or first.not_word)
        return anywhere and first.is_fixed

    def _decide(self, window: str, begins: tuple[str, ...]) -> Rule | None:
        """Return the rule for the letter behind the first ``behind`` ones of a window."""
        for rule in self.rules:
            if window.startswith(rule.source, self.behind) and self._fits(rule, window, begins):
                return rule
        return None

    def _fits(self, rule: Rule, window: str, begins: tuple[str, ...]) -> bool:
        start, end = self.behind, self.behind + len(rule.source)

        def after(items: tuple[str, ...]) -> bool:
            return any(self._is_before(item, window, start) for item in items)

        def before(items: tuple[str, ...]) -> bool:
            return any(self._is_at(item, window, end) for item in items)

        return (
            (not rule.after or after(rule.after))
            and (not rule.before or before(rule.before))
            and not after(rule.not_after)
            and not before(rule.not_before)
            and (not rule.word or not set(begins).isdisjoint(rule.word))
            and set(begins).isdisjoint(rule.not_word)
        )

    def _is_before(self, item: str, window: str, end: int) -> bool:
        literal = item.lstrip("^")
        start = end - len(literal)
        signs = len(item) - len(literal)
        if window[start:end] != literal:
            return False
        return not signs or self._is_bound(window[start - 1], signs, _BEGIN)

    def _is_at(self, item: str, window: str, start: int) -> bool:
        literal = item.rstrip("$")
        end = start + len(literal)
        signs = len(item) - len(literal)
        if window[start:end] != literal:
            return False
        return not signs or self._is_bound(window[end], signs, _END)

    def _is_bound(self, char: str, signs: int, edge: str) -> bool:
        """Tell whether a neighbor is what one or two signs ask: no letter, or the edge."""
        return char == edge if signs == 2 else char not in self.known


def _reach(items: tuple[str, ...]) -> int:
    """Return how far contexts look: their letters, and the neighbor that a sign asks for."""
    lengths = (len(item.strip(BOUNDARIES)) + (item != item.strip(BOUNDARIES)) for item in items)
    return max(lengths, default=0)

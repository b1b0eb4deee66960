"""Quotations of a text: where they open and close, and which are titles.

A straight single quote opens only after a space or bracket and before a letter;
an unclosed quotation ends with its paragraph. One pass over the marks, so the
cost is that of the text whatever its length.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from normalizer.text.tokens import after, before, spans

_PARAGRAPH = re.compile(r"(?:\r\n|[\n\r])[^\S\n\r]*(?:\r\n|[\n\r])|\u2029")
_CLOSERS = {
    '"': '"\u201d',
    "\u201c": '\u201d"',
    "\u201e": '\u201c\u201d"',
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
}
_DOUBLES = '"\u201c\u201d\u201e\u00ab\u00bb'
_SINGLES = "'\u2018\u2019\u201a"
_BRACKETS = frozenset('([{<\u2014\u2013/"\u201c\u201d\u00ab\u201e')
_SMALL_WORDS = frozenset(
    ("a an the of and in on at to for by with from or nor but as vs into over s").split()
)
_WORKS = frozenset(
    ("by novel film song album movie book opera poem documentary series painting symphony").split()
)
MAX_TITLE_WORDS = 8
MAX_TITLE_LENGTH = 200  # code points


class Quotation:
    """The inside of a quotation, half-open; ``closed`` is False where its paragraph ended first."""

    __slots__ = ("closed", "end", "start")

    def __init__(self, start: int, end: int, closed: bool) -> None:
        self.start = start
        self.end = end
        self.closed = closed


class Quotations:
    """All quotations of a text, found when made."""

    __slots__ = ("_bounds", "_first", "_items", "any")

    def __init__(self, text: str) -> None:
        self._items = sorted(_find(text), key=lambda item: item.start)
        self._bounds: list[int] = []  # starts of stretches of text inside quotations
        self._first: list[tuple[int, int]] = []  # their ends, and the index of their first item
        reach = -1
        for i, item in enumerate(self._items):
            if item.start > reach:
                self._bounds.append(item.start)
                self._first.append((item.end, i))
            elif item.end > reach:
                self._first[-1] = (item.end, self._first[-1][1])
            reach = max(reach, item.end)
        self.any = bool(self._items)

    def hold(self, start: int) -> bool:
        """Tell whether any quotation holds an offset."""
        i = bisect_right(self._bounds, start) - 1
        return i >= 0 and start < self._first[i][0]

    def around(self, start: int, end: int) -> list[Quotation]:
        """Return the quotations that hold a span, outer ones first."""
        i = bisect_right(self._bounds, start) - 1
        if i < 0:
            return []
        reach, first = self._first[i]
        found = []
        for item in self._items[first:]:
            if item.start > start or item.start > reach:
                break
            if end <= item.end:
                found.append(item)
        return found


def _find(text: str) -> list[Quotation]:
    found: list[Quotation] = []
    double: tuple[str, int] | None = None
    single = -1
    unusual = "\r" in text or "\u2029" in text  # other ends of a paragraph than blank lines
    scanned = 0  # no paragraph ends between the open quotation and here
    for at in _marks(text):
        mark = text[at]
        previous = text[at - 1] if at else " "
        if double is not None or single >= 0:
            stop = None
            if unusual or text.find("\n", scanned, at) >= 0:
                stop = _PARAGRAPH.search(text, scanned, at)
            if stop is not None:
                found += _unclosed(double, single, stop.start())
                double, single = None, -1
                previous = " " if stop.end() == at else previous
            scanned = at
        if mark in _SINGLES:
            follower = text[at + 1 : at + 2]
            if (
                single >= 0
                and mark != "\u201a"
                and not follower.isalnum()
                and not previous.isspace()
            ):
                found.append(Quotation(single, at, True))
                single = -1
            elif single < 0 and mark != "\u2019" and _opens(previous, follower):
                single, scanned = at + 1, at
        elif double is not None:
            if mark in _CLOSERS[double[0]]:
                found.append(Quotation(double[1], at, True))
                double = None
        elif mark in _CLOSERS and not (mark == '"' and previous.isalnum()):
            double, scanned = (mark, at + 1), at
    if double is not None or single >= 0:
        stop = _PARAGRAPH.search(text, scanned)
        found += _unclosed(double, single, stop.start() if stop else len(text))
    return found


def _marks(text: str) -> list[int]:
    """Return the offsets of all marks that could open or close, in order."""
    found = [at for mark in _DOUBLES if mark in text for at in _offsets(text, mark)]
    singles = [at for mark in "'\u2018\u201a" if mark in text for at in _offsets(text, mark)]
    singles = [
        at
        for at in singles
        if not (text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum())
    ]
    if singles:
        found += singles
        found += [at for at in _offsets(text, "\u2019") if not text[at + 1 : at + 2].isalnum()]
    found.sort()
    return found


def _offsets(text: str, mark: str) -> list[int]:
    found = []
    at = text.find(mark)
    while at >= 0:
        found.append(at)
        at = text.find(mark, at + 1)
    return found


def _unclosed(double: tuple[str, int] | None, single: int, end: int) -> list[Quotation]:
    starts = ([double[1]] if double is not None else []) + ([single] if single >= 0 else [])
    return [Quotation(start, end, False) for start in starts]


def _opens(previous: str, follower: str) -> bool:
    return follower.isalpha() and (previous.isspace() or previous in _BRACKETS)


def is_title(text: str, quotation: Quotation, start: int, end: int) -> bool:
    """Tell whether a quotation around a span is the title of a work.

    Up to eight words and 200 code points, and either in title case (words beside
    the name, all that matter capitalised) or next to a word such as novel, film or by.
    """
    if not quotation.closed or quotation.end - quotation.start > MAX_TITLE_LENGTH:
        return False
    if len(text[quotation.start : quotation.end].split()) > 2 * MAX_TITLE_WORDS:
        return False
    words = spans(text, quotation.start, quotation.end)
    if len(words) > MAX_TITLE_WORDS:
        return False
    return _is_title_case(text, words, start, end) or _is_next_to_work(text, quotation)


def _is_title_case(text: str, words: list[tuple[int, int]], start: int, end: int) -> bool:
    others = [text[a:b] for a, b in words if b <= start or a >= end]
    rest = [word for word in others if not word[0].isupper()]
    return len(rest) < len(others) and all(
        word in _SMALL_WORDS or word[0].isdigit() for word in rest
    )


def _is_next_to_work(text: str, quotation: Quotation) -> bool:
    left = before(text, quotation.start - 1, 1)
    right = after(text, quotation.end + 1, 1)
    for a, b in left:
        if text[a:b].lower() in _WORKS - {"by"} and not text[b : quotation.start - 1].strip(" ,:"):
            return True
    return any(
        text[a:b].lower() in _WORKS and not text[quotation.end + 1 : a].strip(" ,")
        for a, b in right
    )

"""Quotations of a text: where they open and close, and which are titles.

A straight single quote opens only after a space or bracket and before a letter;
an unclosed quotation ends with its paragraph. One pass over the marks, so the
cost is that of the text whatever its length.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from itertools import islice

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
_LAST_WORD = re.compile(r"(\w+)[ ,:]*\Z")
_NEXT_WORD = re.compile(r"[ ,]*(\w+)")
_PUNCTUATION = (
    string.punctuation + "\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2013\u2014\u2026"
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
    """All quotations of a text, found when made.

    ``edges`` holds the starts and ends, in turn, of the stretches of text inside
    any quotation: an offset is inside where ``bisect_right(edges, offset)`` is odd.
    """

    __slots__ = ("_first", "_items", "edges")

    def __init__(self, text: str) -> None:
        self.edges: list[int] = []
        self._first: list[int] = []  # of each stretch the index of its first quotation
        self._items = _find(text)
        if len(self._items) > 1:
            self._items.sort(key=_start)
        reach = -1
        for i, item in enumerate(self._items):
            if item.start > reach:
                self.edges += (item.start, item.end)
                self._first.append(i)
            elif item.end > reach:
                self.edges[-1] = item.end
            reach = max(reach, item.end)

    def around(self, start: int, end: int) -> list[Quotation]:
        """Return the quotations that hold a span, outer ones first."""
        i = bisect_right(self.edges, start)
        if not i & 1:
            return []
        found = []
        for item in islice(self._items, self._first[i // 2], None):
            if item.start > start:
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
    doubles, singles = ('"', "'") if text.isascii() else (_DOUBLES, "'\u2018\u201a")
    found = [at for mark in doubles if mark in text for at in _offsets(text, mark)]
    met = [mark for mark in singles if mark in text]
    if any(_may_open(text, at) for mark in met for at in _offsets(text, mark)):
        found += [at for mark in _SINGLES for at in _offsets(text, mark)]
    if len(found) > 1:
        found.sort()
    return found


def _may_open(text: str, at: int) -> bool:
    """Tell whether a mark stands behind a space or bracket, or at the start."""
    before = text[at - 1] if at else " "
    return not before.isalnum() and (before.isspace() or before in _BRACKETS)


def _offsets(text: str, mark: str) -> list[int]:
    found = []
    at = text.find(mark)
    while at >= 0:
        found.append(at)
        at = text.find(mark, at + 1)
    return found


def _start(item: Quotation) -> int:
    return item.start


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
    others = text[quotation.start : start].split() + text[end : quotation.end].split()
    if len(others) > MAX_TITLE_WORDS and sum(map(str.isalpha, others)) > MAX_TITLE_WORDS:
        return False
    words = [word for word in map(_bare_word, others) if word]
    if len(words) + len(text[start:end].split()) > MAX_TITLE_WORDS:
        return False
    return _is_title_case(words) or _is_next_to_work(text, quotation)


def _bare_word(piece: str) -> str:
    """Return a word without the punctuation around it; empty if there is no word."""
    return piece if piece.isalpha() else piece.strip(_PUNCTUATION)


def _is_title_case(words: list[str]) -> bool:
    """Tell whether all words that matter are capitalised, and there are such."""
    matter = [word for word in words if word.lower() not in _SMALL_WORDS and word[0].isalpha()]
    return bool(matter) and all(word[0].isupper() for word in matter)


def _is_next_to_work(text: str, quotation: Quotation) -> bool:
    opening, closing = quotation.start - 1, quotation.end + 1
    left = _LAST_WORD.search(text[max(0, opening - 20) : opening])
    right = _NEXT_WORD.match(text, closing)
    return (left is not None and left[1].lower() in _WORKS - {"by"}) or (
        right is not None and right[1].lower() in _WORKS
    )

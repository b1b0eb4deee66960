"""Quotations of a paragraph: where they open and close, and which are titles."""

from __future__ import annotations

import re

from normalizer.text.tokens import after, before, spans

_PARAGRAPH = re.compile(r"(?:\r\n|[\n\r])[^\S\n\r]*(?:\r\n|[\n\r])|\u2029")
_MARKS = re.compile("[\"'\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb]")
_CLOSERS = {
    '"': '"\u201d',
    "\u201c": '\u201d"',
    "\u201e": '\u201c\u201d"',
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
}
_BRACKETS = frozenset('([{<\u2014\u2013/"\u201c\u201d\u00ab\u201e')
_SMALL_WORDS = frozenset(
    "a an the of and in on at to for by with from or nor but as vs into over".split()
)
_WORKS = frozenset(
    "by novel film song album movie book opera poem documentary series painting symphony".split()
)
MAX_TITLE_WORDS = 8
MAX_TITLE_LENGTH = 200  # code points
#: Marks that open a quotation wherever they stand; a straight single quote does so only sometimes.
OPENERS = '"\u2018\u201a\u201c\u201d\u201e\u00ab\u00bb'


class Quotation:
    """The inside of a quotation, half-open; ``closed`` is False where its paragraph ended first."""

    __slots__ = ("closed", "end", "start")

    def __init__(self, start: int, end: int, closed: bool) -> None:
        self.start = start
        self.end = end
        self.closed = closed


def paragraph_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the paragraph that holds a span."""
    low = 0
    for match in _PARAGRAPH.finditer(text, 0, start):
        low = match.end()
    following = _PARAGRAPH.search(text, end)
    return low, following.start() if following else len(text)


def quotations(text: str, low: int, high: int) -> list[Quotation]:
    """Return the quotations of ``text[low:high]``, one paragraph, in the order of their ends.

    A straight single quote opens only after a space or bracket and before a
    letter; what is not closed ends with the paragraph.
    """
    found: list[Quotation] = []
    double: tuple[str, int] | None = None
    single = -1
    for match in _MARKS.finditer(text, low, high):
        at, mark = match.start(), match[0]
        previous = text[at - 1] if at > low else " "
        follower = text[at + 1] if at + 1 < high else " "
        if mark in "'\u2018\u2019\u201a":
            if (
                single >= 0
                and mark in "'\u2018\u2019"
                and not follower.isalnum()
                and not previous.isspace()
            ):
                found.append(Quotation(single, at, True))
                single = -1
            elif single < 0 and mark != "\u2019" and _opens(previous, follower):
                single = at + 1
        elif double is not None and mark in _CLOSERS[double[0]]:
            found.append(Quotation(double[1], at, True))
            double = None
        elif double is None and mark in _CLOSERS and not (mark == '"' and previous.isalnum()):
            double = (mark, at + 1)
    if double is not None:
        found.append(Quotation(double[1], high, False))
    if single >= 0:
        found.append(Quotation(single, high, False))
    return found


def _opens(previous: str, follower: str) -> bool:
    return follower.isalpha() and (previous.isspace() or previous in _BRACKETS)


def openings(text: str) -> list[int]:
    """Return every offset where a quotation might open, in order; more than do open."""
    found = []
    for mark in OPENERS:
        at = text.find(mark)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1)
    at = text.find("'")
    while at >= 0:
        previous = text[at - 1] if at else " "
        if not previous.isalnum():
            found.append(at)
        at = text.find("'", at + 1)
    found.sort()
    return found


def is_title(text: str, quotation: Quotation, start: int, end: int) -> bool:
    """Tell whether a quotation around a span is the title of a work.

    Up to eight words, and either in title case (words beside the name, all that
    matter capitalised) or next to a word such as novel, film or by.
    """
    if not quotation.closed or quotation.end - quotation.start > MAX_TITLE_LENGTH:
        return False
    words = spans(text, quotation.start, quotation.end)
    if len(words) > MAX_TITLE_WORDS:
        return False
    return _is_title_case(text, words, start, end) or _is_next_to_work(text, quotation)


def _is_title_case(text: str, words: list[tuple[int, int]], start: int, end: int) -> bool:
    others = [text[a:b] for a, b in words if b <= start or a >= end]
    capitalized = [word for word in others if word[0].isupper()]
    rest = (word for word in others if not word[0].isupper())
    return bool(capitalized) and all(
        word in _SMALL_WORDS or word == "s" or word[0].isdigit() for word in rest
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

"""Tokens: the words of a text and what stands between them.

A token is a run of word characters; invisible characters inside it belong to
it. A character of a script written without spaces is a token by itself. Spans
are half-open code points.
"""

from __future__ import annotations

import re

from normalizer.text.characters import (
    APOSTROPHES,
    EITHER,
    EN_DASH,
    HYPHENS,
    INVISIBLE,
    MARKS,
    is_invisible,
    is_joining_space,
    is_mark,
    is_unspaced,
    is_word,
)

Span = tuple[int, int]

_RUN = re.compile(rf"[\w{INVISIBLE}][\w{MARKS}{INVISIBLE}]*")
#: A run without any of these is one token.
_UNEVEN = re.compile(
    rf"[{INVISIBLE}{''.join(c for c in APOSTROPHES if c.isalnum())}\u0e01-\U0003fffd]"
)
_WINDOW = 120
_NAME_JOINERS = frozenset(HYPHENS + EN_DASH + APOSTROPHES)


def spans(
    text: str, start: int = 0, end: int | None = None, *, split_either: bool = False
) -> list[Span]:
    r"""Return the span of each token of ``text[start:end]``, offsets into ``text``.

    With ``split_either`` a soft hyphen or zero-width space separates tokens
    instead of being nothing.

    >>> spans("Kim Jong-un")
    [(0, 3), (4, 8), (9, 11)]
    >>> spans("Jong\u00adun"), spans("Jong\u00adun", split_either=True)
    ([(0, 7)], [(0, 4), (5, 7)])
    """
    found: list[Span] = []
    for run in _RUN.finditer(text, start, len(text) if end is None else end):
        if _UNEVEN.search(run[0]) is None:
            found.append(run.span())
        else:
            found.extend(_split_run(text, *run.span(), split_either))
    return found


def _split_run(text: str, start: int, end: int, split_either: bool) -> list[Span]:
    """Split a run at apostrophes, around unspaced characters, and drop outer invisibles."""
    found: list[Span] = []
    open_at = -1  # start of the token being read
    last = -1  # end of its last visible character
    unspaced = False
    for i in range(start, end):
        char = text[i]
        if is_invisible(char):
            if split_either and char in EITHER and open_at >= 0:
                found.append((open_at, last))
                open_at = -1
            continue
        breaks = not is_word(char) or (not is_mark(char) and (unspaced or is_unspaced(char)))
        if breaks and open_at >= 0:
            found.append((open_at, last))
            open_at = -1
        if not is_word(char):
            unspaced = False
            continue
        if is_mark(char):
            if open_at < 0:
                continue
        else:
            unspaced = is_unspaced(char)
            open_at = i if open_at < 0 else open_at
        last = i + 1
    if open_at >= 0:
        found.append((open_at, last))
    return found


def before(text: str, position: int, count: int) -> list[Span]:
    """Return up to ``count`` tokens that end before ``position``, nearest first.

    Only the 120 code points before ``position`` are looked at; a token cut by
    that window is left out.
    """
    low = max(0, position - _WINDOW)
    found = spans(text, low, position)
    if low and found and found[0][0] == low:
        found = found[1:]
    return found[: -count - 1 : -1]


def after(text: str, position: int, count: int) -> list[Span]:
    """Return up to ``count`` tokens that start at or after ``position``, in order.

    Only the 120 code points after ``position`` are looked at; a token cut by
    that window is left out.
    """
    high = min(len(text), position + _WINDOW)
    found = spans(text, position, high)
    if high < len(text) and found and found[-1][1] == high:
        found = found[:-1]
    return found[:count]


def joined_before(text: str, position: int, count: int) -> list[Span]:
    """Return up to ``count`` tokens to the left that a name could continue into, nearest first.

    Between two of them stands white space with at most one line break, a
    hyphen, an apostrophe, or the full stop of an initial and white space.
    """
    found: list[Span] = []
    for start, end in before(text, position, count):
        gap = text[end:position]
        initial = gap[:1] == "." and end - start == 1 and text[start].isalpha()
        if not _joins(gap[1:] if initial else gap, allow_nothing=initial):
            break
        found.append((start, end))
        position = start
    return found


def joined_after(text: str, position: int, count: int) -> list[Span]:
    """Return up to ``count`` tokens to the right that a name could continue into, in order."""
    found: list[Span] = []
    for start, end in after(text, position, count):
        if not _joins(text[position:start]):
            break
        found.append((start, end))
        position = end
    return found


def _joins(gap: str, *, allow_nothing: bool = False) -> bool:
    return gap in _NAME_JOINERS or is_joining_space(gap) or (allow_nothing and not gap)


def token_end(text: str, position: int, *, split_either: bool = False) -> int:
    r"""Return where a token ends whose last letter ends at ``position``: past the letter's marks.

    With ``split_either`` a soft hyphen or zero-width space ends it, as in ``spans``.

    >>> token_end("Kinjal\u0301, a", 6), token_end("Kinjal, a", 6)
    (7, 6)
    """
    end = position
    while position < len(text):
        if is_mark(text[position]):
            end = position + 1
        elif not is_invisible(text[position]) or (split_either and text[position] in EITHER):
            break
        position += 1
    return end


def is_boundary(text: str, position: int) -> bool:
    r"""Tell whether no token goes on across ``position``; invisible characters are looked through.

    >>> is_boundary("Kinjal-type", 6), is_boundary("Kinjals", 6), is_boundary("Kin\u00adjal", 3)
    (True, False, False)
    """
    right = position
    while right < len(text) and is_invisible(text[right]):
        right += 1
    left = position
    while left and is_invisible(text[left - 1]):
        left -= 1
    if left == 0 or right == len(text):
        return True
    if not (is_word(text[left - 1]) and is_word(text[right])):
        return True
    if is_mark(text[right]):
        return False
    while left > 1 and (is_mark(text[left - 1]) or is_invisible(text[left - 1])):
        left -= 1
    return is_unspaced(text[left - 1]) or is_unspaced(text[right])

"""Places where a name is not prose: addresses, handles, paths, code, switched-off regions.

Every function looks only at the text around a span, so a hit costs the same in
a line of five megabytes.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from normalizer.text.tokens import Span

_REACH = 80  # code points looked at on each side
_LONG_REACH = 2000  # and before, for the start of an address
_OPENING = frozenset(' \t\n\u00a0("\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}')
_CLOSING = frozenset(",;:!?)\"\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}'.")

_SWITCH = re.compile(r"<!--\s*normalizer:\s*(off|on)\s*-->")
_CODE = re.compile(r"`[^`\n]*`")
_RIGHT = re.compile(r"\S*")
_URL = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*://|www\.)\S+")
_DOMAINS = (
    "com|org|net|gov|mil|edu|int|info|biz|news|io|tv|me|eu|uk|us|de|fr|it|es|pl|ru|"
    "su|ua|by|kz|ge|kr|kp|jp|cn|ir|il|tr|in"
)
_DOMAIN = re.compile(rf"[\w-]+(?:\.[\w-]+)*\.(?:{_DOMAINS})(?![\w-])(?:[:/?#]\S*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"@[\w.-]*\Z")
_HASHTAG = re.compile(r"[#\N{FULLWIDTH NUMBER SIGN}]\w*\Z")
_ROOTED = re.compile(r"(?:~|\.{1,2})?/\S|[A-Za-z]:[\\/]\S|\\\\\S")
_FILE = re.compile(
    r"(?:[\w.~-]+[/\\])*[\w-]+(?:\.[\w-]+)*\.(?:[a-z][a-z0-9]{1,4}|[A-Z][A-Z0-9]{1,3})(?![\w-])"
)
_SLASHES = re.compile(r"(?:[\w.-]+[/\\]){2,}[\w.-]*")


def switched_off(text: str) -> list[Span]:
    """Return the regions between ``<!-- normalizer: off -->`` and ``on``, or the end."""
    if "normalizer:" not in text:
        return []
    regions = []
    start = -1
    for match in _SWITCH.finditer(text):
        if match[1] == "off" and start < 0:
            start = match.start()
        elif match[1] == "on" and start >= 0:
            regions.append((start, match.end()))
            start = -1
    if start >= 0:
        regions.append((start, len(text)))
    return regions


def code_spans(text: str) -> list[Span]:
    """Return the spans between two backticks of a line, with these, in order.

    >>> code_spans("the `Kinjal` ` missile")
    [(4, 12)]
    """
    return [match.span() for match in _CODE.finditer(text)] if "`" in text else []


def touches(spans: list[Span], start: int, end: int) -> bool:
    """Tell whether one of some spans, in order and apart, overlaps ``start:end``."""
    i = bisect_left(spans, (end,)) - 1
    return i >= 0 and start < spans[i][1]


def guard(text: str, start: int, end: int) -> str | None:
    """Return why a span is not prose (``url``, ``email``, ``path`` …), or None.

    >>> guard("see www.kinjal.org", 8, 14), guard("the Kinjal.", 4, 10)
    ('url', None)
    """
    previous = text[start - 1] if start else " "
    follower = text[end : end + 2]
    if previous in _OPENING and (
        not follower
        or follower[0].isspace()
        or (follower[0] in _CLOSING and not follower[1:].strip())
    ):
        return None
    left = _last_chunk(text[max(0, start - _LONG_REACH) : start])
    if "://" in left or "www." in left:
        return "url"
    left = left[-_REACH:]
    right = _RIGHT.match(text[end : end + _REACH])
    assert right is not None
    return _guard_chunk(left, text[start:end], right[0])


def _last_chunk(before: str) -> str:
    return "" if not before or before[-1].isspace() else before.split()[-1]


def _guard_chunk(left: str, typed: str, right: str) -> str | None:
    chunk = left + typed + right
    span = (len(left), len(left) + len(typed))
    if _covers(_URL, chunk, span):
        return "url"
    if "@" in chunk:
        if _covers(_EMAIL, chunk, span):
            return "email"
        if _HANDLE.search(left):
            return "handle"
    if _HASHTAG.search(left):
        return "hashtag"
    if "." in right and _covers(_DOMAIN, chunk, span):
        return "url"
    if "/" in left and "." in left and _covers(_DOMAIN, chunk, span):
        return "url"
    return "path" if _is_path(chunk, span) else None


def _is_path(chunk: str, span: Span) -> bool:
    opening = chunk.lstrip("([\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}")
    if _ROOTED.match(opening):
        return True
    return _covers(_FILE, chunk, span) or ("\\" in chunk and _covers(_SLASHES, chunk, span))


def _covers(pattern: re.Pattern[str], chunk: str, span: Span) -> bool:
    return any(m.start() <= span[0] and span[1] <= m.end() for m in pattern.finditer(chunk))

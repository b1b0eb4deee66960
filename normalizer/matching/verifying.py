"""Whether a text really holds a surface at a place, and in which dress.

Both engines propose places; this module decides, on the text itself. A surface
and what was typed are compared token by token and separator by separator.
"""

from __future__ import annotations

import re
import unicodedata

from normalizer.matching.surfaces import DESIGNATION, Unit
from normalizer.text.characters import (
    APOSTROPHES,
    EN_DASH,
    HYPHENS,
    JOINERS,
    LOOK_ALIKES,
    SOFT_HYPHEN,
    drop_invisible,
    drop_stress,
    is_joining_space,
    mixes_scripts,
    strip_marks,
)
from normalizer.text.tokens import Span, spans

#: What a typed name may differ in, in the order of the log.
FORMS = (
    "case", "separator", "apostrophe", "marks", "invisible", "look-alike", "plural", "possessive",
    "short", "order",
)  # fmt: skip


class Dress:
    """How a typed name differs from its surface. ``spaced`` means a designation without hyphen."""

    __slots__ = ("forms", "spaced")

    def __init__(self, forms: tuple[str, ...] = (), spaced: bool = False) -> None:
        self.forms = forms
        self.spaced = spaced


PLAIN = Dress()


def verify(text: str, start: int, end: int, unit: Unit) -> Dress | None:
    """Return how ``text[start:end]`` wears a surface's body, or None if it is something else."""
    typed = text[start:end]
    if typed == unit.body:
        return PLAIN
    return compare(typed, unit.body, exact=unit.exact)


def compare(typed: str, body: str, *, exact: bool = False) -> Dress | None:
    r"""Compare what was typed with the body of a surface; ``exact`` asks for all its marks.

    >>> compare("Kim Jong\N{NON-BREAKING HYPHEN}un", "Kim Jong-un").forms
    ('separator',)
    >>> compare("Kinzhal", "Kinjal") is None
    True
    """
    if typed == body:
        return PLAIN
    typed_spans = spans(typed)
    body_spans = spans(body)
    if len(typed_spans) != len(body_spans) and SOFT_HYPHEN not in typed and "\u200b" not in typed:
        return None
    dress = _compare_tokens(typed, typed_spans, body, body_spans, exact)
    if dress is None and (SOFT_HYPHEN in typed or "\N{ZERO WIDTH SPACE}" in typed):
        dress = _compare_tokens(typed, spans(typed, split_either=True), body, body_spans, exact)
    return dress


def _compare_tokens(
    typed: str, typed_spans: list[Span], body: str, body_spans: list[Span], exact: bool
) -> Dress | None:
    if len(typed_spans) != len(body_spans):
        return None
    found: set[str] = set()
    spaced = False
    hyphens = _designation_hyphens(body)
    last_typed = last_body = 0
    for (start, end), (body_start, body_end) in zip(typed_spans, body_spans, strict=True):
        if last_body:
            gap, expected = typed[last_typed:start], body[last_body:body_start]
            form = _compare_gaps(gap, expected)
            if form is None:
                return None
            if form:
                found.add(form)
            if last_body in hyphens and gap.isspace():
                spaced = True
        word = _word_around(typed, start, end)
        forms = _compare_token(
            typed[start:end], body[body_start:body_end], mixes_scripts(word), exact
        )
        if forms is None:
            return None
        found.update(forms)
        last_typed, last_body = end, body_end
    return Dress(tuple(form for form in FORMS if form in found), spaced)


def _designation_hyphens(body: str) -> frozenset[int]:
    return frozenset(match.end(1) for match in DESIGNATION.finditer(body))


def _compare_gaps(gap: str, expected: str) -> str | None:
    """Return the form in which two separators differ, ``""`` for none, None if they are unlike."""
    if gap == expected:
        return ""
    bare = drop_invisible(gap)
    if expected in JOINERS:
        if bare in JOINERS or gap == SOFT_HYPHEN or _is_one_blank(bare):
            return "separator"
        return None
    if expected == " ":
        if is_joining_space(bare):
            return "" if bare == gap else "invisible"
        return "separator" if gap == "\N{ZERO WIDTH SPACE}" else None
    if len(expected) == 1 and expected in APOSTROPHES:
        return "apostrophe" if len(bare) == 1 and bare in APOSTROPHES else None
    return "separator" if _level(bare) == _level(expected) else None


def _is_one_blank(gap: str) -> bool:
    return (
        len(gap) == 1
        and gap.isspace()
        and is_joining_space(gap)
        and gap not in "\n\r\x0b\x0c\x85\u2028"
    )


_LEVEL = {ord(c): "-" for c in HYPHENS + EN_DASH} | {ord(c): "'" for c in APOSTROPHES}


def _level(gap: str) -> str:
    """Return a separator with its interchangeable characters made equal."""
    pieces = re.split(r"(\s+)", gap.translate(_LEVEL))
    return "".join(" " if is_joining_space(piece) else piece for piece in pieces)


def _word_around(typed: str, start: int, end: int) -> str:
    """Return the run without white space around a token: where two scripts may mix."""
    while start and not typed[start - 1].isspace():
        start -= 1
    while end < len(typed) and not typed[end].isspace():
        end += 1
    return typed[start:end]


def _compare_token(typed: str, token: str, mixed: bool, exact: bool) -> list[str] | None:
    if typed == token:
        return []
    forms = []
    bare = drop_invisible(typed)
    if bare != typed:
        forms.append("invisible")
    bare = unicodedata.normalize("NFC", bare)
    token = unicodedata.normalize("NFC", token)
    if bare == token:
        return forms
    if mixed:
        latin = unicodedata.normalize("NFC", bare.translate(LOOK_ALIKES))
        if latin != bare:
            forms.append("look-alike")
            bare = latin
        if bare == token:
            return forms
    if (not exact and strip_marks(token) == bare) or drop_stress(bare) == token:
        return [*forms, "marks"]
    return None

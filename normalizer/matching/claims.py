"""A claim: what one entry would make of one place in a text.

The replacement is worked out here, aligned with what was typed: white space
stays, the number of lines never changes.
"""

from __future__ import annotations

import re
import unicodedata
from copy import copy

from normalizer.matching.surfaces import (
    CASE_BITS,
    CLOSED,
    DERIVED,
    LOWER,
    RENAME,
    RULES,
    SOURCE,
    UPPER,
    WHOLE,
    Facts,
    Unit,
    capitalize,
    in_capitals,
    is_weak,
)
from normalizer.matching.verifying import FORMS, PLAIN, Dress
from normalizer.text.characters import (
    APOSTROPHES,
    HYPHENS,
    count_line_breaks,
    is_unspaced,
    is_word,
)
from normalizer.text.tokens import Span, after, before

#: After a number these make a measure of it, not a designation.
_UNITS = (
    "years? months? weeks? days? hours? minutes? seconds? km kms kilomet(?:er|re)s? met(?:er|re)s? "
    "m cm mm miles? mph kph km/h knots? f(?:oo|ee)t inch(?:es)? kg kgs kilos? kilograms? tons? "
    "tonnes? pounds? lbs? percent(?:age)? per dollars? euros? rubles? roubles? hryvnias? cents? "
    "hundred thousand million billion trillion people persons? men women children soldiers troops "
    "times degrees points"
).replace(" ", "|")
_MEASURE = re.compile(
    rf"\s*[%°€$£]|[\s-](?:{_UNITS})\b|-(?:year|month|week|day|hour|minute)", re.IGNORECASE
)
_ENDS_SENTENCE = re.compile(r"\W*(?:$|[\r\n]|\s[^\w\s]*[A-Z])")
_PIECES = re.compile(rf"(\s+|[{HYPHENS}\N{{EN DASH}}])")


class Claim:
    """What an entry would make of a span; ``doubt`` is the reason to suggest only, or None."""

    __slots__ = (
        "_possessive",
        "article",
        "changes",
        "doubt",
        "facts",
        "forms",
        "full",
        "plain",
        "rename",
        "replacement",
        "rule",
        "scheme",
        "short",
        "steady",
        "variant",
    )

    def __init__(
        self,
        facts: Facts,
        replacement: str,
        *,
        changes: bool,
        rule: str,
        scheme: str | None,
        variant: str,
        forms: tuple[str, ...],
        doubt: str | None,
        short: bool = False,
        full: bool = False,
        rename: bool = False,
        steady: bool = False,
    ) -> None:
        self.facts = facts
        self.replacement = replacement
        self.changes = changes
        self.rule = rule
        self.scheme = scheme
        self.variant = variant
        self.forms = forms
        self.doubt = doubt
        self.short = short
        self.full = full
        self.rename = rename
        #: True when what is written changes nothing for the text around it.
        self.steady = steady
        self._possessive: Claim | None = None
        #: The article that fits the replacement, where another one may fit what was typed.
        self.article: str | None = None
        #: True when in plain prose nothing speaks against the rewrite.
        self.plain = (
            changes and doubt is None and not (short or rename or facts.needs or facts.unless)
        )

    def possessive(self) -> Claim:
        """Return the same claim to a name with ``'s`` behind it."""
        if self._possessive is None:
            twin = copy(self)
            twin.forms = merge_forms(self.forms, ("possessive",))
            self._possessive = twin
        return self._possessive


def claim_of(
    text: str,
    start: int,
    end: int,
    unit: Unit,
    dress: Dress,
    *,
    short: bool = False,
    first: bool = True,
) -> Claim | None:
    """Return a unit's claim to ``text[start:end]``; None where the designation is a measure.

    The span includes the punctuation at the edges of the surface. ``short`` says
    that it is a person's surname alone; ``first`` that no other part of a name
    stands before it.
    """
    doubt = doubt_of(text, end, unit, dress)
    if doubt == "measure" or (unit.rule == SOURCE and not _is_between_latin(text, start, end)):
        return None
    if unit.rule == DERIVED and _is_unsure(unit, dress, short=short):
        doubt = doubt or "derived"
    typed = text[start:end]
    target = dressed_target(text, start, end, unit, first=first)
    replacement, aligned = align(typed, _with_apostrophes_of(typed, target))
    if not aligned:
        doubt = doubt or "split"
    forms = merge_forms(unit.forms, dress.forms)
    if unit.rule == SOURCE:
        forms = merge_forms(forms, ("look-alike",))
    changes = replacement != typed and unicodedata.normalize("NFC", typed) != replacement
    if text[end : end + 1] in APOSTROPHES and end < len(text):
        forms, lost = _possessive(text, end, typed, replacement, forms)
        if lost and changes:
            doubt = doubt or "ambiguous"
    if changes and _would_merge(text, start, end, replacement):
        doubt = doubt or "unstable"
    if short and changes:
        forms = merge_forms(forms, ("short",))
    claim = Claim(
        unit.facts,
        replacement,
        changes=changes,
        rule=RULES[unit.rule],
        scheme=unit.scheme,
        variant=unit.variant,
        forms=forms,
        doubt=doubt,
        short=short,
        full=not short,
        rename=unit.rule == RENAME,
        steady=unit.facts.stable
        and not short
        and has_small(typed) == has_small(replacement)
        and is_latin(typed),
    )
    was, becomes = article_of(typed), article_of(replacement)
    if changes and was and becomes and was != becomes:
        claim.article, claim.plain = becomes, False
    return claim


def article_of(text: str) -> str | None:
    """Return the indefinite article that fits a name: ``an`` before a vowel or a letter's name.

    None before U, which is a vowel in Uragan and none in Ukraine.

    >>> article_of("X-101"), article_of("Kh-101"), article_of("Iskander"), article_of("MiG-31")
    ('an', 'a', 'an', 'a')
    """
    first, alone = text[:1].upper(), not text[1:2].isalpha()  # a letter read by its name
    if first == "U" and not alone:
        return None
    return "an" if first in ("AEFHILMNORSX" if alone else "AEIO") else "a"


def _is_between_latin(text: str, start: int, end: int) -> bool:
    """Tell whether the words beside a span, one on each side if there are two, are Latin."""
    beside = [_nearest_word(text, before(text, start, 3)), _nearest_word(text, after(text, end, 3))]
    return any(beside) and all(map(is_latin, beside))


def _nearest_word(text: str, tokens: list[Span]) -> str:
    """Return the first of some tokens that has a letter, or nothing."""
    words = (text[low:high] for low, high in tokens)
    return next((word for word in words if any(map(str.isalpha, word))), "")


def is_latin(text: str) -> bool:
    """Tell whether a text has no letter of another script.

    >>> is_latin("Choïgou"), is_latin("\N{CYRILLIC CAPITAL LETTER TE}u-160")
    (True, False)
    """
    return text.isascii() or all(char < "\u0370" or not char.isalpha() for char in text)


def has_small(text: str) -> bool:
    """Tell whether a text has small letters, so that its line is not one in capitals.

    >>> has_small("KIM"), has_small("Kim")
    (False, True)
    """
    return text.upper() != text


def _would_merge(text: str, start: int, end: int, replacement: str) -> bool:
    """Tell whether a replacement would grow together with the word beside it.

    Only a surface in a script without spaces can touch another word.
    """
    after, before = text[end : end + 1], text[start - 1 : start] if start else ""
    return _are_one_word(replacement[-1:], after) or _are_one_word(before, replacement[:1])


def _are_one_word(left: str, right: str) -> bool:
    if not left or not right or not is_word(left) or not is_word(right):
        return False
    return not (is_unspaced(left) or is_unspaced(right))


def _is_unsure(unit: Unit, dress: Dress, *, short: bool) -> bool:
    """Tell whether a derived token by itself, as it was typed, may be another name or word."""
    single = short or (unit.role == WHOLE and unit.variant.isalpha())
    return single and (unit.full_only or "marks" in dress.forms)


def doubt_of(text: str, end: int, unit: Unit, dress: Dress) -> str | None:
    """Return why a surface in this dress is only suggested, None, or ``measure``."""
    if unit.action == "suggest":
        return "derived" if unit.rule == DERIVED else "listed-suggest"
    if unit.code & CASE_BITS == LOWER and unit.facts.case == "name":
        return "lower-case"
    if dress.spaced or unit.code & CLOSED:
        if _MEASURE.match(text, end):
            return "measure"
        if unit.weak or is_weak(unit.variant):
            return "ambiguous"
    if (
        unit.tail.endswith(".")
        and not unit.target.endswith(".")
        and _ENDS_SENTENCE.match(text, end)
    ):
        return "ambiguous"  # the full stop may be the sentence's
    return None


def dressed_target(text: str, start: int, end: int, unit: Unit, *, first: bool = True) -> str:
    """Return a unit's target in the case that the text around it asks for."""
    target = unit.target
    form = unit.code & CASE_BITS
    if unit.facts.case == "fixed":
        capitals = text[start:end].isupper() and is_capitals_line(text, start, end)
        return in_capitals(target, unit.code) if capitals else target
    if first and target[:1].islower() and form != UPPER and form != LOWER and text[start].isupper():
        return capitalize(target)
    return target


def is_capitals_line(text: str, start: int, end: int) -> bool:
    """Tell whether the rest of the line has letters, all of them capitals.

    >>> is_capitals_line("KIM INSPECTS MIG-31", 13, 19), is_capitals_line("MIG-31", 0, 6)
    (True, False)
    """
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    stops = [i for i in (text.find("\n", end), text.find("\r", end)) if i >= 0]
    rest = text[first:start] + " " + text[end : min(stops, default=len(text))]
    return rest.isupper()


def align(typed: str, target: str) -> tuple[str, bool]:
    r"""Fit a target to what was typed: its white space stays.

    False where the tokens cannot be aligned and a line break would be lost.

    >>> align("Kim\nJong-un", "Kim Jong Un")
    ('Kim\nJong Un', True)
    >>> align("Kim\nJongun", "Kim Jong Un")
    ('Kim Jong Un', False)
    """
    if typed.isalnum() or (
        not any(char.isspace() and char != " " for char in typed) and "  " not in typed
    ):
        return target, True
    typed_pieces, target_pieces = _PIECES.split(typed), _PIECES.split(target)
    if len(typed_pieces) != len(target_pieces):
        return target, count_line_breaks(typed) == 0
    result = []
    aligned = True
    for number, (was, becomes) in enumerate(zip(typed_pieces, target_pieces, strict=True)):
        if number % 2 and was.isspace():
            if becomes.isspace():
                result.append(was)
                continue
            aligned = aligned and not count_line_breaks(was)
        result.append(becomes)
    return "".join(result), aligned


def _with_apostrophes_of(typed: str, target: str) -> str:
    """Return a target with the kind of apostrophe that was typed, straight or curly."""
    for kind, other in (
        ("'", "\N{RIGHT SINGLE QUOTATION MARK}"),
        ("\N{RIGHT SINGLE QUOTATION MARK}", "'"),
    ):
        if other in target and kind in typed and other not in typed:
            return target.replace(other, kind)
    return target


def merge_forms(*forms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the union of forms in the order of the log."""
    first = forms[0]
    if all(other == () for other in forms[1:]):
        return first
    union = set().union(*forms)
    return tuple(form for form in FORMS if form in union)


def _possessive(
    text: str, end: int, typed: str, replacement: str, forms: tuple[str, ...]
) -> tuple[tuple[str, ...], bool]:
    """Look at the apostrophe after a name: the forms, and whether a possessive would be broken.

    ``’s`` fits any name; a bare apostrophe only one that ends in s.
    """
    if is_possessive(text, end):
        return merge_forms(forms, ("possessive",)), False
    follower = text[end + 1 : end + 3]
    bare = typed[-1:] in "sS" and follower[:1].isspace() and follower[1:2].isalpha()
    if bare and not _closes_quotation(text, end):
        return merge_forms(forms, ("possessive",)), replacement[-1:] not in "sS"
    return forms, False


def is_possessive(text: str, end: int) -> bool:
    """Tell whether a character at ``end``, an apostrophe, and an s make a possessive.

    >>> is_possessive("Kinjal's range", 6), is_possessive("Kinjal'", 6)
    (True, False)
    """
    follower = text[end + 1 : end + 3]
    return follower[:1] in ("s", "S") and not follower[1:].isalnum()


def _closes_quotation(text: str, end: int) -> bool:
    """Tell whether a single quotation mark opened before on this line is still open."""
    line = text[max(text.rfind("\n", 0, end), end - 200) + 1 : end]
    opened = len(re.findall(r"(?:^|[\s(\[])['\N{LEFT SINGLE QUOTATION MARK}](?=\w)", line))
    closed = len(re.findall(r"['\N{RIGHT SINGLE QUOTATION MARK}](?=\W|$)", line))
    return opened > closed


def constant_claim(unit: Unit) -> Claim | None:
    """Return the claim to a unit's body typed as it stands, if it is the same in every text.

    That it is not followed by an apostrophe is for the caller to see.
    """
    if unit.rule == SOURCE:
        return None
    upper_fixed = unit.facts.case == "fixed" and unit.code & CASE_BITS == UPPER
    if upper_fixed or unit.code & CLOSED or unit.lead or unit.tail:
        return None
    if is_unspaced(unit.body[0]) or is_unspaced(unit.body[-1]):
        return None
    return claim_of(unit.body, 0, len(unit.body), unit, PLAIN)

"""Surfaces: every dress in which a spelling is looked for.

A *row* is one spelling of one entry (a variant, a canonical form, a family
name). Its *code* says which dress of it a surface is: a case form, with a
plural, with its designation closed up (``MiG31``), without its apostrophe.
Row and code together give the surface and what replaces it, so a compiled
glossary holds rows and codes, and builds a ``Unit`` when one is met.

The rules are those of the entry format, ``docs/entry-format.md``, "Surfaces".
"""

from __future__ import annotations

import re

from normalizer.text.characters import APOSTROPHES, HYPHENS, is_word

WHOLE, FAMILY, GIVEN = 0, 1, 2
AS_WRITTEN, UPPER, TITLE, LOWER, SENTENCE = range(5)
EVERY_CASE = 7  # in the place of a case form: all of them
CASE_BITS, PLURAL, CLOSED, BARE = 7, 8, 16, 32
CODE_BITS = 6

#: Rules as the log names them; a profile's other name and a designation's source form have none
#: of their own.
RULES = ("canonical", "listed", "profile", "derived", "profile", "canonical")
CANONICAL, LISTED, PROFILE, DERIVED, RENAME, SOURCE = range(6)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Letters, a hyphen and digits: a designation such as MiG-31.
DESIGNATION = re.compile(r"(?<![^\W_])([^\W\d_]{1,12})-(\d+)")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_TOKEN_START = re.compile(rf"(?:^|(?<=[{HYPHENS}\s]))[^\W\d_]")


#: A row of a given name: text, rule, scheme, action, exact.
Part = tuple[str, int, str | None, str, bool]


class Facts:
    """What matching and deciding need to know of an entry."""

    __slots__ = (
        "canonical", "case", "family", "given", "id", "index", "kind", "needs", "order",
        "parts", "patronymic", "plural", "short", "stable", "unless",
    )  # fmt: skip

    def __init__(self, index: int, values: Any) -> None:
        self.index = index
        (
            self.id, self.kind, self.canonical, self.plural, self.case, self.order,
            self.given, self.family, self.patronymic, self.short, self.needs, self.unless,
            self.stable, self.parts,
        ) = values  # fmt: skip

    id: str
    kind: str
    canonical: str
    plural: str | None
    case: str
    order: str | None
    given: str
    family: str
    patronymic: str | None
    short: str
    needs: tuple[str, ...]
    unless: tuple[str, ...]
    #: True when the canonical form can never become part of another surface.
    stable: bool
    #: Rows of the given name.
    parts: tuple[Part, ...]


class Unit:
    """One surface of one entry, with what replaces it. Made when a surface is first met."""

    __slots__ = (
        "action", "body", "canonical", "code", "exact", "facts", "forms", "full_only", "lead",
        "role", "rule", "scheme", "tail", "target", "text", "variant", "weak",
    )  # fmt: skip

    def __init__(
        self,
        facts: Facts,
        code: int,
        *,
        role: int,
        rule: int,
        scheme: str | None,
        action: str,
        variant: str,
        exact: bool,
        full_only: bool = False,
    ) -> None:
        self.facts = facts
        self.code = code
        self.role = role
        self.rule = rule
        self.scheme = scheme
        self.action = action
        self.variant = variant
        self.exact = exact
        self.full_only = full_only
        self.text = surface(variant, code, facts.case)
        self.lead, self.body, self.tail = split_edges(self.text)
        self.target = target_of(facts, role, code, variant)
        self.forms = forms_of(code)
        self.weak = bool(code & CLOSED) and is_weak(variant)
        self.canonical = rule == CANONICAL


def surface(variant: str, code: int, case: str) -> str:
    """Return a spelling in the dress that a code stands for.

    >>> surface("Kim Jong-un", TITLE, "name"), surface("MiG-31", CLOSED | PLURAL, "fixed")
    ('Kim Jong-Un', 'MiG31s')
    """
    text = variant
    if code & CLOSED:
        text = DESIGNATION.sub(r"\1\2", text)
    if code & BARE:
        text = _APOSTROPHE.sub("", text)
    if code & PLURAL and not text[-1:].isdigit():
        text = pluralize(text)
    form = code & CASE_BITS
    if form == UPPER:
        text = text.upper()
    elif form == TITLE:
        text = capitalize_tokens(text)
    elif form == LOWER:
        text = text.lower()
    elif form == SENTENCE:
        text = capitalize(text)
    if code & PLURAL and text[-1:].isdigit():
        text += "s"  # a designation's plural is in small letters: TU-160s
    return text


def forms_in_case(case: str, *, lower: bool) -> tuple[int, ...]:
    """Return the case forms of a case rule; ``lower`` says if small letters may be looked for."""
    if case == "fixed":
        return (AS_WRITTEN, UPPER)
    forms = (AS_WRITTEN, UPPER, TITLE, SENTENCE)
    return (*forms, LOWER) if lower else forms


def dresses_of(variant: str, *, plural: bool, bare: bool) -> list[int]:
    """Return the codes of a spelling's dresses, apart from case.

    >>> dresses_of("MiG-31", plural=True, bare=False) == [0, PLURAL, CLOSED, PLURAL | CLOSED]
    True
    """
    codes = [0, PLURAL] if plural else [0]
    if variant.replace(" ", "").isalpha():
        return codes
    if DESIGNATION.search(variant):
        codes += [code | CLOSED for code in codes]
    if bare and _APOSTROPHE.search(variant):
        codes += [code | BARE for code in codes]
    return codes


def codes_of(variant: str, dress: int, case: str, *, lower: bool) -> list[int]:
    """Return the codes of a dress in all case forms that differ from each other."""
    seen: dict[str, int] = {}
    for form in forms_in_case(case, lower=lower):
        seen.setdefault(surface(variant, dress | form, case), dress | form)
    return list(seen.values())


def target_of(facts: Facts, role: int, code: int, variant: str) -> str:
    """Return what replaces a surface, before the case of the text around it is looked at."""
    target = (facts.canonical, facts.family, facts.given)[role]
    if role == WHOLE and (code & PLURAL or variant == facts.plural):
        target = facts.plural or pluralize(target)
    form = code & CASE_BITS
    if form == UPPER and facts.case != "fixed":
        return in_capitals(target, code)
    if facts.case == "word":
        if form == LOWER:
            return target.lower()
        if form in (TITLE, SENTENCE):
            return capitalize(target)
    return target


def in_capitals(target: str, code: int) -> str:
    """Return a target in capitals; a designation's plural keeps its small s.

    >>> in_capitals("Tu-160s", UPPER | PLURAL), in_capitals("Kinzhals", UPPER | PLURAL)
    ('TU-160s', 'KINZHALS')
    """
    if code & PLURAL and target[-1:] == "s" and target[-2:-1].isdigit():
        return target[:-1].upper() + "s"
    return target.upper()


def forms_of(code: int) -> tuple[str, ...]:
    """Return the names of what a code changes in a spelling, for the log."""
    names = []
    if code & CASE_BITS:
        names.append("case")
    if code & CLOSED:
        names.append("separator")
    if code & BARE:
        names.append("apostrophe")
    if code & PLURAL:
        names.append("plural")
    return tuple(names)


def is_weak(variant: str) -> bool:
    """Tell whether a designation is too short to be sure of without its hyphen.

    >>> is_weak("S-300"), is_weak("Mi-8"), is_weak("MiG-31")
    (True, True, False)
    """
    found = DESIGNATION.search(variant)
    if found is None:
        return False
    letters, digits = found.groups()
    return len(letters) < 2 or len(digits) < 2


def case_of(canonical: str) -> str:
    """Return the default case rule: ``fixed`` when a token has a digit or two capitals.

    >>> case_of("Kim Jong Un"), case_of("TASS"), case_of("MiG-31")
    ('name', 'fixed', 'fixed')
    """
    for token in re.split(r"[\W_]+", canonical):
        if any(char.isdigit() for char in token) or sum(char.isupper() for char in token) > 1:
            return "fixed"
    return "name"


def pluralize(text: str) -> str:
    """Return the plain English plural of a name; capitals stay capitals.

    >>> pluralize("Kinzhal"), pluralize("TORCH"), pluralize("Buk")
    ('Kinzhals', 'TORCHES', 'Buks')
    """
    suffix = "es" if text.lower().endswith(("s", "x", "z", "ch", "sh")) else "s"
    return text + (suffix.upper() if text.isupper() and len(text) > 1 else suffix)


def capitalize_tokens(text: str) -> str:
    """Return a text with a capital at the start of each token, split at space and hyphen.

    >>> capitalize_tokens("Komsomolsk-on-Amur"), capitalize_tokens("sana'a")
    ('Komsomolsk-On-Amur', "Sana'a")
    """
    return _TOKEN_START.sub(lambda match: match[0].title(), text)


def capitalize(text: str) -> str:
    """Return a text with a capital first letter, the rest as it is.

    >>> capitalize("al-Qaida")
    'Al-Qaida'
    """
    return text[:1].title() + text[1:]


def split_edges(text: str) -> tuple[str, str, str]:
    """Split punctuation off both ends: ``C++`` is ``("", "C", "++")``."""
    start, end = 0, len(text)
    while start < end and not is_word(text[start]):
        start += 1
    while start < end and not is_word(text[end - 1]):
        end -= 1
    return text[:start], text[start:end], text[end:]

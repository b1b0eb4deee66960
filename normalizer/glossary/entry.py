"""The entry, one entity of the glossary, as it is after loading.

Rules of this file: records are frozen, hold plain values, and know where they
were written (``at``), so that every later check can point there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from normalizer.errors import Problem

KINDS = ("person", "weapon", "place", "organization")


class Position(NamedTuple):
    """Where something was written: line and column from 1 in code points, 0 if unknown."""

    path: str
    line: int
    column: int

    def problem(self, message: str, check: str = "load") -> Problem:
        r"""Return a problem at this place, on one line whatever its message quotes.

        >>> print(Position("a.yaml", 1, 9).problem('unknown key "a\nb"'))
        a.yaml:1:9: unknown key "a\nb"
        """
        shown = (char if char.isprintable() else ascii(char)[1:-1] for char in message)
        return Problem(*self, "".join(shown), check)


NOWHERE = Position("<glossary>", 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A spelling that becomes canonical (``rewrite``) or is only reported (``suggest``)."""

    text: str
    action: str = "rewrite"
    origin: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """The parts of a person's name. ``order`` is ``given-first`` or ``family-first``."""

    given: str
    family: str
    patronymic: str | None = None
    order: str = "given-first"

    def full(self) -> str:
        """Return given and family name in their order, which is the canonical form.

        >>> Name(given="Jong Un", family="Kim", order="family-first").full()
        'Kim Jong Un'
        """
        parts = (self.given, self.family)
        return " ".join(parts if self.order == "given-first" else parts[::-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherName:
    """Another name of the entity: shown, never rewritten unless a profile renames it."""

    text: str
    note: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact was seen. ``about`` is ``spelling`` or ``existence`` (``for`` in YAML)."""

    title: str
    url: str | None = None
    row: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text and what comes of it; without ``expect`` it must not change."""

    text: str
    expect: str | None = None
    suggests: tuple[str, ...] | None = None
    at: Position = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entity. The fields are those of the entry format (``docs/entry-format.md``).

    ``places`` says where each spelling was written, ``raw`` is the entry as JSON values.
    """

    id: str
    kind: str
    canonical: str
    former_ids: tuple[str, ...] = ()
    forms: dict[str, str] = field(default_factory=dict)
    name: Name | None = None
    source: dict[str, tuple[str, ...]] = field(default_factory=dict)
    conventional: bool = False
    variants: tuple[Variant, ...] = ()
    derive: str | dict[str, list[str]] = "default"
    case: str | None = None
    plural: bool | str | None = None
    short: str = "in-context"
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    other_names: tuple[OtherName, ...] = ()
    confused_with: tuple[str, ...] = ()
    why: str = ""
    links: dict[str, str] = field(default_factory=dict)
    reviewed: str | None = None
    sources: tuple[Source, ...] = ()
    examples: tuple[Example, ...] = ()
    override: bool = False
    at: Position = NOWHERE
    places: dict[str, Position] = field(default_factory=dict, compare=False, repr=False)
    raw: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def place(self, spelling: str) -> Position:
        """Return where a spelling was written; for one made from others, the entry's place."""
        return self.places.get(spelling, self.at)

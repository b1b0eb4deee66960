"""A glossary as its pages need it: each entry with its spellings, neighbors and address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from normalizer.curating.lookup import fold
from normalizer.glossary.entry import Entry
from normalizer.glossary.loading import Glossary
from normalizer.site.spellings import Spellings, spellings_of

KIND_TITLES = {
    "person": "People",
    "weapon": "Weapons",
    "place": "Places",
    "organization": "Organizations",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A commit that wrote lines of an entry; ``date`` is an ISO date."""

    date: str
    subject: str
    commit: str


@dataclass(frozen=True, eq=False)
class Catalog:
    """A glossary, what is known of its history, and where a change can be suggested."""

    glossary: Glossary
    history: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    root: str = ""
    suggest_url: str = ""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries in the order of their canonical forms."""
        return tuple(sorted(self.glossary, key=lambda e: (fold(e.canonical), e.canonical, e.id)))

    @cached_property
    def spellings(self) -> dict[str, Spellings]:
        """The spellings of each entry by its id."""
        return {entry.id: spellings_of(entry) for entry in self.entries}

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Entries by their ids, former ones too."""
        found = {entry.id: entry for entry in self.entries}
        for entry in self.entries:
            for former in entry.former_ids:
                found.setdefault(former, entry)
        return found

    @cached_property
    def neighbors(self) -> dict[str, tuple[Entry, ...]]:
        """By id the entries that it may be confused with: those it names, and that name it."""
        found: dict[str, dict[str, Entry]] = {}
        for entry in self.entries:
            for named in entry.confused_with:
                other = self.by_id.get(named)
                if other is not None and other.id != entry.id:
                    found.setdefault(entry.id, {})[other.id] = other
                    found.setdefault(other.id, {})[entry.id] = entry
        return {key: tuple(others.values()) for key, others in found.items()}


def page_of(entry: Entry) -> str:
    """Return the address of an entry's page on the site."""
    return f"entry/{entry.kind}/{entry.id}/index.html"


def letter_of(text: str) -> str:
    """Return the letter under which a spelling stands: a to z, or ``0-9`` for all others.

    >>> letter_of("Ódesa"), letter_of("9M133 Kornet")
    ('o', '0-9')
    """
    first = fold(text)[:1]
    return first if "a" <= first <= "z" else "0-9"

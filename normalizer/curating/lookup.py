"""Looking a spelling up: in a glossary's names, whatever their case, marks or script.

This finds entries for people who ask. What a text gets is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from unidecode import unidecode

from normalizer.glossary.entry import Entry

#: What a name can be to its entry, the closest first.
ROLES = ("canonical", "form", "variant", "family", "source", "other", "id")


class Name(NamedTuple):
    """A name of an entry and its role there, one of ``ROLES``.

    ``detail`` is the language of a source form, the profile of a form, or a note.
    """

    text: str
    entry: Entry
    role: str
    detail: str = ""


class NameIndex:
    """All names of a glossary by their folded form."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_fold: dict[str, list[Name]] = {}
        for entry in entries:
            for name in names_of(entry):
                self._by_fold.setdefault(fold(name.text), []).append(name)

    def find(self, spelling: str) -> list[Name]:
        """Return the names that differ from a spelling at most in case, marks and script.

        An exact name goes before one that differs, a canonical form before a variant.
        """
        found = self._by_fold.get(fold(spelling), [])
        return sorted(found, key=lambda name: (name.text != spelling, ROLES.index(name.role)))

    def near(self, spelling: str, count: int = 3) -> list[str]:
        """Return the names most like a spelling, for a question such as *did you mean*."""
        close = get_close_matches(fold(spelling), self._by_fold, count, 0.75)
        return list(dict.fromkeys(self._by_fold[key][0].text for key in close))


def fold(text: str) -> str:
    """Return the key of a spelling: Latin letters and digits in lower case.

    >>> fold("Choïgou"), fold("Кинжал"), fold("Komsomolsk-on-Amur")
    ('choigou', 'kinzhal', 'komsomolskonamur')
    """
    return "".join(char for char in unidecode(text).casefold() if char.isalnum()) or text.casefold()


def names_of(entry: Entry) -> Iterator[Name]:
    """Yield all names that an entry lists."""
    yield Name(entry.canonical, entry, "canonical")
    for profile, form in entry.forms.items():
        yield Name(form, entry, "form", profile)
    for variant in entry.variants:
        yield Name(variant.text, entry, "variant", variant.note or "")
    if entry.name:
        yield Name(entry.name.family, entry, "family")
    for language, forms in entry.source.items():
        for form in forms:
            yield Name(form, entry, "source", language)
    for other in entry.other_names:
        yield Name(other.text, entry, "other", other.note or "")
    for entry_id in (entry.id, *entry.former_ids):
        yield Name(entry_id, entry, "id")

"""Which derived forms tell their name: those that are no word, no place, no other name.

A single derived token is rewritten by itself only if it does; else it is suggested.
``known-forms.tsv.gz`` holds, made by ``benchmarks/known_forms.py``:

- name parts with their Latin spellings and counts, from the data of *NETransliteration
  COLING 2018* (Wikidata, CC0), and what the schemes derive from the Russian ones (count 0);
- the names of cities above 15,000 people from GeoNames (CC BY 4.0, geonames.org), marked ``*``.
"""

from __future__ import annotations

import gzip
import os
from functools import cache

from normalizer.romanize.deriving import plain_letters
from normalizer.text.english import is_english_word

MIN_LETTERS = 6
PLACE = "*"
ENGLISH_WORD = "an English word"


@cache
def known_forms() -> dict[str, dict[str, int]]:
    """Return Latin spellings (letters a-z) to the source names that have them, with counts."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "known-forms.tsv.gz")
    found: dict[str, dict[str, int]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            latin, *owners = line.rstrip("\n").split("\t")
            pairs = (owner.rsplit(":", 1) for owner in owners)
            found[latin] = {name: int(count) for name, count in pairs}
    return found


def why_not_telling(form: str, source: str) -> str | None:
    """Return why a single derived token is not sure by itself, or None.

    >>> why_not_telling("Kinzhal", "Кинжал"), why_not_telling("Chaika", "Шайка")
    (None, 'also a form of Чайка')
    """
    letters = plain_letters(form)
    if is_english_word(letters):
        return ENGLISH_WORD
    if len(letters) < MIN_LETTERS:
        return f"fewer than {MIN_LETTERS} letters"
    owners = known_forms().get(letters, {})
    own = owners.get(source.lower(), 0)
    for name, count in owners.items():
        if name == PLACE:
            return "also a place"
        if name != source.lower() and count >= own:
            return f"also a form of {name.capitalize()}"
    return None

"""English dictionary words, which no lower-case or single derived surface may be.

The list is that of SCOWL (size 60, American), as packaged by Debian in
``wamerican`` 2020.12.07-2; its licence stands beside it.
"""

from __future__ import annotations

import gzip
import os
from functools import cache


@cache
def english_words() -> frozenset[str]:
    """Return about 60,000 words in lower case; read once, at compile time only."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "english-words.txt.gz")
    with gzip.open(path, "rt", encoding="ascii") as file:
        return frozenset(file.read().split())


def is_english_word(text: str) -> bool:
    """Tell whether a text is one dictionary word, in any case.

    >>> is_english_word("Gone"), is_english_word("Kinjal")
    (True, False)
    """
    return text.lower() in english_words()

"""Which formats there are, and which one a file has.

A format joins by a line here: its name, its module and its endings. A module is
imported when the first file of its format is met.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from normalizer.formats.pieces import Format

PLAIN = "text"

#: Module and endings of each format, by the name that ``--format`` takes.
FORMATS = {
    PLAIN: ("normalizer.formats.plain", (".txt", ".text")),
    "jsonl": ("normalizer.formats.jsonl", (".jsonl", ".ndjson")),
}


def format_of(path: str) -> str | None:
    """Return the name of the format that a file's ending stands for, or None.

    >>> format_of("a/B.TXT"), format_of("a.docx")
    ('text', None)
    """
    ending = os.path.splitext(path)[1].lower()
    for name, (_, endings) in FORMATS.items():
        if ending in endings:
            return name
    return None


def known_endings() -> str:
    """Return all endings that are read, for messages.

    >>> known_endings()
    '.txt .text .jsonl .ndjson'
    """
    return " ".join(ending for _, endings in FORMATS.values() for ending in endings)


def load_format(name: str) -> Format:
    """Return the module of a format."""
    module = FORMATS[name][0]
    __import__(module)
    loaded: Format = sys.modules[module]
    return loaded

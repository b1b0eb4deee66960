"""Colours for a terminal: whether to use them, and the few that are used."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

RED, GREEN, YELLOW, CYAN, BOLD, DIM = "31", "32", "33", "36", "1", "2"


def wants_color(stream: TextIO | None) -> bool:
    """Tell whether to colour what goes to a stream.

    ``NO_COLOR`` forbids (https://no-color.org), ``FORCE_COLOR`` demands; else a
    terminal that is not dumb gets colours.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    if stream is None or not stream.isatty():
        return False
    return os.environ.get("TERM") != "dumb"


def paint(text: str, style: str, *, color: bool) -> str:
    """Return a text in a style, if colours are wanted.

    >>> paint("x", RED, color=False)
    'x'
    """
    return f"\x1b[{style}m{text}\x1b[0m" if color and text else text

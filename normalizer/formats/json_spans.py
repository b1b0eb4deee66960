"""Where a string stands in the text of a JSON object, and edits inside it.

The object is known to be valid. Offsets are half-open code points: of the line
for spans, of the decoded string for edits.
"""

from __future__ import annotations

import re
from json import JSONDecoder, dumps

from normalizer.log import apply

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from normalizer.log import Edit

_DECODER = JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_SPACE = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
)


def find_string(line: str, name: str) -> tuple[int, int]:
    """Return the span of a string value, without its quotes, by key or path.

    >>> line = '{"a": {"b": "x"}, "b": "y"}'
    >>> [line[slice(*find_string(line, name))] for name in ("b", "a.b")]
    ['y', 'x']
    """
    at = _skip(line, 0)
    while True:
        members = {key: (start, end) for key, start, end in _members(line, at)}
        if name in members:
            start, end = members[name]
            return start + 1, end - 1
        head, _, name = name.partition(".")
        at = members[head][0]


def _members(line: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Yield key and span of the value of each member of the object that opens at an offset."""
    at = _skip(line, at + 1)
    while line[at] != "}":
        key, at = _DECODER.raw_decode(line, at)
        start = _skip(line, _skip(line, at) + 1)
        _, end = _DECODER.raw_decode(line, start)
        yield key, start, end
        at = _skip(line, end)
        if line[at] == ",":
            at = _skip(line, at + 1)


def _skip(line: str, at: int) -> int:
    found = _SPACE.match(line, at)
    return found.end() if found else at


def edit_literal(literal: str, edits: Sequence[Edit], *, ascii_only: bool = False) -> str:
    r"""Return the inside of a JSON string with edits at offsets of the string that it stands for.

    What is new is written in the style of the rest: with ``\u`` escapes where
    that has them and no character beyond ASCII.

    >>> print(edit_literal(r"caf\u00e9 one\/two", [(5, 8, "trois")]))
    caf\u00e9 trois\/two
    """
    escaped = ascii_only or (literal.isascii() and "\\u" in literal)
    offsets = _raw_offsets(literal, [place for start, end, _ in edits for place in (start, end)])
    return apply(
        literal,
        [
            (offsets[start], offsets[end], dumps(text, ensure_ascii=escaped)[1:-1])
            for start, end, text in edits
        ],
    )


def _raw_offsets(literal: str, wanted: list[int]) -> dict[int, int]:
    """Return the offset in a literal of each offset, in ascending order, of its string."""
    found: dict[int, int] = {}
    saved = 0  # code points that the escapes so far are longer than what they stand for
    escapes = _ESCAPE.finditer(literal)
    escape = next(escapes, None)
    for place in wanted:
        while escape is not None and escape.start() - saved < place:
            saved += len(escape[0]) - 1
            escape = next(escapes, None)
        found[place] = place + saved
    return found

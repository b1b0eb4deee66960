"""The other matchers, each rewriting a text with the same replacements.

flashtext and flashtext2 rewrite by themselves. The automata find raw places
only: ``glue`` adds what a replacement needs at the least, word boundaries and
leftmost-longest, and gives text and spans. None of them decides or logs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

Replace = Callable[[str], str]


class Rival(NamedTuple):
    """A contestant: how it is made, and up to how many variants it takes part."""

    name: str
    make: Callable[[dict[str, str]], Replace]
    most: int
    why: str = ""


def flashtext2(table: dict[str, str]) -> Replace:
    return _flashtext2(table, case_sensitive=True)


def flashtext2_any_case(table: dict[str, str]) -> Replace:
    return _flashtext2(table, case_sensitive=False)


def _flashtext2(table: dict[str, str], *, case_sensitive: bool) -> Replace:
    from flashtext2 import KeywordProcessor

    processor: Any = KeywordProcessor(case_sensitive=case_sensitive)
    for variant, canonical in table.items():
        processor.add_keyword(variant, canonical)
    replace: Replace = processor.replace_keywords
    return replace


def flashtext(table: dict[str, str]) -> Replace:
    from flashtext import KeywordProcessor

    processor: Any = KeywordProcessor(case_sensitive=True)
    for variant, canonical in table.items():
        processor.add_keyword(variant, canonical)
    replace: Replace = processor.replace_keywords
    return replace


def alternation(table: dict[str, str]) -> Replace:
    longest_first = sorted(table, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
    return lambda text: pattern.sub(lambda match: table[match[0]], text)


def ahocorasick_rs(table: dict[str, str]) -> Replace:
    import ahocorasick_rs

    find: Any = ahocorasick_rs.AhoCorasick(list(table)).find_matches_as_indexes
    values = list(table.values())
    return lambda text: glue(
        text, [(start, end, values[i]) for i, start, end in find(text, overlapping=True)]
    )[0]


def pyahocorasick(table: dict[str, str]) -> Replace:
    import ahocorasick

    automaton: Any = ahocorasick.Automaton()
    for variant, canonical in table.items():
        automaton.add_word(variant, (len(variant), canonical))
    automaton.make_automaton()
    return lambda text: glue(
        text, [(last + 1 - size, last + 1, new) for last, (size, new) in automaton.iter(text)]
    )[0]


def daachorse(table: dict[str, str]) -> Replace:
    import daachorse

    find: Any = daachorse.CharwiseDoubleArrayAhoCorasick(
        list(table), daachorse.MATCH_KIND_STANDARD
    ).find_overlapping
    values = list(table.values())
    return lambda text: glue(text, [(start, end, values[i]) for start, end, i in find(text)])[0]


def hyperscan(table: dict[str, str]) -> Replace:
    import hyperscan

    database: Any = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    patterns = [variant.encode() for variant in table]
    database.compile(
        expressions=patterns,
        ids=list(range(len(patterns))),
        flags=[0] * len(patterns),
        literal=True,
    )
    sizes = [len(pattern) for pattern in patterns]
    values = list(table.values())

    def replace(text: str) -> str:
        data = text.encode()
        found: list[tuple[int, int, str]] = []

        def add(i: int, start: int, end: int, flags: int, context: object) -> None:
            found.append((end - sizes[i], end, values[i]))

        database.scan(data, match_event_handler=add)
        if len(data) == len(text):
            return glue(text, found)[0]
        points = _points(data, found)
        return glue(text, [(points[start], points[end], new) for start, end, new in found])[0]

    return replace


def _points(data: bytes, found: list[tuple[int, int, str]]) -> dict[int, int]:
    """Return code points for the byte offsets of what was found, counted from one to the next."""
    points = {0: 0}
    last = count = 0
    for offset in sorted({offset for item in found for offset in item[:2]}):
        count += len(data[last:offset].decode())
        points[offset] = count
        last = offset
    return points


def glue(text: str, found: list[tuple[int, int, str]]) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the rewritten text and the spans: whole words, leftmost-longest."""
    size = len(text)
    whole = [
        item
        for item in found
        if not (item[0] and text[item[0] - 1].isalnum())
        and not (item[1] < size and text[item[1]].isalnum())
    ]
    if not whole:
        return text, whole
    whole.sort(key=lambda item: (item[0], -item[1]))
    pieces: list[str] = []
    spans: list[tuple[int, int, str]] = []
    last = 0
    for item in whole:
        start, end, new = item
        if start >= last:
            pieces += (text[last:start], new)
            spans.append(item)
            last = end
    pieces.append(text[last:])
    return "".join(pieces), spans


BASELINE = "flashtext2"
RIVALS = (
    Rival(BASELINE, flashtext2, 10_000_000),
    Rival("flashtext2, any case", flashtext2_any_case, 10_000_000),
    Rival("flashtext", flashtext, 300_000, "memory"),
    Rival("re alternation", alternation, 300, "minutes an article"),
    Rival("pyahocorasick", pyahocorasick, 10_000_000),
    Rival("ahocorasick-rs", ahocorasick_rs, 10_000_000),
    Rival("daachorse, characters", daachorse, 10_000_000),
    Rival("hyperscan literals", hyperscan, 300_000, "time and memory to build"),
)

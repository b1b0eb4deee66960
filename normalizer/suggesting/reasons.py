"""The reason of a suggestion in words: in what two spellings differ, and who writes so."""

from __future__ import annotations

from itertools import zip_longest

from normalizer.suggesting.distance import Step, steps
from normalizer.suggesting.names import words_of

SCANNED = "misread in scanning"


def reason_of(found: str, known: str) -> str:
    """Return in what what was found differs from the known spelling.

    >>> reason_of("Kinschal", "Kinzhal")
    'sch for zh, as in German'
    >>> reason_of("Kozhemyakko", "Kozhemyako")
    'k doubled'
    """
    ours, theirs = words_of(found), words_of(known)
    if len(ours) != len(theirs):
        ours, theirs = ("".join(ours),), ("".join(theirs),)
    told = [
        describe(step)
        for one, other in zip_longest(ours, theirs, fillvalue="")
        for step in steps(one, other)
    ]
    return "; ".join(dict.fromkeys(told)) or "other hyphens, apostrophes or capitals"


def describe(step: Step) -> str:
    """Return one difference in words.

    >>> describe(Step("w", "v", 0.05, "German, Polish")), describe(Step("", "h", 0.5))
    ('w for v, as in German, Polish', 'h left out')
    """
    found, known = step.found, step.known
    if not known:
        return f"{found} doubled" if step.cost <= _DOUBLED else f"{found} put in"
    if not found:
        return f"one {known} for two" if step.cost <= _DOUBLED else f"{known} left out"
    if len(found) == 2 and found == known[::-1]:
        return f"{known} turned round"
    if found == known * 2:
        return f"{known} doubled"
    text = f"{found} for {known}"
    if step.usage == SCANNED:
        return f"{text}, {SCANNED}"
    return f"{text}, as in {step.usage}" if step.usage else text


_DOUBLED = 0.1

"""Kinds of characters, as the matcher sees them.

The tables say which characters are interchangeable in a name and which are
not seen at all. Nothing here knows the glossary. All offsets are code points.

Sources: general categories and decompositions are those of ``unicodedata``;
the look-alike table is a hand-picked part of the Unicode confusables (UTS #39,
https://www.unicode.org/reports/tr39/), one way only and without its folds of
``rn`` to ``m``, Cyrillic capital U to ``Y`` and ``I`` to ``l``, which are wrong in prose.
"""

from __future__ import annotations

import unicodedata

#: Hyphens, interchangeable in a name. The en dash joins them only where no space is beside it.
HYPHENS = (
    "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{MINUS SIGN}"
    "\N{SMALL HYPHEN-MINUS}\N{FULLWIDTH HYPHEN-MINUS}"
)
EN_DASH = "\N{EN DASH}"
JOINERS = frozenset(HYPHENS + EN_DASH)

#: Apostrophes, interchangeable in a name.
APOSTROPHES = (
    "'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
    "\N{MODIFIER LETTER PRIME}\N{PRIME}\N{FULLWIDTH APOSTROPHE}"
)

#: A line break each; ``\r\n`` counts once. A paragraph separator is two.
LINE_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\N{LINE SEPARATOR}"
PARAGRAPH_SEPARATOR = "\N{PARAGRAPH SEPARATOR}"

#: Invisible characters that stand for a hyphen or a space, or for nothing: both are tried.
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
EITHER = SOFT_HYPHEN + ZERO_WIDTH_SPACE

#: Other invisible characters: never part of a spelling. As ranges of a regular expression.
_OTHER_INVISIBLE = (
    "\u034f\u061c\u180b-\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff"
)
INVISIBLE = EITHER + _OTHER_INVISIBLE

#: Combining marks of scripts that English texts quote, and Hangul vowels and finals. As ranges
#: of a regular expression.
MARKS = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc\u09be-\u09cd"
    "\u1160-\u11ff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a\ufe20-\ufe2f"
)

#: Scripts written without spaces: each character is a token (first and last code point).
_UNSPACED_RANGES = (
    (0x0E01, 0x0E30), (0x0E32, 0x0E33), (0x0E40, 0x0E46), (0x0E81, 0x0EDF), (0x1000, 0x109F),
    (0x1780, 0x17D3), (0x3005, 0x3007), (0x3021, 0x3029), (0x3041, 0x3096), (0x309D, 0x309F),
    (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
    (0x20000, 0x3FFFD),
)  # fmt: skip


def _ranges(pattern: str) -> frozenset[int]:
    """Return the code points of a run of ranges such as ``a-cx``.

    >>> sorted(map(chr, _ranges("a-cx")))
    ['a', 'b', 'c', 'x']
    """
    points: set[int] = set()
    i = 0
    while i < len(pattern):
        if pattern[i + 1 : i + 2] == "-":
            points.update(range(ord(pattern[i]), ord(pattern[i + 2]) + 1))
            i += 3
        else:
            points.add(ord(pattern[i]))
            i += 1
    return frozenset(points)


_INVISIBLE_POINTS = _ranges(INVISIBLE)
_MARK_POINTS = _ranges(MARKS)

#: Letters that look exactly like a Latin one, for tokens that mix scripts.
LOOK_ALIKES = {
    # Cyrillic capitals, then small letters; no U (it looks like Y but is read U).
    **dict(zip(map(ord, "АВЕЁКМНОРСТХІЇЈЅҺԚԜ"), "ABEËKMHOPCTXIÏJSHQW", strict=True)),
    **dict(zip(map(ord, "аеёорсухіїјѕһԁԛԝ"), "aeëopcyxiïjshdqw", strict=True)),
    # Greek capitals, then small letters.
    **dict(zip(map(ord, "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"), "ABEZHIKMNOPTYX", strict=True)),
    **dict(zip(map(ord, "οϳ"), "oj", strict=True)),
}

#: Stress marks: an acute or grave that a text puts on a name and its entry does not have.
STRESS_MARKS = "\N{COMBINING ACUTE ACCENT}\N{COMBINING GRAVE ACCENT}"


def is_invisible(char: str) -> bool:
    r"""Tell whether a character is never part of a spelling.

    >>> is_invisible("\u00ad"), is_invisible("a")
    (True, False)
    """
    return ord(char) in _INVISIBLE_POINTS


def is_mark(char: str) -> bool:
    """Tell whether a character is a combining mark."""
    return ord(char) in _MARK_POINTS


def is_unspaced(char: str) -> bool:
    r"""Tell whether a character belongs to a script that is written without spaces.

    >>> is_unspaced("\N{CJK UNIFIED IDEOGRAPH-5934}"), is_unspaced("a")
    (True, False)
    """
    point = ord(char)
    return point >= 0x0E01 and any(low <= point <= high for low, high in _UNSPACED_RANGES)


def is_word(char: str) -> bool:
    """Tell whether a character is part of a word: letters, digits, marks, underscore.

    >>> [is_word(c) for c in "a7_é-'ʼ "]
    [True, True, True, True, False, False, False, False]
    """
    return (char.isalnum() and char not in APOSTROPHES) or char == "_" or ord(char) in _MARK_POINTS


def drop_invisible(text: str) -> str:
    r"""Return a text without its invisible characters.

    >>> drop_invisible("Kin\u00adjal")
    'Kinjal'
    """
    if text.isascii():
        return text
    return "".join(char for char in text if ord(char) not in _INVISIBLE_POINTS)


def strip_marks(text: str) -> str:
    """Return a text without the marks on its Latin letters, composed.

    >>> strip_marks("Choïgou"), strip_marks("Й")
    ('Choigou', 'Й')
    """
    if text.isascii():
        return text
    kept: list[str] = []
    for char in unicodedata.normalize("NFD", text):
        if is_mark(char) and kept and kept[-1].isascii():
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def drop_stress(text: str) -> str:
    r"""Return a text without acute and grave accents, composed.

    >>> drop_stress("Dmitri\u0301")
    'Dmitri'
    """
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize(
        "NFC", "".join(char for char in decomposed if char not in STRESS_MARKS)
    )


def mixes_scripts(word: str) -> bool:
    r"""Tell whether a word has a Latin and a Cyrillic or Greek letter.

    >>> mixes_scripts("\N{CYRILLIC CAPITAL LETTER TE}u-160"), mixes_scripts("Tu-160")
    (True, False)
    """
    if word.isascii():
        return False
    latin = foreign = False
    for char in word:
        point = ord(char)
        if char.isalpha():
            latin = latin or point < 0x250 or 0x1E00 <= point <= 0x1EFF
            foreign = foreign or 0x370 <= point <= 0x52F
    return latin and foreign


def count_line_breaks(space: str) -> int:
    r"""Count line breaks in white space; ``\r\n`` is one, a paragraph separator is two.

    >>> count_line_breaks("\r\n"), count_line_breaks("\n\n"), count_line_breaks("  ")
    (1, 2, 0)
    """
    count = 0
    previous = ""
    for char in space:
        if char in LINE_BREAKS and not (char == "\n" and previous == "\r"):
            count += 1
        elif char == PARAGRAPH_SEPARATOR:
            count += 2
        previous = char
    return count


#: The most white space that may stand between two words of a name, in code points.
MAX_SPACE = 32


def is_joining_space(space: str) -> bool:
    r"""Tell whether white space may stand inside a name: some, with at most one line break.

    >>> is_joining_space(" "), is_joining_space("\n"), is_joining_space("\n\n")
    (True, True, False)
    """
    if space == " ":
        return True
    return space.isspace() and len(space) <= MAX_SPACE and count_line_breaks(space) <= 1

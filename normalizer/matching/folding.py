"""Folding: one byte per code point, for the fast engine.

The fold is lossy and many-to-one: it only has to give equal bytes for what may
be equal. Letters lose case and marks, look-alikes become Latin, whatever
separates words becomes a blank. What is found on the fold is verified on the text.
As a code point is one byte, offsets need no counting.
"""

from __future__ import annotations

import codecs
import unicodedata
from bisect import bisect_right
from re import compile as pattern

from normalizer.text.characters import (
    EITHER,
    LOOK_ALIKES,
    is_invisible,
    is_joining_space,
    is_mark,
    is_unspaced,
    is_word,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BLANK = 0x20
_INVISIBLE, _MARK, _EITHER = 0x80, 0x81, 0x82  # dropped; dropped; dropped or a blank
_UNSPACED = range(0x83, 0x87)  # characters of unspaced scripts, hashed
_LETTER = range(0x87, 0xA0)  # other letters, hashed
_SPECIAL = bytes(range(0x80, 0x87))


def byte_of(char: str) -> int:
    """Return the fold of one character."""
    if char.isascii():
        return ord(char.lower()) if char.isalnum() or char == "_" else BLANK
    if is_invisible(char):
        return _EITHER if char in EITHER else _INVISIBLE
    point = ord(char)
    if is_mark(char):
        return _MARK
    if not is_word(char):
        return BLANK
    if is_unspaced(char):
        return _UNSPACED[point % len(_UNSPACED)]
    base = unicodedata.normalize("NFD", char)[0]
    letter = LOOK_ALIKES.get(ord(base), base).lower()[0]
    letter = LOOK_ALIKES.get(ord(letter), letter)
    if letter.isascii():
        return ord(letter)
    return _LETTER[ord(letter) % len(_LETTER)]


_PUNCTUATION = (
    "\u2018\u2019\u201c\u201d\u201e\u2013\u2014\u2026\u00a0\u00ab\u00bb\u2011"
    "\u2022\u20ac\u2122\u00ae\u00a9\u00b0\u00a7\u2032\u2010\u2212\u00b7\u00a3"
)
_LATIN = "".join(chr(c) for c in range(0xC0, 0x100) if chr(c).isalpha()) + "ŁłŠšŽžŐőŞşİıĆć"[:10]
_CYRILLIC = "".join(chr(c) for c in range(0x410, 0x450)) + "ёіїєґІЇЄ"


def _tables(common: str) -> tuple[Any, bytes]:
    """Return an encoding of 96 common characters into 0xA0-0xFF, and the fold of each byte."""
    common = common[:96].ljust(96, "\ufffe")
    ascii_part = "".join(map(chr, range(128)))
    encoding = codecs.charmap_build(ascii_part + "\ufffe" * 32 + common)
    folds = [byte_of(chr(c)) for c in range(128)] + list(range(0x80, 0xA0))
    folds += [BLANK if char == "\ufffe" else byte_of(char) for char in common]
    return encoding, bytes(folds)


_LATIN_ENCODING, _LATIN_FOLD = _tables(_PUNCTUATION + _LATIN)
_CYRILLIC_ENCODING, _CYRILLIC_FOLD = _tables(_PUNCTUATION + _CYRILLIC)
_memo: dict[str, int] = {}


def _fold_uncommon(error: UnicodeError) -> tuple[bytes, int]:
    """Error handler of the encodings: fold the characters that they do not hold."""
    assert isinstance(error, UnicodeEncodeError)
    folded = bytearray()
    for char in error.object[error.start : error.end]:
        byte = _memo.get(char)
        if byte is None:
            byte = _memo[char] = byte_of(char)
        folded.append(byte)
    return bytes(folded), error.end


codecs.register_error("normalizer.fold", _fold_uncommon)


def fold(text: str) -> bytes:
    r"""Return the fold of a text: as many bytes as it has code points.

    >>> fold("Kim Jong\N{NON-BREAKING HYPHEN}un, Choïgou")
    b'kim jong un  choigou'
    """
    if text.isascii():
        return text.encode("ascii").translate(_LATIN_FOLD)
    if "\N{CYRILLIC SMALL LETTER A}" in text or "\N{CYRILLIC SMALL LETTER O}" in text:
        encoding, folds = _CYRILLIC_ENCODING, _CYRILLIC_FOLD
    else:
        encoding, folds = _LATIN_ENCODING, _LATIN_FOLD
    return codecs.charmap_encode(text, "normalizer.fold", encoding)[0].translate(folds)


def is_even(folded: bytes) -> bool:
    """Tell whether a fold has no byte to be dropped or set apart."""
    return not any(byte in folded for byte in _SPECIAL)


_SPACES = pattern(r"(\s+)")
_UNEVEN = pattern(rb"[ \x80-\x82]{2,}|[\x80-\x82]|[\x83-\x86]")


class Evened:
    """A fold in which what is dropped is gone, with the way back to the text.

    Runs of white space inside a line or over one line break are one blank, and
    characters of unspaced scripts have a blank on both sides.
    """

    __slots__ = ("_even", "_text", "folded")

    def __init__(self, folded: bytes, even: list[int], text: list[int]) -> None:
        self.folded = folded
        self._even = even
        self._text = text

    def to_text(self, position: int) -> int:
        """Return the offset in the text of a byte of this fold."""
        i = bisect_right(self._even, position) - 1
        return self._text[i] + position - self._even[i]


def even_out(text: str, folded: bytes, *, split_either: bool = False) -> Evened:
    """Return the fold without what is dropped.

    With ``split_either`` a soft hyphen or zero-width space becomes a blank.
    """
    out = bytearray()
    even, source = [0], [0]
    last = 0
    for match in _UNEVEN.finditer(folded):
        start, end = match.span()
        out += folded[last:start]
        if folded[start] in _UNSPACED:
            _set_apart(out, folded[start], even, source, start)
        else:
            out += _even_run(text[start:end], folded[start:end], split_either)
        even.append(len(out))
        source.append(end)
        last = end
    out += folded[last:]
    return Evened(bytes(out), even, source)


def _even_run(typed: str, folded: bytes, split_either: bool) -> bytes:
    """Return what a run of separators and dropped bytes comes to: white space is one blank."""
    gap = "".join(char for char, byte in zip(typed, folded, strict=True) if byte == BLANK)
    if not gap:
        return b" " if split_either and _EITHER in folded else b""
    pieces = _SPACES.split(gap)
    return b"".join(
        b" " * (1 if is_joining_space(piece) else len(piece)) for piece in pieces if piece
    )


def _set_apart(out: bytearray, byte: int, even: list[int], source: list[int], start: int) -> None:
    if not out.endswith(b" "):
        out.append(BLANK)
    even.append(len(out))
    source.append(start)
    out += bytes((byte, BLANK))


def searchable(folded: bytes) -> bytes:
    """Return a fold as the automaton reads it: with a blank at both ends."""
    return b" " + folded + b" "


def key_of(body: str) -> bytes:
    """Return the bytes that stand for a surface in a searchable fold: a blank, then its tokens.

    >>> key_of("Kim Jong-un"), key_of("Choïgou")
    (b' kim jong un', b' choigou')
    """
    folded = fold(body)
    if not body.isascii() or b"  " in folded:
        folded = even_out(body, folded).folded
    return b" " + folded.strip(b" ")

"""Bytes to text and back, exactly: byte order marks, and no encoding that loses bytes.

The text never holds the mark; whether there was one is told apart, so that it
can be written again.
"""

from __future__ import annotations

from normalizer.errors import InputError, UsageError

#: Byte order marks, and the encoding that each one means; the longer first.
BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

#: Without a mark these are little-endian here, whatever the machine.
_OPEN_ORDER = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}


def encoding_name(name: str) -> str:
    """Return the one name of an encoding.

    Raises ``UsageError`` for one that does not exist or is none of text.

    >>> encoding_name("UTF8"), encoding_name("latin-1")
    ('utf-8', 'iso8859-1')
    """
    if name == "utf-8":
        return name
    import codecs

    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        raise UsageError(f'unknown encoding "{name}"; expected one such as utf-8, cp1252') from None
    if not info._is_text_encoding:
        raise UsageError(f'"{name}" is no encoding of text; expected one such as utf-8, cp1252')
    return "utf-8" if info.name == "utf-8-sig" else info.name


def find_bom(raw: bytes, encoding: str) -> tuple[str, bytes]:
    r"""Return the encoding with its byte order decided, and the mark that the bytes begin with.

    >>> find_bom(b"\xff\xfeA\x00", "utf-16")
    ('utf-16-le', b'\xff\xfe')
    """
    plain = _OPEN_ORDER.get(encoding, encoding)
    if not plain.startswith("utf-"):
        return plain, b""
    for bom, name in BOMS:
        fits = name == plain or (encoding in _OPEN_ORDER and name.startswith(encoding))
        if fits and raw.startswith(bom):
            return name, bom
    return plain, b""


def decode(raw: bytes, encoding: str, offset: int = 0) -> str:
    """Return the text of bytes without a mark; raises ``InputError`` with the place.

    ``offset`` is where the bytes stand in their file. An encoding that would not
    give the same bytes again is refused.
    """
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        place = f"byte {offset + error.start}"
        raise InputError(f"not {_spoken(encoding)} at {place}; {_advice(raw, encoding)}") from None
    except (UnicodeError, ValueError) as error:
        raise InputError(f"not {_spoken(encoding)}: {error}; {_advice(raw, encoding)}") from None
    if encoding != "utf-8" and encode(text, encoding) != raw:
        raise InputError(
            f"{_spoken(encoding)} would not give the same bytes again; convert the file to UTF-8"
        )
    return text


def encode(text: str, encoding: str) -> bytes:
    """Return the bytes of a text; raises ``InputError`` naming the character that has none."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        char = text[error.start]
        raise InputError(
            f'{_spoken(encoding)} has no "{char}" (U+{ord(char):04X}), which the result needs; '
            "convert the file to UTF-8"
        ) from None


def _spoken(encoding: str) -> str:
    return encoding.upper() if encoding.startswith("utf") else encoding


def _advice(raw: bytes, encoding: str) -> str:
    for bom, name in BOMS:
        if raw.startswith(bom) and name != encoding:
            return f"it begins like {name[:6].upper()}, give --encoding {name[:6]}"
    return "name its encoding with --encoding, or convert it"

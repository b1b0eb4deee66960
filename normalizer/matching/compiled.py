"""The compiled glossary: tables that a surface's key leads into.

One object for one glossary under one profile. It is flat bytes and arrays, so
that a million spellings load in a moment; what is met is turned into ``Unit``s
once and kept. ``to_bytes`` and ``from_bytes`` are what the cache stores.

Layout of the tables (all offsets are array indexes):

- ``facts``: one marshalled tuple per entry, see ``Facts``.
- rows: ``row_entry`` (entry index), ``row_text`` (end offset into ``texts``),
  ``row_kind`` (role, rule and action), ``row_scheme`` (index into ``schemes``).
- keys: ``key_end`` (end offset into ``items``); an item is ``row << 6 | code``, where
  the case form may be ``EVERY_CASE``.
"""

from __future__ import annotations

import marshal
import struct
import sys
import zlib
from array import array

from normalizer.matching.surfaces import CASE_BITS, CODE_BITS, EVERY_CASE, Facts, Unit, codes_of

#: A proposed place: half-open code points of its tokens, and the key found there.
Hit = tuple[int, int, int]

ACTIONS = ("rewrite", "suggest")
EXACT = 0x20  # in row_kind: a spelling without its marks is a dictionary word
NO_LOWER = 0x40  # in row_kind: in small letters the spelling is a dictionary word
FULL_ONLY = 0x100  # in row_kind: a family name that is sure in a full name only
_MAGIC = b"normalizer compiled 2\n"
_TABLES = (
    "facts",
    "fact_end",
    "texts",
    "row_text",
    "row_entry",
    "row_kind",
    "row_scheme",
    "items",
    "key_end",
    "automaton",
)
_ARRAYS = {
    "fact_end": "Q",
    "row_text": "Q",
    "row_entry": "I",
    "row_kind": "H",
    "row_scheme": "H",
    "items": "I",
    "key_end": "I",
}


class Compiled:
    """Tables of one glossary under one profile. Immutable but for what it remembers."""

    __slots__ = (
        "_facts", "_people", "_units", "automaton", "fact_end", "facts", "items", "key_end", "meta",
        "row_entry", "row_kind", "row_scheme", "row_text", "schemes", "texts",
    )  # fmt: skip

    meta: dict[str, str]
    schemes: tuple[str, ...]
    facts: bytes
    fact_end: array[int]
    texts: bytes
    row_text: array[int]
    row_entry: array[int]
    row_kind: array[int]
    row_scheme: array[int]
    items: array[int]
    key_end: array[int]
    automaton: bytes

    def __init__(
        self, meta: dict[str, str], schemes: tuple[str, ...], tables: dict[str, object]
    ) -> None:
        self.meta = meta
        self.schemes = schemes
        for name in _TABLES:
            setattr(self, name, tables[name])
        self._facts: dict[int, Facts] = {}
        self._units: dict[int, tuple[Unit, ...]] = {}

    def __reduce__(self) -> tuple[object, tuple[bytes]]:
        return Compiled.from_bytes, (self.to_bytes(),)

    @property
    def keys(self) -> int:
        """How many keys there are."""
        return len(self.key_end)

    def entry(self, index: int) -> Facts:
        """Return the facts of an entry."""
        facts = self._facts.get(index)
        if facts is None:
            start = self.fact_end[index - 1] if index else 0
            facts = Facts(index, marshal.loads(self.facts[start : self.fact_end[index]]))
            self._facts[index] = facts
        return facts

    def units(self, key: int) -> tuple[Unit, ...]:
        """Return the surfaces that share a key, in the order of entry, row and code."""
        units = self._units.get(key)
        if units is None:
            start = self.key_end[key - 1] if key else 0
            items = self.items[start : self.key_end[key]]
            units = tuple(unit for item in items for unit in self._units_of(item))
            self._units[key] = units
        return units

    def shared_units(self, key: int) -> tuple[Unit, ...]:
        """Return the surfaces of a key if several entries have one there, else nothing."""
        start = self.key_end[key - 1] if key else 0
        items = self.items[start : self.key_end[key]]
        if len(items) < 2 or len({self.row_entry[item >> CODE_BITS] for item in items}) < 2:
            return ()
        return self.units(key)

    def _units_of(self, item: int) -> list[Unit]:
        """Return the surface of an item, or those of all its case forms."""
        row, code = item >> CODE_BITS, item & ((1 << CODE_BITS) - 1)
        facts = self.entry(self.row_entry[row])
        start = self.row_text[row - 1] if row else 0
        variant = self.texts[start : self.row_text[row]].decode("utf-8", "surrogatepass")
        kind = self.row_kind[row]
        scheme = self.row_scheme[row]
        codes = [code]
        if code & CASE_BITS == EVERY_CASE:
            codes = codes_of(variant, code - EVERY_CASE, facts.case, lower=not kind & NO_LOWER)
        return [
            Unit(
                facts,
                code,
                role=kind & 3,
                rule=kind >> 2 & 7,
                scheme=self.schemes[scheme - 1] if scheme else None,
                action=ACTIONS[kind >> 7 & 1],
                full_only=bool(kind & FULL_ONLY),
                exact=bool(kind & EXACT),
                variant=variant,
            )
            for code in codes
        ]

    def to_bytes(self) -> bytes:
        """Return the tables as one string of bytes, with a checksum."""
        parts = []
        for name in _TABLES:
            table = getattr(self, name)
            parts.append(table.tobytes() if name in _ARRAYS else bytes(table))
        head = marshal.dumps(
            (sys.byteorder, self.meta, self.schemes, [len(part) for part in parts])
        )
        body = b"".join([struct.pack("<I", len(head)), head, *parts])
        return _MAGIC + struct.pack("<I", zlib.crc32(body)) + body

    @classmethod
    def from_bytes(cls, data: bytes) -> Compiled:
        """Read what ``to_bytes`` wrote; raises ``ValueError`` if it is damaged or foreign."""
        view = memoryview(data)
        start = len(_MAGIC)
        if bytes(view[:start]) != _MAGIC or len(view) < start + 8:
            raise ValueError("not a compiled glossary of this version")
        if zlib.crc32(view[start + 4 :]) != struct.unpack_from("<I", view, start)[0]:
            raise ValueError("the compiled glossary is damaged")
        length = struct.unpack_from("<I", view, start + 4)[0]
        at = start + 8 + length
        byteorder, meta, schemes, sizes = marshal.loads(view[start + 8 : at])
        if byteorder != sys.byteorder:
            raise ValueError("the compiled glossary is from another kind of machine")
        tables: dict[str, object] = {}
        for name, size in zip(_TABLES, sizes, strict=True):
            part = view[at : at + size]
            at += size
            if name in _ARRAYS:
                table = array(_ARRAYS[name])
                table.frombytes(part)
                tables[name] = table
            else:
                tables[name] = part if name == "automaton" else bytes(part)
        return cls(meta, schemes, tables)

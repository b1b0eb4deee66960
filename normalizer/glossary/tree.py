"""Glossary files as trees of strings that know where they were written.

Every scalar stays the string that the file holds: ``No``, ``3M``, ``1e5`` and
``2019-08-14`` are never turned into anything else. Duplicate keys, anchors,
aliases, tags and deep nesting are refused. Nothing here knows what an entry is.
"""

from __future__ import annotations

import json
from typing import Any

from normalizer.errors import Problem
from normalizer.glossary.entry import Position

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 12


class Mapping(dict[str, Any]):
    """A mapping; ``keys_at`` and ``values_at`` hold the position of each key and value."""

    __slots__ = ("at", "keys_at", "values_at")

    def __init__(self, at: Position) -> None:
        self.at = at
        self.keys_at: dict[str, Position] = {}
        self.values_at: dict[str, Position] = {}


class Sequence(list[Any]):
    """A list; ``items_at`` holds the position of each item."""

    __slots__ = ("at", "items_at")

    def __init__(self, at: Position) -> None:
        self.at = at
        self.items_at: list[Position] = []


class TreeError(Exception):
    """A file that cannot be read as a tree; ``problem`` says where and why."""

    def __init__(self, at: Position, message: str) -> None:
        self.problem = at.problem(message)
        super().__init__(str(self.problem))


def read_json(path: str, data: bytes) -> tuple[Any, list[Problem]]:
    """Return the tree of a JSON document; its positions are unknown (0)."""
    text = decode(path, data)
    at = Position(path, 0, 0)
    try:
        value = json.loads(text, object_pairs_hook=_Pairs, parse_int=_Number, parse_float=_Number)
    except json.JSONDecodeError as error:
        raise TreeError(
            Position(path, error.lineno, error.colno), f"not JSON: {error.msg}"
        ) from None
    except RecursionError:
        raise TreeError(at, f"nested too deeply; at most {MAX_DEPTH} levels are read") from None
    problems: list[Problem] = []
    return _from_json(value, path, "", problems, 0), problems


def decode(path: str, data: bytes) -> str:
    """Return a file's text without its byte order mark; raises ``TreeError``."""
    if len(data) > MAX_BYTES:
        raise TreeError(Position(path, 0, 0), too_large(path, len(data)).message)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8 at byte {error.start}; save the file as UTF-8"
        raise TreeError(Position(path, line, 1), message) from None


class Switch(str):
    """A boolean of JSON as text, ``true`` or ``false``, which is no text in JSON itself."""

    __slots__ = ()


class _Number(str):
    """A number as the file writes it."""

    __slots__ = ()


class _Pairs(list[tuple[str, Any]]):
    """The members of a JSON object in order, duplicates included."""


def _from_json(value: Any, path: str, where: str, problems: list[Problem], depth: int) -> Any:
    at = Position(f"{path}{where}", 0, 0)
    if depth > MAX_DEPTH:
        raise TreeError(at, f"nested too deeply; at most {MAX_DEPTH} levels are read")
    if isinstance(value, _Pairs):
        mapping = Mapping(at)
        for key, item in value:
            here = Position(f"{path}{where}.{key}", 0, 0)
            if key in mapping:
                problems.append(here.problem(f'duplicate key "{key}"; keep one of them'))
                continue
            mapping[key] = _from_json(item, path, f"{where}.{key}", problems, depth + 1)
            mapping.keys_at[key] = mapping.values_at[key] = here
        return mapping
    if isinstance(value, list):
        sequence = Sequence(at)
        for number, item in enumerate(value):
            sequence.append(_from_json(item, path, f"{where}[{number}]", problems, depth + 1))
            sequence.items_at.append(Position(f"{path}{where}[{number}]", 0, 0))
        return sequence
    if isinstance(value, bool):
        return Switch("true" if value else "false")
    if not isinstance(value, str) or isinstance(value, _Number):
        found = str(value)[:40] if isinstance(value, _Number) else json.dumps(value)
        problems.append(at.problem(f"found {found}; expected text, put it in double quotes"))
        return found
    return value


def too_large(path: str, size: int) -> Problem:
    """Return the problem of a file over the limit."""
    message = f"file too large ({size:,} bytes; the limit is {MAX_BYTES:,}); split it by topic"
    return Position(path, 0, 0).problem(message)

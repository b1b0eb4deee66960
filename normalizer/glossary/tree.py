"""YAML and JSON files as trees of strings that know where they were written.

Every scalar stays the string that the file holds: ``No``, ``3M``, ``1e5`` and
``2019-08-14`` are never turned into anything else. Duplicate keys, anchors,
aliases, tags and deep nesting are refused. Nothing here knows what an entry is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

from normalizer.errors import Problem
from normalizer.glossary.entry import Position

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 12

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
        self.problem = Problem(*at, message)
        super().__init__(str(self.problem))


def read_yaml(path: str, data: bytes) -> tuple[Any, list[Problem]]:
    """Return the tree of a YAML document (None when empty) and the duplicate keys found.

    Raises ``TreeError`` for what makes the rest unreadable.
    """
    text = _decode(path, data)
    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _yaml_error(path, error) from None
    return builder.root, builder.problems


def read_json(path: str, data: bytes) -> tuple[Any, list[Problem]]:
    """Return the tree of a JSON document; its positions are unknown (0)."""
    text = _decode(path, data)
    at = Position(path, 0, 0)
    try:
        value = json.loads(text, object_pairs_hook=_Pairs)
    except json.JSONDecodeError as error:
        raise TreeError(
            Position(path, error.lineno, error.colno), f"not JSON: {error.msg}"
        ) from None
    except RecursionError:
        raise TreeError(at, f"nested too deeply; at most {MAX_DEPTH} levels are read") from None
    problems: list[Problem] = []
    return _from_json(value, path, "", problems, 0), problems


def _decode(path: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        size = f"{len(data):,} bytes; the limit is {MAX_BYTES:,}"
        raise TreeError(Position(path, 0, 0), f"file too large ({size}); split it by topic")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8 at byte {error.start}; save the file as UTF-8"
        raise TreeError(Position(path, line, 1), message) from None


class _Builder:
    """Builds the tree from the parser's events, with a stack instead of recursion."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.root: Any = None
        self.problems: list[Problem] = []
        self._stack: list[Mapping | Sequence] = []
        self._keys: list[tuple[str, Position] | None] = []
        self._documents = 0

    def take(self, event: Any) -> None:
        mark = event.start_mark
        at = Position(self.path, mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise TreeError(at, "a second document (---); write one list of entries per file")
        elif isinstance(event, yaml.AliasEvent):
            raise TreeError(at, f"alias *{event.anchor}; write the value out, aliases are not read")
        elif isinstance(event, yaml.NodeEvent):
            self._node(event, at)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._stack.pop()
            self._keys.pop()

    def _node(self, event: Any, at: Position) -> None:
        if event.anchor is not None:
            raise TreeError(at, f"anchor &{event.anchor}; write the value out where it is needed")
        if event.tag not in (None, "!"):
            raise TreeError(at, f"tag {event.tag}; all values are plain text, remove the tag")
        if isinstance(event, yaml.ScalarEvent):
            if self._stack and isinstance(self._stack[-1], Mapping) and self._keys[-1] is None:
                self._keys[-1] = (event.value, at)
            else:
                self._add(event.value, at)
            return
        if len(self._stack) >= MAX_DEPTH:
            raise TreeError(at, f"nested too deeply; at most {MAX_DEPTH} levels are read")
        node = Mapping(at) if isinstance(event, yaml.MappingStartEvent) else Sequence(at)
        self._add(node, at)
        self._stack.append(node)
        self._keys.append(None)

    def _add(self, value: Any, at: Position) -> None:
        if not self._stack:
            self.root = value
            return
        parent = self._stack[-1]
        if isinstance(parent, Sequence):
            parent.append(value)
            parent.items_at.append(at)
            return
        pending = self._keys[-1]
        if pending is None:
            raise TreeError(at, "a key must be text, not a list or mapping")
        self._keys[-1] = None
        key, key_at = pending
        if key in parent:
            first = parent.keys_at[key].line
            message = f'duplicate key "{key}", first written in line {first}; keep one of them'
            self.problems.append(Problem(*key_at, message))
            return
        parent[key] = value
        parent.keys_at[key] = key_at
        parent.values_at[key] = at


def _yaml_error(path: str, error: yaml.YAMLError) -> TreeError:
    mark = getattr(error, "problem_mark", None)
    at = Position(path, mark.line + 1, mark.column + 1) if mark else Position(path, 0, 0)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    hint = "check indentation, quotes and colons"
    if "\\t" in what or "tab" in what:
        hint = "indent with spaces, tabs are not allowed"
    elif "found character" in what or "could not find expected ':'" in what:
        hint = "put text with : # [ ] { } @ ` or a leading quote in double quotes"
    return TreeError(at, f"not YAML: {what}; {hint}")


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
                problems.append(Problem(*here, f'duplicate key "{key}"; keep one of them'))
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
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value)


def scalars(node: Any) -> Iterator[str]:
    """Yield every scalar of a tree."""
    if isinstance(node, dict):
        for value in node.values():
            yield from scalars(value)
    elif isinstance(node, list):
        for value in node:
            yield from scalars(value)
    else:
        yield node

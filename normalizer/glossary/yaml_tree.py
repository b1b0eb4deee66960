"""YAML files as trees: the parser's events, taken one by one, so that nothing can explode.

Imported only where a YAML file is read; a JSON glossary does without PyYAML.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from normalizer.errors import Problem
from normalizer.glossary.entry import Position
from normalizer.glossary.tree import MAX_DEPTH, Mapping, Sequence, TreeError, decode

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: What YAML 1.1 forbids in a file, section 5.1; the two parsers tell no position of it.
_FORBIDDEN = re.compile(
    r"[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LINE_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


def read_yaml(path: str, data: bytes) -> tuple[Any, list[Problem]]:
    """Return the tree of a YAML document (None when empty) and the duplicate keys found.

    Raises ``TreeError`` for what makes the rest unreadable.
    """
    text = decode(path, data)
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        raise _forbidden_error(path, text, forbidden.start())
    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _yaml_error(path, error) from None
    return builder.root, builder.problems


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
            self.problems.append(key_at.problem(message))
            return
        parent[key] = value
        parent.keys_at[key] = key_at
        parent.values_at[key] = at


def _forbidden_error(path: str, text: str, offset: int) -> TreeError:
    lines = _LINE_BREAK.split(text[:offset])
    code = ord(text[offset])
    escape = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    what = f"the character U+{code:04X}, which cannot be seen"
    hint = f'remove it, or write "{escape}" in double quotes'
    return TreeError(Position(path, len(lines), len(lines[-1]) + 1), f"not YAML: {what}; {hint}")


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

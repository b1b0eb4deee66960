"""A YAML file as nodes that keep what a formatter must not lose: comments and quoting.

A comment belongs to what follows it if it has a line of its own, and else to
what ends before it on its line. Only what the glossary's loader accepts is
read: no anchors, aliases, tags or second documents.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, cast

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Node:
    """A scalar, mapping or list, with the comments that belong to it.

    ``before`` holds the comment lines above it, with ``""`` for a blank line
    between them; ``after`` the comment at the end of its line. Of a mapping the
    ``keys`` are nodes too, and the comments of a pair are with its key.
    """

    __slots__ = ("after", "before", "end", "items", "keys", "line", "start", "style", "value")

    def __init__(self, event: Any) -> None:
        self.start: int = event.start_mark.index
        self.end: int = event.end_mark.index
        self.line: int = event.start_mark.line
        self.style: str | None = getattr(event, "style", None)
        self.value: str | None = getattr(event, "value", None)
        self.keys: list[Node] | None = [] if isinstance(event, yaml.MappingStartEvent) else None
        self.items: list[Node] = []
        self.before: list[str] = []
        self.after = ""

    @property
    def is_scalar(self) -> bool:
        """Whether this is a text."""
        return self.value is not None

    @property
    def is_mapping(self) -> bool:
        """Whether this is a mapping."""
        return self.keys is not None

    def pairs(self) -> list[tuple[Node, Node]]:
        """Return keys with values of a mapping."""
        return list(zip(self.keys or (), self.items, strict=True))

    def parts(self) -> Iterator[Node]:
        """Yield the nodes that can carry comments: keys of a mapping, items of a list."""
        yield from self.keys if self.keys is not None else self.items

    def has_comments(self) -> bool:
        """Tell whether there is a comment anywhere inside."""
        return any(part.before or part.after for part in self.parts()) or any(
            item.has_comments() for item in self.items
        )


class _Carrier:
    """A node that can carry comments, with the offset where its value ends; -1 for a block."""

    __slots__ = ("end", "node", "value")

    def __init__(self, node: Node, value: Node) -> None:
        self.node = node
        self.value = value


def read_nodes(text: str) -> tuple[Node | None, list[str]]:
    """Return the root of a YAML document and the comment lines after its last node.

    The text must be one that ``normalizer.glossary.yaml_tree.read_yaml`` accepts.
    """
    root, carriers, spans = _build(text)
    carriers.sort(key=lambda carrier: carrier.node.start)
    starts = [carrier.node.start for carrier in carriers]
    above: dict[int, int] = {}  # index of a carrier to the offset of its first comment
    for offset, comment, alone in _comments(text, spans):
        following = bisect_right(starts, offset)
        owner = None if alone else _owner(text, offset, carriers[:following])
        if owner is not None:
            owner.after = f"{owner.after} {comment}".strip()
        else:
            above.setdefault(following, offset)
    footer: list[str] = []
    for index, offset in above.items():
        if index < len(carriers):
            line_start = text.rfind("\n", 0, starts[index]) + 1
            carriers[index].node.before = _comment_lines(text[offset:line_start])
        else:
            footer = _comment_lines(text[offset:])
    return root, footer


def _build(text: str) -> tuple[Node | None, list[_Carrier], list[tuple[int, int]]]:
    """Return the root, all carriers of comments, and the spans of all scalars."""
    root: Node | None = None
    stack: list[Node] = []
    carriers: list[_Carrier] = []
    spans: list[tuple[int, int]] = []
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop()
            is_flow = text[done.start : done.start + 1] in ("[", "{")
            # A block ends where something else begins, which may be many lines below.
            done.end = cast("yaml.Mark", event.end_mark).index if is_flow else -1
        elif isinstance(event, yaml.NodeEvent):
            node = Node(event)
            root = root or node
            if node.is_scalar:
                spans.append((node.start, node.end))
            if stack:
                carrier = _adopt(stack[-1], node)
                carriers += [carrier] if carrier else []
            if not node.is_scalar:
                stack.append(node)
    return root, carriers, spans


def _adopt(parent: Node, node: Node) -> _Carrier | None:
    """Make a node a child; return the carrier that it completes, None for a key."""
    if parent.keys is None:
        parent.items.append(node)
        return _Carrier(node, node)
    if len(parent.keys) == len(parent.items):
        parent.keys.append(node)
        return None
    parent.items.append(node)
    return _Carrier(parent.keys[-1], node)


def _comments(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, str, bool]]:
    """Yield offset and text of each comment, and whether it has its line to itself."""
    last = 0
    for start, end in [*spans, (len(text), len(text))]:
        for match in _COMMENT.finditer(text, last, start):
            line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
            yield match.start(), match[0].rstrip(), not line.strip()
        last = max(last, end)


def _owner(text: str, offset: int, carriers: list[_Carrier]) -> Node | None:
    """Return the node that a comment at the end of a line belongs to, if any is on the line."""
    line_start = text.rfind("\n", 0, offset) + 1
    ended = [c for c in carriers if line_start < c.value.end <= offset]
    if ended:
        return max(ended, key=lambda c: (c.value.end, -c.node.start)).node
    if carriers and carriers[-1].node.start >= line_start:
        return carriers[-1].node
    return None


def _comment_lines(region: str) -> list[str]:
    """Return the comment lines of a part of the file, with one blank line where there were some."""
    lines: list[str] = []
    for line in region.splitlines():
        found = _COMMENT.search(line)
        if found:
            lines.append(found[0].rstrip())
        elif lines and lines[-1]:
            lines.append("")
    return lines


_COMMENT = re.compile(r"(?<![^\s])#[^\n]*")

"""The one way in which a glossary file is written.

Keys are in the order of the schema, lists and small mappings stand on one line
where they fit, long lines are wrapped at ``WIDTH`` code points, entries keep
their order. Comments stay with what they are about. Formatting a formatted file
changes nothing, and what the entries say never changes: that is checked before
anything is returned.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from normalizer.curating.yaml_nodes import Node, read_nodes
from normalizer.errors import GlossaryError, Problem
from normalizer.glossary.checking import schema
from normalizer.glossary.tree import TreeError
from normalizer.glossary.yaml_tree import read_yaml
from normalizer.text.characters import mixes_scripts

WIDTH = 100
STEP = "  "

#: Lists whose items are read side by side, so each item's keys have lines of their own.
_ALWAYS_BLOCK = frozenset(("examples",))

_PLAIN_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]|[-?:][^\s,\[\]{}]")
_NEVER_PLAIN = re.compile(r": |:$| #|^\s|\s$|^(?:---|\.\.\.)|[\t\n\r]")
_NOT_IN_FLOW = re.compile(r"[,\[\]{}:]")
_WORD = re.compile(r"\S+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
#: A space where a line may be broken: YAML reads the break as that space again.
_BREAK = re.compile(r"(?<=[^\s\\]) (?=[^\s#\-?])")


def format_file(path: str, data: bytes) -> bytes:
    """Return a glossary or profile file in the one canonical way.

    Raises ``GlossaryError`` if it cannot be read, or has a key twice.
    """
    tree, problems = _read(path, data)
    if problems:
        raise GlossaryError(problems)
    if isinstance(tree, str):
        raise GlossaryError([Problem(path, 1, 1, "neither a list of entries nor a profile")])
    is_profile = isinstance(tree, dict)
    root, footer = read_nodes(data.decode("utf-8-sig"))
    formatted = "\n".join(_file(root, footer, _orders("profile" if is_profile else "entry")))
    result = (formatted.rstrip("\n") + "\n" if formatted.strip() else "").encode()
    if _read(path, result)[0] != tree or _comments_of(root, footer) != _comments_of(
        *read_nodes(result.decode())
    ):
        raise GlossaryError(
            [
                Problem(
                    path, 0, 0, "cannot be formatted without changing it; please report this file"
                )
            ]
        )
    return result


def format_entry(raw: dict[str, Any]) -> str:
    """Return one entry, given as JSON values, as the text of a glossary file."""
    root, footer = read_nodes(json.dumps([raw], ensure_ascii=False))
    if root is not None:
        _forget_quotes(root)
    return "\n".join(_file(root, footer, _orders("entry"))).strip("\n") + "\n"


def _forget_quotes(node: Node) -> None:
    node.style = None
    for child in (*(node.keys or ()), *node.items):
        _forget_quotes(child)


def _read(path: str, data: bytes) -> tuple[Any, list[Problem]]:
    try:
        return read_yaml(path, data)
    except TreeError as error:
        raise GlossaryError([error.problem]) from None


def _comments_of(root: Node | None, footer: list[str]) -> list[str]:
    found = [line for line in footer if line]

    def walk(node: Node) -> None:
        for part in node.parts():
            found.extend(line for line in (*part.before, part.after) if line)
        for item in node.items:
            walk(item)

    if root is not None:
        walk(root)
    return sorted(found)


# --- the order of keys ---------------------------------------------------------------------------


def _orders(name: str) -> dict[str, list[str]]:
    """Return the order of keys below each key; ``""`` is that of an entry or profile itself."""
    root = schema(name)
    if name == "profile":
        return {"": list(root["properties"])}
    definitions = root["$defs"]
    names = {"variants": "variant", "other_names": "other_name", "sources": "source"}
    names |= {"examples": "example", "name": "name"}
    orders = {key: _keys(definitions[definition]) for key, definition in names.items()}
    return orders | {"": list(definitions["entry"]["properties"])}


def _keys(definition: dict[str, Any]) -> list[str]:
    choices = definition.get("oneOf", [definition])
    return next(list(choice["properties"]) for choice in choices if "properties" in choice)


def _sorted_pairs(node: Node, order: list[str]) -> list[tuple[Node, Node]]:
    """Return the pairs of a mapping, known keys first; the others keep their order."""
    places = {key: place for place, key in enumerate(order)}
    return sorted(node.pairs(), key=lambda pair: places.get(pair[0].value or "", len(places)))


# --- lines ---------------------------------------------------------------------------------------


def _file(root: Node | None, footer: list[str], orders: dict[str, list[str]]) -> Iterator[str]:
    if root is not None and root.is_mapping:
        yield from _mapping(root, "", orders, "")
    elif root is not None:
        for number, item in enumerate(root.items):
            if number:
                yield ""
            yield from item.before
            yield from _item(item, "", orders, "")
    if footer:
        yield from (["", *footer] if root is not None else footer)


def _mapping(node: Node, indent: str, orders: dict[str, list[str]], below: str) -> Iterator[str]:
    for key, value in _sorted_pairs(node, orders.get(below, [])):
        yield from (f"{indent}{line}" for line in key.before if line)
        yield from _pair(key, value, indent, orders)


def _pair(key: Node, value: Node, indent: str, orders: dict[str, list[str]]) -> Iterator[str]:
    name = key.value or ""
    head = f"{indent}{_scalar(key, in_flow=False)}:"
    if value.is_scalar:
        yield from _with_comment(_folded(f"{head} ", value, indent + STEP), key.after)
        return
    lines = _flow_lines(f"{head} ", value, orders, name)
    if lines is not None:
        yield from _with_comment(lines, key.after)
        return
    yield from _with_comment([head], key.after)
    if value.is_mapping:
        yield from _mapping(value, indent + STEP, orders, name)
    else:
        for item in value.items:
            yield from (f"{indent}{STEP}{line}" for line in item.before if line)
            yield from _item(item, indent + STEP, orders, name)


def _item(node: Node, indent: str, orders: dict[str, list[str]], below: str) -> Iterator[str]:
    """Yield the lines of an item of a list in block style."""
    head = f"{indent}- "
    if node.is_scalar:
        yield from _with_comment(_folded(head, node, indent + STEP), node.after)
        return
    lines = None if not below or below in _ALWAYS_BLOCK else _flow_lines(head, node, orders, below)
    if lines is None and node.is_mapping and node.items:
        rows = list(_mapping(node, indent + STEP, orders, below))
        first = next(i for i, row in enumerate(rows) if not row.lstrip().startswith("#"))
        # What stands above the first key stands above the item.
        yield from (f"{indent}{row.lstrip()}" for row in rows[:first])
        rows[first] = head + rows[first][len(head) :]
        yield from _with_comment(rows[first:], node.after)
        return
    yield from _with_comment(lines or [head + _flow(node, orders, below)], node.after)


def _with_comment(lines: list[str], comment: str) -> list[str]:
    if comment:
        lines[-1] += f"  {comment}"
    return lines


def _flow_lines(
    head: str, node: Node, orders: dict[str, list[str]], below: str
) -> list[str] | None:
    """Return a collection in brackets, a list of texts wrapped; None if it should be a block."""
    if node.has_comments() or not all(_fits_flow(item, node) for item in node.items):
        return None
    line = head + _flow(node, orders, below)
    if len(line) <= WIDTH:
        return [line]
    if node.is_mapping:
        return None
    lines, row = [], f"{head}["
    indent = " " * len(row)
    for number, item in enumerate(node.items):
        text = _scalar(item, in_flow=True) + ("]" if number == len(node.items) - 1 else ",")
        if len(row) + len(text) > WIDTH and row.strip() and not row.endswith("["):
            lines.append(row.rstrip())
            row = indent
        row += f"{text} "
    return [*lines, row.rstrip()]


def _fits_flow(item: Node, parent: Node) -> bool:
    """Tell whether an item may stand in brackets: a text of one line, in a mapping also a list."""
    if item.is_scalar:
        return "\n" not in (item.value or "")
    return parent.is_mapping and not item.is_mapping and all(i.is_scalar for i in item.items)


def _flow(node: Node, orders: dict[str, list[str]], below: str) -> str:
    if node.is_scalar:
        return _scalar(node, in_flow=True)
    if not node.is_mapping:
        return "[" + ", ".join(_flow(item, orders, "") for item in node.items) + "]"
    pairs = _sorted_pairs(node, orders.get(below, []))
    return (
        "{"
        + ", ".join(
            f"{_scalar(key, in_flow=True)}: {_flow(item, orders, '')}" for key, item in pairs
        )
        + "}"
    )


# --- texts ---------------------------------------------------------------------------------------


def _scalar(node: Node, *, in_flow: bool) -> str:
    """Return a text on one line: plain if it was plain and may be, else in quotation marks."""
    text = node.value or ""
    if not node.style and _may_be_plain(text, in_flow=in_flow) and not _hidden(text):
        return text
    return _quoted(text)


def _may_be_plain(text: str, *, in_flow: bool) -> bool:
    """Tell whether YAML reads a text without quotation marks as that text.

    >>> [_may_be_plain(t, in_flow=False) for t in ("Kim Jong Un", "a: b", "- x", "C#", "")]
    [True, False, False, True, False]
    """
    return (
        bool(_PLAIN_START.match(text))
        and text.isprintable()
        and not _NEVER_PLAIN.search(text)
        and not (in_flow and _NOT_IN_FLOW.search(text))
    )


def _quoted(text: str) -> str:
    """Return a text in quotation marks; look-alikes and what cannot be seen are escaped."""
    hidden = _hidden(text)
    if text.isprintable() and not hidden and ('"' in text or "\\" in text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(char, hidden=at in hidden) for at, char in enumerate(text)) + '"'


def _hidden(text: str) -> set[int]:
    """Return the places of letters that pass for Latin ones in the same word."""
    if text.isascii():
        return set()
    return {
        at
        for word in _WORD.finditer(text)
        if mixes_scripts(word[0])
        for at, char in enumerate(word[0], word.start())
        if ord(char) > 0x250
    }


def _escaped(char: str, *, hidden: bool) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable() and not hidden:
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def _folded(head: str, node: Node, indent: str) -> list[str]:
    """Return a text behind a head, wrapped where YAML reads a line break as a space."""
    text = node.value or ""
    if "\n" in text and node.style in ("|", ">"):
        lines = _literal(head, text, indent)
        if lines is not None:
            return lines
    written = _scalar(node, in_flow=False)
    lines, row = [], head
    for word in _BREAK.split(written):
        if len(row) + len(word) > WIDTH and row.strip() and row not in (head, indent):
            lines.append(row.rstrip(" "))
            row = indent
        row += f"{word} "
    return [*lines, row[:-1]]


def _literal(head: str, text: str, indent: str) -> list[str] | None:
    """Return a text of several lines as a block (``|``); None if a block would not hold it."""
    body = text.rstrip("\n")
    lines = body.split("\n")
    if not body or lines[0][:1].isspace() or not all(line.isprintable() for line in lines):
        return None
    ending = len(text) - len(body)
    sign = {0: "|-", 1: "|"}.get(ending, "|+")
    rows = [f"{indent}{line}" if line else "" for line in lines]
    return [f"{head}{sign}", *rows, *[""] * (ending - 1)]

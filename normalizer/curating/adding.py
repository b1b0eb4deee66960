"""Add a variant to an entry, in the file where the entry stands.

Only the variant is written: comments and the way in which the file is written
stay. A file that is formatted stays formatted. A variant with which the glossary
would not load is refused.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from normalizer.curating.formatting import format_file
from normalizer.curating.linting import find_problems
from normalizer.curating.yaml_nodes import Node, read_nodes
from normalizer.errors import GlossaryError, InputError, UsageError
from normalizer.glossary.checking import schema
from normalizer.glossary.entry import Entry, Position
from normalizer.glossary.files import shipped_path
from normalizer.glossary.loading import Glossary, entries_from, make_glossary, plain
from normalizer.glossary.yaml_tree import read_yaml

_PLAIN = re.compile(r"[^\W\d_][^\W_]*(?:[ '\N{RIGHT SINGLE QUOTATION MARK}-][^\W_]+)*")


class Addition(NamedTuple):
    """A file with a variant added: its path, its bytes, and the line (from 1) of the variant."""

    path: str
    data: bytes
    line: int


def add_variant(
    glossary: Glossary,
    entry_id: str,
    spelling: str,
    *,
    action: str = "rewrite",
    note: str | None = None,
) -> Addition:
    """Return the file of an entry with a spelling added to its variants; writes nothing.

    Raises ``UsageError`` for an unknown entry, a spelling that it has already, and a file that
    is no YAML; ``GlossaryError`` with the problems that the variant would bring.
    """
    entry = glossary.get(entry_id)
    if entry is None:
        near = get_close_matches(entry_id, [entry.id for entry in glossary.entries], 3)
        hint = f"did you mean {' or '.join(near)}?" if near else "glossary show finds entries"
        raise UsageError(f'no entry has the id "{entry_id}"; {hint}')
    spelling = " ".join(spelling.split())
    if spelling in (entry.canonical, *(variant.text for variant in entry.variants)):
        at = entry.place(spelling)
        raise UsageError(f'"{spelling}" is in {entry.id} already, at {at.path}:{at.line}')
    if not entry.at.line or entry.at.path.endswith(".json"):
        raise UsageError(f"{entry.at.path}: is no YAML file; add the variant where it is made from")
    if entry.at.path.startswith(shipped_path()) and shipped_path().endswith("_shipped"):
        raise UsageError(
            f"{entry.at.path}: belongs to the installed package; add it to a glossary of yours"
        )
    variant: Any = spelling
    if note is not None or action != "rewrite":
        facts = {"text": spelling, "action": action if action != "rewrite" else None, "note": note}
        variant = {key: value for key, value in facts.items() if value is not None}
    data = _written(entry, variant)
    line = _check(glossary, entry, variant, spelling, data)
    return Addition(entry.at.path, data, line)


def _written(entry: Entry, variant: Any) -> bytes:
    """Return the bytes of an entry's file with a variant."""
    path = entry.at.path
    try:
        old = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    text = old.decode("utf-8-sig")
    data = _inserted(text, entry.id, variant).encode()
    if format_file(path, old) == old:
        data = format_file(path, data)
    expected = plain(read_yaml(path, old)[0])
    for item in expected:
        if item["id"] == entry.id:
            item["variants"] = [*item.get("variants", ()), variant]
    if plain(read_yaml(path, data)[0]) != expected:
        raise InputError(f"{path}: this file is written in a way that cannot be added to; edit it")
    return data


def _check(glossary: Glossary, entry: Entry, variant: Any, spelling: str, data: bytes) -> int:
    """Return the line of a new variant; raises ``GlossaryError`` if it cannot be."""
    path = entry.at.path
    tree, _ = read_yaml(path, data)
    node = next(node for node in tree if node["id"] == entry.id)
    at: Position = node["variants"].items_at[-1]
    raw = entry.raw | {"variants": [*entry.raw.get("variants", ()), variant]}
    try:
        (made,) = entries_from(path, json.dumps([raw], ensure_ascii=False).encode())
    except GlossaryError as error:
        raise GlossaryError([at.problem(problem.message) for problem in error.problems]) from None
    made = replace(made, at=entry.at, places={**entry.places, spelling: at})
    others = [other for other in glossary.entries if other.id != entry.id]
    problems = find_problems(make_glossary([*others, made], glossary.profiles.values()))
    if problems:
        old = {(problem.path, problem.message) for problem in find_problems(glossary)}
        new = [problem for problem in problems if (problem.path, problem.message) not in old]
        if new:
            raise GlossaryError(new)
    return at.line


# --- into the text of a file ---------------------------------------------------------------------


def _inserted(text: str, entry_id: str, variant: Any) -> str:
    """Return the text of a glossary file with a variant added to an entry."""
    root, _ = read_nodes(text)
    assert root is not None
    node = next(item for item in root.items if _value(item, "id") == entry_id)
    pairs = {key.value: (key, value) for key, value in node.pairs()}
    if "variants" not in pairs:
        return _with_key(text, node, f"variants: [{_item(variant)}]")
    listed = pairs["variants"][1]
    if text[listed.start] == "[":
        at = _end(listed.items[-1]) if listed.items else listed.start + 1
        joint = ", " if listed.items else ""
        return text[:at] + joint + _item(variant) + text[at:]
    last = listed.items[-1]
    line = text[text.rfind("\n", 0, last.start) + 1 : last.start]
    return _with_line(text, _end(last), f"{line[: line.rindex('-')]}- {_item(variant)}")


def _with_key(text: str, node: Node, pair: str) -> str:
    """Return a text with a pair behind the one that it follows in the order of the format."""
    order = list(schema("entry")["$defs"]["entry"]["properties"])
    before = order[: order.index("variants")]
    key, value = max(
        ((key, value) for key, value in node.pairs() if key.value in before),
        key=lambda found: before.index(found[0].value or ""),
    )
    if text[node.start] == "{":
        return text[: _end(value)] + f", {pair}" + text[_end(value) :]
    column = key.start - (text.rfind("\n", 0, key.start) + 1)
    return _with_line(text, _end(value), " " * column + pair)


def _with_line(text: str, offset: int, line: str) -> str:
    """Return a text with a line put in below the one of an offset."""
    at = text.find("\n", offset)
    if at < 0:
        return f"{text}\n{line}\n"
    ending = "\r\n" if text[at - 1] == "\r" else "\n"
    return text[: at + 1] + line + ending + text[at + 1 :]


def _end(node: Node) -> int:
    """Return the offset where a node ends; of a block, where its last part does."""
    while node.end < 0:
        node = node.items[-1]
    return node.end


def _value(node: Node, name: str) -> str | None:
    return next((value.value for key, value in node.pairs() if key.value == name), None)


def _item(variant: Any) -> str:
    """Return a variant as YAML on one line."""
    if isinstance(variant, str):
        return variant if _PLAIN.fullmatch(variant) else json.dumps(variant, ensure_ascii=False)
    return "{" + ", ".join(f"{key}: {_item(value)}" for key, value in variant.items()) + "}"

"""A tree against a JSON Schema: every problem at once, each with its position.

Reads the part of JSON Schema that the published schemas use: ``$ref`` into
``$defs``, ``type``, ``enum``, ``pattern``, ``minLength``, ``properties``,
``required``, ``additionalProperties``, ``items`` and ``oneOf``. A boolean is
the plain text ``true`` or ``false``.
"""

from __future__ import annotations

import difflib
import json
import re
from functools import cache
from importlib import resources
from typing import Any

from normalizer.errors import Problem
from normalizer.glossary.entry import Position
from normalizer.glossary.tree import Mapping, Sequence, Switch

Schema = dict[str, Any]

#: What other readers of YAML take for a boolean, in lower case.
_SWITCHES = frozenset(("true", "false", "yes", "no", "on", "off", "y", "n"))


@cache
def schema(name: str) -> Schema:
    """Return a published schema: ``entry`` or ``profile``."""
    text = resources.files("normalizer.glossary").joinpath(f"{name}.schema.json").read_text("utf-8")
    loaded: Schema = json.loads(text)
    return loaded


def check(node: Any, at: Position, root: Schema) -> list[Problem]:
    """Return all differences between a tree and a schema."""
    problems: list[Problem] = []
    _check(node, at, root, root, "the file", problems)
    return problems


def _check(
    node: Any, at: Position, rule: Schema, root: Schema, what: str, out: list[Problem]
) -> None:
    rule = _resolve(rule, root)
    if "oneOf" in rule:
        rule = _choose(node, rule["oneOf"], root)
    if "enum" in rule:
        _check_enum(node, at, rule["enum"], what, out)
        return
    expected = rule.get("type")
    if not _is_type(node, expected):
        wanted = _describe(rule, root)
        out.append(at.problem(f"{what} must be {wanted}, found {_name(node)}"))
    elif expected == "object":
        _check_object(node, rule, root, out)
    elif expected == "array":
        for item, item_at in zip(node, node.items_at, strict=True):
            _check(item, item_at, rule["items"], root, f"an item of {what}", out)
    elif expected == "string":
        _check_string(node, at, rule, what, out)


def _resolve(rule: Schema, root: Schema) -> Schema:
    while "$ref" in rule:
        rule = root["$defs"][rule["$ref"].removeprefix("#/$defs/")] | {
            key: value for key, value in rule.items() if key == "description"
        }
    return rule


def _choose(node: Any, choices: list[Schema], root: Schema) -> Schema:
    """Return the choice that fits the node's type, else one that describes them all."""
    resolved = [_resolve(choice, root) for choice in choices]
    for choice in resolved:
        if choice.get("type") == "boolean" and _looks_boolean(node):
            return choice
    for choice in resolved:
        kind = choice.get("type", "string")
        if kind != "boolean" and _is_type(node, kind):
            return choice
    return {"type": "never", "oneOf": choices}


def _looks_boolean(node: Any) -> bool:
    return isinstance(node, str) and node.lower() in _SWITCHES


def _is_type(node: Any, expected: str | None) -> bool:
    if expected == "object":
        return isinstance(node, Mapping)
    if expected == "array":
        return isinstance(node, Sequence)
    if expected == "boolean":
        return node in ("true", "false")
    return expected in (None, "string") and isinstance(node, str) and not isinstance(node, Switch)


def _describe(rule: Schema, root: Schema) -> str:
    if "oneOf" in rule:
        return " or ".join(_describe(_resolve(choice, root), root) for choice in rule["oneOf"])
    if "enum" in rule:
        return "one of " + ", ".join(rule["enum"])
    return {
        "object": "a mapping of " + ", ".join(rule["properties"])
        if "properties" in rule
        else "a mapping",
        "array": "a list",
        "boolean": "true or false",
        "string": "text",
    }[rule["type"]]


def _name(node: Any) -> str:
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Switch):
        return str(node)
    return f'"{node}"' if node else "nothing"


def _check_enum(node: Any, at: Position, allowed: list[str], what: str, out: list[Problem]) -> None:
    if not isinstance(node, str) or node not in allowed:
        hint = _nearest(node, allowed) if isinstance(node, str) else ""
        out.append(
            at.problem(f"{what} must be one of {', '.join(allowed)}; found {_name(node)}{hint}")
        )


def _check_string(node: str, at: Position, rule: Schema, what: str, out: list[Problem]) -> None:
    if len(node.strip()) < rule.get("minLength", 0):
        out.append(at.problem(f"{what} is empty; write the text or remove the key"))
    elif "pattern" in rule and not _matches(rule["pattern"], node):
        wanted = rule.get("description", rule["pattern"])
        out.append(at.problem(f'{what} is "{node}"; expected {wanted}'))


def _matches(pattern: str, text: str) -> bool:
    r"""Tell whether a text fits a pattern of the schema, read as JSON Schema does.

    >>> [_matches(r"^\d$", text) for text in ("2", "2\n", "\N{ARABIC-INDIC DIGIT TWO}")]
    [True, False, False]
    """
    return re.search(pattern.replace("$", r"\Z"), text, re.ASCII) is not None


def _check_object(node: Mapping, rule: Schema, root: Schema, out: list[Problem]) -> None:
    properties: Schema = rule.get("properties", {})
    for key in rule.get("required", []):
        if key not in node:
            out.append(node.at.problem(f'the key "{key}" is missing; add it'))
    extra = rule.get("additionalProperties", True)
    for key, value in node.items():
        if key in properties:
            _check(value, node.values_at[key], properties[key], root, f'"{key}"', out)
        elif isinstance(extra, dict):
            _check(value, node.values_at[key], extra, root, f'"{key}"', out)
        elif extra is False:
            hint = _nearest(key, list(properties)) or f"; known keys: {', '.join(properties)}"
            out.append(node.keys_at[key].problem(f'unknown key "{key}"{hint}'))


def _nearest(word: str, known: list[str]) -> str:
    found = difflib.get_close_matches(word, known, 1, 0.6)
    return f'; did you mean "{found[0]}"?' if found else ""

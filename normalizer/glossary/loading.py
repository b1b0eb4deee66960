"""From files to a Glossary: entries, profiles, and one digest of what they say.

All problems of all files are collected and raised together. What needs the
compiled surfaces (shared spellings, chains, examples) is checked by the layer
that compiles them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Sequence as Items
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from normalizer.errors import GlossaryError, Problem, UsageError
from normalizer.glossary import checking
from normalizer.glossary.entry import (
    Entry,
    Example,
    Name,
    OtherName,
    Position,
    Source,
    Variant,
)
from normalizer.glossary.files import SHIPPED, glossary_files, shipped_path
from normalizer.glossary.tree import (
    MAX_BYTES,
    Mapping,
    Sequence,
    TreeError,
    read_json,
    too_large,
)
from normalizer.text.tokens import spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A house style: settings, schemes by language, and entries that it renames."""

    name: str
    title: str
    quotes: str = "rewrite"
    hashtags: str = "keep"
    schemes: dict[str, str] = field(default_factory=dict)
    renames: tuple[str, ...] = ()


HOUSE = Profile(name="house", title="House style")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """Entries sorted by id, profiles by name, and the digest of both.

    The digest depends on what the entries say, not on files, order or comments.
    """

    entries: tuple[Entry, ...]
    profiles: dict[str, Profile]
    digest: str

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or that once had it."""
        for entry in self.entries:
            if entry.id == entry_id or entry_id in entry.former_ids:
                return entry
        return None

    def to_json(self) -> str:
        """Return the whole glossary as JSON, which ``load`` reads back."""
        return json.dumps([entry.raw for entry in self.entries], ensure_ascii=False, indent=1)


def make_glossary(
    entries: Iterable[Entry], profiles: Iterable[Profile] = (), *, disabled: Items[str] = ()
) -> Glossary:
    """Return a Glossary of entries made elsewhere; ids must be unique.

    ``disabled`` are ids that were left out, which ``confused_with`` may still name.

    Raises ``GlossaryError`` for duplicate ids and unknown ids in ``confused_with``.
    """
    ordered = tuple(sorted(entries, key=lambda entry: entry.id))
    problems = _id_problems(ordered, disabled)
    if problems:
        raise GlossaryError(problems)
    named = {HOUSE.name: HOUSE} | {profile.name: profile for profile in profiles}
    facts = [[entry.raw for entry in ordered], [repr(named[name]) for name in sorted(named)]]
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Glossary(entries=ordered, profiles=named, digest=f"sha256:{digest}")


def load(*paths: str | Path, disable: Items[str] = ()) -> Glossary:
    """Read glossaries from files and folders; without a path, the shipped one.

    A path may be a YAML or JSON file, a folder of them, or the word ``shipped``.
    Later glossaries add to earlier ones, and replace an entry with ``override: true``.

    Raises ``GlossaryError`` with all problems, ``UsageError`` for a missing path.
    """
    reader = _Reader()
    for path in paths or (SHIPPED,):
        reader.read_glossary(shipped_path() if str(path) == SHIPPED else str(path))
    unknown = [entry_id for entry_id in disable if entry_id not in reader.entries]
    if unknown:
        raise UsageError(f"disable: no entry with the id {', '.join(unknown)}")
    if reader.problems:
        raise GlossaryError(reader.problems)
    kept = [entry for entry in reader.entries.values() if entry.id not in disable]
    return make_glossary(kept, reader.profiles.values(), disabled=disable)


def entries_from(path: str, data: bytes) -> list[Entry]:
    """Return the entries of one file's bytes; raises ``GlossaryError``."""
    reader = _Reader()
    reader.read_entries(path, data, {})
    if reader.problems:
        raise GlossaryError(reader.problems)
    return list(reader.entries.values())


class _Reader:
    """Collects entries, profiles and problems over all files of all glossaries."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.profiles: dict[str, Profile] = {}
        self.problems: list[Problem] = []

    def read_glossary(self, root: str) -> None:
        earlier = dict(self.entries)
        for file in map(Path, glossary_files(root)):
            try:
                if file.stat().st_size > MAX_BYTES:
                    self.problems.append(too_large(str(file), file.stat().st_size))
                    continue
                data = file.read_bytes()
            except OSError as error:
                raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
            if file.parent.name == "profiles":
                self.read_profile(str(file), data, file.stem)
            else:
                self.read_entries(str(file), data, earlier)

    def read_entries(self, path: str, data: bytes, earlier: dict[str, Entry]) -> None:
        tree = self._tree(path, data, "entry")
        if not isinstance(tree, Sequence):
            return
        for node in tree:
            if isinstance(node, Mapping):
                self._add(node, earlier)

    def read_profile(self, path: str, data: bytes, name: str) -> None:
        tree = self._tree(path, data, "profile")
        if isinstance(tree, Mapping) and not self.problems:
            fields = {
                key: value for key, value in plain(tree).items() if key not in ("why", "sources")
            }
            fields["renames"] = tuple(fields.get("renames", ()))
            self.profiles[name] = Profile(name=name, **fields)

    def _tree(self, path: str, data: bytes, schema: str) -> Any:
        read = read_json if path.endswith(".json") else _yaml_reader()
        try:
            tree, problems = read(path, data)
        except TreeError as error:
            self.problems.append(error.problem)
            return None
        if tree is None:
            return None
        at = getattr(tree, "at", Position(path, 1, 1))
        self.problems += problems + checking.check(tree, at, checking.schema(schema))
        return tree

    def _add(self, node: Mapping, earlier: dict[str, Entry]) -> None:
        try:
            entry = _entry(node)
        except (KeyError, TypeError, AttributeError, ValueError):
            if not self.problems:
                raise
            return  # the schema check has said what is wrong
        self.problems += _entry_problems(entry, node)
        old = self.entries.get(entry.id)
        at = node.values_at.get("id", node.at)
        if old is not None and not (entry.override and entry.id in earlier):
            where = f"{old.at.path}:{old.at.line}" if old.at.line else old.at.path
            what = f'duplicate id "{entry.id}", first used at {where}'
            self.problems.append(
                Problem(*at, f"{what}; choose another id, or override: true in a later glossary")
            )
            return
        if entry.override and old is None:
            what = f'override: true, but no earlier glossary has the id "{entry.id}"'
            self.problems.append(Problem(*at, f"{what}; check the id or remove override"))
        self.entries[entry.id] = entry


def _yaml_reader() -> Callable[[str, bytes], tuple[Any, list[Problem]]]:
    from normalizer.glossary.yaml_tree import read_yaml

    return read_yaml


def _entry(node: Mapping) -> Entry:
    """Turn a tree that fits the schema into an Entry."""
    name = Name(**node["name"]) if "name" in node else None
    canonical = node.get("canonical") or (name.full() if name else "")
    return Entry(
        id=node["id"],
        kind=node["kind"],
        canonical=canonical,
        former_ids=tuple(node.get("former_ids", ())),
        forms=dict(node.get("forms", {})),
        name=name,
        source={
            language: (forms,) if isinstance(forms, str) else tuple(forms)
            for language, forms in node.get("source", {}).items()
        },
        conventional=node.get("conventional") == "true",
        variants=tuple(_variants(node.get("variants"))),
        derive=plain(node.get("derive", "default")),
        case=node.get("case"),
        plural=_plural(node.get("plural")),
        short=node.get("short", "in-context"),
        needs=tuple(node.get("needs", ())),
        unless=tuple(node.get("unless", ())),
        other_names=tuple(_other_names(node.get("other_names", ()))),
        confused_with=tuple(node.get("confused_with", ())),
        why=node.get("why", ""),
        links=dict(node.get("links", {})),
        reviewed=node.get("reviewed"),
        sources=tuple(
            Source(**{"about" if key == "for" else key: value for key, value in source.items()})
            for source in node.get("sources", ())
        ),
        examples=tuple(_examples(node.get("examples"))),
        override=node.get("override") == "true",
        at=node.at,
        raw=_raw(node),
    )


def _plural(value: str | None) -> bool | str | None:
    return value == "true" if value in ("true", "false") else value


def _variants(nodes: Sequence | None) -> Iterator[Variant]:
    if nodes is None:
        return
    for node, at in zip(nodes, nodes.items_at, strict=True):
        yield Variant(text=node, at=at) if isinstance(node, str) else Variant(**node, at=at)


def _other_names(nodes: Iterable[Any]) -> Iterator[OtherName]:
    for node in nodes:
        if isinstance(node, str):
            yield OtherName(text=node)
        else:
            yield OtherName(**{"since" if key == "from" else key: node[key] for key in node})


def _examples(nodes: Sequence | None) -> Iterator[Example]:
    if nodes is None:
        return
    for node, at in zip(nodes, nodes.items_at, strict=True):
        suggests = tuple(node["suggests"]) if "suggests" in node else None
        yield Example(text=node["text"], expect=node.get("expect"), suggests=suggests, at=at)


def plain(node: Any) -> Any:
    """Return a tree as plain dictionaries and lists, without positions."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node


def _raw(node: Mapping) -> dict[str, Any]:
    """Return an entry as JSON values: its booleans are booleans."""
    switches = {"true": True, "false": False}
    raw: dict[str, Any] = plain(node)
    for key in ("conventional", "override", "plural"):
        if key in raw:
            raw[key] = switches.get(raw[key], raw[key])
    return raw


def _entry_problems(entry: Entry, node: Mapping) -> Iterator[Problem]:
    """Yield what the schema cannot say about one entry."""
    at = node.values_at.get("canonical", node.at)
    if not entry.canonical:
        missing = "canonical or name" if entry.kind == "person" else "canonical"
        yield Problem(*node.at, f'the key "{missing}" is missing; add it')
    elif entry.name and entry.canonical != entry.name.full():
        what = f'canonical is "{entry.canonical}", but name gives "{entry.name.full()}"'
        yield Problem(*at, f"{what}; correct one, or leave canonical out")
    if entry.name and entry.kind != "person":
        yield Problem(*node.keys_at["name"], f"name is for persons; this entry is a {entry.kind}")
    for text, position in _spellings(entry, at):
        if not isinstance(text, str):
            continue  # the schema check has said so
        if not spans(text):
            yield Problem(*position, f'"{text}" has no letter or digit; nothing could be matched')
        elif len(text.splitlines()) > 1 or text.splitlines() != [text]:
            yield Problem(*position, f"{text!r} has a line break; write it on one line")
        elif text != text.strip():
            yield Problem(*position, f"{text!r} has white space at its edges; remove it")


def _spellings(entry: Entry, at: Position) -> Iterator[tuple[str, Position]]:
    """Yield every spelling of an entry that is looked for, with its position."""
    if entry.canonical:
        yield entry.canonical, at
    for variant in entry.variants:
        yield variant.text, variant.at
    others = [*entry.forms.values()]
    others += [entry.plural] if isinstance(entry.plural, str) else []
    others += [entry.name.given, entry.name.family] if entry.name else []
    for text in others:
        yield text, entry.at


def _id_problems(entries: tuple[Entry, ...], disabled: Items[str]) -> list[Problem]:
    owners: dict[str, Entry] = {}
    problems = []
    for entry in entries:
        for entry_id in (entry.id, *entry.former_ids):
            if entry_id in owners:
                what = f'id "{entry_id}" also belongs to {owners[entry_id].id}'
                problems.append(Problem(*entry.at, f"{what}; ids are never reused, choose another"))
            owners[entry_id] = entry
    for entry in entries:
        for other in entry.confused_with:
            if other not in owners and other not in disabled:
                what = f'confused_with names "{other}", which is no id of this glossary'
                problems.append(Problem(*entry.at, f"{what}; correct or remove it"))
    return problems

"""From files to a Glossary: entries, profiles, and one digest of what they say.

All problems of all files are collected and raised together. What needs the
compiled surfaces (shared spellings, chains, examples) is checked by the layer
that compiles them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Sequence as Items
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from normalizer.digests import sha256_hex
from normalizer.errors import GlossaryError, Problem, UsageError
from normalizer.glossary import checking
from normalizer.glossary.entry import (
    NOWHERE,
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
    """A house style: settings, schemes by language, and entries that it renames.

    ``places`` says where each of ``renames`` was written.
    """

    name: str
    title: str
    quotes: str = "rewrite"
    hashtags: str = "keep"
    schemes: dict[str, str] = field(default_factory=dict)
    renames: tuple[str, ...] = ()
    places: dict[str, Position] = field(default_factory=dict, compare=False, repr=False)


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
        """Return all entries as JSON, which ``load_glossary`` reads back."""
        return json.dumps([entry.raw for entry in self.entries], ensure_ascii=False, indent=1)


def make_glossary(
    entries: Iterable[Entry], profiles: Iterable[Profile] = (), *, disabled: Items[str] = ()
) -> Glossary:
    """Return a Glossary of entries made elsewhere; ids must be unique.

    ``disabled`` are ids that were left out, which others may still name.

    Raises ``GlossaryError`` for ids of two entries, and for ids and profiles that do not exist.
    """
    ordered = tuple(sorted(entries, key=lambda entry: entry.id))
    given = {profile.name: profile for profile in profiles}
    problems = [*_clashes(ordered), *_dangling(ordered, given, disabled)]
    if problems:
        raise GlossaryError(problems)
    named = {HOUSE.name: HOUSE} | given
    facts = [
        [entry.raw for entry in ordered],
        [_profile_facts(named[name]) for name in sorted(named)],
    ]
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    digest = sha256_hex(text.encode("utf-8", "surrogatepass"))
    return Glossary(entries=ordered, profiles=named, digest=f"sha256:{digest}")


def _profile_facts(profile: Profile) -> list[Any]:
    return [
        profile.name,
        profile.title,
        profile.quotes,
        profile.hashtags,
        profile.schemes,
        sorted(profile.renames),
    ]


def load(*paths: str | Path, disable: Items[str] = ()) -> Glossary:
    """Read glossaries from files and folders; without a path, the shipped one.

    A path may be a YAML or JSON file, a folder of them, or the word ``shipped``.
    Later glossaries add to earlier ones, and replace an entry with ``override: true``.

    Raises ``GlossaryError`` with all problems, ``UsageError`` for a missing path.
    """
    reader = _Reader()
    for path in paths or (SHIPPED,):
        reader.read_glossary(shipped_path() if str(path) == SHIPPED else str(path))
    if reader.problems:
        raise GlossaryError(reader.all_problems())
    unknown = [entry_id for entry_id in disable if entry_id not in reader.entries]
    if unknown:
        raise UsageError(f"disable: no entry with the id {', '.join(unknown)}")
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
    """Collects entries, profiles and problems over all files of all glossaries.

    ``complete`` is false once a file, entry or profile could not be read: then
    nobody knows which names lead nowhere.
    """

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.profiles: dict[str, Profile] = {}
        self.problems: list[Problem] = []
        self.complete = True

    def all_problems(self) -> list[Problem]:
        """Return the problems of the files, and those between what could be read."""
        entries = tuple(self.entries.values())
        found = [*self.problems, *_clashes(entries)]
        return [*found, *_dangling(entries, self.profiles, ())] if self.complete else found

    def read_glossary(self, root: str) -> None:
        earlier = dict(self.entries)
        for file in map(Path, glossary_files(root)):
            try:
                if file.stat().st_size > MAX_BYTES:
                    self.problems.append(too_large(str(file), file.stat().st_size))
                    self.complete = False
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
        before = len(self.problems)
        tree = self._tree(path, data, "profile")
        if not isinstance(tree, Mapping) or len(self.problems) > before:
            self.complete = False
            return
        fields = {key: value for key, value in plain(tree).items() if key not in ("why", "sources")}
        fields["renames"] = tuple(fields.get("renames", ()))
        renames = tree.get("renames")
        places = dict(zip(renames, renames.items_at, strict=True)) if renames else {}
        self.profiles[name] = Profile(name=name, places=places, **fields)

    def _tree(self, path: str, data: bytes, schema: str) -> Any:
        read = read_json if path.endswith(".json") else _yaml_reader()
        try:
            tree, problems = read(path, data)
        except TreeError as error:
            self.problems.append(error.problem)
            self.complete = False
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
            self.complete = False
            return  # the schema check has said what is wrong
        self.problems += _entry_problems(entry, node)
        old = self.entries.get(entry.id)
        at = node.values_at.get("id", node.at)
        if old is not None and not (entry.override and old is earlier.get(entry.id)):
            where = f"{old.at.path}:{old.at.line}" if old.at.line else old.at.path
            what = f'duplicate id "{entry.id}", first used at {where}'
            self.problems.append(
                at.problem(f"{what}; choose another id, or override: true in a later glossary")
            )
            return
        if entry.override and old is None:
            what = f'override: true, but no earlier glossary has the id "{entry.id}"'
            self.problems.append(at.problem(f"{what}; check the id or remove override"))
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
        variants=tuple(_variants(node.get("variants", ()))),
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
        places=_places(node),
        raw=_raw(node),
    )


def _plural(value: str | None) -> bool | str | None:
    return value == "true" if value in ("true", "false") else value


def _variants(nodes: Iterable[Any]) -> Iterator[Variant]:
    for node in nodes:
        yield Variant(text=node) if isinstance(node, str) else Variant(**node)


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
    """Return an entry as JSON values: its booleans are booleans.

    ``override`` is left out: it says how to merge, and that is done.
    """
    switches = {"true": True, "false": False}
    raw: dict[str, Any] = plain(node)
    raw.pop("override", None)
    for key in ("conventional", "plural"):
        if key in raw:
            raw[key] = switches.get(raw[key], raw[key])
    return raw


def _entry_problems(entry: Entry, node: Mapping) -> Iterator[Problem]:
    """Yield what the schema cannot say about one entry."""
    if not entry.canonical:
        missing = "canonical or name" if entry.kind == "person" else "canonical"
        yield node.at.problem(f'the key "{missing}" is missing; add it')
    elif entry.name and entry.canonical != entry.name.full():
        what = f'canonical is "{entry.canonical}", but name gives "{entry.name.full()}"'
        at = node.values_at["canonical"]
        yield at.problem(f"{what}; correct one, or leave canonical out")
    if entry.name and entry.kind != "person":
        at = node.keys_at["name"]
        yield at.problem(f"name is for persons; this entry is a {entry.kind}")
    for text, at in _spellings(node):
        if not isinstance(text, str) or not text.strip():
            continue  # the schema check has said so
        if not spans(text):
            yield at.problem(f'"{text}" has no letter or digit; nothing could be matched')
        elif text.splitlines() != [text]:
            yield at.problem(f"{text!r} has a line break; write it on one line")
        elif text != text.strip():
            yield at.problem(f"{text!r} has white space at its edges; remove it")


def _spellings(node: Mapping) -> Iterator[tuple[Any, Position]]:
    """Yield every spelling of an entry with its position, variants first; some may be no text."""
    for key in ("variants", "other_names"):
        if key in node:
            for item, at in zip(node[key], node[key].items_at, strict=True):
                yield (item, at) if isinstance(item, str) else (item["text"], at)
    for key in ("canonical", "plural"):
        if key in node:
            yield node[key], node.values_at[key]
    for key in ("forms", "name"):
        if key in node:
            parts = node[key]
            yield from ((parts[part], parts.values_at[part]) for part in parts if part != "order")


def _places(node: Mapping) -> dict[str, Position]:
    """Return where each spelling and each source form of an entry was first written."""
    places: dict[str, Position] = {}
    for text, at in (*_spellings(node), *_source_forms(node)):
        if isinstance(text, str):
            places.setdefault(text, at)
    return places


def _source_forms(node: Mapping) -> Iterator[tuple[Any, Position]]:
    source = node.get("source", {})
    for language in source:
        forms = source[language]
        if isinstance(forms, str):
            yield forms, source.values_at[language]
        else:
            yield from zip(forms, forms.items_at, strict=True)


def _clashes(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Yield the ids that two entries have, now or formerly."""
    owners: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.id):
        for entry_id in (entry.id, *entry.former_ids):
            if entry_id in owners:
                what = f'id "{entry_id}" also belongs to {owners[entry_id].id}'
                yield entry.at.problem(f"{what}; ids are never reused, choose another")
            owners[entry_id] = entry


def _dangling(
    entries: Items[Entry], profiles: dict[str, Profile], disabled: Items[str]
) -> Iterator[Problem]:
    """Yield the ids and profiles that are named and do not exist.

    Without a profile of its own, a glossary may be part of one that has them.
    """
    ids = {entry.id for entry in entries}.union(disabled)
    former = {former_id for entry in entries for former_id in entry.former_ids}
    known = ", ".join(sorted({HOUSE.name, *profiles}))
    for entry in entries:
        for other in entry.confused_with:
            if other not in ids and other not in former:
                what = f'confused_with names "{other}", which is no id of this glossary'
                yield entry.at.problem(f"{what}; correct or remove it")
        for profile, form in entry.forms.items():
            if profiles and profile != HOUSE.name and profile not in profiles:
                what = f'forms names the profile "{profile}", but this glossary has {known}'
                yield entry.place(form).problem(f"{what}; correct or remove it")
    for style in profiles.values():
        for other in style.renames:
            if other not in ids:
                what = f'renames names "{other}", which is no id of this glossary'
                yield style.places.get(other, NOWHERE).problem(f"{what}; correct or remove it")

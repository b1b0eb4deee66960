"""Lint: what is wrong with a glossary as a whole.

Loading checks each entry by itself; here the entries meet: shared spellings,
chains, and examples that do not come out as stated. ``load_glossary`` is both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from normalizer.errors import GlossaryError, Problem
from normalizer.glossary.entry import Entry, Example, Position
from normalizer.glossary.loading import Glossary, load
from normalizer.matching.compiled import Compiled
from normalizer.matching.compiling import prepare, split_name
from normalizer.matching.surfaces import CANONICAL, WHOLE, Unit
from normalizer.matching.verifying import compare
from normalizer.normalizing.api import Normalizer
from normalizer.normalizing.normalizer import CompiledNormalizer


def load_glossary(*paths: str | Path, disable: Sequence[str] = (), check: bool = True) -> Glossary:
    """Read and check glossaries: files, folders, or ``shipped``; without a path, the shipped one.

    Later glossaries add to earlier ones and may override their entries.
    ``disable`` leaves entries out. ``check=False`` skips what needs compiling:
    shared spellings, chains and examples.

    Raises ``GlossaryError`` with all problems at once, ``UsageError`` for a missing path.
    """
    glossary = load(*paths, disable=disable)
    problems = find_problems(glossary) if check else []
    if problems:
        raise GlossaryError(problems)
    return glossary


def find_problems(
    glossary: Glossary, normalizer: CompiledNormalizer | None = None
) -> list[Problem]:
    """Return all problems between entries, and of their examples, in file order."""
    problems = list(_shared_spellings(glossary))
    if not problems:
        normalizer = normalizer or Normalizer(glossary)
        problems = list(_shared_surfaces(glossary, normalizer.compiled))
        problems += _examples(glossary, normalizer)
    return sorted(problems, key=lambda p: (p.path, p.line, p.column, p.message))


class _Owner:
    """An entry's claim to a spelling."""

    __slots__ = ("at", "canonical", "entry", "replacement", "rewrites")

    def __init__(
        self, entry: Entry, replacement: str, at: Position, *, canonical: bool, rewrites: bool
    ) -> None:
        self.entry = entry
        self.replacement = replacement
        self.at = at
        self.canonical = canonical
        self.rewrites = rewrites


def _shared_spellings(glossary: Glossary) -> Iterator[Problem]:
    """Yield spellings that two entries would turn into different things."""
    for name in sorted(glossary.profiles):
        owners: dict[str, list[_Owner]] = {}
        for entry in glossary.entries:
            for text, owner in _spellings(glossary, entry, name):
                owners.setdefault(text, []).append(owner)
        found = [
            p
            for text, claims in owners.items()
            if len(claims) > 1
            for p in _conflicts(text, claims)
        ]
        if found:
            yield from found
            return


def _spellings(glossary: Glossary, entry: Entry, profile: str) -> Iterator[tuple[str, _Owner]]:
    """Yield every whole spelling of an entry under a profile, with who claims it."""
    prepared = prepare(entry, glossary.profiles[profile])
    places = {variant.text: variant.at for variant in entry.variants}
    target = prepared.canonical
    for row in prepared.rows:
        if row.role == WHOLE:
            at = places.get(row.text, entry.at)
            canonical = row.rule == CANONICAL
            yield (
                row.text,
                _Owner(entry, target, at, canonical=canonical, rewrites=row.action == "rewrite"),
            )
    if prepared.name is not None:
        yield target, _Owner(entry, target, entry.at, canonical=True, rewrites=True)
        for variant in entry.variants:
            if split_name(variant.text, prepared.name) and " " in variant.text.strip():
                yield (
                    variant.text,
                    _Owner(
                        entry,
                        target,
                        variant.at,
                        canonical=False,
                        rewrites=variant.action == "rewrite",
                    ),
                )


def _conflicts(text: str, claims: list[_Owner]) -> Iterator[Problem]:
    open_claims = [c for c in claims if not c.entry.needs and (c.rewrites or c.canonical)]
    for claim in open_claims:
        others = [c for c in open_claims if c.replacement != claim.replacement]
        if claim.canonical or not others:
            continue
        other = next((c for c in others if c.canonical), others[0])
        where = f"{other.at.path}:{other.at.line}" if other.at.line else other.entry.id
        if other.canonical:
            yield Problem(
                *claim.at,
                f'variant "{text}" is the canonical form of {other.entry.id} ({where}), so its '
                f"rewrite would be rewritten again; remove it, or give {claim.entry.id} needs",
                "chain",
            )
        else:
            yield Problem(
                *claim.at,
                f'variant "{text}" also belongs to {other.entry.id} ({where}), which makes it '
                f'"{other.replacement}"; give one of them needs, or action: suggest',
                "shared",
            )


def _shared_surfaces(glossary: Glossary, compiled: Compiled) -> Iterator[Problem]:
    """Yield spellings that two entries share in some dress: Xxx-yyy and Xxx yyy."""
    told: set[tuple[str, str]] = set()
    for key in range(compiled.keys):
        owners: dict[str, list[Unit]] = {}
        for unit in compiled.shared_units(key):
            if unit.role == WHOLE and not unit.facts.needs and unit.action == "rewrite":
                owners.setdefault(unit.facts.id, []).append(unit)
        for one, other in combinations(sorted(owners), 2):
            pair = next(_same_dress(owners[one], owners[other]), None)
            if pair is not None and (one, other) not in told:
                told.add((one, other))
                yield _shared_problem(glossary, *pair)


def _same_dress(ours: list[Unit], theirs: list[Unit]) -> Iterator[tuple[Unit, Unit]]:
    for unit in ours:
        for other in theirs:
            if unit.target != other.target and not (unit.canonical and other.canonical):
                dress = compare(unit.body, other.body) or compare(other.body, unit.body)
                if dress is not None and unit.lead + unit.tail == other.lead + other.tail:
                    yield unit, other


def _shared_problem(glossary: Glossary, unit: Unit, other: Unit) -> Problem:
    claimed, keeper = (other, unit) if unit.canonical else (unit, other)
    entry, rival = glossary.get(claimed.facts.id), glossary.get(keeper.facts.id)
    assert entry is not None
    assert rival is not None
    places = {variant.text: variant.at for variant in entry.variants}
    where = f"{rival.at.path}:{rival.at.line}" if rival.at.line else rival.id
    return Problem(
        *places.get(claimed.variant, entry.at),
        f'"{claimed.text}" of "{claimed.variant}" is also a surface of {rival.id} ({where}), which '
        f'makes it "{keeper.target}"; give one of them needs, or action: suggest',
        "shared",
    )


def _examples(glossary: Glossary, normalizer: CompiledNormalizer) -> Iterator[Problem]:
    for entry in glossary.entries:
        for example in entry.examples:
            yield from check_example(example, normalizer)


def check_example(example: Example, normalizer: CompiledNormalizer) -> Iterator[Problem]:
    """Yield how an example differs from what comes of it."""
    result = normalizer.normalize(example.text)
    expected = example.text if example.expect is None else example.expect
    if result.text != expected:
        wanted = f'"{expected}"' if example.expect is not None else "the text unchanged"
        yield Problem(
            *example.at, f'example comes out as "{result.text}"; expected {wanted}', "example"
        )
    if example.suggests is not None:
        found = tuple(f.found for f in result.kept if f.action == "suggest")
        if found != example.suggests:
            yield Problem(
                *example.at,
                f"example suggests {_list(found)}; expected {_list(example.suggests)}",
                "example",
            )


def _list(texts: tuple[str, ...]) -> str:
    return ", ".join(f'"{text}"' for text in texts) or "nothing"

"""Lint: what is wrong with a glossary as a whole.

Loading checks each entry by itself; here the entries meet: shared spellings,
chains, and examples that do not come out as stated. And they meet English:
spellings that are dictionary words. ``load_glossary`` is both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from normalizer.errors import GlossaryError, Problem
from normalizer.glossary.entry import Entry, Example
from normalizer.glossary.loading import Glossary, load
from normalizer.matching.compiled import Compiled
from normalizer.matching.compiling import prepare, split_name
from normalizer.matching.surfaces import CANONICAL, DERIVED, LISTED, WHOLE, Unit, case_of
from normalizer.matching.verifying import compare
from normalizer.normalizing.api import Normalizer
from normalizer.normalizing.normalizer import CompiledNormalizer
from normalizer.text.english import is_english_word


def load_glossary(*paths: str | Path, disable: Sequence[str] = (), check: bool = True) -> Glossary:
    """Read and check glossaries: files, folders, or ``shipped``; without a path, the shipped one.

    Later glossaries add to earlier ones and may override their entries.
    ``disable`` leaves entries out. ``check=False`` skips what ``find_problems`` finds:
    shared spellings, chains, dictionary words and examples.

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
    problems += _dictionary_words(glossary)
    problems += _source_problems(glossary)
    return sorted(problems, key=lambda p: (p.path, p.line, p.column, p.message))


def _source_problems(glossary: Glossary) -> Iterator[Problem]:
    """Yield the problems of source forms; none without PyYAML, which reads the schemes."""
    try:
        from normalizer.curating.derivations import source_problems
    except ImportError:
        return
    yield from source_problems(glossary)


class _Owner:
    """An entry's claim to a spelling."""

    __slots__ = ("canonical", "entry", "replacement", "rewrites")

    def __init__(self, entry: Entry, replacement: str, *, canonical: bool, rewrites: bool) -> None:
        self.entry = entry
        self.replacement = replacement
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
    """Yield every whole spelling that an entry writes under a profile, with who claims it.

    Derived spellings give way to written ones, so they clash with nothing.
    """
    prepared = prepare(entry, glossary.profiles[profile], written_only=True)

    def owner(rule: int, action: str) -> _Owner:
        canonical, rewrites = rule == CANONICAL, action == "rewrite"
        return _Owner(entry, prepared.canonical, canonical=canonical, rewrites=rewrites)

    for row in prepared.rows:
        if row.role == WHOLE and row.rule != DERIVED:
            yield row.text, owner(row.rule, row.action)
    if prepared.name is not None:
        yield prepared.canonical, owner(CANONICAL, "rewrite")
        for variant in entry.variants:
            if split_name(variant.text, prepared.name) and " " in variant.text.strip():
                yield variant.text, owner(LISTED, variant.action)


def _conflicts(text: str, claims: list[_Owner]) -> Iterator[Problem]:
    open_claims = [c for c in claims if not c.entry.needs and (c.rewrites or c.canonical)]
    for claim in open_claims:
        others = [c for c in open_claims if c.replacement != claim.replacement]
        if claim.canonical or not others:
            continue
        other = next((c for c in others if c.canonical), others[0])
        at, where = claim.entry.place(text), _line(other.entry, text)
        if other.canonical:
            yield at.problem(
                f'variant "{text}" is the canonical form of {other.entry.id} ({where}), so its '
                f"rewrite would be rewritten again; remove it, or give {claim.entry.id} needs",
                "chain",
            )
        else:
            yield at.problem(
                f'variant "{text}" also belongs to {other.entry.id} ({where}), which makes it '
                f'"{other.replacement}"; give one of them needs, or action: suggest',
                "shared",
            )


def _line(entry: Entry, spelling: str) -> str:
    """Return the file and line of a spelling, or the entry's id where they are unknown."""
    at = entry.place(spelling)
    return f"{at.path}:{at.line}" if at.line else entry.id


def _shared_surfaces(glossary: Glossary, compiled: Compiled) -> Iterator[Problem]:
    """Yield spellings that two entries share in some dress: Xxx-yyy and Xxx yyy."""
    told: set[tuple[str, str]] = set()
    for key in range(compiled.keys):
        owners: dict[str, list[Unit]] = {}
        for unit in compiled.shared_units(key):
            sure = unit.action == "rewrite" and unit.rule != DERIVED
            if sure and unit.role == WHOLE and not unit.facts.needs:
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
    return entry.place(claimed.variant).problem(
        f'"{claimed.text}" of "{claimed.variant}" is also a surface of {rival.id} '
        f'({_line(rival, keeper.variant)}), which makes it "{keeper.target}"; '
        "give one of them needs, or action: suggest",
        "shared",
    )


def _dictionary_words(glossary: Glossary) -> Iterator[Problem]:
    """Yield rewritten spellings that are words of English, where nothing guards them."""
    renamed = {entry_id for profile in glossary.profiles.values() for entry_id in profile.renames}
    for entry in glossary.entries:
        if entry.needs or entry.unless or entry.case == "word":
            continue
        fixed = (entry.case or case_of(entry.canonical)) == "fixed"
        for what, text in _rewritten(entry, renames=entry.id in renamed):
            if is_english_word(text) and not (fixed and text.isupper()):
                yield entry.place(text).problem(
                    f'{what} "{text}" is an English word; '
                    "give the entry needs or unless, or the variant action: suggest",
                    "word",
                )


def _rewritten(entry: Entry, *, renames: bool) -> Iterator[tuple[str, str]]:
    """Yield what is rewritten wherever it stands under some profile: not a surname alone."""
    for variant in entry.variants:
        if variant.action == "rewrite" and not (
            entry.name and split_name(variant.text, entry.name)
        ):
            yield "variant", variant.text
    if entry.forms:
        yield from (("form", form) for form in {entry.canonical, *entry.forms.values()})
    if renames:
        yield from (("other name", other.text) for other in entry.other_names)


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
        yield example.at.problem(
            f'example comes out as "{result.text}"; expected {wanted}', "example"
        )
    if example.suggests is not None:
        found = tuple(f.found for f in result.kept if f.action == "suggest")
        if found != example.suggests:
            yield example.at.problem(
                f"example suggests {_list(found)}; expected {_list(example.suggests)}", "example"
            )


def _list(texts: tuple[str, ...]) -> str:
    return ", ".join(f'"{text}"' for text in texts) or "nothing"

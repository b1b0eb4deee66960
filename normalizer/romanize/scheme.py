"""A romanization scheme: its records, and reading one from its YAML file.

A scheme is data. Everything that a file may say is in ``scheme.schema.json`` and
explained in ``docs/schemes/format.md``; every problem of a file is reported at
once, with line and column. How rules are applied is the engine's matter.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import PurePath
from typing import Any

from normalizer.errors import NormalizerError, Problem
from normalizer.glossary import checking
from normalizer.glossary.entry import Position
from normalizer.glossary.tree import Mapping, Sequence, TreeError
from normalizer.glossary.yaml_tree import read_yaml
from normalizer.romanize.letters import is_kept, name_of, notation

#: The contexts of a rule, as keys of the file and fields of ``Rule``.
CONTEXTS = ("after", "not_after", "before", "not_before", "word", "not_word")
#: Begin and end of a word and, doubled, of the whole name.
BOUNDARIES = "^$"


class SchemeError(NormalizerError):
    """A scheme file does not load; ``problems`` holds every reason, in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.line, problem.column))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one sequence of source letters becomes in a context.

    ``to`` begins with the scheme's own form; the others are admitted alternatives.
    Rules with the same ``choice`` take the same alternative. ``capital`` says who takes
    the capital of a word that this rule begins: its output, what follows, or both.
    ``refuse`` says why a letter cannot be read there, such as a vowel that is not written.
    """

    source: str
    to: tuple[str, ...]
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    word: tuple[str, ...] = ()
    not_word: tuple[str, ...] = ()
    choice: str = ""
    capital: str = "self"
    refuse: str = ""

    @property
    def is_fixed(self) -> bool:
        """Tell whether there is one output, which takes the capital itself."""
        return len(self.to) == 1 and self.capital == "self"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Conventions for personal names that are written without a space, family name first.

    ``forms`` are patterns: *Family Given-given* (Kim Jong-un), *Family Given Given* (Kim
    Jong Un), *Family Given* (Kim Jongun), *Given-given Family*, *FAMILY Given*; the first is
    the scheme's own. ``compounds`` are family names of two syllables. ``family`` and
    ``given`` list customary spellings of a family name and of a syllable of a given name.
    """

    forms: tuple[str, ...]
    compounds: tuple[str, ...]
    family: dict[str, tuple[str, ...]]
    given: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scheme:
    """A romanization or transcription system; ``rules`` in the order in which they are tried.

    ``respell`` rules turn source letters into source letters before ``rules`` are applied.
    ``samples`` pair a source form with the scheme's own form, ``spellings`` with a form
    that its alternatives admit.
    """

    name: str
    authority: str
    language: str
    year: str
    kind: str
    words: str
    url: str
    notes: tuple[str, ...]
    capitalize: bool
    repeat: str
    classes: dict[str, tuple[str, ...]]
    respell: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    names: Names | None
    samples: tuple[tuple[str, str], ...]
    spellings: tuple[tuple[str, str], ...]


def read(path: str, data: bytes, parent: Callable[[str], Scheme]) -> Scheme:
    """Read one scheme file; ``parent`` returns the scheme that ``extends`` names.

    Raises ``SchemeError`` with every problem, and what ``parent`` raises.
    """
    try:
        node, problems = read_yaml(path, data)
    except TreeError as error:
        raise SchemeError([error.problem]) from None
    problems += checking.check(node, Position(path, 1, 1), _schema())
    if problems:
        raise SchemeError(problems)
    reader = _Reader(node, parent(node["extends"]) if "extends" in node else None)
    scheme = reader.scheme()
    if scheme.name != PurePath(path).stem:
        reader.report(node.values_at["name"], f'name is "{scheme.name}", unlike the file\'s')
    if reader.problems:
        raise SchemeError(reader.problems)
    return scheme


@cache
def _schema() -> checking.Schema:
    text = resources.files("normalizer.romanize").joinpath("scheme.schema.json").read_text("utf-8")
    loaded: checking.Schema = json.loads(text)
    return loaded


class _Reader:
    """Turns the tree of one checked file into a Scheme and collects what is wrong with it."""

    def __init__(self, node: Mapping, parent: Scheme | None) -> None:
        self.node = node
        self.parent = parent
        self.problems: list[Problem] = []
        self.repeat = notation(node.get("repeat", "")) or (parent.repeat if parent else "")
        self.classes = dict(parent.classes) if parent else {}

    def report(self, at: Position, message: str) -> None:
        self.problems.append(Problem(*at, message))

    def scheme(self) -> Scheme:
        node, parent = self.node, self.parent
        for name, members in node.get("classes", {}).items():
            self.classes[name] = self._contexts(members.split(), node["classes"].values_at[name])
        samples = tuple(self._pairs("samples"))
        return Scheme(
            name=node["name"],
            authority=node["authority"],
            language=node["language"],
            year=node.get("year", ""),
            kind=node["kind"],
            words=node["words"],
            url=node.get("url", ""),
            notes=tuple(node.get("notes", ())),
            capitalize="capitalize" in node or (parent is not None and parent.capitalize),
            repeat=self.repeat,
            classes=self.classes,
            respell=self._laid_over("respell", parent.respell if parent else ()),
            rules=self._laid_over("rules", parent.rules if parent else ()),
            names=self._names() or (parent.names if parent else None),
            samples=samples,
            spellings=tuple(self._pairs("spellings")),
        )

    def _laid_over(self, key: str, below: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """Return the rules of this file, then those of its parent that it does not replace."""
        rules = list(self._rules(key))
        letters = list(self._letters()) if key == "rules" else []
        replaced = {rule.source for rule in letters}
        return (*rules, *letters, *(rule for rule in below if rule.source not in replaced))

    def _letters(self) -> Iterator[Rule]:
        node = self.node.get("letters", {})
        for sources, texts in node.items():
            for source in sources.split():
                to = self._outputs(texts, node.values_at[sources])
                yield Rule(source=self._letters_of(source), to=to)

    def _rules(self, key: str) -> Iterator[Rule]:
        nodes = self.node.get(key, Sequence(self.node.at))
        outputs = self._respellings if key == "respell" else self._outputs
        for node, at in zip(nodes, nodes.items_at, strict=True):
            if ("to" in node) == ("refuse" in node):
                self.report(at, 'a rule has either "to" or, under respell, "refuse"')
            to = outputs(node.get("to", ""), at)
            options: dict[str, Any] = {
                name: self._contexts(listed(node[name]), at) for name in CONTEXTS if name in node
            }
            options |= {
                name: node[name] for name in ("choice", "capital", "refuse") if name in node
            }
            for source in listed(node["from"]):
                if not source:
                    self.report(at, '"from" is empty; write the letters or remove the rule')
                    continue
                yield Rule(source=self._letters_of(source), to=to, **options)

    def _letters_of(self, text: str) -> str:
        """Return source letters as the engine sees them: marks that repeat are letters again."""
        letters = notation(text)
        for mark in self.repeat:
            while (i := letters.find(mark)) > 0:
                letters = letters[:i] + letters[i - 1] + letters[i + 1 :]
        return letters

    def _contexts(self, items: list[str], at: Position) -> tuple[str, ...]:
        found: list[str] = []
        for item in items:
            if item in self.classes:
                found += self.classes[item]
            elif item.isascii() and item.strip(BOUNDARIES + " -'") != "":
                self.report(at, f'unknown class "{item}"; define it under classes')
            else:
                found.append(self._letters_of(item))
        return tuple(found)

    def _outputs(self, texts: Any, at: Position) -> tuple[str, ...]:
        for char in "".join(listed(texts)):
            if not is_kept(char):
                self.report(
                    at, f'"{char}" ({name_of(char)}) is no Latin letter; correct the output'
                )
        return tuple(listed(texts))

    def _respellings(self, texts: Any, at: Position) -> tuple[str, ...]:
        return tuple(self._letters_of(text) for text in listed(texts))

    def _pairs(self, key: str) -> Iterator[tuple[str, str]]:
        nodes = self.node.get(key, Sequence(self.node.at))
        for node, at in zip(nodes, nodes.items_at, strict=True):
            if isinstance(node, list) and len(node) == 2:
                yield node[0], node[1]
            else:
                self.report(at, f"an item of {key} is [source form, Latin form]")

    def _names(self) -> Names | None:
        node = self.node.get("names")
        if node is None:
            return None
        return Names(
            forms=tuple(node["forms"]),
            compounds=tuple(node.get("compounds", "").split()),
            family=_by_syllable(node.get("family", {})),
            given=_by_syllable(node.get("given", {})),
        )


def _by_syllable(node: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {unicodedata.normalize("NFC", key): tuple(listed(node[key])) for key in node}


def listed(texts: Any) -> list[str]:
    """Return a text or a list of texts as a list."""
    return [texts] if isinstance(texts, str) else list(texts)

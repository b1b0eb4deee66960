"""The case files as data: every engine and every adapter runs the same table."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from normalizer.glossary.loading import Glossary, entries_from, make_glossary
from normalizer.normalizing.api import Normalizer

FOLDER = Path(__file__).parent / "cases"


class Case(NamedTuple):
    """One case: its label with the file's name, what it says, and its glossary as JSON."""

    label: str
    says: dict[str, Any]
    glossary: str


def cases() -> list[Case]:
    """Return all cases of all files; an empty folder is an error."""
    found = []
    for path in sorted(FOLDER.glob("**/*.yaml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        for says in content["cases"]:
            entries = says.get("glossary", content.get("glossary"))
            found.append(Case(f"{path.stem}:{says['label']}", says, json.dumps(entries)))
    assert found, f"no case in {FOLDER}"
    return found


@cache
def glossary(text: str) -> Glossary:
    """Return the glossary of a case."""
    return make_glossary(entries_from("case.json", text.encode()))


@cache
def normalizer(text: str, engine: str, settings: tuple[tuple[str, str], ...]) -> Normalizer:
    """Return a normalizer for a case's glossary and settings."""
    return Normalizer(glossary(text), engine=engine, **dict(settings))


def run(case: Case, engine: str = "automaton") -> Any:
    """Return the result of a case."""
    settings = tuple(sorted(case.says.get("settings", {}).items()))
    chosen = normalizer(case.glossary, engine, settings)
    return chosen.normalize(case.says["text"], context=tuple(case.says.get("context", ())))

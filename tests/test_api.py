"""The public interface, as docs/python.md has it: names, types, errors, pickling, no dependencies."""

from __future__ import annotations

import inspect
import json
import pickle
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import normalizer
from normalizer import (
    Difference,
    Finding,
    Glossary,
    GlossaryError,
    InputError,
    LogError,
    Normalizer,
    NormalizerError,
    Result,
    UsageError,
    load_glossary,
    undo,
    verify,
)
from normalizer.log import to_line
from tests import case_files

ROOT = Path(__file__).resolve().parent.parent
ERRORS = (GlossaryError, InputError, LogError, UsageError)
GLOSSARY = """
- {id: kyiv, kind: place, canonical: Kyiv, forms: {own: Kiev}, variants: [Kijew]}
- {id: kinzhal, kind: weapon, canonical: Kinzhal, variants: [Kinjal], needs: [missile]}
- {id: peskov, kind: person, name: {given: Dmitry, family: Peskov}, variants: [Dmitri Peskow]}
"""
TEXT = "🎯 Kijew, a Kinjal, Dmitri Peskow"


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "own.yaml").write_text("title: Own\nquotes: keep\n")
    (tmp_path / "a.yaml").write_text(GLOSSARY)
    return load_glossary(tmp_path)


# --- names and types -----------------------------------------------------------------------------


def test_public_names_are_sorted_and_lead_somewhere() -> None:
    names = normalizer.__all__
    assert names == sorted(names)
    assert all(getattr(normalizer, name) is not None for name in names)
    with pytest.raises(AttributeError, match="has no attribute 'normalise'"):
        _ = normalizer.normalise


def test_public_names_are_the_documented_ones() -> None:
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    documented = set(re.findall(r"^::: normalizer\.(\w+)$", page, re.M))
    assert documented == set(normalizer.__all__) - {"__version__"}


#: What each callable takes; ``*`` stands before what is given by name only.
PARAMETERS = {
    load_glossary: "*paths disable check",
    Normalizer: "glossary * profile quotes hashtags engine",
    Normalizer.normalize: "self text * context",
    Result.record: "self id",
    Glossary.get: "self entry_id",
    Glossary.to_json: "self",
    undo: "text record * field",
    verify: "text record * field source",
}


@pytest.mark.parametrize("callee", PARAMETERS, ids=lambda callee: callee.__qualname__)
def test_parameters_stay(callee: Any) -> None:
    found: list[str] = []
    for name, parameter in inspect.signature(callee).parameters.items():
        if parameter.kind is parameter.VAR_POSITIONAL:
            name = f"*{name}"
        elif parameter.kind is parameter.KEYWORD_ONLY and not any("*" in n for n in found):
            found.append("*")
        found.append(name)
    assert " ".join(found) == PARAMETERS[callee]
    assert callee.__doc__


def test_result_and_findings_are_of_plain_types(glossary: Glossary) -> None:
    result = Normalizer(glossary).normalize(TEXT)
    assert isinstance(result, Result)
    assert (result.source, result.text) == (TEXT, "🎯 Kyiv, a Kinjal, Dmitry Peskov")
    assert result.findings == [*result.substitutions[:1], *result.kept, *result.substitutions[1:]]
    first, kept = result.substitutions[0], result.kept[0]
    assert isinstance(first, Finding)
    names = [name for name in dir(Finding) if not name.startswith("_") and name != "to_dict"]
    assert {name: getattr(first, name) for name in names} == {
        "start": 2, "end": 7, "out_start": 2, "out_end": 6, "found": "Kijew", "replacement": "Kyiv",
        "entry": "kyiv", "also": (), "rule": "listed", "scheme": None, "forms": (),
        "variant": "Kijew", "action": "rewrite", "reason": None,
    }  # fmt: skip
    assert (kept.action, kept.reason) == ("suggest", "needs")
    assert (kept.out_start, kept.out_end) == (None, None)


def test_record_is_made_of_json_values(glossary: Glossary) -> None:
    record = Normalizer(glossary).normalize(TEXT).record("a")
    assert json.loads(json.dumps(record)) == record
    assert undo("🎯 Kyiv, a Kinjal, Dmitry Peskov", record) == TEXT


def test_glossary_is_a_collection_of_entries(glossary: Glossary) -> None:
    assert len(glossary) == 3
    assert [entry.id for entry in glossary] == ["kinzhal", "kyiv", "peskov"]
    assert sorted(glossary.profiles) == ["house", "own"]
    assert glossary.get("nobody") is None


def test_settings_of_the_profile_hold_unless_given(glossary: Glossary) -> None:
    settings = Normalizer(glossary, profile="own", hashtags="rewrite").settings
    assert settings == {
        "glossary": glossary.digest, "profile": "own", "quotes": "keep", "hashtags": "rewrite",
    }  # fmt: skip


# --- errors --------------------------------------------------------------------------------------


def test_all_errors_have_one_base() -> None:
    assert all(issubclass(error, NormalizerError) for error in ERRORS)
    assert issubclass(NormalizerError, Exception)


def test_glossary_error_holds_every_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("- {id: a, kind: town}\n- {id: A, kind: place, canonical: A}\n")
    with pytest.raises(GlossaryError) as caught:
        load_glossary(path)
    problems = caught.value.problems
    assert [(p.path, p.line, p.column) for p in problems] == [
        (str(path), 1, 3), (str(path), 1, 17), (str(path), 2, 8),
    ]  # fmt: skip
    assert str(caught.value).splitlines() == [str(problem) for problem in problems]
    assert str(problems[0]) == f"{path}:1:3: {problems[0].message}"


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"profile": "x"}, 'no profile "x"; this glossary has house, own'),
        ({"quotes": "x"}, 'quotes is "x"; expected one of rewrite, suggest, keep'),
        ({"hashtags": "x"}, 'hashtags is "x"; expected one of keep, rewrite'),
        ({"engine": "x"}, 'engine is "x"; expected auto, automaton or reference'),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_unknown_setting_is_told_with_those_there_are(
    glossary: Glossary, setting: dict[str, str], told: str
) -> None:
    with pytest.raises(UsageError) as caught:
        Normalizer(glossary, **setting)
    assert str(caught.value) == told


def test_text_that_is_not_the_output_is_refused_or_differs(glossary: Glossary) -> None:
    record = Normalizer(glossary).normalize(TEXT).record("a")
    with pytest.raises(LogError):
        undo("something else", record)
    difference = verify("🎯 Lviv", record)
    assert isinstance(difference, Difference)
    assert (difference.field, difference.offset) == (None, 2)
    assert (difference.expected, difference.found) == ("Kyiv", "Lviv")
    with pytest.raises(LogError):
        undo(TEXT, {})


# --- pickling ------------------------------------------------------------------------------------


def test_glossary_and_normalizer_and_result_can_be_pickled(glossary: Glossary) -> None:
    again = pickle.loads(pickle.dumps(glossary))
    assert again == glossary
    chosen = pickle.loads(pickle.dumps(Normalizer(again, profile="own", quotes="suggest")))
    assert chosen.settings == Normalizer(glossary, profile="own", quotes="suggest").settings
    result = pickle.loads(pickle.dumps(chosen.normalize(TEXT)))
    assert [repr(f) for f in result.findings] == [repr(f) for f in chosen.normalize(TEXT).findings]


@pytest.mark.parametrize("error", [InputError, LogError, UsageError])
def test_errors_can_be_pickled(error: type[NormalizerError]) -> None:
    assert str(pickle.loads(pickle.dumps(error("what; what to do")))) == "what; what to do"


def test_glossary_error_can_be_pickled(tmp_path: Path) -> None:
    """A process of a pool that raises it would break the pool."""
    (tmp_path / "a.yaml").write_text("- {id: a, kind: town}\n")
    with pytest.raises(GlossaryError) as caught:
        load_glossary(tmp_path)
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert [p.line for p in again.problems] == [1, 1]


# --- the standard library alone ------------------------------------------------------------------

ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
from normalizer import Normalizer, load_glossary, undo
from normalizer.log import from_line, to_line
normalizer = Normalizer(load_glossary(sys.argv[2]))
for text in sys.stdin.buffer.read().decode("utf-8", "surrogatepass").split("\\f"):
    result = normalizer.normalize(text)
    line = to_line(result.record("x"))
    assert undo(result.text, from_line(line)) == text
    sys.stdout.buffer.write(line)
homes = {getattr(module, "__file__", None) or "" for module in sys.modules.values()}
assert not any("site-packages" in home for home in homes), homes
"""


@cache
def texts() -> list[str]:
    found = [case.says["text"] for case in case_files.cases()]
    return [text for text in found if "\f" not in text]


def test_json_glossary_needs_the_standard_library_alone(tmp_path: Path) -> None:
    """As in a browser: no package is installed (``-S``), and the output is the same.

    But for derived spellings, whose schemes are YAML.
    """
    entries = json.loads(load_glossary(check=False).to_json())
    path = tmp_path / "glossary.json"
    path.write_text(json.dumps([entry | {"derive": "off", "examples": []} for entry in entries]))
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", ALONE, str(ROOT), str(path)],
        input="\f".join(texts()).encode("utf-8", "surrogatepass"),
        capture_output=True,
        check=False,
    )
    assert done.stderr.decode() == ""
    made = Normalizer(load_glossary(path))
    expected = [to_line(made.normalize(text).record("x")) for text in texts()]
    assert done.stdout.splitlines(keepends=True) == expected

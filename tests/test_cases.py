"""Every case, on both engines: output, spans, findings, undo and normalizing twice."""

from __future__ import annotations

from typing import Any

import pytest

from normalizer import undo
from tests import case_files
from tests.case_files import Case

CASES = case_files.cases()
ENGINES = ("automaton", "reference")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_case_comes_out_as_stated(case: Case, engine: str) -> None:
    result = case_files.run(case, engine)
    says = case.says
    assert result.text == says.get("expect", says["text"])
    substitutions = result.substitutions
    if "spans" in says:
        assert [[f.start, f.end] for f in substitutions] == says["spans"]
    if "entries" in says:
        assert [f.entry for f in substitutions] == says["entries"]
    if "forms" in says:
        assert [sorted(f.forms) for f in substitutions] == [sorted(f) for f in says["forms"]]
    if "rules" in says:
        assert [f.rule for f in substitutions] == says["rules"]
    if "kept" in says:
        assert _kept(result.kept, says["kept"]) == says["kept"]


def _kept(findings: list[Any], wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the kept findings with the keys that a case asks about."""
    if len(findings) != len(wanted):
        return [{"found": f.found, "action": f.action, "reason": f.reason} for f in findings]
    return [
        {key: getattr(f, key) for key in want} for f, want in zip(findings, wanted, strict=True)
    ]


@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_case_can_be_undone_and_repeated(case: Case) -> None:
    result = case_files.run(case)
    record = result.record(case.label)
    assert undo(result.text, record) == case.says["text"]
    again = case_files.normalizer(
        case.glossary, "automaton", tuple(sorted(case.says.get("settings", {}).items()))
    ).normalize(result.text, context=tuple(case.says.get("context", ())))
    assert again.text == result.text
    assert not again.substitutions

"""What holds for every glossary and every text."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from normalizer import Normalizer, undo
from tests.strategies import glossaries_and_texts, glossary_of

Drawn = tuple[list[dict[str, Any]], str, dict[str, str]]


@given(glossaries_and_texts())
def test_normalizing_twice_is_normalizing_once(drawn: Drawn) -> None:
    made, text, settings = drawn
    normalizer = Normalizer(glossary_of(made), **settings)
    once = normalizer.normalize(text)
    twice = normalizer.normalize(once.text)
    assert twice.text == once.text
    assert not twice.substitutions


@given(glossaries_and_texts())
def test_undo_restores_the_text_from_output_and_record(drawn: Drawn) -> None:
    made, text, settings = drawn
    result = Normalizer(glossary_of(made), **settings).normalize(text)
    record = json.loads(json.dumps(result.record("x")))
    assert undo(result.text, record) == text


@given(glossaries_and_texts())
def test_text_outside_the_spans_stays_and_each_edit_has_its_record(drawn: Drawn) -> None:
    made, text, settings = drawn
    result = Normalizer(glossary_of(made), **settings).normalize(text)
    last = out_last = 0
    for finding in result.substitutions:
        assert finding.out_start is not None
        assert finding.out_end is not None
        assert text[last : finding.start] == result.text[out_last : finding.out_start]
        assert text[finding.start : finding.end] == finding.found
        assert result.text[finding.out_start : finding.out_end] == finding.replacement
        assert finding.found != finding.replacement
        last, out_last = finding.end, finding.out_end
    assert text[last:] == result.text[out_last:]
    record = result.record("x")
    edits = record["substitutions"]
    assert isinstance(edits, list)
    assert len(edits) == len(result.substitutions)
    assert text.count("\n") == result.text.count("\n")


@given(glossaries_and_texts(), st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(drawn: Drawn, random: Any) -> None:
    made, text, settings = drawn
    shuffled = made[:]
    random.shuffle(shuffled)
    first = Normalizer(glossary_of(made), **settings).normalize(text)
    second = Normalizer(glossary_of(shuffled), **settings).normalize(text)
    assert first.text == second.text
    assert json.dumps(first.record("x")) == json.dumps(second.record("x"))


@given(glossaries_and_texts())
def test_the_automaton_finds_what_the_reference_finds(drawn: Drawn) -> None:
    made, text, settings = drawn
    glossary = glossary_of(made)
    fast = Normalizer(glossary, engine="automaton", **settings).normalize(text)
    slow = Normalizer(glossary, engine="reference", **settings).normalize(text)
    assert [f.to_dict() for f in fast.findings] == [f.to_dict() for f in slow.findings]
    assert fast.text == slow.text

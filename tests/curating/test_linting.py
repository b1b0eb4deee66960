"""Lint: entries that are right by themselves and wrong together, and examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalizer import Glossary, GlossaryError, Normalizer, load_glossary
from normalizer.curating.linting import find_problems


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def entry(entry_id: str, canonical: str, variants: str = "", more: str = "") -> str:
    content = f"id: {entry_id}, kind: weapon, canonical: {canonical}, variants: [{variants}]"
    return f"- {{{content}{', ' + more if more else ''}}}\n"


def load(*entries: str, check: bool = True) -> Glossary:
    Path("g.yaml").write_text("".join(entries), "utf-8")
    return load_glossary("g.yaml", check=check)


def lint(*entries: str) -> list[str]:
    """Return the problems, after making sure that loading raises them all."""
    glossary = load(*entries, check=False)
    found = [str(problem) for problem in find_problems(glossary)]
    raised: list[str] = []
    try:
        load(*entries)
    except GlossaryError as error:
        raised = [str(problem) for problem in error.problems]
    assert raised == found
    return found


def outcomes(glossary: Glossary, text: str) -> list[tuple[str, str, tuple[str, ...], str | None]]:
    findings = Normalizer(glossary).normalize(text).findings
    return [(f.entry, f.replacement, f.also, f.reason) for f in findings]


# --- shared spellings ----------------------------------------------------------------------------


def test_shared_spelling_is_told_at_both_places() -> None:
    assert lint(entry("a", "Aaa", "Xxy"), entry("b", "Bbb", "Yyy, Xxy")) == [
        'g.yaml:1:52: variant "Xxy" also belongs to b (g.yaml:2), which makes it "Bbb"; '
        "give one of them needs, or action: suggest",
        'g.yaml:2:57: variant "Xxy" also belongs to a (g.yaml:1), which makes it "Aaa"; '
        "give one of them needs, or action: suggest",
    ]


def test_shared_spelling_of_two_files_names_the_other_file() -> None:
    Path("a.yaml").write_text(entry("a", "Aaa", "Xxy"))
    Path("b.yaml").write_text("\n\n" + entry("b", "Bbb", "Xxy"))
    with pytest.raises(GlossaryError) as caught:
        load_glossary("a.yaml", "b.yaml")
    assert [str(p).split(", ")[0] for p in caught.value.problems] == [
        'a.yaml:1:52: variant "Xxy" also belongs to b (b.yaml:3)',
        'b.yaml:3:52: variant "Xxy" also belongs to a (a.yaml:1)',
    ]


def test_shared_spelling_of_three_entries_needs_two_with_needs() -> None:
    first, second = entry("a", "Aaa", "Xxy"), entry("b", "Bbb", "Xxy")
    third = entry("c", "Ccc", "Xxy", "needs: [phrase]")
    assert len(lint(first, second, third)) == 2
    assert lint(first, entry("b", "Bbb", "Xxy", "needs: [other]"), third) == []


def test_suggestion_shares_with_a_rewrite() -> None:
    glossary = load(entry("a", "Aaa", "Xxy"), entry("b", "Bbb", "{text: Xxy, action: suggest}"))
    assert find_problems(glossary) == []


def test_same_replacement_is_rewritten_and_logged_for_all() -> None:
    glossary = load(entry("b", "Aaa", "Xxy"), entry("a", "Aaa", "Xxy"), entry("c", "Aaa", "Xxy"))
    assert outcomes(glossary, "an Xxy") == [("a", "Aaa", ("b", "c"), None)]


def test_shared_spelling_that_slips_through_is_only_suggested() -> None:
    glossary = load(entry("a", "Aaa", "Xxy"), entry("b", "Bbb", "Xxy"), check=False)
    assert outcomes(glossary, "an Xxy") == [("a", "Aaa", (), "ambiguous")]


def test_needs_decide_whose_a_shared_spelling_is() -> None:
    glossary = load(
        entry("a", "Aaa", "Xxy", "needs: [red]"), entry("b", "Bbb", "Xxy", "needs: [blue]")
    )
    assert outcomes(glossary, "a red Xxy") == [("a", "Aaa", (), None)]
    assert outcomes(glossary, "a blue Xxy") == [("b", "Bbb", (), None)]
    assert [reason for *_, reason in outcomes(glossary, "a Xxy")] == ["needs"]
    assert [reason for *_, reason in outcomes(glossary, "red blue Xxy")] == ["ambiguous"]


DRESSES = {
    "capitals": ("Xxy", "XXY"),
    "capital-after-a-hyphen": ("Xxy-Yyy", "Xxy-yyy"),
    "hyphen-for-a-space": ("Xxy-yyy", "Xxy yyy"),
    "other-hyphen": ("Xxy-yyy", "Xxy\N{NON-BREAKING HYPHEN}yyy"),
    "other-apostrophe": ("Xx'a", "Xx\N{RIGHT SINGLE QUOTATION MARK}a"),
    "without-marks": ("Xxé", "Xxe"),
    "other-form-of-unicode": ("Xx\u00e9", "Xxe\u0301"),
    "designation-closed-up": ("Xx-95", "Xx95"),
}


@pytest.mark.parametrize("label", DRESSES)
def test_spelling_shared_in_another_dress_is_told(label: str) -> None:
    """Otherwise one of the two rewrites nothing, and nobody is told."""
    first, second = (f'"{spelling}"' for spelling in DRESSES[label])
    assert lint(entry("a", "Aaa", first), entry("b", "Bbb", second))


def test_plural_of_one_that_is_a_variant_of_another_is_told() -> None:
    assert lint(entry("a", "Aaa", "Xxy", "plural: true"), entry("b", "Bbb", "Xxys"))
    assert lint(entry("a", "Aaa", "Xxy", "plural: Aaae"), entry("b", "Bbb", "Aaae"))


@pytest.mark.parametrize(
    "other",
    [
        "{id: b, kind: place, canonical: Soringrad}",
        "{id: b, kind: place, canonical: Bbb, variants: [Soringrad]}",
        "{id: b, kind: place, canonical: Soringrad, source: {ru: Соринград}}",
    ],
)
def test_derived_spelling_clashes_with_nothing(other: str) -> None:
    assert (
        lint("- {id: a, kind: place, canonical: Zoringrad, source: {ru: Зоринград}}\n- ", other)
        == []
    )


def test_full_names_of_two_people_may_not_be_shared() -> None:
    person = "- {id: %s, kind: person, name: {given: %s, family: %s}, variants: [Anne Bel]}\n"
    assert len(lint(person % ("a", "Ann", "Bell"), person % ("b", "Anna", "Bella"))) == 2


def test_people_may_share_a_surname() -> None:
    person = "- {id: %s, kind: person, name: {given: %s, family: Bell}, variants: [%s Bel]}\n"
    assert lint(person % ("a", "Ann", "Ann"), person % ("b", "Bob", "Bob")) == []


def test_conflict_in_any_profile_is_told() -> None:
    Path("profiles").mkdir()
    Path("profiles/own.yaml").write_text("title: Own\nrenames: [a]\n")
    first = "- {id: a, kind: place, canonical: Aaa, other_names: [Xxy]}\n"
    Path("g.yaml").write_text(first + entry("b", "Bbb", "Xxy"))
    with pytest.raises(GlossaryError, match='"Xxy" also belongs to'):
        load_glossary(".")


# --- chains and cycles ---------------------------------------------------------------------------


def test_chain_is_told() -> None:
    (message,) = lint(entry("a", "Aaa", "Bbb"), entry("b", "Bbb", "Ccc"))
    assert message.startswith('g.yaml:1:52: variant "Bbb" is the canonical form of b (g.yaml:2)')
    assert message.endswith("; remove it, or give a needs")


def test_cycle_is_told_at_both_places() -> None:
    messages = lint(entry("a", "Aaa", "Bbb"), entry("b", "Bbb", "Aaa"))
    assert [message.split(",")[0] for message in messages] == [
        'g.yaml:1:52: variant "Bbb" is the canonical form of b (g.yaml:2)',
        'g.yaml:2:52: variant "Aaa" is the canonical form of a (g.yaml:1)',
    ]


@pytest.mark.parametrize(("first", "second"), [("needs: [red]", ""), ("", "needs: [red]")])
def test_needs_silence_chains_and_cycles(first: str, second: str) -> None:
    assert lint(entry("a", "Aaa", "Bbb", first), entry("b", "Bbb", "Ccc", second)) == []
    assert lint(entry("a", "Aaa", "Bbb", first), entry("b", "Bbb", "Aaa", second)) == []


@pytest.mark.parametrize("text", ["Aaa", "Bbb", "red Aaa", "red Bbb", "Aaa red Bbb Aaa Bbb"])
def test_silenced_cycle_still_comes_to_rest(text: str) -> None:
    normalizer = Normalizer(
        load(entry("a", "Aaa", "Bbb", "needs: [red]"), entry("b", "Bbb", "Aaa"), check=False)
    )
    once = normalizer.normalize(text).text
    assert normalizer.normalize(once).text == once


def test_variant_may_be_a_canonical_form_that_is_the_same() -> None:
    assert lint(entry("a", "Aaa", "Bbb"), entry("b", "Aaa", "Aaa")) == []


# --- words and examples --------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["Gone", "May", "who"])
def test_variant_that_is_a_dictionary_word_is_told(word: str) -> None:
    (message,) = lint(entry("a", "Aaa", word))
    assert message.startswith(f'g.yaml:1:52: variant "{word}"')


@pytest.mark.parametrize(
    ("variant", "more"),
    [
        ("Gone", "needs: [film]"),
        ("Gone", "unless: [Gone Girl]"),
        ("{text: Gone, action: suggest}", ""),
        ("gone", "case: word"),  # says that it is a common word
        ("GONE", "case: fixed"),  # only ever found in capitals
        ("Gone-Girl", ""),
        ("Xxy", "other_names: [Gone]"),  # never rewritten
    ],
)
def test_dictionary_word_that_is_guarded_is_no_problem(variant: str, more: str) -> None:
    assert lint(entry("a", "Aaa", variant, more)) == []


def test_surname_that_is_a_dictionary_word_is_no_problem() -> None:
    """Alone it is rewritten only where the text says who is meant."""
    person = "- {id: a, kind: person, name: {given: Ann, family: Bell}, variants: [Gone]}\n"
    assert lint(person) == []


def test_form_or_other_name_that_is_a_dictionary_word_is_told() -> None:
    Path("profiles").mkdir()
    Path("profiles/own.yaml").write_text("title: Own\nrenames: [a]\n")
    Path("g.yaml").write_text(
        "- {id: a, kind: place, canonical: Aaa, forms: {own: Gone}, other_names: [Who]}\n"
    )
    with pytest.raises(GlossaryError) as caught:
        load_glossary(".")
    assert [str(p).split(" is ")[0] for p in caught.value.problems] == [
        'g.yaml:1:53: form "Gone"',
        'g.yaml:1:74: other name "Who"',
    ]


def example(says: str) -> list[str]:
    return lint(entry("a", "Aaa", "Bbb", f"examples: [{{text: fine}}, {{{says}}}]"))


EXAMPLES = {
    "text: the Bbb, expect: the Aaa": [],
    "text: an Aaa": [],
    "text: in bbb, suggests: [bbb]": [],
    "text: the Bbb, expect: the Aaa, suggests: []": [],
    "text: the Bbb": ['example comes out as "the Aaa"; expected the text unchanged'],
    "text: the Bbb, expect: the Ccc": ['example comes out as "the Aaa"; expected "the Ccc"'],
    "text: in bbb, suggests: []": ['example suggests "bbb"; expected nothing'],
    "text: an Aaa, suggests: [Aaa]": ['example suggests nothing; expected "Aaa"'],
    "text: bbb bbb, suggests: [bbb]": ['example suggests "bbb", "bbb"; expected "bbb"'],
    "text: bbb Bbb, suggests: [Bbb]": [
        'example comes out as "bbb Aaa"; expected the text unchanged',
        'example suggests "bbb"; expected "Bbb"',
    ],
}


@pytest.mark.parametrize("says", EXAMPLES)
def test_example_that_does_not_come_out_is_told(says: str) -> None:
    assert example(says) == [f"g.yaml:1:83: {message}" for message in EXAMPLES[says]]


def test_problem_is_one_line_whatever_the_example_holds() -> None:
    (message,) = example(r'text: "a Bbb\nred", expect: "a\nCcc"')
    assert message.splitlines() == [message]


def test_shipped_glossary_has_no_problems() -> None:
    assert find_problems(load_glossary(check=False)) == []

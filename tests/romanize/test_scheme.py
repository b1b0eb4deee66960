"""Reading scheme files: what they say, how one is laid over another, every problem at its place."""

from __future__ import annotations

import pytest

from normalizer.errors import NormalizerError, UsageError
from normalizer.romanize import registry
from normalizer.romanize.engine import romanize, spellings
from normalizer.romanize.personal import person_spellings
from normalizer.romanize.scheme import SchemeError, read
from tests.romanize.schemes_of import HEAD, scheme_of

LINES = len(HEAD.splitlines())


@pytest.mark.parametrize(
    ("body", "line", "column", "said"),
    [
        ("lettres: {а: a}\n", 1, 1, 'did you mean "letters"?'),
        ("letters: {а: [a, [b]]}\n", 1, 18, "must be text"),
        ("letters:\n  а: ж\n", 2, 6, "CYRILLIC SMALL LETTER ZHE"),
        ("rules:\n  - {from: а, after: vowels, to: a}\n", 2, 5, 'unknown class "vowels"'),
        ("rules:\n  - {from: а}\n", 2, 5, 'either "to" or'),
        ("rules:\n  - {from: '', to: a}\n", 2, 5, "empty"),
        ("rules:\n  - {from: а, to: a, capital: up}\n", 2, 31, "must be one of"),
        ("spellings:\n  - [а]\n", 2, 5, "[source form, Latin form]"),
        ("letters: {а: a, а: b}\n", 1, 17, "duplicate key"),
        ("letters: [\n", 2, 1, "not YAML"),
        ("classes: {vowel: x y}\n", 1, 18, 'unknown class "x"'),
        ("kind: other\n", 1, 1, "duplicate key"),
    ],
)
def test_a_problem_has_its_place(body, line, column, said):
    with pytest.raises(SchemeError) as caught:
        scheme_of(body)
    problem = caught.value.problems[0]
    assert said in problem.message
    assert (problem.line, problem.column) == (LINES + line, column)
    assert str(caught.value).startswith(f"test-scheme.yaml:{LINES + line}:{column}: ")


def test_all_problems_come_together():
    with pytest.raises(SchemeError) as caught:
        scheme_of("letters: {а: ж, б: щ}\nrules:\n  - {from: а, before: q, to: a}\n")
    assert len(caught.value.problems) == 3


def test_the_name_is_the_files():
    with pytest.raises(SchemeError, match="unlike the file's"):
        read("other.yaml", HEAD.encode(), registry.scheme)


def test_missing_keys_are_told():
    with pytest.raises(SchemeError, match='the key "authority" is missing'):
        read("a.yaml", b"name: a\n", registry.scheme)


def test_letters_replace_all_that_the_parent_says_of_them():
    scheme = scheme_of("extends: bgn-pcgn-russian-1947\nletters: {е: o}\n")
    assert romanize("Елена Щеев", scheme) == "Olona Shchoov"


def test_rules_come_before_the_parents():
    scheme = scheme_of("extends: bgn-pcgn-russian-1947\nrules:\n  - {from: е, after: ^, to: é}\n")
    assert romanize("Елена, аел", scheme) == "Élena, ayel"


def test_one_key_may_name_several_sequences_and_one_output_several_spellings():
    scheme = scheme_of("letters: {а э: [a, e], б: b}\n")
    assert spellings("баэ", scheme) == ("baa", "bae", "bea", "bee")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: registry.scheme("bgn-pcgn-russian"), "bgn-pcgn-russian-1947"),
        (lambda: registry.schemes("rus"), "did you mean ru"),
        (lambda: registry.schemes("zz"), "there are"),
        (lambda: registry.scheme("../../x"), "no scheme is named"),
    ],
)
def test_an_unknown_name_gets_the_nearest_ones(ask, said):
    with pytest.raises(UsageError) as caught:
        ask()
    assert said in str(caught.value)
    assert isinstance(caught.value, NormalizerError)


def test_languages_are_those_of_the_schemes():
    assert {"ru", "uk", "ko", "ar", "fa", "ka"} <= set(registry.languages())
    assert all(scheme.language == "ru" for scheme in registry.schemes("ru"))
    assert set(registry.names()) == {
        scheme.name for code in registry.languages() for scheme in registry.schemes(code)
    }


KOREAN = """\
capitalize: words
letters: {ㄱ: g, ㅣ: i, ㅁ.: m, ㅈ: j, ㅓ: eo, ㅇ: "", ㅇ.: ng, ㅡ: eu, ㄴ.: n, ㄴ: n, ㅏ: a, ㅁ: m, ㅜ: u, ㄱ.: k}
names:
  forms: [Family Given-given, Family Given Given, Family Given, Given-given FAMILY]
  compounds: 남궁
  family: {김: [Kim, Gim]}
"""


def test_personal_names_follow_the_conventions():
    made = person_spellings("김정은", scheme_of(KOREAN))
    assert made == (
        "Kim Jeong-eun",
        "Kim Jeong Eun",
        "Gim Jeong-eun",
        "Kim Jeongeun",
        "Gim Jeong Eun",
        "Jeong-eun KIM",
        "Gim Jeongeun",
        "Jeong-eun GIM",
    )


@pytest.mark.parametrize(
    ("source", "latin"),
    [
        ("남궁정은", "Namgung Jeong-eun"),
        ("김은", "Kim Eun"),
        ("김 정은", "Kim Jeong-eun"),
        ("김", "Gim"),
        ("김정은김정은", "Gimjeongeungimjeongeun"),
    ],
)
def test_family_and_given_name_are_told_apart(source, latin):
    scheme = scheme_of(KOREAN)
    assert person_spellings(source, scheme)[0] == latin


def test_given_names_may_be_spelled_by_syllable():
    scheme = scheme_of(KOREAN + "  given: {은: [Un, Eun]}\n")
    assert person_spellings("김정은", scheme)[0] == "Kim Jeong-un"
    assert "Kim Jeongun" in person_spellings("김정은", scheme)

"""The engine: contexts, case, encodings, alternatives, refusals, and what it costs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.romanize import registry
from normalizer.romanize.engine import MAX_SPELLINGS, Refusal, romanize, spellings
from normalizer.romanize.letters import is_kept
from tests.counting import calls
from tests.romanize.schemes_of import scheme_of

BGN = "bgn-pcgn-russian-1947"
LETTERS = "letters: {а: a, б: b, в: v, е: e, и: i, й: y, с: s, т: t, щ: shch, ь: ’}\n"
NAMES = registry.names()
RUSSIAN = [scheme.name for scheme in registry.schemes("ru")]
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


def bgn(text: str) -> str:
    return romanize(text, registry.scheme(BGN))


# --- rows of the classes of known bugs -----------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "latin"),
    [
        ("ЩУКИН", "SHCHUKIN"),
        ("Щукин", "Shchukin"),
        ("ЯНКОВСКИЙ", "YANKOVSKIY"),
        ("щука", "shchuka"),
    ],
)
def test_case_is_decided_by_word(source, latin):
    assert bgn(source) == latin


@pytest.mark.parametrize(
    ("name", "source", "latin"),
    [
        (BGN, "Ёлкин", "Yëlkin"),
        (BGN, "Артём", "Artëm"),
        ("alalc-russian-2012", "Ёлкин", "Ëlkin"),
        ("alalc-russian-2012", "Артём", "Artëm"),
        ("gost-7.79-russian-2000-a", "Ёлкин", "Ëlkin"),
        ("gost-7.79-russian-2000-b", "Артём", "Artyom"),
        ("scholarly-russian", "Ёлкин", "Ëlkin"),
    ],
)
def test_yo_is_a_latin_letter_in_the_output(name, source, latin):
    made = romanize(source, registry.scheme(name))
    assert made == latin
    assert "LATIN" in unicodedata.name(max(made))


@pytest.mark.parametrize("name", RUSSIAN)
@pytest.mark.parametrize(("source", "letter"), [("Київ", "ї"), ("Зєленський", "є")])
def test_a_foreign_letter_is_refused_by_its_name(name, source, letter):
    with pytest.raises(Refusal) as caught:
        romanize(source, registry.scheme(name))
    assert caught.value.letter == letter
    assert caught.value.offset == source.index(letter)
    assert unicodedata.name(letter) in str(caught.value)
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("source", "latin"),
    [
        ("маленькии\u0306", "malen’kiy"),
        ("Путина\u0301", "Putina"),
        ("Путина\u0300", "Putina"),
        ("и\u0301\u0306", "y"),
        ("е\u0301\u0308лка", "yëlka"),
        ("Елкин", "Yelkin"),
        ("\u0450", "ye"),
    ],
)
def test_marks_are_read_in_any_order_and_stress_is_dropped(source, latin):
    assert bgn(source) == latin


def test_latin_is_kept():
    assert bgn("IBM PC — первый café") == "IBM PC — pervyy café"


def test_scripts_are_never_left_to_a_general_romanization():
    for name, source in (("bgn-pcgn-russian-1947", "김정은"), ("bgn-pcgn-russian-1947", "محمد")):
        with pytest.raises(Refusal):
            romanize(source, registry.scheme(name))


# --- contexts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "source", "latin"),
    [
        ("{from: е, after: ^, to: ye}", "ес се ев-ев", "yes se yev-yev"),
        ("{from: е, after: ^^, to: ye}", "ес ес", "yes es"),
        ("{from: ий, before: $, to: y}", "бий бийс", "by biys"),
        ("{from: ий, before: $$, to: y}", "бий бий", "biy by"),
        ("{from: е, after: [vowel, ь], to: ye}", "аебьевев", "ayeb’yevev"),
        ("{from: е, not_after: vowel, to: ye}", "аебе", "aebye"),
        ("{from: е, before: [т, й$], to: ye}", "етей ейс", "yetyey eys"),
        ("{from: с, not_before: vowel, to: z}", "саст", "sazt"),
        ("{from: в, after: ^с, to: w}", "све бсве", "swe bsve"),
        ("{from: т, word: ст, to: tt}", "стат бат", "sttatt bat"),
        ("{from: т, not_word: ст, to: tt}", "стат бат", "stat batt"),
        ("{from: с, before: ' т', to: z}", "бас тс", "baz ts"),
        ("{from: [е, и], before: с, to: o}", "есисе", "osose"),
        ("{from: ст, to: x}", "ст сст", "x sx"),
    ],
)
def test_contexts(rule, source, latin):
    body = f"classes: {{vowel: а е и}}\n{LETTERS}rules:\n  - {rule}\n"
    assert romanize(source, scheme_of(body)) == latin


def test_the_longest_source_wins_then_the_first_rule():
    scheme = scheme_of(
        LETTERS + "rules:\n  - {from: ст, to: x}\n  - {from: ст, to: y}\n  - {from: сте, to: z}\n"
    )
    assert romanize("стасте", scheme) == "xaz"


def test_a_letter_that_only_begins_longer_rules_is_refused_alone():
    scheme = scheme_of("letters: {аб: x}\n")
    assert romanize("аб", scheme) == "x"
    with pytest.raises(Refusal) as caught:
        romanize("абб", scheme)
    assert (caught.value.letter, caught.value.offset) == ("б", 2)


def test_a_mark_that_the_scheme_does_not_know_is_refused():
    with pytest.raises(Refusal) as caught:
        bgn("Бг\u030c")
    assert (caught.value.letter_name, caught.value.offset) == ("COMBINING CARON", 2)


def test_respelling_comes_before_the_rules():
    scheme = scheme_of(LETTERS + "respell:\n  - {from: тс, to: щ}\n  - {from: ь, to: ''}\n")
    assert romanize("Тсь ТС", scheme) == "Shch SHCH"


# --- case ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "latin"),
    [
        ("Я", "Ya"),
        ("Ю. А. Щ.", "Yu. A. Shch."),
        ("ЮА", "YUA"),
        ("мЩ", "mShch"),
        ("Щ-21", "Shch-21"),
        ("ЩУ-Щу", "SHCHU-Shchu"),
        ("ЕЛЬ Ель", "YEL’ Yel’"),
    ],
)
def test_capitals(source, latin):
    assert bgn(source) == latin


def test_tied_letters_are_capitals_together():
    scheme = registry.scheme("alalc-russian-2012")
    assert romanize("Юрий ЮРИЙ", scheme) == "I͡Uriĭ I͡URIĬ"


CASELESS = """\
capitalize: words
letters: {ა: a, ბ: b, ჰ: ‘, თ: th, "-": "-"}
rules:
  - {from: აბ, after: ^^, to: "al ", capital: both}
  - {from: აბ, after: ^, to: al-, capital: next}
"""


@pytest.mark.parametrize(
    ("source", "latin"),
    [
        ("ბა თა", "Ba Tha"),
        ("ბა-თა", "Ba-tha"),
        ("ჰა", "‘A"),
        ("აბბა აბთა", "Al Ba al-Tha"),
        ("აბ ბა", "Al  Ba"),
        ("ბა აბჰა (ბა)", "Ba al-‘A (Ba)"),
    ],
)
def test_scripts_without_case_take_capitals_by_word(source, latin):
    assert romanize(source, scheme_of(CASELESS)) == latin


# --- what is read and what is not ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "latin"),
    [
        ("", ""),
        (" ", " "),
        ("Пу\u00adтин", "Putin"),
        ("Пу\u200fти\u200bн", "Putin"),
        ("\u202bПутин\u202c", "Putin"),
        ("\ufeffПутин", "Putin"),
        ("и\u00ad\u0306", "y"),
        ("Ил-62М № 5", "Il-62M № 5"),
        ("٤ и ५", "4 i 5"),
    ],
)
def test_what_is_no_letter(source, latin):
    assert bgn(source) == latin


def test_hangul_is_read_by_its_parts():
    scheme = scheme_of(
        "respell:\n  - {from: ㄱ.ㄴ, to: ㅇ.ㄴ}\n"
        "letters: {ㄱ: g, ㄱ.: k, ㄴ: n, ㄴ.: n, ㅏ: a, ㅇ: '', ㅇ.: ng, 도: do}\n"
    )
    assert romanize("각나간 아", scheme) == "gangnagan a"
    assert romanize(unicodedata.normalize("NFD", "각나"), scheme) == "gangna"
    assert romanize("도", scheme) == "do"
    with pytest.raises(Refusal) as caught:
        romanize("가힣", scheme)
    assert (caught.value.letter, caught.value.offset) == ("힣", 1)


ARABIC = """\
capitalize: words
repeat: ◌ّ
letters: {م: m, ح: ḥ, د: d, س: s, ش: sh, ◌َ: a, ◌ُ: u, أ: a, ا: ā}
rules:
  - {from: شش, to: sh}
"""


@pytest.mark.parametrize(
    ("source", "latin"),
    [
        ("م\u064fح\u064eم\u0651\u064eد", "Muḥammad"),
        ("م\u064fح\u064eم\u064e\u0651د", "Muḥammad"),
        ("مـحـد", "Mḥd"),
        ("ش\u064eش\u0651\u064e", "Shasha"),
        ("ا\u0654س", "As"),
        ("\u200fأس\u200e", "As"),
    ],
)
def test_arabic_marks(source, latin):
    assert romanize(source, scheme_of(ARABIC)) == latin


# --- alternatives --------------------------------------------------------------------------------


def test_an_alternative_is_taken_throughout():
    scheme = scheme_of("letters: {а: [a, o], б: b}\n")
    assert spellings("абаб", scheme) == ("abab", "obob")


def test_alternatives_of_one_choice_go_together():
    scheme = scheme_of(
        "letters: {а: a, б: b}\n"
        "rules:\n"
        "  - {from: а, after: ^, to: [a, o], choice: x}\n"
        "  - {from: а, to: [a, u, e], choice: x}\n"
    )
    assert spellings("аба", scheme) == ("aba", "obu", "obe")


def test_spellings_are_bounded_and_begin_with_the_own_form():
    scheme = scheme_of(
        "letters: {"
        + ", ".join(f"{letter}: [{i}, x{i}]" for i, letter in enumerate(CYRILLIC))
        + "}"
    )
    made = spellings(CYRILLIC, scheme)
    assert made[0] == romanize(CYRILLIC, scheme)
    assert len(made) == len(set(made)) == MAX_SPELLINGS


# --- properties ----------------------------------------------------------------------------------

russian_names = st.lists(
    st.sampled_from(
        [
            *CYRILLIC,
            *CYRILLIC.upper(),
            *" -’'.",
            "а\u0301",
            "Е\u0300",
            "и\u0301\u0306",
            "\u00ad",
            "a",
            "É",
        ]
    ),
    max_size=24,
).map("".join)


@given(russian_names, st.sampled_from(RUSSIAN))
def test_no_source_letter_is_left(text, name):
    for form in spellings(text, registry.scheme(name)):
        assert all(is_kept(char) for char in form)


@given(russian_names, st.sampled_from(RUSSIAN))
def test_composed_and_decomposed_text_are_alike(text, name):
    scheme = registry.scheme(name)
    made = {spellings(unicodedata.normalize(form, text), scheme) for form in ("NFC", "NFD")}
    assert len(made) == 1


@given(russian_names, st.sampled_from(RUSSIAN))
def test_latin_stays_as_it_is(text, name):
    scheme = registry.scheme(name)
    once = romanize(text, scheme)
    assert romanize(once, scheme) == once


@given(st.text(max_size=30), st.sampled_from(NAMES))
def test_any_text_is_romanized_or_refused(text, name):
    made: tuple[str, ...] = ()
    offset = 0
    try:
        made = spellings(text, registry.scheme(name))
    except Refusal as refusal:
        offset = refusal.offset
    assert all(is_kept(char) for form in made for char in form)
    assert 0 <= offset < max(len(text), 1)


@pytest.mark.parametrize("name", ["iso-9-russian-1995", "english-customary-russian", BGN])
def test_time_is_linear(name):
    scheme = registry.scheme(name)

    def work(length: int) -> int:
        text = ("Васильевич " * length)[:length]
        return calls(lambda: spellings(text, scheme))

    work(1_000)
    assert work(20_000) < 6 * work(5_000)

"""Ukrainian and Belarusian: what all of their schemes have in common."""

from __future__ import annotations

import unicodedata

import pytest

from normalizer.romanize import registry
from normalizer.romanize.engine import Refusal, romanize, spellings
from normalizer.romanize.scheme import Scheme

UKRAINIAN = registry.schemes("uk")
BELARUSIAN = registry.schemes("be")
ALPHABETS = {
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’ʼ",
    "be": "абвгґдеёжзійклмнопрстуўфхцчшыьэюя'’ʼ",
}


def name_of(scheme: Scheme) -> str:
    return scheme.name


def has_cyrillic(text):
    return any("CYRILLIC" in unicodedata.name(char, "") for char in text)


@pytest.mark.parametrize("scheme", UKRAINIAN + BELARUSIAN, ids=name_of)
def test_every_letter_in_every_neighborhood(scheme):
    letters = ALPHABETS[scheme.language]
    for first in letters:
        text = " ".join(first + second + first for second in letters)
        assert not has_cyrillic(romanize(text, scheme))
        assert not has_cyrillic(romanize(text.upper(), scheme))


@pytest.mark.parametrize("scheme", UKRAINIAN, ids=name_of)
@pytest.mark.parametrize("name", ["Горбачёв", "Крылов", "Объедков", "Эльвира"])
def test_russian_letters_are_refused_in_ukrainian(scheme, name):
    with pytest.raises(Refusal):
        romanize(name, scheme)


@pytest.mark.parametrize("scheme", BELARUSIAN, ids=name_of)
@pytest.mark.parametrize("name", ["Минск", "Щорс", "Київ", "Объедков"])
def test_foreign_letters_are_refused_in_belarusian(scheme, name):
    with pytest.raises(Refusal):
        romanize(name, scheme)


@pytest.mark.parametrize("scheme", UKRAINIAN, ids=name_of)
def test_composition_stress_and_apostrophes_do_not_matter(scheme):
    assert spellings(unicodedata.normalize("NFD", "Київ Йосип"), scheme) == spellings(
        "Київ Йосип", scheme
    )
    assert spellings("Володи\u0301мир", scheme) == spellings("Володимир", scheme)
    marks = {spellings(f"Знам{mark}янка", scheme) for mark in "'’ʼ"}
    assert len(marks) == 1


def test_a_hyphen_begins_a_word():
    scheme = registry.scheme("ua-ukrainian-2010")
    assert romanize("Нью-Йорк", scheme) == "Niu-York"
    assert romanize("ТЕР'ЄР-ЯР", scheme) == "TERIER-YAR"

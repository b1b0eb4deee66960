"""Arabic and Persian schemes read pointed forms, and refuse a name whose vowels are not written."""

from __future__ import annotations

import pytest

from normalizer.romanize import registry
from normalizer.romanize.engine import Refusal, romanize, spellings

SCHEMES = [scheme for language in ("ar", "fa", "prs") for scheme in registry.schemes(language)]

pytestmark = pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)


@pytest.mark.parametrize(
    "name",
    ["محمد", "علي", "حسن", "أحمد", "ياسين", "خالد", "كاظم", "فاطمة", "أسد", "بن", "محمد الأسد"],
)
def test_a_consonant_skeleton_is_refused(scheme, name):
    with pytest.raises(Refusal):
        romanize(name, scheme)


@pytest.mark.parametrize("name", ["مُحَمَّد", "إِسلَام", "شَابَّة", "عَبد اللّٰه", "الشَّيخ", "آبادان"])
def test_a_pointed_name_is_read(scheme, name):
    assert all(not "\u0600" <= char <= "\u06ff" for char in "".join(spellings(name, scheme)))


def test_the_error_stands_at_the_letter_whose_vowel_is_missing(scheme):
    with pytest.raises(Refusal) as caught:
        romanize("خَالد", scheme)
    assert caught.value.offset == 3

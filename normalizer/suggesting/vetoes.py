"""What a spelling near a known one must not be: its plural, adjective, female form, another case.

Peskova is not Peskov, nor is Zelenska Zelenskyy; Crimean is no spelling of Crimea.
The rules look at endings alone; they know the endings of English and of Slavic names.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from normalizer.romanize.deriving import plain_letters
from normalizer.romanize.telling import PLACE, known_forms

_ENDS_IN_A = re.compile(r"[aáàâ]h?$")
_ADJECTIVE = re.compile(r"[yijïí]$")
_ADJECTIVE_OF_SK = re.compile(r"[scz]k(?:[yi]+|[yi]?j|[ao]y?|aya|aia|aja|oye|ogo|om|oi)$")
_SIBILANT = re.compile(r"(?:[szcxßšžçş]|sh|ch|zh)$")

#: Endings that make another word of a name, where the name does not have them itself.
_SUFFIXES = (
    "an", "ian", "ean", "yan", "er", "ers", "ic", "ish", "ism", "ist", "ists", "ite", "ites",
    "ize", "ese", "esque", "ov", "ova", "ovo", "ev", "eva", "sk", "sky", "ski", "skii", "skiy",
    "skyi", "ska", "ske", "skoe", "skoye", "skogo", "skaya", "skaia", "skaja", "skom", "ich",
    "ovich", "evich", "ovna", "evna", "ina", "enko", "chuk", "ami", "ivka", "ovka",
)  # fmt: skip


def is_other_word(found: str, known: str) -> bool:
    """Tell whether letters that were found are a form of another word than the known one.

    >>> is_other_word("peskova", "peskov"), is_other_word("zelenska", "zelenskyy")
    (True, True)
    >>> is_other_word("crimean", "crimea"), is_other_word("kinschal", "kinzhal")
    (True, False)
    """
    return (
        is_other_gender(found, known)
        or (found[-1] == "s" and known[-1] != "s" and not _SIBILANT.search(known))
        or _has_suffix(found, known)
        or _has_suffix(known, found)
        or (_ADJECTIVE_OF_SK.search(found) is not None and known.endswith(("sk", "ck")))
    )


def makes_another_word(found: str) -> bool:
    """Tell whether a known name with the last letter of a word behind it is another word.

    >>> makes_another_word("peskova"), makes_another_word("yevmenovs"), makes_another_word("odessa")
    (True, True, False)
    """
    return found[-1] == "s" or _FEMALE.search(found) is not None


_FEMALE = re.compile(r"(?:[oe][vw]|off|eff|[iy]n)a$")


def is_other_gender(found: str, known: str) -> bool:
    """Tell whether just one of two spellings ends in a, and the other in a consonant, i or y.

    >>> is_other_gender("alexandra", "alexander"), is_other_gender("lukashenka", "lukashenko")
    (True, False)
    """
    one, other = _ENDS_IN_A.search(found), _ENDS_IN_A.search(known)
    if bool(one) == bool(other):
        return False
    last = (known if one else found)[-1]
    return last not in "eouéëöüo" or bool(_ADJECTIVE.search(last))


def _has_suffix(longer: str, shorter: str) -> bool:
    """Tell whether a word is another one of the same beginning with an ending that makes it new."""
    more = len(longer) - len(shorter)
    if more < 1:
        return False
    return any(
        longer.endswith(suffix)
        and not shorter.endswith(suffix)
        and more >= len(suffix) - 1
        and _begin_alike(longer[: -len(suffix)], shorter)
        and not _is_same_ending(suffix, shorter)
        for suffix in _SUFFIXES
    )


def _begin_alike(stem: str, word: str) -> bool:
    """Tell whether a stem is the word but for a final vowel."""
    return len(stem) > 2 and stem.rstrip("aeiouy") == word.rstrip("aeiouy")


def _is_same_ending(suffix: str, word: str) -> bool:
    """Tell whether an adjective's ending is only spelled in another way."""
    return suffix.startswith("sk") and "sk" in word[-5:]


def is_other_name(found: str, known: str, cost: float) -> bool:
    """Tell whether letters are a name of their own, which the known one is not.

    Of names of persons that is known by their source forms, of places only by
    what the difference costs.

    >>> is_other_name("galina", "khalino", 0.45), is_other_name("lawrow", "lavrov", 0.1)
    (True, False)
    """
    letters = plain_letters(found)
    if letters in peoples() or letters in given_names():
        return True
    owners = known_forms().get(letters, {}).keys()
    if not owners:
        return False
    shared = owners & known_forms().get(plain_letters(known), {}).keys()
    if shared - {PLACE}:
        return False
    return cost > _SAME_PLACE or bool(owners - {PLACE})


_SAME_PLACE = 0.15  # the most that two spellings of one place differ by


@cache
def peoples() -> frozenset[str]:
    """Return the words of the names of countries and peoples, as letters a-z."""
    return _words("countries.txt")


@cache
def given_names() -> frozenset[str]:
    """Return common given names, as letters a-z."""
    return _words("given-names.txt")


def _words(name: str) -> frozenset[str]:
    text = resources.files("normalizer.suggesting").joinpath(name).read_text("utf-8")
    lines = (line for line in text.splitlines() if line and line[0] != "#")
    return frozenset(plain_letters(word) for line in lines for word in line.split())

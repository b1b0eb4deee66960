"""Distances, folds and the data behind them."""

from __future__ import annotations

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.suggesting.distance import distance, habits, steps
from normalizer.suggesting.index import Words
from normalizer.suggesting.skeleton import folds, letters_of, letters_of_all, readings
from normalizer.suggesting.vetoes import is_other_name, is_other_word

NEVER = 99.0
words = st.text("aeioukzhjscwvtnmrly", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("found", "known", "most"),
    [
        ("kinzshal", "kinzhal", 0.1),
        ("yevmennov", "yevmenov", 0.1),
        ("kozhemyakko", "kozhemyako", 0.1),
        ("chtchoukine", "shchukin", 0.2),
        ("schtschukin", "shchukin", 0.1),
        ("szczukin", "shchukin", 0.1),
        ("ščukin", "shchukin", 0.1),
        ("selenskyj", "zelenskyy", 0.3),
        ("kharkov", "kharkiv", 0.3),
        ("kozhernyako", "kozhemyako", 0.3),
        ("qadhafi", "gaddafi", 0.5),
        ("choïgou", "shoigu", 0.3),
    ],
)
def test_habits_and_misreadings_are_cheap(found: str, known: str, most: float) -> None:
    assert (distance(found, known, NEVER) or 0) <= most


@pytest.mark.parametrize(
    ("found", "known"), [("leskov", "peskov"), ("petkov", "peskov"), ("rutin", "putin")]
)
def test_other_letters_are_dear(found: str, known: str) -> None:
    assert (distance(found, known, NEVER) or 0) >= 1.2


@given(words, words)
def test_the_steps_add_up_to_the_distance(found: str, known: str) -> None:
    taken = steps(found, known)
    cost = distance(found, known, NEVER)
    assert cost is not None
    # Equal ends are left out of the distance, so it may be dearer, never cheaper.
    assert sum(step.cost for step in taken) <= cost + 0.01
    assert (cost == 0) == (found == known)


@given(words, words, st.floats(0, 3))
def test_a_limit_only_leaves_out(found: str, known: str, limit: float) -> None:
    cost = distance(found, known, NEVER)
    assert cost is not None
    assert distance(found, known, limit) == (cost if cost <= limit else None)


@given(words, words)
def test_the_distance_holds_in_both_directions(one: str, other: str) -> None:
    there, back = distance(one, other, NEVER), distance(other, one, NEVER)
    assert there == pytest.approx(back, abs=0.01)


def test_rows_of_the_data_are_sound() -> None:
    names = set()
    for habit in (habit for row in habits().values() for habit in row):
        assert habit.found
        assert habit.known
        assert habit.found != habit.known
        assert 0 < habit.cost < 1
        assert (habit.found, habit.known) not in names, habit
        names.add((habit.found, habit.known))
    folder = resources.files("normalizer.suggesting")
    for file in ("confusions.tsv", "skeleton.tsv"):
        text = folder.joinpath(file).read_text("utf-8")
        rows = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
        sources = {row[-1] for row in rows} - {"-"}
        listed = folder.joinpath("confusions.tsv").read_text("utf-8")
        assert all(f"#   {source} " in listed for source in sources)


# --- folds ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spellings",
    [
        "kinzhal kinjal kinschal kinshal kinžal kinżal kinzshal",
        "zhukov joukoff joukov schukow žukov żukow zjukov",
        "chekhov tchekhov tschechow czechow čechov chekov tsjechov",
        "yevmenov evmenov jewmenow ievmenov evmenoff",
        "khrushchev khrouchtchev chruschtschew chruszczew",
        "gaddafi kadhafi qadhafi kadafi khadafi",
    ],
)
def test_habits_have_one_rough_fold(spellings: str) -> None:
    all_folds = [
        {rough for _, rough in folds(readings(letters_of(word)))} for word in spellings.split()
    ]
    assert set.intersection(*all_folds), all_folds


def test_many_folds_at_once_are_the_folds_of_each() -> None:
    many = ["kinzhal", "choïgou", "x", "o", "schtscherbakow"]
    assert folds(many) == [folds([word])[0] for word in many]
    assert folds([]) == []


@given(st.lists(st.text(min_size=1, max_size=6).filter(lambda word: not word.isspace())))
def test_letters_of_many_are_the_letters_of_each(tokens: list[str]) -> None:
    tokens = ["".join(token.split()) for token in tokens if token.split()]
    assert letters_of_all(tokens) == [letters_of(token) for token in tokens]


# --- the index -----------------------------------------------------------------------------------


def known() -> Words:
    names = ["kinzhal", "peskov", "yevmenov", "kozhemyako", "severodvinsk", "lviv", "kim"]
    return Words(names, names[:-1])


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("kinschall", ["kinzhal"]),
        ("kozhernyako", ["kozhemyako"]),
        ("sewerodwinsk", ["severodvinsk"]),
        ("severodvnsk", ["severodvinsk"]),
        ("sevrodvinsk", ["severodvinsk"]),
        ("severodvinske", ["severodvinsk"]),
        ("kim", ["kim"]),
        ("kin", []),
        ("lvov", ["lviv"]),
        ("leskov", []),
        ("peskova", []),
        ("peskovs", []),
        ("house", []),
        ("", []),
    ],
)
def test_what_is_near_a_word(word: str, near: list[str]) -> None:
    index = known()
    assert [index[hit.word] for hit in index.near(word)] == near


# --- what is something else ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "known"),
    [
        ("peskova", "peskov"), ("zelenska", "zelenskyy"), ("zelenskaja", "zelenskyy"),
        ("zakharov", "zakharova"), ("crimean", "crimea"), ("luhansky", "luhansk"),
        ("donezkij", "donetsk"), ("kinzhals", "kinzhal"), ("putinist", "putin"),
        ("ivanovich", "ivanov"), ("alexandra", "alexander"), ("valeria", "valery"),
    ],
)  # fmt: skip
def test_forms_of_other_words(found: str, known: str) -> None:
    assert is_other_word(found, known)


@pytest.mark.parametrize(
    ("found", "known"),
    [
        ("lukashenka", "lukashenko"), ("zelenskyj", "zelenskyy"), ("jalta", "yalta"),
        ("kirgis", "kirgiz"), ("tschernowa", "chernova"), ("kinschal", "kinzhal"),
    ],
)  # fmt: skip
def test_spellings_of_the_same_word(found: str, known: str) -> None:
    assert not is_other_word(found, known)


def test_names_of_others() -> None:
    assert is_other_name("moldova", "mordovia", 1.0)
    assert is_other_name("galina", "khalino", 0.45)
    assert not is_other_name("lawrow", "lavrov", 0.1)
    assert not is_other_name("kinzshal", "kinzhal", 0.1)

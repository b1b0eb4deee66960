"""The distance of two spellings: cheap where spelling habits or scanning differ, else dear.

1 is a letter in the place of an unrelated one. What is cheap is data, in
``confusions.tsv``; what is not there costs what ``_replaced`` and ``_costs_alone`` say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

FIRST = 1.5  # times as dear is what happens to the first letter
DOUBLED, SWAPPED, MARKED = 0.1, 0.6, 0.05
_VOWEL, _CONSONANT, _MIXED, _GLIDE = 0.6, 1.2, 1.4, 0.5
_VOWELS = frozenset("aeiouyäëïöüáéíóúàèìòùâêîôûăěęąıœæøåǎŏŭ")


class Habit(NamedTuple):
    """Letters that stand for others, what that costs, and who writes so."""

    found: str
    known: str
    cost: float
    usage: str


class Step(NamedTuple):
    """One difference of an alignment: letters found, letters known, cost, and who writes so."""

    found: str
    known: str
    cost: float
    usage: str = ""


@cache
def habits() -> dict[str, list[Habit]]:
    """Return all habits by what is found, both directions of each row."""
    table = resources.files("normalizer.suggesting").joinpath("confusions.tsv").read_text("utf-8")
    found: dict[str, list[Habit]] = {}
    for line in table.splitlines():
        if line and line[0] != "#":
            one, other, cost, usage, _ = line.split("\t")
            found.setdefault(one, []).append(Habit(one, other, float(cost), usage))
            found.setdefault(other, []).append(Habit(other, one, float(cost), ""))
    return found


def distance(found: str, known: str, limit: float) -> float | None:
    """Return the cost of turning one spelling into the other; None above a limit.

    >>> distance("kinschal", "kinzhal", 2)
    0.2
    >>> distance("leskov", "peskov", 1) is None
    True
    """
    if found == known:
        return 0.0
    low, high = _equal_ends(found, known)
    grid = _grid(found, known, limit, low, high)
    cost = grid[len(found) - high][len(known) - high] if grid else _NEVER
    return round(cost, 3) if cost <= limit else None


def steps(found: str, known: str) -> list[Step]:
    """Return the differences of two spellings, in order.

    >>> steps("kinjal", "kinzhal")
    [Step(found='j', known='zh', cost=0.1, usage='French, Portuguese')]
    """
    grid = _grid(found, known, _NEVER)
    i, j = len(found), len(known)
    taken: list[Step] = []
    while i or j:
        step = next(
            step
            for step in _ways(found, known, i, j)
            if abs(grid[i - len(step.found)][j - len(step.known)] + step.cost - grid[i][j]) < 1e-9
        )
        if step.cost:
            taken.append(step)
        i, j = i - len(step.found), j - len(step.known)
    return taken[::-1]


_NEVER = float("inf")
_MARGIN = 3  # equal letters beside a difference that a habit may begin or end in


def _equal_ends(found: str, known: str) -> tuple[int, int]:
    """Return how many letters at both ends need not be looked at, as they are equal."""
    shorter = min(len(found), len(known))
    low = 0
    while low < shorter and found[low] == known[low]:
        low += 1
    high = 0
    while high < shorter - low and found[-1 - high] == known[-1 - high]:
        high += 1
    return max(0, low - _MARGIN), max(0, high - _MARGIN)


def _grid(found: str, known: str, limit: float, low: int = 0, high: int = 0) -> list[list[float]]:
    """Return the least cost for each pair of beginnings; nothing if the whole is over the limit.

    The first ``low`` and the last ``high`` letters are left out.
    """
    rows, columns = len(found) - high, len(known) - high
    grid = [[_NEVER] * (columns + 1) for _ in range(rows + 1)]
    grid[low][low] = 0.0
    drops, puts, starts = _costs_alone(found), _costs_alone(known), _habits_at(found)
    furthest = low
    band = _BAND + abs(rows - columns)
    for row in range(low, rows):
        if row > furthest:
            return []
        costs, below = grid[row], grid[row + 1]
        letter, drop = found[row], drops[row]
        others = _FIRST_REPLACED[letter] if not row else _REPLACED[letter]
        usable: list[Habit] | None = None
        for column in range(max(low, row - band), min(columns, row + band) + 1):
            cost = costs[column]
            if cost > limit:
                continue
            if furthest == row:
                furthest = row + 1
            if cost + drop < below[column]:
                below[column] = cost + drop
            if column == columns:
                continue
            if cost + puts[column] < costs[column + 1]:
                costs[column + 1] = cost + puts[column]
            paid = cost + (others if not column else _REPLACED[letter])[known[column]]
            if paid < below[column + 1]:
                below[column + 1] = paid
            if usable is None:
                usable = [h for h in starts[row] if h.known in known and row + len(h.found) <= rows]
            for habit in usable:
                if known.startswith(habit.known, column, columns):
                    there = row + len(habit.found)
                    paid = cost + habit.cost
                    if paid < grid[there][column + len(habit.known)]:
                        grid[there][column + len(habit.known)] = paid
                        if there > furthest:
                            furthest = there
            if (
                row + 2 <= rows
                and column + 2 <= columns
                and letter == known[column + 1]
                and found[row + 1] == known[column]
                and letter != known[column]
            ):
                grid[row + 2][column + 2] = min(grid[row + 2][column + 2], cost + SWAPPED)
    last = grid[rows]
    for column in range(low, columns):
        last[column + 1] = min(last[column + 1], last[column] + puts[column])
    return grid


_BAND = 6  # letters by which two spellings may be out of step


@lru_cache(65_536)
def _costs_alone(word: str) -> list[float]:
    """Return what each letter of a word costs where the other word lacks it."""
    costs = [_ALONE.get(letter, _CONSONANT) for letter in word]
    for at in range(1, len(word)):
        if word[at] == word[at - 1]:
            costs[at] = DOUBLED
    return [costs[0] * FIRST, *costs[1:]]


@lru_cache(4096)
def _habits_at(word: str) -> list[list[Habit]]:
    """Return the habits whose found letters begin at each place of a word."""
    return [
        [
            habit
            for size in range(1, min(_LONGEST, len(word) - at) + 1)
            for habit in habits().get(word[at : at + size], ())
        ]
        for at in range(len(word))
    ]


_LONGEST = max(map(len, habits()))


def _are_swapped(found: str, known: str) -> bool:
    """Tell whether two letters stand in the other order."""
    return len(found) == 2 and found == known[::-1] and found != known


def _ways(found: str, known: str, i: int, j: int) -> Iterator[Step]:
    """Yield the ways in which two beginnings may come of shorter ones, whole habits first."""
    if i and j and found[i - 1] == known[j - 1]:
        yield Step(found[i - 1], known[j - 1], 0.0)
    for size in range(min(i, _LONGEST), 0, -1):
        for habit in habits().get(found[i - size : i], ()):
            if known.endswith(habit.known, 0, j):
                yield Step(*habit)
    if i > 1 and j > 1 and _are_swapped(found[i - 2 : i], known[j - 2 : j]):
        yield Step(found[i - 2 : i], known[j - 2 : j], SWAPPED)
    if i and j:
        table = _FIRST_REPLACED if i == j == 1 else _REPLACED
        yield Step(found[i - 1], known[j - 1], table[found[i - 1]][known[j - 1]])
    if i:
        yield Step(found[i - 1], "", _costs_alone(found)[i - 1])
    if j:
        yield Step("", known[j - 1], _costs_alone(known)[j - 1])


class _Replaced(dict[str, float]):
    """The cost of a letter in the place of others, worked out when first asked for."""

    def __init__(self, letter: str, times: float) -> None:
        super().__init__()
        self._letter = letter
        self._times = times

    def __missing__(self, other: str) -> float:
        self[other] = cost = _replaced(self._letter, other) * self._times
        return cost


class _Letters(dict[str, _Replaced]):
    """The costs of each letter in the place of others; ``times`` as dear."""

    def __init__(self, times: float) -> None:
        super().__init__()
        self._times = times

    def __missing__(self, letter: str) -> _Replaced:
        self[letter] = found = _Replaced(letter, self._times)
        return found


_REPLACED, _FIRST_REPLACED = _Letters(1), _Letters(FIRST)


def _replaced(one: str, other: str) -> float:
    """Return the cost of one letter in the place of another."""
    if one == other:
        return 0.0
    if unicodedata.normalize("NFD", one)[0] == unicodedata.normalize("NFD", other)[0]:
        return MARKED
    vowels = (one in _VOWELS) + (other in _VOWELS)
    return (_CONSONANT, _MIXED, _VOWEL)[vowels]


_ALONE = dict.fromkeys(_VOWELS, _VOWEL) | dict.fromkeys("hyj", _GLIDE)

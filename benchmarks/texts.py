"""Articles of 3 kB to measure on: generated from a seed, or cut out of a JSON Lines file.

Hits are planted into them at a fixed distance, so that it is known how many
rewrites are right. The words around them are English by a Zipf law, with the
capitalised names, numbers and punctuation of news.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.names import CODAS, ONSETS, VOWELS
from normalizer.text.english import english_words


def _words(text: str) -> list[str]:
    return text.split()


ARTICLE = 3000  # code points
DENSE, SPARSE = 200, 5000  # code points between hits
FUNCTION_WORDS = _words(
    "the of to and a in that for is on was with as at by said from it has have had were his "
    "be an are not who which this but they their will after its he she been would more also "
    "into over than when up there"
)
ACCENTS = dict(zip("aeiouc", "\u00e1\u00e9\u00ed\u00f3\u00fc\u00e7", strict=True))
CURLY = {"'": "\u2019", " - ": " \u2014 "}
STRAIGHT = {ord(curly): plain for curly, plain in zip("‘’“”–—\u00a0", "''\"\"-- ", strict=True)}
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщыьэюя"


class Text(NamedTuple):
    """Articles of one kind with hits planted in them."""

    name: str
    articles: list[str]
    planted: int


def make_texts(
    variants: list[str], articles: int, corpus: Path | None, seed: int = 1
) -> list[Text]:
    """Return all kinds of text, with variants planted in each."""
    rng = Random(f"{seed}:texts")
    plain = read_articles(corpus, articles) if corpus else english(rng, articles)
    plain = [_ascii(text) for text in plain]
    accented = [one_percent(rng, text) for text in plain]
    cyrillic = [_cyrillic(rng) for _ in range(articles)]
    return [
        plant(rng, f"{name}, {density}", bases, distance, variants)
        for name, bases in (("ASCII", plain), ("1 % non-ASCII", accented), ("Cyrillic", cyrillic))
        for density, distance in (("dense", DENSE), ("sparse", SPARSE))
    ]


def read_articles(path: Path, count: int, field: str = "text") -> list[str]:
    """Return ``count`` articles of about 3 kB from the records of a JSON Lines file."""
    found: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)[field]
            while len(text) > ARTICLE // 2 and len(found) < count:
                cut = text.find(" ", ARTICLE)
                found.append(text[: cut if cut > 0 else len(text)])
                text = text[len(found[-1]) :]
            if len(found) == count:
                break
    return found


def english(rng: Random, count: int) -> list[str]:
    """Return ``count`` articles of English-looking sentences in ASCII."""
    words = rng.sample(sorted(english_words()), 20_000)
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    stock = iter(rng.choices(words, cum_weights=weights, k=count * ARTICLE // 4))
    return [_article(rng, stock) for _ in range(count)]


def _article(rng: Random, stock: Iterator[str]) -> str:
    pieces: list[str] = []
    size = 0
    while size < ARTICLE:
        sentence = _sentence(rng, stock)
        ending = "\n\n" if rng.random() < 0.25 else " "
        pieces.append(sentence + ending)
        size += len(sentence) + len(ending)
    return "".join(pieces)


def _sentence(rng: Random, stock: Iterator[str]) -> str:
    words = []
    for _ in range(rng.randint(8, 28)):
        chance = rng.random()
        if chance < 0.42:
            words.append(rng.choice(FUNCTION_WORDS))
        elif chance < 0.49:
            words.append(
                "".join(
                    rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(3)
                ).capitalize()
            )
        elif chance < 0.51:
            words.append(str(rng.randint(1, 2100)))
        else:
            words.append(next(stock))
        if rng.random() < 0.06:
            words[-1] += rng.choice((",", ",", ",", " -", "'s", ";"))
    text = " ".join(words)
    text = text[0].upper() + text[1:]
    return f'"{text}," he said.' if rng.random() < 0.12 else text + "."


def _ascii(text: str) -> str:
    straight = text.translate(
        {0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-", 0xA0: " "}
    )
    return straight.encode("ascii", "ignore").decode()


def one_percent(rng: Random, text: str) -> str:
    """Return a text with curly quotes, dashes and accents, one code point in a hundred."""
    wanted = len(text) // 100
    quotes = iter(range(len(text)))
    text = re.sub('"', lambda match: "\u201c\u201d"[next(quotes) % 2], text)
    for straight, curly in CURLY.items():
        text = text.replace(straight, curly)
    letters = [m.start() for m in re.finditer(r"(?<=[a-z])[aeiouc](?=[a-z])", text)]
    missing = max(wanted - sum(not char.isascii() for char in text), 0)
    chars = list(text)
    for place in rng.sample(letters, min(missing, len(letters))):
        chars[place] = ACCENTS[chars[place]]
    return "".join(chars)


def _cyrillic(rng: Random) -> str:
    words: list[str] = []
    size = 0
    while size < ARTICLE:
        word = "".join(rng.choices(CYRILLIC, k=rng.randint(1, 11)))
        word = word.capitalize() if rng.random() < 0.1 else word
        words.append(word + (rng.choice((",", ".")) if rng.random() < 0.12 else ""))
        size += len(words[-1]) + 1
    return " ".join(words)


def plant(rng: Random, name: str, bases: list[str], distance: int, variants: list[str]) -> Text:
    """Return texts with a variant every ``distance`` code points, counted across articles."""
    planted = 0
    due = distance // 2
    articles = []
    for base in bases:
        pieces: list[str] = []
        last = 0
        while due < len(base):
            place = base.find(" ", due)
            if place < 0:
                break
            variant = rng.choice(variants)
            ending = rng.choice(("", "", "", "", "", "", ",", ",", ".", "'s"))
            pieces += (base[last:place], f" {variant}{ending}")
            last = place
            planted += 1
            due = place + distance - len(variant)
        pieces.append(base[last:])
        articles.append("".join(pieces))
        due -= len(base)
        due = max(due, 1)
    return Text(name, articles, planted)

"""Random glossaries and random texts that are full of their surfaces.

Glossaries overlap, nest and touch: all their words come from a short list. Texts
are made of the surfaces, of pieces of them, and of what stands around names.
"""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from normalizer.glossary.loading import Glossary, entries_from, make_glossary

WORDS = (
    "Kim", "Jong", "Un", "un", "Kiev", "Kyiv", "Oblast", "Putin", "Vladimir", "Dmitri", "Dmitry",
    "Peskov", "Choïgou", "Shoigu", "a", "b", "Tu-160", "MiG-31", "S-300", "An-8", "TASS", "Tass",
    "al-Qaida", "Al", "Sana'a", "Győr", "Нижний", "Новгород", "头疼", "头", "疼", "C++", "Malé",
    "Ivanov", "Sergeyevich", "Street", "gone", "U.S.", "ʼn",
)  # fmt: skip
JOINTS = (" ", " ", " ", "-", "", "'")
GLUE = (
    " ", " ", " ", "  ", "\n", "\r\n", "\n\n", "\t", "-", "–", "—", ", ", ". ", "'s ", "’s ", "' ",
    "'", "\"", "“", "”", " (", ") ", "/", " or ", " formerly ", "\u00ad", "\u200b", "\u2060", "\u00a0",
    "\u2011", "\u0301", "\u0308", "@", "#", ".com ", "https://x.com/", ".pdf", "`", " [sic] ", "-year-old ",
    " km ", "<!-- normalizer: off -->", "<!-- normalizer: on -->", "s ", "S ", "🎯", "İ", "_", "\u2029",
    " novel ", " But ", " Mr. ", "\ufeff", "\x00", "\ud800", "か", "1", " D. ", " 8 ",
)  # fmt: skip
LOOK_ALIKE = str.maketrans("TKMaeo", "ТКМаео")

names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).flatmap(
    lambda words: st.sampled_from(JOINTS).map(lambda joint: joint.join(words))
)
phrases = st.lists(
    st.lists(st.sampled_from((*WORDS, "*", "the", "K*")), min_size=1, max_size=3).map(" ".join),
    max_size=2,
)


@st.composite
def entries(draw: Any) -> list[dict[str, Any]]:
    """Return entries as JSON values; every glossary of them loads."""
    made = []
    for number in range(draw(st.integers(1, 5))):
        entry: dict[str, Any] = {"id": f"e{number}"}
        if draw(st.integers(0, 3)) == 0:
            given, family = draw(st.sampled_from(WORDS[:14])), draw(st.sampled_from(WORDS[:14]))
            order = draw(st.sampled_from(("given-first", "family-first")))
            entry |= {"kind": "person", "name": {"given": given, "family": family, "order": order}}
            parts = [(draw(st.sampled_from(WORDS)), draw(st.sampled_from(WORDS))) for _ in range(2)]
            entry["variants"] = [" ".join(pair) for pair in parts] + draw(
                st.lists(names, max_size=1)
            )
            entry["short"] = draw(st.sampled_from(("in-context", "suggest", "off")))
        else:
            entry |= {"kind": draw(st.sampled_from(("weapon", "place", "organization")))}
            entry["canonical"] = draw(names)
            entry["variants"] = draw(st.lists(names, max_size=3))
            if draw(st.booleans()):
                entry["plural"] = draw(st.sampled_from((True, False, "Kimovi")))
        if draw(st.integers(0, 3)) == 0:
            entry["case"] = draw(st.sampled_from(("name", "fixed", "word")))
        if draw(st.integers(0, 3)) == 0:
            entry["needs"] = draw(phrases)
        if draw(st.integers(0, 3)) == 0:
            entry["unless"] = draw(phrases)
        made.append(entry)
    return made


def glossary_of(made: list[dict[str, Any]]) -> Glossary:
    """Return the glossary of entries given as JSON values."""
    return make_glossary(entries_from("random.json", json.dumps(made).encode()))


DRESSES = (
    str, str, str, str, str.upper, str.lower, str.title,
    lambda text: text.translate(LOOK_ALIKE),
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace("-", "\u2011"),
    lambda text: text.replace("-", " "),
    lambda text: text.replace("-", ""),
    lambda text: text.replace("'", "\u2019"),
    lambda text: text[:2] + "\u00ad" + text[2:],
    lambda text: text + "s",
    lambda text: text + "'s",
    lambda text: text[:-1],
)  # fmt: skip


def surfaces_of(made: list[dict[str, Any]]) -> list[str]:
    """Return spellings of the entries, the interesting ones twice."""
    found = []
    for entry in made:
        name = entry.get("name")
        if name:
            found += [
                f"{name['given']} {name['family']}",
                f"{name['family']}, {name['given']}",
                name["family"],
            ]
        else:
            found.append(entry["canonical"])
        found += entry["variants"] * 3
        found += entry.get("needs", []) + entry.get("unless", [])
    return found


def texts(made: list[dict[str, Any]]) -> st.SearchStrategy[str]:
    """Return a text made of surfaces of the entries and of what stands around them."""
    glue = st.sampled_from(GLUE)
    often = st.sampled_from((" ", " ", ", ", ". ", " and ", "\n"))
    surface = st.builds(
        lambda text, dress: dress(text),
        st.sampled_from(surfaces_of(made)),
        st.sampled_from(DRESSES),
    )
    joint = st.one_of(often, often, glue, st.tuples(glue, glue).map("".join), st.text(max_size=2))
    word = st.one_of(surface, surface, surface, surface, st.sampled_from(WORDS))
    pairs = st.lists(st.tuples(joint, word).map("".join), min_size=1, max_size=9)
    return st.builds(
        lambda parts, tail: "".join(parts) + tail, pairs, st.one_of(st.just(""), joint)
    )


@st.composite
def glossaries_and_texts(draw: Any) -> tuple[list[dict[str, Any]], str, dict[str, str]]:
    """Return entries, a text, and settings."""
    made = draw(entries())
    settings = {
        "quotes": draw(st.sampled_from(("rewrite", "rewrite", "suggest", "keep"))),
        "hashtags": draw(st.sampled_from(("keep", "rewrite"))),
    }
    return made, draw(texts(made)), settings

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
            entry["variants"] = [" ".join(pair) for pair in parts] + draw(st.lists(names, max_size=1))
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


@st.composite
def texts(draw: Any, made: list[dict[str, Any]]) -> str:
    """Return a text made of surfaces of the entries and of what stands around them."""
    surfaces = list(WORDS)
    for entry in made:
        name = entry.get("name")
        if name:
            surfaces += [f"{name['given']} {name['family']}", f"{name['family']} {name['given']}"]
        else:
            surfaces.append(entry["canonical"])
        surfaces += entry["variants"]
        surfaces += [word for phrase in entry.get("needs", []) for word in [phrase]]
    piece = st.one_of(
        st.sampled_from(surfaces),
        st.sampled_from(surfaces),
        st.sampled_from(surfaces).map(str.upper),
        st.sampled_from(surfaces).map(str.lower),
        st.sampled_from(surfaces).map(str.title),
        st.sampled_from(surfaces).map(lambda text: text.translate(LOOK_ALIKE)),
        st.sampled_from(GLUE),
        st.sampled_from(GLUE),
        st.text(max_size=3),
    )
    return "".join(draw(st.lists(piece, max_size=14)))


@st.composite
def glossaries_and_texts(draw: Any) -> tuple[list[dict[str, Any]], str, dict[str, str]]:
    """Return entries, a text, and settings."""
    made = draw(entries())
    settings = {
        "quotes": draw(st.sampled_from(("rewrite", "suggest", "keep"))),
        "hashtags": draw(st.sampled_from(("keep", "rewrite"))),
    }
    return made, draw(texts(made)), settings

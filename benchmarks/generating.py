"""Random glossaries and random texts for the long property runs, from one seed.

A glossary draws its spellings from a handful of words, so that surfaces
overlap, nest and touch; a text is made of those spellings in every dress and of
what decisions look at: quotation marks, guards, mentions, needs, switches.
Everything is plain data (entries as JSON values), so that a failure can be
printed and replayed.
"""

from __future__ import annotations

import unicodedata
from random import Random
from typing import Any

from normalizer.romanize.deriving import forms_of

Raw = dict[str, Any]


def _words(text: str) -> list[str]:
    return text.split()


WORDS = _words(
    "Kim Jong Un Jong-un Il Sung Kiev Kyiv Oblast Kinjal Kinzhal Peskov Peskow Dmitri Dmitry "
    "Dmitriy Sergei Sergey Shoigu Tass TASS RIA Ria Novosti Novosty Red Star MiG MIG Mig Tu "
    "Su 31 8 160 95MS 22M3 S 300 Grad Buk the of and ria star al Qaeda Qaida Who Gone New "
    "York West East Zelensky Zelenskyy Vladimir Choïgou Chŏng Łódź Lodz Zürich Malé Niño "
    "Ørsted Şahin İzmir Kyïv Jérôme Київ Тула Москва Αθήνα 東京 북한 Тu Мig Mi B-52 F-16 X s a I "
    "O'Brien Rus' Ob’ C++ U.S. Jr. Zoë Ĳssel ﬁn ß STRAẞE ǅ Ⅳ x² n͏o"
)
JOINTS = (" ", " ", " ", " ", "-", "-", "", "'", "\u2019", "/", ". ", "\u2013", ", ", " - ")
KINDS = ("weapon", "place", "organization")
PHRASES = (
    "missile", "Russia*", "chicken Kiev", "Kiev-class", "Red Star", "the *", "* Oblast", "Kim",
    "Novosti", "O'Brien", "Great Gate", "Kyiv", "West", "*-class", "star", "Kinjal Dave", "C++",
)  # fmt: skip

#: Source forms: names that schemes spell alike, designations, a name that few schemes take.
SOURCES = {
    "ru": _words("Кинжал Киев Тула Заря Шайка Чайка Ту-160 ТУ-22М3 С-300 Обь Красная-Звезда Ёлкин"),
    "uk": _words("Київ Обь Зоря Тула Т-64"),
    "ko": _words("평양 화성-17"),
}
PEOPLE = {
    "ru": ("Дмитрий Песков", "Сергей Шойгу", "Владимир Зорин", "Иван Сорин", "Дмитрий Юрьевич Ким"),
    "uk": ("Володимир Зеленський", "Ким Кий"),
    "ko": ("김정은", "김 일성"),
}
_PLAIN_FILLERS = _words(
    "the and a said of missile missiles Russia Russian talks with on at visited chicken class "
    "Great Gate or also spelled formerly now known as then Mr President Igor Street dr A. B. "
    "V. D S Sergeyevich Ivanovna Minister novel by film km -year years per tons 12 3 % Kinjal "
    "KIM un Bridge [sic] (sic) aka in Russian"
)
_MARKS = _words(
    ", . ; : ! ? ( ) [ ] \" ' \u2018 \u2019 \u201c \u201d \u00ab \u00bb \u201e \u2014 \u2013 - / "
    "\\ | * _ ` # @ & + \u2026 \u2032 \u02bc"
)
_GUARDS = (
    "https://www.", "www.", ".com", ".org/", "@", "#", "/", "\\", "a/b/", ".txt", "`",
    "```", "user@", "_", "<!-- normalizer: off -->", "<!-- normalizer: on -->", "~/", "C:\\",
    "\uff03", "//",
)  # fmt: skip
_SPACES = (
    " ", " ", " ", " ", " ", " ", "  ", "\n", "\r\n", "\n\n", "\r", "\t", "\u00a0",
    "\u2028", "\u2029", "\u2009", "\x0b", "\x0c", "\x85", "\r\n\r\n", " \n ", "\u3000", "\x1c",
)  # fmt: skip
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\ufe0f\u034f\u061c"
_COMBINING = "\u0301\u0300\u0308\u0306\u0327\u0335\u05b0\u093e\u3099"
_LOOK_ALIKES = {
    **dict(zip("ABEKMHOPCTXIJS", "АВЕКМНОРСТХІЈЅ", strict=True)),
    **dict(zip("aeopcyxijs", "аеорсухіјѕ", strict=True)),
}
_HYPHENS = "-\u2010\u2011\u2013\u2212\u00ad\u200b \u2014\uff0d"
_APOSTROPHES = "'\u2019\u2018\u02bc\u2032\uff07"
_STRANGE = (
    "\x00\ud800\udfff\U0001f600ß\u0130\u0131ǆﬃ\u1e9e가ᄀ\u1161\u11a8"
    "กำ\u0e33က々〆ヽ\uff21\U00020000\u0903\u00b2\u2160"
)


def random_glossary(rng: Random) -> list[Raw]:
    """Return the entries of one small glossary whose spellings have words in common."""
    pool = rng.sample(WORDS, rng.randint(3, 9))
    taken: set[str] = set()
    return [_entry(rng, pool, f"e{number}", taken) for number in range(rng.randint(1, 5))]


def random_settings(rng: Random, raws: list[Raw]) -> Raw:
    """Return a profile's settings; ``renames`` names entries that have another name."""
    named = [raw["id"] for raw in raws if "other_names" in raw]
    return {
        "quotes": rng.choice(("rewrite", "rewrite", "rewrite", "suggest", "keep")),
        "hashtags": rng.choice(("keep", "keep", "rewrite")),
        "renames": [entry_id for entry_id in named if rng.random() < 0.5],
    }


def spelling(rng: Random, pool: list[str], longest: int = 3) -> str:
    """Return one to three words of a pool, joined somehow."""
    text = rng.choice(pool)
    for _ in range(rng.choice((0, 0, 1, 1, 2)[: longest + 2])):
        text += rng.choice(JOINTS) + rng.choice(pool)
    return text


def _entry(rng: Random, pool: list[str], entry_id: str, taken: set[str]) -> Raw:
    raw = _person(rng, pool) if rng.random() < 0.4 else _thing(rng, pool, taken)
    raw = {"id": entry_id, **raw}
    if rng.random() < 0.3:
        language = rng.choice(list(SOURCES))
        sources = PEOPLE if raw["kind"] == "person" else SOURCES
        raw["source"] = {language: rng.choice(sources[language])}
        if rng.random() < 0.2:
            raw["derive"] = rng.choice(("suggest", "off"))
    else:
        raw["conventional"] = True
    if rng.random() < 0.2:
        raw["needs"] = rng.sample(PHRASES, rng.randint(1, 2))
    if rng.random() < 0.2:
        raw["unless"] = rng.sample(PHRASES, rng.randint(1, 2))
    if rng.random() < 0.25:
        raw["case"] = rng.choice(("name", "fixed", "word"))
    if rng.random() < 0.1:
        raw["other_names"] = [spelling(rng, pool)]
    if rng.random() < 0.1:
        raw["forms"] = {"other": spelling(rng, pool)}
    return raw


def _thing(rng: Random, pool: list[str], taken: set[str]) -> Raw:
    canonical = spelling(rng, pool)
    if canonical in taken:
        canonical = spelling(rng, pool)
    taken.add(canonical)
    raw: Raw = {"kind": rng.choice(KINDS), "canonical": canonical}
    variants = [variant for variant in _variants(rng, pool) if variant["text"] not in taken]
    if variants:
        raw["variants"] = _plain(variants)
        taken.update(variant["text"] for variant in variants if rng.random() < 0.8)
    if rng.random() < 0.3:
        raw["plural"] = rng.choice((True, False, f"{canonical}en"))
    return raw


def _variants(rng: Random, pool: list[str]) -> list[Raw]:
    texts = dict.fromkeys(spelling(rng, pool) for _ in range(rng.randint(0, 3)))
    return [_variant(rng, text, 0.15) for text in texts]


def _variant(rng: Random, text: str, suggested: float) -> Raw:
    return {"text": text, "action": "suggest" if rng.random() < suggested else "rewrite"}


def _plain(variants: list[Raw]) -> list[Any]:
    return [v["text"] if v["action"] == "rewrite" else v for v in variants]


def _person(rng: Random, pool: list[str]) -> Raw:
    givens = [spelling(rng, pool, 2) for _ in range(rng.randint(1, 3))]
    families = [rng.choice(pool) for _ in range(rng.randint(1, 3))]
    order = rng.choice(("given-first", "given-first", "family-first"))
    name = {"given": givens[0], "family": families[0], "order": order}
    if rng.random() < 0.15:
        name["patronymic"] = rng.choice(("Sergeyevich", *pool))
    full = f"{givens[0]} {families[0]}" if order == "given-first" else f"{families[0]} {givens[0]}"
    texts = []
    for _ in range(rng.randint(0, 3)):
        given, family = rng.choice(givens), rng.choice(families)
        both = (given, family) if order == "given-first" else (family, given)
        texts.append(
            rng.choice(
                (" ".join(both), " ".join(both), " ".join(both), family, spelling(rng, pool))
            )
        )
    variants = [_variant(rng, text, 0.1) for text in dict.fromkeys(texts) if text != full]
    raw: Raw = {"kind": "person", "name": name}
    if variants:
        raw["variants"] = _plain(variants)
    if rng.random() < 0.3:
        raw["short"] = rng.choice(("in-context", "suggest", "off"))
    return raw


def spellings_of(raws: list[Raw]) -> list[str]:
    """Return every spelling that a text may be made of: variants, canonical forms, name parts."""
    found: list[str] = []
    for raw in raws:
        name = raw.get("name")
        if name:
            both = [name["given"], name["family"]]
            if name["order"] == "family-first":
                both.reverse()
            found += [
                " ".join(both),
                " ".join(both),
                name["family"],
                name["given"],
                " ".join(both[::-1]),
            ]
            found += [f"{both[0]} {rng_middle} {both[1]}" for rng_middle in ("V.", "Sergeyevich")]
        else:
            found.append(raw["canonical"])
        for variant in raw.get("variants", ()):
            text = variant if isinstance(variant, str) else variant["text"]
            found += [text, text, text]
            if name:
                found.append(text.split()[-1])
        found += raw.get("other_names", ())
        found += raw.get("forms", {}).values()
        for language, source in raw.get("source", {}).items():
            derived = forms_of(source, language, person="name" in raw)
            found += [source, *(form.text for form in derived[::5])]
        found += (
            phrase.replace("*", "n") for key in ("needs", "unless") for phrase in raw.get(key, ())
        )
    return found


def random_text(rng: Random, spellings: list[str]) -> str:
    """Return a text of up to 25 pieces, about half of them spellings in some dress."""
    pieces: list[str] = []
    strange = rng.random() < 0.4
    random = rng.random
    for _ in range(rng.randint(1, 14)):
        chance = random()
        if chance < 0.55:
            pieces.append(dressed(rng, rng.choice(spellings), strange))
        elif chance < 0.8:
            pieces.append(rng.choice(_PLAIN_FILLERS))
        elif chance < 0.93:
            pieces.append(rng.choice(_MARKS))
        elif chance < 0.97:
            pieces.append(rng.choice(_GUARDS))
        elif strange:
            pieces.append(rng.choice(_STRANGE))
        chance = random()
        if chance < 0.72:
            pieces.append(" ")
        elif chance < 0.87:
            pieces.append(rng.choice(_SPACES))
        elif chance < 0.90:
            pieces.append(rng.choice(_HYPHENS))
    return "".join(pieces)


def dressed(rng: Random, text: str, strange: bool) -> str:
    """Return a spelling in another dress: case, separators, marks, look-alikes, endings."""
    random = rng.random
    if random() < 0.25:
        text = rng.choice((str.upper, str.lower, str.title, str.capitalize, str.swapcase))(text)
    if random() < 0.25:
        text = text.replace(" ", rng.choice((*_SPACES, "-", "")))
    if random() < 0.25:
        text = text.replace("-", rng.choice(_HYPHENS + "\0").replace("\0", ""))
    if random() < 0.15:
        text = text.replace("'", rng.choice((*_APOSTROPHES, ""))).replace(
            "\u2019", rng.choice((*_APOSTROPHES, ""))
        )
    if strange and text:
        text = _strange(rng, text)
    if random() < 0.2:
        text += rng.choice(
            ("s", "'s", "\u2019s", "'", "\u2019", "es", "-class", "S", "'S", "\u2018", "a", "s'")
        )
    if random() < 0.06:
        mark = rng.choice(
            ('""', "''", "\u201c\u201d", "\u2018\u2019", "()", "\u00ab\u00bb", "``", "**", "[]")
        )
        text = mark[0] + text + mark[1]
    return text


def _strange(rng: Random, text: str) -> str:
    for _ in range(rng.choice((0, 1, 1, 2))):
        place = rng.randrange(len(text))
        char = text[place]
        chance = rng.random()
        if chance < 0.35:
            text = text[:place] + _LOOK_ALIKES.get(char, char) + text[place + 1 :]
        elif chance < 0.6:
            text = text[:place] + rng.choice(_INVISIBLE) + text[place:]
        elif chance < 0.8:
            text = text[: place + 1] + rng.choice(_COMBINING) + text[place + 1 :]
        elif chance < 0.9:
            text = unicodedata.normalize(rng.choice(("NFD", "NFC")), text)
        else:
            text = unicodedata.normalize(
                "NFC",
                "".join(
                    c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)
                ),
            )
        if not text:
            return char
    return text

"""A generated glossary of a given number of variants: places, weapons, organizations, persons.

Canonical forms are built of syllables; their variants are the same name under
other romanization habits (zh and j, y and i, sh and sch), as in real articles.
No two entries share a spelling, so every planted variant has one right answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from normalizer.glossary.entry import Entry, Name, Variant


def _words(text: str) -> list[str]:
    return text.split()


ONSETS = _words("b v g d zh z k l m n p r s t f kh ts ch sh kr gr dr br st sl vl pr tr ny")
VOWELS = _words("a e i o u y ya ye yu")
CODAS = ["", "", "", "", "n", "r", "l", "v", "sh", "k", "y"]
ENDINGS = _words("sk ovo ino grad ovka yansk evsk ichi")
FAMILY_ENDINGS = _words("ov ev in enko sky chuk yuk ovich")
HABITS = (
    ("zh", "j"), ("kh", "h"), ("sh", "sch"), ("ts", "c"), ("ch", "tch"), ("y", "i"), ("v", "w"),
    ("u", "ou"), ("ya", "ja"), ("yu", "ju"), ("ye", "e"), ("k", "c"), ("sky", "skiy"),
    ("sk", "sck"), ("zh", "z"), ("i", "y"), ("ov", "off"), ("g", "h"), ("e", "ye"), ("o", "a"),
    ("f", "ph"), ("s", "ss"), ("d", "dd"), ("n", "nn"),
)  # fmt: skip
QUALIFIERS = _words("Nizhny Verkhny Novy Stary Veliky Maly Krasny Bely Severny Yuzhny")
BODIES = _words(
    "Institute Corporation Shipyard Brigade Bureau Group Agency Factory Academy Division"
)
MIXED, NAMES = "mixed", "names"
FLAVOURS = {
    MIXED: "places, weapons, organizations and persons (a third of the entries)",
    NAMES: "whole names only: places, weapons, organizations",
}


class Generated:
    """One entry's data: the canonical form, its variants, and its name parts if a person's."""

    __slots__ = ("canonical", "kind", "name", "variants")

    def __init__(
        self, kind: str, canonical: str, variants: list[str], name: dict[str, str] | None = None
    ) -> None:
        self.kind = kind
        self.canonical = canonical
        self.variants = variants
        self.name = name


def generate(size: int, flavour: str = MIXED, seed: int = 1) -> list[Generated]:
    """Return entries with ``size`` variants in all."""
    rng = Random(f"{seed}:{flavour}")
    maker = _Maker(rng, size)
    makers = [maker.place, maker.weapon, maker.organization]
    if flavour == MIXED:
        makers += [maker.person, maker.place, maker.person]
    found: list[Generated] = []
    count = 0
    while count < size:
        entry = makers[len(found) % len(makers)]()
        entry.variants = entry.variants[: size - count]
        if entry.variants:
            count += len(entry.variants)
            found.append(entry)
    return found


def raw_entries(generated: Iterable[Generated]) -> Iterator[dict[str, Any]]:
    """Yield entries as a glossary file writes them."""
    for number, item in enumerate(generated):
        raw: dict[str, Any] = {"id": f"g{number}", "kind": item.kind}
        if item.name:
            raw["name"] = item.name
        else:
            raw["canonical"] = item.canonical
        yield raw | {"conventional": True, "variants": item.variants}


def entries(generated: Iterable[Generated]) -> list[Entry]:
    """Return entries as loading would make them, without the time of reading a file."""
    return [
        Entry(
            id=raw["id"],
            kind=raw["kind"],
            canonical=item.canonical,
            name=Name(**item.name) if item.name else None,
            conventional=True,
            variants=tuple(Variant(text=text) for text in item.variants),
            raw=raw,
        )
        for raw, item in zip(raw_entries(generated), generated, strict=True)
    ]


def replacements(generated: Iterable[Generated]) -> dict[str, str]:
    """Return variant to canonical form: what the other matchers are given."""
    return {variant: item.canonical for item in generated for variant in item.variants}


class _Maker:
    def __init__(self, rng: Random, size: int) -> None:
        self.rng = rng
        self.taken: set[str] = set()
        self.givens = [
            self._spellings(name, 3)
            for name in dict.fromkeys(self._stem(2).capitalize() for _ in range(250))
        ]
        self.families: list[list[str]] = []
        self.most_families = max(size // 12, 5)

    def place(self) -> Generated:
        while True:
            name = self._stem(self.rng.choice((1, 2, 2, 3))).capitalize() + self.rng.choice(ENDINGS)
            before = f"{self.rng.choice(QUALIFIERS)} " if self.rng.random() < 0.35 else ""
            if made := self._listed("place", name, 4, before=before):
                return made

    def weapon(self) -> Generated:
        while True:
            if self.rng.random() < 0.5:
                name = self._stem(self.rng.choice((2, 3))).capitalize()
                made = self._listed("weapon", name, 3)
            else:
                name = self._stem(2).capitalize()[:5]
                made = self._listed("weapon", name, 3, after=f"-{self.rng.randint(10, 999)}")
            if made:
                return made

    def organization(self) -> Generated:
        while True:
            name = self._stem(self.rng.choice((2, 3))).capitalize()
            if made := self._listed("organization", name, 3, after=f" {self.rng.choice(BODIES)}"):
                return made

    def person(self) -> Generated:
        while True:
            given, family = self.rng.choice(self.givens), self._family()
            canonical = f"{given[0]} {family[0]}"
            pairs = [f"{g} {f}" for g in given for f in family]
            variants = [text for text in pairs[1:] if text not in self.taken][:6]
            if canonical not in self.taken and variants:
                self.taken.update((canonical, *variants))
                return Generated(
                    "person", canonical, variants, {"given": given[0], "family": family[0]}
                )

    def _family(self) -> list[str]:
        if len(self.families) == self.most_families:
            return self.rng.choice(self.families)
        while True:
            name = self._stem(self.rng.choice((1, 2, 2, 3))).capitalize() + self.rng.choice(
                FAMILY_ENDINGS
            )
            made = [text for text in self._spellings(name, 3) if text not in self.taken]
            if made[:1] == [name]:
                self.taken.update(made)
                self.families.append(made)
                return made

    def _listed(
        self, kind: str, name: str, most: int, *, before: str = "", after: str = ""
    ) -> Generated | None:
        canonical = before + name + after
        if canonical in self.taken:
            return None
        made = (before + text + after for text in self._spellings(name, most)[1:])
        variants = [text for text in made if text not in self.taken]
        if not variants:
            return None
        self.taken.update((canonical, *variants))
        return Generated(kind, canonical, variants)

    def _stem(self, syllables: int) -> str:
        pick = self.rng.choice
        return "".join(pick(ONSETS) + pick(VOWELS) + pick(CODAS) for _ in range(syllables))

    def _spellings(self, name: str, most: int) -> list[str]:
        """Return a name and up to ``most`` other spellings of it."""
        found = [name]
        lower = name.lower()
        for habit in self.rng.sample(HABITS, len(HABITS)):
            if habit[0] in lower and len(found) <= most:
                other = lower.replace(*habit).capitalize()
                if other not in found:
                    found.append(other)
        return found

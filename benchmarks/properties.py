"""What must hold for every glossary and every text, and how to make a failure small.

``broken`` names the first property that a glossary and a text break. The
shrinker drops entries, keys and characters for as long as the same one breaks.
"""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from benchmarks.generating import Raw
from normalizer.errors import GlossaryError
from normalizer.glossary.loading import Profile, entries_from, make_glossary
from normalizer.log import undo, verify
from normalizer.normalizing.api import Normalizer
from normalizer.normalizing.deciding import REASONS
from normalizer.normalizing.normalizer import CompiledNormalizer
from normalizer.normalizing.result import Result

PROPERTIES = {
    "idempotent": "N(N(x)) = N(x)",
    "undo": "undo(N(x)) = x, from the record as JSON; verify finds no difference",
    "untouched": "the text outside the spans of substitutions is equal, and the number of lines",
    "record": "as many records as edits, each in the closed vocabulary, and they replay",
    "order": "the order of entries does not matter: same output, same record",
    "engines": "the reference matcher and the automaton agree on every finding",
    "error": "nothing is raised",
}


class Subject:
    """One glossary under test: as it is, with its entries shuffled, with the reference matcher."""

    def __init__(self, raws: list[Raw], settings: Raw) -> None:
        profile = Profile(
            name="other",
            title="Other",
            quotes=settings["quotes"],
            hashtags=settings["hashtags"],
            renames=tuple(settings["renames"]),
        )
        entries = entries_from("soak.json", json.dumps(raws).encode())
        shuffled = entries[:]
        Random(len(raws)).shuffle(shuffled)
        self.main = Normalizer(make_glossary(entries, [profile]), profile="other")
        self.shuffled = Normalizer(make_glossary(shuffled[::-1], [profile]), profile="other")
        compiled = self.main._matcher.compiled
        self.reference = CompiledNormalizer(compiled, engine="reference")

    def broken(self, text: str) -> tuple[str, str, int] | None:
        """Return the first broken property, what is wrong, and the number of edits, or None."""
        self.edits = 0
        try:
            return next(self._broken(text), None)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            return "error", f"{type(error).__name__} in {last.name}: {error}", 0

    def _broken(self, text: str) -> Iterator[tuple[str, str, int]]:
        result = self.main.normalize(text)
        edits = result.substitutions
        self.edits = count = len(edits)
        record = result.record("x")
        for kind, problem in _local_problems(text, result, record):
            yield kind, problem, count
        if edits:
            again = self.main.normalize(result.text)
            if again.text != result.text:
                yield "idempotent", f"{result.text!r} becomes {again.text!r}", count
            replayed = json.loads(json.dumps(record))
            restored = undo(result.text, replayed)
            if restored != text:
                yield "undo", f"undo gives {restored!r}", count
            difference = verify(result.text, replayed, source=text)
            if difference is not None:
                yield "undo", repr(difference), count
        other = self.reference.normalize(text).record("x")
        if other != record:
            yield "engines", _difference(record, other), count
        shuffled = self.shuffled.normalize(text).record("x")
        if shuffled != record:
            yield "order", _difference(record, shuffled), count


def _local_problems(text: str, result: Result, record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong between a text, its result and its record."""
    last = out_last = 0
    for item in record["substitutions"]:
        start, end = item["start"], item["end"]
        out_start, out_end = item["out_start"], item["out_end"]
        if start < last or end <= start:
            yield "record", f"spans out of order at {start}:{end}"
        if text[last:start] != result.text[out_last:out_start]:
            yield "untouched", f"{text[last:start]!r} became {result.text[out_last:out_start]!r}"
        if (
            text[start:end] != item["found"]
            or result.text[out_start:out_end] != item["replacement"]
        ):
            yield "record", f"not what stands there: {item}"
        if item["found"] == item["replacement"]:
            yield "record", f"an edit that changes nothing: {item}"
        last, out_last = end, out_end
    if text[last:] != result.text[out_last:]:
        yield "untouched", f"{text[last:]!r} became {result.text[out_last:]!r}"
    if len(text.splitlines()) != len(result.text.splitlines()):
        yield "untouched", f"the number of lines changed: {result.text!r}"
    if len(record["substitutions"]) != len(result.substitutions):
        yield "record", "not as many records as substitutions"
    if len(record["substitutions"]) + len(record["kept"]) != len(result.findings):
        yield "record", "not as many records as findings"
    for item in record["kept"]:
        if item["action"] not in ("suggest", "keep") or item["reason"] not in REASONS:
            yield "record", f"not in the vocabulary: {item}"
        if text[item["start"] : item["end"]] != item["found"]:
            yield "record", f"not what stands there: {item}"


def _difference(first: dict[str, Any], second: dict[str, Any]) -> str:
    for key in ("substitutions", "kept"):
        mine = [item for item in first[key] if item not in second[key]]
        theirs = [item for item in second[key] if item not in first[key]]
        if mine or theirs:
            return f"{key}: only in the first {_brief(mine)}; only in the second {_brief(theirs)}"
    return "the records differ in their order or their head"


def _brief(items: list[dict[str, Any]]) -> str:
    return str(
        [
            (
                i["start"],
                i["end"],
                i["found"],
                i["replacement"],
                i["entry"],
                i["forms"],
                i.get("reason"),
            )
            for i in items
        ]
    )


def shrink(
    raws: list[Raw], settings: Raw, text: str, kind: str, seconds: float = 15
) -> tuple[list[Raw], Raw, str]:
    """Return a smaller glossary, settings and text that break the same property."""
    shrinker = _Shrinker(raws, settings, text, kind, time.monotonic() + seconds)
    while shrinker.shrink_once():
        pass
    return shrinker.raws, shrinker.settings, shrinker.text


class _Shrinker:
    """A failure that gets smaller; lives for one call of ``shrink``."""

    def __init__(
        self, raws: list[Raw], settings: Raw, text: str, kind: str, deadline: float
    ) -> None:
        self.raws = raws
        self.settings = settings
        self.text = text
        self.kind = kind
        self.deadline = deadline

    def shrink_once(self) -> bool:
        """Try everything once; tell whether anything got smaller."""
        before = (self.raws, self.settings, self.text)
        self.raws = _drop_items(self.raws, lambda raws: self._fails(raws=raws))
        for settings in _simpler_settings(self.settings):
            if self._fails(settings=settings):
                self.settings = settings
                break
        for number in range(len(self.raws)):
            self._shrink_entry(number)
        chars = _drop_items(list(self.text), lambda some: self._fails(text="".join(some)))
        self.text = "".join(chars)
        changed = before != (self.raws, self.settings, self.text)
        return changed and time.monotonic() < self.deadline

    def _shrink_entry(self, number: int) -> None:
        for smaller in _smaller(self.raws[number]):
            raws = [*self.raws[:number], smaller, *self.raws[number + 1 :]]
            if self._fails(raws=raws):
                self.raws = raws
                return

    def _fails(
        self,
        *,
        raws: list[Raw] | None = None,
        settings: Raw | None = None,
        text: str | None = None,
    ) -> bool:
        """Tell whether the same property breaks with one part replaced."""
        if time.monotonic() > self.deadline:
            return False
        try:
            subject = Subject(raws or self.raws, settings or self.settings)
        except GlossaryError:
            return False
        found = subject.broken(self.text if text is None else text)
        return found is not None and found[0] == self.kind


def _drop_items(items: list[Any], fails: Callable[[list[Any]], bool]) -> list[Any]:
    """Drop runs of items, long ones first, for as long as the rest fails."""
    size = max(len(items) // 2, 1)
    while size:
        start = 0
        while start < len(items):
            rest = items[:start] + items[start + size :]
            if rest and fails(rest):
                items = rest
            else:
                start += size
        size //= 2
    return items


def _simpler_settings(settings: Raw) -> Iterator[Raw]:
    simplest = {"quotes": "rewrite", "hashtags": "keep", "renames": []}
    candidates = [simplest, *({**settings, key: value} for key, value in simplest.items())]
    yield from (candidate for candidate in candidates if candidate != settings)


def _smaller(raw: Raw) -> Iterator[Raw]:
    """Yield an entry without one of its keys, or without one item of a list."""
    for key, value in raw.items():
        if key not in ("id", "kind", "name", "canonical"):
            yield {k: v for k, v in raw.items() if k != key}
        if isinstance(value, list) and len(value) > 1:
            for place in range(len(value)):
                yield {**raw, key: value[:place] + value[place + 1 :]}
    if "patronymic" in raw.get("name", ()):
        yield {**raw, "name": {k: v for k, v in raw["name"].items() if k != "patronymic"}}

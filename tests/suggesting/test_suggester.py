"""Suggestions: what is found, what never is, and in what words."""

from __future__ import annotations

import json
import pickle
import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizer.glossary.loading import entries_from, make_glossary
from normalizer.normalizing.api import Normalizer
from normalizer.suggesting.suggester import Suggester, Suggestion
from tests.counting import calls
from tests.strategies import glossaries_and_texts, glossary_of

GLOSSARY = Path(__file__).parent / "glossary.yaml"


@cache
def normalizer() -> Normalizer:
    return Normalizer(make_glossary(entries_from("glossary.yaml", GLOSSARY.read_bytes())))


@cache
def suggester() -> Suggester:
    return Suggester(normalizer())


def suggest(text: str, *context: str) -> list[tuple[str, str]]:
    return [(s.found, s.replacement) for s in suggester().suggest(text, context=context)]


def only(text: str, *context: str) -> Suggestion:
    (found,) = suggester().suggest(text, context=context)
    return found


@pytest.mark.parametrize(
    ("text", "found", "replacement"),
    [
        ("the Kinzshal flew", "Kinzshal", "Kinzhal"),
        ("the Kinschall flew", "Kinschall", "Kinzhal"),
        ("KINZSHAL FLEW", "KINZSHAL", "KINZHAL"),
        ("the Kinzshal-type and", "Kinzshal", "Kinzhal"),
        ("the Kinzshal’s range", "Kinzshal", "Kinzhal"),
        ("anti-Kinzshal rockets", "Kinzshal", "Kinzhal"),
        ("Adm. Nikolai Yevmennov said", "Nikolai Yevmennov", "Nikolai Yevmenov"),
        ("Nikolai A. Yevmennov said", "Nikolai A. Yevmennov", "Nikolai A. Yevmenov"),
        ("Nikolai\nYevmennov said", "Nikolai\nYevmennov", "Nikolai\nYevmenov"),
        ("NIKOLAI YEVMENNOV SAID", "NIKOLAI YEVMENNOV", "NIKOLAI YEVMENOV"),
        ("Governor Oleg Kozhemyakko said", "Oleg Kozhemyakko", "Oleg Kozhemyako"),
        ("Oleg Kozhernyako, scanned", "Oleg Kozhernyako", "Oleg Kozhemyako"),
        ("Dimitry Peskov said", "Dimitry Peskov", "Dmitry Peskov"),
        ("Dmitry Pescoff said", "Dmitry Pescoff", "Dmitry Peskov"),
        ("Wolodymir Selenskij said", "Wolodymir Selenskij", "Volodymyr Zelenskyy"),
        ("Kim Chong-un said", "Kim Chong-un", "Kim Jong Un"),
        ("in Nischni Nowgorod now", "Nischni Nowgorod", "Nizhny Novgorod"),
        ("in Pyong-yang now", "Pyong-yang", "Pyongyang"),
        ("from Sewerodwinsck by sea", "Sewerodwinsck", "Severodvinsk"),
        ("in Severodv1nsk, scanned", "Severodv1nsk", "Severodvinsk"),
        ("SeveroDvinsk’s yards", "SeveroDvinsk", "Severodvinsk"),
        ("RosNeft sold oil", "RosNeft", "Rosneft"),
    ],
)
def test_an_unlisted_spelling_is_suggested(text: str, found: str, replacement: str) -> None:
    assert suggest(text) == [(found, replacement)]


@pytest.mark.parametrize(
    "text",
    [
        "Peskova met Dmitry Peskov",
        "Tatiana Peskova",
        "Zelenska met Volodymyr Zelenskyy",
        "Olena Zelenskaya met Volodymyr Zelenskyy",
        "Maria Zakharova and Zakharov",
        "Crimean wine",
        "the Luhansky and Lugansky region",
        "two Kinzhals",
        "the other Yevmenovs and Nikolai Yevmenov",
        "Pescov said",
        "Leskov, not Dmitry Peskov",
        "Petkov and Dmitry Peskov",
        "Igor Peskov",
        "Igor Pescov and Dmitry Peskov",
        "Veliky Novgorod",
        "Novgorodsky",
        "Kijv is nice",
        "Dmitri alone, Dimitri alone",
        "Tas and the Tu-16O",
        "the dagger flew, and kinzshal too",
        "Kinzhal, Kinjal, KINZHAL, Kin\u00adzhal",
        "the Kinzshal [sic] flew",
        "https://x.com/Kinzshal, kinzshal@x.com, @Kinzshal, #Kinzshal, Kinzshal.pdf",
        "run `Kinzshal` now",
        "<!-- normalizer: off -->Kinzshal<!-- normalizer: on -->",
        "his novel “Kinzshal” sold",
        "the Kinzhal (also spelled Kinzshal)",
        "the Kinzshal, or Kinjal",
        "Galina Severodvinska",
        "МиГ и Кинжалл",
        "",
    ],
)
def test_what_is_none_is_not_suggested(text: str) -> None:
    assert suggest(text) == []


def test_a_surname_alone_needs_the_entry_in_full() -> None:
    assert suggest("Yevmennov left.") == []
    assert suggest("Nikolai Yevmenov came. Yevmennov left.") == [("Yevmennov", "Yevmenov")]
    assert suggest("Nikolai Yevmennov came. Mr. Yevmennov left.") == [
        ("Nikolai Yevmennov", "Nikolai Yevmenov"),
        ("Yevmennov", "Yevmenov"),
    ]
    assert suggest("Nikolai Yevmenov came. Igor Yevmennov left.") == []
    assert suggest("Nikolai Yevmenov and Igor Yevmenov came. Yevmennov left.") == []


def test_other_fields_are_context() -> None:
    assert suggest("Yevmennov left.", "Nikolai Yevmenov") == [("Yevmennov", "Yevmenov")]
    assert suggest("Yevmennov left.", "Nikolai Yevmennov") == [("Yevmennov", "Yevmenov")]
    assert suggest("Yevmennov left.", "Igor Smith") == []


def test_a_short_name_needs_its_entry_elsewhere() -> None:
    assert suggest("in Kyjiv now") == []
    assert suggest("in Kyjiv now, not Kyiv") == []  # a mention
    assert suggest("in Kyjiv now. And then we saw the center of Kyiv.") == [("Kyjiv", "Kyiv")]


def test_an_entry_that_is_named_elsewhere_adds_to_the_score() -> None:
    alone = only("from Severadvinsk by sea")
    named = only("from Severadvinsk by sea", "Severodvinsk")
    assert (alone.score, named.score) == (0.97, 0.99)


def test_needs_unmet_asks_for_more() -> None:
    assert suggest("the Calibr") == [("Calibr", "Kalibr")]
    assert suggest("the Kalibir") == []
    assert suggest("the Kalibir missile") == [("Kalibir", "Kalibr")]


@pytest.mark.parametrize(
    ("text", "nearest", "reason"),
    [
        ("the Kinzshal", "Kinzhal", "zsh for zh"),
        ("Oleg Kozhemyakko", "Oleg Kozhemyako", "k doubled"),
        ("Sewerodvinsk", "Severodvinsk", "w for v, as in German, Polish"),
        ("Oleg Kozhernyako", "Oleg Kozhemyako", "rn for m, misread in scanning"),
        ("Severovdinsk", "Severodvinsk", "dv turned round"),
        ("Severodvinnsk", "Severodvinsk", "n doubled"),
        ("Severodvnsk", "Severodvinsk", "i left out"),
        ("Severadvinsk", "Severodvinsk", "a for o, as in Belarusian"),
        ("Pyong-yang", "Pyongyang", "other hyphens, apostrophes or capitals"),
    ],
)
def test_the_nearest_form_and_the_reason_are_told(text: str, nearest: str, reason: str) -> None:
    found = suggester().suggest(text)[0]
    assert (found.nearest, found.reason) == (nearest, reason)


def test_a_suggestion_as_finding_and_as_json() -> None:
    found = only("the Kinzshal")
    finding = found.as_finding()
    assert (finding.action, finding.reason, finding.rule) == ("suggest", "similar", "similar")
    assert (finding.start, finding.end, finding.replacement) == (4, 12, "Kinzhal")
    assert json.loads(json.dumps(found.to_dict("title"))) == {
        "field": "title", "start": 4, "end": 12, "found": "Kinzshal", "replacement": "Kinzhal",
        "entry": "kinzhal", "rule": "similar", "nearest": "Kinzhal", "score": 0.99,
        "reason": "zsh for zh",
    }  # fmt: skip
    assert found.spelling == "Kinzshal"
    assert only("NIKOLAI\nYEVMENNOV").spelling == "Nikolai Yevmennov"


def test_a_higher_threshold_leaves_the_nearest() -> None:
    strict = Suggester(normalizer(), threshold=0.98)
    text = "from Severadvinsk with the Kinzshal"
    assert [s.found for s in strict.suggest(text)] == ["Kinzshal"]
    assert len(suggester().suggest(text)) == 2


def test_what_differs_from_a_derived_spelling_is_dearer() -> None:
    raw = [{"id": "x", "kind": "place", "canonical": "Shchyolkovo", "source": {"ru": "Щёлково"}}]
    glossary = make_glossary(entries_from("x.json", json.dumps(raw).encode()))
    (found,) = Suggester(Normalizer(glossary)).suggest("in Chtchiolkowwo now")
    assert found.nearest == "Shchyolkovo"  # Chtchiolkovo is nearer, but nobody wrote it down
    (found,) = Suggester(Normalizer(glossary)).suggest("in Chtchiolkovvo now")
    assert found.nearest == "Chtchiolkovo"


def test_settings_of_the_normalizer_hold() -> None:
    text = "he said “we saw a Kinzshal yesterday, and it flew very low over us all” today"
    assert len(suggester().suggest(text)) == 1
    glossary = make_glossary(entries_from("glossary.yaml", GLOSSARY.read_bytes()))
    assert Suggester(Normalizer(glossary, quotes="keep")).suggest(text) == []


# --- properties ----------------------------------------------------------------------------------


@given(glossaries_and_texts())
def test_no_suggestion_overlaps_a_finding_or_another(made: tuple[object, str, object]) -> None:
    entries, text, settings = made
    one = Normalizer(glossary_of(entries), **settings)  # type: ignore[arg-type]
    taken = [(f.start, f.end) for f in one.normalize(text).findings]
    for found in Suggester(one).suggest(text):
        assert text[found.start : found.end] == found.found
        assert found.found != found.replacement
        assert 0 < found.score < 1
        assert all(end <= found.start or found.end <= start for start, end in taken)
        taken.append((found.start, found.end))


WORDS = (
    "Nikolai", "Yevmennov", "Yevmenov", "Kinzshal", "Kinschal", "Peskov", "Pescow", "Dimitri", "Dmitry",
    "Kim", "Jong-eun", "Chong", "Un", "Novgorod", "Nischni", "the", "said", "Street", "Mr.", "of", "A.",
    "Sewerodwinsk", "Pyong-yang", "KINZSHAL", "Kozhemyakko", "Oleg", "“", "”", "’s", "-", "\n", ",", "(",
    "Kyjiv", "Kyiv", "Choïgou", "\u00ad", "\u0301", "\ud800", "İ", "🎯", "头疼",
)  # fmt: skip
texts = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from((" ", " ", " ", "", "\n\n"))), max_size=14
).map(lambda pairs: "".join(word + glue for word, glue in pairs))


@given(texts)
def test_suggestions_do_not_depend_on_what_was_seen_before(text: str) -> None:
    fresh = Suggester(normalizer()).suggest(text)
    assert _facts(suggester().suggest(text)) == _facts(fresh)
    taken = [(f.start, f.end) for f in normalizer().normalize(text).findings]
    assert not any(s.start < end and start < s.end for s in fresh for start, end in taken)


def _facts(found: list[Suggestion]) -> list[dict[str, object]]:
    return [suggestion.to_dict() for suggestion in found]


TEXT = (
    "Nikolai Yevmennov and Wolodymir Selenskij saw the Kinschal. Yevmennov left Nischni Nowgorod; "
    "Kim Chong-un and Dimitry Peskov went to Pyong-yang and Sewerodwinsk with Kozhemyakko."
)


def test_the_order_of_entries_does_not_matter() -> None:
    entries = entries_from("glossary.yaml", GLOSSARY.read_bytes())
    wanted = _facts(suggester().suggest(TEXT))
    assert len(wanted) == 8
    for seed in range(5):
        random.Random(seed).shuffle(entries)
        assert _facts(Suggester(Normalizer(make_glossary(entries))).suggest(TEXT)) == wanted


def test_a_suggester_can_be_made_from_a_pickled_normalizer() -> None:
    copy = pickle.loads(pickle.dumps(normalizer()))
    assert _facts(Suggester(copy).suggest(TEXT)) == _facts(suggester().suggest(TEXT))


@pytest.mark.parametrize(
    "piece", ["Kim Kim ", "Kinzshal Pescov ", "Yevmennov.\n", "KINZSHAL-", "A. "]
)
def test_the_time_grows_with_the_text_only(piece: str) -> None:
    def work(count: int) -> int:
        text = "Nikolai Yevmenov. " + piece * count
        fresh = Suggester(normalizer())
        fresh.suggest(text)  # what is met for the first time is remembered
        return calls(lambda: fresh.suggest(text))

    assert work(2000) < 6 * work(500) + 1_000

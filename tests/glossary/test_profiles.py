"""The shipped profiles: what each makes of the entries, and that it does so once and for all."""

from __future__ import annotations

import io
import json
import unicodedata
from functools import cache
from pathlib import Path

import pytest
import yaml

from normalizer import Glossary, Normalizer, load_glossary, undo, verify
from normalizer.cli import main
from normalizer.curating.linting import find_problems
from normalizer.glossary.files import shipped_path
from normalizer.matching.compiling import canonical_form
from normalizer.romanize.registry import scheme

PROFILES = ("ap", "bgn-pcgn", "guardian", "house", "iso-9")
SCHEME_PROFILES = ("bgn-pcgn", "iso-9")


@cache
def shipped() -> Glossary:
    return load_glossary(check=False)


@cache
def normalizer(profile: str) -> Normalizer:
    return Normalizer(shipped(), profile=profile)


def form(entry_id: str, profile: str) -> str:
    entry = shipped().get(entry_id)
    assert entry is not None
    return canonical_form(entry, shipped().profiles[profile])


def example_texts(step: int) -> list[str]:
    """Return the texts of examples, as given and in house style, of one entry in ``step``."""
    examples = [example for entry in shipped().entries[::step] for example in entry.examples]
    return [text for example in examples for text in (example.text, example.expect) if text]


def test_shipped_profiles_load_and_lint() -> None:
    assert sorted(shipped().profiles) == list(PROFILES)
    assert find_problems(shipped()) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_second_run_changes_nothing_and_undo_gives_the_text_back(profile: str) -> None:
    for text in example_texts(1 if profile == "house" else 7):
        result = normalizer(profile).normalize(text)
        record = json.loads(json.dumps(result.record("a.txt")))
        assert normalizer(profile).normalize(result.text).text == result.text
        assert undo(result.text, record) == text
        assert verify(result.text, record) is None


@pytest.mark.parametrize("profile", SCHEME_PROFILES)
def test_schemes_are_of_their_languages_and_their_standards_are_named(profile: str) -> None:
    file = Path(shipped_path(), "profiles", f"{profile}.yaml")
    sources = yaml.safe_load(file.read_text("utf-8"))["sources"]
    chosen = shipped().profiles[profile].schemes
    assert {language: scheme(name).language for language, name in chosen.items()} == {
        language: language for language in chosen
    }
    assert [name for name in chosen.values() if scheme(name).url not in sources] == []


@pytest.mark.parametrize("profile", SCHEME_PROFILES)
def test_scheme_profile_leaves_no_letter_of_another_script(profile: str) -> None:
    for entry in shipped():
        letters = filter(str.isalpha, form(entry.id, profile))
        odd = [char for char in letters if not unicodedata.name(char).startswith(("LATIN", "MODI"))]
        assert odd == [], entry.id


@pytest.mark.parametrize("profile", ["ap", "guardian"])
def test_what_a_newspaper_writes_differently_has_a_source(profile: str) -> None:
    for entry in shipped():
        if profile in entry.forms:
            assert any(source.about == "spelling" for source in entry.sources), entry.id
            assert entry.forms[profile] != entry.canonical, entry.id


@pytest.mark.parametrize(
    ("entry_id", "forms"),
    [
        ("kinzhal", {"house": "Kinzhal", "bgn-pcgn": "Kinzhal", "iso-9": "Kinžal"}),
        ("kyiv", {"ap": "Kyiv", "bgn-pcgn": "Kyiv", "guardian": "Kyiv", "iso-9": "Kiïv"}),
        ("tass", {"house": "TASS", "ap": "Tass", "guardian": "Tass", "iso-9": "TASS"}),
        ("chernobyl", {"ap": "Chernobyl", "guardian": "Chornobyl", "iso-9": "Čornobilʹ"}),
        ("wagner-group", {"guardian": "Wagner group", "bgn-pcgn": "Wagner Group"}),
        ("andrii-yermak", {"ap": "Andrii Yermak", "guardian": "Andriy Yermak"}),
        ("tu-22m3", {"bgn-pcgn": "Tu-22M3", "iso-9": "Tu-22M3"}),
        ("mig-31", {"bgn-pcgn": "MiG-31", "iso-9": "MiG-31"}),
        ("seoul", {"bgn-pcgn": "Seoul", "iso-9": "Seoul"}),
        ("punggye-ri", {"bgn-pcgn": "P’unggye-ri", "iso-9": "Punggye-ri"}),
        ("belarus", {"bgn-pcgn": "Belarus", "iso-9": "Belarusʹ"}),
        # persons, in the order of their names
        ("kim-jong-un", {"ap": "Kim Jong Un", "guardian": "Kim Jong-un"}),
        ("kim-jong-un", {"bgn-pcgn": "Kim Chŏng-ŭn", "iso-9": "Kim Jong Un"}),
        ("lee-jae-myung", {"guardian": "Lee Jae-myung", "bgn-pcgn": "Lee Jae Myung"}),
        ("sergei-shoigu", {"bgn-pcgn": "Sergey Shoygu", "iso-9": "Sergej Šojgu"}),
        ("alexander-lukashenko", {"bgn-pcgn": "Alyaksandr Lukashenka"}),
        # derive: off
        ("georgy-lvov", {"bgn-pcgn": "Lvov", "iso-9": "Lvov"}),
    ],
)
def test_forms(entry_id: str, forms: dict[str, str]) -> None:
    assert {profile: form(entry_id, profile) for profile in forms} == forms


@pytest.mark.parametrize("profile", PROFILES)
def test_conventional_entries_keep_their_names(profile: str) -> None:
    for entry in shipped():
        if entry.conventional and profile not in entry.forms:
            assert form(entry.id, profile) == entry.canonical
    text = "In Russia, Pyotr Tchaikovsky took the train to Moscow."
    assert normalizer(profile).normalize(text).text == text


@pytest.mark.parametrize(
    ("profile", "text", "expected"),
    [
        ("bgn-pcgn", "Two Kinjal missiles hit Kiev.", "Two Kinzhal missiles hit Kyiv."),
        ("iso-9", "Two Kinjal missiles hit Kiev.", "Two Kinžal missiles hit Kiïv."),
        ("iso-9", "Kinjals are hypersonic.", "Kinžals are hypersonic."),
        ("iso-9", "KINJAL MISSILE", "KINŽAL MISSILE"),
        ("iso-9", "the \u0422u-22M3 bomber", "the Tu-22M3 bomber"),
        ("bgn-pcgn", "Kim Jong Un met Sergei Shoigu.", "Kim Chŏng-ŭn met Sergey Shoygu."),
        ("guardian", "Kim Jong Un and Kim Jong-Un", "Kim Jong-un and Kim Jong-un"),
        ("guardian", "Mercenaries of the Wagner Group", "Mercenaries of the Wagner group"),
        ("guardian", "The agency RIA Novosti said", "The agency Ria Novosti said"),
        ("guardian", "wolves near Chernobyl", "wolves near Chornobyl"),
        ("guardian", "the HBO series Chernobyl", "the HBO series Chernobyl"),
        ("ap", "The Russian agency TASS said so.", "The Russian agency Tass said so."),
        ("ap", "RUSSIAN AGENCY TASS SAYS SO", "RUSSIAN AGENCY TASS SAYS SO"),
        # a capital is no romanization of its own
        ("house", "Kim Jong-Un waved.", "Kim Jong Un waved."),
        # an apostrophe at the end of a romanization and an s are a possessive, never a plural
        ("house", "the Russian Pantsir’s gun", "the Russian Pantsir’s gun"),
        ("house", "the Russian Pantsir's gun", "the Russian Pantsir's gun"),
        ("bgn-pcgn", "two Russian Pantsirs", "two Russian Pantsirs"),
    ],
)
def test_texts(profile: str, text: str, expected: str) -> None:
    assert normalizer(profile).normalize(text).text == expected


def test_variant_that_is_only_suggested_stays_so_as_a_form_of_another_profile() -> None:
    (finding,) = normalizer("house").normalize("The Chornobyl museum").kept
    assert (finding.action, finding.reason) == ("suggest", "listed-suggest")


def test_command_takes_a_profile(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NORMALIZER_CACHE", str(tmp_path / "cache"))
    Path("a.txt").write_text("The Kinjal missile is Russian.\n", "utf-8")
    assert main(["run", "--profile", "iso-9", "a.txt", "-o", "out"]) == 0
    assert Path("out/a.txt").read_text("utf-8") == "The Kinžal missile is Russian.\n"
    log = "out/normalizer-log.jsonl"
    assert json.loads(Path(log).read_text("utf-8"))["profile"] == "iso-9"
    assert main(["undo", "out/a.txt", "--log", log, "-o", "back.txt"]) == 0
    assert Path("back.txt").read_bytes() == Path("a.txt").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Kiev")))
    assert main(["run", "--profile", "iso-8", "-"]) == 2
    assert "iso-9" in capsys.readouterr().err

"""``normalizer explain``: which entry, by which rule, and why."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Command


def test_listed_variant_in_full(command: Command) -> None:
    done = command.small("explain", "Kinjal")
    assert (done.code, done.err) == (0, "")
    assert done.text == (
        "Kinjal -> Kinzhal  (weapon, entry kinzhal)\n"
        "  what it is:    a listed variant\n"
        "  in a text:     rewritten\n"
        "  why:           English writes zh for ж.\n"
        "  own script:    Кинжал (ru)\n"
        "  variants:      Kinjal; Kindzhal\n"
        "  other names:   Kh-47M2; AS-24 Killjoy (NATO reporting name) [shown, never rewritten]\n"
        "  kept in:       Kinjal Dave\n"
        "  confused with: kalibr\n"
        "  sources:       kremlin.ru, English transcripts (for the spelling): http://en.kremlin.ru\n"
    )


@pytest.mark.parametrize(
    ("spelling", "heading", "what", "fate"),
    [
        ("KINJAL", "KINJAL -> KINZHAL", "a listed variant, \"Kinjal\"; in another case", "rewritten"),
        ("kinjal", "kinjal -> Kinzhal", "a listed variant", "written in lower case"),
        ("Kief", "Kief -> Kyiv", "a listed variant", "a person should decide"),
        ("Kaliber", "Kaliber -> Kalibr", "a listed variant", "one of: missile, frigate; sugg"),
        ("Dmitri Peskov", "Dmitri Peskov -> Dmitry Peskov", "a listed variant", "rewritten"),
        ("Peskow", "Peskow -> Peskov", "the surname alone", "names Dmitry Peskov in full"),
        ("Peskov", "Peskov: see Dmitry Peskov", "the surname of the canonical form", "kept"),
        ("Kyiv", "Kyiv  (place", "the canonical form", "it is as it should be"),
        ("KYIV", "KYIV: see Kyiv  (place", "the canonical form", "it is as it should be"),
        ("Kуiv", "Kуiv -> Kyiv", "in other dress; with look-alike letters", "rewritten"),
        ("Кинжал", "Кинжал: see Kinzhal", "the name in its own script (ru)", "left as it is"),
        ("КИЇВ", "КИЇВ: see Kyiv", "the name in its own script (uk)", "left as it is"),
        ("as-24 killjoy", "as-24 killjoy: see Kinzhal", "another name (NATO", "never rewritten"),
        ("a Kinjal missile", "a Kinjal missile: Kinjal -> Kinzhal", "a listed", "rewritten"),
        ("chicken Kiev", "chicken Kiev: Kiev -> Kyiv", "a listed variant", "kept: it is part"),
        ("kinzhal", "kinzhal -> Kinzhal", "in other dress; in another case", "lower case"),
    ],
)  # fmt: skip
def test_kinds_of_spellings(
    command: Command, spelling: str, heading: str, what: str, fate: str
) -> None:
    done = command.small("explain", spelling)
    lines = done.text.splitlines()
    assert done.code == 0, done.err
    assert lines[0].startswith(heading)
    assert what in lines[1]
    assert fate in " ".join(line.strip() for line in lines[2:4])


def test_words_need_no_quotation_marks(command: Command) -> None:
    assert command.small("explain", "Dmitri", "Peskov").text.startswith("Dmitri Peskov -> Dmitry P")


def test_near_spelling_is_asked_about(command: Command) -> None:
    done = command.small("explain", "Kindžal")
    assert done.code == 1
    assert done.err == (
        'normalizer: "Kindžal" belongs to no entry; did you mean Kindzhal, Kinzhal or Kinjal?\n'
    )


def test_unknown_spelling_exits_with_1(command: Command) -> None:
    done = command.small("explain", "Zzyzx")
    assert done == (
        1, b"", 'normalizer: "Zzyzx" belongs to no entry; the glossary has nothing like it\n'
    )  # fmt: skip


def test_language_narrows_down(command: Command) -> None:
    assert command.small("explain", "Kiev", "--language", "uk").code == 0
    assert command.small("explain", "Kiev", "--language", "ko").code == 1


def test_empty_spelling_is_wrong_usage(command: Command) -> None:
    assert command.small("explain", " ").code == 2


def test_colours_are_for_terminals(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert b"\x1b[1;32mKinzhal\x1b[0m" in command.small("explain", "Kinjal").out


def test_spelling_of_two_entries_shows_both(command: Command) -> None:
    from pathlib import Path

    Path("two.yaml").write_text(
        "- {id: a, kind: place, canonical: Aa, variants: [Xx], needs: [sea]}\n"
        "- {id: b, kind: place, canonical: Bb, variants: [Xx], needs: [hill]}\n"
    )
    text = command("explain", "Xx", "--glossary", "two.yaml").text
    assert "entry a)" in text
    assert "entry b)" in text

"""``normalizer suggest``, what ``check`` shows of it, and ``glossary add``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import GLOSSARY, Command

TEXT = "The Kinzshal missile\r\nand Dmitry Pescov 🎯, Kiev.\n"


def test_suggestions_are_lines_with_places(command: Command) -> None:
    Path("a.txt").write_bytes(TEXT.encode())
    done = command.small("suggest", "a.txt")
    assert done.code == 1
    assert done.text.splitlines() == [
        "a.txt:1:5: Kinzshal -> Kinzhal (kinzhal, 0.99: zsh for zh)",
        "a.txt:2:5: Dmitry Pescov -> Dmitry Peskov (dmitry-peskov, 0.99: c for k)",
    ]
    accepting = f"normalizer glossary add dmitry-peskov Dmitry Pescov --glossary {GLOSSARY}"
    assert done.err == f"1 document, 2 suggestions; to accept: {accepting}\n"
    assert Path("a.txt").read_bytes() == TEXT.encode()


def test_nothing_found(command: Command) -> None:
    done = command.small("suggest", "-", stdin="Kinzhal, Kiev, Oslo")
    assert done == (0, b"", "1 document, 0 suggestions\n")


def test_suggestions_as_json(command: Command) -> None:
    done = command.small("suggest", "-", "--output", "json", "-q", stdin="x\nthe Kinzshal")
    assert json.loads(done.text) == {
        "path": "-", "line": 2, "column": 5, "end_line": 2, "end_column": 13, "id": "-",
        "field": None, "start": 6, "end": 14, "found": "Kinzshal", "replacement": "Kinzhal",
        "entry": "kinzhal", "rule": "similar", "nearest": "Kinzhal", "score": 0.99,
        "reason": "zsh for zh",
    }  # fmt: skip
    assert (done.code, done.err) == (1, "")


def test_fields_of_a_record_are_one_document(command: Command) -> None:
    lines = '{"title": "Dmitry Pescov", "text": "Pescov left."}\n{"title": "x", "text": "Pescov"}\n'
    done = command.small(
        "suggest", "-", "-q", "--format=jsonl", "--text-field=text", "--text-field=title",
        stdin=lines,
    )  # fmt: skip
    assert [line.split(" -> ")[0] for line in done.text.splitlines()] == [
        "-:1:1: text: Pescov", "-:1:1: title: Dmitry Pescov",
    ]  # fmt: skip


@pytest.mark.parametrize(("threshold", "code"), [("0", 1), ("0.9", 1), ("1", 0)])
def test_threshold(command: Command, threshold: str, code: int) -> None:
    done = command.small("suggest", "-", "--threshold", threshold, stdin="the Kinzshal")
    assert done.code == code


@pytest.mark.parametrize("threshold", ["2", "-1", "x", "nan", ""])
def test_a_threshold_that_is_none(command: Command, threshold: str) -> None:
    done = command.small("suggest", "-", f"--threshold={threshold}", stdin="x")
    assert done.code == 2
    assert "expected a number from 0 to 1" in done.err


def test_failed_input(command: Command) -> None:
    Path("b.jsonl").write_text('{broken\n{"text": "the Kinzshal"}\n')
    done = command.small("suggest", "b.jsonl", "nope.txt")
    assert done.code == 3
    assert "Kinzshal -> Kinzhal" in done.text
    assert "2 problems with the input" in done.err


# --- check ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "code", "shown"),
    [
        ((), 0, False),
        (("--similar",), 0, True),
        (("--fail-on", "suggest"), 1, True),
        (("--fail-on", "suggest", "--no-similar"), 0, False),
        (("--similar", "--no-similar"), 0, False),
    ],
)
def test_check_shows_them_when_suggestions_count(
    command: Command, options: tuple[str, ...], code: int, shown: bool
) -> None:
    done = command.small("check", "-", *options, stdin="the Kinzshal")
    line = "-:1:5: Kinzshal -> Kinzhal (kinzhal, similar) [suggest: similar]\n"
    assert (done.code, done.text) == (code, line if shown else "")


def test_check_has_them_in_order_among_the_findings(command: Command) -> None:
    done = command.small("check", "-", "--similar", "-q", stdin="Kiev saw Kinzshal. Then came Kief")
    assert [line.split(" -> ")[0] for line in done.text.splitlines()] == [
        "-:1:1: Kiev", "-:1:10: Kinzshal", "-:1:30: Kief",
    ]  # fmt: skip


# --- glossary add --------------------------------------------------------------------------------


@pytest.fixture
def ours() -> Path:
    shutil.copytree(GLOSSARY, "ours")
    return Path("ours") / "all.yaml"


def test_an_accepted_suggestion_becomes_a_variant(command: Command, ours: Path) -> None:
    before = ours.read_text("utf-8")
    done = command("glossary", "add", "kinzhal", "Kinzshal", "--glossary", "ours")
    assert done == (0, b"", "ours/all.yaml:7: kinzhal has the variant Kinzshal\n")
    after = before.replace("variants: [Kinjal, Kindzhal]", "variants: [Kinjal, Kindzhal, Kinzshal]")
    assert ours.read_text("utf-8") == after
    assert command("suggest", "-", "--glossary", "ours", stdin="the Kinzshal").code == 0
    assert "Kinzhal" in command("run", "-", "--glossary", "ours", stdin="the Kinzshal").text


def test_a_spelling_of_several_words_with_a_note(command: Command, ours: Path) -> None:
    done = command(
        "glossary", "add", "dmitry-peskov", "Dmitry", "Pescov", "--glossary=ours",
        "--note=an Italian paper", "--action=suggest", "-q",
    )  # fmt: skip
    assert done == (0, b"", "")
    assert "{text: Dmitry Pescov, action: suggest, note: an Italian paper}" in ours.read_text()


def test_no_glossary_is_edited_by_mistake(command: Command) -> None:
    done = command("glossary", "add", "kinzhal", "Kinzshal")
    assert (done.code, done.out) == (2, b"")
    assert "--glossary is missing" in done.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("kinzal", "Kinzshal"), "did you mean kinzhal?"),
        (("kinzhal", "Kinjal"), "in kinzhal already"),
        (("kinzhal",), "the spelling is missing"),
        (("kinzhal", " "), "the spelling is missing"),
        (("tass", "Kyiv"), "canonical form of kyiv"),
        (("tass", "House"), "an English word"),
        (("tass", "?"), "no letter or digit"),
    ],
)
def test_what_is_refused_is_not_written(
    command: Command, ours: Path, words: tuple[str, ...], message: str
) -> None:
    before = ours.read_bytes()
    done = command("glossary", "add", *words, "--glossary", "ours")
    assert done.code == 2
    assert message in done.err
    assert ours.read_bytes() == before
